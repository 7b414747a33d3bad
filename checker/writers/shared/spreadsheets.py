"""Text that a spreadsheet must not take for a formula."""

from __future__ import annotations

from typing import Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(_FORMULA_STARTS)


def unformulaic(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet could run it when it opens a CSV file."""
    return f"'{text}" if looks_like_formula(text) else text
