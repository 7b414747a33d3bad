"""Each injected fault gives exactly one finding more, under the rule that should find it."""

from __future__ import annotations

from collections import Counter

import pytest
from faults import BASES, FAULTS, Fault
from samples import write

from checker.api import check
from checker.model.findings import Finding
from checker.model.place import Place

NUMBERS = {
    "DOC": (1, 2, 3, 4, 5, 7),
    "SEC": range(1, 9),
    "INT": range(1, 9),
    "GEN": (*range(1, 8), 12),
    "T2": (*range(1, 6), 10, 11),
    "T3": (*range(1, 7), 11),
    "T4": (1, 2, 7),
    "Q": (1, 2, 5),
    "O": range(1, 5),
    "DATE": range(1, 7),
    "STY": range(7, 12),
    "READ": (1,),
}
"""Rules with a fault, by group: so that none loses its fault unseen."""
RULES = [f"{group}-{number:02}" for group, numbers in NUMBERS.items() for number in numbers]


def told(findings) -> list[str]:
    return [f"{finding.severity.value} {finding.rule} {finding.message}" for finding in findings]


def found(fault: Fault) -> tuple[Finding, ...]:
    return check(fault.data(), name=fault.file_name).findings


@pytest.mark.parametrize("base", BASES)
def test_the_reports_that_faults_are_put_into_are_clean(base):
    for suffix in ("txt", "html"):
        assert told(check(write(BASES[base], suffix), name=f"{base}.{suffix}").findings) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.file_name)
def test_a_fault_gives_one_finding_under_its_rule(fault):
    findings = found(fault)
    assert [finding.rule for finding in findings] == [fault.rule], told(findings)
    (finding,) = findings
    if fault.severity is not None:
        assert finding.severity.value == fault.severity
    if isinstance(fault.place, int):
        assert finding.place.section == fault.place
    elif fault.place is not None:
        assert cell_of(finding.place) == fault.place


def cell_of(place: Place) -> str:
    return f"{place.table}[{place.row}, {place.column}]" if place.row and place.column else str(place.table)


def test_the_rules_with_a_fault_are_listed():
    with_fault = {fault.rule for fault in FAULTS}
    assert set(RULES) - with_fault == set(), "these rules have lost their fault in tests/faults"
    assert with_fault - set(RULES) == set(), "add these rules to NUMBERS"
    assert len(FAULTS) >= 80


def test_each_fault_is_a_file_of_its_own():
    assert [name for name, count in Counter(fault.file_name for fault in FAULTS).items() if count > 1] == []
