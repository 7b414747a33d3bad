"""`late`: 按期报送."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TEXT_LIST, options_schema
from checker.kinds.run.due import due_day
from checker.model.bodies import Unit
from checker.model.place import OneOrMany, Place
from checker.startup.records import dataclass

_SIGNATURE: Final = "signature"
_BASES: Final = {"register": "登记", "mail": "邮件", "first_seen": "首次收到", _SIGNATURE: "落款"}


@dataclass(frozen=True)
class _Late:
    """A unit that was late: its last day, when its report came in, and who says so."""

    unit: Unit
    due: date
    on: date
    by: str

    @property
    def days(self) -> int:
        return (self.on - self.due).days


def compile_late(options: Options, _language: Language) -> Judge:
    """The first report of each unit and year came in by its last day.

    The day is what the season knows; outside of one it is that of the signature, else of publication, unless it has
    not come yet. Of units of the levels in `practice` alone the breach has the variant `practice`.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for year in subject.reported.years if subject.bodies else ():
            asked = [
                (unit, due)
                for unit, _ in subject.reported.of_year(year)
                if unit.exempt is None and (due := due_day(subject, unit, year))
            ]
            dated = [(unit, due, _received(subject, unit, year)) for unit, due in asked]
            late = [_Late(unit, due, *on) for unit, due, on in dated if on and on[0] > due]
            if late:
                yield _breach(subject, year, late, options)
            elif any(on for *_, on in dated):
                yield None
            undated = [unit for unit, _, on in dated if on is None]
            if undated:
                ahead = any(_signed(subject, unit, year) for unit in undated)
                or_ahead = "，或者落款晚于今天" if ahead else ""
                yield Unjudged(f"{year} 年度有 {len(undated)} 家的报告没有日期{or_ahead}")

    return judge


def _received(subject: RunSubject, unit: Unit, year: int) -> tuple[date, str] | None:
    """When the first report of a unit came in, and who says so."""
    standing = subject.season.standing(unit.name) if subject.season else None
    if standing is not None and subject.season is not None and subject.season.year == year:
        return (standing.received.on, standing.received.by.value) if standing.received else None
    signed = _signed(subject, unit, year)
    days = [day for day in signed if subject.today is None or day <= subject.today]
    return (min(days), _SIGNATURE) if days else None


def _signed(subject: RunSubject, unit: Unit, year: int) -> list[date]:
    """The dates of the signatures of a unit's reports."""
    return [one.signed_on for one in subject.reported.versions[unit.name, year] if one.signed_on]


def _breach(subject: RunSubject, year: int, late: list[_Late], options: Options) -> Breach:
    evidence: dict[str, OneOrMany] = {
        "year": year,
        "count": len(late),
        "late": tuple(one.unit.name for one in late),
        "days": tuple(one.days for one in late),
        "due": tuple(one.due.isoformat() for one in late),
        "received": tuple(one.on.isoformat() for one in late),
        "by": tuple(one.by for one in late),
    }
    names_listed = "、".join(
        f"{one.unit.name}晚 {one.days} 天（{_BASES[one.by]}）" for one in late[: options["listed"]]
    )
    more = f"等 {len(late)} 家" if len(late) > options["listed"] else ""
    practice = all(subject.level(one.unit) in options.get("practice", ()) for one in late)
    return Breach(
        Place(),
        evidence,
        "practice" if practice else None,
        units=tuple(one.unit.name for one in late),
        words={"listing": names_listed + more},
    )


KIND: Final = Kind(
    title="按期报送",
    about="每家单位在期限以前交来报告。",
    compile=compile_late,
    options=options_schema(
        ("listed",),
        listed={"type": "integer", "minimum": 1, "description": "说明里列出几家"},
        practice={**TEXT_LIST, "description": "期限只是通行做法的机关类别的代号"},
    ),
    evidence=("year", "count", "late", "days", "due", "received", "by", "listing"),
    variants=("practice",),
    looks_at=LooksAt.RUN,
    words={"listed": "列出几家", "practice": "期限是通行做法的机关类别"},
    skeleton=r"""
title: 各单位按期报送
check: {listed: 12}
message: "{year} 年度迟报 {count} 家：{listing}"
examples:
  - {name: 按期, expect: pass, given: {agency: 某县财政局, signature: 某县财政局/2025年1月20日, units: [{unit: 某县财政局}]}}
  - {name: 晚一天, expect: fail, given: {agency: 某县财政局, signature: 某县财政局/2025年2月1日, units: [{unit: 某县财政局}]}, findings: [{evidence: {days: [1]}}]}
""",
)
