"""An office's season: the listed units, what each has sent in, and how it stands.

A season is about one kind of report and one report year. It goes in rounds: every time that something new comes
in there is one more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

from checker.model.bodies import Unit
from checker.model.configuration import Configuration
from checker.model.findings import Finding, Outcome, ReportResult, RulebookInfo, Status
from checker.model.place import Place
from checker.model.report import Report
from checker.startup.records import dataclass, field


class State(str, Enum):
    """How a listed unit stands; always exactly one, the first of these that holds."""

    EXEMPT = "exempt"
    UNDECIDED = "undecided"
    PASSED = "passed"
    TO_MEND = "to_mend"
    WRONG_DOCUMENT = "wrong_document"
    UNREADABLE = "unreadable"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"


class Role(str, Enum):
    """What a file that a unit has sent in is for it."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    OTHER_FORMAT = "other_format"
    UNDECIDED = "undecided"
    WRONG_YEAR = "wrong_year"
    WRONG_DOCUMENT = "wrong_document"
    OTHER_BODY = "other_body"
    UNREADABLE = "unreadable"


class ReceiptBasis(str, Enum):
    """Who says on which day something came in; the first that is known counts."""

    REGISTER = "register"
    MAIL = "mail"
    FIRST_SEEN = "first_seen"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day on which something came in, and who says so."""

    on: date
    by: ReceiptBasis


@dataclass(frozen=True, slots=True)
class Submission:
    """One report or document that a unit has sent in.

    Attributes:
        path: the file, as in `ReportResult.path`.
        sha256: digest of its bytes, None if they could not be had.
        round: the round in which it came.
        role: what it is for the unit.
        why: Chinese clause without full stop: whose it is by what evidence, and why it has this role.
        status: what became of the file.
        agency: the name in it, None if it names nobody.
        year: the year that it is about, None if that is not known.
        signed_on: the date of its signature.
        received: when it came in, None if nothing tells.
        result: its place in `Season.results`.
        part: which report of its document it is, from 1.
        form: id of the form whose tables it has, empty if it has none, or those of another one than its own.
    """

    path: str
    sha256: str | None
    round: int
    role: Role
    why: str
    status: Status
    agency: str | None
    year: int | None
    signed_on: date | None
    received: Receipt | None
    result: int
    part: int = 1
    form: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings of the version in force by severity, and how many rules could not be judged."""

    error: int = 0
    warning: int = 0
    info: int = 0
    not_checked: int = 0


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What became of errors and warnings since the last round; each is counted once.

    Attributes:
        not_resubmitted: those of units from which nothing new came.
        unreadable: those of units from which only something unreadable came.
    """

    mended: int = 0
    remaining: int = 0
    new: int = 0
    not_resubmitted: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A listed unit in the season.

    Attributes:
        unit: the entry of the list, with its other columns in `Unit.more`.
        state: how it stands.
        why: Chinese clause without full stop that says what the state rests on.
        due: the last day for its report, None if neither list nor rules say one.
        received: when its first readable report of the year came in, None if none has or nothing tells.
        days_late: of that report; for an overdue unit as of today; None where nothing can be said.
        submissions: everything it has sent in, in the order in which it came.
        counts: findings of the version in force, nothing but zeros if there is none.
        late_errors: how many of the errors say nothing but that it was late, which cannot be mended.
        since_last_round: what became of its findings.
        notice: the letter to it, relative to the folder of the results, None if none was written.
        chosen: which version the office has named (采用版本), as it wrote it; None if it has named none.
        follows: name of the unit in whose report its own is (joint) and as which it stands, None for all others.
        registered: the first day that the register has for a unit from which there is no file at all, else None.
        signed_ahead: the date of the signature of the version in force, if it is all that could say when it came in
            and that day has not come yet; else None.
    """

    unit: Unit
    state: State
    why: str
    due: date | None
    received: Receipt | None
    days_late: int | None
    submissions: tuple[Submission, ...] = ()
    counts: Counts = Counts()
    since_last_round: RoundChange = RoundChange()
    notice: str | None = None
    chosen: str | None = None
    registered: date | None = None
    follows: str | None = None
    late_errors: int = 0
    signed_ahead: date | None = None

    @property
    def errors(self) -> int:
        """How many errors are to be mended."""
        return self.counts.error - self.late_errors

    @property
    def in_force(self) -> Submission | None:
        """The version that counts, None if there is none or it is undecided."""
        return next((one for one in self.submissions if one.role is Role.IN_FORCE), None)

    def with_role(self, *roles: Role) -> tuple[Submission, ...]:
        """The submissions that have one of some roles."""
        return tuple(one for one in self.submissions if one.role in roles)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A report that belongs to no listed unit.

    Attributes:
        agency: the name in it, None if it names nobody.
        year: the year that it is about, None if that is not known.
        nearest: listed units that it may be of, likeliest first; none of them is decided upon.
        result: its place in `Season.results`.
    """

    path: str
    sha256: str | None
    agency: str | None
    year: int | None
    nearest: tuple[str, ...]
    result: int


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A report of another kind than the season is about.

    Attributes:
        kind: which kind it is.
        agency: the name in it, None if it names nobody.
        result: its place in `Season.results`.
    """

    path: str
    sha256: str | None
    kind: str
    agency: str | None
    result: int


