"""The words of a finding: templates of rule files filled in with what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from checker.model.place import Place, Scalar
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
    }


_PLACEHOLDER: Final = compile_later(r"\{(\w+)\}")


def fill(template: str, words: Mapping[str, Scalar]) -> str:
    """A message with its placeholders filled in; an unknown value becomes 未知."""

    def word(match: re.Match[str]) -> str:
        value = words.get(match[1])
        if value is None:
            return "未知"
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    return _PLACEHOLDER.sub(word, template)
