"""What the texts of a rule say of the rule's own options and of its forms, without repeating it."""

from __future__ import annotations

import json

import pytest
from small_rulebook import BASE, faults_of

from checker.api import check
from checker.judging.messages import form_words
from checker.rulebook.build import rulebook_from_data
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.load.words import constant_words
from checker.rulebook.schema.files import STATEMENTS, TEMPLATES
from checker.rulebook.store import load_rulebook
from checker.workbench.catalogue import written_rules

SUM = {"kind": "sum", "table": "E1", "direction": "across"}
LENGTH = {"kind": "length", "where": "第一部分", "at_least": 12}


def files_with(check_, *, profile=None, **texts):
    rule = {
        "id": "LOC-01", "title": "要求", "severity": "warning", "basis": [{"source": "JN"}], "check": check_,
        "message": "不对", "examples": [], **texts,
    }  # fmt: skip
    files = {"local.yaml": json.dumps({"group": "本单位", "rules": [rule]}, ensure_ascii=False)}
    if profile:
        files["p.yaml"] = json.dumps({"profile": "p", "title": "甲", **profile}, ensure_ascii=False)
    return files


def compiled(files, profile="national"):
    data = compile_rulebook({**BASE, **files}, profile)
    return rulebook_from_data({**data, "digest": ""}).rules["LOC-01"]


TITLES = {
    "{section_count}个部分": "3个部分",
    "{section_count_zh}个部分": "三个部分",
    "{table_count_zh}张表在第{table_sections_zh}部分": "一张表在第二部分",
    "{table}有 {cell_count} 格，{cell_count_zh}格": "能耗表有 24 格，二十四格",
    "{direction}": "across",
    "没有名字": "没有名字",
}


@pytest.mark.parametrize("written", TITLES)
def test_a_title_says_what_form_and_options_say(written):
    assert compiled(files_with(SUM, title=written)).title == TITLES[written]
    assert compiled(files_with(SUM, why=written)).why == TITLES[written]
    assert compiled(files_with(SUM, suggestion=written)).suggestions == {"default": TITLES[written]}


OPTIONS = {
    "several numbers": ({"kind": "not_empty", "at_least": 11, "only": [1, 2, 3]}, "第{only_zh}部分至少{at_least_zh}个字", "第一、二、三部分至少十一个字"),
    "round tens": ({**LENGTH, "at_least": 20}, "{at_least}，{at_least_zh}", "20，二十"),
    "beyond tens": ({**LENGTH, "at_least": 100}, "{at_least}，{at_least_zh}", "100，100"),
    "a scope": (LENGTH, "{where}", "第一部分"),
    "two checks that agree": ([LENGTH, {**LENGTH, "at_least": 5}], "{where}", "第一部分"),
}  # fmt: skip


@pytest.mark.parametrize("case", OPTIONS)
def test_options_as_words(case):
    check_, written, expected = OPTIONS[case]
    assert compiled(files_with(check_, title=written)).title == expected


def test_what_is_found_goes_before_an_option_of_the_same_name():
    rule = compiled(files_with(LENGTH, title="至少 {at_least} 字", message="{where}不到 {at_least} 字"))
    assert (rule.title, rule.messages["default"]) == ("至少 12 字", "第一部分不到 {at_least} 字")


def test_a_profile_that_changes_an_option_changes_the_words():
    """The rule as written keeps its own: its examples are about that one."""
    profile = {"parameters": {"LOC-01": {"where": "第三部分"}}}
    files = files_with(LENGTH, title="{where}写得够长", message="{where}太短", profile=profile)
    plain, local = compiled(files), compiled(files, "p")
    assert (plain.title, plain.messages["default"]) == ("第一部分写得够长", "第一部分太短")
    assert (local.title, local.messages["default"]) == ("第三部分写得够长", "第三部分太短")
    assert local.as_written == plain


WRONG = {
    "what is found, in a title": ({"title": "写了 {found} 字"}, "title 里的 {found} 没有值"),
    "the report, in a title": ({"why": "{agency}要写"}, "why 里的 {agency} 没有值"),
    "misspelt": ({"message": "{wher}太短"}, "message 里的 {wher} 没有值，是否为“where”？"),
    "a scope has no number": (
        {"message": "{where_zh}太短"},
        "message 里的 {where_zh} 没有值，是否为“where”？",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_names_without_a_value(case):
    texts, sentence = WRONG[case]
    [fault] = faults_of(files_with(LENGTH, **texts))
    assert fault.text.startswith(sentence)


def test_an_option_that_two_checks_set_otherwise_is_no_word():
    [fault] = faults_of(files_with([LENGTH, {**LENGTH, "at_least": 5}], title="{at_least} 字"))
    assert fault.text.startswith("title 里的 {at_least} 没有值")


REPORT = "某县中学{year}年公共机构节能年度报告\n一、节能工作开展情况\n短。\n二、能源消费情况\n三、下一年度打算\n短。\n"


def test_where_forms_differ_a_message_follows_the_form_of_the_report():
    older = (
        BASE["form.yaml"]
        .replace('form: "jieneng"', 'form: "older"')
        .replace("{from: 2020}", "{from: 2010, to: 2019}")
    )
    older = older.replace("  - title: 下一年度打算\n    accepted: [下一步打算]\n", "")
    files = files_with(LENGTH, title="共{section_count_zh}个部分", message="规定的{section_count_zh}个部分")
    data = compile_rulebook({"older.yaml": older, **BASE, **files})
    rulebook = rulebook_from_data({**data, "digest": ""})
    assert rulebook.rules["LOC-01"].title == "共三个部分"
    messages = {
        year: [
            finding.message
            for finding in check(REPORT.format(year=year).encode(), name="r.txt", rulebook=rulebook).findings
            if finding.rule == "LOC-01"
        ]
        for year in (2015, 2024)
    }
    assert messages == {2015: ["规定的二个部分"], 2024: ["规定的三个部分"]}


RULES = written_rules()
FORMS = list(load_rulebook().forms.values())


@pytest.mark.parametrize("rule", RULES)
def test_a_built_in_rule_does_not_spell_out_its_table_or_the_number_of_sections(rule):
    data = RULES[rule].data
    checks = data["check"] if isinstance(data["check"], list) else [data["check"]]
    options = [
        (one["kind"], {k: v for k, v in one.items() if k not in ("kind", "variant")}) for one in checks
    ]
    words, _ = constant_words(options, FORMS)
    counts = [
        f"{form_words(FORMS[-1])[name]}{what}"
        for name, what in (("section_count_zh", "个部分"), ("table_count_zh", "张表"))
    ]
    texts = [data.get(key, "") for key in (*STATEMENTS, *TEMPLATES)]
    spelt_out = [word for word in (*counts, words.get("table")) if word and word in str(texts)]
    assert not spelt_out
