"""Ordinals, values and results in words, and the name of the program."""

from __future__ import annotations

from typing import Final

from checker.model.findings import ReportResult
from checker.model.place import Scalar
from checker.model.vocabulary import Vocabulary

TOOL_NAME: Final = "nianbao-checker"
"""What the program is called in results."""
_DIGITS: Final = "零一二三四五六七八九"


def ordinal_word(number: int) -> str:
    """A small ordinal in Chinese, 1 gives 一 and 12 gives 十二; in Arabic digits from a hundred on."""
    tens, ones = divmod(number, 10)
    if not 0 <= number < 100:  # noqa: PLR2004  where the short forms end
        return str(number)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def result_name(result: ReportResult, vocabulary: Vocabulary) -> str:
    """The verdict of a file in a word; for a file without one what became of it."""
    return vocabulary.results.name(result.verdict or result.status.value)


def value_words(value: Scalar) -> str:
    """A value as a person reads it; nothing is 空白."""
    if value is None or value == "":
        return "空白"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
