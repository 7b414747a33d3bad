"""Sentences, and what stands in them as a name."""

from __future__ import annotations

from typing import Final

from checker.judging.language.scope import TextView
from checker.kinds.kind import Options
from checker.startup.lazy_re import compile_later

SENTENCE_STOPS: Final = "。；！？\n"
_BOOK_TITLE: Final = compile_later(r"《[^《》\n]*》")
HIDDEN: Final = "〓"


def without_book_titles(text: str) -> str:
    """Book titles made unreadable, length kept."""
    return _BOOK_TITLE.sub(lambda match: HIDDEN * len(match[0]), text)


def is_needed(view: TextView, options: Options) -> bool:
    """Whether there is anything to check: one of `needs` occurs, or nothing is needed."""
    return "needs" not in options or any(view.matches(options["needs"]))


def shortened(text: str, length: int = 40) -> str:
    """The text, cut with an ellipsis where it is longer than that many characters."""
    return text if len(text) <= length else text[: length - 1] + "…"
