"""A season for programs is as its contract says, and its files land in their folder and nowhere else."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from checker.api import check, load_rulebook
from checker.model.bodies import Unit
from checker.model.findings import Finding, Severity
from checker.model.place import Place
from checker.model.season import (
    Aggregate,
    AggregateCell,
    Counts,
    OtherKind,
    Receipt,
    ReceiptBasis,
    Role,
    RoundChange,
    Season,
    State,
    Stranger,
    Submission,
    UnitStanding,
)
from checker.office.contract import collect_schema
from checker.office.outputs import write_season
from checker.office.result_folder import ResultFolder, file_name
from checker.startup.records import replace
from checker.writers.json_result import schema_text

RESULT_SCHEMA = json.loads(schema_text())
RESULT = check("没有标题的一段话。".encode(), name="函.txt")
SUBMISSION = Submission(
    "收件箱/函.txt",
    RESULT.sha256,
    1,
    Role.WRONG_DOCUMENT,
    "文件夹写着云溪县财政局；不是报告",
    RESULT.status,
    None,
    None,
    None,
    None,
    0,
)
LATE = UnitStanding(
    Unit("云溪县财政局", level="department", tier="county", more={"联系人": "钱某"}),
    State.WRONG_DOCUMENT,
    "交来的不是报告",
    date(2025, 1, 31),
    Receipt(date(2025, 2, 2), ReceiptBasis.REGISTER),
    2,
    (SUBMISSION,),
    Counts(1, 0, 2, 20),
    RoundChange(1, 2, 3, 4, 5),
)
FOUND = Finding(
    "SET-05", "不雷同", Severity.WARNING, "两家雷同", "依据", Place(), units=("甲", "乙"), evidence={"n": 2}
)
SEASON = Season(
    "annual_report",
    2024,
    1,
    date(2025, 3, 25),
    (LATE, UnitStanding(Unit("云溪县民政局"), State.NOT_DUE, "还没有到期", None, None, None)),
    (Stranger("收件箱/a.txt", None, "云溪县民政周", 2024, ("云溪县民政局",), 0),),
    (OtherKind("收件箱/b.txt", None, "website_report", None, 0),),
    [RESULT],
    load_rulebook().info,
    (FOUND,),
    Aggregate(
        of="云溪县",
        complete=False,
        tables={
            "T3": {("R1", "natural"): AggregateCell(Decimal(17), lower_bound=True, units=4, missing=("甲",))}
        },
    ),
    "1.0",
)


@pytest.fixture
def written(tmp_path):
    write_season(SEASON, ResultFolder(tmp_path))
    return tmp_path


def test_a_season_is_as_the_contract_says(written):
    told = json.loads((written / "结果.json").read_text(encoding="utf-8"))

    jsonschema.validate(told, collect_schema(RESULT_SCHEMA))
    assert [unit["state"] for unit in told["units"]] == ["wrong_document", "not_due"]
    assert told["units"][0]["since_last_round"] == {
        "mended": 1,
        "remaining": 2,
        "new": 3,
        "not_resubmitted": 9,  # five of them because what came could not be read
    }
    assert told["units"][0]["received"] == {"on": "2025-02-02", "by": "register"}
    assert told["findings"][0]["units"] == ["甲", "乙"]
    assert told["aggregate"]["tables"]["T3"]["R1"]["natural"]["value"] == 17


def test_reports_stand_a_line_each(written):
    lines = (written / "结果.jsonl").read_text(encoding="utf-8").splitlines()

    schema = {**RESULT_SCHEMA["$defs"]["report"], "$defs": RESULT_SCHEMA["$defs"]}
    for line in lines:
        jsonschema.validate(json.loads(line), schema)
    assert [json.loads(line)["path"] for line in lines] == ["函.txt"]


def test_the_season_adds_its_units_up():
    assert SEASON.since_last_round == RoundChange(1, 2, 3, 4, 5)
    assert replace(SEASON, units=(LATE, LATE)).since_last_round == RoundChange(2, 4, 6, 8, 10)
    assert SEASON.count(State.NOT_DUE) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云溪县财政局", "云溪县财政局"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("财政局（国资委）", "财政局（国资委）"),
        ('a/b\\c:d*e?f"g<h>i|j\nk', "a_b_c_d_e_f_g_h_i_j_k"),
        ("CON", "_CON"),
        (" . ", "_"),
        ("长" * 200, "长" * 60),
    ],
)
def test_any_text_gives_a_name_that_every_system_takes(text, name):
    assert file_name(text) == name


def test_letters_of_earlier_rounds_are_taken_away(tmp_path):
    folder = ResultFolder(tmp_path)
    folder.write_bytes("通知/甲.docx", b"1")
    folder.write_bytes("通知/乙.docx", b"2")
    (tmp_path / "通知" / "读我.txt").write_text("办公室自己放的", encoding="utf-8")

    folder.remove(["通知/乙.docx", "通知/丙.docx"])

    assert sorted(file.name for file in (tmp_path / "通知").iterdir()) == ["甲.docx", "读我.txt"]
