"""Where something stands in a report: in the terms of its form and in those of its file.

All counts start at 1; section 0 is the text before the first section.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from checker.model.document import Location
from checker.model.numerals import numeral, parse_chinese
from checker.startup.records import dataclass, field

Scalar = int | Decimal | str | bool | None
"""A value that can stand in JSON."""

OneOrMany = Scalar | tuple[Scalar, ...]
"""A value that can stand in evidence: one, or a list of them."""


SECTION_PREFIX: Final = "第"
SECTION_SUFFIX: Final = "部分"


def section_number(name: str) -> int | None:
    """5 for 第五部分; None if it does not name a section."""
    if name.startswith(SECTION_PREFIX) and name.endswith(SECTION_SUFFIX):
        return parse_chinese(name[len(SECTION_PREFIX) : -len(SECTION_SUFFIX)])
    return None


def section_name(number: int) -> str:
    """What a section is called in rules and exceptions: 第五部分 for 5."""
    return f"{SECTION_PREFIX}{numeral(number)}{SECTION_SUFFIX}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands, in the form's terms and in the file's.

    Attributes:
        location: the place in the file.
        section: 0 for the opening, 1… for the sections, None where it is about the whole report.
        table: key of the table, such as `T3`.
        row: key of the row; `row_label` is the label as the form writes it.
        column: key of the column; `column_label` as the form writes it.
        excerpt: raw text at that place, short.
        lacking: something is missing; the excerpt is what stands where it belongs, and not what is wrong.
    """

    location: Location = field(default_factory=Location)
    section: int | None = None
    table: str | None = None
    row: str | None = None
    row_label: str | None = None
    column: str | None = None
    column_label: str | None = None
    excerpt: str | None = None
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that takes part in a finding, with the value that stands there."""

    place: Place
    value: Scalar = None
