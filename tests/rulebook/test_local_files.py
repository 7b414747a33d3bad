"""Rule files of others: which of their examples are run, what they stand in place of, how many there may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run_checker

from checker.model.errors import RulebookError, UsageError
from checker.rulebook.folders import MAX_FILES
from checker.rulebook.store import load_rulebook

RULE = """\
  - id: LOC-01
    title: 写明{word}
    severity: warning
    basis: [{{source: PRACTICE}}]
    check: {{kind: pattern, where: 第一部分, patterns: [{word}]}}
    message: 没有写{word}
    examples:
      - {{name: 写了, expect: pass, given: {{text: {{1: 组织{word}。}}}}}}
      - {{name: 没写, expect: fail, given: {{text: {{1: 组织。}}}}}}
"""
PROFILE = "profile: {name}\ntitle: {title}\nextends: {extends}\n"


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def profile(name: str, extends: str = "national", rules: str = "") -> str:
    return PROFILE.format(name=name, title=name, extends=extends) + (f"rules:\n{rules}" if rules else "")


def test_examples_of_another_profiles_rule_of_that_id_are_not_run(tmp_path, monkeypatch, capsys):
    training, meetings = RULE.format(word="培训"), RULE.format(word="会议")
    written(tmp_path, a=profile("east", rules=training), b=profile("west", rules=meetings))
    for name in ("east", "west"):
        ran = run_checker(
            monkeypatch, capsys, "rules", "test", "--rules", tmp_path, "--profile", name, "LOC-01"
        )
        assert (ran.code, ran.out) == (0, "1 条规则，2 个例子，全部相符\n")
    assert run_checker(monkeypatch, capsys, "rules", "check", tmp_path).code == 0


PROFILES = {
    # files, the place and the sentence of the one fault
    "two of one name": (
        {"a": profile("east"), "b": profile("east", "wuwei")},
        ("b.yaml", 1, "已经有规则集叫“east”（"),
    ),
    "one that extends what it replaces": (
        {"a": profile("wuwei", "wuwei")},
        ("a.yaml", 3, "这个规则集与自带的“wuwei”同名，是代替它的，不能再继承它；请换一个名称"),
    ),
    "one that extends itself": (
        {"a": profile("east", "east")},
        ("a.yaml", 3, "规则集互相继承成了环：east → east"),
    ),
}


@pytest.mark.parametrize("case", PROFILES)
def test_profiles_are_told_as_what_they_are(case, tmp_path):
    files, (name, line, sentence) = PROFILES[case]
    with pytest.raises(RulebookError) as raised:
        load_rulebook([written(tmp_path, **files)])

    [fault] = raised.value.faults
    assert (Path(fault.file).name, fault.line) == (name, line)
    assert fault.text.startswith(sentence)


def test_a_check_of_rule_files_runs_their_examples(tmp_path, monkeypatch, capsys):
    text = "group: 本县\nrules:\n" + RULE.format(word="培训").replace("{1: 组织培训。}", "{1: 组织学习。}")
    written(tmp_path, a=text)
    ran = run_checker(monkeypatch, capsys, "rules", "check", tmp_path)

    assert ran.code == 2
    assert "a.yaml:10:1 LOC-01 例子“写了”：预期合格，结果是不合格" in ran.err


REPLACED = {
    "words": ("vocabulary:\n  levels:\n    words:\n      department: {name: 县直部门}\n", "用词 部门"),
    "bodies": ("levels:\n  - {level: department, pattern: '指挥部$'}\n", "单位 从单位名称认机关类别"),
    "figures": (
        "claims: 本县\nquantities: [{key: received, title: 收到的件数, equals: ['T3[R1, total]']}]\n",
        "数量 收到的申请",
    ),
}


@pytest.mark.parametrize("case", REPLACED)
def test_what_stands_in_place_of_built_in_words_is_told(case, tmp_path):
    text, told = REPLACED[case]
    rulebook = load_rulebook([written(tmp_path, a=text)])

    assert any(part.startswith(told) for part in rulebook.replaced_parts)


def many(folder: Path) -> None:
    for number in range(MAX_FILES + 1):
        written(folder, **{f"n{number}": ""})


def deep(folder: Path) -> None:
    below = folder.joinpath(*"abcdefghijkl")
    below.mkdir(parents=True)
    written(below, a="group: 甲\n")


def large(folder: Path) -> None:
    with (folder / "a.yaml").open("wb") as file:
        file.truncate(17 << 20)


FOLDERS = {many: "里的 .yaml 文件超过 500 个", deep: "套了 10 层以上", large: "合起来超过 16 MB"}


@pytest.mark.parametrize("fill", FOLDERS)
@pytest.mark.parametrize("pack", [False, True])
def test_a_folder_that_is_no_folder_of_rules_is_refused(fill, pack, tmp_path):
    (tmp_path / "甲").mkdir()
    (tmp_path / "乙").mkdir()
    fill(tmp_path / "甲")
    if not pack:
        with pytest.raises(UsageError, match=FOLDERS[fill]):
            load_rulebook([tmp_path / "甲"])
        return
    with pytest.raises(RulebookError, match=FOLDERS[fill]):
        load_rulebook([written(tmp_path / "乙", a=profile("east", "../甲"))])
