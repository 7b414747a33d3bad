"""Exceptions: what they set aside, when it stands again, and what is said of entries that are wrong."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from command_line import run_checker
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import DEPARTMENT_2024, TOWNSHIP_2024, WATER_2023, write

from checker.api import check, load_exceptions, load_rulebook, run_of
from checker.engine import judge_run
from checker.errors import RulebookError, UsageError
from checker.exceptions import Review
from checker.exceptions.baseline import quoted
from checker.exceptions.entries import exceptions_from_yaml
from checker.exceptions.values import accepted_value, agrees
from checker.findings import Finding, Outcome, Place, ReportResult, Severity, Status, Verdict
from checker.kinds.base import RunSubject
from checker.report import Identity
from checker.rulebook.strict_yaml import load_yaml

RULEBOOK = load_rulebook()
TODAY = date(2025, 2, 1)
CELL = Place(section=3, table="T3", row="R1", column="total", excerpt="2")
SENTENCE = Place(section=5, excerpt="存在 的问题")


def finding(rule="T3-02", place=CELL, evidence=None, **more) -> Finding:
    return Finding(rule, "标题", Severity.ERROR, "说明", "依据", place, evidence=evidence or {}, **more)


def result(*findings, agency="临河市水务局", year=2024, path="a.txt", verdicts=None) -> ReportResult:
    verdicts = {"T3-02": Verdict.FAIL, "STY-09": Verdict.FAIL, "GEN-07": Verdict.PASS, **(verdicts or {})}
    outcomes = tuple(Outcome(rule, verdict, 1) for rule, verdict in verdicts.items())
    report = SimpleNamespace(identity=Identity(agency=agency, year=year))
    return ReportResult(path, None, Status.CHECKED, None, report, outcomes, findings)


ENTRY = {
    "rule": "T3-02",
    "agency": "临河市水务局",
    "year": 2024,
    "place": "T3[R1, total]",
    "value": 2,
    "reason": "口径不同",
}


def exceptions(*entries, today=TODAY, folder=Path()):
    text = json.dumps({"exceptions": entries}, ensure_ascii=False, indent=1)
    file, faults = load_yaml(text, "ex.yaml")
    return exceptions_from_yaml(file, faults, folder, RULEBOOK, today)


def entry(**changes):
    return {key: value for key, value in {**ENTRY, **changes}.items() if value != "-"}


def states(review: Review) -> list[str]:
    return [listed.state for listed in review.listed()]


def run_findings(listed) -> list[tuple[str, str, str]]:
    findings = judge_run(RULEBOOK, RunSubject(listed))
    return [(found.rule, found.severity.value, found.message) for found in findings]


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

    assert run_findings(review.listed()) == [
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
    assert run_findings(review.listed()) == (expected if state == "unused" else [])


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

    assert run_findings(review.listed()) == [
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
    "unknown row": (entry(place="T3[R9, total]"), "表 T3 没有行“R9”；可用：R1、R2"),
    "unknown column": (entry(place="T3[R1, totel]"), "表 T3 没有列“totel”，是否为“total”？"),
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
    ((rule, severity, message),) = run_findings(review.listed())
    assert (rule, severity) == ("EXC-03", "error")
    assert sentence in message
    assert message.endswith("；这一条不起作用")
    assert loaded.malformed[0].place.location.path == "ex.yaml"
    assert loaded.malformed[0].place.location.line == 11


def test_the_second_of_two_equal_entries_is_malformed():
    loaded = exceptions(entry(), entry(reason="另一个理由", value="2"))

    assert len(loaded.entries) == 1
    assert "与第 3 行的一条重复" in str(loaded.malformed[0].evidence["fault"])


FILES = {
    "not YAML": ("exceptions: [\n", 2, "上面的括号没有配对"),
    "no list": ("exceptions: none\n", 1, "“exceptions”应是列表"),
    "another key": ("exception: []\n", 1, "没有“exception”这个键，是否为“exceptions”？"),
    "empty": ("", 1, "文件应是若干“键: 值”"),
    "a key twice in an entry": (
        (
            "exceptions:\n  - rule: T3-02\n    rule: T3-03\n    agency: 局\n    year: 2024\n"
            "    place: T3\n    value: 1\n    reason: 有\n"
        ),
        2,
        "“rule”写了两次",
    ),
    "a key besides the list": ("owner: 王某\nexceptions: []\n", 1, "没有“owner”这个键"),
}


@pytest.mark.parametrize(("text", "line", "sentence"), FILES.values(), ids=FILES)
def test_faults_of_the_file_are_findings_too(tmp_path, text, line, sentence):
    file = tmp_path / "ex.yaml"
    file.write_text(text, encoding="utf-8")

    loaded = load_exceptions(file, RULEBOOK)

    assert loaded.entries == ()
    places = [
        (listed.place.location.line, sentence in str(listed.evidence["fault"])) for listed in loaded.malformed
    ]
    assert (line, True) in places


def test_a_key_besides_the_list_leaves_the_entries_alone():
    file, faults = load_yaml(f"exceptions: [{json.dumps(ENTRY)}]\nowner: 王某\n", "ex.yaml")

    loaded = exceptions_from_yaml(file, faults, Path(), RULEBOOK)

    assert len(loaded.entries) == 1
    assert [listed.place.location.line for listed in loaded.malformed] == [2]


@pytest.mark.parametrize("text", ["", "exceptions:\n", "exceptions: []\n"])
def test_a_list_without_entries_says_nothing(tmp_path, text):
    file = tmp_path / "ex.yaml"
    file.write_text(text, encoding="utf-8")

    assert len(load_exceptions(file, RULEBOOK).malformed) == (not text)


def test_a_file_that_cannot_be_read_is_wrong_usage(tmp_path):
    (tmp_path / "gbk.yaml").write_bytes("例外".encode("gbk"))
    for name, sentence in (("none.yaml", "打不开"), ("gbk.yaml", "不是 UTF-8 编码")):
        with pytest.raises(UsageError, match=sentence):
            load_exceptions(tmp_path / name, RULEBOOK)


def test_paths_are_relative_to_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    loaded = exceptions(entry(agency="-", year="-", path="../in/a.txt"), folder=Path("lists"))

    assert len(Review(loaded).apply(result(finding(), path="in/a.txt")).suppressed) == 1


def test_what_a_review_keeps_does_not_grow_with_the_run():
    review = Review(exceptions(entry(), entry(value=3)))
    for number in range(200):
        review.apply(result(finding(), agency=f"第{number}局"))
        review.apply(result(finding()))

    assert len(review.listed()) == 2


scalars = (
    st.none() | st.integers() | st.booleans() | st.text(max_size=8) | st.decimals(allow_nan=False, places=2)
)


@settings(deadline=None)
@given(
    excerpt=st.none() | st.text(max_size=12),
    evidence=st.dictionaries(st.sampled_from(["left", "right", "found", "length"]), scalars),
    cell=st.booleans(),
)
def test_every_finding_agrees_with_its_own_value(excerpt, evidence, cell):
    place = (
        Place(table="T3", row="R1", column="total", excerpt=excerpt)
        if cell
        else Place(section=1, excerpt=excerpt)
    )
    found = finding(place=place, evidence=evidence)

    assert agrees(accepted_value(found), found)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_quoted_text_is_read_back(text):
    line = f"a: {quoted(text)}\n"
    line.encode()  # a file can hold it, whatever it is
    file, faults = load_yaml(line, "x")

    assert faults == []
    assert file.data == {"a": text}


def test_brackets_that_stand_alone_do_not_add_up_to_nesting():
    text = "".join(f"a{number}: {quoted('[{（')}\n" for number in range(60))
    file, faults = load_yaml(text, "x")

    assert faults == []
    assert set(file.data.values()) == {"[{（"}


@pytest.fixture
def checker(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, sample in (
        ("water.txt", WATER_2023),
        ("town.txt", TOWNSHIP_2024),
        ("clean.txt", DEPARTMENT_2024),
    ):
        (tmp_path / name).write_bytes(write(sample, "txt"))
    return lambda *arguments: run_checker(monkeypatch, capsys, *arguments)


TERMS = ("--reason", "旧报告不再改", "--owner", "王某", "--until", "2025-12-31", "--today", "2025-02-01")
DAY = ("--today", "2025-02-01")


def test_a_baseline_accepts_everything_that_stands(checker, tmp_path):
    before = json.loads(checker("check", ".", "--format", "json", *DAY).out)["summary"]
    assert before["error"] > 0

    written = checker("baseline", ".", "-o", "ex.yaml", *TERMS)
    data = json.loads(checker("check", ".", "--exceptions", "ex.yaml", "--format", "json", *DAY).out)

    assert written.code == 0
    assert data["summary"]["suppressed"] == before["error"] + before["warning"] + before["info"]
    assert [data["summary"][key] for key in ("error", "warning", "info", "failed")] == [0, 0, 0, 0]
    assert data["findings"] == []
    assert {report["verdict"] for report in data["reports"]} == {"pass"}
    assert checker("check", ".", "--exceptions", "ex.yaml", "--fail-on", "info", *DAY).code == 0
    text = (tmp_path / "ex.yaml").read_text(encoding="utf-8")
    assert text.startswith("# 例外清单")
    assert "写入 ex.yaml" in written.err


def test_a_baseline_is_the_same_whatever_the_order_of_the_paths(checker):
    names = ("water.txt", "town.txt", "clean.txt")

    assert checker("baseline", *names, *TERMS).out == checker("baseline", *reversed(names), *TERMS).out


def test_a_baseline_does_not_list_again_what_is_excepted(checker):
    checker("baseline", "water.txt", "-o", "ex.yaml", *TERMS)

    assert checker("baseline", "water.txt", "--exceptions", "ex.yaml", *TERMS).out.endswith(
        "exceptions: []\n"
    )
    assert "agency: 禾川县松坪镇人民政府" in checker("baseline", ".", "--exceptions", "ex.yaml", *TERMS).out


REFUSALS = {
    "no reason": (("--owner", "王某", "--until", "2025-12-31"), "缺少选项 --"),
    "empty reason": (("--reason", " ", "--owner", "王某", "--until", "2025-12-31"), "--reason 不能是空的"),
    "no owner": (("--reason", "有", "--until", "2025-12-31"), "缺少选项 --"),
    "empty owner": (("--reason", "有", "--owner", "", "--until", "2025-12-31"), "--owner 不能是空的"),
    "no date": (("--reason", "有", "--owner", "王某"), "缺少选项 --"),
    "not a date": (("--reason", "有", "--owner", "王某", "--until", "明年"), "“明年”不是日期"),
    "a past date": (("--reason", "有", "--owner", "王某", "--until", "2025-01-31", *DAY), "已经过去"),
    "a file that exists": ((*TERMS, "-o", "water.txt"), "已经存在，不覆盖"),
    "a folder that does not exist": ((*TERMS, "-o", "no/ex.yaml"), "写不进"),
}


@pytest.mark.parametrize(("arguments", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_a_baseline_is_refused(checker, tmp_path, arguments, sentence):
    ran = checker("baseline", "water.txt", *arguments)

    assert ran.code == 2
    assert sentence in ran.err
    assert (tmp_path / "water.txt").read_bytes() == write(WATER_2023, "txt")


TOTAL = "6\n\t2\n\t0\n\t0\n\t0\n\t1\n\t9"


def changed_total(tmp_path, total):
    text = write(DEPARTMENT_2024, "txt").decode()
    assert text.count(TOTAL) >= 1
    text = text.replace(TOTAL, TOTAL[:-1] + total, 1)
    (tmp_path / "clean.txt").write_text(text, encoding="utf-8", newline="\n")


def test_a_changed_cell_reopens_its_finding(checker, tmp_path):
    changed_total(tmp_path, "8")
    assert checker("check", "clean.txt", *DAY).code == 1
    checker("baseline", "clean.txt", "-o", "ex.yaml", *TERMS)
    arguments = ("check", "clean.txt", "--exceptions", "ex.yaml", *DAY)
    assert checker(*arguments).code == 0

    changed_total(tmp_path, "7")
    reopened = checker(*arguments)
    assert reopened.code == 1
    assert "例外是按旧值" in reopened.out.replace("\n", "").replace(" ", "")

    changed_total(tmp_path, "9")
    mended = checker(*arguments)
    assert mended.code == 0
    assert "EXC-02" in mended.out


def test_after_the_last_day_it_all_stands_again(checker):
    checker("baseline", "water.txt", "-o", "ex.yaml", *TERMS)
    arguments = ("check", "water.txt", "--exceptions", "ex.yaml", "--format", "json", "--today")

    on_the_day, after = checker(*arguments, "2025-12-31"), checker(*arguments, "2026-01-01")

    assert (on_the_day.code, after.code) == (0, 1)
    data = json.loads(after.out)
    assert data["summary"]["suppressed"] == 0
    assert {found["rule"] for found in data["findings"]} == {"EXC-01"}
    assert {found["location"]["path"] for found in data["findings"]} == {"ex.yaml"}


def test_malformed_entries_fail_the_run(checker, tmp_path):
    (tmp_path / "ex.yaml").write_text("exceptions:\n  - {rule: READ-01}\n", encoding="utf-8")

    assert checker("check", "clean.txt", "--exceptions", "ex.yaml", *DAY).code == 1
    assert checker("check", "clean.txt", "--exceptions", "none.yaml", *DAY).code == 2


def test_the_terminal_always_tells_the_count_and_in_full_the_reasons(checker):
    checker("baseline", "water.txt", "-o", "ex.yaml", *TERMS)
    arguments = ("check", "water.txt", "--exceptions", "ex.yaml", *DAY)

    assert "处已列为例外，加 --verbose 列出" in checker(*arguments).out
    assert "已列为例外 " in checker(*arguments, "--quiet").out
    full = checker(*arguments, "--verbose").out
    assert "理由：旧报告不再改（负责人 王某，有效至 2025-12-31，ex.yaml:" in full
    assert "DOC-01" in full
    together = checker("check", ".", "--exceptions", "ex.yaml", *DAY).out
    assert "已列为例外 " in together[together.rindex("共 3 个文件") :]


def test_unreadable_files_cannot_be_excepted(checker, tmp_path):
    (tmp_path / "bad.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 damaged")

    written = checker("baseline", "bad.doc", *TERMS)

    assert written.code == 3
    assert written.out.endswith("exceptions: []\n")
    assert "另有 1 处不允许列为例外" in written.err


def test_many_results_rest_on_disk_with_what_was_set_aside():
    one = check(write(WATER_2023, "txt"), name="a.txt")
    found = one.findings[0]
    identity = one.report.identity
    listed = exceptions(
        entry(rule=found.rule, agency=identity.agency, year=identity.year, place=found.fingerprint,
              value=accepted_value(found)),
    )  # fmt: skip

    run = run_of(RULEBOOK, (one for _ in range(60)), exceptions=listed)

    assert {len(result.suppressed) for result in run.results} == {1}
    assert run.results[59].suppressed[0].reason == "口径不同"
    assert run.findings == ()


def test_a_rule_looks_at_the_run_or_at_each_report_not_at_both(tmp_path):
    (tmp_path / "local.yaml").write_text(
        "group: 本地\nrules:\n  - id: LOC-01\n    title: 两样都查\n    severity: info\n"
        "    basis: [{source: PRACTICE}]\n"
        "    check: [{kind: exceptions, of: unused}, {kind: required, of: sections}]\n    message: 有问题\n"
        "    examples: []\n",
        encoding="utf-8",
    )

    with pytest.raises(RulebookError) as refused:
        load_rulebook((tmp_path,))

    assert [fault.line for fault in refused.value.faults] == [7]
    assert "有的看单份报告，有的看整次检查" in refused.value.faults[0].text


def test_rules_about_the_run_have_no_verdict_on_a_report():
    outcomes = {
        outcome.rule: outcome for outcome in check(write(DEPARTMENT_2024, "txt"), name="a.txt").outcomes
    }

    assert {outcomes[rule].verdict for rule in ("EXC-01", "EXC-02", "EXC-03")} == {Verdict.NOT_APPLICABLE}
    assert outcomes["EXC-01"].reason == "看的是整次检查，不在单份报告里判断"
