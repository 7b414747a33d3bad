"""The table says what the result contract says, row by row, in types that programs can reckon with."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
import writer_samples as samples
from command_line import run_checker
from formats import RUNS, hostile_run, hostile_words
from hypothesis import given
from samples import DEPARTMENT_2024, write

import checker
from checker.model.errors import UsageError
from checker.model.findings import CheckRun, Outcome, Verdict
from checker.startup.records import replace
from checker.writers import output_named
from checker.writers.json_result import result_json
from checker.writers.parquet import table as writer
from checker.writers.parquet.columns import COLUMNS

pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "parquet.md"


def file_of(run):
    return parquet.ParquetFile(io.BytesIO(b"".join(checker.render_bytes(run, "parquet"))))


def rows_of(run):
    return file_of(run).read().to_pylist()


def test_columns_have_the_types_that_are_promised():
    schema = file_of(RUNS["failing"]()).schema_arrow

    assert schema.names == [column.name for column in COLUMNS]
    types = {name: str(schema.field(name).type) for name in ("year", "due", "message", "suggestion_unique")}
    assert types == {"year": "int32", "due": "date32[day]", "message": "string", "suggestion_unique": "bool"}
    assert re.fullmatch(r"list<\w+: struct<.*value: double.*>>", str(schema.field("cells").type))
    assert [schema.field(column.name).metadata[b"description"].decode() for column in COLUMNS] == [
        column.meaning for column in COLUMNS
    ]


def test_a_null_column_has_its_type_too():
    """A run without anything is a table with all its columns and no rows."""
    assert file_of(RUNS["nothing"]()).schema_arrow == file_of(RUNS["failing"]()).schema_arrow
    assert rows_of(RUNS["nothing"]()) == []


@pytest.mark.parametrize("name", RUNS)
def test_it_says_what_the_contract_says(name):
    run = RUNS[name]()
    rows = rows_of(run)
    reports = [row for row in rows if row["kind"] == "report"]
    about = json.loads(file_of(run).schema_arrow.metadata[b"checker"])

    assert about["summary"]["reports"] == len(reports)
    assert len(reports) == len(run.results)
    for row, result in zip(reports, run.results, strict=True):
        told = json.loads(json.dumps(result_json(result), default=float))
        assert {key: row[key] for key in ("path", "sha256", "status", "verdict")} == {
            key: told[key] for key in ("path", "sha256", "status", "verdict")
        }
        identity = told["identity"]
        assert [row[key] for key in ("report_kind", "agency", "level", "tier", "year", "form", "title")] == [
            identity[key] for key in ("kind", "agency", "level", "tier", "year", "form", "title")
        ]
        assert row["outcomes"] == told["outcomes"]
        values = {key: {} for key in told["tables"]}
        for cell in row["cells"]:
            values[cell["table"]].setdefault(cell["row"], {})[cell["column"]] = cell["value"]
        assert values == told["tables"]
        told_cells = [
            (one["table"], one["row"], one["column"], one["raw"], one["state"]) for one in told["cells"]
        ]
        odd = [one for one in row["cells"] if one["value"] is None]
        assert [
            tuple(one[key] for key in ("table", "row", "column", "raw", "state")) for one in odd
        ] == told_cells
    findings = [row for row in rows if row["kind"] == "finding"]
    told = [one for result in run.results for one in result_json(result)["findings"]]
    assert [(row["rule"], row["severity"], row["message"], row["fingerprint"]) for row in findings][
        : len(told)
    ] == [(one["rule"], one["severity"], one["message"], one["fingerprint"] or None) for one in told]
    assert len(findings) == len(told) + len(run.findings)


def test_a_finding_stands_with_its_unit_file_and_place():
    row = next(row for row in rows_of(RUNS["failing"]()) if row["rule"] == "T3-02")

    assert (row["agency"], row["year"], row["table"], row["row"], row["column"], row["page"]) == (
        "临河市水务局", 2024, "T3", "S", "natural", 4,
    )  # fmt: skip
    assert row["place"].startswith("第三部分 表三")
    assert row["suggestion_unique"] is True
    assert row["explains"] == ["T3-03", "T3-04"]
    assert json.loads(row["evidence"])["difference"] == -2
    assert row["outcomes"] is None, "that is said once, with the report"


def test_what_was_accepted_is_told_apart():
    accepted = [row for row in rows_of(RUNS["excepted"]()) if row["kind"] == "accepted"]

    assert [(row["accepted_owner"], row["accepted_until"]) for row in accepted] == [
        ("王某", date(2025, 12, 31))
    ] * 2


def test_rules_about_the_set_have_a_row_of_their_own():
    run = replace(
        samples.run(samples.clean()), outcomes=(Outcome("SET-01", Verdict.NOT_CHECKED, 0, "缺三家"),)
    )
    row = next(row for row in rows_of(run) if row["kind"] == "run")

    assert (row["path"], row["rules_not_checked"]) == (None, 1)
    assert row["outcomes"] == [
        {"rule": "SET-01", "verdict": "not_checked", "examined": 0, "reason": "缺三家"}
    ]


def test_the_same_run_gives_the_same_bytes():
    first, second = (b"".join(checker.render_bytes(RUNS["many"](), "parquet")) for _ in range(2))

    assert first == second


@given(words=hostile_words)
def test_texts_of_reports_are_only_texts(words):
    run = hostile_run(words)
    clean = words.encode("utf-8", "replace").decode()

    assert {row["message"] for row in rows_of(run) if row["kind"] != "report"} == {clean}


class Many:
    """So many results, none of which stays."""

    def __init__(self, count):
        self._count = count
        self.outlines = ()

    def __len__(self):
        return self._count

    def __iter__(self):
        return (samples.failing() for _ in range(self._count))

    def __bool__(self):
        return True


def test_groups_of_rows_are_written_as_they_come(monkeypatch):
    """In steady memory: four times as many reports do not need more of it."""
    monkeypatch.setattr(writer, "_GROUP_ROWS", 300)
    monkeypatch.setattr(writer, "_BATCH_ROWS", 60)
    monkeypatch.setattr(writer, "run_json", lambda _run: {})
    peaks = []
    for count in (300, 1200):
        tracemalloc.start()
        pieces = 0
        for piece in writer.write_binary(CheckRun(samples.RULEBOOK, Many(count)), None):
            pieces += bool(piece)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert pieces > count // 100
    assert peaks[1] < peaks[0] * 1.2


def test_many_rows_lie_in_several_groups(monkeypatch):
    monkeypatch.setattr(writer, "_GROUP_ROWS", 20)
    monkeypatch.setattr(writer, "_BATCH_ROWS", 5)
    run = samples.run(*[samples.failing()] * 12)
    file = file_of(run)

    assert file.num_row_groups > 2
    assert file.metadata.num_rows == sum(1 + len(one.findings) for one in run.results)


def test_the_guide_has_every_column():
    rows = re.findall(
        r"^\| `([\w.]+)` \| (\S+) \| ([^|]+) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE
    )
    names = {
        "text": "文字",
        "whole": "整数",
        "number": "小数",
        "day": "日期",
        "truth": "真假",
        "texts": "文字列表",
    }
    expected = []
    for column in COLUMNS:
        inner = column.type if isinstance(column.type, tuple) else ()
        expected.append((column.name, names.get(column.type, "列表"), column.meaning))
        expected += [(f"{column.name}.{one.name}", names[one.type], one.meaning) for one in inner]

    assert rows == expected


# --- on the command line ----------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.docx").write_bytes(write(DEPARTMENT_2024, "docx"))
    common = ("check", "a.docx", "--no-config", "--today", "2025-03-01")
    return lambda *arguments: run_checker(monkeypatch, capsys, *common, *arguments)


def test_a_file_by_its_ending_or_by_name(asked, tmp_path):
    assert asked("-o", "结果.parquet").code == 0
    assert asked("--format", "parquet", "-o", "b.parquet").code == 0
    assert (tmp_path / "结果.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    rows = parquet.read_table(tmp_path / "b.parquet").to_pylist()
    assert (rows[0]["path"], rows[0]["agency"], rows[0]["verdict"]) == ("a.docx", "沅平县自然资源局", "pass")
    assert len(rows[0]["outcomes"]) > 100


def test_a_configuration_that_changes_the_run_stands_in_the_metadata(asked, tmp_path):
    assert asked("--ignore", "T2-01", "-o", "a.parquet").code == 0
    about = json.loads(parquet.read_schema(tmp_path / "a.parquet").metadata[b"checker"])
    assert about["configuration"]["rules_off"] == ["T2-01"]


def test_a_file_that_cannot_be_written_is_one_sentence(asked):
    ran = asked("-o", "没有/结果.parquet")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "结果写不进" in ran.err


def test_it_is_no_text():
    with pytest.raises(UsageError, match="只能写到文件"):
        checker.render(RUNS["clean"](), "parquet")
    assert b"".join(checker.render_bytes(RUNS["clean"](), "json")).startswith(b"{")
    assert output_named("parquet").binary
