"""Marks that an earlier call has left in the main part: taken out, and runs that were cut for them joined again.

Changes that were proposed and that nobody has accepted or rejected yet stay, with the comments around them: the
file is checked as if they were accepted, so nothing else tells of them any more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

from checker.annotate.docx.marks import ADDED_SPACE, CUT_BESIDE, CUT_INSIDE, REOPENED
from checker.annotate.ooxml.part import Edit, Part, edited, name_at, tag_end
from checker.readers.raw.ooxml import WORD
from checker.readers.raw.safe_xml import create_parser, feed, whole_number
from checker.startup.records import dataclass, field

_MARKS: Final = ("commentRangeStart", "commentRangeEnd", "commentReference")
_CHANGES: Final = ("ins", "del")


@dataclass
class Earlier:
    """A main part without earlier marks.

    Attributes:
        part: the part.
        kept: ids of comments that stay, because they stand at a change that is still open.
        changes: ids of the open changes.
        edits: what was changed, in order.
    """

    part: Part
    kept: frozenset[int] = frozenset()
    changes: frozenset[int] = frozenset()
    edits: Sequence[Edit] = ()

    def moved(self, offset: int) -> int:
        """Where the element now begins that began at an offset."""
        places = [edit.position for edit in self.edits]
        shifts = [0, *accumulate(len(edit.text) - edit.removed for edit in self.edits)]
        return offset + shifts[bisect_left(places, offset)]


def without_earlier(part: Part, comments: Collection[int], again: Collection[int], author: str) -> Earlier:
    """Take out the marks of comments.

    Args:
        part: the main part.
        comments: ids of our comments.
        again: ids of those that will be written anew; they stay at no change.
        author: who we are, in changes.
    """
    found = _EarlierScan(part, comments, author).run()
    found.kept.difference_update(again)
    gone = sorted(
        (mark for mark in found.marks if mark.number not in found.kept), key=lambda mark: mark.start
    )
    joined = [_joined(part.data, group) for group in _together(gone)]
    edits = sorted(
        (*(edit for edit, _ in joined), *_spaces(part.data, joined)), key=lambda edit: edit.position
    )
    data = edited(part.data, edits)
    return Earlier(part.changed(data), frozenset(found.kept), frozenset(found.changes), edits)


@dataclass(frozen=True, slots=True)
class _EarlierMark:
    """What goes: a mark, or the run of a reference."""

    start: int
    end: int
    number: int


@dataclass
class _Open:
    """An element that is open.

    Attributes:
        number: the comment of ours that it marks, None for other elements.
        references: of a run, the references to our comments in it.
        holds_more: of a run, whether it holds anything else but properties.
    """

    name: str
    start: int
    number: int | None = None
    references: list[_EarlierMark] = field(default_factory=list)
    holds_more: bool = False


class _EarlierScan:
    def __init__(self, part: Part, comments: Collection[int], author: str) -> None:
        self.marks: list[_EarlierMark] = []
        self.kept: set[int] = set()
        self.changes: set[int] = set()
        self._data = part.data
        self._comments = frozenset(comments)
        self._author = author
        self._begun: set[int] = set()
        self._open: list[_Open] = []
        self._parser = create_parser(part.encoding)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def run(self) -> _EarlierScan:
        feed(self._parser, self._data)
        return self

    def _start(self, full: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = full.rpartition(" ")
        element = _Open(local if namespace in WORD else full, self._parser.CurrentByteIndex)
        number = whole_number(attributes.get(f"{namespace} id"), -1)
        if element.name in _MARKS and number in self._comments:
            element.number = number
            if local == "commentRangeStart":
                self._begun.add(number)
            elif local == "commentRangeEnd":
                self._begun.discard(number)
        elif element.name in _CHANGES and attributes.get(f"{namespace} author") == self._author:
            self.kept |= self._begun
            self.changes.add(number)
        if self._open and element.number is None and local != "rPr":
            self._open[-1].holds_more = True
        self._open.append(element)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if element.number is not None:
            mark = _EarlierMark(element.start, self._end_of(element), element.number)
            if element.name == "commentReference" and self._open and self._open[-1].name == "r":
                self._open[-1].references.append(mark)
            else:
                self.marks.append(mark)
        elif element.references and element.holds_more:
            self.marks.extend(element.references)
        elif element.references:
            number = element.references[0].number
            self.marks.append(_EarlierMark(element.start, self._end_of(element), number))

    def _end_of(self, element: _Open) -> int:
        inside = tag_end(self._data, element.start)
        if self._data[inside - 2 : inside] == b"/>":
            return inside
        return self._data.index(b">", self._parser.CurrentByteIndex) + 1


def _together(marks: Sequence[_EarlierMark]) -> list[tuple[int, int]]:
    """Marks that touch each other, as one place each."""
    groups: list[tuple[int, int]] = []
    for mark in marks:
        if groups and groups[-1][1] == mark.start:
            groups[-1] = (groups[-1][0], mark.end)
        else:
            groups.append((mark.start, mark.end))
    return groups


def rejoined(data: bytes, places: Mapping[int, str]) -> bytes:
    """Data with runs put together again that touch each other where they were cut, and with what marked the cut gone.

    Args:
        data: a main part.
        places: where runs may touch, with the spaces that the mark of the cut had.
    """
    joined = [
        (_join_runs(data, place, place, is_text=cut == CUT_INSIDE), cut == CUT_INSIDE)
        for place, cut in sorted(places.items())
    ]
    return edited(data, (*(edit for edit, _ in joined), *_spaces(data, joined)))


def _joined(data: bytes, group: tuple[int, int]) -> tuple[Edit, bool]:
    """Take a group of marks out, and put together again what was parted there; and whether that was inside a text."""
    start, end = group
    marks = data[start:end]
    inside, beside = f"{CUT_INSIDE}/>".encode(), f"{CUT_BESIDE}/>".encode()
    if inside in marks or beside in marks:
        return _join_runs(data, start, end, is_text=inside in marks), inside in marks
    return _taken_out(data, start, end), False


def _taken_out(data: bytes, start: int, end: int) -> Edit:
    """Take a group of marks out at which nothing was cut."""
    name = name_at(data, end + 1)  # behind `</`
    closing = b"</" + name + REOPENED + b">"
    if data.startswith(closing, end) and tag_end(data, data.rindex(b"<" + name, 0, start)) == start:
        return Edit(start - 1, 0, b"/>", end - start + 1 + len(closing))
    return Edit(start, 0, b"", end - start)


def _join_runs(data: bytes, start: int, end: int, *, is_text: bool) -> Edit:
    """From the end of the run in front of marks to where the content of the run behind them goes on.

    Programs other than ours may write spaces into tags as well: runs that differ are left apart.
    """
    marks_alone = Edit(start, 0, b"", end - start)
    tag = data[end : tag_end(data, end)]
    right = _behind_properties(data, end + len(tag))
    ending = b"</" + name_at(data, end) + b">"
    left = start - len(ending)
    before = data.rfind(tag, 0, max(left, 0))
    if not data.endswith(ending, 0, start) or before < 0 or not data.startswith(data[end:right], before):
        return marks_alone
    if is_text:
        closing = b"</" + name_at(data, right) + b">"
        if not data.endswith(closing, 0, left):
            return marks_alone
        left, right = left - len(closing), tag_end(data, right)
        if data.endswith(b"]]>", 0, left) and data.startswith(b"<![CDATA[", right):
            left, right = left - len(b"]]>"), right + len(b"<![CDATA[")
    return Edit(left, 0, b"", right - left)


def _behind_properties(data: bytes, position: int) -> int:
    """The offset behind the properties with which a run begins, which may hold earlier ones of their kind."""
    name = name_at(data, position)
    if name.rpartition(b":")[2] != b"rPr":
        return position
    depth = 0
    for tag in re.compile(rb"<(/?)" + re.escape(name) + rb"(?=[\s/>])").finditer(data, position):
        behind = tag_end(data, tag.start())
        if tag[1]:
            depth -= 1
        elif data[behind - 2 : behind] != b"/>":
            depth += 1
        if depth == 0:
            return behind
    return position


def _spaces(data: bytes, joined: Sequence[tuple[Edit, bool]]) -> Iterator[Edit]:
    """The remarks on white space that texts got when they were cut."""
    done: set[int] = set()
    for edit, is_text in joined:
        if not is_text:
            continue
        opening = data.rfind(ADDED_SPACE + b">", 0, edit.position)
        tag = data.rfind(b"<", 0, edit.position)
        if (
            opening > tag >= 0
            and opening not in done
            and not any(one.position <= opening < one.position + one.removed for one, _ in joined)
        ):
            done.add(opening)
            yield Edit(opening, 0, b"", len(ADDED_SPACE))
