"""Days as rules write them: relative to the year of the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from checker.judging.judgement import CannotJudge, UnrecognisedError
from checker.judging.language.readable import DATE, NUMBER, Readable

_YEAR_OFFSETS: Final = {"上年": -1, "本年": 0, "次年": 1}


def _is_short_number(text: str) -> bool:
    return len(text) <= 2 and text.isascii() and text.isdigit()  # noqa: PLR2004  # as days and months are written


def day_of(text: str, year: int) -> date:
    """The day `次年1月31日` of a report about `year`; `本年` is the report's year.

    Raises:
        ValueError: not of that shape, or no such day.
    """
    month, _, day = text[2:].partition("月")
    numbers = (month, day.removesuffix("日"))
    if text[:2] not in _YEAR_OFFSETS or not day.endswith("日") or not all(map(_is_short_number, numbers)):
        raise ValueError(f"看不懂日期“{text}”；应写成 次年1月31日、本年12月31日 这样")
    try:
        return date(year + _YEAR_OFFSETS[text[:2]], *map(int, numbers))
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None


def later(day: date, days: Decimal | int) -> date:
    """The day so many days after another; parts of days do not count.

    Raises:
        CannotJudge: there is no such day.
    """
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        raise CannotJudge("日期太远，算不出来") from None


def days_between(day: date, earlier: date) -> int:
    """How many days a day is after another."""
    return (day - earlier).days


DAY_ARITHMETIC: Final[Mapping[str, Mapping[str, tuple[Callable[[Any, Any], Any], str]]]] = {
    "+": {NUMBER: (later, DATE)},
    "-": {NUMBER: (lambda day, days: later(day, -days), DATE), DATE: (days_between, NUMBER)},
}
"""What may be added to a day or taken from it, by type: a function of both, and what comes of it."""


def day_for(subject: Readable, text: str) -> date:
    """The day that an expression names, such as 次年1月31日, for the year of the report."""
    year = subject.report.identity.year
    if year is None:
        raise UnrecognisedError("year")
    return day_of(text, year)
