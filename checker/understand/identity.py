"""The title: which lines it is, and whose report about which year it announces.

What stands where a title stands is the title, also if it is not written as it should be: rules tell what is
wrong with it, and the name and the year in it count all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from checker.model.numerals import parse_year
from checker.model.report import Field
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass
from checker.understand.bodies import BodyNames
from checker.understand.labels import distance_within

_MAX_TITLE: Final = 80
_MAX_PART: Final = 45
_MAX_PARTS: Final = 3
_MOST_LINES: Final = 300
"""Lines before the first section that are looked at; frames of pages have fewer."""
_LARGEST_SLIP: Final = 3
"""Characters in which a title may differ from the name of such reports and still be meant as one."""
_MOST_PLACES: Final = 3
"""Lines before the text of which one may be the title; others are the date or the number of a document."""
_BARS: Final = " |｜"
_PATH: Final = frozenset(">＞»›")
_SENTENCE: Final = frozenset("。；;！？，,：:>》|")
_PROSE: Final = frozenset("。；！？，：:")
_YEAR: Final = compile_later(r"(20[0-9]{2})年(?!度?[，,]?\w{0,3}将)")
"""A year that something is told of: 2025年将… is the next one, of which only plans are told."""
_FIRST_YEAR: Final = compile_later(r"(?:^|。)(20[0-9]{2})年")
_DIGITS_IN_TITLE: Final = compile_later(r"[12][0-9OoQ〇○]{1,3}年?度?")


@dataclass(frozen=True, slots=True)
class Title:
    """The title as found.

    Attributes:
        first, last: ordinals (from 0) of its first and last paragraph.
        words: the whole title, squeezed.
        agency: full name of the body in it, None if there is none.
        year: year in it, None if there is none.
        written: the body as the title names it, None if it names none.
        framed: other things stand around it, such as a number of an annex.
    """

    first: int
    last: int
    words: str
    agency: str | None
    year: int | None
    written: str | None = None
    framed: bool = False


def find_title(squeezed: Sequence[str], bodies: BodyNames, names: Sequence[str] = ()) -> Title | None:
    """The title among the paragraphs before the first section.

    Args:
        squeezed: those paragraphs, squeezed.
        bodies: how titles are written.
        names: what such reports are called; a line that says nearly that is a title too.

    Returns:
        The last of the fullest titles: a page often repeats it above, in its frame, before the report
        itself begins.
    """
    best: Title | None = None
    start = max(0, len(squeezed) - _MOST_LINES)
    for last in range(start, len(squeezed)):
        if len(squeezed[last]) > _MAX_TITLE:
            continue
        title = read_title(squeezed[last], bodies, first=last, last=last)
        if title is None or title.agency is None or title.year is None:
            title = _joined_title(squeezed, last, bodies) or title
        elif not bodies.names_place(title.agency):
            title = _with_rest_of_name(title, squeezed, bodies)
        if title and _fullness(title) and (best is None or _fullness(title) >= _fullness(best)):
            best = title
    return best or _near_title(squeezed, bodies, names) or _rest_of_title(squeezed, bodies)


def _fullness(title: Title) -> int:
    named = (title.agency is not None) + (title.year is not None)
    whole = title.year is not None and f"{title.year}年" in title.words
    return 4 * named + 2 * (not title.framed) + whole if named else 0


def _joined_title(squeezed: Sequence[str], last: int, bodies: BodyNames) -> Title | None:
    """A title that is spread over two or three lines; one without a body if its first line is a title already."""
    bare: Title | None = None
    for first in range(last - 1, max(-1, last - _MAX_PARTS), -1):
        part = squeezed[first]
        if len(part) > _MAX_PART or not _SENTENCE.isdisjoint(part):
            break
        title = read_title("".join(squeezed[first : last + 1]), bodies, first=first, last=last)
        if title and title.written and title.year and bodies.is_agency(title.agency or ""):
            return title
        if title and title.year and not title.written and read_title(part, bodies):
            bare = title
    return bare


def _with_rest_of_name(title: Title, squeezed: Sequence[str], bodies: BodyNames) -> Title:
    """The title with the line above where that is the beginning of its body's name: 某区某街道／办事处2024年…."""
    above = squeezed[title.first - 1] if title.first else ""
    written = title.written or ""
    if not 0 < len(above) <= _MAX_PART or not _SENTENCE.isdisjoint(above):
        return title
    if written in above or not bodies.names_place(above + written[-1:]):
        return title  # a name says where its body is before it breaks off
    whole = read_title(above + squeezed[title.first], bodies, first=title.first - 1, last=title.last)
    if whole is None or whole.written != above + written:
        return title
    return whole if bodies.is_agency(whole.written) and bodies.level(whole.agency or "") else title


def read_title(words: str, bodies: BodyNames, *, first: int = 0, last: int = 0) -> Title | None:
    """`words` as a title, None if it is none."""
    if len(words) > _MAX_PARTS * _MAX_TITLE:
        return None
    compact = words.replace(" ", "")  # left between digits that stand apart
    if not any(pattern.may_match(compact) for pattern in bodies.titles):
        return None  # most paragraphs, without a look at what frames there are
    for bare in _with_and_without_frame(compact, bodies):
        for pattern in bodies.titles:
            match = pattern.search(bare)
            if match:
                groups = match.groupdict()
                written, year = groups.get("agency") or None, groups.get("year")
                if written and not bodies.may_be_in_title(written):
                    continue
                agency = bodies.full_name(written) if written else None
                number = parse_year(year) if year else None
                words = bodies.without_page(words).strip(_BARS)
                return Title(first, last, words, agency, number, written, framed=bare != compact)
    return None


