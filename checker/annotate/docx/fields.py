"""Text of which a tracked change cannot be accepted cleanly: what a field says, and controls for plain text.

A program that counts fields anew writes over the change; and LibreOffice (7.4) knows tracked changes neither in fields
nor in content controls for text without formatting: 9 that should be 6 reads 96 there, even when it is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.annotate.docx.scan import Node
from checker.annotate.ooxml.part import Part

_FIELDS: Final = ("fldSimple", "fldChar")
_MARK: Final = re.compile(rb"""fldCharType\s*=\s*["'](begin|end)["']""")


def runs_of_fields(paragraph: Node, part: Part) -> set[Node]:
    """The runs of a paragraph that stand in a field."""
    found: set[Node] = set()
    depth = 0
    for node in _all(paragraph):
        if node.name == "fldSimple":
            found.update(one for one in _all(node) if one.name == "r")
        elif node.name == "fldChar":
            mark = _MARK.search(part.data, node.start, node.inside)
            depth += {b"begin": 1, b"end": -1}.get(mark[1], 0) if mark else 0
        elif node.name == "r" and depth > 0:
            found.add(node)
    return found


def has_field(cell: Node) -> bool:
    """Whether a field stands in a cell."""
    return any(node.name in _FIELDS for node in _all(cell))


def is_in_text_control(place: Node) -> bool:
    """Whether a run or paragraph stands in a content control for text without formatting, as far as the tree goes."""
    controls = (node.child("sdtPr") for node in place.ancestors() if node.name == "sdt")
    return any(properties is not None and properties.child("text") for properties in controls)


def _all(node: Node) -> Iterator[Node]:
    """All that stands in an element, in order."""
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))
