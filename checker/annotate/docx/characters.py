"""The characters of a paragraph in the bytes of its runs, and where runs are cut to set one apart from another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from checker.annotate.docx.scan import ALTERNATIVES, Node
from checker.annotate.ooxml.part import Part
from checker.readers.word.docx_body import SKIPPED
from checker.startup.records import dataclass

_LENGTHS: Final = {"tab": 1, "ptab": 1, "br": 1, "cr": 1, "noBreakHyphen": 1}
_PASSED_OVER: Final = frozenset((*SKIPPED, "del", "moveFrom", "object", "txbxContent", "pPr"))
"""What the reader leaves out; the paragraphs of a text box are none of the one that holds it."""
_DATA: Final = b"<![CDATA["
_DATA_END: Final = b"]]>"
_NO_TEXT: Final = (b"<!--", b"<?")
_SPECIAL: Final = rb"<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|&[^;]*;|"
_ENCODED: Final = rb"\r\n|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*"
_TOKEN: Final = re.compile(_SPECIAL + _ENCODED)
_CHARACTER: Final = re.compile(_ENCODED)
_ONE_BYTE: Final = re.compile(_SPECIAL + rb"\r\n|[\x00-\xff]")
_BYTE: Final = re.compile(rb"\r\n|[\x00-\xff]")


@dataclass(frozen=True, slots=True)
class Atom:
    """An element that holds characters.

    Attributes:
        start: offset of its first character in the paragraph.
        length: how many they are.
        node: the element.
        run: the run that it stands in.
    """

    start: int
    length: int
    node: Node
    run: Node

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + self.length


def paragraphs_of(paragraph: Node) -> Iterator[Node]:
    """A paragraph, and those in which its text goes on because its end was deleted."""
    one: Node | None = paragraph
    while one is not None:
        yield one
        one = one.goes_on


def atoms(paragraph: Node) -> list[Atom]:
    """What holds the characters of a paragraph, in order, as the reader counts them."""
    found: list[Atom] = []
    position = 0
    waiting: list[tuple[Node, Node | None]] = [
        (node, None) for one in reversed([*paragraphs_of(paragraph)]) for node in reversed(one.children)
    ]
    while waiting:
        node, run = waiting.pop()
        if node.name in _PASSED_OVER:
            continue
        length = len(node.text) if node.name == "t" else _LENGTHS.get(node.name, 0)
        if length and run is not None:
            found.append(Atom(position, length, node, run))
            position += length
            continue
        inner = node.children[:1] if node.name == ALTERNATIVES else node.children
        within = node if node.name == "r" else run
        waiting.extend((child, within) for child in reversed(inner))
    return found


@dataclass(frozen=True, slots=True)
class Point:
    """A place between characters.

    Attributes:
        position: the offset in the part.
        node: the innermost element in which what is put there stands: a paragraph or something in it that holds
            runs, or the element of the text that has to be cut.
        run: the run that has to be cut there, None if none has.
    """

    position: int
    node: Node
    run: Node | None = None


def before(found: Sequence[Atom], character: int, part: Part) -> Point | None:
    """The place in front of a character, None if there is no such character."""
    atom = atom_of(found, character)
    return _point(atom, character - atom.start, part) if atom else None


def behind(found: Sequence[Atom], character: int, part: Part) -> Point | None:
    """The place behind a character, None if there is no such character."""
    atom = atom_of(found, character)
    return _point(atom, character - atom.start + 1, part) if atom else None


def atom_of(found: Sequence[Atom], character: int) -> Atom | None:
    """What holds a character, None if there is no such character."""
    number = bisect_right([atom.start for atom in found], character) - 1
    return found[number] if number >= 0 and character < found[number].end else None


def _point(atom: Atom, offset: int, part: Part) -> Point:
    """The place between the characters of an element; where nothing else stands beside them, outside the run."""
    run = atom.run
    siblings = [node for node in run.children if node.name != "rPr"]
    if atom.node.parent is run:
        if offset == 0 and siblings[0] is atom.node:
            return Point(run.start, run.parent or run)
        if offset == atom.length and siblings[-1] is atom.node:
            return Point(run.end, run.parent or run)
    if offset == 0:
        return Point(atom.node.start, run, run)
    if offset == atom.length:
        return Point(atom.node.end, run, run)
    return Point(atom.node.inside + bytes_before(part, atom.node, offset), atom.node, run)


def bytes_before(part: Part, node: Node, characters: int) -> int:
    """How many bytes the first characters of an element take."""
    if characters == 0:
        return 0
    return next(
        (end for _, end in islice(_places(part, node), characters - 1, None)), node.stop - node.inside
    )


def _places(part: Part, node: Node) -> Iterator[tuple[int, int]]:
    """Where the bytes of each character stand in the content of an element."""
    raw = part.data[node.inside : node.stop]
    token, character = (_ONE_BYTE, _BYTE) if part.one_byte else (_TOKEN, _CHARACTER)
    position = 0
    while position < len(raw):
        found = token.match(raw, position)
        if found is None:
            return
        if found[0].startswith(_DATA):
            for inner in character.finditer(raw, position + len(_DATA), found.end() - len(_DATA_END)):
                yield inner.span()
        elif not found[0].startswith(_NO_TEXT):
            yield found.span()
        position = found.end()


def is_in_data(part: Part, node: Node, position: int) -> bool:
    """Whether an offset stands in a section of plain data, `<![CDATA[…]]>`."""
    raw = part.data[node.inside : position]
    return raw.rfind(_DATA) > raw.rfind(_DATA_END)
