"""The mutation score: clean samples, deterministic mutants, every rule alone on one of them, without exception."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from choice import some

from checker.model.errors import RulebookError
from checker.rulebook.store import load_rulebook
from checker.startup.records import replace
from checker.workbench.documentation.coverage import coverage_page
from checker.workbench.documentation.pages import MARK
from checker.workbench.mutation.mutants import OPERATORS
from checker.workbench.mutation.mutation import draw_mutants, judge_mutants, measure
from checker.workbench.mutation.run_mutants import RUN_OPERATORS
from checker.workbench.mutation.samples import OWN_SAMPLES, load_samples
from checker.workbench.sample_subject import is_run

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def rulebook():
    """The built-in rules."""
    return load_rulebook()


@pytest.fixture(scope="module")
def coverage(rulebook, material):
    """The mutation score of the built-in rules, as the documentation gives it."""
    return measure(rulebook, *material)


@pytest.fixture(scope="module")
def material(rulebook):
    """Samples and slips."""
    return load_samples(rulebook)


def test_samples_are_clean(coverage):
    """A rule that fails on the clean sample would count for nothing there."""
    assert coverage.unclean == {}


def test_the_page_on_disk_is_fresh(coverage):
    """After a change of rules run `checker rules docs`."""
    page = Path(__file__).resolve().parents[3] / "docs" / "rules" / "coverage.md"

    assert page.read_text(encoding="utf-8") == coverage_page(coverage, MARK), "请运行 checker rules docs"


def test_every_rule_catches_something_that_no_other_rule_catches(coverage):
    """Of all rules, also those about a whole run; there are no exceptions."""
    dependent = [rule for rule in coverage.rules if not coverage.alone[rule]]

    assert list(coverage.rules) == list(load_rulebook().rules)
    assert dependent == [], "加一处只有这条规则查得出的差错（coverage_samples.yaml 的 slips）"


@pytest.mark.parametrize("rule", some(load_rulebook().rules, 4))
def test_removing_any_single_rule_lets_a_mutant_survive(rulebook, material, coverage, rule):
    """What `alone` says is true: without the rule nobody catches the mutant, with it somebody does.

    A rule that tells a table misread keeps the others from judging it; without that rule they would blame the
    author for figures that nobody has read, which is not catching the mutant.
    """
    mutant = coverage.alone[rule][0]
    own = [sample for sample in material[0] if sample.key == mutant.sample]
    without = replace(rulebook, rules={key: value for key, value in rulebook.rules.items() if key != rule})

    _, (result,) = judge_mutants(rulebook, own, [mutant])
    _, (result_without,) = judge_mutants(without, own, [mutant])

    assert result.caught_by == (rule,)
    kept_silent = result.silenced if rulebook.rules[rule].reports_misreading else ()
    assert set(result_without.caught_by) <= set(kept_silent)


def test_slips_are_all_caught(coverage):
    """They are what people are known to do."""
    assert [result.mutant.change for result in coverage.survivors if result.mutant.operator == "slips"] == []


@pytest.mark.parametrize("operator", [*OPERATORS, *RUN_OPERATORS], ids=lambda operator: operator.key)
def test_an_operator_changes_every_sample_it_can_be_applied_to(operator, material):
    """An operator that does nothing would make the score look as if it had tried."""
    samples = [sample for sample in material[0] if is_run(sample.given) == operator.of_run]
    changes = [change for sample in samples for change in operator.apply(sample) if change[1] != sample.given]

    assert changes
    assert all(words for words, _ in changes)


def test_the_same_seed_draws_the_same_mutants(material):
    """So that a score can be compared with the last one."""
    samples, slips = material
    first, second, other = (list(draw_mutants(samples, slips, seed, 2)) for seed in (1, 1, 2))

    assert first == second
    assert first != other


def test_operators_of_cells_keep_to_the_form(material):
    """Every changed cell is one that the form has; sample_document would refuse it else."""
    samples, slips = material
    for mutant in draw_mutants(samples, slips, 1, 3):
        for address in mutant.given.get("cells", {}):
            table = address.partition("[")[0]
            assert any(table in sample.form.tables for sample in samples)


@dataclass(frozen=True)
class Fault:
    old: str
    new: str
    words: str


@pytest.mark.parametrize(
    "fault",
    [
        Fault(
            "sample: township, replace: {where: 0, old: 按照",
            "sample: township, replace: {where: 0, old: 没有",
            "原文对不上",
        ),
        Fault("sample: old", "sample: older", "没有代号为“older”的样本"),
        Fault('"T2[licensing, decisions]": 207', '"T9[licensing, decisions]": 207', "T9"),
        Fault("slips:", "slip:", "是否为“slips”"),
    ],
    ids=lambda fault: fault.words,
)
def test_faults_of_a_sample_file_are_told(rulebook, tmp_path, fault):
    """A slip that changes nothing is a fault too."""
    text = OWN_SAMPLES.read_text(encoding="utf-8")
    assert fault.old in text
    path = tmp_path / "samples.yaml"
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")

    with pytest.raises(RulebookError, match=fault.words):
        load_samples(rulebook, path)


def test_a_rule_that_fails_on_the_clean_sample_does_not_count_there(rulebook, material):
    """Its verdict on mutants would say nothing."""
    samples, slips = material
    spoilt = [replace(sample, given={**sample.given, "signature": None}) for sample in samples[:1]]

    coverage = measure(rulebook, spoilt, slips[:1], drawn=1)

    assert coverage.unclean == {"department": ("DATE-06",)}
    assert all("DATE-06" not in result.caught_by for result in coverage.results)


def test_a_mutant_that_silences_a_rule_says_so(coverage):
    """A dropped table leaves its rules unjudged; silence is told, not counted as caught."""
    dropped = [result for result in coverage.results if result.mutant.operator == "drop_table"]

    assert all(result.silenced for result in dropped)


def caught_by(coverage, operator):
    """Change and catching rules of every mutant of one operator."""
    return {
        result.mutant.change: result.caught_by
        for result in coverage.results
        if result.mutant.operator == operator
    }


def test_a_damaged_report_of_a_run_is_unread_and_its_unit_is_missing(coverage):
    """Every report of a run is judged, and the run as a whole."""
    caught = caught_by(coverage, "unreadable_report")

    assert caught
    assert all({"READ-01", "SET-01"} <= set(rules) for rules in caught.values())


def test_what_an_exception_accepts_comes_back_when_the_entry_does_not_hold(coverage):
    """The run is clean only because of its list of exceptions."""
    assert caught_by(coverage, "expired_exception") == {
        "DATE-03 的例外到 2024-03-19 为止，没有清理": ("DATE-03", "EXC-01")
    }
    assert caught_by(coverage, "misplaced_exception") == {
        "DATE-03 的例外写成上一年度": ("DATE-03", "EXC-02"),
        "DATE-03 的例外写成别的值": ("DATE-03",),
    }


def test_a_unit_left_out_of_a_sum_breaks_no_sum_within_a_report(coverage):
    """Only rules that look at several reports can see it."""
    about_parts = {"SET-04", "SET-10"}
    for operator in ("part_left_out", "part_twice"):
        assert all(set(rules) <= about_parts for rules in caught_by(coverage, operator).values())
