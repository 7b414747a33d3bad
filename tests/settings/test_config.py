"""Settings: where the file is found, what is refused and how, what beats what, and what reaches the rules."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from command_line import run_checker
from samples import DEPARTMENT_2024, WATER_2023, write

from checker.api import check, load_rulebook
from checker.judging.rules import OFF, regraded
from checker.model.errors import UsageError
from checker.model.findings import Verdict
from checker.settings.config import (
    CONFIG_NAME,
    ConfigFile,
    FoundConfig,
    Settings,
    find_config,
    read_config,
    settings_of,
)

RULEBOOK = load_rulebook()


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def config_at(folder: Path, text: str = "level: department\n") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / CONFIG_NAME
    file.write_text(text, encoding="utf-8")
    return file


def read(text: str) -> ConfigFile:
    return read_config(config_at(Path(), text))


@pytest.fixture
def checker(monkeypatch, capsys):
    return lambda *arguments: run_checker(monkeypatch, capsys, *arguments)


SEARCH = {
    # Paths on the command line; the folder whose file is followed, how it is found, and what is not followed.
    "one file: beside it": (["reports/2024/a.docx"], "reports/2024", "beside", []),
    "one file: a folder above": (["reports/2023/a.docx"], "reports", "above", []),
    "a folder: above, not inside": (["reports/2024"], "reports", "above", ["reports/2024"]),
    "a folder without a file: above": (["reports/2023"], "reports", "above", []),
    "a pattern: above, not beside": (["reports/2024/*.docx"], "reports", "above", ["reports/2024"]),
    "a pattern over folders": (["reports/*/a.docx"], "", "current", ["reports"]),
    "a pattern in the current folder": (["*.docx"], "", "current", []),
    "a file that is not there": (["reports/2024/none.docx"], "reports", "above", ["reports/2024"]),
    "standard input": (["-"], "", "current", []),
    "nothing": ([], "", "current", []),
    "the current folder": (["."], "", "current", []),
    "several folders": (["reports/2023", "reports/2024"], "reports", "above", ["reports/2024"]),
    "a folder, then the one above": (["reports/2023", "reports"], "", "current", ["reports"]),
    "a file, then the folder above": (["reports/2023/a.docx", "reports"], "", "current", ["reports"]),
    "a file, then one above it": (["reports/2023/a.docx", "reports/none.docx"], "", "current", ["reports"]),
    "several files": (["reports/2024/a.docx", "reports/2024/b.docx"], "reports", "above", ["reports/2024"]),
}


@pytest.mark.parametrize(("paths", "followed", "source", "ignored"), SEARCH.values(), ids=SEARCH)
def test_the_nearest_file_that_is_not_inside_what_is_checked(folder, paths, followed, source, ignored):
    for name in ("", "reports", "reports/2024"):
        config_at(folder / name)
    (folder / "reports" / "2023").mkdir()
    (folder / "reports" / "2023" / "a.docx").touch()
    (folder / "reports" / "2024" / "a.docx").touch()

    found = find_config(paths)

    assert found.config is not None
    assert found.config.folder == Path(followed)
    assert found.config.yaml.name == (Path(followed) / CONFIG_NAME).as_posix()
    assert found.source == source
    assert found.ignored == tuple(f"{name}/{CONFIG_NAME}" for name in ignored)


def test_the_file_is_found_above_the_current_folder(folder, monkeypatch):
    config_at(folder)
    (folder / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(folder / "a" / "b")

    found = find_config([])

    assert found.config is not None
    assert (found.config.yaml.name, found.source) == (f"../../{CONFIG_NAME}", "above")


@pytest.mark.usefixtures("folder")
def test_without_a_file_the_defaults_hold():
    assert find_config([]) == FoundConfig()
    assert settings_of(None, {}) == Settings()


FAULTS = {
    "unknown key": ("levle: office\n", "1:1 没有“levle”这个键，是否为“level”？"),
    "unknown level": ("level: departmnt\n", "1:8 “level”不能是“departmnt”，是否为“department”？"),
    "unknown tier": ("tier: city\n", "1:7 “tier”不能是“city”"),
    "wrong type": ("select: T3\n", "1:9 “select”应是列表"),
    "not text": ("rules: [1]\n", "1:9 “rules”的第 1 项应是文字（有特殊符号时加引号），现在是数字 1"),
    "not a date": ("as_of: 2021-13-01\n", "1:8 “2021-13-01”不是日期；应写成 2024-01-31 这样"),
    "unknown severity": (
        "severity:\n  T3-02: fatal\n",
        "2:10 “T3-02”不能是“fatal”；可用：error、warning、info、off",
    ),
    "severity as a list": ("severity: [T3-02]\n", "1:11 “severity”应是若干“键: 值”"),
    "unknown limit": ("fail_on: critical\n", "1:10 “fail_on”不能是“critical”"),
    "no path": ("paths: []\n", "1:8 “paths”至少要有 1 项"),
    "empty profile": ("profile: ''\n", "1:10 “profile”不能是空的"),
    "twice": ("level: office\nlevel: department\n", "2:1 “level”写了两次（第一次在第 1 行）"),
    "not YAML": ("level: [office\n", "方括号没有配对"),
    "tab": ("severity:\n\tT3-02: off\n", "2:1 缩进里有制表符"),
    "alias": ("select: &a [T3]\nignore: *a\n", "不支持用 * 引用别处的内容"),
    "a list": ("- level\n", "1:1 文件应是若干“键: 值”"),
    "rules that are not there": ("rules: [mine]\n", "1:9 规则文件夹“mine”不存在"),
    "exceptions that are not there": ("exceptions: ex.yaml\n", "1:13 例外清单“ex.yaml”不存在"),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("text", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_file_line_and_column(text, sentence):
    with pytest.raises(UsageError) as refused:
        read(text).check_names(RULEBOOK)

    assert sentence in str(refused.value)
    assert f"  {CONFIG_NAME}:" in str(refused.value)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("paths: []\nlevle: office\nselect: T3\n", ("1:8", "2:1", "3:9")),
        ("tier: city\nignore: [T9]\nfail_on: critical\n", ("1:7", "2:10", "3:10")),
    ],
    ids=["shape", "names"],
)
def test_all_faults_are_told_at_once_in_their_order(text, places):
    with pytest.raises(UsageError) as refused:
        read(text).check_names(RULEBOOK)

    assert [line.split()[0] for line in str(refused.value).splitlines()[1:]] == [
        f"{CONFIG_NAME}:{place}" for place in places
    ]
    assert "配置文件有 3 处错误" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"level: \xff\xfe", "不是 UTF-8 编码"), (b"", None), ("\ufefflevel: office".encode(), None)],
)
def test_encodings(folder, data, sentence):
    (folder / CONFIG_NAME).write_bytes(data)
    if sentence is None:
        assert find_config([]) is not None
        return
    with pytest.raises(UsageError, match=sentence):
        find_config([])


NAMES = {
    "severity": ("severity: {T3-2: off}\n", "1:12 没有规则“T3-2”，是否为“T3-02”？"),
    "select": ("select: [T3, T9]\n", "1:14 没有编号以“T9”开头的规则"),
    "ignore": ("ignore:\n  - READ-011\n", "2:5 没有编号以“READ-011”开头的规则，是否为“READ-01”？"),
    "form": ('form: "2022"\n', "1:7 没有格式“2022”，是否为“2021”？"),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("text", "sentence"), NAMES.values(), ids=NAMES)
def test_names_of_rules_and_forms_must_exist(text, sentence):
    with pytest.raises(UsageError) as refused:
        read(text).check_names(RULEBOOK)

    assert sentence in str(refused.value)


@pytest.mark.usefixtures("folder")
def test_names_that_exist_are_accepted():
    read('severity: {T3-02: off}\nselect: [T3, SEC-01]\nform: "2021"\n').check_names(RULEBOOK)


def test_the_command_line_beats_the_file_and_the_file_the_defaults(folder):
    (folder / "mine").mkdir()
    config = read("level: office\nselect: [T3]\nrules: [mine]\nas_of: 2021-12-31\nseverity: {T3-02: off}\n")

    settings = settings_of(config, {"level": "department", "ignore": ("T4",)})

    assert settings.level == "department"
    assert settings.select == ("T3",)
    assert settings.ignore == ("T4",)
    assert settings.rules == (Path("mine"),)
    assert settings.as_of == date(2021, 12, 31)
    assert settings.tier == "auto"
    origins = {name: settings.origin(name) for name in ("level", "select", "tier", "severity.T3-02")}
    assert origins == {
        "level": "命令行",
        "select": f"{CONFIG_NAME}:2",
        "tier": "默认",
        "severity.T3-02": f"{CONFIG_NAME}:5",
    }


def test_paths_in_the_file_are_relative_to_it(folder):
    (folder / "sub" / "local").mkdir(parents=True)
    (folder / "sub" / "ex.yaml").touch()
    config_at(folder / "sub", "paths: [in, '*.docx']\nrules: [local]\nexceptions: ex.yaml\n")

    settings = settings_of(read_config(Path("sub", CONFIG_NAME)), {})

    assert settings.paths == (os.path.join("sub", "in"), os.path.join("sub", "*.docx"))  # noqa: PTH118  # as text
    assert settings.rules == (Path("sub/local"),)
    assert settings.exceptions == Path("sub/ex.yaml")


@pytest.mark.parametrize(
    ("severities", "after"),
    [
        ({"default": "error"}, {"default": "info"}),
        ({"a": "error", "b": "warning"}, {"default": "info"}),
        ({"a": OFF, "b": "warning"}, {"a": OFF, "default": "info"}),
        ({"default": OFF}, {"default": "info"}),
    ],
)
def test_a_new_severity_is_for_what_is_reported(severities, after):
    assert regraded(severities, "info") == after


def test_severities_reach_the_findings_and_the_digest():
    data = write(WATER_2023, "txt")
    before = {finding.rule: finding.severity for finding in check(data, name="a.txt").findings}
    assert before["DOC-01"] == "error"

    rulebook = RULEBOOK.with_severities({"DOC-01": "info"}, CONFIG_NAME)
    after = {
        finding.rule: finding.severity for finding in check(data, name="a.txt", rulebook=rulebook).findings
    }

    assert after == {**before, "DOC-01": "info"}
    assert rulebook.digest != RULEBOOK.digest
    assert RULEBOOK.with_severities({}, CONFIG_NAME) is RULEBOOK


@pytest.mark.parametrize(
    "data", [write(WATER_2023, "txt"), b"\xd0\xcf\x11\xe0 damaged"], ids=["read", "unreadable"]
)
def test_a_rule_that_is_switched_off_says_by_whom(data):
    rulebook = RULEBOOK.with_severities({"DOC-01": "off"}, CONFIG_NAME)

    result = check(data, name="a.doc", rulebook=rulebook)

    outcome = next(outcome for outcome in result.outcomes if outcome.rule == "DOC-01")
    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_APPLICABLE, "已由 .checker.yaml 停用")
    assert all(finding.rule != "DOC-01" for finding in result.findings)


def test_check_takes_paths_and_everything_else_from_the_file(folder, checker):
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_bytes(write(WATER_2023, "txt"))
    config_at(folder, "paths: [in]\nseverity: {DOC-01: warning}\nfail_on: never\n")

    assert checker("check", "--format", "json").code == 0
    assert checker("check", "--fail-on", "warning").code == 1
    assert checker("check", "in", "--no-config").code == 1
    assert checker("check", "in", "--no-config", "--ignore", "DOC-01").code == 0
    data = json.loads(checker("check", "--format", "json").out)
    assert data["reports"][0]["path"] == "in/a.txt"
    assert {finding["severity"] for finding in data["reports"][0]["findings"]} == {"warning"}


def test_a_file_can_be_named(folder, checker):
    (folder / "a.txt").write_bytes(write(WATER_2023, "txt"))
    (folder / "office.yaml").write_text("fail_on: never\n", encoding="utf-8")

    assert checker("check", "a.txt", "--config", "office.yaml").code == 0
    assert "office.yaml:1" in checker("config", "show", "--config", "office.yaml").out
    assert "打不开" in checker("check", "a.txt", "--config", "none.yaml").err
    assert "不能一起用" in checker("check", "a.txt", "--config", "office.yaml", "--no-config").err


USAGE = {
    "no paths": ((), "", "没有写检查哪些路径，.checker.yaml 里也没有 paths"),
    "profile on the command line": (("a.txt", "--profile", "nationl"), "", "命令行：没有规则集“nationl”"),
    "profile in the file": (
        ("a.txt",),
        "profile: nationl\n",
        ".checker.yaml:1：没有规则集“nationl”，是否为“",
    ),
    "form on the command line": (
        ("a.txt", "--form", "2022"),
        "",
        "没有格式“2022”；--form 可用 auto、2019、2021",
    ),
    "day": (("a.txt", "--as-of", "2021"), "", "--as-of 的值不对：“2021”不是日期"),
    "level": (
        ("a.txt", "--level", "city"),
        "",
        "--level 的值不对：没有“city”；可用 auto、县级以上人民政府",
    ),
}


@pytest.mark.parametrize(("arguments", "text", "sentence"), USAGE.values(), ids=USAGE)
def test_wrong_usage_is_one_sentence_and_exit_code_two(folder, checker, arguments, text, sentence):
    (folder / "a.txt").write_bytes(write(DEPARTMENT_2024, "txt"))
    config_at(folder, text)

    ran = checker("check", *arguments)

    assert ran.code == 2
    assert sentence in ran.err


def test_as_of_and_profile_reach_the_rulebook(folder, checker):
    local = folder / "local"
    local.mkdir()
    (local / "profile.yaml").write_text(
        "profile: county\ntitle: 本县\nextends: national\noff: {GEN-07: 本县不限字数}\n", encoding="utf-8"
    )
    (folder / "a.txt").write_bytes(write(DEPARTMENT_2024, "txt"))

    data = json.loads(
        checker("check", "a.txt", "--rules", "local", "--profile", "county", "--format", "json").out
    )

    assert data["rulebook"]["profile"] == "county"
    outcomes = {outcome["rule"]: outcome for outcome in data["reports"][0]["outcomes"]}
    assert outcomes["GEN-07"]["reason"] == "已由规则集停用：本县不限字数"
    assert checker("check", "a.txt", "--as-of", "2021-12-31").code == 0


def test_config_show_says_what_holds_and_why(folder, checker):
    config_at(folder, "level: office\nseverity:\n  T3-02: warning\n  DOC-01: off\nselect: [T3, DOC]\n")

    rows = [line.split() for line in checker("config", "show", "--tier", "county").out.splitlines()]

    assert rows == [
        ["profile", "national", "默认"],
        ["as_of", "（无）", "默认"],
        ["level", "office", ".checker.yaml:1"],
        ["tier", "county", "命令行"],
        ["form", "auto", "默认"],
        ["rules", "（无）", "默认"],
        ["severity.T3-02", "warning", ".checker.yaml:3"],
        ["severity.DOC-01", "off", ".checker.yaml:4"],
        ["select", "T3、DOC", ".checker.yaml:5"],
        ["ignore", "（无）", "默认"],
        ["fail_on", "error", "默认"],
        ["max_warnings", "（无）", "默认"],
        ["exceptions", "（无）", "默认"],
        ["previous", "（无）", "默认"],
        ["renames", "（无）", "默认"],
        ["units", "（无）", "默认"],
        ["paths", "（无）", "默认"],
    ]


def test_config_show_looks_where_check_would(folder, checker):
    config_at(folder / "sub", "fail_on: info\n")
    (folder / "sub" / "reports").mkdir()

    assert "sub/.checker.yaml:1" in checker("config", "show", "sub/reports").out
    assert "没有采用 sub/.checker.yaml" in checker("config", "show", "sub").out
    assert ".checker.yaml" not in checker("config", "show").out
    refused = checker(
        "config", "show", "sub", "--config", config_at(folder / "bad", "severity: {T3-2: off}\n")
    )
    assert refused.code == 2
    assert "是否为“T3-02”？" in refused.err


def test_an_empty_file_changes_nothing(folder, checker):
    config_at(folder, "# 还没有设置\n")

    assert settings_of(find_config([]).config, {}) == Settings()
    assert checker("config", "show").code == 0
