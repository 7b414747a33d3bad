"""The overview: every unit with a block of its own, nothing but its own script, and no text that becomes anything else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from season_samples import CIVIL, EDUCATION, FINANCE, JUSTICE, season

from checker.model.bodies import Unit
from checker.model.season import OtherKind, Stranger
from checker.office.overview.page import page
from checker.startup.records import replace

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>&\x07'


class Reading(HTMLParser):
    """Elements with their attributes, text by unit, and whether everything is closed."""

    VOID = ("meta", "input", "br")

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.units, self.unit = [], [], {}, None
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag not in self.VOID:
            self.open.append(tag)
        if attributes.get("class") == "unit":
            self.unit = attributes["id"]
            self.units[self.unit] = ""

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag == "section":
            self.unit = None

    def handle_data(self, data):
        if self.unit:
            self.units[self.unit] += data

    def all(self, tag, **wanted):
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and wanted.items() <= attributes.items()
        ]


@pytest.fixture(scope="module")
def text():
    return "".join(page(season()))


@pytest.fixture(scope="module")
def read(text):
    return Reading(text)


def test_every_unit_has_its_block_in_the_order_of_the_list(read):
    names = [one.unit.name for one in season().units]

    assert [block.startswith(name) for name, block in zip(names, read.units.values(), strict=True)] == [
        True
    ] * 7
    assert list(read.units) == [f"u{number}" for number in range(1, 8)]


def test_the_block_says_how_a_unit_stands(read):
    education, civil, justice = (read.units[key] for key in ("u3", "u6", "u7"))

    assert "已报须改" in education
    assert "“总计”列应为" in education
    assert "处理意见：=已电话通知" in education
    assert f"涉及{FINANCE}" in education
    assert "逾期 38 天" in civil
    assert "收件箱/民政周.txt（写的是云溪县民政周）" in civil
    assert "迟 14 天" in justice
    assert "2025-02-14（登记）" in justice


def test_chips_count_the_states(text):
    chips = dict(re.findall(r'data-show="(\w+)"[^>]*>[^<]*<b>(\d+)</b>', text))

    assert chips == {
        "all": "7",
        "passed": "3",
        "to_mend": "1",
        "undecided": "1",
        "unreadable": "1",
        "overdue": "1",
    }


def test_filters_have_what_they_filter_by(read):
    blocks = read.all("section")
    rules = {rule for block in blocks for rule in (block.get("data-rules") or "").split()}
    offered = {option["value"] for option in read.all("option")}

    assert rules
    assert rules <= offered
    assert {block["data-level"] for block in blocks if "data-level" in block} <= offered


def test_links_lead_to_units_and_letters():
    noticed = replace(season(), units=(replace(season().units[2], notice=f"通知/{EDUCATION}（100%）.docx"),))
    read = Reading("".join(page(noticed)))
    ids = {attributes["id"] for _, attributes in read.elements if "id" in attributes}
    links = [link["href"] for link in read.all("a")]

    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert [unquote(link) for link in links if not link.startswith("#")] == [f"通知/{EDUCATION}（100%）.docx"]


def test_what_belongs_to_nobody_is_listed():
    other = OtherKind("收件箱/网站.docx", None, "website_report", CIVIL, 0)
    lost = Stranger("收件箱/无名.txt", None, None, 2024, (), 0)
    text = "".join(page(replace(season(), other_kind=(other,), unmatched=(*season().unmatched, lost))))

    assert "收件箱/网站.docx" in text
    assert "收件箱/无名.txt，没有认出单位" in text
    assert f'写的是云溪县民政周，可能是 <a href="#u6">{CIVIL}</a>' in text


def test_the_policy_allows_this_style_and_this_script_only(text, read):
    (policy,) = (one["content"] for one in read.all("meta") if one.get("http-equiv"))
    for name in ("style", "script"):
        content = re.search(f"<{name}>(.*?)</{name}>", text, re.DOTALL)[1]
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    assert not re.search(r'\son\w+="|\sstyle="', text)


def test_hostile_text_stays_text():
    unit = Unit(HOSTILE, level="department", aliases=(HOSTILE,), more={HOSTILE: HOSTILE})
    standing = replace(season().units[2], unit=unit, why=HOSTILE, notice=f"通知/{HOSTILE}.docx")
    finding = replace(season().findings[0], message=HOSTILE, units=(HOSTILE, FINANCE))
    stranger = Stranger(HOSTILE, None, HOSTILE, None, (HOSTILE,), 0)
    read = Reading(
        "".join(page(replace(season(), units=(standing,), findings=(finding,), unmatched=(stranger,))))
    )

    assert len(read.all("script")) == 1
    assert read.all("img") == []
    assert not [key for _, attributes in read.elements for key in attributes if key.startswith("on")]


def test_same_season_same_page(text):
    assert "".join(page(season())) == text


def test_an_empty_season_is_a_page():
    assert Reading("".join(page(replace(season(), units=(), unmatched=(), findings=())))).units == {}


def test_late_and_errors_can_be_sorted_by(read):
    late = {block["id"]: block["data-late"] for block in read.all("section", **{"class": "unit"})}

    assert late["u7"] == "14", JUSTICE
    assert [block["data-errors"] for block in read.all("section", **{"class": "unit"})].count("1") == 2
