"""YAML as rule files may use it: what is refused, where (▶), and what the author is told; what values mean."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_rulebook import BASE, MARK, marked

from checker.rulebook.compile import compile_rulebook
from checker.rulebook.load import sources
from checker.rulebook.load.strict_yaml import load_yaml
from checker.rulebook.store import decode_rules, rule_files

TAB, CONTROL = "缩进里有制表符（Tab），请改用空格", "这里有看不见的控制字符"
UNALIGNED, COLON = "缩进不对：与上面同级的内容要左边对齐", "冒号的位置不对：文字中若有“: ”请给整段文字加引号"
NO_COLON = "这一行缺少冒号；键和值写成“键: 值”，冒号后留一个空格"
TOO_DEEP = "层次套得太深，最多 40 层"

REFUSED = {
    "tab as indent": ("group: 甲\n▶\trules: []\n", TAB),
    "tab after spaces": ("group:\n  ▶\trules: []\n", TAB),
    "no colon": ("group: 甲\n▶rules\n  - id: 1\n", NO_COLON),
    "no colon on the first line": ("▶group 甲\nrules: []\n", NO_COLON),
    "no colon under a comment": ("# 说明: 注意\n▶group 甲\n\nrules: []\n", NO_COLON),
    "no space after the colon": ("group▶:甲乙\nrules: []\n".replace("甲乙", "a"), "冒号后面要留一个空格"),
    "full-width colon": ("group▶：甲\nrules: []\n", "冒号要用英文（半角）的“:”，后面留一个空格"),
    "colon in the text": ("title: 注意▶: 三点\n", COLON),
    "single quote left open": ("title: ▶'说明\nrules: []\n", "这里的引号没有配对"),
    "double quote left open": ('title: ▶"说明\nrules: []\n', "这里的引号没有配对"),
    "square bracket left open": ("levels: ▶[a, b\nrules: 1\n", "这里的方括号没有配对，或少了逗号"),
    "bracket left open at the end": ("a: 1\nrules: [\n▶", "文件到这里就完了，上面的括号没有配对"),
    "placeholder without quotes": ("message: {few: 只有 ▶{count} 个, many: 太多}\n", "要给这段文字加引号"),
    "placeholder in a list": ("- [有▶{count}个, 太多]\n", "要给这段文字加引号"),
    "curly bracket left open": ("check: ▶{kind: sum\nrules: 1\n", "这里的花括号没有配对，或少了逗号"),
    "text behind a quote": ("title: '甲'▶乙\n", "引号后面多了文字"),
    "nothing between commas": ("levels: [a,▶,b]\n", "这里少了一项"),
    "indent between two": ("a:\n  b: 1\n ▶c: 2\n", "缩进不对：这一行前面空 1 格，第 2 行空 2 格"),
    "indent a space short in a rule": ("rules:\n  - id: A-01\n    title: 甲\n   ▶severity: error\n", "缩进不对：这一行前面空 3 格，第 3 行空 4 格"),
    "full-width colon in a rule": ("rules:\n  - id: A-01\n    title▶：甲\n    severity: error\n", "冒号要用英文（半角）的“:”"),
    "full-width colon in brackets": ("check: {kind: length, where▶：正文\nrules: 1\n", "冒号要用英文（半角）的“:”"),
    "full-width comma in brackets": ("check: {kind: length▶， where: 正文}\nrules: 1\n", "括号里各项之间要用英文逗号“,”"),
    "full-width brackets": ("basis: ▶【{source: F21}】\nrules: 1\n", "方括号、花括号要用英文（半角）的 [ ]、{ }"),
    "full-width bracket at the end": ("levels: [office, department▶】\nrules: 1\n", "方括号、花括号要用英文（半角）的 [ ]、{ }"),
    "no space behind the dash": ("rules:\n  ▶-id: A-01\n   title: 甲\n", "“-”后面要留一个空格"),
    "no space behind the colon in a rule": ("rules:\n  - id: A-01\n    severity▶:error\n    title: 甲\n", "冒号后面要留一个空格"),
    "text that begins with a placeholder": ("message: ▶{count}处没有写\nrules: 1\n", "文字以 { 开头时，要给整段文字加引号"),
    "number sign in a text": ("message: 附件 ▶#3 没有写\nrules: 1\n", "空格加“#”后面的字不算内容"),
    "one item for many": ("words: [▶甲，乙，丙]\n", "方括号里的“，”算作文字，这里只有一项"),
    "list out of line": ("a:\n  - 1\n ▶- 2\n", UNALIGNED),
    "list on the key's line": ("rules: ▶- id: 1\n", "“-”的位置不对：列表要另起一行"),
    "full-width indent": ("group: 甲\nrules:\n▶　　id: 1\n", "缩进里有全角空格，请改用半角空格"),
    "space that does not break": ("rules:\n▶\xa0\xa0id: 1\n", "缩进里有全角空格"),
    "name for a value": ("a: ▶&x 1\n", "不支持用 & 给内容起名"),
    "value from elsewhere": ("a: ▶*all\n", "不支持用 * 引用别处的内容"),
    "value from elsewhere in a list": ("a: [1, ▶*all]\n", "不支持用 * 引用别处的内容"),
    "star before text": ("a: *▶ 注\n", "以 * 或 & 开头的文字请加引号"),
    "merge": ("a:\n  ▶<<: {b: 2}\n", "不支持 << 合并"),
    "tag": ("a: ▶!secret 1\n", "不支持 ! 开头的类型标记"),
    "tag of the standard": ("a: ▶!!binary aGk=\n", "不支持 ! 开头的类型标记"),
    "tag that runs code": ("a: ▶!!python/object/apply:os.system ['x']\n", "不支持 ! 开头的类型标记"),
    "key twice": ("a: 1\nb: 2\n▶a: 3\n", "“a”写了两次（第一次在第 1 行）"),
    "key twice in a row": ("x: {a: 1, ▶a: 3}\n", "“a”写了两次"),
    "list as a key": ("? ▶[1, 2]\n: 3\n", "键只能是文字"),
    "brackets too deep": ("[" * 40 + "▶" + "[" * 20 + "]" * 60, TOO_DEEP),
    "marks too deep": ("▶" + "- " * 60 + "x", TOO_DEEP),
    "lines too deep": ("".join(" " * i + "a:\n" for i in range(41)) + " " * 41 + "▶a: 1\n", TOO_DEEP),
    "lines far too deep": ("".join(" " * i + "a:\n" for i in range(80)) + "▶" + " " * 80 + "a:\n" + "".join(" " * i + "a:\n" for i in range(81, 1000)), TOO_DEEP),
    "bell": ("a: 甲▶\x07乙\n", CONTROL + "（U+0007）"),
    "zero": ("a: ▶\x00\n", CONTROL + "（U+0000）"),
    "half a character": ("a: ▶\ud800\n", CONTROL + "（U+D800）"),
    "backslash in double quotes": ('a: "▶\\d+"\n', "双引号里的反斜杠有特殊含义；正则表达式请用单引号"),
    "per cent": ("a: ▶%甲\n", "“%”不能作为文字的开头；请给整段文字加引号"),
    "at": ("a: ▶@甲\n", "“@”不能作为文字的开头"),
    "back quote": ("a: ▶`甲`\n", "“`”不能作为文字的开头"),
    "two documents": ("a: 1\n▶---\nb: 2\n", "“---”把文件分成了几份"),
}  # fmt: skip

BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefg", "bcdefgh", strict=True)
)

VALUES = {
    "true": True, "false": False, "null": None, "''": "", "12": 12, "-3": -3, "0": 0,
    # What other YAML readers take for something else stays as typed.
    "off": "off", "on": "on", "yes": "yes", "no": "no", "True": "True", "~": "~",
    "010": "010", "0x1F": "0x1F", "1_000": "1_000", "22:30": "22:30", "1e3": "1e3", "2.50": "2.50",
    "2024-01-01": "2024-01-01", "'12'": "12", '"true"': "true", "1234567890123456789": "1234567890123456789",
    "第一部分、第五部分": "第一部分、第五部分", "次年1月31日": "次年1月31日", "'\\d+'": "\\d+",
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    text, sentence = REFUSED[case]
    plain, *place = marked(text)
    _, faults = load_yaml(plain, "规则.yaml")
    assert len(faults) == 1, [str(fault) for fault in faults]
    assert sentence in faults[0].text
    assert [faults[0].line, faults[0].column] == place


@pytest.fixture
def without_libyaml(monkeypatch):
    """Reads a text without PyYAML's C library; the results are to be those of the library."""

    def read(text):
        with monkeypatch.context() as change:
            change.delattr(yaml, "CSafeLoader", raising=False)
            return load_yaml(text, "规则.yaml")

    return read


