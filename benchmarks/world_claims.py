"""How well sentences of real reports are read, each put into a whole report.

`python -m benchmarks.world_claims FOLDER [GROUP]` prints, for the labelled sentences in FOLDER/GROUP-*.yaml,
how many clean reports get a false alarm, and how many figures that a small slip changed are found under their
rule. With -v every miss is told with its id; with --keep FOLDER/known.yaml gets the misses of all groups, which
are those that the tests allow.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from benchmarks.labels import read_labels
from benchmarks.world_filling import Stated, filled, stated_in
from checker.judging.engine import findings_of, judge, run
from checker.judging.rules import Rulebook
from checker.judging.subject import Subject
from checker.model.report import Report
from checker.rulebook.store import load_rulebook
from checker.understand import understand
from checker.workbench.sample import sample_document

GRAVE = ("error", "warning")
_SLIPS = (1, -1, 2, 3, 10, 20, -2, 31)
_OF_TABLES = re.compile(r"T[234]-(?!08)|YOY|SET|DATE|PUB|GEN-0")
"""Rules about what is made up here: tables, dates, and whether section one speaks of everything."""


@dataclass(frozen=True)
class Miss:
    """A false alarm, or a changed figure that was not found.

    Attributes:
        kind: `false` or `missed`.
        entry: id of the sentence.
        rule: the rule that spoke, or should have.
    """

    kind: str
    entry: str
    rule: str
    text: str

    @property
    def key(self) -> str:
        """What names it as long as the sentence and its labels stay: without the words of a false alarm."""
        return " ".join((self.kind, self.entry, self.rule, *([self.text] if self.kind == "missed" else [])))


@dataclass
class Score:
    """Counts over the sentences."""

    entries: int = 0
    false_reports: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    @property
    def share_false(self) -> float:
        """Share of the clean reports with a false alarm."""
        return self.false_reports / self.entries if self.entries else 0.0

    @property
    def share_found(self) -> float:
        """Share of the changed figures that are found."""
        return self.found.total() / self.changed.total() if self.changed else 1.0


def entries(folder: Path, group: str = "seen") -> Iterator[Mapping[str, Any]]:
    """The labelled sentences of a group."""
    for path in sorted(folder.glob(f"{group}-*.yaml")):
        yield from read_labels(path)


def rules_of(one: Stated) -> frozenset[str]:
    """The rules under which a contradiction to a stated figure may be told."""
    return frozenset(rule for cells in one.readings for rule in _rules_of_cell(cells[0]))


def _rules_of_cell(cell: str) -> tuple[str, ...]:
    table, _, inside = cell.removesuffix("]").partition("[")
    row, column = inside.split(", ")
    if table == "T2":
        return ("TXT-08", "T2-08") if row in ("regulations", "normative_documents") else ("TXT-09", "T2-08")
    if table == "T4":
        return ("TXT-06",) if row == "review" else ("TXT-07",)
    totals = {"R1": "TXT-01", "R2": "TXT-02", "S": "TXT-03", "R4": "TXT-04"}
    return (totals[row] if row in totals and column == "total" else "TXT-05",)


class Bench:
    """Runs sentences against a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.known = {
            key: frozenset(
                f"{table}[{row}, {column}]"
                for table, layout in form.tables.items()
                for row, column in layout.order
            )
            for key, form in rulebook.forms.items()
        }

    def measure(self, entry: Mapping[str, Any], score: Score) -> None:
        """Add one sentence to the score."""
        stated = list(stated_in(entry["states"]))
        likely = [
            Stated(((one["cell"],) if "cell" in one else tuple(one["sum"]),), one["value"])
            for one in entry.get("may_state", ())
        ]
        cells = filled(self.known[str(entry["form"])], stated, likely)
        score.entries += 1
        alarms = self._alarms(entry, cells)
        without = self._told({rule for rule, _ in alarms}, entry, None, cells)
        false = [(rule, message) for rule, message in alarms if rule not in without]
        score.false_reports += bool(false)
        score.misses += [Miss("false", entry["id"], rule, message) for rule, message in false]
        for one in stated:
            wanted = rules_of(one)
            name = min(wanted)
            score.changed[name] += 1
            if self._is_found(entry, one, cells, wanted - {rule for rule, _ in alarms}):
                score.found[name] += 1
            else:
                score.misses.append(Miss("missed", entry["id"], name, f"{one.readings[0][0]} {one.value}"))

    def _is_found(
        self, entry: Mapping[str, Any], one: Stated, cells: Mapping[str, Any], wanted: frozenset[str]
    ) -> bool:
        """Whether a slip in the figure, or in its cell where words tell it, is found."""
        stated = list(stated_in(entry["states"]))
        for text in _slipped(entry["text"], one.value, set(cells.values())):
            if self._told(wanted, entry, text, cells):
                return True
        if one.value and "total" in one.readings[0][0] and _occurrences(entry["text"], one.value):
            return False
        known = self.known[str(entry["form"])]
        moved = filled(
            known, [replace(each, value=each.value + 3) if each == one else each for each in stated], []
        )
        return bool(self._told(wanted, entry, entry["text"], moved))

    def _alarms(self, entry: Mapping[str, Any], cells: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Errors and warnings on the text of a report, with their messages."""
        return [
            (finding.rule, finding.message)
            for finding in run(self.rulebook, self._report(entry, entry["text"], cells))[1]
            if finding.severity.value in GRAVE and not _OF_TABLES.match(finding.rule)
        ]

    def _told(
        self, wanted: Collection[str], entry: Mapping[str, Any], text: str | None, cells: Mapping[str, Any]
    ) -> set[str]:
        """Those of some rules that give an error or warning; far quicker than all rules."""
        if not wanted:
            return set()
        report = self._report(entry, text, cells)
        subject = Subject(report, self.rulebook.language)
        return {
            rule.id
            for rule in map(self.rulebook.rules.__getitem__, sorted(wanted))
            for finding in findings_of(rule, judge(self.rulebook, rule, subject), report)
            if finding.severity.value in GRAVE
        }

    def _report(self, entry: Mapping[str, Any], text: str | None, cells: Mapping[str, Any]) -> Report:
        form = self.rulebook.forms[str(entry["form"])]
        given = {
            "agency": entry["agency"],
            "year": entry["year"],
            "form": form.id,
            "text": {} if text is None else {str(entry["section"]): text},
            "cells": {cell: str(value) for cell, value in cells.items() if cell in self.known[form.id]},
        }
        return understand(sample_document(form, given, self.rulebook.forms), self.rulebook.library)


def _occurrences(text: str, value: float) -> list[re.Match[str]]:
    """Where a number stands in the text, alone and not as a percentage or in a date."""
    written = f"{value:,}".replace(",", "[,，]?")
    return list(re.finditer(rf"(?<![0-9.〔/-]){written}(?![0-9.]*[%％年月日号])(?![0-9]|\.[0-9])", text))


def _slipped(text: str, value: float, taken: set[float]) -> Iterator[str]:
    """The text with one occurrence of a number changed a little, into a number that no cell holds."""
    others = [value + slip for slip in _SLIPS if value + slip > 0 and value + slip not in taken]
    for match in _occurrences(text, value):
        yield text[: match.start()] + str(others[0]) + text[match.end() :]


def measure(rulebook: Rulebook, folder: Path, group: str = "seen", every: int = 1) -> Score:
    """Measure every so manieth of the sentences of a group."""
    bench, score = Bench(rulebook), Score()
    for entry in islice(entries(folder, group), 0, None, every):
        bench.measure(entry, score)
    return score


def lines(score: Score, *, verbose: bool) -> Iterator[str]:
    """What is printed."""
    yield f"entries {score.entries}"
    yield f"clean reports with a false alarm {score.false_reports} ({score.share_false:.1%})"
    yield f"changed figures found {score.found.total()} of {score.changed.total()} ({score.share_found:.1%})"
    for rule in sorted(score.changed):
        yield f"  {rule}: {score.found[rule]} of {score.changed[rule]}"
    if verbose:
        yield from (f"{one.kind} {one.entry} {one.rule} {one.text}" for one in score.misses)


def keep(rulebook: Rulebook, folder: Path) -> None:
    """Write what is missed of each group, for the tests."""
    groups = sorted({path.name.split("-")[0] for path in folder.glob("*-*.yaml")})
    known = {group: sorted(one.key for one in measure(rulebook, folder, group).misses) for group in groups}
    text = yaml.safe_dump(known, allow_unicode=True, width=120)
    (folder / "known.yaml").write_text(_KEPT + text, encoding="utf-8")


_KEPT = """# 还没有读对的：误报（false）和没有查出的数（missed）。测试不许多出别的；改好了就在这里删掉。
# python -m benchmarks.world_claims tests/world/sentences --keep 重写。
"""


def main(arguments: Sequence[str]) -> None:
    """Print the figures for a folder and a group."""
    plain = [one for one in arguments if not one.startswith("-")]
    if "--keep" in arguments:
        keep(load_rulebook(), Path(plain[0]))
        return
    group = plain[1] if len(plain) > 1 else "seen"
    print("\n".join(lines(measure(load_rulebook(), Path(plain[0]), group), verbose="-v" in arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
