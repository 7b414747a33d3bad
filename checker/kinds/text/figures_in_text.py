"""Kinds about figures that the text itself must make agree: parts and totals, shares, the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from checker.judging.language.scope import TextView
from checker.kinds.base import (
    PATTERN,
    PATTERNS,
    SCOPE,
    WORDS,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    options_schema,
)
from checker.kinds.text.claims import (
    AGREES,
    CONTRADICTS,
    QUANTITIES,
    cell_sum,
    compare,
    in_unit,
    reading_words,
)
from checker.kinds.text.claims import Reading as _Reading
from checker.model.findings import Related, Scalar
from checker.model.forms import Form
from checker.model.report import Claim
from checker.patterns.pattern import Match, compile_pattern
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import dataclass
from checker.understand.claims.vocabulary import UNSURE

_NUMBER: Final = compile_later(
    rf"(?<![0-9.A-Za-z-])(?<!〔)(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?![0-9.]*{one_of('%年月日号')})"
)
_FEWEST_PARTS: Final = 2
_HUNDRED: Final = 100


def _contradicted(subject: Subject) -> list[Claim]:
    """Claims that the tables contradict: what follows from them is told with them."""
    return [
        claim
        for claim in subject.claims
        if claim.confidence != UNSURE and compare(subject, claim).state == CONTRADICTS
    ]


def _told_elsewhere(view: TextView, start: int, end: int, claims: Sequence[Claim]) -> bool:
    text, offset = view.text_at(start)
    return any(claim.text is text and start - offset <= claim.start < end - offset for claim in claims)


@dataclass(frozen=True, slots=True)
class _Part:
    """A number with its label in an enumeration; offsets count the view's characters."""

    start: int
    end: int
    label: str
    number: int


