"""Adding up and writing: a document, a workbook or JSON, by the ending of the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checker.judging.rules import Rulebook
from checker.model.bodies import Bodies
from checker.model.errors import UsageError
from checker.model.findings import Finding
from checker.model.season import Season
from checker.office.aggregate.adding import Totals, added_up, body_named
from checker.office.aggregate.candidates import co_defendants, joint_documents
from checker.office.aggregate.notes import notes_of
from checker.startup.records import dataclass

ENDINGS: Final = (".docx", ".xlsx", ".json")
_SUMS: Final = "whole_of_parts"


@dataclass(frozen=True)
class BodyTables:
    """The tables of a body, ready to be put into a file.

    Attributes:
        totals: the tables.
        notes: what a reader must know.
        findings: how they differ from the body's own report.
        data: the file.
    """

    totals: Totals
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    data: bytes


def check_ending(file: Path) -> str:
    """The ending of a file to be written.

    Raises:
        UsageError: it is none of those that can be.
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"不知道把“{file.name}”写成什么；文件名请以 {'、'.join(ENDINGS)} 之一结尾。")
    return ending


def written(season: Season, bodies: Bodies, of: str, rulebook: Rulebook, file: Path) -> BodyTables:
    """The tables of a body as a file.

    Args:
        season: how the units stand.
        bodies: the list.
        of: name of the body.
        rulebook: the rules.
        file: where it shall go; its ending says what it is.

    Raises:
        UsageError: the list does not have the body, or no file of that ending can be written.
    """
    ending = check_ending(file)
    body = body_named(of, bodies)
    totals = added_up(season, bodies, body, rulebook)
    documents, cases = joint_documents(totals), co_defendants(totals, rulebook)
    findings = tuple(one for one in season.findings if _is_about(one, body.name, rulebook))
    notes = tuple(notes_of(totals, documents, cases, findings))
    if ending == ".json":
        from checker.office.aggregate.as_json import as_json  # noqa: PLC0415  # one of the three is needed

        return BodyTables(totals, notes, findings, as_json(totals, documents, cases, findings))
    if ending == ".docx":
        from checker.office.aggregate.document import as_document  # noqa: PLC0415  # likewise

        return BodyTables(totals, notes, findings, as_document(totals, notes))
    from checker.office.aggregate.workbook import as_workbook  # noqa: PLC0415  # likewise

    return BodyTables(totals, notes, findings, as_workbook(totals, notes))


def _is_about(finding: Finding, body: str, rulebook: Rulebook) -> bool:
    """Whether a finding compares the report of the body with the sum over its units."""
    rule = rulebook.rules.get(finding.rule)
    compares = rule is not None and any(check.kind == _SUMS for check in rule.checks)
    units: Sequence[str] = finding.units
    return compares and bool(units) and units[0] == body
