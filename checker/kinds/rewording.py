"""Changes of wording of which there is only one that is right, for kinds that know it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import Final

from checker.judging.language.scope import TextView
from checker.judging.messages import fill_known
from checker.judging.subject import Subject
from checker.kinds.kind import Options
from checker.kinds.options import PATTERN, options_schema
from checker.model.document import Location, Paragraph
from checker.model.findings import TextChange
from checker.model.place import Place
from checker.model.report import Report, Text
from checker.model.text import squeeze
from checker.patterns.pattern import Match, compile_pattern
from checker.startup.records import replace

REPLACE: Final = {
    "type": "array",
    "minItems": 1,
    "items": options_schema(
        ("pattern", "by"),
        pattern=PATTERN,
        by={"type": "string", "description": "改成什么，可以用 {组名}；空的是删去"},
    ),
    "description": "只有一种改法的写法：pattern 的命中（有 found 组的取这一组）改为 by，写成修订和“改为”按钮",
}

Rewording = tuple[int, int, str]
"""Offsets in a view, and what should stand between them."""


def found_span(match: Match) -> tuple[int, int]:
    """The match, or its group `found` if it has one that took part."""
    name = "found" if match.groupdict().get("found") else 0
    return match.start(name), match.end(name)


def rewordings(view: TextView, options: Options) -> list[Rewording]:
    """What the option `replace` would change in a view, none of them inside another."""
    found: list[Rewording] = []
    for entry in options.get("replace", ()):
        for match in compile_pattern(entry["pattern"]).finditer(view.text):
            start, end = found_span(match)
            by = fill_known(entry["by"], {name: word or "" for name, word in match.groupdict().items()})
            # None of those found overlaps another, so only the two neighbours can overlap this one.
            at = bisect(found, (start, end))
            if not any(first < end and start < last for first, last, _ in found[max(at - 1, 0) : at + 1]):
                found.insert(at, (start, end, by))
    return found


def reworded(view: TextView, changes: Sequence[Rewording]) -> TextView:
    """The view as it would read, for patterns alone."""
    pieces: list[str] = []
    done = 0
    for start, end, by in changes:
        pieces += (view.text[done:start], by)
        done = end
    return replace(view, text="".join((*pieces, view.text[done:])))


def text_changes(subject: Subject, view: TextView, changes: Sequence[Rewording]) -> tuple[TextChange, ...]:
    """Changes of a view as changes of its paragraphs; none if one of them cannot be made there."""
    made: list[TextChange | None] = []
    for start, end, by in changes:
        text, offset = view.text_at(start)
        made.append(text_change(subject.report, text, start - offset, end - offset, by))
    return tuple(one for one in made if one) if all(made) else ()


def changes_at(report: Report, place: Place, wrong: str, right: str) -> tuple[TextChange, ...]:
    """Some words at a place as other words, wherever they occur there; none if one of them cannot be changed."""
    paragraph = _paragraph(report, place.location)
    span = paragraph.text_span(place.location) if paragraph else None
    if paragraph is None or span is None:
        return ()
    text = Text(paragraph, place.section)
    words = text.squeezed
    starts = [at for at in range(len(words.text)) if words.text.startswith(wrong, at)]
    spans = [(at, at + len(wrong)) for at in starts]
    here = [one for one in spans if _is_within(words.raw_span(*one), span)]
    changes = [text_change(report, text, *one, right) for one in here]
    return tuple(one for one in changes if one) if all(changes) else ()


def _is_within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def text_change(report: Report, text: Text, start: int, end: int, proposed: str) -> TextChange | None:
    """A change of squeezed characters of a text.

    None where these do not stand in one paragraph of the file, such as a title that is spread over two, or are no
    text of it, such as an automatic number.
    """
    current = text.squeezed.text[start:end]
    if not current or current == proposed or end > len(text.squeezed.text):
        return None
    place = text.place(start, end)
    paragraph = _paragraph(report, place.location)
    span = paragraph.text_span(place.location) if paragraph else None
    if paragraph is None or span is None or squeeze(paragraph.text[slice(*span)]).text != current:
        return None
    return TextChange(place, current, proposed)


def _paragraph(report: Report, location: Location) -> Paragraph | None:
    """The paragraph of the document that a location names; None if there is none or more than one."""
    if location.paragraph is None:
        return None
    return report.document.numbered.get((location.path, location.paragraph))
