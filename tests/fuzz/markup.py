"""Mutations of XML, HTML and RTF as sequences of tokens."""

from __future__ import annotations

import re
from random import Random
from typing import Final

_TOKENS: Final = re.compile(r"<[^>]*>|[^<]+|<")
_ATTRIBUTE: Final = re.compile(r'([\w:-]+)="([^"]*)"')
_NAME: Final = re.compile(r"</?([\w:.-]+)")
_RTF_TOKENS: Final = re.compile(r"\\[a-z]+-?\d* ?|\\'[0-9a-f]{2}|[{}]|\\[^a-z]|[^\\{}]+")
_VOID: Final = frozenset(("br", "img", "meta", "link", "input", "hr", "col", "!doctype"))
VALUES: Final = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "3",
    "65536",
    "99999999",
    "1e99",
    "nan",
    "文",
    "A1:C3",
    "none",
    "on",
    "x" * 300,
)
TEXTS: Final = (
    "", "1", "０", "¹", "\u200b", "\u202e", "/", "—", " ", "\t", "\u00a0", "无", "件", "12,345", "-3", "3.5", "⾏", "\ue000", "&#8203;", "&amp;", "〇", "第1", "9" * 40,
)  # fmt: skip
RTF_WORDS: Final = (
    "\\cell ", "\\row ", "\\par ", "\\pard ", "\\intbl ", "\\trowd ", "\\cellx500 ", "\\clvmrg ", "\\clvmgf ", "\\super ", "\\v ", "\\strike ", "\\plain ", "{\\*\\x ", "\\u8203?", "\\u-10179?", "\\bin3 ", "\\tab ",
    "\\line ", "{\\footnote ", "\\deleted ", "\\'b0", "\\itap2 ", "\\nestcell ", "\\page ",
)  # fmt: skip


def mutated_markup(text: str, chance: Random, inserted: tuple[str, ...] = ()) -> str:
    """XML or HTML with one to three changes, mostly of elements.

    Args:
        text: the document.
        chance: where changes come from.
        inserted: elements that may be put somewhere.
    """
    tokens = _TOKENS.findall(text)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        chance.choice(_CHANGES)(tokens, chance, inserted)
    return "".join(tokens)


def _starts(tokens: list[str]) -> list[int]:
    return [n for n, token in enumerate(tokens) if token.startswith("<") and token[1:2].isalpha()]


def _element(tokens: list[str], first: int) -> int:
    """Where the element that begins at `first` ends; one too large to be lost is only its first tag."""
    name = _NAME.match(tokens[first])
    if tokens[first].endswith("/>") or not name or name.group(1).lower() in _VOID:
        return first + 1
    depth = 0
    for place in range(first, min(first + 3000, len(tokens))):
        found = _NAME.match(tokens[place])
        if found and found.group(1) == name.group(1) and not tokens[place].endswith("/>"):
            depth += -1 if tokens[place].startswith("</") else 1
            if depth == 0:
                return place + 1
    return first + 1


def _range(tokens: list[str], chance: Random) -> tuple[int, int]:
    starts = _starts(tokens)
    if not starts:
        return 0, 0
    for _ in range(4):
        first = chance.choice(starts)
        last = _element(tokens, first)
        if last - first < 60:
            break
    return first, last


def _drop(tokens: list[str], chance: Random, _: tuple[str, ...]) -> None:
    first, last = _range(tokens, chance)
    del tokens[first:last]


def _double(tokens: list[str], chance: Random, _: tuple[str, ...]) -> None:
    first, last = _range(tokens, chance)
    tokens[last:last] = tokens[first:last]


def _move(tokens: list[str], chance: Random, _: tuple[str, ...]) -> None:
    first, last = _range(tokens, chance)
    taken = tokens[first:last]
    del tokens[first:last]
    starts = _starts(tokens)
    if starts:
        place = chance.choice(starts)
        tokens[place:place] = taken


def _swap_with_next(tokens: list[str], chance: Random, _: tuple[str, ...]) -> None:
    first, middle = _range(tokens, chance)
    if middle < len(tokens) and tokens[middle].startswith("<") and tokens[middle][1:2].isalpha():
        last = _element(tokens, middle)
        tokens[first:last] = tokens[middle:last] + tokens[first:middle]


def _attribute(tokens: list[str], chance: Random, _: tuple[str, ...]) -> None:
    having = [n for n in _starts(tokens) if '="' in tokens[n]]
    if not having:
        return
    place = chance.choice(having)
    attributes = list(_ATTRIBUTE.finditer(tokens[place]))
    if attributes:
        one = chance.choice(attributes)
        value = chance.choice((*VALUES, one.group(2) * 2))
        new = chance.choice((f'{one.group(1)}="{value}"', f'{one.group(1)}="{value}"', ""))
        tokens[place] = tokens[place][: one.start()] + new + tokens[place][one.end() :]


def _text(tokens: list[str], chance: Random, _: tuple[str, ...]) -> None:
    having = [n for n, token in enumerate(tokens) if not token.startswith("<") and token.strip()]
    if having:
        place = chance.choice(having)
        at = chance.randrange(len(tokens[place]) + 1)
        cut = chance.choice((0, 0, 1, 3))
        tokens[place] = tokens[place][:at] + chance.choice(TEXTS) + tokens[place][at + cut :]


def _unpaired(tokens: list[str], chance: Random, _: tuple[str, ...]) -> None:
    tags = [n for n, token in enumerate(tokens) if token.startswith("<")]
    if tags:
        place = chance.choice(tags)
        if chance.random() < 0.5:
            del tokens[place]
        else:
            tokens.insert(place, tokens[place])


def _insert(tokens: list[str], chance: Random, inserted: tuple[str, ...]) -> None:
    starts = _starts(tokens)
    if inserted and starts:
        tokens.insert(chance.choice(starts), chance.choice(inserted))


_CHANGES: Final = (
    _drop,
    _double,
    _move,
    _swap_with_next,
    _attribute,
    _attribute,
    _text,
    _text,
    _text,
    _insert,
    _insert,
    _unpaired,
)


def mutated_rtf(text: str, chance: Random) -> str:
    """RTF with one to four changes of its tokens."""
    tokens = _RTF_TOKENS.findall(text)
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(3, len(tokens))
        what = chance.randrange(6)
        if what == 0:
            del tokens[place]
        elif what == 1:
            tokens.insert(place, tokens[place])
        elif what == 2:
            tokens.insert(place, chance.choice(RTF_WORDS))
        elif what == 3:
            tokens[place] = re.sub(
                r"\d+", lambda _: chance.choice(("0", "1", "9", "65535", "99999999999")), tokens[place]
            )
        elif what == 4 and place + 1 < len(tokens):
            tokens[place], tokens[place + 1] = tokens[place + 1], tokens[place]
        else:
            tokens.insert(place, chance.choice(TEXTS).encode("ascii", "ignore").decode())
    return "".join(tokens)
