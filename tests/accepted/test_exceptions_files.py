"""Files of exceptions, and the command that writes one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run_checker
from excepting import (
    ENTRY,
    RULEBOOK,
    entry,
    exceptions,
    finding,
    result,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import DEPARTMENT_2024, TOWNSHIP_2024, WATER_2023, write

from checker.accepted import Review
from checker.accepted.baseline import quoted
from checker.accepted.entries import accepted_from_yaml
from checker.accepted.values import accepted_value, agrees
from checker.api import check, load_exceptions, load_rulebook, run_of
from checker.model.errors import RulebookError, UsageError
from checker.model.findings import Verdict
from checker.model.place import Place
from checker.rulebook.load.strict_yaml import load_yaml


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

    loaded = accepted_from_yaml(file, faults, Path(), RULEBOOK)

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

    assert len(review.entries()) == 2


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
