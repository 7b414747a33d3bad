"""`--format jsonl` and `--resume`: lines come as reports are done, and a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import zipfile
from base64 import b64encode
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import pytest
from choice import THOROUGH
from click.testing import CliRunner
from command_line import run_checker
from faults.changes import cell
from samples import COUNTY_2023, DEPARTMENT_2024, TOWNSHIP_2024, WATER_2023, write

from checker.cli import cli
from checker.run.kept import resume
from checker.run.pipeline import check_file

pytestmark = pytest.mark.long

TODAY = ("--no-config", "--today", "2025-03-01", "--fail-on", "never")
_KILLED_REPORTS, _KILLED_AT = (80, (10, 40)) if THOROUGH else (40, (8, 20))
"""How many reports a run has that is killed, and after how many of them."""
PROGRAM = (sys.executable, "-m", "checker", "check")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A package, a file that is no report, one that cannot be read, and two reports, one with two years.

    Beside them stands what a run from beginning to end writes.
    """
    place = tmp_path_factory.mktemp("undisturbed")
    reports = place / "年报"
    reports.mkdir()
    for name, report in (("乙", cell("T3[S, natural]", "7")(DEPARTMENT_2024)), ("丙", COUNTY_2023)):
        (reports / f"{name}.txt").write_bytes(write(report, "txt"))
    with zipfile.ZipFile(reports / "甲.zip", "w") as package:
        package.writestr("一.txt", write(WATER_2023, "txt"))
        package.writestr("二.docx", write(TOWNSHIP_2024, "docx"))
    (reports / "丁.txt").write_bytes("没有标题的一段话。".encode())
    (reports / "戊.docx").write_bytes(b"PK\x03\x04")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        for name in ("jsonl", "json"):
            arguments = ["check", "年报", *TODAY, "--format", name, "-o", f"a.{name}", "-j", "1"]
            assert CliRunner().invoke(cli, arguments, standalone_mode=False).exception is None
    return place


@pytest.fixture
def folder(undisturbed, monkeypatch, tmp_path):
    """The same files, in a folder of the test's own, beside which it is run."""
    shutil.copytree(undisturbed / "年报", tmp_path / "年报")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "年报"


@pytest.fixture
def first_run(undisturbed, folder):
    """What a run from beginning to end wrote: `a.jsonl`, and `a.json`."""
    for name in ("a.jsonl", "a.json"):
        shutil.copy2(undisturbed / name, folder.parent)


@pytest.fixture
def check(folder, monkeypatch, capsys):
    del folder
    return lambda *options: run_checker(monkeypatch, capsys, "check", "年报", *TODAY, *options)


@pytest.fixture
def checked_files(monkeypatch):
    """Names of the files that this process checks."""
    names = []

    def noted(rulebook, path, options):
        names.append(path.name)
        return check_file(rulebook, path, options)

    monkeypatch.setattr("checker.run.checking.check_file", noted)
    return names


def lines(file):
    return Path(file).read_bytes().splitlines(keepends=True)


def test_a_line_for_each_report_and_one_for_the_run(check):
    check("--format", "jsonl", "-o", "a.jsonl", "--format", "json", "-o", "a.json", "-j", "1")
    whole = json.loads(Path("a.json").read_text(encoding="utf-8"))
    *reports, run = map(json.loads, lines("a.jsonl"))

    assert [{**one, "resume": None} for one in reports] == [
        {"type": "report", "version": 1, **report, "resume": None} for report in whole["reports"]
    ]
    assert run == {"type": "run", **{name: part for name, part in whole.items() if name != "reports"}}
    assert [bool(one["resume"] and one["resume"]["result"]) for one in reports] == [
        one["status"] != "unreadable" for one in reports
    ]


def test_the_bytes_are_those_of_any_number_of_processes(check):
    for jobs in "12":
        check("--format", "jsonl", "-o", f"{jobs}.jsonl", "-j", jobs)

    assert Path("1.jsonl").read_bytes() == Path("2.jsonl").read_bytes()
    assert check("--format", "jsonl", "-j", "2").out.encode() == Path("1.jsonl").read_bytes()


