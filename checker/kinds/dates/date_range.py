"""`date_range`: 日期范围."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, Unjudged, UnrecognisedError
from checker.judging.language.days import day_of
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import FIELD, ITEM, options_schema
from checker.kinds.rewording import changes_at
from checker.model.findings import TextChange
from checker.model.place import Scalar
from checker.model.report import Field


def compile_date_range(options: Options, _language: Language) -> Judge:
    """The first of the named date fields that the report has lies between `earliest` and `latest`.

    With `every`, each of the fields that it has does; with `once` every date that was read does, and what is wrong
    is told once. A date within these days must not be later than that of the field `not_after`, if the report has
    one; a date before `not_after_since` is no measure, for it is wrong itself. `first` and `last` ask that a period
    begins and ends exactly on these days. `deadline` changes nothing here: see `checker.judging.deadlines`.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        year = subject.report.identity.year
        if year is None:
            raise UnrecognisedError("year")
        everywhere = None if options.get("once") else 1
        found = [
            field for name in options["fields"] for field in subject.report.fields.get(name, ())[:everywhere]
        ]
        if not found:
            titles = "或".join(subject.field_title(name) for name in options["fields"])
            raise CannotJudge(_undated(subject, options, titles, year))
        judgements = [
            _judge_period(subject, field, options, year)
            if "first" in options or "last" in options
            else _judge_day(subject, field, options, year)
            for field in (found if options.get("every") or options.get("once") else found[:1])
        ]
        if options.get("once"):
            breaches = (judgement for judgement in judgements if isinstance(judgement, Breach))
            judgements = [next(breaches, judgements[0])]
        yield from judgements

    return judge


def _judge_day(subject: Subject, found: Field, options: Options, year: int) -> Judgement:
    title = subject.field_title(found.name)
    if not isinstance(found.value, date):
        return Unjudged(f"{title}不是完整的日期")
    limits = [("late", day_of(options["latest"], year))] if "latest" in options else []
    other = subject.report.field(options["not_after"]) if "not_after" in options else None
    untold = None
    if other and isinstance(other.value, date):
        if "not_after_since" in options and other.value < day_of(options["not_after_since"], year):
            untold = f"{subject.field_title(other.name)}（{_chinese(other.value)}）本身不对，不能拿来比"
        else:
            limits.append(("after", other.value))
    evidence: dict[str, Scalar] = {"name": title, "found": _chinese(found.value)}
    if "earliest" in options and found.value < (earliest := day_of(options["earliest"], year)):
        days = (earliest - found.value).days
        texts = _next_year(subject, found, found.value, options, year)
        return Breach(
            found.place, {**evidence, "limit": _chinese(earliest), "days": days}, "early", texts=texts
        )
    for variant, limit in limits:
        if found.value > limit:
            days = (found.value - limit).days
            return Breach(found.place, {**evidence, "limit": _chinese(limit), "days": days}, variant)
    if untold:
        return Unjudged(untold)
    return None


def _judge_period(subject: Subject, found: Field, options: Options, year: int) -> Judgement:
    title = subject.field_title(found.name)
    if not isinstance(found.value, tuple):
        raise CannotJudge(f"{title}不是一段时间")
    wanted = tuple(day_of(options[side], year) if side in options else None for side in ("first", "last"))
    wrong = [
        (value, day)
        for value, day in zip(found.value, wanted, strict=True)
        if isinstance(value, date) and day is not None and value != day
    ]
    if not wrong:
        return None
    evidence: dict[str, Scalar] = {
        "name": title,
        "found": "、".join(_chinese(value) for value, _ in wrong),
        "limit": "、".join(_chinese(day) for _, day in wrong),
        "days": abs((wrong[0][0] - wrong[0][1]).days),
    }
    texts = _year_put_right(subject, found, options, year, wrong) if len(wrong) == len(wanted) else ()
    return Breach(found.place, evidence, "wrong", texts=texts)


def _next_year(
    subject: Subject, found: Field, day: date, options: Options, year: int
) -> tuple[TextChange, ...]:
    """The year of a day as the next one, if it is that of the report and the same day a year later would do."""
    until = options.get("put_right_until")
    if not until or day.year != year or not _certain(subject, options, year):
        return ()
    if (day.month, day.day) > _day(day_of(until, year)):
        return ()
    return changes_at(subject.report, found.place, f"{year}年", f"{year + 1}年")


