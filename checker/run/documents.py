"""One document, from bytes to blocks: a file, or a part of a package."""

from __future__ import annotations

from collections.abc import Callable

from checker.model.document import Document
from checker.readers import read_document
from checker.readers.formats import Format
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class DocumentName:
    """Name of a file, and of the part of it that is a document of its own."""

    file: str
    member: str | None = None

    @property
    def shown(self) -> str:
        """How people are told of it."""
        return self.file if self.member is None else f"{self.file}!{self.member}"


def read_named(data: bytes, name: DocumentName, kind: Format | None) -> Document:
    """Read a document; what it says of places names the part of the file that it is.

    Raises:
        UnreadableError: see `read_document`.
    """
    document = read_document(data, name.member or name.file, kind=kind)
    if name.member is None:
        return document
    from checker.readers.packages.unpack import placed_in  # noqa: PLC0415  # most files are no packages

    return placed_in(document, name.member)


ReadDocument = Callable[[bytes, DocumentName, Format | None], Document]
"""Reads a document as `read_named` does: it may know it already, or change it before it is understood."""