@pytest.mark.usefixtures("first_run")
@pytest.mark.parametrize("cut", [0, 1, 2, 3, 6, 7])
@pytest.mark.parametrize("torn", [0, 500])
def test_a_run_that_was_stopped_anywhere_goes_on(check, checked_files, cut, torn):
    whole = lines("a.jsonl")
    Path("b.jsonl").write_bytes(b"".join(whole[:cut]) + b"".join(whole[cut:])[:torn])
    checked_files.clear()
    check(
        "--format",
        "jsonl",
        "-o",
        "b.jsonl",
        "--resume",
        "b.jsonl",
        "--format",
        "json",
        "-o",
        "b.json",
        "-j",
        "1",
    )

    assert lines("b.jsonl") == whole
    assert not list(Path().glob(".*.part"))
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


@pytest.mark.usefixtures("first_run")
@pytest.mark.parametrize("kept", range(8))
def test_only_what_was_not_done_is_done(check, checked_files, kept):
    """Of 丁 丙 乙 戊 甲 the fourth cannot be read and the fifth has two results; what came last may not be all."""
    order = [json.loads(line)["path"] for line in lines("a.jsonl")[:-1]]
    assert [Path(path).name[0] for path in order] == [*"丁丙乙戊甲甲"]
    Path("b.jsonl").write_bytes(b"".join(lines("a.jsonl")[:kept]))
    checked_files.clear()
    check("--resume", "b.jsonl", "--format", "jsonl", "-o", "c.jsonl", "-j", "1")

    done = {0: "", 1: "", 2: "丁", 3: "丁丙"}.get(kept, "丁丙乙" + ("甲" if kept == 7 else ""))
    assert [name[0] for name in checked_files] == [one for one in "丁丙乙戊甲" if one not in done]


def changed_file(folder):
    (folder / "丙.txt").write_bytes(write(WATER_2023, "txt"))
    return ()


def changed_package(folder):
    with zipfile.ZipFile(folder / "甲.zip", "a") as package:
        package.writestr("三.txt", write(DEPARTMENT_2024, "txt"))
    return ()


def new_file(folder):
    (folder / "己.txt").write_bytes(write(WATER_2023, "txt"))
    return ()


@pytest.mark.usefixtures("first_run")
@pytest.mark.parametrize(
    ("change", "again"),
    [
        (changed_file, "丙戊"),
        (changed_package, "戊甲"),
        (new_file, "己戊"),
        (lambda folder: (folder / "乙.txt").unlink() or (), "戊"),
        (lambda _: ("--today", "2025-04-05"), "丁丙乙戊甲"),
        (lambda _: ("--ignore", "T3-02"), "丁丙乙戊甲"),
        (lambda _: ("--level", "department"), "丁丙乙戊甲"),
        (lambda _: ("--units", "单位.yaml"), "丁丙乙戊甲"),
    ],
)
def test_what_has_changed_is_checked_again(check, checked_files, folder, change, again):
    Path("单位.yaml").write_text("units:\n- {unit: 沅平县水利局, tier: county}\n", encoding="utf-8")
    options = change(folder)
    checked_files.clear()
    check("--resume", "a.jsonl", "--format", "jsonl", "-o", "b.jsonl", "-j", "1", *options)
    assert sorted(name[0] for name in checked_files) == sorted(again)

    check("--format", "jsonl", "-o", "c.jsonl", "-j", "1", *options)
    assert lines("b.jsonl") == lines("c.jsonl")


def two_years(folder):
    for name, report, year in (("庚", DEPARTMENT_2024, 2024), ("辛", COUNTY_2023, 2023)):
        text = write(report, "txt").decode()
        for one in (year, year - 1):
            words = text.replace(str(year), str(one))
            (folder / f"{name}{one}.txt").write_text(words, encoding="utf-8")


