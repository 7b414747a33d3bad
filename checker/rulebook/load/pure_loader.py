"""PyYAML's loader that is written in Python, reading what libyaml reads: a rule file means the same everywhere.

Where PyYAML comes without libyaml, its own scanner refuses question marks in words inside brackets
(`[接收到?]`) and tabs between words, and takes `{a:[1]}`, which libyaml refuses.
"""

from __future__ import annotations

from typing import Any, Final

import yaml
from yaml.scanner import ScannerError

_FLOW_SIGNS: Final = ",?[]{}"
_LETTER: Final = "x"


class PureLoader(yaml.SafeLoader):
    """What is looked at is told to the scanner as what libyaml takes it for; the text itself stays as it is."""

    def __init__(self, stream: str) -> None:
        self._in_word = self._between_words = False
        super().__init__(stream)

    def peek(self, index: int = 0) -> str:
        """The next character but `index`, or one that the scanner treats as libyaml treats that."""
        character: str = super().peek(index)
        if character == "?" and self._in_word and self.flow_level:
            return _LETTER
        if character == "\t" and (self._in_word or self._blank_may_be_a_tab()):
            return " "
        return character

    def _blank_may_be_a_tab(self) -> bool:
        return self._between_words and bool(self.flow_level or not self.allow_simple_key)

    def scan_to_next_token(self) -> None:
        """Pass over blanks and comments."""
        self._between_words = True
        super().scan_to_next_token()
        self._between_words = False

    def scan_plain(self) -> Any:
        """Read text that stands without quotes."""
        start = self.get_mark()
        self._in_word = True
        token = super().scan_plain()
        self._in_word = False
        if self.flow_level and self.peek() == ":" and self.peek(1) in _FLOW_SIGNS:
            raise ScannerError(
                "while scanning a plain scalar", start, "found unexpected ':'", self.get_mark()
            )
        return token
