"""Numbers in the text: their value, what they count in, and whether they are only about that much."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from typing import Final

from checker.model.numerals import parse_whole
from checker.model.report import Text
from checker.model.text import Squeezed
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass
from checker.understand.claims.vocabulary import ClaimVocabulary

_DIGITS: Final = frozenset("0123456789")
_CHINESE_DIGITS: Final = frozenset("零〇一二三四五六七八九十百千两")
_NUMERALS: Final = _DIGITS | _CHINESE_DIGITS
_GROUP: Final = 3
_LONGEST_CHINESE: Final = 9
_SEPARATORS: Final = frozenset(",， ")
CUT: Final = "数字中间断开，读不出"
SEPARATED: Final = "数字中间有空格或逗号"
THOUSANDS_POINT: Final = "小数点像是千分位"
ROUNDED: Final = "是以万计的约数"
_SCALES: Final = {"万": 10_000, "亿": 100_000_000}
_MONEY: Final = "元"
_JOINS_A_NUMBER: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.〔[〕第/-")
"""A number behind one of these is part of another word, such as that of a document."""
_JOINS_A_CHINESE_NUMBER: Final = _JOINS_A_NUMBER | frozenset("每逐同这该某另各任之")
_STOPS: Final = frozenset(("", *"，。；、）),;\n"))
"""What may follow a number that is written without unit."""
_ITEM_STOPS: Final = frozenset("、)）")
_BEFORE_ITEMS: Final = frozenset(("", *"。；;！？\n(（"))

MOST_NUMERALS: Final = 5000
"""In the text of one report whose claims are read; the longest real ones have some hundreds."""
_NUMERAL: Final = compile_later(r"[0-9][0-9,.]*|[〇零一二三四五六七八九十百千两]+")
_SENTENCE_END: Final = "。"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the text.

    Attributes:
        start, end: the digits, scale included.
        first, last: the same with hedges and unit.
        number: its value, scale included.
        unit: as written, empty if none is.
        hedged: it is only about that much.
        short: a Chinese numeral of one character, which may be part of a word.
        damage: what is wrong with the way it is written, empty if nothing is.
    """

    start: int
    end: int
    first: int
    last: int
    number: int | Decimal
    unit: str
    hedged: bool
    short: bool = False
    damage: str = ""


def first_texts(texts: Iterable[Text], most: int = MOST_NUMERALS) -> tuple[list[Text], bool]:
    """Texts up to the last sentence that ends before there are too many numerals, and whether these are all."""
    kept: list[Text] = []
    for text in texts:
        words = text.squeezed.text
        starts = [match.start() for match in _NUMERAL.finditer(words)]
        if len(starts) > most:
            end = words.rfind(_SENTENCE_END, 0, starts[most]) + 1
            return ([*kept, _cut(text, end)] if end else kept), False
        most -= len(starts)
        kept.append(text)
    return kept, True


def _cut(text: Text, end: int) -> Text:
    """The beginning of a text; its places stay those of the whole."""
    cut = Text(text.paragraph, text.section, text.role, text.offset)
    words = text.squeezed
    cut.__dict__["squeezed"] = Squeezed(words.text[:end], words.offsets and words.offsets[:end])
    return cut


def read_figures(words: str, vocabulary: ClaimVocabulary) -> Iterator[Figure]:
    """The figures of a paragraph, in order; numbers that are part of other words are none."""
    position = 0
    behind = vocabulary.behind_numerals | _SCALES.keys()
    for start, character in enumerate(words):
        if character not in _NUMERALS or start < position:
            continue
        end = _numeral_end(words, start)
        if character in _CHINESE_DIGITS and words[end : end + 1] not in behind:
            position = end  # most of them are no figures: 一是, 统一, 十四五
            continue
        scaled = words[end : end + 1] in _SCALES and words[end + 1 : end + 2] != _MONEY
        number_end = end + scaled
        after = _starting(words, number_end, vocabulary.hedges_after)
        unit = _starting(words, number_end + len(after), vocabulary.units)
        before = _ending(words, position, start, vocabulary.hedges_before)
        position = number_end + len(after) + len(unit)
        number = _value(words, start, end, unit, words[position : position + 1])
        damage = _damage(words[start:end], unit, scaled=scaled, money=vocabulary.money)
        if damage == THOUSANDS_POINT and number is not None:
            number = int(number * 10**_GROUP)
        if number is None:
            continue
        yield Figure(
            start,
            number_end,
            start - len(before),
            position,
            _scaled(number, _SCALES[words[end]]) if scaled else number,
            unit,
            bool(before or after),
            short=character in _CHINESE_DIGITS and end - start == 1,
            damage=damage,
        )


