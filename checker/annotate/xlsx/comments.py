"""The part that holds the notes of a sheet: ours are put in, those of others are left as they are.

A cell has one note at most. Where somebody else has written one, ours goes behind it as a run of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checker.annotate.ooxml.elements import PlacedElement, appended, placed
from checker.annotate.ooxml.part import Edit, Part, edited, text_xml
from checker.readers.raw.archive import damaged
from checker.startup.records import dataclass

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_USUAL: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DEPTH: Final = 6
"""Comments, list, comment, text, run, words."""


@dataclass(frozen=True, slots=True)
class NotedCells:
    """The part with other notes of ours.

    Attributes:
        data: the part.
        gone: references of cells that had a note of ours, and of ours alone.
        new: references of cells that have one now.
    """

    data: bytes
    gone: frozenset[str]
    new: tuple[str, ...]


def empty_comments(namespace: str) -> bytes:
    """A part without notes, in the vocabulary of its sheet."""
    namespace = namespace or _USUAL
    return f'{_XML}<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode()


def with_notes(data: bytes, notes: Mapping[str, str], author: str) -> NotedCells:
    """The part with these notes of ours, and no others of ours.

    Args:
        data: the part.
        notes: text by reference of the cell, such as `B3`.
        author: who says it.

    Raises:
        UnreadableError: `damaged`.
    """
    part = Part(data)
    root = placed(part, _DEPTH, texts=True)
    authors, listed = root.find("authors"), root.find("commentList")
    if authors is None or listed is None:
        raise damaged("批注部件不完整")
    writer = _Writer(part, root.prefix, author)
    names = [one.text for one in authors.all("author")]
    number = names.index(author) if author in names else len(names)
    edits: list[Edit] = []
    if author not in names and notes:
        edits.append(appended(part, authors, writer.element("author", text_xml(author))))
    mine = {one.attributes.get("ref", "") for one in listed.all("comment") if _by(one, number)}
    others = {one.attributes.get("ref", ""): one for one in listed.all("comment") if not _by(one, number)}
    for one in listed.all("comment"):
        edits += (
            [Edit(one.start, 0, b"", one.end - one.start)] if _by(one, number) else writer.without_ours(one)
        )
    for reference, text in notes.items():
        if reference in others:
            edits += writer.behind(others[reference], text)
    new = tuple(reference for reference in notes if reference not in others)
    content = "".join(writer.comment(reference, number, notes[reference]) for reference in new)
    if content:
        edits.append(appended(part, listed, content))
    return NotedCells(part.packed(edited(part.data, edits)), frozenset(mine), new)


def _by(comment: PlacedElement, author: int) -> bool:
    return comment.attributes.get("authorId") == str(author)


class _Writer:
    """Writes elements in the vocabulary of a part."""

    def __init__(self, part: Part, prefix: str, author: str) -> None:
        self._part = part
        self._prefix = prefix
        self._mark = f"\n【{author}】\n"

    def element(self, name: str, content: str, attributes: str = "") -> str:
        """An element with what is in it."""
        return f"<{self._prefix}{name}{attributes}>{content}</{self._prefix}{name}>"

    def comment(self, reference: str, author: int, text: str) -> str:
        """A note."""
        return self.element(
            "comment", self.element("text", self._run(text)), f' ref="{reference}" authorId="{author}"'
        )

    def behind(self, comment: PlacedElement, text: str) -> list[Edit]:
        """Our words behind those of somebody else."""
        inner = comment.find("text")
        return [appended(self._part, inner, self._run(self._mark + text))] if inner else []

    def without_ours(self, comment: PlacedElement) -> list[Edit]:
        """Our words of an earlier copy taken away from behind those of somebody else."""
        inner = comment.find("text")
        runs = inner.all("r") if inner else []
        return [
            Edit(run.start, 0, b"", run.end - run.start) for run in runs if run.text.startswith(self._mark)
        ]

    def _run(self, text: str) -> str:
        return self.element("r", self.element("t", text_xml(text), ' xml:space="preserve"'))
