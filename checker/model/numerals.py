"""Numbers as people write them in cells and sentences.

The raw text is never lost: parsing says what the text means and how it was written, so that a rule
can object to the way of writing without the value being unknown.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Final

from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

# One character to one character, so that offsets in the raw text stay valid.
_HALF_WIDTH: Final[dict[int, str]] = {
    **{ord("！") + i: chr(ord("!") + i) for i in range(94) if chr(ord("!") + i).isalnum()},
    **{0x1D7CE + i: str(i % 10) for i in range(50)},  # bold, double-struck, sans-serif and monospace digits
    ord("％"): "%",
    ord("．"): ".",
    ord("＋"): "+",
    ord("－"): "-",
    ord("／"): "/",
    ord("　"): " ",
    0xA0: " ",
    0x2002: " ",
    0x2003: " ",
    0x2009: " ",
    0x202F: " ",
}


_NO_WIDTH: Final = (
    (0x0, 0x7), (0xE, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202D), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFE00, 0xFE0F), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
NO_WIDTH: Final = "".join([chr(code) for first, last in _NO_WIDTH for code in range(first, last + 1)])
"""Characters that nobody sees: controls, joiners, marks of direction, soft hyphens, fillers, tags, choices of a glyph.

All that Unicode calls default ignorable and assigns (DerivedCoreProperties.txt), and the control characters.
The mark that turns what follows the other way round (U+202E) and the backspace are none of them: they change what
is read.
"""
NO_WIDTH_SET: Final = "".join([f"{chr(first)}-{chr(last)}" for first, last in _NO_WIDTH])
"""The same for a set in a pattern: `re` looks at the ranges one by one, and at every single one of many characters."""
_WITHOUT_WIDTH: Final = dict.fromkeys(map(ord, NO_WIDTH))


def half_width(text: str) -> str:
    """Full-width digits, letters, `％．＋－／` and odd spaces as their plain forms; same length as `text`."""
    return text.translate(_HALF_WIDTH)


class CellState(str, Enum):
    """What a cell holds; only `NUMBER` has a value. The words are those of the JSON contract.

    `TEXT` and `CHOICE` are for cells in which the form asks for words or for a tick.
    """

    NUMBER = "number"
    BLANK = "blank"
    SLASH = "slash"
    DASH = "dash"
    NONE_WORD = "none_word"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """The meaning of a cell's text.

    Attributes:
        state: what the cell holds.
        value: int where the text has no decimal point, Decimal (with the source's digits) where it has;
            None unless `state` is `NUMBER`.
        unit: unit written behind the number, such as 件; empty if none.
        signed: the text carries an explicit + or − (or 增/减).
    """

    state: CellState
    value: int | Decimal | None = None
    unit: str = ""
    signed: bool = False


_NUMBER: Final = compile_later(
    r"(?P<sign>[-+]|增加?|减少?)?(?P<digits>\d{1,3}(?:[,，]\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<unit>[^\W\d_]{0,4}|%)"
)
_MARKS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾₀₁₂₃₄₅₆₇₈₉₍₎"
"""Numbers of footnotes behind a figure."""
_SIGNS: Final = "+-−﹣增加减少"
_IN_NUMBERS: Final = "0123456789,，."
_LONGEST_UNIT: Final = 4
_DIGITS_APART: Final = compile_later(r"(\d+)(\s+)(?=(\d+))")
_OF_A_THOUSAND: Final = 3
_FILLS_A_LINE: Final = 3
"""Digits that even the narrowest column has room for; a figure is broken behind as many or more."""
_DASHES: Final = frozenset("-—–―─﹣－_＿﹍﹎﹏")
_NONE_WORDS: Final = frozenset(("无", "不适用", "无此项", "n/a", "na"))
_MAX_DIGITS: Final = 30


def _is_unit(text: str) -> bool:
    return text == "%" or all("\u4e00" <= character <= "\u9fff" for character in text)


def parse_cell(text: str) -> ParsedNumber:
    """Read the text of a table cell.

    Args:
        text: raw text, any width, with or without thousands separators, spaces, a unit or a sign.

    Returns:
        The state and, for numbers, the value. Text that is neither a number nor a known way to write
        nothing is `UNREADABLE`.
    """
    if (
        text.isdigit() and text.isascii() and len(text) <= _MAX_DIGITS
    ):  # the common case, several hundred times a report
        return ParsedNumber(CellState.NUMBER, int(text))
    whole, point, rest = text.partition(".")
    if point and (whole + rest).isdigit() and whole and rest and text.isascii() and len(whole) <= _MAX_DIGITS:
        return ParsedNumber(CellState.NUMBER, Decimal(text))
    plain = half_width(text).translate(_WITHOUT_WIDTH).strip()
    squeezed = "".join(plain.split())
    if not squeezed:
        return ParsedNumber(CellState.BLANK)
    if set(squeezed) <= _DASHES:
        return ParsedNumber(CellState.DASH)
    if not squeezed.strip("/\\"):
        return ParsedNumber(CellState.SLASH)
    if squeezed.lower() in _NONE_WORDS:
        return ParsedNumber(CellState.NONE_WORD)
    starts_like_one = squeezed[0].isdecimal() or squeezed[0] in _SIGNS
    if (
        not starts_like_one or len(squeezed.lstrip(_SIGNS + _IN_NUMBERS).rstrip(_MARKS)) > _LONGEST_UNIT
    ):  # most labels
        return ParsedNumber(CellState.UNREADABLE)
    match = _NUMBER.fullmatch(squeezed.rstrip(_MARKS).replace("−", "-").replace("﹣", "-"))
    if (
        match is None
        or (len(squeezed) < len(plain) and _may_be_two(plain))
        or len(match["digits"]) > _MAX_DIGITS
        or not _is_unit(match["unit"])
    ):
        return ParsedNumber(CellState.UNREADABLE)
    digits = match["digits"].replace(",", "").replace("，", "")
    negative = bool(match["sign"]) and match["sign"][0] in "-减"
    value: int | Decimal = Decimal(digits + match["fraction"]) if match["fraction"] else int(digits)
    return ParsedNumber(CellState.NUMBER, -value if negative else value, match["unit"], bool(match["sign"]))


def _may_be_two(text: str) -> bool:
    """Whether space between digits may part two figures, such as 18234 1 or a 1 above a 0.

    It does not in a spaced figure (1 8 2), between thousands (1 247), and where a long one was broken at the
    end of a line.
    """
    gaps = [(len(gap[1]), "\n" in gap[2], len(gap[3])) for gap in _DIGITS_APART.finditer(text)]
    if all(before == after == 1 and not broken for before, broken, after in gaps):
        return False
    return any(
        after != _OF_A_THOUSAND and not (broken and before >= _FILLS_A_LINE) for before, broken, after in gaps
    )


_CHINESE_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
}
_CHINESE_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_CHINESE_SECTIONS: Final = {"万": 10_000, "亿": 100_000_000}


def parse_chinese(text: str) -> int | None:
    """Value of a Chinese numeral such as 一百二十, 十六, 二〇二四 or 三万五千; None if it is not one."""
    if not text:
        return None
    if all(c in _CHINESE_DIGITS for c in text):
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_UNITS:
            section += (digit or 1) * _CHINESE_UNITS[character]
            digit = 0
        elif character in _CHINESE_SECTIONS:
            total = (total + section + digit) * _CHINESE_SECTIONS[character]
            section = digit = 0
        else:
            return None
    return total + section + digit


def parse_whole(text: str) -> int | None:
    """Value of a whole number in Arabic (any width) or Chinese digits; None if it is neither."""
    plain = "".join(half_width(text).split()).replace(",", "").replace("，", "")
    if plain.isascii() and plain.isdigit() and len(plain) <= _MAX_DIGITS:
        return int(plain)
    return parse_chinese(plain)


_ZERO_LOOKALIKES: Final = str.maketrans("OoＯ〇○", "00000")


def parse_year(text: str) -> int | None:
    """Value of a year in Arabic or Chinese digits, also with a letter O for a zero; None if it is none."""
    plain = half_width(text).translate(_ZERO_LOOKALIKES)
    return (
        parse_whole(plain) if plain.isdigit() and plain.isascii() else parse_chinese(plain.replace("0", "零"))
    )


_YEAR_DIGIT: Final = f"[0-9０-９Oo{''.join(_CHINESE_DIGITS)}]"
_TWO_YEAR_DIGITS: Final = compile_later(rf"{_YEAR_DIGIT}\s*{_YEAR_DIGIT}")


def may_hold_year(text: str) -> bool:
    """Whether a text has two digits together, as every year has that `parse_year` reads; tells quickly."""
    return _TWO_YEAR_DIGITS.search(text) is not None


_NUMERALS: Final = "零一二三四五六七八九十"


def numeral(number: int) -> str:
    """五 for 5; figures beyond ten."""
    return _NUMERALS[number] if number < len(_NUMERALS) else str(number)
