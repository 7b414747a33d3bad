"""The words and signs of expressions, as people type them with a Chinese input method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.kinds.items import Items, UnknownItemError
from checker.lazy_re import compile_later
from checker.records import dataclass

FUNCTIONS: Final = ("含", "字数", "次数", "有")


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
    r"""(?P<space>[\s　]+)
    |(?P<day>(?:本年|次年|上年)[0-9]{1,2}月[0-9]{1,2}日)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<text>"[^"]*"|“[^”]*”|'[^']*')
    |(?P<operator>>=|<=|!=|==|≥|≤|≠|[=＝<>＜＞+＋\-－−*×＊/÷／()（）,，])
    |(?P<name>[^\W\d][\w.]*(?:、[^\W\d][\w.]*)*(?:\[[^\]]*\])?)""",
    re.VERBOSE,
)
_SAME: Final = {
    "＝": "=", "==": "=", "＜": "<", "＞": ">", "≥": ">=", "≤": "<=", "≠": "!=", "＋": "+", "－": "-", "−": "-",
    "×": "*", "＊": "*", "÷": "/", "／": "/", "（": "(", "）": ")", "，": ",",
}  # fmt: skip
_WORDS: Final = {"且": "且", "and": "且", "或": "或", "or": "或", "非": "非", "not": "非"}


def tokens(source: str, items: Items) -> Iterator[Token]:
    """The words and signs of an expression, closed by one of kind `end`.

    Raises:
        ExpressionError: a character that belongs to no token.
    """
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise ExpressionError(f"看不懂“{source[position]}”", position, source)
        kind, text = str(match.lastgroup), match[0]
        if kind == "operator":
            yield Token(kind, _SAME.get(text, text), position)
        elif kind == "name":
            yield from _name_tokens(text, position, items)
        elif kind != "space":
            yield Token(kind, text, position)
        position = match.end()
    yield Token("end", "", position)


def _name_tokens(text: str, offset: int, items: Items) -> Iterator[Token]:
    """A name, or names with 且, 或, 非 between them that were typed without spaces."""
    if text in _WORDS:
        yield Token("word", _WORDS[text], offset)
        return
    for index, character in enumerate(text):
        if character in "且或非" and not _known(text, items):
            if index:
                yield Token("name", text[:index], offset)
            yield Token("word", character, offset + index)
            if text[index + 1 :]:
                yield from _name_tokens(text[index + 1 :], offset + index + 1, items)
            return
    yield Token("name", text, offset)


def _known(name: str, items: Items) -> bool:
    try:
        items.resolve(name)
    except UnknownItemError:
        return name in FUNCTIONS
    return True
