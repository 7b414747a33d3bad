"""All cases by name."""

from __future__ import annotations

from functools import cache

from . import everywhere, growth, machine, packages, page, relatives, sheet, text, unseen, web, word
from .case import Case


@cache
def corpus() -> dict[str, Case]:
    """Every case.

    Raises:
        ValueError: two cases have one name.
    """
    found: dict[str, Case] = {}
    for module in (everywhere, text, word, unseen, web, sheet, page, packages, machine, relatives, growth):
        for case in module.cases():
            if case.name in found:
                raise ValueError(f"two cases {case.name}")
            found[case.name] = case
    return found
