"""First-level headings: which paragraphs they are, whatever their numbering looks like.

The headings of a report share one way of numbering. Paragraphs that are numbered otherwise are headings
only where they bear a title that is still missing, at the place where it must stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from checker.model.document import Paragraph
from checker.model.forms import FormSection
from checker.model.numerals import half_width, parse_whole
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import dataclass, replace
from checker.understand.labels import closest, label_words
from checker.understand.library import ACCEPTED, FIRST, FOREIGN, NEAR, ODD, STANDARD, FormIndex

_CHINESE: Final = "一二三四五六七八九十"
_NUMERAL: Final = rf"({one_of(_CHINESE)}{{1,3}})"
_RESIDUE: Final = compile_later(r"\s*(?:\[[A-Za-z_]+\s*:[^\]\n]{0,80}\]\s*|#{1,6}\s+)*")
_PLAIN, _LOST = "plain", "lost"
_DIGITS: Final = "0123456789"
_MARKS: Final = (
    ("chinese", _CHINESE, compile_later(rf"{_NUMERAL}\s*{one_of('、.,，:：')}\s*")),
    (
        "chapter",
        "第",
        compile_later(
            rf"第\s*({one_of(_CHINESE)}{{1,3}}|\d{{1,2}})\s*(?:部分|章|节)\s*{one_of('、:：')}?\s*"
        ),
    ),
    ("digit", _DIGITS, compile_later(r"(\d{1,2})\s*[、.](?!\d)\s*")),
    ("chinese_bracket", "（(", compile_later(rf"[（(]\s*{_NUMERAL}\s*[)）]\s*[、.]?\s*")),
    ("digit_bracket", "（(" + _DIGITS, compile_later(r"[（(]?\s*(\d{1,2})\s*[)）]\s*[、.]?\s*")),
    (_LOST, "、.", compile_later(r"()[、.]\s*")),
)
"""Ways of numbering with what they may begin with, the likeliest for first-level headings first."""
_LEADERS: Final = " \t\r\n\u3000\xa0.…·"
_MAX_PAGE_DIGITS: Final = 3
_FIGURES: Final = compile_later(r"[\d\s/-]*$")
_RUN_IN: Final = compile_later(one_of("。：:；;\n") + r"|\s+")
_SENTENCE: Final = frozenset("。；;！？!?，,：:")
_MAX_HEADING: Final = 60
_MAX_FOREIGN: Final = 30
_MAX_NEAR: Final = 40
_LONGEST_TITLE: Final = 40
_SHORTEST_TITLE: Final = 4
_FEWEST_RUN_ON: Final = 12
"""Characters of text behind a title; fewer may belong to a title in other words."""
CERTAIN: Final = frozenset((STANDARD, ACCEPTED, NEAR))
"""Wordings that only a heading of the form has."""
_FIRST_LEVEL: Final = frozenset(("chinese", "chapter"))
"""Numbering that paragraphs inside a section hardly ever have."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph taken for a heading.

    Attributes:
        index: ordinal of the paragraph, from 0.
        style: its way of numbering.
        ordinal: the numeral in front, None if there is none.
        title: what follows the numeral, as written.
        section: the section of the form, None for a foreign one.
        wording: see `checker.model.report.Section`.
        body_start: offset at which the section's text begins in the same paragraph, None if it does not.
    """

    index: int
    style: str
    ordinal: int | None
    title: str
    section: FormSection | None = None
    wording: str = FOREIGN
    body_start: int | None = None

    @property
    def number(self) -> int:
        """Number of the section in the form, 0 for a foreign one."""
        return self.section.number if self.section else 0


def find_headings(
    paragraphs: Sequence[Paragraph], form: FormIndex, filled_gaps: Collection[int] = ()
) -> list[Heading]:
    """The first-level headings, in order.

    Args:
        paragraphs: all paragraphs outside tables.
        form: whose titles to look for.
        filled_gaps: ordinals (from 0) of paragraphs that are directly followed by a table.
    """
    if not form.form.sections:
        return []
    candidates = [heading for i, p in enumerate(paragraphs) if (heading := _candidate(i, p, form))]
    exact = [heading for heading in candidates if heading.section]
    style = _common_style(exact)
    sure = [h for h in exact if h.style == style and (h.wording in CERTAIN or style in _FIRST_LEVEL)]
    sure = _without_inner_lists(sure, _counted(paragraphs, style))
    chosen = _without_contents_list(sure, candidates, filled_gaps)
    certain = {heading.index for heading in sure}
    chosen = _with_missing(chosen, [h for h in exact if h.index not in certain], style)
    chosen = _with_run_on(chosen, paragraphs, form)
    chosen = _with_slips(chosen, candidates, style, form)
    return _with_odd_first(_with_foreign(chosen, candidates, style, paragraphs), candidates, form)


def _candidate(index: int, paragraph: Paragraph, form: FormIndex) -> Heading | None:
    """The paragraph as a heading, with its section if its title is known; None if it cannot be one."""
    raw = paragraph.text
    head = half_width(raw[: 2 * _MAX_HEADING])
    start = len(head) - len(head.lstrip())
    residue = _RESIDUE.match(head, start) if head[start : start + 1] in ("[", "#") else None
    start = residue.end() if residue else start
    style, ordinal, body = _numbering(head, start)
    rest = head[body:]
    heading: Heading | None = None
    if len(raw) <= _MAX_HEADING:
        title = _without_leader(rest)
        if style != _PLAIN and _is_table_text(title, form) and label_words(title) not in form.titles.words:
            return None
        heading = Heading(index, style, ordinal, title.strip())
        section, wording = _known(title, form, style)
        if section:
            return replace(heading, section=section, wording=wording)
    if style != _PLAIN:
        for split in _RUN_IN.finditer(rest[:_MAX_HEADING]):
            section, wording = _known(rest[: split.start()], form, style)
            if section:
                title = rest[: split.start()].strip()
                return Heading(index, style, ordinal, title, section, wording, body + split.end())
    return heading


def _with_run_on(chosen: list[Heading], paragraphs: Sequence[Paragraph], form: FormIndex) -> list[Heading]:
    """Add headings of missing sections whose text stands right behind the title (一、总体情况2024年，我局…)."""
    if len({heading.number for heading in chosen}) >= len(form.form.sections):
        return chosen
    order = _HeadingOrder(chosen)
    for index, paragraph in enumerate(paragraphs):
        head = half_width(paragraph.text[: 2 * _MAX_HEADING])
        style, ordinal, body = _numbering(head, 0)
        end = title_length(head[body:], form) if style in _FIRST_LEVEL else 0
        if end and len(paragraph.text) - body - end >= _FEWEST_RUN_ON:
            title = head[body : body + end].strip()
            section, wording = form.titles.exact(title)[0]
            order.add_if_it_fits(Heading(index, style, ordinal, title, section, wording, body + end))
    return order.headings()


def title_length(text: str, form: FormIndex) -> int:
    """How many characters of a text are a certain title of the form that it begins with, 0 if none are."""
    for end in range(min(len(text), _LONGEST_TITLE), _SHORTEST_TITLE - 1, -1):
        found = form.titles.exact(text[:end]) if text[end - 1].isalnum() else ()
        if found and found[0][1] in CERTAIN:
            return end
    return 0


def _numbering(head: str, start: int) -> tuple[str, int | None, int]:
    """How a paragraph is numbered, its number, and where the words behind it begin."""
    first = head[start : start + 1]
    for name, firsts, pattern in _MARKS:
        match = pattern.match(head, start) if first and first in firsts else None
        if match:
            return name, parse_whole(match[1]) if match[1] else None, match.end()
    return _PLAIN, None, start


def _without_leader(title: str) -> str:
    """A title without what leads to its page in a list of contents."""
    bare = title.rstrip()
    digits = len(bare) - len(bare.rstrip(_DIGITS))
    return bare[: len(bare) - min(digits, _MAX_PAGE_DIGITS)].rstrip(_LEADERS)


def _known(title: str, form: FormIndex, style: str) -> tuple[FormSection | None, str]:
    found = form.titles.exact(title)
    if found:
        return found[0]
    like = form.like(label_words(title), CERTAIN) if style != _PLAIN and len(title) <= _MAX_NEAR else None
    return like or (None, FOREIGN)


def _is_table_text(title: str, form: FormIndex) -> bool:
    """Whether a line is a row label that leaked out of a table, with or without its figures."""
    return label_words(_FIGURES.sub("", title)) in form.table_words


def _common_style(exact: Iterable[Heading]) -> str:
    """The way of numbering under which most sections of the form are found."""
    found: dict[str, dict[int, int]] = {name: {} for name in (*(mark[0] for mark in _MARKS), _PLAIN)}
    for heading in exact:
        weight = 3 if heading.wording in CERTAIN else 1
        known = found[heading.style]
        known[heading.number] = max(weight, known.get(heading.number, 0))
    return max(found, key=lambda name: sum(found[name].values()))


def _counted(paragraphs: Sequence[Paragraph], style: str) -> list[tuple[int, int]]:
    """Ordinals of the paragraphs that are numbered in one way, and their numbers."""
    firsts = next((firsts for name, firsts, _ in _MARKS if name == style), "")
    heads = ((index, half_width(p.text[:_MAX_HEADING]).lstrip()) for index, p in enumerate(paragraphs))
    numbered = ((index, _numbering(head, 0)) for index, head in heads if head and head[0] in firsts)
    return [(index, number) for index, (name, number, _) in numbered if name == style and number]


def _without_inner_lists(headings: list[Heading], counted: Sequence[tuple[int, int]]) -> list[Heading]:
    """Drop what is counted anew inside a section: 一、… 二、… between 一、总体情况 and the real second part.

    The count begins again behind a heading with its right number, runs on without a gap, and the next heading
    with its right number stands behind it.
    """
    right = [heading for heading in headings if heading.ordinal == heading.number]
    places = [heading.index for heading in right]
    last = {heading.number: heading.index for heading in right}
    inner: set[int] = set()
    for first, (start, number) in enumerate(counted):
        before = bisect_left(places, start)
        if number != 1 or not before or start in places[before : before + 1]:
            continue
        end = last.get(right[before - 1].number + 1, start)
        stop = first
        while stop < len(counted) and counted[stop][0] < end and counted[stop][1] == stop - first + 1:
            stop += 1
        if stop == len(counted) or counted[stop][0] >= end:
            inner.update(index for index, _ in counted[first:stop])
    return [heading for heading in headings if heading.index not in inner]


def _without_contents_list(
    headings: list[Heading], candidates: Iterable[Heading], filled_gaps: Collection[int]
) -> list[Heading]:
    """Drop a list of contents: titles that follow each other with nothing between and come again later."""
    runs: list[list[Heading]] = []
    for heading in headings:
        if runs and heading.number > runs[-1][-1].number:
            runs[-1].append(heading)
        else:
            runs.append([heading])
    if len(runs) == 1:
        return headings
    listed = {heading.index for heading in candidates if heading.section}
    occurrences = Counter(number for run in runs for number in {heading.number for heading in run})
    kept: list[Heading] = []
    for run in runs:
        hollow = len(run) > 1 and all(
            listed.issuperset(range(first.index, second.index))
            and first.body_start is None
            and first.index not in filled_gaps
            for first, second in pairwise(run)
        )
        if not (hollow and all(occurrences[heading.number] > 1 for heading in run)):
            kept.extend(run)
    return kept


def _with_missing(chosen: list[Heading], others: Iterable[Heading], style: str) -> list[Heading]:
    """Add less certain headings for sections still missing, where they stand in their place."""
    order = _HeadingOrder(chosen)
    for heading in others:
        if heading.wording in CERTAIN or heading.style in (style, _LOST):
            order.add_if_it_fits(heading)
    return order.headings()


class _HeadingOrder:
    """Headings in the order of their sections: the first and last paragraph of each section's headings."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self._headings = list(headings)
        self._spans: dict[int, tuple[int, int]] = {}
        for heading in self._headings:
            first, last = self._spans.get(heading.number, (heading.index, heading.index))
            self._spans[heading.number] = (min(first, heading.index), max(last, heading.index))

    def add_if_it_fits(self, heading: Heading) -> None:
        """Add the heading of a section that has none yet, behind all earlier and before all later sections."""
        if heading.number not in self._spans and all(
            last < heading.index if number < heading.number else heading.index < first
            for number, (first, last) in self._spans.items()
        ):
            self._headings.append(heading)
            self._spans[heading.number] = (heading.index, heading.index)

    def headings(self) -> list[Heading]:
        """All of them as they stand in the document."""
        return sorted(self._headings, key=lambda heading: heading.index)


