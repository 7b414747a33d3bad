"""`checker compare` and `--baseline`: what is mended, remains or is new, and what was there before."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
from command_line import run_checker
from faults.changes import both, cell, say, sign
from jsonschema import Draft202012Validator
from samples import DEPARTMENT_2024, WATER_2023, write

from checker.run.comparison import RUN, STATES, ResultComparison

BROKEN_SUM = cell("T3[S, natural]", "7")
NOTHING = dict.fromkeys(STATES, 0)
TWO_FAULTS = both(BROKEN_SUM, say(0, "至2024年12月31日", "至2024年11月30日"))


@pytest.fixture
def checker(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *arguments: run_checker(monkeypatch, capsys, *arguments)


@pytest.fixture
def result(checker, tmp_path):
    """Writes reports and gives what `--format json` says of them."""

    def write_and_check(name, **reports):
        for stem, report in reports.items():
            (tmp_path / f"{stem}.txt").write_bytes(write(report, "txt"))
        paths = [f"{stem}.txt" for stem in reports]
        checker("check", *paths, "--today", "2025-03-01", "--format", "json", "-o", name, "--allow-none")
        return json.loads((tmp_path / name).read_text(encoding="utf-8"))

    return write_and_check


def states(comparison):
    return {(one.state, one.finding["rule"]) for one in comparison.findings if one.differs}


def test_the_same_result_has_no_difference(result):
    both_times = result("a.json", a=TWO_FAULTS(DEPARTMENT_2024))
    comparison = ResultComparison(both_times, deepcopy(both_times))

    assert not comparison.differs
    assert comparison.count("remaining") == len(both_times["reports"][0]["findings"]) > 0


def test_new_and_mended_findings(result):
    one, two = (
        result("a.json", a=BROKEN_SUM(DEPARTMENT_2024)),
        result("b.json", a=TWO_FAULTS(DEPARTMENT_2024)),
    )

    assert states(ResultComparison(one, two)) == {("new", "INT-04")}
    assert states(ResultComparison(two, one)) == {("mended", "INT-04")}
    assert dict(ResultComparison(one, two).by_rule["INT-04"]) == {"new": 1}
    assert "T3-02" not in ResultComparison(one, two).by_rule


def test_another_message_or_severity_is_a_change(result):
    old = result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    for name, value in (("message", "另一种说法"), ("severity", "warning")):
        new = deepcopy(old)
        new["reports"][0]["findings"][0][name] = value
        (changed,) = [one for one in ResultComparison(old, new).findings if one.differs]

        assert (changed.state, changed.is_changed, changed.finding[name]) == ("remaining", True, value)
        assert changed.before[name] == old["reports"][0]["findings"][0][name]


def test_findings_with_one_fingerprint_are_counted(result):
    old = result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    new = deepcopy(old)
    new["reports"][0]["findings"].append(new["reports"][0]["findings"][0])

    assert ResultComparison(old, new).count("new") == 1
    assert ResultComparison(new, old).count("mended") == 1


def test_a_renamed_report_is_the_same_report(result):
    old, new = (
        result("a.json", a=BROKEN_SUM(DEPARTMENT_2024)),
        result("b.json", b=BROKEN_SUM(DEPARTMENT_2024)),
    )
    comparison = ResultComparison(old, new)

    assert not comparison.differs


def test_reports_that_come_and_go(result):
    old, new = result("a.json", a=DEPARTMENT_2024), result("b.json", b=WATER_2023)
    comparison = ResultComparison(old, new)

    assert (comparison.reports_new, comparison.reports_gone) == (["b.txt"], ["a.txt"])
    assert ("new", "DOC-01") in states(comparison)


def test_an_absent_report_mends_nothing(result):
    old = result("a.json", a=TWO_FAULTS(DEPARTMENT_2024), b=WATER_2023)
    new = deepcopy(old)
    absent = new["reports"].pop(0)
    comparison = ResultComparison(old, new)

    assert comparison.count("not_resubmitted") == len(absent["findings"]) > 0
    assert comparison.count("mended") == 0


def test_a_report_that_cannot_be_read_mends_nothing(result):
    old = result("a.json", a=TWO_FAULTS(DEPARTMENT_2024))
    new = deepcopy(old)
    new["reports"][0] |= {"status": "unreadable", "findings": [], "outcomes": []}
    comparison = ResultComparison(old, new)

    assert comparison.count("unreadable") == len(old["reports"][0]["findings"])
    assert comparison.count("mended") == 0


def test_a_rule_that_could_not_be_judged_again_mends_nothing(result):
    old = result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    new = deepcopy(old)
    new["reports"][0]["findings"].clear()
    for outcome in new["reports"][0]["outcomes"]:
        if outcome["rule"] == "T3-02":
            outcome["verdict"] = "not_checked"

    assert [(one.state, one.finding["rule"]) for one in ResultComparison(old, new).findings] == [
        ("remaining", "T3-02")
    ]


def test_findings_about_the_run_are_compared(result):
    old = result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    new = deepcopy(old)
    new["findings"] = [deepcopy(old["reports"][0]["findings"][0])]

    assert [one.report for one in ResultComparison(old, new).findings if one.state == "new"] == [RUN]


def about_two(finding, reports, **more):
    """A finding about the run that points into the first report and names the body of the second one."""
    place = {**finding["location"], "path": reports[0]["path"]}
    return {**finding, "location": place, "units": [reports[1]["identity"]["agency"]], **more}


@pytest.mark.parametrize(
    ("there", "state"),
    [
        (("a.txt", "b.txt"), "mended"),
        (("a.txt",), "not_resubmitted"),
        (("b.txt",), "not_resubmitted"),
        ((), "not_resubmitted"),
    ],
)
def test_a_finding_about_several_reports_is_mended_if_all_are_there(result, there, state):
    old = result("a.json", a=DEPARTMENT_2024, b=BROKEN_SUM(WATER_2023))
    (finding, *_) = [one for report in old["reports"] for one in report["findings"]]
    old["findings"] = [about_two(finding, old["reports"])]
    new = deepcopy(old)
    new["findings"] = []
    new["reports"] = [report for report in new["reports"] if report["path"] in there]

    assert [one.state for one in ResultComparison(old, new).findings if one.report == RUN] == [state]


def test_a_finding_about_several_reports_of_which_one_cannot_be_read_is_not_mended(result):
    old = result("a.json", a=DEPARTMENT_2024, b=BROKEN_SUM(WATER_2023))
    (finding, *_) = [one for report in old["reports"] for one in report["findings"]]
    related = [{"location": {**finding["location"], "path": "b.txt"}}]
    old["findings"] = [about_two(finding, old["reports"], units=[], related=related)]
    new = deepcopy(old)
    new["findings"] = []
    new["reports"][1].update(status="unreadable", findings=[])

    assert [one.state for one in ResultComparison(old, new).findings if one.report == RUN] == ["unreadable"]


def test_a_rule_about_the_run_that_could_not_be_judged_mends_nothing(result):
    old = result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    (finding, *_) = old["reports"][0]["findings"]
    old["findings"] = [finding]
    new = deepcopy(old)
    new["findings"] = []
    new["outcomes"] = [
        {"rule": finding["rule"], "verdict": "not_checked", "examined": 0, "reason": "缺 1 家"}
    ]

    assert [one.state for one in ResultComparison(old, new).findings if one.report == RUN] == ["remaining"]


def test_a_rule_that_judges_no_more_is_told(result):
    old = result("a.json", a=DEPARTMENT_2024)
    new = deepcopy(old)
    outcomes = {outcome["rule"]: outcome for outcome in new["reports"][0]["outcomes"]}
    outcomes["T3-02"]["verdict"] = "not_checked"
    new["reports"][0]["outcomes"] = [one for one in outcomes.values() if one["rule"] != "T3-03"]

    changes = [
        (change.rule, change.before, change.after) for change in ResultComparison(old, new).verdict_changes
    ]
    assert changes == [("T3-02", "pass", "not_checked"), ("T3-03", "pass", None)]


def test_the_command_tells_and_fails_when_asked(checker, result):
    result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    result("b.json", a=TWO_FAULTS(DEPARTMENT_2024))

    told = checker("compare", "a.json", "b.json")
    assert told.code == 0
    assert "[新增] 错误 INT-04" in told.out
    assert told.out.endswith("已改 0 处，仍在 1 处，新增 1 处，未再报 0 处，读不出 0 处。\n")
    assert checker("compare", "a.json", "b.json", "--fail-on-new").code == 1
    assert checker("compare", "b.json", "a.json", "--fail-on-new").code == 0
    data = json.loads(checker("compare", "b.json", "a.json", "--format", "json").out)
    assert data["summary"] == {**NOTHING, "mended": 1, "remaining": 1}
    assert data["rules"] == {"INT-04": {**NOTHING, "mended": 1}}
    assert data["findings"][0]["finding"]["rule"] == "INT-04"


@pytest.fixture
def schema(checker):
    """The published schema of a comparison."""
    published = json.loads(checker("schema", "compare").out)
    Draft202012Validator.check_schema(published)
    return Draft202012Validator(published)


@pytest.mark.parametrize("word", ["\x1b[31mfatal", "致命", 1, None, ["error"]])
@pytest.mark.parametrize("key", ["severity", "verdict"])
def test_a_result_with_words_that_no_result_has_is_refused(checker, result, key, word):
    data = result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    entries = data["reports"][0]["findings" if key == "severity" else "outcomes"]
    entries[0][key] = word
    Path("b.json").write_text(json.dumps(data), encoding="utf-8")
    ran = checker("compare", "a.json", "b.json")

    assert (ran.code, ran.out) == (2, "")
    assert "不是第 1 版的检查结果" in ran.err


def spoilt_message(data):
    """The result with another wording of its findings."""
    for report in data["reports"]:
        for finding in report["findings"]:
            finding["message"] += "（核对）"


def silenced_rule(data):
    """The result with a rule that judges no report any more."""
    for report in data["reports"]:
        report["outcomes"][0] |= {"verdict": "not_checked", "reason": "没有可以检查的内容"}


def dropped_rule(data):
    """The result of rules that have one less."""
    for report in data["reports"]:
        del report["outcomes"][0]


def finding_of_the_run(data):
    """The result with a finding about the run as a whole."""
    data["findings"].append(deepcopy(data["reports"][0]["findings"][0]))


def renamed_report(data):
    """The result of a report about somebody else under another name."""
    data["reports"][0]["path"] = "b.txt"
    data["reports"][0]["identity"] |= {"agency": "沅平县水利局"}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (spoilt_message, "findings"),
        (silenced_rule, "verdicts"),
        (dropped_rule, "verdicts"),
        (finding_of_the_run, "findings"),
        (renamed_report, "reports_new"),
        (renamed_report, "reports_gone"),
        (lambda _: None, None),
    ],
)
def test_every_comparison_follows_the_published_schema(checker, result, schema, change, key):
    data = result("a.json", a=TWO_FAULTS(DEPARTMENT_2024))
    change(data)
    Path("b.json").write_text(json.dumps(data), encoding="utf-8")

    told = json.loads(checker("compare", "a.json", "b.json", "--format", "json").out)

    assert key is None or told[key]
    assert [error.message for error in schema.iter_errors(told)] == []


@pytest.mark.parametrize("name", ["summary", "rules", "reports_new", "reports_gone", "findings", "verdicts"])
def test_the_published_schema_asks_for_every_part_of_a_comparison(checker, result, schema, name):
    result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    result("b.json", a=TWO_FAULTS(DEPARTMENT_2024))
    told = json.loads(checker("compare", "a.json", "b.json", "--format", "json").out)

    assert schema.is_valid(told)
    assert not schema.is_valid({key: value for key, value in told.items() if key != name})
    assert not schema.is_valid({**told, "more": 1})
    assert not schema.is_valid({**told, name: 3})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "打不开"),
        ("exceptions: []", "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ("[]", "不是第 1 版的检查结果"),
        ('{"version": 2}', "不是第 1 版的检查结果"),
        ('{"version": 1, "findings": [], "reports": [{"path": "a"}]}', "不是第 1 版的检查结果"),
        ('{"version": 1, "findings": [{}], "reports": []}', "不是第 1 版的检查结果"),
        ('{"version": 1, "findings": [], "reports": [3]}', "不是第 1 版的检查结果"),
    ],
)
def test_a_file_that_is_no_result_is_refused(checker, result, tmp_path, content, sentence):
    result("a.json", a=DEPARTMENT_2024)
    if content is not None:
        (tmp_path / "bad.json").write_text(content, encoding="utf-8")

    for arguments in (("compare", "a.json", "bad.json"), ("check", "a.txt", "--baseline", "bad.json")):
        ran = checker(*arguments)
        assert ran.code == 2
        assert sentence in ran.err


def test_a_baseline_sets_aside_what_was_there(checker, result):
    result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    assert checker("check", "a.txt").code == 1
    known = checker("check", "a.txt", "--baseline", "a.json")
    assert known.code == 0
    assert "已列为例外" in known.out

    result("b.json", a=TWO_FAULTS(DEPARTMENT_2024))
    new = checker("check", "a.txt", "--baseline", "a.json", "--today", "2025-03-01")
    assert new.code == 1
    assert "INT-04" in new.out
    assert "[错误] T3-02" not in new.out


def test_a_value_that_changed_since_the_baseline_stands_again(checker, result):
    result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    result("b.json", a=cell("T3[S, natural]", "9")(DEPARTMENT_2024))
    ran = checker("check", "a.txt", "--baseline", "a.json")

    assert ran.code == 1
    assert "值已改变" in ran.out


def test_findings_that_are_gone_are_not_missed(checker, result):
    result(
        "a.json", a=TWO_FAULTS(DEPARTMENT_2024), b=sign("沅平县自然资源局", "2024年1月20日")(DEPARTMENT_2024)
    )
    result("b.json", a=DEPARTMENT_2024)
    ran = checker("check", "a.txt", "--baseline", "a.json", "--format", "json")

    assert ran.code == 0
    assert json.loads(ran.out)["findings"] == []


def test_baseline_and_exceptions_go_together(checker, result):
    result("a.json", a=BROKEN_SUM(DEPARTMENT_2024))
    result("b.json", a=TWO_FAULTS(DEPARTMENT_2024))
    terms = ("--reason", "已核对", "--owner", "王某", "--until", "2099-12-31")
    checker("baseline", "a.txt", "--select", "INT-04", "-o", "例外.yaml", *terms)
    ran = checker("check", "a.txt", "--baseline", "a.json", "--exceptions", "例外.yaml", "--format", "json")

    assert ran.code == 0
    assert json.loads(ran.out)["summary"]["suppressed"] == 2
