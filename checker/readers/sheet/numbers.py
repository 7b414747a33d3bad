"""Numbers in spreadsheet cells as they are shown."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Final

BUILT_IN_FORMATS: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 14: "yyyy/m/d", 15: "yyyy/m/d", 22: "yyyy/m/d", 27: "yyyy/m/d",
    30: "yyyy/m/d", 31: "yyyy/m/d", 36: "yyyy/m/d", 50: "yyyy/m/d", 57: "yyyy/m/d", 58: "yyyy/m/d",
}  # fmt: skip
"""Formats that files name by number only; those for dates differ by country and are shown alike here."""
_SIGNIFICANT: Final = Context(prec=15)
"""Spreadsheets calculate with fifteen digits; what stands behind them is rounding noise."""
_LARGEST_EXPONENT: Final = 30
_PARTS: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|[_*].|(?P<digits>[0#?.,]+)|(?P<other>.)'
)
_DATE: Final = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^"\\\[ymdYMD])*[yYdD]')
_NOTHING: Final = re.compile(r'(?:\s|""|\[[^\]]*\]|[_*].)*')
_FOR_TEXTS: Final = 3
_EPOCH: Final = date(1899, 12, 30)
_LONGEST_FORMAT: Final = 255
_LAST_DAY: Final = 2_958_465
"""The day number of 9999-12-31."""


def shown_number(raw: str, number_format: str, *, since_1904: bool = False) -> str:
    """A stored number as its cell shows it, as far as that matters for reading it.

    Args:
        raw: the number as stored, such as `12.5` or `1.2E-3`.
        number_format: the format code such as `0.00`; empty or `General` for none.
        since_1904: whether days count from 1904.

    Returns:
        Digits with the decimals, thousands separators, per cent sign and literal text of the format;
        dates as `2025年1月20日`; nothing if the format shows nothing; the stored text itself if it is no number.
    """
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return raw
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return raw
    value = _SIGNIFICANT.plus(value)
    if _shows_nothing(value, number_format):
        return ""
    code = number_format[:_LONGEST_FORMAT].partition(";")[0]
    if not code or code.lower() == "general" or code == "@":
        return _plain(value)
    if _DATE.match(code):
        return _date(value, since_1904=since_1904)
    return _formatted(value, code)


def shown_text(text: str, number_format: str) -> str:
    """A stored text as its cell shows it: the fourth part of a format is about texts."""
    parts = number_format[:_LONGEST_FORMAT].split(";")
    return "" if len(parts) > _FOR_TEXTS and _NOTHING.fullmatch(parts[_FOR_TEXTS]) else text


def _shows_nothing(value: Decimal, number_format: str) -> bool:
    """Whether the part of a format that is about such numbers (positive; negative; zero) shows nothing."""
    if ";" not in number_format:
        return False
    parts = number_format[:_LONGEST_FORMAT].split(";")
    about = 2 if value == 0 else int(value < 0)
    return _NOTHING.fullmatch(parts[about] if about < len(parts) else parts[0]) is not None


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: Decimal, *, since_1904: bool) -> str:
    days = int(value) + (1462 if since_1904 else 0)
    if not 0 < days <= _LAST_DAY:
        return _plain(value)
    day = _EPOCH + timedelta(days=days)
    return f"{day.year}年{day.month}月{day.day}日"


def _formatted(value: Decimal, code: str) -> str:
    before, after, digits = "", "", ""
    for part in _PARTS.finditer(code):
        if part["digits"] is not None and not digits:
            digits = part["digits"]
            continue
        literal = part["quoted"] or part["escaped"] or part["other"] or ""
        if digits:
            after += literal
        else:
            before += literal
    if not digits or re.search(r"[eE/:hHsS]", before + after):
        return _plain(value)
    if "%" in after:
        value *= 100
    whole, _, fraction = digits.partition(".")
    shown = value.quantize(Decimal(1).scaleb(-len(fraction.replace(",", ""))), ROUND_HALF_UP)
    text = f"{shown:,f}" if "," in whole.rstrip(",") else f"{shown:f}"
    if "#" in fraction and "." in text:
        text = text.rstrip("0").rstrip(".")
    return before + text + after
