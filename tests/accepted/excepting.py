"""Findings and entries for tests of exceptions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from checker.accepted import Review
from checker.accepted.entries import accepted_from_yaml
from checker.api import load_rulebook
from checker.judging.run_engine import judge_run
from checker.judging.run_subject import RunSubject
from checker.model.findings import Finding, Outcome, ReportResult, Severity, Status, Verdict
from checker.model.place import Place
from checker.model.report import Identity
from checker.rulebook.load.strict_yaml import load_yaml

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
    return accepted_from_yaml(file, faults, folder, RULEBOOK, today)


def entry(**changes):
    return {key: value for key, value in {**ENTRY, **changes}.items() if value != "-"}


def states(review: Review) -> list[str]:
    return [listed.state for listed in review.entries()]


def run_findings(listed) -> list[tuple[str, str, str]]:
    _, findings = judge_run(RULEBOOK, RunSubject(listed))
    return [(found.rule, found.severity.value, found.message) for found in findings]
