"""What a rule may say of one subject that it examines: a cell, a sentence, a sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checker.model.errors import CheckerError
from checker.model.findings import Suggestion, TextChange
from checker.model.place import OneOrMany, Place, Related
from checker.solver import CellKey, Number, SumIdentity
from checker.startup.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Witness:
    """What a figure known from elsewhere, such as the text or last year's report, says of one cell."""

    cell: CellKey
    value: Number


@dataclass(frozen=True, slots=True)
class Breach:
    """One subject that does not meet the requirement.

    Attributes:
        place: where.
        evidence: named values, for the message and for JSON; the names are those the kind declares.
        variant: which way it fails, one of the variants the kind declares.
        related: other places that take part.
        identity: the broken sum, for kinds about sums; the engine merges breaches with one cause.
        suggestion: what to change, where the kind can tell; else the rule's own text is used.
        witness: the figure that the cell differs from, for kinds that compare cells with figures from
            elsewhere; a broken sum that the same wrong cell explains stands for the breach.
        words: values for the message alone, such as clauses that belong into no evidence.
        units: for a breach about a set of reports, names of the listed units that it is about.
        form: id of the form that asks for it, where that is not the one that the table follows.
        texts: changes of wording that mend it, where only these can be right.
        more: there are others like it that are not listed.
    """

    place: Place
    evidence: Mapping[str, OneOrMany] = field(default_factory=dict)
    variant: str | None = None
    related: tuple[Related, ...] = ()
    identity: SumIdentity | None = None
    suggestion: Suggestion | None = None
    witness: Witness | None = None
    units: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    form: str | None = None
    texts: tuple[TextChange, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Unjudged:
    """One subject that could not be judged; `reason` is a Chinese phrase without full stop."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A sum that holds; the engine needs it to find the smallest repair of the sums that do not."""

    identity: SumIdentity


@dataclass(frozen=True, slots=True)
class Agreed:
    """A cell that agrees with a figure known from elsewhere; it helps to find the cell that is wrong."""

    witness: Witness


Judgement = Breach | Unjudged | Held | Agreed | None


class CannotJudge(CheckerError):  # noqa: N818  # not an error of anybody: an answer
    """The rule as a whole cannot be judged on this report; the text is a Chinese phrase."""


class AbsentError(CannotJudge):
    """The report has no such value, and that is certain: it is not merely unread."""


class UnrecognisedError(CannotJudge):
    """The rule cannot be judged because it was not recognised who reports about which year.

    Args:
        what: attribute of the report's `Identity` that is None, one of those in `UNRECOGNISED`.
    """

    def __init__(self, what: str) -> None:
        super().__init__(UNRECOGNISED[what])
        self.what = what

    def __reduce__(self) -> tuple[type[UnrecognisedError], tuple[str]]:
        return UnrecognisedError, (self.what,)


UNRECOGNISED: Final[Mapping[str, str]] = {
    "year": "未能识别报告年度",
    "agency": "未能识别报告单位",
    "level": "未能识别单位层级（可用 --level 指定）",
    "tier": "单看名称分不出行政级别（可用 --tier 指定）",
}
"""What may not be recognised of a report, with the reason for rules that need it."""
