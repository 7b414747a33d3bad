"""`benchmarks/README.md`: each measurement has a section of its own, and a new figure replaces only its own section."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

README: Final = Path(__file__).with_name("README.md")
_MARK: Final = "\n## "


def keep(parts: Iterable[str], introduction: str | None = None) -> None:
    """Put sections into the page; new ones come last.

    Args:
        parts: Markdown, one section or several each.
        introduction: what stands in front of all sections, if it changes too.
    """
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    first, *sections = text.split(_MARK)
    for part in parts:
        for section in ("\n" + part).split(_MARK)[1:]:
            title = section.partition("\n")[0]
            place = [number for number, old in enumerate(sections) if old.partition("\n")[0] == title]
            if place:
                sections[place[0]] = section
            else:
                sections.append(section)
    first = first if introduction is None else introduction
    pieces = [first, *(f"## {section}" for section in sections)]
    README.write_text("\n\n".join(piece.strip() for piece in pieces) + "\n", encoding="utf-8")
