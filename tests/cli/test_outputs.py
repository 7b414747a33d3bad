"""Which formats go where, and when a run fails."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import run_checker
from faults.changes import cell
from samples import DEPARTMENT_2024, write

from checker.cli.outputs import Target, paired
from checker.model.errors import UsageError
from checker.writers import OUTPUTS as ALL

OUTPUTS = {name: output for name, output in ALL.items() if not output.binary}  # others go to files only

TODAY = ("--today", "2025-03-01")
WRONG = cell("T3[S, natural]", "7")
AS_WARNING = "severity: {T3-02: warning}\n"


@pytest.fixture
def checker(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "good.txt").write_bytes(write(DEPARTMENT_2024, "txt"))
    (tmp_path / "wrong.txt").write_bytes(write(WRONG(DEPARTMENT_2024), "txt"))
    return lambda *arguments: run_checker(monkeypatch, capsys, *arguments)


def out(format_name, file=None):
    return Target(format_name, Path(file) if file else None)


@pytest.mark.parametrize(
    ("formats", "files", "expected"),
    [
        ([], [], [out("text")]),
        (["json"], [], [out("json")]),
        (["json"], ["a.json"], [out("json", "a.json")]),
        (["sarif", "html"], ["a.sarif", "b.html"], [out("sarif", "a.sarif"), out("html", "b.html")]),
        (["sarif", "text"], ["a.sarif"], [out("sarif", "a.sarif"), out("text")]),
        (["text", "html"], ["-", "b.html"], [out("text"), out("html", "b.html")]),
        (
            [],
            ["a.html", "b.csv", "c.json"],
            [out("html", "a.html"), out("csv", "b.csv"), out("json", "c.json")],
        ),
        ([], ["A.XML", "-"], [out("junit", "A.XML"), out("text")]),
        (["gitlab"], ["a.json", "b.json"], [out("gitlab", "a.json"), out("json", "b.json")]),
        (["json"], ["结果"], [out("json", "结果")]),
    ],
)
def test_formats_and_files_pair_in_order(formats, files, expected):
    assert list(paired(formats, files)) == expected


@pytest.mark.parametrize(
    ("formats", "files", "sentence"),
    [
        (["sarif", "html", "text"], ["a.sarif"], "最多一个格式输出到屏幕"),
        (["sarif", "text"], ["-"], "最多一个格式输出到屏幕"),
        (["text", "html"], ["b.html"], "与扩展名不符"),
        ([], ["结果"], "看不出用什么格式"),
        (["json", "gitlab"], ["a.json", "./a.json"], "写到同一个文件"),
    ],
)
def test_what_does_not_fit_is_refused(formats, files, sentence):
    with pytest.raises(UsageError, match=sentence):
        paired(formats, files)


def test_all_formats_at_once(checker, tmp_path):
    endings = {name: OUTPUTS[name].endings[0] for name in OUTPUTS}
    options = [part for name in OUTPUTS for part in ("--format", name, "-o", f"{name}.{endings[name]}")]

    ran = checker("check", "good.txt", "wrong.txt", *TODAY, *options)

    assert (ran.code, ran.out) == (1, "")
    for name, ending in endings.items():
        alone = checker("check", "good.txt", "wrong.txt", *TODAY, "--format", name)
        written = (tmp_path / f"{name}.{ending}").read_bytes().decode()
        assert written.replace("\r\n", "\n") == alone.out.replace("\r\n", "\n")


def test_a_result_is_never_written_over_a_report(checker, tmp_path):
    before = (tmp_path / "wrong.txt").read_bytes()
    ran = checker("check", ".", "--format", "text", "-o", "wrong.txt")

    assert ran.code == 2
    assert "是要检查的文件" in ran.err
    assert (tmp_path / "wrong.txt").read_bytes() == before


def test_the_same_run_gives_the_same_bytes(checker):
    for name in OUTPUTS:
        arguments = ("check", ".", *TODAY, "--format", name)
        assert checker(*arguments).out == checker(*arguments).out


def test_a_page_shows_the_whole_reports_whatever_the_number_of_processes(checker):
    pages = [
        checker("check", "good.txt", "wrong.txt", *TODAY, "--format", "html", "--jobs", jobs).out
        for jobs in "12"
    ]

    assert pages[0] == pages[1]
    assert pages[0].count("报告原文") == 2


@pytest.mark.parametrize(
    ("settings", "options", "code"),
    [
        ("", (), 1),
        ("", ("--fail-on", "never"), 0),
        (AS_WARNING, (), 0),
        (AS_WARNING, ("--fail-on", "warning"), 1),
        (AS_WARNING, ("--max-warnings", "0"), 1),
        (AS_WARNING, ("--max-warnings", "1"), 0),
        (AS_WARNING, ("--max-warnings", "0", "--fail-on", "never"), 0),
        (AS_WARNING, ("--fail-on", "info"), 1),
    ],
)
def test_when_a_run_fails(checker, tmp_path, settings, options, code):
    (tmp_path / ".checker.yaml").write_text(settings, encoding="utf-8")
    ran = checker("check", "wrong.txt", *TODAY, *options)

    assert ran.code == code
    assert ("--max-warnings" in ran.err) == (code == 1 and "--max-warnings" in options)


def test_the_limit_of_warnings_may_stand_in_the_settings(checker, tmp_path):
    (tmp_path / ".checker.yaml").write_text(f"{AS_WARNING}max_warnings: 0\n", encoding="utf-8")

    assert checker("check", "wrong.txt", *TODAY).code == 1
    assert checker("check", "wrong.txt", *TODAY, "--max-warnings", "5").code == 0


def test_nothing_to_check(checker, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.txt").write_text("会议通知。", encoding="utf-8")

    for path in ("empty", "note.txt"):
        assert checker("check", path).code == 2
        assert checker("check", path, "--allow-none").code == 0
    assert checker("check", "absent", "--allow-none").code == 2


@pytest.fixture
def git(checker, tmp_path):
    """Runs git in the folder of reports, a repository whose branch main holds them all."""
    assert checker  # it has filled the folder

    def run(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=n@example.invalid", *arguments],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip

    run("init", "-q", "-b", "main")
    run("add", ".")
    run("commit", "-q", "-m", "reports")
    run("checkout", "-q", "-b", "work")
    return run


def paths(ran):
    return [report["path"] for report in json.loads(ran.out)["reports"]]


def test_only_changed_files(checker, git, tmp_path):
    def arguments(since):
        return ("check", ".", *TODAY, "--format", "json", "--changed-since", since)

    unchanged = checker(*arguments("main"))
    assert (unchanged.code, paths(unchanged)) == (0, [])

    (tmp_path / "good.txt").write_bytes(write(WRONG(DEPARTMENT_2024), "txt"))
    (tmp_path / "新 的.txt").write_bytes(write(DEPARTMENT_2024, "txt"))
    saved = checker(*arguments("main"))
    assert (saved.code, paths(saved)) == (1, ["good.txt", "新 的.txt"])

    git("rm", "-q", "wrong.txt")
    git("add", ".")
    git("commit", "-q", "-m", "work")
    assert paths(checker(*arguments("main"))) == ["good.txt", "新 的.txt"]
    assert paths(checker(*arguments("HEAD"))) == []


def test_changes_on_the_other_branch_do_not_count(checker, git, tmp_path):
    git("checkout", "-q", "main")
    (tmp_path / "good.txt").write_bytes(write(WRONG(DEPARTMENT_2024), "txt"))
    git("commit", "-q", "-a", "-m", "elsewhere")
    git("checkout", "-q", "work")

    assert paths(checker("check", ".", "--format", "json", "--changed-since", "main")) == []


@pytest.mark.parametrize(
    ("since", "sentence"), [("no-such-branch", "找不到“no-such-branch”"), ("--output=x", "要写分支")]
)
@pytest.mark.usefixtures("git")
def test_what_git_does_not_know(checker, since, sentence):
    ran = checker("check", ".", f"--changed-since={since}")

    assert ran.code == 2
    assert sentence in ran.err


def test_changed_files_need_a_repository(checker, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ran = checker("check", ".", "--changed-since", "main")

    assert ran.code == 2
    assert "git 仓库" in ran.err


EVIL = "<script>alert(1)</script>人民政府"


def test_a_report_with_a_hostile_name_is_harmless_in_every_format(checker, tmp_path):
    """From the file to the output; what each writer does with each kind of text is tested beside the writers."""
    name = "=cmd|'calc'!A0年报.docx"
    wrong = WRONG(DEPARTMENT_2024)
    title = wrong.title.replace("沅平县自然资源局", EVIL)
    evil = replace(wrong, title=title, signature=(EVIL, *wrong.signature[1:]))
    (tmp_path / name).write_bytes(write(evil, "docx"))
    told = {kind: checker("check", name, *TODAY, "--format", kind) for kind in OUTPUTS}

    assert {ran.code for ran in told.values()} == {1}
    assert "<script>alert(1)</script>" in told["json"].out
    assert json.loads(told["sarif"].out)["runs"][0]["artifacts"][0]["location"]["uri"].startswith("%3Dcmd%7C")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told["html"].out
    assert told["html"].out.count("<script") == 1, "that is its own"
    for kind in ("junit", "markdown"):
        assert "<script" not in told[kind].out
    assert all(line.startswith("::") for line in told["github"].out.splitlines())
    cells = [
        cell for line in told["csv"].out.splitlines() for cell in line.removeprefix("\ufeff").split('","')
    ]
    assert "'=cmd|'calc'!A0年报.docx" in {cell.strip('"') for cell in cells}
    assert not any(cell.strip('"').startswith(("=", "+", "-", "@")) for cell in cells)


def test_quiet_lines_end_with_their_counts_whoever_reads_them(checker, monkeypatch, tmp_path):
    """In a terminal, or where COLUMNS says so, a long path is shortened; a pipe and a file get all of it."""
    folder = Path("很长的文件夹名字用来试一试", "再来一层文件夹", "第三层")
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "wrong.txt").rename(tmp_path / folder / "年报.txt")
    whole = f"不通过    {(folder / '年报.txt').as_posix()}  错误 1  警告 0  提示 0\n"
    arguments = ("check", folder, "--quiet", *TODAY)

    monkeypatch.setenv("COLUMNS", "70")
    assert (
        checker(*arguments).out == "不通过    很长的文件…层文件夹/第三层/年报.txt  错误 1  警告 0  提示 0\n"
    )
    checker(*arguments, "-o", "a.txt")
    assert Path("a.txt").read_text(encoding="utf-8") == whole
    monkeypatch.delenv("COLUMNS")
    assert checker(*arguments).out == whole


def test_rows_for_what_was_not_judged_are_only_for_csv(checker, tmp_path):
    plain = checker("check", "good.txt", "--format", "csv", *TODAY)
    told = checker("check", "good.txt", "-o", "a.csv", "--with-unjudged", *TODAY)
    refused = checker("check", "good.txt", "--with-unjudged", *TODAY)

    assert "未能判断" not in plain.out.replace("条规则未能判断", "")
    assert told.code == 0
    assert '"未能判断"' in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert refused.code == 2
    assert "--with-unjudged 只用于 CSV" in refused.err


@pytest.mark.parametrize(("due", "expected"), [("", "2025-01-31"), ("2025-01-15", "2025-01-15")])
def test_the_due_day_is_that_of_the_list_or_of_the_rules(checker, tmp_path, due, expected):
    (tmp_path / "单位.csv").write_text(
        f"单位,到期日\n{DEPARTMENT_2024.signature[0]},{due}\n", encoding="utf-8"
    )
    told = checker("check", "good.txt", "wrong.txt", "--units", "单位.csv", "--format", "csv", *TODAY)
    rows = [row for row in csv.DictReader(io.StringIO(told.out.removeprefix("\ufeff"))) if row["年度"]]

    assert [(row["到期日"], row["状态"]) for row in rows] == [(expected, "通过"), (expected, "不通过")]
