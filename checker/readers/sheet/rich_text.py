"""Texts of cells in XLSX, whose runs may look differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE, PLAIN, Look
from checker.startup.records import replace

RICH_TEXT: Final = frozenset(("r", "strike", "sz", "vertAlign", "t", "rPh"))
"""Elements that a `RichText` takes."""
_TOO_SMALL: Final = frozenset(("0", "0.5", "1"))
"""Points of letters that nobody sees."""


def changed_look(look: Look, name: str, attributes: Mapping[str, str]) -> Look:
    """A look with one more property of a font: `strike`, `sz` or `vertAlign`."""
    value = attributes.get("val")
    if name == "sz":
        return replace(look, hidden=True) if value in _TOO_SMALL else look
    if name == "strike":
        return replace(look, hidden=value not in ("0", "false"))
    return replace(look, place={"superscript": ABOVE, "subscript": BELOW}.get(value or "", ON_LINE))


class RichText:
    """Collects one text, run by run; readings in small print above it (`rPh`) are left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._look = PLAIN
        self._open = {"t": 0, "rPh": 0}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """The start of one of the `RICH_TEXT` elements."""
        if name in self._open:
            self._open[name] += 1
        elif name == "r":
            self._look = PLAIN
        else:
            self._look = changed_look(self._look, name, attributes)

    def end(self, name: str) -> None:
        """The end of any element."""
        if name in self._open:
            self._open[name] -= 1

    def text(self, text: str) -> None:
        """Characters between elements."""
        if self._open["t"] and not self._open["rPh"]:
            self._pieces.append(self._look.shown(text))

    def take(self) -> str:
        """The whole text; what comes next is another one."""
        whole = "".join(self._pieces)
        self._pieces.clear()
        self._look = PLAIN
        return whole
