"""Answers that are ticked: `☑是 □否`, as forms print them and people fill them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.numerals import NO_WIDTH, half_width

_TICKED: Final = frozenset("☑☒✓✔√■●◉⊙▣✅\uf052\uf0fe\uf0fd\uf0fc")
"""Ticked boxes and ticks; the last four are those of the fonts Wingdings and Wingdings 2."""
_EMPTY: Final = frozenset("□☐○◯◻▢⬜\uf0a8\uf06f\uf02a\uf0a3")
"""Boxes that are not ticked, likewise."""
_NOISE: Final = dict.fromkeys(map(ord, f"{NO_WIDTH}()（）[]【】"))


def ticked(text: str, options: Sequence[str]) -> tuple[str, ...] | None:
    """The options that are ticked, in the order of the form.

    An option counts if a tick stands before it, or behind it where no box stands before; without any marks
    the text itself must name options. Whatever else is written, such as what 其他 stands for, is passed over.

    Args:
        text: text of the cell.
        options: what may be ticked.

    Returns:
        Nothing for boxes of which none is ticked; None for a text that is no such answer.
    """
    plain = "".join(half_width(text).translate(_NOISE).split())
    marks = _TICKED | _EMPTY
    if not any(character in marks for character in plain):
        named = [option for option in options if option in _words(plain)]
        return tuple(named) if named and not _rest(plain, named) else None
    found: list[str] = []
    known = 0
    for option in options:
        at = plain.find(option)
        # 是 is part of 是否; an option begins behind a mark, or at the beginning of the text.
        while (
            at > 0
            and plain[at - 1] not in marks
            and plain[at + len(option) : at + len(option) + 1] not in marks
        ):
            at = plain.find(option, at + 1)
        if at < 0:
            continue
        known += 1
        before, behind = plain[at - 1 : at], plain[at + len(option) : at + len(option) + 1]
        if before in _TICKED or (before not in _EMPTY and behind in _TICKED and _is_last(plain, at, option)):
            found.append(option)
    return tuple(found) if known else None


def _is_last(plain: str, at: int, option: str) -> bool:
    """Whether a mark behind an option is its own: no further word follows it."""
    follows = plain[at + len(option) + 1 :]
    return not follows or follows[0] in _TICKED | _EMPTY


_BETWEEN: Final = "、，,；;/和"


def _words(plain: str) -> list[str]:
    for sign in _BETWEEN:
        plain = plain.replace(sign, "\n")
    return plain.split("\n")


def _rest(plain: str, named: Sequence[str]) -> list[str]:
    """Words of a text that are no options."""
    return [word for word in _words(plain) if word and word not in named]
