"""The tables of a government out of those of its units: equal to the truth cell by cell, bounds where a unit lacks."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import zipfile
from dataclasses import replace

import pytest
from chains import GOVERNMENT, UNITS, UNITS_FILE, Made, added, seeded, tree
from collecting import collect
from inbox import put
from samples.model import load_form

from checker.cli import main
from checker.readers import read_document

FORM = load_form("2021")


def aggregate(folder, reports, *arguments, ending="json", units=UNITS_FILE):
    """What the command wrote, what it said, and its exit code."""
    inbox = folder / "收件箱"
    inbox.mkdir(parents=True, exist_ok=True)
    for report in reports:
        report.save(inbox)
    (folder / "单位.yaml").write_text(units, encoding="utf-8")
    file = folder / f"汇总表.{ending}"
    given = [
        "aggregate",
        str(inbox),
        "--units",
        str(folder / "单位.yaml"),
        "--of",
        GOVERNMENT,
        "--today",
        "2025-05-01",
    ]
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["checker", *given, "-o", str(file), "-j", "1", "--no-config", *arguments])
        with (
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            pytest.raises(SystemExit) as end,
        ):
            main()
    return file.read_bytes() if file.exists() else b"", said.getvalue(), int(end.value.code or 0)


def cells(data):
    """Every cell by table, row and column."""
    tables = json.loads(data)["tables"]
    return {
        (table, row, column): cell
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, cell in columns.items()
    }


def truth(units):
    """What every cell of the form must say."""
    sums = added(units)
    return {
        (key, *address): sums[key].get(address, 0)
        for key, table in FORM.tables.items()
        for address in table.addresses()
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_cell_is_the_sum(tmp_path, seed):
    whole, units = tree(seeded(seed))

    data, _, code = aggregate(tmp_path, [whole, *units])

    assert code == 0
    assert json.loads(data)["complete"] is True
    assert {place: cell["value"] for place, cell in cells(data).items()} == truth(units)
    assert all(
        (cell["lower_bound"], cell["units"], cell["missing"]) == (False, len(units), [])
        for cell in cells(data).values()
    )


def test_with_three_units_missing_every_cell_is_a_bound(tmp_path):
    whole, units = tree(seeded(1))

    data, output, code = aggregate(tmp_path, [whole, *units[:5]])

    assert code == 0
    assert json.loads(data)["complete"] is False
    assert {place: cell["value"] for place, cell in cells(data).items()} == truth(units[:5])
    assert all(
        (cell["lower_bound"], cell["units"], cell["missing"]) == (True, 5, list(UNITS[5:]))
        for cell in cells(data).values()
    )
    assert f"没有计入 3 家：{UNITS[5]}（未报已逾期）" in output


def test_one_unreadable_cell_is_a_bound_there_and_in_no_other_place(tmp_path):
    whole, units = tree(seeded(1))
    unit = units[1]
    spoilt = replace(unit, tables={**unit.tables, "T3": {**unit.tables["T3"], ("A", "natural"): "不清"}})

    data, _, _ = aggregate(tmp_path, [whole, units[0], spoilt, *units[2:]])

    bounds = {place: cell["missing"] for place, cell in cells(data).items() if cell["lower_bound"]}
    assert bounds == {("T3", "A", "natural"): [unit.agency]}


def test_two_versions_between_which_nobody_has_decided_are_not_counted(tmp_path):
    whole, units = tree(seeded(2))
    other = replace(units[0], agency=units[0].agency).with_cell("T3", "A", "natural", 999)
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    (inbox / "另一份.txt").write_bytes(other.data())

    data, _, _ = aggregate(tmp_path, [whole, *units])

    assert all(cell["missing"] == [units[0].agency] for cell in cells(data).values())


def test_what_came_earlier_and_what_was_decided_stand_in_the_ledger(tmp_path):
    whole, units = tree(seeded(2))
    other = replace(units[0], agency=units[0].agency).with_cell("T3", "A", "natural", 999)
    earlier = tmp_path / "前几轮"
    earlier.mkdir()
    for number, one in enumerate([units[0], other, *units[1:-1]]):
        (earlier / f"{number}.txt").write_bytes(one.data())
    put(
        tmp_path,
        {"单位.yaml": UNITS_FILE.encode(), "决定.csv": f"单位,采用版本\n{units[0].agency},0.txt\n".encode()},
    )
    given = ("--units", "单位.yaml", "--today", "2025-05-01")
    collect(tmp_path, "前几轮", *given, "--decisions", "决定.csv")
    ledger = tmp_path / "结果" / "台账.db"
    before = ledger.read_bytes()

    data, _, _ = aggregate(tmp_path, [whole, units[-1]], "--ledger", str(ledger))

    assert json.loads(data)["complete"] is True
    assert {place: cell["value"] for place, cell in cells(data).items()} == truth(units)
    assert ledger.read_bytes() == before


def test_an_old_form_cannot_be_split(tmp_path):
    whole, units = tree(seeded(3))
    old = Old(units[2].agency, 2024, {"T2": {}, "T3": {}, "T4": {}})

    data, _, _ = aggregate(tmp_path, [whole, *units[:2], old, *units[3:]])

    bounds = {(table, row) for (table, row, _), cell in cells(data).items() if cell["lower_bound"]}
    assert bounds == {
        ("T2", "regulations"), ("T2", "normative_documents"), ("T2", "fees"), ("T3", "F1"), ("T3", "F2"), ("T3", "F3"),
    }  # fmt: skip
    assert cells(data)["T2", "licensing", "decisions"]["units"] == len(units)


class Old(Made):
    """A report of a newer year on the form of 2019."""

    @property
    def form(self) -> str:
        return "2019"


def test_the_governments_own_report_is_compared(tmp_path):
    whole, units = tree(seeded(1))

    _, output, code = aggregate(tmp_path, [whole.with_cell("T3", "A", "natural", 1), *units])

    assert code == 1
    assert "与已有的汇总报告核对" in output


def test_nothing_is_deducted_but_candidates_are_named(tmp_path):
    whole, units = tree(seeded(1))
    units[1:3] = [
        replace(unit, text="联合印发沅政发〔2024〕12号文件。").with_cell(
            "T2", "normative_documents", "made", 2
        )
        for unit in units[1:3]
    ]
    sued = ("litigation_after_review", "upheld")
    for index in (0, 3):
        units[index] = units[index].with_cell("T4", *sued, 1).with_cell("T4", sued[0], "total", 1)

    data, _, _ = aggregate(tmp_path, [whole, *units])

    found = json.loads(data)
    assert found["joint_documents"] == [{"number": "沅政发〔2024〕12号", "units": [UNITS[1], UNITS[2]]}]
    assert found["co_defendants"] == [
        {"unit": UNITS[0], "column": "upheld", "value": 1, "others": [UNITS[3]]}
    ]
    assert cells(data)[("T4", *sued)]["value"] == 2


def test_the_document_is_read_as_the_form(tmp_path):
    """What it says comes back through the program's own reader."""
    whole, units = tree(seeded(1))

    data, _, _ = aggregate(tmp_path, [whole, *units], ending="docx")
    tables = list(read_document(data, "汇总表.docx").tables())
    again, _, _ = aggregate(tmp_path, [whole, *units], ending="docx")

    texts = [[cell.text for cell in table.cells()] for table in tables]
    sums = added(units)["T3"]
    assert len(tables) == len(FORM.tables)
    assert str(sums["R1", "total"]) in texts[1]
    assert data == again


