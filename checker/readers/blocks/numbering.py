"""Automatic numbers of headings and lists, which word processors show but do not store in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from checker.startup.records import dataclass

_DIGITS: Final = "〇一二三四五六七八九"
_COUNTING: Final = ("零一二三四五六七八九", "十百千")
_LEGAL: Final = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST: Final = 9999
"""Beyond this a counter is a broken or hostile file; it is written in plain digits."""


def format_number(value: int, style: str) -> str:
    """A counter as it is shown.

    Args:
        value: the counter, 1 for the first item.
        style: name of the number format as OOXML calls it, such as `chineseCounting` or `decimal`;
            unknown names count in plain digits, `bullet` and `none` show nothing.
    """
    if style in ("bullet", "none"):
        return ""
    if style in _ROW_STYLES:
        first, length = _ROW_STYLES[style]
        return chr(first + value - 1) if 1 <= value <= length else str(value)
    write = _WRITERS.get(style)
    return str(value) if write is None or not 0 <= value <= _LARGEST else write(value)


_ROW_STYLES: Final = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}
"""Ready-made characters: code point of the first, and how many there are."""


def _chinese(value: int, digits: str, units: str) -> str:
    """一十二 is written 十二; a gap of any width is one 零."""
    if value == 0:
        return digits[0]
    text, gap = "", False
    for power in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += digits[0] if gap else ""
        text += digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text[1:] if text.startswith(digits[1] + units[0]) else text


def _roman(value: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        text += letters * (value // amount)
        value %= amount
    return text


def _letters(value: int) -> str:
    """Word counts Z, AA, BB, CC."""
    if value < 1:
        return str(value)
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _counting(value: int) -> str:
    return _chinese(value, *_COUNTING)


def _legal(value: int) -> str:
    return _chinese(value, *_LEGAL)


def _digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _full_width(value: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(value))


_WRITERS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": "{:02d}".format,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "ideographTraditional": lambda value: _STEMS[(value - 1) % len(_STEMS)],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % len(_BRANCHES)],
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering scheme.

    Attributes:
        style: number format, see `format_number`.
        pattern: literal text and, as int, the levels (from 0) whose counters are shown.
        start: first number.
        restarts: whether a new item of a higher level starts this level afresh.
        legal: counters of all levels are shown in plain digits.
    """

    style: str
    pattern: tuple[str | int, ...]
    start: int = 1
    restarts: bool = True
    legal: bool = False


class ListCounter:
    """Counts the items of one numbering scheme in reading order."""

    def __init__(self, levels: Sequence[Level]) -> None:
        self._levels = levels
        self._values: list[int | None] = [None] * len(levels)
        self._restarts: dict[int, int] = {}

    def next_label(self, level: int, levels: Sequence[Level] | None = None) -> str:
        """Count one item of `level` (from 0) and return what stands before its text.

        Args:
            level: the item's level.
            levels: how this item's list shows the shared counters, if otherwise than the scheme.
        """
        levels = self._levels if levels is None else levels
        if not 0 <= level < min(len(levels), len(self._values)):
            return ""
        scheme = levels[level]
        before = self._values[level]
        self._values[level] = self._restarts.pop(level, scheme.start if before is None else before + 1)
        for deeper in range(level + 1, len(self._values)):
            if deeper >= len(levels) or levels[deeper].restarts:
                self._values[deeper] = None
        if scheme.style in ("bullet", "none") or not _says_something(scheme.pattern):
            return ""
        return "".join(
            part if isinstance(part, str) else self._shown(part, levels, legal=scheme.legal)
            for part in scheme.pattern
        )

    def restart(self, level: int, value: int) -> None:
        """Give the next item of `level` the number `value`; until then the old number is shown."""
        self._restarts[level] = value

    def _shown(self, level: int, levels: Sequence[Level], *, legal: bool) -> str:
        if not 0 <= level < min(len(levels), len(self._values)):
            return ""
        value = self._values[level]
        scheme = levels[level]
        return format_number(scheme.start if value is None else value, "decimal" if legal else scheme.style)


def _says_something(pattern: Sequence[str | int]) -> bool:
    """Whether a pattern has a counter or a letter; a lone `*` or `-` is a bullet."""
    return any(isinstance(part, int) or any(map(str.isalnum, part)) for part in pattern)


def labelled(label: str, text: str) -> str:
    """`text` after its number; a number stands apart from its text unless punctuation ends it."""
    return f"{label} {text}" if label[-1:].isalnum() else label + text
