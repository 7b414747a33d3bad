"""Results are read from files a piece at a time: as `json` reads them, and what is no result is refused."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from faults.changes import cell
from samples import COUNTY_2023, DEPARTMENT_2024, TOWNSHIP_2024, write

from checker.accepted import result_files
from checker.accepted.result_files import read_result
from checker.cli import cli
from checker.model.errors import UsageError
from checker.run.comparison import ResultComparison

PARTS = ("path", "identity", "status", "outcomes", "findings")


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """`a.json` and `a.jsonl` of the same run."""
    folder = tmp_path_factory.mktemp("run")
    for name, report in (
        ("甲", cell("T3[S, natural]", "7")(DEPARTMENT_2024)),
        ("乙", COUNTY_2023),
        ("丙", TOWNSHIP_2024),
    ):
        (folder / f"{name}.txt").write_bytes(write(report, "txt"))
    arguments = ["check", "甲.txt", "乙.txt", "丙.txt", "--no-config", "--fail-on", "never"]
    outputs = ["--format", "json", "-o", "a.json", "--format", "jsonl", "-o", "a.jsonl"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert CliRunner().invoke(cli, [*arguments, *outputs], standalone_mode=False).exception is None
    return folder


@pytest.fixture
def files(checked, monkeypatch, tmp_path):
    """The same files, in a folder of the test's own, where it is run."""
    shutil.copytree(checked, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def expected():
    whole = json.loads(Path("a.json").read_text(encoding="utf-8"), parse_float=Decimal)
    reports = [{name: report[name] for name in PARTS} for report in whole["reports"]]
    return {
        "version": 1,
        "findings": whole["findings"],
        "outcomes": whole.get("outcomes", []),
        "reports": reports,
    }


def read(path):
    result = read_result(Path(path))
    return {**result, "reports": list(result["reports"])}


@pytest.mark.parametrize("size", [1, 7, 1000, 1 << 20])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.usefixtures("files")
def test_what_is_read_does_not_depend_on_how_much_is_read_at_once(monkeypatch, name, size):
    monkeypatch.setattr(result_files, "_CHARACTERS", size)

    assert read(name) == expected()


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "writing",
    [
        json.dumps,
        lambda data: json.dumps(data, indent=4),
        lambda data: "\ufeff" + json.dumps(data, ensure_ascii=False),
        lambda data: json.dumps(dict(reversed(data.items()))) + "\n\n",
    ],
)
def test_other_programs_may_have_written_it_anew(writing):
    data = json.loads(Path("a.json").read_text(encoding="utf-8"))
    Path("b.json").write_text(writing(data), encoding="utf-8")

    assert read("b.json") == expected()


