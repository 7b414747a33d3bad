"""Kinds about what the text says of the year before: the figures it quotes, the changes it computes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.figures import Figures, Years
from checker.kinds.base import (
    PATTERNS,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    options_schema,
)
from checker.kinds.tables.tables import Amount, plain
from checker.kinds.years.years import years_of
from checker.model.findings import Related, Scalar
from checker.model.forms import Form
from checker.model.report import Claim
from checker.patterns.pattern import Match, compile_pattern
from checker.understand.claims.vocabulary import UNSURE, CellSum

_HUNDRED: Final = 100


def judge_quoted_figure(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Figures that the text quotes from last year agree with last year's report.

    They are those of sentences that name last year, and those that `patterns` find right behind a figure of
    this year: group `then` is the figure, group `year`, if there is one, must be last year.
    """
    years = years_of(subject)
    last_year = years.previous.identity.year
    compared = False
    for claim in subject.claims:
        if claim.year == last_year and not claim.part:
            quoted = [(claim.number, claim.start, claim.end)]
        elif claim.confidence != UNSURE and claim.year in (None, years.own.identity.year):
            quoted = [
                (Decimal((match.group("then") or "").replace(",", "")), start, end)
                for match, start, end in _behind(claim, options["patterns"], "then")
                if match.groupdict().get("year") in (None, str(last_year))
            ]
        else:
            continue
        values = _values(subject, years.previous, claim)
        for number, start, end in quoted if values else []:
            compared = True
            yield None if number in values else _misquoted(claim, number, (start, end), values, years)
    if not compared:
        raise CannotJudge("正文没有引用上一年的数")


def _misquoted(
    claim: Claim, number: Amount, span: tuple[int, int], values: Mapping[Amount, CellSum], years: Years
) -> Breach:
    value, cells = next(iter(values.items()))
    evidence: dict[str, Scalar] = {
        "title": claim.title,
        "told": number,
        "last": value,
        "last_year": years.previous.identity.year,
    }
    related = tuple(
        Related(years.previous.place(*cell), years.previous.value(cell[0], cell[1:])) for cell in cells
    )
    return Breach(claim.text.place(*span), evidence, related=related)


def judge_change_rate(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Changes in per cent that the text computes agree with last year's report.

    `patterns` stand right behind a figure of this year: group `rate` is the percentage, `down` is there for a
    decrease. The rate may be off by `tolerance` percentage points, and by its last digit.
    """
    years = years_of(subject)
    compared = False
    for claim in subject.claims:
        if claim.confidence == UNSURE or claim.year not in (None, years.own.identity.year):
            continue
        values = {value: cells for value, cells in _values(subject, years.previous, claim).items() if value}
        for match, start, end in _behind(claim, options["patterns"], "rate") if values else ():
            compared = True
            rate = Decimal(match.group("rate") or "0")
            told = -rate if match.groupdict().get("down") else rate
            slack = Decimal(str(options["tolerance"])) + _last_digit(rate)
            rates = [(Decimal(claim.number) - value) * _HUNDRED / value for value in values]
            if any(abs(expected - told) <= slack for expected in rates):
                yield None
                continue
            evidence: dict[str, Scalar] = {
                "title": claim.title,
                "number": claim.number,
                "rate": f"{'下降' if told < 0 else '增长'} {plain(rate)}%",
                "expected": f"{'下降' if rates[0] < 0 else '增长'} {plain(abs(round(rates[0], 1)))}%",
                "last": next(iter(values)),
                "last_year": years.previous.identity.year,
            }
            yield Breach(claim.text.place(start, end), evidence)
    if not compared:
        raise CannotJudge("正文没有写与上一年相比的百分比")


def _last_digit(rate: Decimal) -> Decimal:
    exponent = rate.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _behind(claim: Claim, patterns: list[str], group: str) -> Iterator[tuple[Match, int, int]]:
    """The first match that begins where the claim's number ends, with the offsets of a group of it."""
    tail = claim.text.squeezed.text[claim.end : claim.sentence[1]]
    for source in patterns:
        match = compile_pattern(source).search(tail)
        if match and match.start() == 0:
            yield match, claim.end + match.start(group), claim.end + match.end(group)
            return


def _values(subject: Subject, figures: Figures, claim: Claim) -> dict[Amount, CellSum]:
    """What a claim's quantity may be in another report, the likeliest first; empty if it is not known."""
    if len(claim.quantities) != 1:
        return {}
    values: dict[Amount, CellSum] = {}
    for cells in subject.language.claim_vocabulary.quantities[claim.quantities[0]].equals:
        parts = [figures.value(table, (row, column)) for table, row, column in cells]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            values.setdefault(sum(known, start=0), cells)
    return values


def _check_groups(group: str, options: Options) -> Iterator[str]:
    for source in options["patterns"]:
        if group not in compile_pattern(source).groups:
            yield f"“{source}”里要用 (?P<{group}>…) 标出"


def _check_quoted_figure(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    """Patterns without the figure."""
    return _check_groups("then", options)


def _check_change_rate(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    """Patterns without the percentage."""
    return _check_groups("rate", options)


QUOTED_FIGURE: Final = Kind(
    judge_quoted_figure,
    "引用的上年数",
    options_schema(
        ("patterns",), patterns={**PATTERNS, "description": "紧跟在本年的数后面；分组 then 是上年的数"}
    ),
    ("title", "told", "last", "last_year"),
    check=_check_quoted_figure,
)
CHANGE_RATE: Final = Kind(
    judge_change_rate,
    "同比",
    options_schema(
        ("patterns", "tolerance"),
        patterns={**PATTERNS, "description": "紧跟在本年的数后面；分组 rate 是百分比，下降时有分组 down"},
        tolerance={
            "type": ["integer", "string"],
            "pattern": r"^[0-9]+(\.[0-9]+)?$",
            "description": "容许差几个百分点",
        },
    ),
    ("title", "number", "rate", "expected", "last", "last_year"),
    check=_check_change_rate,
)