def judge_enumeration(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Parts that are enumerated completely add up to the total in front; no part exceeds it.

    An enumeration is complete if one of `closed` introduces it, or one of `open` does and its last part is
    one of `rest`; not if one of `unfinished` follows. Variants: `sum`, `part`.
    """
    view = subject.view(options["where"])
    contradicted = _contradicted(subject)
    units = "|".join(sorted(options["units"], key=len, reverse=True))
    total = compile_pattern(
        rf"(?P<total>[0-9][0-9,]*)(?P<unit>{units})[，,：:]?[（(]?(?:(?P<closed>{options['closed']})|(?P<open>{options['open']}))"
    )
    found = False
    for match in total.finditer(view.text):
        parts = _parts(view, match, options)
        if not parts:
            continue
        found = True
        if _told_elsewhere(view, match.start(), parts[-1].end, contradicted):
            yield Unjudged("这一句的数与表格不符，另有说明")
            continue
        yield _weighed(view, match, parts, options)
    if not found:
        raise CannotJudge("正文没有逐项列举的数")


def _parts(view: TextView, match: Match, options: Options) -> list[_Part]:
    """The enumerated parts, empty where it is no plain enumeration."""
    text, before = view.text, view.text[max(0, match.start() - 2) : match.start()]
    if any(word in before for word in options["hedges"]):
        return []
    words = match.group() or ""
    bracket = max(map(words.rfind, "（(")) > max(map(words.rfind, "）)"))  # one that is still open
    stops = "。；！？\n" + ("）)" if bracket else "")
    ends = [end for stop in stops if (end := text.find(stop, match.end())) >= 0]
    tail = text[match.end() : min(ends, default=len(text))]
    if compile_pattern(options["nested"]).search(tail):
        return []
    parts: list[_Part] = []
    position = 0
    for number in _NUMBER.finditer(tail):
        rest = tail[number.end() :]
        unit = match.group("unit") or ""
        if not rest.startswith(unit) or any(
            rest[len(unit) :].startswith(word) for word in options["not_counted"]
        ):
            return []
        label = tail[position : number.start()].rstrip("，、,：:")
        if any(label.endswith(word) for word in options["hedges"]):
            return []
        position = number.end() + len(unit)
        start = match.end() + number.start()
        parts.append(_Part(start, match.end() + number.end(), label, int(number[0].replace(",", ""))))
    finished = not compile_pattern(options["unfinished"]).search(tail[position:])
    return parts if finished else []


def _weighed(view: TextView, match: Match, parts: list[_Part], options: Options) -> Judgement:
    total = int((match.group("total") or "").replace(",", ""))
    place = view.place(match.start("total"), match.end("total"))
    related = tuple(Related(view.place(part.start, part.end), part.number) for part in parts)
    evidence: dict[str, Scalar] = {
        "total": total,
        "sum": sum(part.number for part in parts),
        "parts": "＋".join(str(part.number) for part in parts),
        "unit": match.group("unit"),
    }
    largest = max(part.number for part in parts)
    if largest > total:
        return Breach(place, {**evidence, "part": largest}, "part", related)
    complete = match.group("closed") is not None or compile_pattern(options["rest"]).search(parts[-1].label)
    if complete and len(parts) >= _FEWEST_PARTS and evidence["sum"] != total:
        return Breach(place, evidence, "sum", related)
    return None


def judge_percentage(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Shares and rates of change agree with the numbers in the same sentence, to the digits written.

    `shares` have groups `part`, `unit` and `rate`: the total is a larger number of that unit before it.
    `changes` have groups `now`, `then`, `rate` and, for a decrease, `down`. Variants: `share`, `change`.
    """
    view = subject.view(options["where"])
    contradicted = _contradicted(subject)
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
            elif _told_elsewhere(view, match.start(), match.end(), contradicted):
                yield Unjudged("这一句的数与表格不符，另有说明")
            else:
                evidence: dict[str, Scalar] = {"rate": match.group("rate"), "expected": expected}
                yield Breach(view.place(match.start("rate"), match.end("rate")), evidence, variant)
    if not found:
        raise CannotJudge("正文没有能核算的百分比")


def _number(match: Match, group: str) -> Decimal:
    return Decimal((match.group(group) or "0").replace(",", ""))


def _step(rate: Decimal) -> Decimal:
    """One unit of the last digit written: rounding and cutting off are both fine."""
    exponent = rate.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _share(view: TextView, match: Match) -> tuple[Decimal, bool] | None:
    """The share as it should be, and whether the written one fits; None if the total is not certain."""
    part, rate, unit = _number(match, "part"), _number(match, "rate"), match.group("unit") or ""
    start = max(view.text.rfind(stop, 0, match.start()) for stop in "。！？\n") + 1
    before = view.text[start : match.start("part")]
    totals = {
        Decimal(number[0].replace(",", ""))
        for number in _NUMBER.finditer(before)
        if before[number.end() :].startswith(unit)
    }
    totals = {total for total in totals if total >= part and total}
    if not totals:
        return None
    shares = sorted(part * _HUNDRED / total for total in totals)
    if any(abs(share - rate) < _step(rate) for share in shares):
        return rate, True
    return (round(shares[0], 2), False) if len(shares) == 1 else None


def _change(_view: TextView, match: Match) -> tuple[Decimal, bool] | None:
    now, then, rate = _number(match, "now"), _number(match, "then"), _number(match, "rate")
    if not then:
        return None
    change = (now - then) * _HUNDRED / then
    down = bool(match.groupdict().get("down"))
    expected = -change if down else change
    return round(expected, 2), abs(expected - rate) < _step(rate)


def judge_same_quantity(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The same quantity told in two places has the same number; what the tables decide is left to them."""
    vocabulary = subject.language.claim_vocabulary
    told: dict[tuple[str, ...], list[Claim]] = {}
    for claim in subject.claims:
        if (
            claim.confidence != UNSURE
            and not claim.part
            and set(claim.quantities) <= set(options["quantities"])
        ):
            told.setdefault(claim.quantities, []).append(claim)
    if not told:
        raise CannotJudge("正文没有写这些数")
    for quantities, claims in told.items():
        states = {compare(subject, claim).state for claim in claims}
        if states & {AGREES, CONTRADICTS}:
            yield None
            continue
        unit = vocabulary.quantities[quantities[0]].unit
        values = [in_unit(subject, claim, unit) for claim in claims]
        other = next((index for index, value in enumerate(values) if value != values[0]), None)
        if other is None:
            yield None
            continue
        first, second = claims[0], claims[other]
        evidence: dict[str, Scalar] = {
            "title": first.title,
            "first": f"{first.number} {first.unit}".strip(),
            "second": f"{second.number} {second.unit}".strip(),
        }
        yield Breach(second.place(), evidence, related=(Related(first.place(), first.number),))


def judge_claim_limit(subject: Subject, options: Options) -> Iterator[Judgement]:
    """A figure in the text does not exceed the cells that include it."""
    vocabulary = subject.language.claim_vocabulary
    claims = [
        claim
        for claim in subject.claims
        if claim.confidence != UNSURE and claim.quantities[0] in options["quantities"]
    ]
    if not claims:
        raise CannotJudge("正文没有写这些数")
    for claim in claims:
        quantity = vocabulary.quantities[claim.quantities[0]]
        if not claim.number:
            yield None
            continue
        number = in_unit(subject, claim, quantity.unit)
        for cells in quantity.at_most:
            value = cell_sum(subject, cells)
            if isinstance(value, str):
                yield Unjudged(value)
            elif value is None:
                yield Unjudged("格式里没有对应的格子")
            elif number > value:
                related = [
                    Related(subject.report.tables[key].place(row, column), value)
                    for key, row, column in cells
                ]
                evidence: dict[str, Scalar] = {
                    "title": claim.title,
                    "told": f"{claim.number} {claim.unit}".strip(),
                    "cells": reading_words(subject, _Reading(cells, value)),
                }
                yield Breach(claim.place(), evidence, related=tuple(related))
            else:
                yield None


def judge_coincidence(subject: Subject, options: Options) -> Iterator[Judgement]:
    """A figure in the text that counts something else is not the very number of the table."""
    claims = [
        claim for claim in subject.claims if claim.quantities[0] in options["quantities"] and claim.number
    ]
    if not claims:
        raise CannotJudge("正文没有写这些数")
    for claim in claims:
        compared = compare(subject, claim)
        if compared.state == AGREES:
            reading = compared.readings[0]
            evidence: dict[str, Scalar] = {
                "title": claim.title,
                "told": f"{claim.number} {claim.unit}".strip(),
                "cells": reading_words(subject, reading),
            }
            yield Breach(claim.place(), evidence)
        else:
            yield None


def _check_percentage(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for name, groups in (("shares", ("part", "unit", "rate")), ("changes", ("now", "then", "rate"))):
        for source in options[name]:
            missing = [group for group in groups if group not in compile_pattern(source).groups]
            if missing:
                yield f"{name} 的“{source}”里要用 (?P<{missing[0]}>…) 标出"


ENUMERATION: Final = Kind(
    judge_enumeration,
    "分项与总数",
    options_schema(
        ("where", "units", "closed", "open", "rest", "nested", "unfinished", "hedges", "not_counted"),
        where=SCOPE,
        units={**WORDS, "description": "量词"},
        closed={**PATTERN, "description": "引出全部分项的词"},
        open={**PATTERN, "description": "可能只引出一部分的词"},
        rest={**PATTERN, "description": "最后一项是这些时，算列全了"},
        nested={**PATTERN, "description": "分项里出现这些时不判"},
        unfinished={**PATTERN, "description": "末尾有这些时没有列全"},
        hedges={**WORDS, "description": "表示约数的词"},
        not_counted={**WORDS, "description": "跟在量词后面、说明数的是别的东西"},
    ),
    ("total", "sum", "parts", "unit", "part"),
    ("sum", "part"),
)
PERCENTAGE: Final = Kind(
    judge_percentage,
    "百分比核算",
    options_schema(
        ("where", "shares", "changes"),
        where=SCOPE,
        shares={**PATTERNS, "description": "占比：用 part、unit、rate 分组"},
        changes={**PATTERNS, "description": "增减：用 now、then、rate、down 分组"},
        unless=PATTERNS,
    ),
    ("rate", "expected"),
    ("share", "change"),
    check=_check_percentage,
)
SAME_QUANTITY: Final = Kind(
    judge_same_quantity,
    "同一个数两处一致",
    options_schema(("quantities",), quantities=QUANTITIES),
    ("title", "first", "second"),
)
CLAIM_LIMIT: Final = Kind(
    judge_claim_limit,
    "正文的数不超过表格",
    options_schema(("quantities",), quantities=QUANTITIES),
    ("title", "told", "cells"),
)
COINCIDENCE: Final = Kind(
    judge_coincidence,
    "不同口径的数恰好相同",
    options_schema(("quantities",), quantities=QUANTITIES),
    ("title", "told", "cells"),
)
