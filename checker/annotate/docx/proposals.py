"""Changes that put another value into a cell, tracked ones unless somebody wants the value itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from checker.annotate.docx.characters import Atom, atoms
from checker.annotate.docx.fields import has_field, is_in_text_control
from checker.annotate.docx.marks import (
    AT_CLOSING,
    AT_CONTENT,
    AT_OPENING,
    Wording,
    content_start,
    of_deleted_text,
    own_paragraphs,
)
from checker.annotate.docx.scan import Node, Scanned
from checker.annotate.ooxml.part import Edit, Part, name_at, text_xml
from checker.annotate.options import AnnotateOptions

_PLAIN: Final = frozenset(
    ("rPr", "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak")
)
"""What a run may hold that is deleted as a whole."""
_NOT_COPIED: Final = frozenset(("ins", "del", "moveFrom", "moveTo", "rPrChange"))
"""What others have changed about a run is not said of a new one."""
_CHANGES: Final = ("ins", "moveTo")


class Proposals:
    """Collects changes of cells; `edits` puts them in.

    Attributes:
        closed: the paragraphs with changes that are one tag.
        tracked: whether the author is asked; otherwise what stood there is gone.

    Args:
        part: the main part.
        scanned: its cells.
        wording: how marks are written.
        options: who proposes, and when.
        numbers: ids that are free.
        tracked: see above.
    """

    def __init__(
        self,
        part: Part,
        scanned: Scanned,
        wording: Wording,
        options: AnnotateOptions,
        numbers: Iterator[int],
        *,
        tracked: bool = True,
    ) -> None:
        self._part = part
        self._scanned = scanned
        self._wording = wording
        self._attribution = wording.by(options.author, options.today)
        self._numbers = numbers
        self.tracked = tracked
        self._edits: dict[int, list[Edit]] = {}
        self.closed: list[Node] = []

    def can_change(self, source: int) -> bool:
        """Whether all of what the cell at an offset holds can be replaced, and a change of it be accepted."""
        cell = self._scanned.nodes.get(source)
        paragraphs = own_paragraphs(cell) if cell is not None and cell.name == "tc" else []
        if cell is None or not paragraphs:
            return False
        found = [atom for paragraph in paragraphs for atom in atoms(paragraph)]
        places = (paragraphs[0], *(atom.run for atom in found))
        if self.tracked and (has_field(cell) or self.is_in_control(source, places)):
            return False
        return all(is_plain(atom) for atom in found)

    def is_in_control(self, source: int, places: Iterable[Node]) -> bool:
        """Whether some of what stands at an offset is in a content control for text without formatting."""
        return source in self._scanned.in_text_controls or any(map(is_in_text_control, places))

    def change(self, source: int, text: str) -> None:
        """Replace what the cell at an offset holds, which `can_change`; a second change of a cell is left out."""
        if source in self._edits:
            return
        paragraphs = own_paragraphs(self._scanned.nodes[source])
        runs = list(dict.fromkeys(atom.run for paragraph in paragraphs for atom in atoms(paragraph)))
        edits = self._edits[source] = []
        for run in runs:
            edits.extend(self._deleted(run))
        if runs:
            look: Node | None = runs[0]
            place = next((node for node in runs[0].ancestors() if node.name in _CHANGES), runs[0]).end
            rank = AT_CLOSING
        else:
            look = paragraphs[0].child("r") or paragraphs[0].child("pPr")
            place = paragraphs[0].stop
            rank = AT_CONTENT if place == content_start(paragraphs[0]) else AT_CLOSING
            if paragraphs[0].is_closed:
                self.closed.append(paragraphs[0])
        edits.append(Edit(place, rank, self.inserted(look.child("rPr") if look else None, text)))

    @property
    def count(self) -> int:
        """How many cells are changed."""
        return len(self._edits)

    def edits(self) -> Iterator[Edit]:
        """All changes of the part."""
        for edits in self._edits.values():
            yield from edits

    def _deleted(self, run: Node) -> Iterator[Edit]:
        data = self._part.data
        if not self.tracked:
            yield Edit(run.start, AT_OPENING, b"", run.end - run.start)
            return
        yield Edit(run.start, AT_OPENING, self.deleting())
        for node in run.children:
            if node.name == "t":
                yield from renamed(data, node)
        yield Edit(run.end, AT_CLOSING, self.deleted())

    def deleting(self, cut: str = "") -> bytes:
        """What opens a deletion; `cut` stands before the end of the tag."""
        return self._part.encode(self._wording.tag("del", self._attributes() + cut))

    def deleted(self, cut: str = "") -> bytes:
        """What closes one."""
        return self._part.encode(self._wording.end("del" + cut))

    def inserted(self, properties: Node | None, text: str, cut: str = "") -> bytes:
        """A run of new text with properties of another; nothing for no text. `cut` as in `deleting`."""
        words = self._wording
        if not text:  # nothing is put in the place of what goes
            return b""
        tag, end = (
            (words.tag("ins", self._attributes()), words.end("ins" + cut)) if self.tracked else ("", "")
        )
        run = words.inner("r") if self.tracked else words.tag("r")
        content = words.inner("t") + text_xml(text) + words.end("t")
        return (
            self._part.encode(tag + run)
            + self._copied(properties)
            + self._part.encode(content + words.end("r") + end)
        )

    def _attributes(self) -> str:
        return self._wording.number(next(self._numbers)) + self._attribution

    def _copied(self, properties: Node | None) -> bytes:
        """The properties of a run, without what others have changed about it."""
        if properties is None:
            return b""
        pieces: list[bytes] = []
        position = properties.start
        for node in properties.children:
            if node.name in _NOT_COPIED:
                pieces.append(self._part.data[position : node.start])
                position = node.end
        return b"".join((*pieces, self._part.data[position : properties.end]))


def renamed(data: bytes, text: Node, *, start: bool = True, end: bool = True) -> Iterator[Edit]:
    """An element of text as one of deleted text: the names in its tags."""
    name = name_at(data, text.start)
    other = of_deleted_text(name)
    if start:
        yield Edit(text.start + 1, AT_OPENING, other, len(name))
    if end and not text.is_closed:
        yield Edit(text.stop + 2, AT_OPENING, other, len(name))


def is_plain(atom: Atom) -> bool:
    """Whether the run that holds it can be deleted."""
    return all(node.name in _PLAIN for node in atom.run.children)