def _with_slips(
    chosen: list[Heading], candidates: Iterable[Heading], style: str, form: FormIndex
) -> list[Heading]:
    """Add headings whose title is a slip of one that is still missing, or must mean it."""
    missing = {section.number for section in form.form.sections} - {h.number for h in chosen}
    if not missing:
        return chosen
    titles: Mapping[str, FormSection] = {
        words: targets[0][0]
        for words, targets in form.titles.targets.items()
        if targets[0][0].number in missing
    }
    order = _HeadingOrder(chosen)
    for candidate in candidates:
        words = label_words(candidate.title)
        if (
            candidate.section
            or candidate.style not in (style, _LOST, "chinese")
            or candidate.style == _PLAIN
            or len(words) > _MAX_NEAR
        ):
            continue
        meant = _meant(words, titles, form)
        if meant and meant[0].number in missing:
            order.add_if_it_fits(replace(candidate, section=meant[0], wording=meant[1]))
    return order.headings()


def _meant(words: str, titles: Mapping[str, FormSection], form: FormIndex) -> tuple[FormSection, str] | None:
    """The section that a title means that is none of the known ones, and how it is worded."""
    near = closest(words, titles)
    sections = {titles[title].number: titles[title] for title in near}
    if len(sections) == 1:
        broken_off = any(title.startswith(words) for title in near)
        return sections.popitem()[1], ODD if broken_off else NEAR
    return form.like(words, (ODD,)) if len(words) <= _MAX_FOREIGN else None