@pytest.mark.parametrize("jobs", "12")
def test_reports_with_a_neighbour_in_the_run_have_a_second_line(check, folder, jobs):
    two_years(folder)
    check("--format", "jsonl", "-o", "a.jsonl", "-j", jobs, "--format", "json", "-o", "a.json")
    whole = lines("a.jsonl")
    *told, _run = map(json.loads, whole)
    last = {one["path"]: {**one, "resume": None} for one in told}
    reports = json.loads(Path("a.json").read_text(encoding="utf-8"))["reports"]

    assert len(told) > len(last)
    assert [last[one["path"]] for one in reports] == [
        {"type": "report", "version": 1, **one, "resume": None} for one in reports
    ]
    for cut in (3, len(last) - 1, len(last) + 1, len(whole)):
        Path("b.jsonl").write_bytes(b"".join(whole[:cut]))
        check("--format", "jsonl", "-o", "b.jsonl", "--resume", "b.jsonl", "-j", jobs)
        assert lines("b.jsonl") == whole


def test_reports_of_last_year_are_a_condition(check, checked_files, folder):
    earlier = folder.parent / "往年"
    earlier.mkdir()
    text = write(DEPARTMENT_2024, "txt").decode().replace("2024", "2023")
    (earlier / "甲.txt").write_text(text, encoding="utf-8")
    check("--format", "jsonl", "-o", "a.jsonl", "-j", "1", "--previous", "往年")
    checked_files.clear()
    check("--resume", "a.jsonl", "--format", "jsonl", "-o", "b.jsonl", "-j", "1", "--previous", "往年")
    assert sorted(name[0] for name in checked_files) == sorted("甲戊")  # 甲 is last year's
    assert lines("a.jsonl") == lines("b.jsonl")

    (earlier / "甲.txt").write_text(text.replace("316", "317"), encoding="utf-8")
    checked_files.clear()
    check("--resume", "a.jsonl", "--format", "jsonl", "-o", "b.jsonl", "-j", "1", "--previous", "往年")
    assert sorted(name[0] for name in checked_files) == sorted("甲丁丙乙戊甲")


def test_accepted_findings_are_no_condition(check, checked_files):
    check("--format", "jsonl", "-o", "a.jsonl", "-j", "1", "--format", "json", "-o", "a.json")
    checked_files.clear()
    check("--resume", "a.jsonl", "--baseline", "a.json", "--format", "jsonl", "-o", "b.jsonl", "-j", "1")
    assert [name[0] for name in checked_files] == ["戊"]
    *reports, run = map(json.loads, lines("b.jsonl"))
    assert run["summary"]["suppressed"] > 0
    assert not any(one["findings"] for one in reports if one["status"] == "checked")

    check("--resume", "b.jsonl", "--format", "jsonl", "-o", "c.jsonl", "-j", "1")
    assert lines("c.jsonl") == lines("a.jsonl")


def test_a_whole_text_is_shown_all_the_same(check, folder):
    for file in folder.iterdir():
        if file.name != "乙.txt":
            file.unlink()
    check("--format", "jsonl", "-o", "a.jsonl", "--format", "html", "-o", "a.html")
    check("--resume", "a.jsonl", "--format", "html", "-o", "b.html")

    assert Path("a.html").read_bytes() == Path("b.html").read_bytes()


def spoilt(entry):
    entry["resume"]["result"] = b64encode(b"nonsense").decode()


def no_text(entry):
    entry["resume"]["result"] = "§"


def of_another_file(entry):
    other = next(one for one in map(json.loads, lines("a.jsonl")) if "丙" in one["path"])
    entry["resume"]["result"] = other["resume"]["result"]


@pytest.mark.usefixtures("first_run")
@pytest.mark.parametrize("spoil", [spoilt, no_text, of_another_file])
def test_a_kept_result_that_somebody_has_changed_is_made_again(check, checked_files, spoil):
    first, *rest = lines("a.jsonl")
    entry = json.loads(first)
    spoil(entry)
    Path("b.jsonl").write_bytes(json.dumps(entry).encode() + b"\n" + b"".join(rest))
    checked_files.clear()
    check("--resume", "b.jsonl", "--format", "jsonl", "-o", "c.jsonl", "-j", "1")

    assert sorted(name[0] for name in checked_files) == sorted("丁戊")
    assert lines("c.jsonl") == lines("a.jsonl")