def _numeral_end(words: str, start: int) -> int:
    """Where a numeral ends: Chinese digits, or Arabic ones with separators of thousands and decimals.

    A space between digits is part of the numeral too: it was cut there.
    """
    if words[start] in _CHINESE_DIGITS:
        return _run_end(words, start, _CHINESE_DIGITS, start + _LONGEST_CHINESE)
    end = _run_end(words, start, _DIGITS, len(words))
    if end - start <= _GROUP:
        while (
            words[end : end + 1] in _SEPARATORS
            and _run_end(words, end + 1, _DIGITS, len(words)) == end + 1 + _GROUP
        ):
            end += 1 + _GROUP
    while words[end : end + 1] == " " and words[end + 1 : end + 2] in _DIGITS:
        end = _run_end(words, end + 1, _DIGITS, len(words))
    if words[end : end + 1] == ".":
        end = (
            max(end, _run_end(words, end + 1, _DIGITS, len(words)))
            if words[end + 1 : end + 2] in _DIGITS
            else end
        )
    return end


def _run_end(words: str, start: int, characters: frozenset[str], most: int) -> int:
    """Where a run of characters ends, `most` at the latest."""
    end = start
    most = min(most, len(words))
    while end < most and words[end] in characters:
        end += 1
    return end


def _starting(words: str, position: int, known: tuple[str, ...]) -> str:
    """The first of some words that stands at a position, empty if none does."""
    if not words.startswith(known, position):  # mostly none does, and to ask for all at once is quicker
        return ""
    return next(one for one in known if words.startswith(one, position))


def _ending(words: str, first: int, position: int, known: tuple[str, ...]) -> str:
    """The first of some words that ends at a position and does not begin before `first`, empty if none does."""
    if not words.endswith(known, first, position):
        return ""
    return next(one for one in known if words.endswith(one, first, position))


def _value(words: str, start: int, end: int, unit: str, following: str) -> int | Decimal | None:
    """What a numeral is worth; None if it is part of another word, or if nothing tells what it counts."""
    digits, previous = words[start:end], words[start - 1 : start]
    if digits[0] in _CHINESE_DIGITS:
        return parse_whole(digits) if unit and previous not in _JOINS_A_CHINESE_NUMBER else None
    if previous in _JOINS_A_NUMBER or (not unit and following not in _STOPS):
        return None
    if not unit and following in _ITEM_STOPS and previous in _BEFORE_ITEMS:
        return None  # the number of an item, as in “2、依申请公开情况。”
    for separator in _SEPARATORS:
        digits = digits.replace(separator, "")
    return Decimal(digits) if "." in digits else parse_whole(digits)


def _damage(digits: str, unit: str, *, scaled: bool, money: Container[str]) -> str:
    """What is wrong with a number of things that are counted; amounts of money may have decimals."""
    whole, point, decimals = digits.partition(".")
    groups = whole.split(" ")
    if len(groups) > 1 and (len(groups[0]) > _GROUP or any(len(group) != _GROUP for group in groups[1:])):
        return CUT
    if len(groups) > 1 or "，" in whole:
        return SEPARATED
    if not point or not unit or unit in money:
        return ""
    if scaled:
        return ROUNDED
    return THOUSANDS_POINT if len(decimals) == _GROUP and len(whole) <= _GROUP and whole != "0" else ""


def _scaled(number: int | Decimal, scale: int) -> int | Decimal:
    scaled = number * scale
    return int(scaled) if scaled == int(scaled) else scaled