def _with_foreign(
    chosen: list[Heading], candidates: Iterable[Heading], style: str, paragraphs: Sequence[Paragraph]
) -> list[Heading]:
    """Add headings of sections the form does not have: numbered alike and continuing the count.

    A numbered list inside a section begins again at one and stays text.
    """
    if style in (_PLAIN, _LOST):
        return _with_declared_foreign(chosen, candidates, paragraphs)
    recognised = {heading.index: heading for heading in chosen}
    used = {heading.ordinal for heading in chosen}
    last = 0
    result: list[Heading] = []
    for candidate in candidates:
        if candidate.index in recognised:
            heading = recognised[candidate.index]
            result.append(heading)
            last = heading.ordinal or last + 1
        elif (
            candidate.section is None
            and candidate.style == style
            and candidate.ordinal == last + 1
            and candidate.ordinal not in used
            and _reads_like_heading(candidate.title)
        ):
            result.append(candidate)
            last = candidate.ordinal
    return result


def _with_odd_first(headings: list[Heading], candidates: Iterable[Heading], form: FormIndex) -> list[Heading]:
    """The first section in words of the author's own: it is the overview if the second part is the second one.

    So is the chapter that begins right above the overview: 一、报告内容, （一）总体情况, …, 二、主动公开….
    """
    if len(headings) > 1 and headings[1].number == headings[1].ordinal == 2:  # noqa: PLR2004 - the second part
        first, second = headings[:2]
        if first.number == 1 and first.style != second.style:
            above = (one for one in candidates if (one.index, one.style) == (first.index - 1, second.style))
            first = next(above, first)
        meant = form.like(first.title, (FIRST,)) if first.ordinal == 1 and not first.section else None
        if meant:
            return [replace(first, section=meant[0], wording=ODD), *headings[1:]]
    return headings


def _with_declared_foreign(
    chosen: list[Heading], candidates: Iterable[Heading], paragraphs: Sequence[Paragraph]
) -> list[Heading]:
    """Without numerals only the outline level that the file declares tells a heading."""
    levels = {paragraphs[heading.index].heading for heading in chosen}
    if len(levels) != 1 or None in levels:
        return chosen
    foreign = [
        candidate
        for candidate in candidates
        if candidate.section is None
        and candidate.index > chosen[0].index
        and paragraphs[candidate.index].heading in levels
        and _reads_like_heading(candidate.title)
    ]
    return sorted([*chosen, *foreign], key=lambda heading: heading.index)


def _reads_like_heading(title: str) -> bool:
    return 1 < len(title) <= _MAX_FOREIGN and _SENTENCE.isdisjoint(title)
