"""Help texts in Chinese: click's headings are English, and it counts a Chinese character as one column."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from checker.startup.lazy_re import compile_later
from checker.writers.shared.text_cells import pad, width, wrap

if TYPE_CHECKING:
    import re

_HEADINGS: Final = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
_EXTRAS: Final = compile_later(
    r"  \[(?:(?P<least>[0-9]+)<=x<=(?P<most>[0-9]+)|x>=(?P<from>[0-9]+)|required)(?:; required)?\]$"
)
"""What click adds to the help of an option; what the option is for says the rest."""
_FIRST_COLUMN: Final = 30
_GAP: Final = 2


class ChineseHelp(click.HelpFormatter):
    """Writes usage, headings and lists of options so that they line up on a terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002  # click's signature
        """The usage line."""
        self.write(f"用法：{prog} {args}\n")

    @contextmanager
    def section(self, name: str) -> Generator[None]:
        """A section under a heading."""
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = _FIRST_COLUMN,
        col_spacing: int = _GAP,
    ) -> None:
        """A list of terms with their descriptions, wrapped at the terminal's width."""
        rows = list(rows)
        column = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        lead = " " * self.current_indent
        room = max(20, self.width - self.current_indent - column)
        for term, described in rows:
            text = _EXTRAS.sub(_extra_words, described)
            lines = [text[start:end] for start, end in wrap(text, room, room)] or [""]
            if width(term) > column - col_spacing:
                self.write(f"{lead}{term}\n")
                self.write(f"{lead}{' ' * column}{lines[0]}\n")
            else:
                self.write(f"{lead}{pad(term, column)}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{lead}{' ' * column}{line}\n")


def _extra_words(found: re.Match[str]) -> str:
    if found["most"]:
        return f"（{found['least']} 到 {found['most']}）"
    return f"（不小于 {found['from']}）" if found["from"] else "（必填）"
