"""Two checks of one kind compared: do their bounds exclude each other, does one include the other?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from checker.judging.language.days import day_of
from checker.judging.rules import Check

_LOWER: Final = ("at_least", "earliest")
_UPPER: Final = ("at_most", "latest")
_MORE_IS_STRICTER: Final = {
    "forbidden_pattern": ("patterns",),
    "mentions": ("topics",),
    "required": ("fields",),
    "allowed_values": ("rows", "columns"),
    "number_type": (),
    "balanced": ("pairs",),
}
"""For each kind the options of which a longer list asks for more."""
_YEAR: Final = 2024
_RELATIVE: Final = re.compile(r"年度([+-][0-9]+)?")


def conflict(one: Check, other: Check) -> str | None:
    """Chinese phrase on bounds that nothing can meet, None if there are none.

    The checks must look at the same things; options that say where to look must be equal, or overlap
    where they are lists.
    """
    if one.kind != other.kind or not _same_subject(one.options, other.options):
        return None
    for low, high in zip(_LOWER, _UPPER, strict=True):
        for lower, upper in ((one.options, other.options), (other.options, one.options)):
            if low in lower and high in upper and _amount(lower[low]) > _amount(upper[high]):
                return f"要求不少于（不早于）{lower[low]}，又要求不多于（不晚于）{upper[high]}"
    return None


def _same_subject(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    for name in {*one, *other} - {*_LOWER, *_UPPER}:
        mine, yours = one.get(name), other.get(name)
        if mine == yours:
            continue
        if name not in ("rows", "columns", "fields") or not _share(mine, yours):
            return False
    return True


def _share(one: list[str] | None, other: list[str] | None) -> bool:
    """Whether two lists have something in common; a missing list stands for everything."""
    return one is None or other is None or bool(set(one) & set(other))


def includes(looser: Check, stricter: Check) -> bool:
    """Whether whatever breaks `looser` also breaks `stricter`, so that `looser` adds nothing."""
    if looser.kind != stricter.kind or looser.options == stricter.options:
        return False
    return all(_no_stricter(looser, stricter, name) for name in {*looser.options, *stricter.options})


def _no_stricter(looser: Check, stricter: Check, name: str) -> bool:
    mine, yours = looser.options.get(name), stricter.options.get(name)
    if mine == yours:
        return True
    if name in _LOWER:
        return mine is None or (yours is not None and _amount(mine) <= _amount(yours))
    if name in _UPPER:
        return mine is None or (yours is not None and _amount(mine) >= _amount(yours))
    if name not in _MORE_IS_STRICTER.get(looser.kind, ()):
        return False
    if name in ("rows", "columns") and yours is None:
        return True
    return mine is not None and yours is not None and all(entry in yours for entry in mine)


def _amount(bound: int | str) -> Decimal:
    """A bound as a number; days and years relative to the report's year count from any one year."""
    text = str(bound)
    relative = _RELATIVE.fullmatch(text)
    if relative:
        return Decimal(_YEAR + int(relative[1] or 0))
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal(day_of(text, _YEAR).toordinal())
