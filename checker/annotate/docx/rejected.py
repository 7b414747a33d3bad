"""A Word document as it was before an earlier copy proposed changes that nobody has decided on yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import accumulate

from checker.annotate.docx.earlier import rejoined
from checker.annotate.docx.marks import CUT_BESIDE, CUT_INSIDE
from checker.annotate.ooxml.package import rewritten
from checker.annotate.ooxml.part import Edit, Part, edited, name_at, tag_end
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.ooxml import WORD, OoxmlPackage
from checker.readers.raw.safe_xml import create_parser, feed


def without_proposals(data: bytes, authors: Collection[str]) -> bytes:
    """The document with all open changes of some authors rejected; the same bytes if there are none.

    Raises:
        UnreadableError: it is no proper document.
    """
    package = OoxmlPackage(data, DEFAULT_LIMITS)
    main = package.main_part()
    part = Part(package.read(main))
    if not part.one_byte and not any(author.encode() in part.data for author in authors):
        return data
    found = _Rejection(part, authors)
    if not found.edits:
        return data
    text = rejoined(edited(part.data, found.edits), found.touching())
    return rewritten(data, {main: part.packed(text)}, main, DEFAULT_LIMITS)


class _Rejection:
    """Finds what has to change; insertions go as a whole, deletions lose what marks them.

    Attributes:
        edits: the changes.
        cuts: of those that take out a mark at which a run was cut, the index, with the spaces in the mark.
    """

    def __init__(self, part: Part, authors: Collection[str]) -> None:
        self.edits: list[Edit] = []
        self.cuts: dict[int, str] = {}
        self._data = part.data
        self._authors = authors
        self._open: list[tuple[str, int]] = []
        self._inserted = self._deleted = 0
        self._parser = create_parser(part.encoding)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        feed(self._parser, part.data)

    def _start(self, full: str, attributes: Mapping[str, str]) -> None:
        namespace, _, name = full.rpartition(" ")
        mine = namespace in WORD and attributes.get(f"{namespace} author") in self._authors
        name = name if namespace in WORD and (mine or name == "delText") else ""
        start = self._parser.CurrentByteIndex
        if name == "ins":
            self._inserted += 1
        elif name == "del":
            self._deleted += 1
            self._cut(start, tag_end(self._data, start))
        elif name == "delText" and self._deleted and not self._inserted:
            self._as_text(start + 1)
        self._open.append((name, start))

    def _end(self, _: str) -> None:
        name, start = self._open.pop()
        if not name:
            return
        here = self._parser.CurrentByteIndex
        is_closed = self._data[tag_end(self._data, start) - 2 : tag_end(self._data, start)] == b"/>"
        end = here if is_closed else self._data.index(b">", here) + 1
        if name == "ins":
            self._inserted -= 1
            self._cut(start, end)
        elif name == "del":
            self._deleted -= 1
            if not is_closed:
                self._cut(here, end)
        elif name == "delText" and self._deleted and not self._inserted and not is_closed:
            self._as_text(here + len(b"</"))

    def touching(self) -> dict[int, str]:
        """Where runs that were cut touch when all changes are made, with the spaces of their marks."""
        shifts = [0, *accumulate(len(edit.text) - edit.removed for edit in self.edits)]
        return {self.edits[index].position + shifts[index]: cut for index, cut in self.cuts.items()}

    def _cut(self, start: int, end: int) -> None:
        if self._inserted:  # what is put in goes as a whole
            return
        tag = self._data[start:end]
        spaces = len(tag) - len(tag[:-1].rstrip(b" ")) - 1
        if spaces in (len(CUT_BESIDE), len(CUT_INSIDE)):
            self.cuts[len(self.edits)] = " " * spaces
        self.edits.append(Edit(start, 0, b"", end - start))

    def _as_text(self, position: int) -> None:
        """Make an element of deleted text one of text, by the name in its tag."""
        name = name_at(self._data, position - 1)
        self.edits.append(Edit(position, 0, name[: -len("delText")] + b"t", len(name)))
