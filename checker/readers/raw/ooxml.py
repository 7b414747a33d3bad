"""What all Office Open XML packages share: finding parts by their relationships, and the title."""

from __future__ import annotations

import posixpath
from typing import Final

from checker.readers.limits import Limits
from checker.readers.raw.archive import Archive, damaged
from checker.readers.raw.safe_xml import read_tree

# Namespaces, each with its strict form.
WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
MATHS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
DRAWING: Final = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
PLACED_DRAWING: Final = (
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
)
WORD_2010: Final = ("http://schemas.microsoft.com/office/word/2010/wordml",)
VML: Final = ("urn:schemas-microsoft-com:vml",)
COMPATIBILITY: Final = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)

_ROOT: Final = ""


def relations_of(part: str) -> str:
    """Name of the part that holds the relationships of another."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class OoxmlPackage:
    """An archive whose parts are found by their relationships, not by their usual names.

    Args:
        data: the whole file.
        limits: how much reading may cost.

    Raises:
        UnreadableError: as `Archive`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._archive = Archive(data, limits)
        self._limits = limits
        self._relations: dict[str, dict[str, str]] = {}

    def main_part(self) -> str:
        """Name of the part that holds the document itself.

        Raises:
            UnreadableError: there is none.
        """
        name = self._related(_ROOT).get("officeDocument", "")
        if name not in self._archive:
            raise damaged("缺少正文部分")
        return name

    def read(self, name: str) -> bytes:
        """Bytes of a part; raises as `Archive.read`."""
        return self._archive.read(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts."""
        return self._archive.names

    def target(self, part: str, purpose: str) -> str | None:
        """Name of the part that `part` is said to use for `purpose`, whether there is such a part or not."""
        return self._related(part).get(purpose)

    def related_part(self, part: str, purpose: str) -> str | None:
        """Name of the part that `part` uses for `purpose` (such as `styles`), None if it has none."""
        name = self.target(part, purpose)
        return name if name is not None and name in self._archive else None

    def related(self, part: str, purpose: str) -> bytes | None:
        """Bytes of the part that `part` uses for `purpose`, None if it has none."""
        name = self.related_part(part, purpose)
        return None if name is None else self._archive.read(name)

    def title(self) -> str:
        """The title in the document's properties, empty if it has none."""
        data = self.related(_ROOT, "core-properties")
        element = read_tree(data, self._limits).find("title") if data else None
        return element.text.strip() if element else ""

    def _related(self, part: str) -> dict[str, str]:
        """Purpose to part name; the first of a kind counts."""
        known = self._relations.get(part)
        if known is not None:
            return known
        folder = posixpath.dirname(part)
        relations_part = relations_of(part)
        relations: dict[str, str] = {}
        if relations_part in self._archive:
            for element in read_tree(self._archive.read(relations_part), self._limits).children:
                kind, target = element.attributes.get("Type", ""), element.attributes.get("Target", "")
                if element.attributes.get("TargetMode") != "External":
                    path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/")))
                    relations.setdefault(kind.rpartition("/")[2], path.lstrip("/"))
        self._relations[part] = relations
        return relations
