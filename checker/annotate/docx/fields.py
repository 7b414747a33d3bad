"""What a field says, and other text whose changes not every program shows as changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from checker.annotate.docx.scan import Node
from checker.annotate.ooxml.part import Part

_MARK: Final = re.compile(rb"""fldCharType\s*=\s*["'](begin|end)["']""")


def runs_of_fields(paragraph: Node, part: Part) -> set[Node]:
    """The runs of a paragraph that stand in a field; a program that counts fields anew writes over them."""
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


def is_in_text_control(run: Node) -> bool:
    """Whether a run stands in a content control for text without formatting."""
    controls = (node.child("sdtPr") for node in run.ancestors() if node.name == "sdt")
    return any(properties is not None and properties.child("text") for properties in controls)


def are_shown_joined(runs: Iterable[Node], part: Part) -> bool:
    """Whether LibreOffice shows what goes and what comes in the place of runs side by side, as if both stood there.

    So it does (7.4) with tracked changes in fields and in content controls for text without formatting.
    """
    known = set(runs)
    paragraphs = {next((node for node in run.ancestors() if node.name == "p"), None) for run in known}
    in_fields = {run for one in paragraphs if one for run in runs_of_fields(one, part)}
    return any(run in in_fields or is_in_text_control(run) for run in known)


def _all(node: Node) -> Iterator[Node]:
    """All that stands in an element, in order."""
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))
