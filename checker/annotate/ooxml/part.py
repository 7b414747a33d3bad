"""The bytes of an XML part, and changes of them that leave the rest alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from checker.startup.records import dataclass

_DECLARED: Final = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How parts in two bytes a character begin."""
UTF8: Final = "utf-8"


class Part:
    """An XML part; one in two bytes a character is worked on in UTF-8.

    Args:
        data: its bytes.

    Attributes:
        data: the bytes to work on.
        encoding: for the parser: that of `data` if it is not what they say themselves.
        one_byte: every character is one byte.
    """

    def __init__(self, data: bytes) -> None:
        self._original = data
        self._wide = _WIDE.get(data[:2])
        self.data = data.decode(self._wide, "surrogatepass").encode(UTF8, "replace") if self._wide else data
        self.encoding = UTF8 if self._wide else None
        declared = _DECLARED.match(self.data)
        self._plain = self._wide is None and declared is not None and declared[1].lower() != b"utf-8"
        self.one_byte = self._plain

    def offset(self, source: int) -> int:
        """The offset in `data` of one in the part as it came."""
        return len(self._original[:source].decode(self._wide).encode(UTF8)) if self._wide else source

    def encode(self, text: str) -> bytes:
        """Text as bytes of `data`."""
        return text.encode("ascii", "xmlcharrefreplace") if self._plain else text.encode(UTF8)

    def changed(self, data: bytes) -> Part:
        """The part with other `data`; offsets of the part as it came have to be carried over by the caller."""
        part = copy(self)
        part.data = data
        return part

    def packed(self, data: bytes) -> bytes:
        """Changed `data` in the encoding of the part."""
        return data.decode(UTF8).encode(self._wide) if self._wide else data


@dataclass(frozen=True, slots=True)
class Edit:
    """A change at one place.

    Attributes:
        position: offset.
        rank: which of several changes at one offset comes first.
        text: what is put in.
        removed: how many bytes go; only one change of an offset takes bytes away, and is the last there.
    """

    position: int
    rank: int
    text: bytes
    removed: int = 0


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Bytes with changes; those of one place and rank keep their order."""
    pieces: list[bytes] = []
    position = 0
    for edit in sorted(edits, key=lambda one: (one.position, one.rank)):
        pieces += (data[position : edit.position], edit.text)
        position = edit.position + edit.removed
    return b"".join((*pieces, data[position:]))


_TAG: Final = re.compile(rb"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")


def tag_end(data: bytes, start: int) -> int:
    """The offset behind the start tag that begins at `start`."""
    found = _TAG.match(data, start)
    return found.end() if found else len(data)


_NAME: Final = re.compile(rb"[^\s/>]+")


def name_at(data: bytes, start: int) -> bytes:
    """The name, with its prefix, of the tag that begins at `start`."""
    found = _NAME.match(data, start + 1)
    return found[0] if found else b""


def text_xml(text: str) -> str:
    """Text as content of an element."""
    return escape(text)


def attribute_xml(text: str) -> str:
    """Text as the value of an attribute, in quotes."""
    return quoteattr(text)