def test_the_workbook_has_live_sums(tmp_path):
    pytest.importorskip("xlsxwriter")
    whole, units = tree(seeded(1))

    data, _, _ = aggregate(tmp_path, [whole, *units[:6]], ending="xlsx")

    package = zipfile.ZipFile(io.BytesIO(data))
    sheet = package.read("xl/worksheets/sheet2.xml").decode()
    styles = package.read("xl/styles.xml").decode()
    assert "<f>SUM('各单位'!" in sheet
    assert f"<v>{added(units[:6])['T3']['R1', 'total']}</v>" in sheet
    assert "（缺2家）" in styles


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--of", "沅平县人民府"], "是否为“沅平县人民政府”"),
        (["--of", UNITS[0]], "没有哪一家的上级是"),
        (["--ledger", "没有.db"], "不存在"),
    ],
)
def test_what_is_asked_wrongly_is_told(tmp_path, arguments, told):
    whole, units = tree(seeded(1))

    data, output, code = aggregate(tmp_path, [whole, *units], *arguments)

    assert (data, code) == (b"", 2)
    assert told in output


def test_the_kind_of_file_is_known_by_its_ending(tmp_path):
    data, output, code = aggregate(tmp_path, [], ending="pdf")

    assert (data, code) == (b"", 2)
    assert ".docx" in output


def test_a_picture_is_what_a_unit_has_sent(tmp_path):
    whole, units = tree(seeded(1))
    inbox = tmp_path / "收件箱" / UNITS[0]
    inbox.mkdir(parents=True)
    (inbox / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(600))

    _, output, _ = aggregate(tmp_path, [whole, *units[1:]])

    assert f"没有计入 1 家：{UNITS[0]}（读不出）" in output


def test_the_list_of_units_may_lie_in_the_inbox(tmp_path):
    whole, units = tree(seeded(1))
    (tmp_path / "收件箱").mkdir()
    inside = tmp_path / "收件箱" / "单位.yaml"
    inside.write_text(UNITS_FILE, encoding="utf-8")

    data, _, _ = aggregate(tmp_path, [whole, *units], "--units", inside)

    assert json.loads(data)["complete"] is True
