"""Figures in the text: read as labelled, held against the tables without false alarms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from faults.changes import say
from samples import DEPARTMENT_2024, write

from benchmarks.claims import DOCUMENT, Score, document, measure, parts, sentences
from checker.api import check
from checker.model.errors import RulebookError
from checker.rulebook.load.strict_yaml import load_yaml
from checker.rulebook.store import builtin_rules, load_rulebook
from checker.workbench.claim_examples import claim_example_faults

pytestmark = pytest.mark.long

RULEBOOK = load_rulebook()


@cache
def score_of(part: str) -> Score:
    return measure(RULEBOOK, groups=part)


CLAIM_FILES = sorted((builtin_rules() / "claims").glob("*.yaml"))


@pytest.mark.parametrize("path", CLAIM_FILES, ids=lambda path: path.stem)
def test_the_examples_of_a_claim_file_hold(path: Path):
    file, faults = load_yaml(path.read_text(encoding="utf-8"), path.name)

    assert [str(fault) for fault in [*faults, *claim_example_faults(RULEBOOK, file)]] == []


def test_every_phrasing_and_trap_has_three_wordings():
    groups: dict[str, int] = {}
    for sentence in sentences():
        groups[sentence.group] = groups.get(sentence.group, 0) + 1

    assert {f"phrasings {number}" for number in range(1, 91)} <= set(groups)
    assert {f"traps T{number}" for number in range(1, 24)} <= set(groups)
    assert [group for group, count in groups.items() if count < 3] == []


@pytest.mark.parametrize("part", parts())
def test_contradictions_are_found_and_agreement_is_not_reported(part: str):
    score = score_of(part)

    assert score.precision >= 0.98, score.told
    assert score.recall >= 0.9, score.told


def test_the_document_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == document({part: score_of(part) for part in parts()})


MOVED = {
    "新收政府信息公开申请9件": ("新收政府信息公开申请12件", "TXT-01"),
    "上年结转1件": ("上年结转4件", "TXT-02"),
    "共办结9件": ("共办结7件", "TXT-03"),
    "结转下年度继续办理1件": ("结转下年度继续办理3件", "TXT-04"),
    "制发行政规范性文件2件": ("制发行政规范性文件6件", "TXT-08"),
    "废止1件": ("废止4件", "TXT-08"),
    "现行有效9件": ("现行有效8件", "TXT-08"),
}


@pytest.mark.parametrize("old", MOVED)
def test_moving_a_figure_of_the_text_gives_one_finding_that_names_it(old: str):
    new, rule = MOVED[old]
    report = say(1, old, new)(DEPARTMENT_2024)

    (finding,) = check(write(report, "txt"), name="报告.txt").findings

    number = "".join(character for character in new if character.isdigit())
    assert finding.rule == rule
    assert finding.message.count(number)
    assert finding.place.location.end - finding.place.location.start == len(number)
    assert all(related.place.table for related in finding.related)


def test_text_in_table_cells_is_neither_heading_nor_claim():
    report = check(write(DEPARTMENT_2024, "txt"), name="报告.txt").report

    assert report is not None
    assert len([section for section in report.sections if section.number]) == len(report.form.sections)


WRONG_FILES = {
    "没有格子“T3[R9, total]”": 'claims: 试\nquantities: [{key: q, title: 数, equals: ["T3[R9, total]"]}]',
    "没有代号为“recieved”的数量，是否为“received”？": (
        "claims: 试\nwords: [{patterns: [甲], means: {requests: recieved}}]"
    ),
    "没有代号为“request”的事项，是否为“requests”？": (
        "claims: 试\nnone: [{patterns: [甲], zero: [received], topic: request}]"
    ),
    "没有“zeroes”这个键": "claims: 试\nnone: [{patterns: [甲], zeroes: [received]}]",
    "正则表达式": "claims: 试\nmarks: {total: ['(共']}",
}


@pytest.mark.parametrize("sentence", WRONG_FILES)
def test_a_wrong_claim_file_is_refused_with_a_sentence(sentence: str, tmp_path: Path):
    (tmp_path / "own.yaml").write_text(WRONG_FILES[sentence], encoding="utf-8")

    with pytest.raises(RulebookError) as refused:
        load_rulebook([tmp_path])

    assert sentence in str(refused.value)


def test_a_new_phrasing_needs_no_python(tmp_path: Path):
    text = say(1, "新收政府信息公开申请9件", "登记入册政府信息公开申请12件")(DEPARTMENT_2024)
    (tmp_path / "own.yaml").write_text(
        "claims: 本地的说法\nwords: [{patterns: [登记入册], means: {requests: received}}]", encoding="utf-8"
    )

    findings = check(write(text, "txt"), name="报告.txt", rulebook=load_rulebook([tmp_path])).findings

    assert [finding.rule for finding in findings] == ["TXT-01"]
