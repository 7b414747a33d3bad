"""Which version of a report counts, and which files are the same report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from county import UNITS, report, with_table, with_text
from samples import write

from checker.api import check, load_rulebook
from checker.model.findings import Status
from checker.office.filing.filed import Filed
from checker.office.filing.versions import roles_of_versions

RULEBOOK = load_rulebook()
UNIT = UNITS["云溪县林业局"]
PLAIN = report(UNIT)


@dataclass(frozen=True)
class File:
    """A file of the unit: what it says, in which format and round, and when it was signed."""

    says: str = "plain"
    suffix: str = "txt"
    round: int = 1
    signed: str | None = "2025-01-16"


SAYS = {
    "plain": PLAIN,
    "other words": with_text(PLAIN, "先核后发", "先审后发"),
    "other figure": with_table(PLAIN, "T2", lambda figures: {**figures, ("licensing", "decisions"): "7"}),
    "other phone": with_text(PLAIN, "0745-555", "0745-556"),
}
READ = {
    (says, suffix): check(write(made, suffix), name=f"a.{suffix}", rulebook=RULEBOOK).report
    for says, made in SAYS.items()
    for suffix in ("txt", "docx")
}


def roles(files, chosen=None):
    filed = [
        Filed(
            f"{number}.{one.suffix}", "", "", f"{number}", 1, one.round, date(2025, 2, 1), number, Status.CHECKED,
            UNIT.name, 2024, date.fromisoformat(one.signed) if one.signed else None, None, one.suffix,
        )
        for number, one in enumerate(files)
    ]  # fmt: skip

    def report_of(one):
        return READ[files[one.result].says, files[one.result].suffix]

    found = roles_of_versions(filed, report_of, None if chosen is None else lambda one: one.result == chosen)
    assert all(why for _, why in found.values())
    return [found[number][0].value for number in range(len(files))]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([File()], ["in_force"]),
        ([File(), File("other words")], ["undecided", "undecided"]),
        ([File(), File("other figure")], ["undecided", "undecided"]),
        ([File(), File("other phone")], ["undecided", "undecided"]),
        ([File(), File("other words", signed="2025-01-20")], ["superseded", "in_force"]),
        ([File("other words", signed="2025-01-20"), File()], ["in_force", "superseded"]),
        ([File(), File("other words", signed=None)], ["undecided", "undecided"]),
        (
            [File(), File("other words", signed="2025-01-20"), File("other figure", signed="2025-01-20")],
            ["superseded", "undecided", "undecided"],
        ),
        ([File(), File("other words", round=2, signed="2025-01-02")], ["superseded", "in_force"]),
        (
            [File(), File("other words", round=2), File("other figure", round=2)],
            ["superseded", "undecided", "undecided"],
        ),
        ([File(), File(suffix="docx")], ["in_force", "other_format"]),
        ([File(), File(round=2, suffix="docx")], ["in_force", "other_format"]),
        ([File(), File()], ["in_force", "duplicate"]),
        (
            [File(suffix="docx"), File(), File("other words", round=2)],
            ["superseded", "other_format", "in_force"],
        ),
        ([File(suffix="docx"), File("other words")], ["undecided", "undecided"]),
    ],
)
def test_the_version_that_counts(files, expected):
    assert roles(files) == expected


@pytest.mark.parametrize(
    ("files", "chosen", "expected"),
    [
        ([File(), File("other words")], 0, ["in_force", "superseded"]),
        ([File(), File("other words", round=2)], 0, ["in_force", "superseded"]),
        ([File(), File(suffix="docx")], 1, ["other_format", "in_force"]),
    ],
)
def test_the_version_that_the_office_has_named(files, chosen, expected):
    assert roles(files, chosen) == expected
