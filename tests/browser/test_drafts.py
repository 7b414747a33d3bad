"""A new report from the form: it is read as the form it was made of, and holds what was given."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from samples import DEPARTMENT_2024, write

from checker.browser.desk import answer
from checker.rulebook.store import load_rulebook

FORM = load_rulebook().forms["2021"]
FIELDS = answer({"do": "about"}, [])[0]["draft"]
WANTED = {
    "do": "draft", "agency": "沅平县自然资源局", "year": "2025",
    "texts": {"0": FIELDS["opening"], "1": "一年来，<b>工作</b> & 公开。\n第二段。", "5": "问题。"},
}  # fmt: skip


def drafted(files=(), **more):
    given, (data,) = answer({**WANTED, **more}, list(files))
    run = json.loads(answer({"do": "check", "name": given["name"]}, [data])[0]["run"])
    return given["name"], data, run["reports"][0]


def test_a_draft_is_a_report_of_its_body_and_year_with_every_cell_of_the_form():
    name, data, report = drafted()

    assert name == "沅平县自然资源局2025年政府信息公开工作年度报告.docx"
    assert (report["identity"]["agency"], report["identity"]["year"]) == ("沅平县自然资源局", 2025)
    assert report["identity"]["form"] == "2021"
    assert report["fields"]["period"] == ["2025-01-01", "2025-12-31"]
    cells = {(cell["table"], cell["row"], cell["column"]): cell["state"] for cell in report["cells"]}
    assert cells == {(key, *at): "blank" for key, table in FORM.tables.items() for at in table.addresses()}
    assert drafted()[1] == data


def test_what_is_asked_for_are_the_sections_of_the_form():
    assert [section["title"] for section in FIELDS["sections"]] == [
        section.title for section in FORM.sections
    ]
    assert [section["number"] for section in FIELDS["sections"] if section["table"]] == [2, 3, 4]


def test_labels_of_single_rows_have_more_room_than_those_of_many():
    """So the table that all reports have goes onto two pages, and no label is a column of single characters."""
    _, data, _ = drafted()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        grids = re.findall(r"<w:tblGrid>.*?</w:tblGrid>", package.read("word/document.xml").decode())

    many, several, single, *figures = [int(width) for width in re.findall(r'w:w="(\d+)"', grids[1])]

    assert len(figures) == 7
    assert single > 2 * max(many, several, *figures)


def test_no_rule_about_the_structure_has_anything_against_a_draft():
    _, _, report = drafted()

    found = {finding["rule"] for finding in report["findings"]}
    assert not {
        rule for rule in found if rule.startswith(("READ", "DOC", "SEC-01", "SEC-02", "SEC-03", "SEC-04"))
    }


def test_last_years_open_requests_are_carried_over():
    last = write(DEPARTMENT_2024, "docx")
    before = json.loads(answer({"do": "check", "name": "上年.docx"}, [last])[0]["run"])["reports"][0]

    _, _, report = drafted([last], previous="上年.docx")

    assert report["tables"]["T3"]["R2"] == before["tables"]["T3"]["R4"]
    assert set(report["tables"]["T3"]["R1"].values()) == {None}


@pytest.mark.parametrize(
    ("more", "files", "words"),
    [
        ({"year": "明年"}, [], "年度应在"),
        ({"year": 12025}, [], "年度应在"),
        ({"previous": "上年.txt"}, [b"x"], "上年.txt"),
        ({"texts": {"x": "y"}}, [], "不完整"),
    ],
)
def test_a_draft_that_makes_no_sense_is_answered_in_a_sentence(more, files, words):
    given, out = answer({**WANTED, **more}, files)

    assert words in given["problem"]
    assert out == []


def test_characters_that_xml_may_not_hold_do_no_harm():
    _, _, report = drafted(texts={"1": "甲\x00\x0b乙\ud800丙"})

    assert report["status"] == "checked"
