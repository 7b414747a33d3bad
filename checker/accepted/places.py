"""Places in an exceptions file: by key or as people call them, in the names of the report that the rule is for."""

from __future__ import annotations

import re
from typing import Final

from checker.judging.rules import Rulebook
from checker.rulebook.load.called import CalledNames
from checker.rulebook.places import place_fault

_FINGERPRINT: Final = re.compile(r"[0-9a-f]{16}")


class WrittenPlaces:
    """What the places of entries stand for; each is worked out once, for a long file names the same ones again.

    Args:
        rulebook: all rules.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._names: dict[str, CalledNames] = {}
        self._faults: dict[str, str | None] = {}

    def key(self, rule_id: str, written: str) -> str:
        """The place without spaces and with keys in it; what is no place stays as it is written.

        Args:
            rule_id: the rule of the entry, which may be unknown.
            written: the place.
        """
        place = written.replace(" ", "")
        if place.isascii() or rule_id not in self.rulebook.rules:
            return place
        for kind in self.rulebook.rules[rule_id].kinds:
            key = self._names_of(kind).place(place).replace(" ", "")
            if key != place:
                return key
        return place

    def fault(self, key: str) -> str | None:
        """What is wrong with a place, a Chinese sentence; None if it is one, or a fingerprint."""
        if key not in self._faults:
            self._faults[key] = (
                None
                if _FINGERPRINT.fullmatch(key)
                else place_fault(key, self.rulebook.forms, also="，或问题的指纹")
            )
        return self._faults[key]

    def _names_of(self, kind: str) -> CalledNames:
        if kind not in self._names:
            language = self.rulebook.languages[kind]
            titles = {key: title for key, (title, _) in language.fields.items()}
            self._names[kind] = CalledNames(language.forms.values(), titles)
        return self._names[kind]
