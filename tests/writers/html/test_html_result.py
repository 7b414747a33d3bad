"""HTML: one file, only the tags we mean, nothing from outside, one script of our own."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path

import pytest
import writer_samples as samples
from formats import ATTACKS, RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given

from checker.model.findings import NO_FIGURES, NO_LAST_YEAR, Outcome, Verdict
from checker.writers import html
from checker.writers.html.markup import Markup, joined, tag, text

OWN = Path(html.__file__).parent
TAGS = {
    "html", "main", "head", "meta", "title", "style", "body", "header", "section", "footer", "article", "div", "p",
    "span", "h1", "h2", "h3", "h4", "a", "b", "q", "ul", "li", "dl", "dt", "dd",
    "table", "thead", "tbody", "tr", "th", "td", "mark", "ins", "ol", "details", "summary",
    "input", "label", "select", "option", "button", "script",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "scope", "tabindex", "data-label",
    "hidden", "type", "checked", "autocomplete", "value", "role", "aria-label", "open",
    "data-grade", "data-step", "data-fold", "data-verdict", "data-copy",
    "data-rule", "data-severity", "data-index", "data-place", "data-related",
}  # fmt: skip
EMPTY_TAGS = {"meta", "input"}


class Reading(HTMLParser):
    """Tags, attributes and visible text of a page; refuses what is not balanced."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.tags = []
        self.words = []
        self.marked = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)
        if "mark" in self.open:
            self.marked.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    def handle_pi(self, data):
        raise AssertionError(data)


def page(run):
    output = written("html", run)
    reading = Reading(output)
    assert {name for name, _ in reading.tags} <= TAGS
    assert {name for _, attributes in reading.tags for name in attributes} <= ATTRIBUTES
    ids = [attributes["id"] for _, attributes in reading.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in reading.tags:
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids
    assert not re.search(r"url\(|@import|https?://", output[: output.index("<body")])
    return reading


@pytest.mark.parametrize("name", RUNS)
def test_output_is_the_one_looked_at(name):
    page(RUNS[name]())
    assert_golden("html", name)


def test_the_page_says_what_the_terminal_says():
    shown = "".join(page(RUNS["failing"]()).words)

    for words in (
        "临河市水务局 2024年度",
        "第三部分 表三「（七）总计」行「自然人」列，第4页",
        "把 2932 改为 2930，三个等式就都成立。",
        "未能判断的 5 条规则",
        "从名称看不出是县级市还是设区的市",
        "检查程序自身出错 1 条",
        "依据：表三勾稽关系",
    ):
        assert words in shown


def test_nothing_to_compare_is_folded_away():
    idle = [Outcome(f"YOY-{n:02}", Verdict.NOT_CHECKED, 0, NO_LAST_YEAR) for n in range(1, 4)]
    idle += [Outcome("TXT-01", Verdict.NOT_CHECKED, 0, NO_FIGURES)]
    said = "没有可比的，未判断 4 条规则：没有上一年的报告 3 条，正文没有写这些数 1 条"
    quiet = written("html", samples.run(samples.checked(outcomes=idle)))

    assert re.search(rf'<details class="idle" id="[^"]*"><summary>{said}</summary><ul.*YOY-01', quiet)
    assert "既不算合格" not in quiet

    doubtful = Outcome("T3-02", Verdict.NOT_CHECKED, 0, "表三读取可疑")
    both = written("html", samples.run(samples.checked(outcomes=[*idle, doubtful])))
    assert "未能判断的 1 条规则" in both
    assert f"<summary>{said}</summary>" in both


def test_wrong_cells_are_marked_and_say_what_they_should_be():
    reading = page(samples.run(samples.wide_sum()))

    assert reading.marked == ["21010"]
    assert "应改为 21000" in "".join(reading.words)


def test_many_reports_have_an_overview_worst_first():
    reading = page(samples.many())
    links = [
        attributes["href"]
        for name, attributes in reading.tags
        if name == "a" and re.fullmatch("#r[0-9]+", attributes["href"])
    ]

    assert links == ["#r3", "#r4", "#r2", "#r5", "#r1", "#r6"]


def test_nothing_runs_but_what_the_policy_names():
    """The digests in the head are those of the one style sheet and the one script as they stand in the page."""
    output = written("html", samples.many())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', output)[1]
    parts = [re.search(rf"<{name}>(.*?)</{name}>", output, re.DOTALL)[1] for name in ("style", "script")]
    files = {
        name: (OWN / name).read_text(encoding="utf-8")
        for name in ("result.css", "fragments.css", "result.js")
    }
    style, script = (b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts)

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert parts == [files["result.css"] + files["fragments.css"], files["result.js"]]


def test_of_many_reports_each_is_folded_and_there_is_a_search():
    reading = page(samples.run(*(samples.clean(f"{n}.docx") for n in range(6))))
    names = [name for name, _ in reading.tags]

    assert names.count("details") == 6
    assert not [1 for _, attributes in reading.tags if "open" in attributes]
    assert [a["id"] for name, a in reading.tags if name in ("input", "select") and "id" in a] == [
        "search",
        "verdicts",
    ]


def test_a_few_reports_are_open_and_keep_their_ids_apart():
    reading = page(samples.run(samples.failing(), samples.failing()))
    ids = {attributes["id"] for _, attributes in reading.tags if "id" in attributes}

    assert [a["open"] for name, a in reading.tags if name == "details"] == [None, None]
    assert {"r1-f1", "r2-f1", "r1-findings", "r2-findings"} <= ids


def test_accepted_findings_are_listed_with_their_reason():
    shown = "".join(page(RUNS["excepted"]()).words)

    assert "理由：合计按上级口径填报（负责人 王某，有效至 2025-12-31，例外.yaml:3）" in shown


@pytest.mark.parametrize("attack", ATTACKS)
def test_known_attacks_are_words_on_the_page(attack):
    reading = page(hostile_run(attack))

    assert [name for name, _ in reading.tags].count("script") == 1


@given(hostile_words)
def test_hostile_text_makes_no_tag_and_no_attribute(words):
    reading = page(hostile_run(words))

    names = [name for name, _ in reading.tags]
    assert (names.count("article"), names.count("ol"), names.count("script")) == (1, 1, 1)
    written("html", hostile_run(words)).encode("utf-8")


def test_only_markup_is_not_escaped():
    assert tag("b", "<i>", Markup("<i></i>"), data_label='"') == '<b data-label="&quot;">&lt;i&gt;<i></i></b>'
    assert joined("a", "b", by="<") == "a&lt;b"
    assert text(" 甲 ") == " 甲 "
    assert text(3) == "3"
