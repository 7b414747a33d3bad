"""Runs that are killed, and runs at the same time: the ledger is as if each had been there whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from collecting import collect
from county import UNITS, report, with_wrong_cell
from inbox import put
from samples import write

ROOT = Path(__file__).parents[3]
FINANCE, AUDIT, CIVIL = (UNITS[f"云溪县{short}"] for short in ("财政局", "审计局", "民政局"))
GIVEN = ("--units", "单位.csv", "--today", "2025-02-10", "--year", "2024")
KILLED = 9


@pytest.fixture
def office(tmp_path):
    """A folder with a list of three units, one of which has reported with an error, and what comes in later."""
    return furnished(tmp_path)


def furnished(folder):
    put(folder, {"单位.csv": f"单位\n{FINANCE.name}\n{AUDIT.name}\n{CIVIL.name}".encode()})
    put(folder / "一", {"财政.txt": write(with_wrong_cell(report(FINANCE)), "txt")})
    put(folder / "二", {"财政改.txt": write(report(FINANCE), "txt"), "审计.txt": write(report(AUDIT), "txt")})
    put(folder / "三", {"民政.txt": write(report(CIVIL), "txt")})
    return folder


def started(office, inbox, before=""):
    """The command in a process of its own."""
    code = f"import os, sys\n{before}\nfrom checker.__main__ import main\nmain()"
    arguments = ("collect", inbox, *GIVEN, "-o", "结果", "--no-config", "-j", "1", "-q")
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=office,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )


def killed_at(module, name, *, after):
    """Code that ends the process, as if it were killed, where a function is called, or when it has done its work."""
    return f"""
import {module}
place = {module}
whole = place.{name}
def ended(*given, **named):
    if {after}:
        whole(*given, **named)
    os._exit({KILLED})
place.{name} = ended
"""


@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        ("checker.office.collect", "take_in", False),
        ("checker.office.collect", "write_season", False),
        ("checker.office.letters.letters", "write", True),
        ("checker.office.collect", "write_season", True),
        ("checker.office.ledger.store", "LedgerSeason._keep_submissions", False),
        ("checker.office.ledger.store", "LedgerSeason.keep", True),
    ],
)
def test_a_run_that_is_killed_is_done_again_as_if_nothing_had_been(
    office, tmp_path_factory, module, name, after
):
    other = furnished(tmp_path_factory.mktemp("undisturbed"))
    for place in (office, other):
        collect(place, "一", *GIVEN)

    cut = started(office, "二", killed_at(module, name, after=after))
    assert (cut.communicate(timeout=120)[1], cut.returncode) == ("", KILLED)
    came, undisturbed = (collect(place, "二", *GIVEN) for place in (office, other))

    assert (came.code, came.told["round"]) == (0, 2)
    assert came.unit(FINANCE.name)["since_last_round"]["mended"] == 1
    assert came.files == undisturbed.files


def test_two_runs_at_once_make_a_round_each(office):
    collect(office, "一", *GIVEN)
    runs = [started(office, inbox) for inbox in ("二", "三")]

    assert [(run.communicate(timeout=120)[1], run.returncode) for run in runs] == [("", 0)] * 2
    after = collect(office, "一", *GIVEN)

    assert after.told["round"] == 3
    assert {unit["state"] for unit in after.told["units"]} == {"passed"}
    with sqlite3.connect(office / "结果" / "台账.db") as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert ledger.execute("SELECT number FROM round ORDER BY number").fetchall() == [(1,), (2,), (3,)]