@pytest.mark.parametrize(
    "content",
    [
        "{}\n",
        "[]\n",
        '"report"\n',
        '{"type": "report"}\n',
        '{"type": "report", "resume": 3}\n',
        "年报\n",
        "[" * 99_999 + "\n",
    ],
)
def test_a_file_of_something_else_is_refused(check, content):
    Path("a.jsonl").write_text(content, encoding="utf-8")
    ran = check("--resume", "a.jsonl", "--format", "jsonl", "-o", "b.jsonl")

    assert ran.code == 2
    assert "第 1 行不是检查结果" in ran.err
    assert not Path("b.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("年报", "--resume", "没有.jsonl"), "打不开"),
        (("-", "--resume", "a.jsonl"), "标准输入"),
        (("年报/乙.txt", "--watch", "--resume", "a.jsonl"), "--watch 和 --resume"),
        (("-", "--cluster", "local:2"), "标准输入"),
        (("年报/乙.txt", "--watch", "--cluster", "local:2"), "--watch 和 --cluster"),
        (("年报", "--format", "jsonl", "-o", "没有/a.jsonl"), "写不进"),
        (("年报", "--baseline", "a.jsonl", "--format", "jsonl", "-o", "./a.jsonl"), "清空"),
    ],
)
def test_what_does_not_fit_is_refused(folder, monkeypatch, capsys, arguments, sentence):
    del folder
    Path("a.jsonl").touch()
    ran = run_checker(monkeypatch, capsys, "check", *arguments, *TODAY)

    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert sentence in ran.err


def test_standard_input_gives_lines_too(folder):
    given = (folder / "乙.txt").read_bytes()
    ran = subprocess.run(
        (*PROGRAM, "-", *TODAY, "--format", "jsonl"), input=given, capture_output=True, check=True
    )
    *reports, run = map(json.loads, ran.stdout.splitlines())

    assert [one["resume"] for one in reports] == [None]
    assert run["summary"]["reports"] == 1


def test_a_package_that_changes_meanwhile_is_not_taken(check, monkeypatch):
    clock = count()
    monkeypatch.setattr(resume, "time_ns", lambda: next(clock))  # the run began before everything
    check("--format", "jsonl", "-o", "a.jsonl", "-j", "1")

    assert [json.loads(line)["resume"] for line in lines("a.jsonl")[4:6]] == [None, None]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("jobs", "12")
def test_a_killed_run_goes_on(tmp_path, jobs):
    """Killed twice in the middle; nothing that was done is lost, and the bytes are those of an undisturbed run."""
    folder = tmp_path / "年报"
    folder.mkdir()
    for number in range(_KILLED_REPORTS):
        (folder / f"{number:03}.docx").write_bytes(write((DEPARTMENT_2024, COUNTY_2023)[number % 2], "docx"))
    command = (*PROGRAM, "年报", *TODAY, "-j", jobs, "--format", "jsonl", "-o")
    subprocess.run((*command, "whole.jsonl"), cwd=tmp_path, check=True)
    file, resumed = tmp_path / "a.jsonl", ()
    for least in _KILLED_AT:
        process = subprocess.Popen((*command, "a.jsonl", *resumed), cwd=tmp_path)
        until = monotonic() + 60
        while (not file.exists() or len(lines(file)) < least) and monotonic() < until:
            sleep(0.005)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert least <= len(lines(file)) <= _KILLED_REPORTS
        shutil.copy(file, tmp_path / f"{least}.jsonl")
        resumed = ("--resume", "a.jsonl")
    subprocess.run((*command, "a.jsonl", *resumed), cwd=tmp_path, check=True)

    assert file.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    for least in _KILLED_AT:
        assert lines(file)[: least - 1] == lines(tmp_path / f"{least}.jsonl")[: least - 1]
