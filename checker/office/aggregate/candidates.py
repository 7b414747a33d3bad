"""What may have been counted more than once: named for a person to look at, never deducted.

Documents that several units have issued together stand in the table of each of them. A case in which the reviewing
body was sued together with the body that decided is counted by the latter alone (国办公开办函〔2016〕201号).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.rules import Rulebook
from checker.judging.table_words import Amount
from checker.office.aggregate.adding import Totals
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

_NUMBER_OF_DOCUMENT: Final = compile_later(r"([一-鿿]{1,12}?)[〔\[（(](20[0-9]{2})[〕\])）]第?([0-9]{1,4})号")
_BEFORE: Final = compile_later(
    "(?:印发|制发|出台|发布|转发|下发|修订|废止|按照|根据|依据|贯彻|落实|文件|[了的以由为和与及])"
)
"""Words right before the number of a document; what stands behind the last of them belongs to the number."""
_NOT_OWN: Final = compile_later("国(?:办|发|令)$|办函$")
"""How the names of series end that the State Council and its office number."""
_REVIEWERS: Final = ("government", "office")
_DISPUTES, _AFTER_REVIEW, _TOTAL = "T4", "litigation_after_review", "total"
_DOCUMENTS: Final = ("normative_documents", "made")


@dataclass(frozen=True, slots=True)
class JointDocument:
    """A document that several units name as of this year.

    Attributes:
        number: its number, such as 云政发〔2024〕5号.
        units: who names it.
    """

    number: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoDefendant:
    """A cell in which a reviewing body and others have cases that may be the same.

    Attributes:
        unit: the reviewing body.
        column: key of the column.
        value: its cases.
        others: units with cases in the same column.
    """

    unit: str
    column: str
    value: Amount
    others: tuple[str, ...]


def joint_documents(totals: Totals) -> tuple[JointDocument, ...]:
    """Documents of the year that more than one unit with a new document names, by number."""
    named: dict[str, list[str]] = {}
    for part in totals.parts:
        if part.figures is None or not part.value("T2", _DOCUMENTS):
            continue
        for number in dict.fromkeys(_numbers("\n".join(part.figures.prose.values()), totals.year)):
            named.setdefault(number, []).append(part.unit.name)
    return tuple(
        JointDocument(number, tuple(units)) for number, units in sorted(named.items()) if len(units) > 1
    )


def _numbers(text: str, year: int) -> Iterator[str]:
    for match in _NUMBER_OF_DOCUMENT.finditer(text):
        before, issued, number = match.groups()
        words = _BEFORE.split(before)[-1]
        if words and int(issued) == year and not _NOT_OWN.search(words):
            yield f"{words}〔{issued}〕{int(number)}号"


def co_defendants(totals: Totals, rulebook: Rulebook) -> tuple[CoDefendant, ...]:
    """Cases after a review that a government's office has beside other units."""
    table = totals.form.tables.get(_DISPUTES)
    if table is None or _AFTER_REVIEW not in table.rows:
        return ()
    names = rulebook.library.bodies
    found: list[CoDefendant] = []
    for part in totals.parts:
        if (part.unit.level or names.level(part.unit.name)) not in _REVIEWERS:
            continue
        for column in table.columns:
            value = part.value(_DISPUTES, (_AFTER_REVIEW, column))
            others = tuple(
                other.unit.name
                for other in totals.parts
                if other is not part and other.value(_DISPUTES, (_AFTER_REVIEW, column))
            )
            if value and others and column != _TOTAL:
                found.append(CoDefendant(part.unit.name, column, value, others))
    return tuple(found)