@pytest.mark.usefixtures("files")
def test_of_two_lines_for_a_report_the_last_one_counts():
    first, *rest = Path("a.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    provisional = json.dumps({**json.loads(first), "findings": []}) + "\n"
    Path("b.jsonl").write_text("".join((provisional, *rest[:-1], first, rest[-1])), encoding="utf-8")

    assert read("b.jsonl") == expected()


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("half", ["", '{"type": "rep', '{"type": "report", "version": 1, "path": "', "{"])
def test_a_run_that_was_stopped_is_no_result(half):
    lines = Path("a.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    Path("b.jsonl").write_text("".join((*lines[:2], half)), encoding="utf-8")

    with pytest.raises(UsageError, match="没有做完"):
        read_result(Path("b.jsonl"))


@pytest.mark.usefixtures("files")
def test_a_line_that_is_spoilt_is_not_taken_for_a_run_that_was_stopped():
    lines = Path("a.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    Path("b.jsonl").write_text("".join((lines[0], '{"type": "rep\n', *lines[1:])), encoding="utf-8")

    with pytest.raises(UsageError, match="不是 JSON"):
        read_result(Path("b.jsonl"))


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: text[:-3], "不是 JSON"),
        (lambda text: text[: len(text) // 2], "不是 JSON"),
        (lambda text: text + "{}", "不是 JSON"),
        (lambda text: text + "]", "不是 JSON"),
        (lambda text: text.replace('"reports": [', '"reports": [,', 1), "不是 JSON"),
        (lambda text: text.replace('"version": 1', '"version": 1, 3: 4', 1), "不是 JSON"),
        (lambda text: text.replace('"version": 1', '"version": 1 "a": 4', 1), "不是 JSON"),
        (lambda _: "", "不是 JSON"),
        (lambda text: text.replace('"version": 1', '"version": 2', 1), "不是第 1 版"),
        (lambda text: text.replace('"reports": [', '"reports": [null, ', 1), "不是第 1 版"),
        (lambda text: text.replace('"reports": [', '"more": [', 1), "不是第 1 版"),
        (
            lambda text: text.replace('"path": ', '"path": 3, "was": ', 1).replace(
                '"path": "', '"path": 3, "x": "', 1
            ),
            "不是第 1 版",
        ),
        (lambda text: text.replace('"agency": "', '"agency": 3, "x": "', 1), "不是第 1 版"),
        (lambda text: text.replace('"year": 2', '"year": [2], "x": 2', 1), "不是第 1 版"),
        (lambda _: '{"version": 1, "findings": [], "reports": {}}', "不是第 1 版"),
        (lambda _: '{"type": "run", "version": 1}', "不是第 1 版"),
        (lambda _: "3", "不是第 1 版"),
    ],
)
def test_what_is_no_result_is_refused(spoil, sentence):
    Path("b.json").write_text(spoil(Path("a.json").read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(UsageError, match=sentence):
        read_result(Path("b.json"))


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "spoil",
    [
        *(
            {name: []}
            for name in ("rule", "title", "message", "basis", "fingerprint", "evidence", "severity")
        ),
        {"message": None},
        {"location": None},
        {"location": {}},
        {"location": {"table": 1, "row": None, "column": None, "excerpt": None}},
        {"explains": None},
        {"explains": [["T3-02"]]},
    ],
    ids=json.dumps,
)
def test_a_finding_whose_parts_are_of_other_types_is_refused(spoil):
    data = json.loads(Path("a.json").read_text(encoding="utf-8"))
    findings = next(report["findings"] for report in data["reports"] if report["findings"])
    findings[0] |= spoil
    Path("b.json").write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(UsageError, match="不是第 1 版"):
        read_result(Path("b.json"))


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("rule", [None, 3, ["T3-02"]])
def test_an_outcome_whose_rule_is_no_text_is_refused(rule):
    data = json.loads(Path("a.json").read_text(encoding="utf-8"))
    data["reports"][0]["outcomes"][0]["rule"] = rule
    Path("b.json").write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(UsageError, match="不是第 1 版"):
        read_result(Path("b.json"))


@pytest.mark.usefixtures("files")
def test_a_value_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(result_files, "_CHARACTERS", 100)
    monkeypatch.setattr(result_files, "_MOST_CHARACTERS", 1000)

    with pytest.raises(UsageError, match="不是 JSON"):
        read_result(Path("a.json"))


def peak_of_comparing(count):
    """Bytes at the most while two results of so many reports, all of which differ, are compared."""
    data = json.loads(Path("a.json").read_text(encoding="utf-8"))
    for name in ("old", "new"):
        reports = [
            {
                **report,
                "path": f"{number}/{report['path']}",
                "identity": {**report["identity"], "agency": f"单位{number}"},
            }
            for number in range(count)
            for report in data["reports"][:1]
        ]
        for report in reports if name == "new" else ():
            report["findings"] = [{**one, "message": f"{one['message']}（另）"} for one in report["findings"]]
        Path(f"{name}.json").write_text(json.dumps({**data, "reports": reports}), encoding="utf-8")
    tracemalloc.start()
    comparison = ResultComparison(read_result(Path("old.json")), read_result(Path("new.json")))
    assert sum(one.is_changed for one in comparison.findings) >= count
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.usefixtures("files")
def test_comparing_keeps_next_to_nothing_of_a_report():
    """Of 16 KB a report in each file less than one stays in memory."""
    few, many = peak_of_comparing(50), peak_of_comparing(250)

    assert (many - few) / 200 < 1024
