"""Where the elements of paragraphs and cells stand in the bytes of a document's main part.

Only what was asked for is kept, as small trees with offsets. What was asked for is named by the offset at which it
begins, which the reader has recorded (`Location.source`), so nothing is counted a second time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from checker.annotate.ooxml.part import Part, tag_end
from checker.model.errors import UnreadableError
from checker.readers.raw.ooxml import COMPATIBILITY, WORD
from checker.readers.raw.safe_xml import create_parser, feed
from checker.startup.records import dataclass, field

ALTERNATIVES: Final = "AlternateContent"
_PARAGRAPH, _CELL, _BOX = "p", "tc", "txbxContent"
_CONTROL, _PLAIN_TEXT = (frozenset(f"{word} {name}" for word in WORD) for name in ("sdt", "text"))
_OURS: Final = (_PARAGRAPH, _CELL)
_PLACES: Final = {f"{word} {name}": name for word in WORD for name in (_PARAGRAPH, _CELL, _BOX)}


@dataclass(eq=False)
class Node:
    """An element with its place.

    Attributes:
        name: local name; of elements of other vocabularies with their namespace, except `AlternateContent`.
        start: where its start tag begins.
        inside: where its content begins.
        stop: where its content ends.
        end: behind its end tag.
        text: its own text.
        parent: None for what was asked for alone.
        goes_on: of a paragraph whose end somebody has deleted, the one in which its text goes on.
    """

    name: str
    start: int
    inside: int
    parent: Node | None
    stop: int = 0
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)
    goes_on: Node | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it is one tag, `<w:p/>`."""
        return self.stop == self.end

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((node for node in self.children if node.name == name), None)

    def ancestors(self) -> Iterator[Node]:
        """From its parent up."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass
class Scanned:
    """What was found in the main part.

    Attributes:
        nodes: what was asked for, by offset.
        holders: for what stands in a text box, the offset of the paragraph outside that holds the box.
        in_text_controls: those that stand as a whole in a content control for text without formatting.
        namespace: the word processing vocabulary as this document names it.
        prefix: a prefix that means it everywhere, None if there is none.
        ids: numbers that marks and changes have.
    """

    nodes: Mapping[int, Node]
    holders: Mapping[int, int]
    in_text_controls: Collection[int]
    namespace: str
    prefix: str | None
    ids: frozenset[int]


def scan(part: Part, wanted: Collection[int]) -> Scanned:
    """Find paragraphs and cells by their offsets, in a part that the reader has read within its limits.

    Args:
        part: the main part.
        wanted: offsets in `part.data`; those at which none begins are not found.

    Raises:
        UnreadableError: `damaged`.
    """
    found = _Scan(part, wanted).run()
    outside = set(found.holders.values()) - set(wanted)
    # Which paragraph holds a box is known only when the box is met: then it is looked at once more.
    return _Scan(part, {*wanted, *outside}).run() if outside else found


class _Scan:
    def __init__(self, part: Part, wanted: Collection[int]) -> None:
        self._data = part.data
        self._wanted = frozenset(wanted)
        self._boxes = 0
        self._outside = 0
        self._controls: list[bool] = []
        self._in_text_controls: set[int] = set()
        self._open: list[Node] = []
        self._ended: Node | None = None
        self._nodes: dict[int, Node] = {}
        self._holders: dict[int, int] = {}
        self._root = ""
        self._prefixes: dict[str, set[str]] = {}
        self._at_root: list[str] = []
        self._parser = create_parser(part.encoding)
        self._parser.StartNamespaceDeclHandler = self._declare
        self._parser.StartElementHandler = self._first

    def run(self) -> Scanned:
        feed(self._parser, self._data)
        namespace = self._root.rpartition(" ")[0]
        if namespace not in WORD:
            raise UnreadableError(
                "damaged", "文件已损坏，里面没有文档正文。请用 Word、WPS 打开后另存一份再检查。"
            )
        fit = [one for one in self._at_root if one and self._prefixes[one] == {namespace}]
        prefix = fit[0] if fit else None
        ids = _numbers(self._data)
        return Scanned(self._nodes, self._holders, self._in_text_controls, namespace, prefix, ids)

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._prefixes.setdefault(prefix or "", set()).add(uri or "")
        if not self._root:
            self._at_root.append(prefix or "")

    def _first(self, name: str, attributes: object) -> None:
        self._root = name
        self._parser.StartElementHandler = self._start
        self._start(name, attributes)

    def _start(self, name: str, _: object) -> None:
        place = _PLACES.get(name)
        if place is None and not self._open:
            self._control(name)
            return
        if place == _BOX:
            self._boxes += 1
            self._parser.EndElementHandler = self._end
        elif place == _PARAGRAPH and not self._boxes:
            self._outside = self._parser.CurrentByteIndex
        goes_on = place == _PARAGRAPH and self._ended is not None and self._ended.parent is self._parent
        if self._open or goes_on or (place in _OURS and self._parser.CurrentByteIndex in self._wanted):
            self._keep(place or _short(name))
        if goes_on and self._ended:
            self._ended.goes_on, self._ended = self._open[-1], None

    def _control(self, name: str) -> None:
        """Note a content control outside of what is kept, and whether it is one for text without formatting."""
        if name in _CONTROL:
            self._controls.append(False)
            self._parser.EndElementHandler = self._end
        elif self._controls and name in _PLAIN_TEXT:
            self._controls[-1] = True

    @property
    def _parent(self) -> Node | None:
        return self._open[-1] if self._open else None

    def _keep(self, name: str) -> None:
        start = self._parser.CurrentByteIndex
        parent = self._parent
        node = Node(name, start, tag_end(self._data, start), parent)
        if parent:
            parent.children.append(node)
        if start in self._wanted and name in _OURS:
            self._nodes[start] = node
            if self._boxes:
                self._holders[start] = self._outside
            if any(self._controls):
                self._in_text_controls.add(start)
        self._open.append(node)
        self._parser.CharacterDataHandler = self._text
        self._parser.EndElementHandler = self._end

    def _text(self, text: str) -> None:
        self._open[-1].text += text

    def _end(self, name: str) -> None:
        if self._boxes and _PLACES.get(name) == _BOX:
            self._boxes -= 1
        if self._open:
            self._close()
        elif name in _CONTROL:
            self._controls.pop()
        if not self._open and not self._boxes and not self._controls:
            self._parser.EndElementHandler = None

    def _close(self) -> None:
        node = self._open.pop()
        if self._data[node.inside - 2 : node.inside] == b"/>":
            node.stop = node.end = node.inside
        else:
            node.stop = self._parser.CurrentByteIndex
            node.end = self._data.index(b">", node.stop) + 1
        if not self._open:
            self._parser.CharacterDataHandler = None
        if node.name == _PARAGRAPH and _has_lost_its_end(node):
            self._ended = node


def _has_lost_its_end(paragraph: Node) -> bool:
    properties = paragraph.child("pPr")
    look = properties.child("rPr") if properties else None
    return look is not None and any(one.name in ("del", "moveFrom") for one in look.children)


_NUMBER: Final = re.compile(rb"""[:\s]id\s*=\s*["']\s*(\d{1,10})["']""")


def _numbers(data: bytes) -> frozenset[int]:
    """Everything that may be the number of a mark or a change; some are ids of other things, which does no harm."""
    return frozenset(map(int, _NUMBER.findall(data)))


def _short(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return local if namespace in WORD or (namespace in COMPATIBILITY and local == ALTERNATIVES) else name