def _certain(subject: Subject, options: Options, year: int) -> bool:
    """Whether everything that `certain_by` names tells that year."""
    try:
        stated = [subject.items.resolve(name).get(subject)[0] for name in options.get("certain_by", ())]
    except CannotJudge:
        return False
    return bool(stated) and all(value == year for value in stated)


def _year_put_right(
    subject: Subject, found: Field, options: Options, year: int, wrong: Sequence[tuple[date, date]]
) -> tuple[TextChange, ...]:
    """The years of a period of which nothing else is wrong, if what `certain_by` names tells the same year."""
    other = wrong[0][0].year
    if any((value.year, *_day(value)) != (other, *_day(day)) for value, day in wrong):
        return ()
    if not _certain(subject, options, year):
        return ()
    return changes_at(subject.report, found.place, f"{other}年", f"{year}年")


def _day(day: date) -> tuple[int, int]:
    return day.month, day.day


def _undated(subject: Subject, options: Options, titles: str, year: int) -> str:
    """Why an undated report cannot be judged; says so if the deadline has passed already."""
    if subject.today and "latest" in options:
        limit = day_of(options["latest"], year)
        if subject.today > limit and subject.today - limit < timedelta(days=366):
            return (
                f"没有读到{titles}；如尚未公布，今天（{_chinese(subject.today)}）已过期限 {_chinese(limit)}"
            )
    return f"没有读到{titles}"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_DAY_OPTION: Final = {"type": "string", "format": "day", "description": "日子，如 次年1月31日、本年12月31日"}
KIND: Final = Kind(
    title="日期范围",
    about="日期要素在规定的日子之间；不写 every 的，只看读到的第一个日期。",
    compile=compile_date_range,
    options={
        **options_schema(
            ("fields",),
            fields={
                "type": "array",
                "minItems": 1,
                "items": FIELD,
                "description": "日期要素，按先后取报告里有的第一个",
            },
            earliest=_DAY_OPTION,
            latest=_DAY_OPTION,
            first=_DAY_OPTION,
            last=_DAY_OPTION,
            every={"type": "boolean", "description": "读到的每个日期都查；不写则只查第一个"},
            once={"type": "boolean", "description": "读到的每个日期都查，几个都不对只说第一个"},
            not_after={**FIELD, "description": "也不晚于这个日期，报告里有才比"},
            not_after_since={
                **_DAY_OPTION,
                "description": "not_after 的日期早于这一天就不比：它自己就不对",
            },
            certain_by={
                "type": "array",
                "minItems": 1,
                "items": ITEM,
                "description": "一段时间只有年份不对、而这些数据项都是报告年度时，年份一定是写错了，给出改法",
            },
            put_right_until={
                **_DAY_OPTION,
                "description": "日期写成了报告年度，改成次年后不晚于这一天，certain_by 又都是报告年度的，给出改法",
            },
            deadline={
                "const": True,
                "description": "latest 就是交报告的期限：单位清单没有写到期日的，按这一天算迟报",
            },
        ),
        "dependentRequired": {"deadline": ["latest"]},
        "anyOf": [{"required": [name]} for name in ("earliest", "latest", "first", "last", "not_after")],
    },
    evidence=("name", "found", "limit", "days"),
    variants=("late", "early", "after", "wrong"),
    words={
        "not_after": "也不晚于",
        "not_after_since": "这一天以后的才比",
        "certain_by": "年份的旁证",
        "put_right_until": "改成次年后不晚于",
        "deadline": "交报告的期限",
    },
    skeleton=r"""
title: 次年 1 月 20 日前落款
check: {fields: [signed_on], latest: 次年1月20日}
message: "{name}是{found}，比要求（{limit}）晚了 {days} 天"
examples:
  - {name: 当天, expect: pass, given: {signature: 某县某局/2025年1月20日}}
  - {name: 晚一天, expect: fail, given: {signature: 某县某局/2025年1月21日}, findings: [{evidence: {days: 1}}]}
""",
)
