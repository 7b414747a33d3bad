"""How each listed unit stands: the roles of what it has sent in, its state, and whether it was in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from checker.judging.rules import Rulebook
from checker.model.bodies import Unit
from checker.model.findings import ReportResult, Severity, Status, Verdict
from checker.model.season import (
    Counts,
    Receipt,
    ReceiptBasis,
    Role,
    State,
    Submission,
    UnitStanding,
)
from checker.office.filing.deadlines import due_day, lateness_rules
from checker.office.filing.filed import Filed
from checker.office.filing.register import RegisterEntry, first_receipt, names_file
from checker.office.filing.versions import Roles, roles_of_versions
from checker.office.filing.whose import Owner
from checker.startup.records import dataclass, replace

_STATE_BY_ROLE: Final = (
    (State.WRONG_DOCUMENT, (Role.WRONG_DOCUMENT, Role.WRONG_YEAR, Role.OTHER_BODY)),
    (State.UNREADABLE, (Role.UNREADABLE,)),
)


@dataclass(frozen=True)
class StandingBasis:
    """What the standing of units rests on.

    Attributes:
        rulebook: the rules.
        kind: the kind of report.
        year: the report year.
        as_of: the day that counts as today.
        result_of: the file as checked.
        finished: what a unit's version in force says of how it stands, told while that is at hand.
        register: the lines of the register, by name of the unit.
        chosen: which version the office has named, as it wrote it, by name of the unit.
    """

    rulebook: Rulebook
    kind: str
    year: int
    as_of: date
    result_of: Callable[[Filed], ReportResult]
    finished: Callable[[UnitStanding, ReportResult | None], UnitStanding]
    register: Mapping[str, Sequence[RegisterEntry]]
    chosen: Mapping[str, str]


def standings(
    units: Sequence[Unit], owned: Mapping[str, Sequence[tuple[Filed, Owner]]], known: StandingBasis
) -> tuple[UnitStanding, ...]:
    """How each unit stands, in the order of the list.

    Args:
        units: the list.
        owned: what each unit has sent in, by its name, in the order in which it came.
        known: what else is known.
    """
    late = lateness_rules(known.rulebook)
    own = {unit.name: _standing(unit, owned.get(unit.name, ()), known, late) for unit in units}
    return tuple(_joined(one, own, units) for one in own.values())


def is_version(name: str, one: Filed | Submission) -> bool:
    """Whether a file is the version that the office names: by its path, the end of it, or its digest."""
    wanted = name.strip().replace("\\", "/")
    if one.sha256 and len(wanted) >= _SHORTEST_DIGEST and one.sha256.startswith(wanted.lower()):
        return True
    return bool(wanted) and (one.path == wanted or one.path.replace("!", "/").endswith(f"/{wanted}"))


_SHORTEST_DIGEST: Final = 8
"""Characters of a digest that name a file."""


def _standing(
    unit: Unit, owned: Sequence[tuple[Filed, Owner]], known: StandingBasis, late: frozenset[str]
) -> UnitStanding:
    files = [one for one, _ in owned]
    roles, versions = _roles(unit, owned, known)
    readable = [files[number] for number in versions]
    first = _first(unit, readable, known)
    submissions = tuple(
        _submission(one, *roles[number], owner, _receipt_of(unit, one, readable, first, known))
        for number, (one, owner) in enumerate(owned)
    )
    due = due_day(unit, known.kind, known.year, known.rulebook)
    standing = UnitStanding(unit, State.OVERDUE, "", due, first, None, submissions)
    in_force = standing.in_force
    result = known.result_of(files[submissions.index(in_force)]) if in_force else None
    if not owned:
        registered = min((entry.day for entry in known.register.get(unit.name, ())), default=None)
        standing = replace(standing, registered=registered)
    if result is not None:
        told = sum(one.severity is Severity.ERROR and one.rule in late for one in result.findings)
        standing = replace(standing, counts=counts_of(result), late_errors=told)
    state, why = _state(standing, known)
    if in_force and in_force.received is None and _is_ahead(in_force.signed_on, known):
        standing = replace(standing, signed_ahead=in_force.signed_on)
    standing = replace(standing, state=state, why=why, chosen=known.chosen.get(unit.name))
    days = _days_late(standing, known.as_of)
    if days and state in (State.PASSED, State.TO_MEND):
        why = f"{why}，迟报 {days} 天"
    if standing.signed_ahead:
        why = f"{why}，落款 {standing.signed_ahead.isoformat()} 晚于今天，不知道是哪天收到的"
    return known.finished(replace(standing, why=why, days_late=days), result)


def _roles(unit: Unit, owned: Sequence[tuple[Filed, Owner]], known: StandingBasis) -> tuple[Roles, list[int]]:
    """Role and reason of everything that a unit has sent in, and which are its reports about the year, by position."""
    roles: Roles = {}
    first: dict[tuple[str, int], int] = {}
    versions: list[int] = []
    for number, (one, owner) in enumerate(owned):
        earlier = first.setdefault(one.content, number)
        if earlier != number:
            roles[number] = (Role.DUPLICATE, f"与“{owned[earlier][0].path}”逐字节相同")
        elif one.status is Status.UNREADABLE:
            roles[number] = (Role.UNREADABLE, (one.problem or "读不出来").partition("。")[0])
        elif one.status is Status.SKIPPED:
            roles[number] = (Role.WRONG_DOCUMENT, "不是年度报告")
        elif one.agency and not owner.inside:
            roles[number] = (Role.OTHER_BODY, f"报告写的是“{one.agency}”，清单里没有这个名称")
        elif one.year is None:
            roles[number] = (Role.WRONG_DOCUMENT, "看不出是哪一年度的报告")
        elif one.year != known.year:
            roles[number] = (Role.WRONG_YEAR, f"是 {one.year} 年度的报告")
        else:
            versions.append(number)
    named = known.chosen.get(unit.name)
    found = roles_of_versions(
        [_believed(owned[number][0], known) for number in versions],
        lambda one: known.result_of(one).report,
        (lambda one: is_version(named, one)) if named else None,
    )
    roles.update((versions[position], role) for position, role in found.items())
    return roles, versions


def _submission(one: Filed, role: Role, why: str, owner: Owner, received: Receipt | None) -> Submission:
    return Submission(
        one.path,
        one.sha256,
        one.round,
        role,
        f"{owner.why}；{why}",
        one.status,
        one.agency,
        one.year,
        one.signed_on,
        received,
        one.result,
        one.part,
        one.form,
    )


def _is_ahead(day: date | None, known: StandingBasis) -> bool:
    """Whether a day has not come yet: a file that is here cannot have been signed on it."""
    return day is not None and day > known.as_of


def _believed(one: Filed, known: StandingBasis) -> Filed:
    """A file without the date of its signature, if that day has not come yet."""
    return replace(one, signed_on=None) if _is_ahead(one.signed_on, known) else one


def _receipt(one: Filed, known: StandingBasis) -> Receipt | None:
    """When a file came in, as its text or the ledger says; times of the file system are not used."""
    if one.mailed_on:
        return Receipt(one.mailed_on, ReceiptBasis.MAIL)
    if one.round > 1:  # it was not there before
        return Receipt(one.seen_on, ReceiptBasis.FIRST_SEEN)
    signed_on = _believed(one, known).signed_on
    return Receipt(signed_on, ReceiptBasis.SIGNATURE) if signed_on else None


def _first(unit: Unit, readable: Sequence[Filed], known: StandingBasis) -> Receipt | None:
    """When the first readable report came in."""
    if not readable:
        return None
    registered = first_receipt(known.register.get(unit.name, ()), [one.path for one in readable])
    if registered:
        return Receipt(registered, ReceiptBasis.REGISTER)
    first_round = min(one.round for one in readable)
    receipts = [receipt for one in readable if one.round == first_round and (receipt := _receipt(one, known))]
    return min(receipts, key=lambda receipt: receipt.on, default=None)


def _receipt_of(
    unit: Unit, one: Filed, readable: Sequence[Filed], first: Receipt | None, known: StandingBasis
) -> Receipt | None:
    """When a file came in; a line of the register without a file is about the first readable report."""
    days = [entry.day for entry in known.register.get(unit.name, ()) if names_file(entry, one.path)]
    if days:
        return Receipt(min(days), ReceiptBasis.REGISTER)
    if readable and one is readable[0] and first and first.by is ReceiptBasis.REGISTER:
        return first
    return _receipt(one, known)


def _state(standing: UnitStanding, known: StandingBasis) -> tuple[State, str]:
    """The state of a unit whose findings are counted, and what it rests on."""
    undecided = standing.with_role(Role.UNDECIDED)
    if standing.unit.exempt is not None:
        return State.EXEMPT, standing.unit.exempt
    if undecided:
        return State.UNDECIDED, f"{len(undecided)} 份内容不同，看不出采用哪一份"
    if standing.in_force is not None:
        if standing.errors:
            return State.TO_MEND, f"{standing.errors} 处错误"
        return State.PASSED, "没有须改的错误"
    for state, roles in _STATE_BY_ROLE:
        wrong = standing.with_role(*roles)
        if wrong:
            return state, wrong[-1].why.rpartition("；")[2]
    day = standing.registered
    nothing = f"登记写着 {day.isoformat()} 收到，没有找到文件" if day else "没有收到报告"
    if standing.due is None:
        return State.NOT_DUE, f"{nothing}，清单和规则都没有说到期日"
    if known.as_of > standing.due:
        return State.OVERDUE, f"{nothing}，已过到期日"
    return State.NOT_DUE, f"{nothing}，还没有到期"


def counts_of(result: ReportResult) -> Counts:
    """Findings of a report by severity, and how many rules could not be judged."""
    return Counts(
        result.count(Severity.ERROR),
        result.count(Severity.WARNING),
        result.count(Severity.INFO),
        sum(outcome.verdict in (Verdict.NOT_CHECKED, Verdict.BROKEN) for outcome in result.outcomes),
    )


def _days_late(standing: UnitStanding, as_of: date) -> int | None:
    """Days after the due day: of the first readable report, of today for an overdue unit; None if that says nothing."""
    if standing.state is State.NOT_DUE:
        return 0
    if standing.due is None or standing.state is State.EXEMPT:
        return None
    if standing.state is State.OVERDUE:
        return (as_of - standing.due).days
    return max(0, (standing.received.on - standing.due).days) if standing.received else None


def _joined(standing: UnitStanding, own: Mapping[str, UnitStanding], units: Iterable[Unit]) -> UnitStanding:
    """A unit that reports together with the one above it stands as that one does, unless it has sent something."""
    unit = standing.unit
    if not unit.joint or standing.submissions or unit.exempt is not None:
        return standing
    partner = own.get(unit.parent or "") or next(
        (own[one.name] for one in units if one.parent == unit.name and one.level == "office"), None
    )
    if partner is None:
        return standing
    return replace(
        standing,
        state=partner.state,
        why=f"与{partner.unit.name}合并公布一份报告",
        follows=partner.unit.name,
        received=partner.received,
        days_late=partner.days_late,
        due=partner.due,
    )