@dataclass(frozen=True, slots=True)
class AggregateCell:
    """A cell of the tables that add units up.

    Attributes:
        value: the sum of what is known, None if nothing is.
        lower_bound: whether the true sum may be larger.
        units: how many units gave a number.
        missing: names of the units without a judged number for it.
    """

    value: int | Decimal | None
    lower_bound: bool
    units: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The tables of a body, added up from those of its units.

    Attributes:
        of: the body.
        complete: whether every cell is known exactly.
        tables: cells by row and column key, by key of the table.
    """

    of: str
    complete: bool
    tables: Mapping[str, Mapping[tuple[str, str], AggregateCell]] = field(default_factory=dict)


@dataclass(frozen=True)
class Season:
    """How a season stands after a round.

    Attributes:
        kind: the kind of report that it is about.
        year: the report year.
        round: number of the round, from 1.
        as_of: the day that counts as today.
        units: every listed unit, in the order of the list.
        unmatched: reports of no listed unit.
        other_kind: reports of other kinds.
        results: every submission and stranger as checked, costly to look at; the whole text of reports is not
            kept. Files that came in earlier rounds and are not here today are among them.
        rulebook: which rules were used, and what things are called.
        findings: those about the set, each with the units it is about.
        outcomes: what the rules about the set came to: one may have met no more than a bound.
        aggregate: the tables of the body at the top of the list, None where nothing adds up to it.
        tool_version: version of the program.
        configuration: what made the run differ from a plain one.
        opinions: what the office has written of findings (处理意见), by their fingerprints.
        unclaimed: paths of documents that are no reports and nobody's.
    """

    kind: str
    year: int
    round: int
    as_of: date
    units: tuple[UnitStanding, ...]
    unmatched: tuple[Stranger, ...]
    other_kind: tuple[OtherKind, ...]
    results: Sequence[ReportResult]
    rulebook: RulebookInfo
    findings: tuple[Finding, ...] = ()
    aggregate: Aggregate | None = None
    tool_version: str = ""
    configuration: Configuration | None = None
    opinions: Mapping[str, str] = field(default_factory=dict)
    unclaimed: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def standing(self, name: str) -> UnitStanding | None:
        """How the unit of that name stands, None if the list does not have it."""
        return next((one for one in self.units if one.unit.name == name), None)

    def report_at(self, place: Place) -> Report | None:
        """The report whose table a place names, by which its keys have their words; None if it names no table."""
        if place.table is None:
            return None
        sent = (one for standing in self.units for one in standing.submissions)
        found = next((one for one in sent if one.path == place.location.path), None)
        return self.results[found.result].report if found else None

    def in_force(self) -> Iterator[tuple[UnitStanding, ReportResult]]:
        """Every unit that has a version in force, with that version as checked."""
        for standing in self.units:
            submission = standing.in_force
            if submission is not None:
                yield standing, self.results[submission.result]

    def in_state(self, *states: State) -> tuple[UnitStanding, ...]:
        """The units in one of some states, in the order of the list."""
        return tuple(one for one in self.units if one.state in states)

    def count(self, state: State) -> int:
        """How many units are in a state."""
        return sum(one.state is state for one in self.units)

    @property
    def since_last_round(self) -> RoundChange:
        """What became of the findings of all units."""
        total = [one.since_last_round for one in self.units]
        return RoundChange(*(sum(getattr(one, name) for one in total) for name in vars(RoundChange())))
