"""`meetings`: 会议的时间."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from checker.judging.judgement import Breach, Judgement, UnrecognisedError
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, SCOPE, SHORT_TEXT, options_schema
from checker.model.place import Scalar
from checker.patterns.pattern import compile_pattern


def compile_meetings(options: Options, _language: Language) -> Judge:
    """Meetings that the text names had been held, and are not those of a past term only.

    The calendar lists meetings with their term and the day they closed. One that closed after the report was
    signed (undated: after March of the next year) makes a breach `not_yet`; a text that only names meetings
    of terms that had ended when the report's year began makes a breach `outdated`.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        year = subject.report.identity.year
        if year is None:
            raise UnrecognisedError("year")
        view = subject.view(options["where"])
        signed = subject.report.field("signed_on")
        last_day = signed.value if signed and isinstance(signed.value, date) else date(year + 1, 3, 31)
        calendar: Sequence[Mapping[str, Any]] = options["calendar"]
        named = [
            (meeting, match.start(), match.end())
            for meeting in calendar
            for match in compile_pattern(meeting["pattern"]).finditer(view.text)
        ]
        future = [one for one in named if date.fromisoformat(one[0]["closed"]) > last_day]
        begun = [one for one in calendar if date.fromisoformat(one["closed"]) < date(year, 1, 1)]
        if future:
            meeting, start, end = future[0]
            yield Breach(view.place(start, end), _meeting(meeting, meeting), "not_yet")
        elif named and begun and max(one[0]["term"] for one in named) < max(one["term"] for one in begun):
            meeting, start, end = max(named, key=lambda one: int(one[0]["term"]))
            yield Breach(view.place(start, end), _meeting(meeting, begun[-1]), "outdated")
        else:
            yield None

    return judge


def _meeting(named: Mapping[str, Any], newest: Mapping[str, Any]) -> dict[str, Scalar]:
    day = date.fromisoformat(named["closed"])
    return {"found": named["name"], "closed": f"{day.year}年{day.month}月", "newest": newest["name"]}


KIND: Final = Kind(
    title="会议的时间",
    about="文中提到的会议已经召开，并且不都是往届的。",
    compile=compile_meetings,
    options=options_schema(
        ("where", "calendar"),
        where=SCOPE,
        calendar={
            "type": "array",
            "minItems": 1,
            "items": options_schema(
                ("name", "term", "closed", "pattern"),
                name={**SHORT_TEXT, "description": "会议的全称，印在说明里"},
                term={"type": "integer", "description": "第几届"},
                closed={"type": "string", "format": "date", "description": "闭幕日期，如 2024-03-11"},
                pattern=PATTERN,
                source={**SHORT_TEXT, "description": "日期的出处"},
            ),
            "description": "会议、届次和闭幕日期，按先后",
        },
    ),
    evidence=("found", "closed", "newest"),
    variants=("not_yet", "outdated"),
    words={"calendar": "会议日程"},
    skeleton=r"""
title: 提到的会议已经召开
check: {where: 正文, calendar: [{name: 某次全会, term: 1, closed: "2025-10-01", pattern: 某次全会}]}
message: "{found}到 {closed}才召开"
examples:
  - {name: 没有提到, expect: pass, given: {text: {1: 公开信息120条。}}}
  - {name: 还没有召开, expect: fail, given: {text: {1: 学习某次全会精神。}}, findings: [{place: 第一部分, evidence: {found: 某次全会}}]}
""",
)
