"""The words of a finding: templates of rule files filled in with what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from checker.model.forms import Form
from checker.model.numerals import numeral
from checker.model.place import OneOrMany, Place, Scalar
from checker.model.report import Report
from checker.startup.lazy_re import compile_later

_UNKNOWN_YEAR: Final = "××××"


def standard_words(report: Report, place: Place) -> dict[str, Scalar]:
    """What any message about a report may say."""
    year = report.identity.year
    return {
        "agency": report.identity.agency or "本单位",
        "year": year if year is not None else _UNKNOWN_YEAR,
        "next_year": year + 1 if year is not None else _UNKNOWN_YEAR,
        "excerpt": place.excerpt,
        **form_words(report.form),
    }


STANDARD_WORDS: Final = ("agency", "year", "next_year", "excerpt")
"""Names that every message about a report may use, besides those of `form_words`."""


def form_words(form: Form) -> dict[str, Scalar]:
    """What a form tells of itself, each in figures and, with `_zh` behind its name, in Chinese."""
    with_table = [number for number, section in enumerate(form.sections, 1) if section.table]
    return {
        **in_figures_and_words("section_count", len(form.sections)),
        **in_figures_and_words("table_count", len(form.tables)),
        **in_figures_and_words("table_sections", *with_table),
    }


def in_figures_and_words(name: str, *numbers: int | Decimal) -> dict[str, Scalar]:
    """A number under its name in figures and under `…_zh` in Chinese; several stand in a row."""
    return {name: "、".join(map(str, numbers)), f"{name}_zh": "、".join(map(_in_words, numbers))}


def _in_words(number: int | Decimal) -> str:
    """十五 for 15, 一点五 for 1.5; figures beyond 99."""
    whole, point, decimals = str(number).partition(".")
    if point:
        return f"{_in_words(int(whole))}点{''.join(numeral(int(digit)) for digit in decimals)}"
    number = int(whole)
    tens, ones = divmod(number, 10)
    if not 10 < number < 100:  # noqa: PLR2004  # two digits
        return numeral(number)
    return (numeral(tens) if tens > 1 else "") + "十" + (numeral(ones) if ones else "")


_PLACEHOLDER: Final = compile_later(r"\{(\w+)\}")


_LISTED: Final = 12
"""How many entries of a list a message names; the evidence has them all."""


def fill(template: str, words: Mapping[str, OneOrMany]) -> str:
    """A message with its placeholders filled in; an unknown value becomes 未知, a list its first entries."""

    def word(match: re.Match[str]) -> str:
        value = words.get(match[1])
        if not isinstance(value, tuple):
            return _word(value)
        shown = "、".join(map(_word, value[:_LISTED]))
        return shown if len(value) <= _LISTED else f"{shown}等 {len(value)} 个"

    return _PLACEHOLDER.sub(word, template)


def _word(value: Scalar) -> str:
    if value is None:
        return "未知"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def fill_known(template: str, words: Mapping[str, Scalar]) -> str:
    """A message with those placeholders filled in whose value is known already."""
    return _PLACEHOLDER.sub(lambda match: str(words.get(match[1], match[0])), template)
