"""Slips of people who type Chinese and have not written YAML before; the parser stumbles behind them, in other words.

They are looked for where the parser stumbled, and only then: `：` or `，` in a text are right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

Slip = tuple[int, int, str]
"""Line and column, from 1, and what to type instead."""

_KEY: Final = r"^(?P<indent> *(?:- +)?)"
_SLIPS: Final = (
    # What the line looks like; the group `at` is where the slip is.
    (re.compile(r"^ *(?P<at>-)(?=[A-Za-z_]\w* *[:：])"), "“-”后面要留一个空格"),
    (
        re.compile(r"^ *(?P<at>[－—–])\s*[A-Za-z_]\w* *[:：]"),
        "列表的“-”要用英文（半角）的短横线，后面留一个空格",
    ),
    (re.compile(r"^[ \t]*(?P<at>[\u3000\xa0])"), "缩进里有全角空格，请改用半角空格"),
    (re.compile(_KEY + r"[^\s:：'\"#\[{]+(?P<at>：)"), "冒号要用英文（半角）的“:”，后面留一个空格"),
    (re.compile(_KEY + r"[A-Za-z_][\w-]*(?P<at>:)(?=[^\s/])"), "冒号后面要留一个空格"),
    (re.compile(_KEY + r"[\w-]+: +(?P<at>[【［｛〔])"), "方括号、花括号要用英文（半角）的 [ ]、{ }"),
    (re.compile(_KEY + r"[\w-]+: +(?P<at>\{\w+\})\s*[^\s#,}\]]"), "文字以 { 开头时，要给整段文字加引号"),
    (re.compile(r"[{,] *[A-Za-z_]\w*(?P<at>：)"), "冒号要用英文（半角）的“:”，后面留一个空格"),
    (re.compile(r"[{,] *[A-Za-z_]\w*(?P<at>:)(?=[^\s/,}])"), "冒号后面要留一个空格"),
    (
        re.compile(r"[{,] *[A-Za-z_]\w*: [^{}\[\]'\"，,]*(?P<at>，) *[A-Za-z_]\w*[:：]"),
        "括号里各项之间要用英文逗号“,”",
    ),
    (re.compile(r"[{\[].*(?P<at>[｝］】])\s*$"), "方括号、花括号要用英文（半角）的 [ ]、{ }"),
    (re.compile(_KEY + r"[\w-]+: +(?P<at>[“‘])[^”’]*['\"]\s*$"), "引号前后要一样，都用英文（半角）的引号"),
)
_COMMENT: Final = re.compile(r"[ \t]+#(?=[^\s#!])")
_COMMENT_SENTENCE: Final = "空格加“#”后面的字不算内容；文字里有 # 请给整段加引号，是说明请在 # 后面留一个空格"
_LIST_SENTENCE: Final = "方括号里的“，”算作文字，这里只有一项；各项之间用英文逗号“,”，文字里有“，”请加引号"
_QUOTES: Final = {"“": "”", "‘": "’"}
_QUOTED_SENTENCE: Final = "引号要用英文（半角）的 ' 或 \"；引号是文字的一部分时，在外面再加一对英文引号"
_UNPAIRED_SENTENCE: Final = "中文引号 {opening} 没有配对；引号要用英文（半角）的 ' 或 \"，前后一样"
_COLUMNS_APART: Final = 3
"""Spaces by which an indent differs that was mistyped; more is another level."""


def slip_at(lines: Sequence[str], *numbers: int) -> Slip | None:
    """The slip in one of some lines, None if they show none.

    Args:
        lines: the file.
        numbers: indices of lines, the likeliest first.
    """
    for number in numbers:
        line = lines[number] if 0 <= number < len(lines) else ""
        for pattern, sentence in _SLIPS:
            found = pattern.search(line)
            if found:
                return number + 1, found.start("at") + 1, sentence
    return None


def indent_slip(lines: Sequence[str], number: int) -> Slip | None:
    """That a line begins a space or two beside the lines that it belongs to.

    Args:
        lines: the file.
        number: index of the line that the parser stumbled at.
    """
    mine = _indent(lines[number])
    if lines[number].lstrip().startswith("-"):
        return None
    for above in range(number - 1, -1, -1):
        if not lines[above].strip() or lines[above].lstrip().startswith("#"):
            continue
        theirs = _indent(lines[above])
        if mine != theirs and abs(mine - theirs) < _COLUMNS_APART:
            return (
                number + 1,
                mine + 1,
                f"缩进不对：这一行前面空 {mine} 格，第 {above + 1} 行空 {theirs} 格；同级的内容要左边对齐",
            )
        return None
    return None


def _indent(line: str) -> int:
    """Spaces before a line's content; the mark of a list counts as such."""
    stripped = line.lstrip(" ")
    mark = len(stripped) - len(stripped.removeprefix("- ").lstrip(" ")) if stripped.startswith("- ") else 0
    return len(line) - len(stripped) + mark


def swallowed_text(lines: Sequence[str], node: Any) -> Slip | None:
    """That text behind a value was taken for a comment.

    Args:
        lines: the file.
        node: a scalar without quotes.
    """
    line, column = node.end_mark.line, node.end_mark.column
    found = _COMMENT.match(lines[line], column) if node.value and line < len(lines) else None
    return (line + 1, found.end(), _COMMENT_SENTENCE) if found else None


def one_for_many(node: Any) -> Slip | None:
    """That items of a list in brackets are parted by commas that count as text.

    Args:
        node: a sequence.
    """
    [item] = node.value if node.flow_style and len(node.value) == 1 else [None]
    if item is None or item.id != "scalar" or item.style or "，" not in item.value:
        return None
    return item.start_mark.line + 1, item.start_mark.column + 1, _LIST_SENTENCE


def chinese_quotes(node: Any) -> Slip | None:
    """That a text stands in Chinese quotes, which YAML takes for a part of it.

    Args:
        node: a scalar without quotes.
    """
    value: str = node.value
    closing = _QUOTES.get(value[:1])
    if closing is None:
        return None
    at = node.start_mark.line + 1, node.start_mark.column + 1
    if closing not in value:
        return *at, _UNPAIRED_SENTENCE.format(opening=value[0])
    return (*at, _QUOTED_SENTENCE) if value.index(closing) == len(value) - 1 else None