@pytest.mark.parametrize("case", REFUSED)
def test_refused_alike_without_the_c_library(case, without_libyaml):
    """The parser written in Python says other words; sentence, line and column must be the same."""
    plain, *_ = marked(REFUSED[case][0])
    assert without_libyaml(plain) == load_yaml(plain, "规则.yaml")


ALIKE = {
    "question mark in brackets": ("a: [接收到?, 收到?悉]\n", {"a": ["接收到?", "收到?悉"]}),
    "question mark in a key": ("{a?b: 甲?}\n", {"a?b": "甲?"}),
    "question mark outside": ("a: 接收到?\n", {"a": "接收到?"}),
    "tab before a value": ("a:\t甲\n", {"a": "甲"}),
    "tab in text": ("a: 甲\t乙\n", {"a": "甲\t乙"}),
    "tab in brackets": ("a: [\t甲,\t乙\t]\n", {"a": ["甲", "乙"]}),
    "tab before a note": ("a: 甲\t# 注\n", {"a": "甲"}),
    "tab at the end": ("a: 甲\t\nb: [乙]\t\n", {"a": "甲", "b": ["乙"]}),
    "no line feed at the end": ("a: |\n  甲", {"a": "甲"}),
}


@pytest.mark.parametrize("case", ALIKE)
def test_read_alike_without_the_c_library(case, without_libyaml):
    text, data = ALIKE[case]
    file, faults = without_libyaml(text)
    assert (file.data, faults) == (data, [])
    assert (file, faults) == load_yaml(text, "规则.yaml")