def _with_and_without_frame(words: str, bodies: BodyNames) -> Iterator[str]:
    """The words, then those without what stands around them; that is looked for only when it is asked for."""
    yield words
    bare = bodies.without_frame(words)
    if bare != words:
        yield bare


def _near_title(squeezed: Sequence[str], bodies: BodyNames, names: Sequence[str]) -> Title | None:
    """A line that ends nearly as such reports are called, with a body or a year in front."""
    for index in range(len(squeezed) - 1, max(-1, len(squeezed) - _MAX_PARTS * _MAX_PARTS - 1), -1):
        words = bodies.without_frame(squeezed[index]) if len(squeezed[index]) <= _MAX_TITLE else ""
        if bodies.is_other_text(words):
            continue
        for name in names:
            cut = _where_it_begins(words, name)
            if not cut:
                continue
            front = words[:cut]
            number = _DIGITS_IN_TITLE.search(front)
            written = (front.replace(number[0], "") if number else front) or None
            if written and not bodies.is_agency(written):
                continue
            year = parse_year(number[0].rstrip("年度")) if number else None
            agency = bodies.full_name(written) if written else None
            return Title(index, index, squeezed[index], agency, year, written)
    return None


def _where_it_begins(words: str, name: str) -> int:
    """Where a slip of `name` begins that ends with the words; 0 for nowhere."""
    found = [
        (distance, cut)
        for length in range(len(name) - _LARGEST_SLIP, len(name) + _LARGEST_SLIP + 1)
        if (cut := len(words) - length) > 0
        and (distance := distance_within(words[cut:], name, _LARGEST_SLIP)) is not None
    ]
    return min(found)[1] if found else 0


def _rest_of_title(squeezed: Sequence[str], bodies: BodyNames) -> Title | None:
    """What is left of a title without body and year: only right before the text, elsewhere it is a menu's."""
    for place in title_places(squeezed):
        if not _PATH.isdisjoint(squeezed[place]):
            continue  # where in the site the page stands
        title = read_title(squeezed[place], bodies, first=place, last=place)
        if title or any(pattern.search(bodies.without_frame(squeezed[place])) for pattern in bodies.tails):
            return title or Title(place, place, squeezed[place], None, None)
    return None


def title_places(squeezed: Sequence[str]) -> list[int]:
    """Lines where a title stands if there is one: the last ones before the text that are no prose.

    Args:
        squeezed: the paragraphs before the first section.
    """
    end = next((index for index, words in enumerate(squeezed) if _is_prose(words)), len(squeezed))
    return [
        index
        for index in range(end - 1, max(-1, end - 1 - _MOST_PLACES), -1)
        if 0 < len(squeezed[index]) <= _MAX_TITLE and _PROSE.isdisjoint(squeezed[index])
    ]


def _is_prose(words: str) -> bool:
    return "。" in words or words.endswith(("：", ":")) or (len(words) > _MAX_PART and "，" in words)


def main_year(texts: Iterable[str]) -> int | None:
    """The year that the text names most often; None if it names none.

    Of those named as often the one that most sentences begin with, for others are mostly compared with or put
    off to; else the later one.
    """
    known = [*texts]
    counts = Counter(int(year) for text in known for year in _YEAR.findall(text))
    first = Counter(int(year) for text in known for year in _FIRST_YEAR.findall(text))
    return max(counts, key=lambda year: (counts[year], first[year], year)) if counts else None


def reported_year(
    titled: int | None, fields: Mapping[str, tuple[Field, ...]], squeezed: Sequence[str]
) -> int | None:
    """The year reported: that of the title, else of the period, else the one the text names most.

    The title is overruled only by at least two of period, text and signature that agree on another year
    while none of them supports it: then the title is what was forgotten.
    """
    witnesses = [year for year in (_period_year(fields), main_year(squeezed), _signed_year(fields)) if year]
    if not titled:
        return _period_year(fields) or _stated_year(fields, squeezed) or (witnesses[0] if witnesses else None)
    others = set(witnesses)
    if len(witnesses) > 1 and len(others) == 1:
        return witnesses[0]
    return titled


def _period_year(fields: Mapping[str, tuple[Field, ...]]) -> int | None:
    """The year in which the period ends."""
    for found in fields.get("period", ()):
        days = [day for day in found.value if isinstance(day, date)] if isinstance(found.value, tuple) else []
        if days:
            return days[-1].year
    return None


def _stated_year(fields: Mapping[str, tuple[Field, ...]], squeezed: Sequence[str]) -> int | None:
    """The year the text names most, days of signing and publishing aside; else the one before such a day."""
    days = [one for found in fields.values() for one in found if isinstance(one.value, date) and one.raw]
    texts = list(squeezed)
    for day in days:
        texts = [text.replace(day.raw, "") for text in texts]
    before = (day.value.year - 1 for day in days if isinstance(day.value, date))
    return main_year(texts) or next(before, None)


def _signed_year(fields: Mapping[str, tuple[Field, ...]]) -> int | None:
    """The year before the one in which the report was signed."""
    signed = fields.get("signed_on")
    return signed[0].value.year - 1 if signed and isinstance(signed[0].value, date) else None
