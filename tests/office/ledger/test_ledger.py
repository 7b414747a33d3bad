"""The ledger: one run has it at a time, what is written is there whole or not at all, older ones are brought up."""

from __future__ import annotations

import sqlite3
from datetime import date
from errno import EBUSY

import pytest
from collecting import collect
from county import UNITS, report
from inbox import packed, put
from samples import write

from checker.api import CheckOptions, load_bodies, load_rulebook
from checker.model.errors import UsageError
from checker.model.season import State
from checker.office.collect import Checking, season_now
from checker.office.filing.intake import Inbox
from checker.office.ledger import store
from checker.office.ledger.store import open_ledger
from checker.office.ledger.tables import STEPS

UNIT = UNITS["云溪县林业局"]
GIVEN = ("--units", "单位.csv", "--today", "2025-02-10")


@pytest.fixture
def office(tmp_path):
    put(tmp_path, {"单位.csv": f"单位\n{UNIT.name}\n".encode()})
    put(tmp_path / "收件箱", {"林业.txt": write(report(UNIT), "txt")})
    return tmp_path


def names(path, sort):
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = ? ORDER BY name", (sort,))
        return [name for (name,) in rows]


def test_a_ledger_is_one_file(office):
    collect(office, "收件箱", *GIVEN, "--ledger", "账/年报.db")

    assert [file.name for file in (office / "账").iterdir()] == ["年报.db"]
    assert names(office / "账" / "年报.db", "view") == [
        "finding_now",
        "last_round",
        "unit_now",
        "version_in_force",
    ]


def test_others_can_read_it(office):
    collect(office, "收件箱", *GIVEN)

    with sqlite3.connect(office / "结果" / "台账.db") as connection:
        now = connection.execute("SELECT year, round, unit, state, received_by FROM unit_now").fetchall()
        in_force = connection.execute("SELECT unit, path FROM version_in_force").fetchall()
    assert now == [(2024, 1, UNIT.name, "passed", "signature")]
    assert in_force == [(UNIT.name, "收件箱/林业.txt")]


def test_two_runs_cannot_have_it_at_once(tmp_path):
    path = tmp_path / "台账.db"
    with open_ledger(path) as ledger:
        ledger.season("annual_report", 2024)
        with pytest.raises(OSError, match="busy") as refused, open_ledger(path, seconds=0.05):
            pass

    assert refused.value.errno == EBUSY


def test_a_run_that_cannot_have_it_changes_nothing(office, monkeypatch):
    before = collect(office, "收件箱", *GIVEN)
    put(office / "二", {"林业.txt": write(report(UNIT, signed="1月20日"), "txt")})
    monkeypatch.setattr(store, "SECONDS", 0.05)

    with open_ledger(office / "结果" / "台账.db"):
        came = collect(office, "二", *GIVEN)

    assert came.code == 3
    assert "正被别的程序占用" in came.err
    assert came.files == before.files
    assert collect(office, "二", *GIVEN).told["round"] == 2


def test_what_could_not_be_written_down_has_not_happened(office):
    collect(office, "收件箱", *GIVEN)
    put(office / "二", {"林业.txt": write(report(UNIT, signed="1月20日"), "txt")})
    results = office / "结果" / "结果.json"
    results.unlink()
    results.mkdir()

    assert collect(office, "二", *GIVEN).code == 2
    results.rmdir()

    assert collect(office, "二", *GIVEN).told["round"] == 2


def test_an_older_ledger_is_brought_up_and_keeps_what_it_has(tmp_path):
    path = tmp_path / "台账.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(STEPS[0])
        connection.execute("INSERT INTO season VALUES (1, 'annual_report', 2023)")
        connection.execute("INSERT INTO round VALUES (1, 4, '2024-03-01', 'sha256:0', '1.0')")
        connection.execute(f"PRAGMA application_id = {store.APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    with open_ledger(path) as ledger:
        assert ledger.last_year("annual_report") == 2023
        assert ledger.season("annual_report", 2023).last_round() == 4

    assert "unit_now" in names(path, "view")


def foreign(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (a)")
    connection.close()


def newer(path):
    with open_ledger(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(b"PK\x03\x04" * 300), "不是台账，或者已经损坏"),
        (lambda path: path.write_text("单位,状态\n" * 100, encoding="utf-8"), "不是台账，或者已经损坏"),
        (foreign, "是别的程序的数据库"),
        (newer, "请先升级本程序"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path, make, words):
    path = tmp_path / "台账.db"
    make(path)
    before = path.read_bytes()

    with pytest.raises(UsageError, match=words), open_ledger(path):
        pass

    assert path.read_bytes() == before


UNREADABLE = "UPDATE document SET result = x'00'"
"""What this version makes of a result that a version with other fields has written, or that somebody has spoilt."""


def spoil(office):
    with sqlite3.connect(office / "结果" / "台账.db") as connection:
        connection.execute(UNREADABLE)
    connection.close()


def test_a_result_that_cannot_be_read_is_made_again_out_of_its_file(office):
    put(office / "收件箱", {"包.zip": packed({"里.txt": write(report(UNIT, name="云溪县林业周"), "txt")})})
    first = collect(office, "收件箱", *GIVEN)
    spoil(office)
    (office / "空").mkdir()

    came = collect(office, "空", *GIVEN)
    again = collect(office, "空", *GIVEN)

    assert came.code == 0
    assert "已用原来的文件重新检查" in came.err
    assert came.files == first.files
    assert again.err == ""


@pytest.mark.parametrize("change", ["gone", "other"])
def test_where_the_file_is_not_what_it_was_nothing_is_made_up(office, change):
    collect(office, "收件箱", *GIVEN)
    spoil(office)
    ledger = (office / "结果" / "台账.db").read_bytes()
    for file in (office / "收件箱").iterdir():
        file.unlink() if change == "gone" else file.write_bytes(write(report(UNIT, signed="1月30日"), "txt"))
    (office / "空").mkdir()

    came = collect(office, "空", *GIVEN)

    assert came.code == 2
    assert "台账里有 1 份以前收到的报告读不出来" in came.err
    assert (office / "结果" / "台账.db").read_bytes() == ledger


def test_an_aggregate_needs_it_too(office):
    collect(office, "收件箱", *GIVEN)
    spoil(office)
    ledger = (office / "结果" / "台账.db").read_bytes()

    season, _ = season_now(
        Inbox(("空",), (), date(2025, 2, 10), office / "汇总.json", office / "结果" / "台账.db"),
        Checking(load_rulebook(), CheckOptions(bodies=load_bodies(units=office / "单位.csv"))),
    )

    assert season.units[0].state is State.PASSED
    assert (office / "结果" / "台账.db").read_bytes() == ledger


def test_seasons_of_two_years_stand_in_one_ledger(office):
    collect(office, "收件箱", *GIVEN)
    put(office / "新年", {"林业.txt": write(report(UNIT, year=2025), "txt")})

    same = collect(office, "新年", *GIVEN, results="二")
    told = collect(
        office,
        "新年",
        "--units",
        "单位.csv",
        "--today",
        "2026-02-10",
        "--ledger",
        "结果/台账.db",
        results="三",
    )
    next_year = collect(
        office, "新年", "--units", "单位.csv", "--today", "2026-02-10", "--ledger", "结果/台账.db", "--year", "2025", results="四"
    )  # fmt: skip

    assert (same.told["year"], told.told["year"]) == (2025, 2024)
    assert "请加 --year 2025" in told.err
    assert (next_year.told["year"], next_year.told["round"]) == (2025, 1)
    assert next_year.unit(UNIT.name)["state"] == "passed"
