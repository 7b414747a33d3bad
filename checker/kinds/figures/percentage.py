"""`percentage`: 百分比核算."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.figures.contradiction import NUMBER, ContradictedClaims
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, UNLESS_OVERLAPPING, options_schema
from checker.model.findings import NO_PERCENTAGES
from checker.model.forms import Form
from checker.model.place import Scalar
from checker.patterns.pattern import Match, compile_pattern

_HUNDRED: Final = 100
_FARTHEST: Final = 1000
"""Characters in front of a share in which its whole is looked for."""


def compile_percentage(options: Options, _language: Language) -> Judge:
    """Shares and rates of change agree with the numbers in the same sentence, to the digits written.

    `shares` have groups `part`, `unit` and `rate`: the total is a larger number of that unit before it.
    `changes` have groups `now`, `then`, `rate` and, for a decrease, `down`. Variants: `share`, `change`.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        contradicted = ContradictedClaims(subject)
        unless = options.get("unless", ())
        found = False
        for variant, weigh in (("share", _share), ("change", _change)):
            for match in view.matches(options[variant + "s"], unless):
                judged = weigh(view, match)
                if judged is None:
                    continue
                found = True
                expected, fits = judged
                if fits:
                    yield None
                elif contradicted.stand_in(view, match.start(), match.end()):
                    yield Unjudged("这一句的数与表格不符，另有说明")
                else:
                    evidence: dict[str, Scalar] = {"rate": match.group("rate"), "expected": expected}
                    yield Breach(view.place(match.start("rate"), match.end("rate")), evidence, variant)
        if not found:
            raise CannotJudge(NO_PERCENTAGES)

    return judge


def _number(match: Match, group: str) -> Decimal:
    return Decimal((match.group(group) or "0").replace(",", ""))


def _step(rate: Decimal) -> Decimal:
    """One unit of the last digit written: rounding and cutting off are both fine."""
    exponent = rate.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _share(view: TextView, match: Match) -> tuple[Decimal, bool] | None:
    """The share as it should be, and whether the written one fits; None if the total is not certain."""
    part, rate, unit = _number(match, "part"), _number(match, "rate"), match.group("unit") or ""
    text, at = view.text, match.start("part")
    paragraph = text.rfind("\n", 0, at) + 1
    sentence = max(paragraph, *(text.rfind(stop, 0, at) + 1 for stop in "。！？"))
    before = list(_numbers(text, max(paragraph, at - _FARTHEST), at, unit))
    totals = {number for _, number in before if number >= part and number}
    if any(abs(part * _HUNDRED / total - rate) < _step(rate) for total in totals):
        return rate, True
    # Members of a list are parts of one whole, not of each other.
    wholes = {number for start, number in before if start >= sentence and not _is_share(text, start, at)}
    if any(start >= sentence and _is_share(text, start, at) for start, _ in before) or len(totals) > 1:
        return None if len(wholes) != 1 or not wholes <= totals else _wrong(part, wholes)
    return _wrong(part, wholes) if len(wholes) == 1 and wholes <= totals else None


def _numbers(text: str, start: int, end: int, unit: str) -> Iterator[tuple[int, Decimal]]:
    """Numbers of a unit in a span, each with its offset."""
    for number in NUMBER.finditer(text[start:end]):
        if text.startswith(unit, start + number.end()):
            yield start + number.start(), Decimal(number[0].replace(",", ""))


def _is_share(text: str, start: int, end: int) -> bool:
    """Whether a number has a percentage of its own before the next number of its kind."""
    behind = text[start:end]
    percent, stop = (
        behind.find("%"),
        min((at for mark in "、；;。" if (at := behind.find(mark)) >= 0), default=-1),
    )
    return percent >= 0 and (stop < 0 or percent < stop)


def _wrong(part: Decimal, wholes: set[Decimal]) -> tuple[Decimal, bool]:
    return round(part * _HUNDRED / next(iter(wholes)), 2), False


def _change(_view: TextView, match: Match) -> tuple[Decimal, bool] | None:
    now, then, rate = _number(match, "now"), _number(match, "then"), _number(match, "rate")
    if not then:
        return None
    change = (now - then) * _HUNDRED / then
    down = bool(match.groupdict().get("down"))
    expected = -change if down else change
    return round(expected, 2), abs(expected - rate) < _step(rate)


def _check_percentage(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for name, groups in (("shares", ("part", "unit", "rate")), ("changes", ("now", "then", "rate"))):
        for source in options[name]:
            missing = [group for group in groups if group not in compile_pattern(source).groups]
            if missing:
                yield f"{name} 的“{source}”里要用 (?P<{missing[0]}>…) 标出"


KIND: Final = Kind(
    title="百分比核算",
    about="同一句里的占比、增减百分比与句中的数算出来的相符。",
    compile=compile_percentage,
    options=options_schema(
        ("where", "shares", "changes"),
        where=SCOPE,
        shares={**PATTERNS, "description": "占比：用 part、unit、rate 分组"},
        changes={**PATTERNS, "description": "增减：用 now、then、rate、down 分组"},
        unless=UNLESS_OVERLAPPING,
    ),
    evidence=("rate", "expected"),
    variants=("share", "change"),
    check=_check_percentage,
    words={"shares": "占比的写法", "changes": "增减的写法"},
    skeleton=r"""
title: 占比与数字相符
check: {where: 正文, shares: ['(?P<part>[0-9]+)(?P<unit>件)，占(?P<rate>[0-9]+)%'], changes: ['(?P<now>[0-9]+)件，比上年(?P<then>[0-9]+)件增长(?P<rate>[0-9]+)%']}
message: 写的是 {rate}%，应是 {expected}%
examples:
  - {name: 相符, expect: pass, given: {text: {1: 共12件，其中自然人9件，占75%。}}}
  - {name: 不符, expect: fail, given: {text: {1: 共12件，其中自然人9件，占85%。}}, findings: [{place: 第一部分, evidence: {rate: "85"}}]}
""",
)
