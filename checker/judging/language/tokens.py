"""The words and signs of expressions, as people type them with a Chinese input method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from checker.judging.language.misread import arrow_in
from checker.judging.language.readable import Item
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

SUM: Final = "合计"
FUNCTIONS: Final = ("含", "匹配", "字数", "次数", "有", "值", SUM)


class ItemNames(Protocol):
    """What the names in an expression mean; see `checker.judging.language.items.Items`."""

    def resolve(self, name: str, /) -> Item:
        """The item of that name."""

    def sum_of(self, name: str, /) -> Item:
        """The cells of the group of that name, added up."""

    def knows(self, name: str, /) -> bool:
        """Whether there is an item of that name."""


class ExpressionError(ValueError):
    """An expression that is refused.

    Attributes:
        text: Chinese sentence.
        offset: where, in characters from 0.
    """

    def __init__(self, text: str, offset: int, source: str) -> None:
        self.text = text
        self.offset = offset
        super().__init__(f"第 {offset + 1} 字：{text}\n    {source}\n    {_padding(source[:offset])}^")


def _padding(before: str) -> str:
    """As many columns of blanks as `before` takes on a terminal: Chinese characters are two wide."""
    return "".join("　" if ord(character) > 0x2E7F else " " for character in before)  # noqa: PLR2004  # CJK starts here


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign; `offset` counts characters from 0."""

    kind: str
    text: str
    offset: int


_TOKEN: Final = compile_later(
    r"(?P<space>\s+)"
    r"|(?P<day>(?:本年|次年|上年)[0-9]{1,2}月[0-9]{1,2}日)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"""|(?P<text>"[^"]*"|“[^”]*”|'[^']*')"""
    r"|(?P<name>[^\W\d][\w.]*(?:、[^\W\d][\w.]*)*(?:\[[^\]]*\])?)"
    r"|(?P<operator>[<>!=]=|.)"
)
_SAME: Final = {
    "＝": "=", "==": "=", "＜": "<", "＞": ">", "≥": ">=", "≤": "<=", "≠": "!=", "＋": "+", "－": "-", "−": "-",
    "×": "*", "＊": "*", "÷": "/", "／": "/", "（": "(", "）": ")", "，": ",",
}  # fmt: skip
_SIGNS: Final = frozenset((">=", "<=", "!=", *"=<>+-*/(),"))
_WORDS: Final = {"且": "且", "and": "且", "或": "或", "or": "或", "非": "非", "not": "非"}


def tokens(source: str, items: ItemNames) -> Iterator[Token]:
    """The words and signs of an expression, closed by one of kind `end`.

    Raises:
        ExpressionError: a character that belongs to no token.
    """
    position = 0
    arrow = arrow_in(source)
    if arrow:
        raise ExpressionError(arrow[1], arrow[0], source)
    while position < len(source):
        match = _TOKEN.match(source, position)
        kind, text = (str(match.lastgroup), match[0]) if match else ("", "")
        if not match or (kind == "operator" and _SAME.get(text, text) not in _SIGNS):
            raise ExpressionError(f"看不懂“{source[position]}”", position, source)
        if kind == "name":
            kind, text = _name_or_word(text, items)
            yield Token(kind, _WORDS.get(text, text) if kind == "word" else text, position)
        elif kind == "operator":
            yield Token(kind, _SAME.get(text, text), position)
        elif kind != "space":
            yield Token(kind, text, position)
        position += len(text)
    yield Token("end", "", position)


def _name_or_word(text: str, items: ItemNames) -> tuple[str, str]:
    """The name or word that a run of letters begins with: 且, 或, 非 are often typed without spaces."""
    if text in _WORDS:
        return "word", text
    split = next((index for index, character in enumerate(text) if character in "且或非"), None)
    if split is None or text in FUNCTIONS or items.knows(text):
        return "name", text
    return ("name", text[:split]) if split else ("word", text[0])
