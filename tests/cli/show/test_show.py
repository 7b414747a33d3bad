"""`checker show` shows what was read, so that a person can compare it with the page."""

from __future__ import annotations

import json

import pytest
from command_line import run_checker
from faults.changes import say
from samples import COUNTY_2023, DEPARTMENT_2024, HEALTH_2020, write

from checker.api import check
from checker.writers.shared.text_cells import width


@pytest.fixture
def show(monkeypatch, capsys, tmp_path):
    def run(data, name, *options, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        (tmp_path / name).write_bytes(data)
        return run_checker(monkeypatch, capsys, "show", tmp_path / name, *options)

    return run


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize(
    "report", [COUNTY_2023, DEPARTMENT_2024, HEALTH_2020], ids=["county", "department", "2019"]
)
def test_every_figure_of_every_table_is_shown(show, report, columns):
    data = write(report, "docx")
    ran = show(data, "年报.docx", columns=columns)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert max(map(width, lines)) <= columns
    for table in check(data, name="年报.docx").report.tables.values():
        for row in table.form.rows:
            figures = [str(cell.value) for (r, _), cell in table.cells.items() if r == row]
            assert any(line.split()[-len(figures) :] == figures for line in lines), (row, figures)
    assert report.title in ran.out
    for section in report.sections:
        assert section.heading in "".join(line.strip() for line in lines)


def test_what_is_no_figure_is_shown_as_written(show):
    text = write(DEPARTMENT_2024, "html").decode()
    start = text.index("<td", text.index("科研机构", text.index("三、收到")))
    changed = text[:start] + text[start:].replace(">6<", ">六<", 1).replace(">1<", "><", 1)
    out = show(changed.encode(), "年报.html").out
    assert " 六 " in out
    assert "空 没有填写" in out
    assert "1 格不是数字" in out


def test_json_has_places_and_states(show):
    data = write(DEPARTMENT_2024, "html")
    (shown,) = json.loads(show(data, "年报.html", "--format", "json", "--claims").out)["reports"]
    report = check(data, name="年报.html").report
    assert shown["identity"]["agency"] == report.identity.agency
    for key, table in report.tables.items():
        for (row, column), cell in table.cells.items():
            told = shown["tables"][key]["rows"][row]["cells"][column]
            assert told["value"] == (float(cell.value) if isinstance(told["value"], float) else cell.value)
            assert told["location"]["table_index"] == cell.location.table_index
    assert [s["number"] for s in shown["sections"]] == list(range(7))
    assert [p["text"] for p in shown["sections"][1]["paragraphs"]] == list(
        DEPARTMENT_2024.sections[0].paragraphs
    )
    assert shown["tables"]["T3"]["quality"]["sums_broken"] == 0
    assert {claim["title"] for claim in shown["claims"]} >= {"收到的申请"}


def test_claims_are_listed_when_asked_for(show):
    data = write(DEPARTMENT_2024, "txt")
    assert "正文里的数量" not in show(data, "年报.txt").out
    assert "收到的申请：9 件" in show(data, "年报.txt", "--claims").out


def test_what_is_denied_once_is_listed_once_and_reasons_say_what_is_uncertain(show):
    text = "全年新收申请9件，没有上年结转和结转下年度的申请。规范性文件废止1件，失效文件当日标注。"
    data = write(
        say(1, "全年新收政府信息公开申请9件", text + "全年新收政府信息公开申请9件")(DEPARTMENT_2024), "txt"
    )
    told = show(data, "年报.txt", "--claims").out
    assert told.count("结转下年度的申请：说没有") == 1
    assert "写到失效" in told
    assert "撤回" not in told
    assert "可能另有所指" not in told


@pytest.mark.parametrize(
    ("data", "name", "code", "sentence"),
    [
        (b"", "空.docx", 3, "0 字节"),
        ("一段别的话。".encode(), "说明.txt", 2, "看来不是这"),
    ],
)
def test_what_could_not_be_read_is_said(show, data, name, code, sentence):
    ran = show(data, name)
    assert ran.code == code
    assert sentence in ran.out.replace("\n", "")
