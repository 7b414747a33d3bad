"""Texts of letters name no other listed unit, whatever a finding says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.bodies import Unit

_SOMEBODY: Final = "另一单位"


class Discretion:
    """Takes the names of other units out of texts.

    Args:
        units: the list.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self._owners: dict[str, str] = {}
        for unit in units:
            for name in (*unit.aliases, unit.name):
                self._owners[name] = unit.name
        self._lengths: dict[str, list[int]] = {}
        for name in self._owners:
            self._lengths.setdefault(name[:1], []).append(len(name))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def text_for(self, reader: str, text: str) -> str:
        """The text as it may stand in a letter.

        Args:
            reader: name of the unit that gets the letter; its own names stay.
            text: any text. Of names that overlap the longest counts.
        """
        pieces: list[str] = []
        position = 0
        while position < len(text):
            name = self._name_at(text, position)
            if name is None:
                pieces.append(text[position])
                position += 1
            else:
                pieces.append(name if self._owners[name] == reader else _SOMEBODY)
                position += len(name)
        return "".join(pieces)

    def _name_at(self, text: str, position: int) -> str | None:
        for length in self._lengths.get(text[position], ()):
            name = text[position : position + length]
            if name in self._owners:
                return name
        return None
