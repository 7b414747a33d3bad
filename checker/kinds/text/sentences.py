"""Sentences as kinds cut and tell them."""

from __future__ import annotations

from typing import Final

from checker.judging.language.scope import TextView
from checker.kinds.kind import Options

SENTENCE_STOPS: Final = "。；！？\n"


def is_needed(view: TextView, options: Options) -> bool:
    """Whether there is anything to check: one of `needs` occurs, or nothing is needed."""
    return "needs" not in options or any(view.matches(options["needs"]))


def shortened(text: str, length: int = 40) -> str:
    """The text, cut with an ellipsis where it is longer than that many characters."""
    return text if len(text) <= length else text[: length - 1] + "…"
