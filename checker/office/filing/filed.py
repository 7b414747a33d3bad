"""What has come in, apart from what it holds: small enough to be looked at all together.

What a file holds is costly to look at, so everything that decides whose it is and what became of it is read once.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from checker.model.findings import ReportResult, Status
from checker.office.filing.whose import Owner
from checker.startup.records import dataclass

_PART: Final = "#"


@dataclass(frozen=True, slots=True)
class Filed:
    """A report or document that has come in.

    Attributes:
        path: the file, as in `ReportResult.path`.
        place: the same from the folder of the ledger, by which it is known again.
        below: the same from the folder that was given on the command line.
        sha256: digest of its bytes, None if they could not be had.
        part: which report of the document it is, from 1.
        round: the round in which it came.
        seen_on: the day of that round.
        result: its place among the results.
        status: what became of the file.
        agency: the name in it.
        year: the year that it is about.
        signed_on: the date of its signature.
        mailed_on: the day of the mail that it came with.
        format: in which format it was read, empty if it was not.
        kind: the kind of report that it is, empty if it is none.
        form: id of the form whose tables it has, empty if it has none, or those of another one than its own.
        problem: why it could not be read, a sentence; empty if it could.
        lines: first and last lines of a document that is no report.
        owner: whose it is, None before that was asked.
    """

    path: str
    place: str
    below: str
    sha256: str | None
    part: int
    round: int
    seen_on: date
    result: int
    status: Status
    agency: str | None = None
    year: int | None = None
    signed_on: date | None = None
    mailed_on: date | None = None
    format: str = ""
    kind: str = ""
    form: str = ""
    problem: str = ""
    lines: tuple[str, ...] = ()
    owner: Owner | None = None

    @property
    def content(self) -> tuple[str, int]:
        """What identical bytes have in common; without a digest nothing else has it."""
        return self.sha256 or f"?{self.place}", self.part

    @property
    def key(self) -> tuple[str, str, int]:
        """What a file has that is named again."""
        return self.place, *self.content


def filed(
    result: ReportResult,
    owner: Owner,
    *,
    place: str,
    below: str,
    number: int,
    round_number: int,
    seen_on: date,
) -> Filed:
    """What has come in, from a file as checked.

    Args:
        result: the file as checked.
        owner: whose it is.
        place: path from the folder of the ledger.
        below: path from the folder that was given.
        number: its place among the results.
        round_number: the round.
        seen_on: the day of the round.
    """
    report = result.report
    identity = report.identity if report else None
    signed = report.field("signed_on") if report else None
    return Filed(
        path=result.path,
        place=place,
        below=below,
        sha256=result.sha256,
        part=part_of(result.path),
        round=round_number,
        seen_on=seen_on,
        result=number,
        status=result.status,
        agency=identity.agency if identity else None,
        year=identity.year if identity else None,
        signed_on=signed.value if signed and isinstance(signed.value, date) else None,
        mailed_on=result.mailed_on,
        format=report.document.format if report else "",
        kind=report.form.kind if report else "",
        form=report.form_id if report and report.tables and report.form_id == report.form.id else "",
        problem=result.problem.text if result.problem else "",
        lines=result.lines,
        owner=owner,
    )


def part_of(path: str) -> int:
    """Which report of its document a path names: 2 for `年报.docx#2`, 1 where there is only one."""
    _, mark, number = path.rpartition(_PART)
    return int(number) if mark and number.isdecimal() and number.isascii() and len(number) < 5 else 1  # noqa: PLR2004  # a counter
