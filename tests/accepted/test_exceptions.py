"""Exceptions: what they set aside, when it stands again, and what is said of entries that are wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from excepting import (
    SENTENCE,
    TODAY,
    entry,
    exceptions,
    finding,
    result,
    run_findings,
    states,
)

from checker.accepted import Review
from checker.model.findings import Verdict
from checker.model.place import Place

MATCHES = {
    "cell": (entry(), finding()),
    "spaces in the place": (entry(place=" T3[ R1,total ]"), finding()),
    "cell written as text": (entry(value="２"), finding()),
    "thousands": (
        entry(value=1234),
        finding(place=Place(table="T3", row="R1", column="total", excerpt="1,234 件")),
    ),
    "money": (
        entry(value="86.50"),
        finding(place=Place(table="T3", row="R1", column="total", excerpt="86.50")),
    ),
    "blank cell": (
        entry(value=None),
        finding(place=Place(table="T3", row="R1", column="total", excerpt=" ")),
    ),
    "both sides": (entry(value={"left": 3, "right": 2}), finding(evidence={"left": Decimal(3), "right": 2})),
    "one side": (entry(value={"left": 3}), finding(evidence={"left": 3, "right": 2})),
    "sentence": (
        entry(rule="STY-09", place="第五部分", value="存在的问题"),
        finding("STY-09", SENTENCE),
    ),
    "sentence and its number": (
        entry(rule="GEN-07", place="第五部分", value={"excerpt": "存在的问题", "length": 1200}),
        finding("GEN-07", SENTENCE, {"length": 1200}),
    ),
    "opening": (
        entry(rule="STY-09", place="开头", value="，，"),
        finding("STY-09", Place(section=0, excerpt="，，")),
    ),
    "whole report": (entry(rule="STY-09", place="全文", value=None), finding("STY-09", Place())),
    "only evidence": (
        entry(rule="STY-09", place="全文", value="五"),
        finding("STY-09", Place(), {"number": "五"}),
    ),
    "table": (entry(place="T3", value="表三"), finding(place=Place(table="T3", excerpt="表三"))),
    "row": (entry(place="T3[R1]", value=None), finding(place=Place(table="T3", row="R1"))),
    "cell by name": (entry(place="表三.新收.总计"), finding()),
    "cell by names in brackets": (entry(place="表三[新收, 总计]"), finding()),
    "row by name": (entry(place="表三.新收", value=None), finding(place=Place(table="T3", row="R1"))),
    "table by name": (entry(place="表三", value="甲"), finding(place=Place(table="T3", excerpt="甲"))),
    "fingerprint": (entry(place="0123456789abcdef"), finding(fingerprint="0123456789abcdef")),
    "agency in other widths": (entry(agency="临河市 水务局"), finding()),
    "path": (entry(agency="-", year="-", path="./a.txt"), finding()),
    "path and year": (entry(agency="-", path="a.txt"), finding()),
    "path and agency": (entry(path="a.txt"), finding()),
}


@pytest.mark.parametrize(("written", "found"), MATCHES.values(), ids=MATCHES)
def test_a_finding_with_the_accepted_value_is_set_aside(written, found):
    review = Review(exceptions(entry(**written, owner="王某", until="2025-12-31")))

    reviewed = review.apply(result(found))

    assert reviewed.findings == ()
    assert reviewed.verdict == "pass"
    assert [(one.finding, one.reason, one.owner, one.until) for one in reviewed.suppressed] == [
        (found, "口径不同", "王某", date(2025, 12, 31))
    ]
    assert reviewed.suppressed[0].source == "ex.yaml:3"
    assert states(review) == ["used"]


OTHERS = {
    "another rule": entry(rule="STY-09"),
    "another cell": entry(place="T3[R1, natural]"),
    "the whole table": entry(place="T3"),
    "another fingerprint": entry(place="0123456789abcdef"),
    "another agency": entry(agency="临河市林业局"),
    "another year": entry(year=2023),
    "another file": entry(agency="-", year="-", path="b.txt"),
    "agency and another file": entry(path="b.txt"),
    "file and another year": entry(agency="-", year=2023, path="a.txt"),
}


@pytest.mark.parametrize("written", OTHERS.values(), ids=OTHERS)
def test_an_entry_for_something_else_changes_nothing(written):
    before = result(finding(fingerprint="fedcba9876543210"))
    review = Review(exceptions(written))

    assert review.apply(before) == before
    assert states(review) == ["unused"]


CHANGES = {
    "cell": (entry(value=3), finding(), "旧值“3”"),
    "cell became blank": (
        entry(),
        finding(place=Place(table="T3", row="R1", column="total", excerpt="")),
        "旧值“2”",
    ),
    "cell was blank": (entry(value=None), finding(), "旧值“空白”"),
    "one side": (
        entry(value={"left": 3, "right": 2}),
        finding(evidence={"left": 4, "right": 2}),
        "旧值“left 3，right 2”",
    ),
    "sentence": (
        entry(rule="STY-09", place="第五部分", value="别的问题"),
        finding("STY-09", SENTENCE),
        "旧值“别的问题”",
    ),
    "number behind the sentence": (
        entry(rule="GEN-07", place="第五部分", value={"excerpt": "存在的问题", "length": 1200}),
        finding("GEN-07", SENTENCE, {"length": 1201}),
        "旧值“excerpt 存在的问题，length 1200”",
    ),
    "evidence that is not there": (entry(value={"length": 3}), finding(), "旧值“length 3”"),
    "several values of evidence": (
        entry(rule="STY-09", place="全文", value="五"),
        finding("STY-09", Place(), {"number": "五", "name": "问题"}),
        "旧值“五”",
    ),
}


@pytest.mark.parametrize(("written", "found", "old"), CHANGES.values(), ids=CHANGES)
def test_a_changed_value_reopens_the_finding(written, found, old):
    review = Review(exceptions(written))

    reviewed = review.apply(result(found))

    assert reviewed.suppressed == ()
    (standing,) = reviewed.findings
    assert standing.message == f"说明（例外是按{old}列的，值已改变，请重新核对）"
    assert reviewed.verdict == "fail"
    assert states(review) == ["used"]


def test_several_findings_at_one_place_each_need_their_own_value():
    places = [Place(section=5, excerpt=text) for text in ("甲", "乙", "丙")]
    entries = [entry(rule="STY-09", place="第五部分", value=value) for value in ("乙", "旧")]
    review = Review(exceptions(*entries))

    reviewed = review.apply(result(*(finding("STY-09", place) for place in places)))

    assert [one.finding.place.excerpt for one in reviewed.suppressed] == ["乙"]
    assert ["旧值“旧”" in found.message for found in reviewed.findings] == [True, False]
    assert states(review) == ["used", "used"]


def test_the_same_value_twice_at_one_place_is_one_acceptance():
    review = Review(exceptions(entry(rule="STY-09", place="第五部分", value="存在的问题")))

    reviewed = review.apply(result(finding("STY-09", SENTENCE), finding("STY-09", SENTENCE)))

    assert len(reviewed.suppressed) == 2


@pytest.mark.parametrize(
    ("until", "today", "state"),
    [
        ("2025-02-01", TODAY, "used"),
        ("2025-01-31", TODAY, "expired"),
        ("2025-02-02", TODAY, "used"),
        ("-", TODAY, "used"),
        ("2025-01-31", None, "used"),
    ],
)
def test_an_entry_holds_through_its_last_day(until, today, state):
    review = Review(exceptions(entry(until=until), today=today))

    reviewed = review.apply(result(finding()))

    assert states(review) == [state]
    assert len(reviewed.suppressed) == (state == "used")
    assert ["原已列为例外，2025-01-31 到期" in found.message for found in reviewed.findings] == (
        [True] if state == "expired" else []
    )


def test_an_expired_entry_is_a_warning_even_when_its_report_is_not_checked():
    review = Review(exceptions(entry(until="2025-01-31")))

    assert run_findings(review.entries()) == [
        (
            "EXC-01",
            "warning",
            "临河市水务局 2024 年度 T3-02（T3[R1, total]）的例外已于 2025-01-31 到期，不再生效",
        )
    ]


STATES = {
    "passes now": ({"T3-02": Verdict.PASS}, "unused"),
    "does not apply any more": ({"T3-02": Verdict.NOT_APPLICABLE}, "unused"),
    "fails elsewhere": ({}, "unused"),
    "could not be judged": ({"T3-02": Verdict.NOT_CHECKED}, "undecided"),
    "broke": ({"T3-02": Verdict.BROKEN}, "undecided"),
}


@pytest.mark.parametrize(("verdicts", "state"), STATES.values(), ids=STATES)
def test_an_entry_is_unused_only_if_its_rule_was_judged(verdicts, state):
    review = Review(exceptions(entry()))
    review.apply(result(verdicts=verdicts))

    assert states(review) == [state]
    expected = [("EXC-02", "info", "临河市水务局 2024 年度 T3-02（T3[R1, total]）没有这处问题，例外没有用上")]
    assert run_findings(review.entries()) == (expected if state == "unused" else [])


def test_a_rule_that_was_not_selected_says_nothing_of_its_entries():
    review = Review(exceptions(entry(rule="T4-01")))
    review.apply(result())

    assert states(review) == ["undecided"]


def test_a_finding_that_stands_for_the_rule_leaves_its_entry_undecided():
    review = Review(exceptions(entry(rule="GEN-07", place="第五部分", value="存在的问题")))
    review.apply(result(finding("STY-09", SENTENCE, explains=("GEN-07",))))

    assert states(review) == ["undecided"]


def test_used_in_one_of_two_files_of_a_report_is_used():
    review = Review(exceptions(entry()))
    for findings in ((), (finding(),), ()):
        review.apply(result(*findings))

    assert states(review) == ["used"]


def test_reports_that_were_not_checked_are_told_once():
    review = Review(exceptions(entry(year=2023), entry(agency="临河市林业局"), entry()))
    review.apply(result(finding()))

    assert run_findings(review.entries()) == [
        ("EXC-02", "info", "2 条例外所说的报告不在这次检查之列，例如 临河市水务局 2023 年度")
    ]


def test_the_outcome_of_a_rule_that_fails_only_by_accepted_findings_says_so():
    other = finding(place=Place(section=3, table="T3", row="S", column="total", excerpt="9"))
    both = Review(exceptions(entry())).apply(result(finding(), other))
    one = Review(exceptions(entry())).apply(result(finding()))

    reasons = [next(o for o in r.outcomes if o.rule == "T3-02") for r in (both, one)]
    assert [(o.verdict, o.reason) for o in reasons] == [
        (Verdict.FAIL, None),
        (Verdict.FAIL, "问题均已列为例外"),
    ]


def test_what_stands_for_a_rule_without_exceptions_cannot_be_set_aside():
    reviewed = Review(exceptions(entry())).apply(result(finding(explains=("READ-01",))))

    assert reviewed.suppressed == ()
    assert "同一处还违反不允许例外的 READ-01" in reviewed.findings[0].message


MALFORMED = {
    "no reason": (entry(reason="-"), "缺少“reason”（为什么可以接受）"),
    "empty reason": (entry(reason=""), "“reason”不能是空的"),
    "blank reason": (entry(reason="  "), "“reason”写法不对"),
    "no rule": (entry(rule="-"), "缺少“rule”"),
    "no place": (entry(place="-"), "缺少“place”"),
    "no value": (entry(value="-"), "缺少“value”"),
    "no report": (entry(agency="-", year="-"), "没有写明是哪份报告：缺少“agency”和“year”（或改写 path）"),
    "no year": (entry(year="-"), "没有写明是哪份报告：缺少“year”"),
    "no agency": (entry(agency="-"), "没有写明是哪份报告：缺少“agency”"),
    "unknown key": (entry(reasons="x"), "没有“reasons”这个键，是否为“reason”？"),
    "unknown rule": (entry(rule="T3-2"), "没有规则“T3-2”，是否为“T3-02”？"),
    "rule without exceptions": (entry(rule="READ-01"), "规则 READ-01 不允许列为例外"),
    "rule on exceptions": (entry(rule="EXC-03"), "规则 EXC-03 不允许列为例外"),
    "unknown table": (entry(place="T9[R1, total]"), "没有代号为“T9”的表"),
    "unknown row": (entry(place="T3[R9, total]"), "表 T3 没有行“R9”；可用：R1（新收）、R2（上年结转）"),
    "unknown column": (entry(place="T3[R1, totel]"), "表 T3 没有列“totel”，是否为“total”（总计）？"),
    "unknown section": (entry(place="第九部分"), "格式只有 6 个部分，没有“第九部分”"),
    "not a place": (entry(place="前面"), "看不出“前面”是什么位置"),
    "short fingerprint": (entry(place="0123456789abcde"), "看不出“0123456789abcde”是什么位置"),
    "not a date": (entry(until="明年"), "“明年”不是日期"),
    "no such day": (entry(until="2025-02-30"), "“2025-02-30”不是日期"),
    "year as text": (entry(year="2024年"), "“year”应是整数，现在是文字“2024年”"),
    "early year": (entry(year=1999), "“year”不能小于 2008"),
    "value as a list": (entry(value=[2]), "“value”应是"),
    "no named value": (entry(value={}), "“value”里至少要写一项"),
    "a list in the value": (entry(value={"left": [1]}), "“left”应是"),
    "not an entry": ("T3-02", "第 2 项应是若干“键: 值”"),
    "several faults": (entry(reason="-", year="x"), "；"),
}


@pytest.mark.parametrize(("written", "sentence"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_entry_is_an_error_and_sets_nothing_aside(written, sentence):
    good = entry(rule="STY-09", place="第五部分", value="存在的问题")
    loaded = exceptions(good, written)
    review = Review(loaded)

    reviewed = review.apply(result(finding(), finding("STY-09", SENTENCE)))

    assert [found.rule for found in reviewed.findings] == ["T3-02"]
    assert [one.finding.rule for one in reviewed.suppressed] == ["STY-09"]
    ((rule, severity, message),) = run_findings(review.entries())
    assert (rule, severity) == ("EXC-03", "error")
    assert sentence in message
    assert message.endswith("；这一条不起作用")
    assert loaded.malformed[0].place.location.path == "ex.yaml"
    assert loaded.malformed[0].place.location.line == 11