FILES = {**decode_rules(rule_files()), **BASE}


@pytest.mark.parametrize("name", FILES)
def test_rule_files_are_read_alike_without_the_c_library(name, without_libyaml):
    file, faults = without_libyaml(FILES[name])
    assert (file, faults) == load_yaml(FILES[name], "规则.yaml")
    assert not faults


def test_the_built_in_rules_compile_without_the_c_library(monkeypatch):
    texts = decode_rules(rule_files())
    compiled = compile_rulebook(texts)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    monkeypatch.setattr(sources, "_parsed", load_yaml)  # what the library has parsed is at hand
    assert compile_rulebook(texts) == compiled


@given(st.sampled_from(sorted(BASE)), st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_damaged_files_are_refused_alike_without_the_c_library(without_libyaml, name, data):
    """Some lines of a rule file, with a character more or less."""
    lines = BASE[name].splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    text = "".join(lines[first : first + 6])
    at = data.draw(st.integers(0, len(text) - 1))
    more = data.draw(st.sampled_from(["", *":-{}[]'\"#：?, \t\n@`"]))
    text = text[:at] + more + text[at + data.draw(st.integers(0, 1)) :]
    assert without_libyaml(text) == load_yaml(text, "规则.yaml")


@pytest.mark.parametrize("written", VALUES)
def test_values_are_what_is_written(written):
    file, faults = load_yaml(f"a: {written}\n", "规则.yaml")
    assert not faults
    assert file.data == {"a": VALUES[written]}
    assert type(file.data["a"]) is type(VALUES[written])


def test_a_bomb_is_refused_before_it_grows():
    file, faults = load_yaml(BOMB, "规则.yaml")
    assert file.data is None
    assert (len(faults), faults[0].line, faults[0].column) == (22, 1, 4)


def test_a_file_that_is_too_long():
    _, faults = load_yaml("a: 1\n" * 20, "规则.yaml", max_characters=50)
    assert [str(fault) for fault in faults] == ["规则.yaml:1:1 文件有 100 字，最多 50 字；请拆成几个文件"]


def test_all_doubled_keys_are_told_at_once():
    _, faults = load_yaml("a: 1\na: 2\nb: {c: 1, c: 2}\n", "规则.yaml")
    assert [(fault.line, fault.column) for fault in faults] == [(2, 1), (3, 11)]


def test_places_of_keys_and_values():
    file, _ = load_yaml("rules:\n  - id: 甲\n    levels: [乙, 丙]\n", "规则.yaml")
    assert file.values["rules", 0] == (2, 5)
    assert file.keys["rules", 0, "levels"] == (3, 5)
    assert file.values["rules", 0, "levels", 1] == (3, 17)
    # A place that is not in the file falls back to what encloses it.
    assert str(file.fault(("rules", 0, "title"), "缺少")) == "规则.yaml:2:5 缺少"


json_values = st.recursive(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), max_size=8) | st.booleans() | st.integers(-(10**9), 10**9) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc甲乙", min_size=1, max_size=3), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.text("abc甲乙", min_size=1, max_size=3), json_values, max_size=4))
def test_json_is_read_as_what_it_says(data):
    file, faults = load_yaml(json.dumps(data, ensure_ascii=False), "规则.yaml")
    assert not faults
    assert file.data == data


@given(st.text(st.sampled_from("ab:-[]{}'\"&*!%#|>? \n\t甲，：<"), max_size=40))
def test_any_text_gives_data_or_faults(text):
    file, faults = load_yaml(text, "规则.yaml")
    assert faults or file.data is None or isinstance(file.data, (dict, list, str, int, bool))
    for fault in faults:
        assert 1 <= fault.line <= text.count("\n") + 2
        assert fault.column >= 1


def test_the_marks_of_this_table_do_not_hide_anything():
    assert all(text.count(MARK) == 1 for text, _ in REFUSED.values())
