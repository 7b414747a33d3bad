"""How the format of a file is recognised: what signatures may look at, and what they are made of.

The bytes decide; the name is a hint between formats that are all plain text, and between mails and web archives.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from functools import cached_property
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.encoding import marked_encoding, unmarked_utf16
from checker.startup.lazy_re import compile_later

_HEAD_BYTES: Final = 16_384
_MOST_ENTRIES: Final = 5000
_CONTROL_SHARE: Final = 0.01
_NO_CONTROLS: Final = bytes(code for code in range(256) if code >= 32 or code in b"\t\n\v\f\r\x1a\x1b")  # noqa: PLR2004 - 32 is the space
_OLE_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ANY_TAG: Final = compile_later(r"<[A-Za-z/!?]")


class Probe:
    """A file as signatures see it; the costlier views are made on first use.

    Attributes:
        data: the whole file.
        head: its first 16 KB.
        suffix: the ending of its name, in lower case and without the dot; empty if it has none.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.head = data[:_HEAD_BYTES]
        self.suffix = suffix_of(name)

    @cached_property
    def entries(self) -> frozenset[str]:
        """Lower-case entry names of a ZIP archive; empty for anything else or a damaged one."""
        return frozenset(_entry_names(self.data)) if self.data.startswith(b"PK") else frozenset()

    @cached_property
    def is_compound(self) -> bool:
        """Whether it is an OLE compound file."""
        return self.data.startswith(_OLE_SIGNATURE)

    @cached_property
    def streams(self) -> frozenset[str] | None:
        """Lower-case names right under the root of an OLE compound file, None if its directory is broken."""
        from checker.readers.raw.ole import CompoundFile  # noqa: PLC0415  # most files are none

        try:
            return CompoundFile(self.data, DEFAULT_LIMITS).names
        except UnreadableError:
            return None

    @cached_property
    def wide(self) -> str | None:
        """The encoding, if it is one with more than one byte for an ASCII character."""
        encoding = marked_encoding(self.data) or unmarked_utf16(self.data)
        return None if encoding == "utf-8" else encoding

    @cached_property
    def text(self) -> str:
        """The beginning as text of which only the ASCII part can be relied on; no leading white space."""
        return self.head.decode(self.wide or "latin-1", "replace").lstrip("\ufeff\xef\xbb\xbf \t\r\n\f")

    @cached_property
    def markup(self) -> str:
        """`text` without the comments and processing instructions that may stand before a first tag."""
        text = self.text
        while text.startswith(("<!--", "<?")):
            _, closed, rest = text.partition("-->" if text.startswith("<!--") else ">")
            if not closed:
                break
            text = rest.lstrip()
        return text


def _entry_names(data: bytes) -> list[str]:
    """Names from a ZIP's central directory; false values in it lead to fewer names, never to an error."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(data):
        return []
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    # Counted back from the end record rather than from the file's start: right also with bytes in front.
    position = end - size
    names: list[str] = []
    while position >= 0 and position + 46 <= end and len(names) < _MOST_ENTRIES:
        if data[position : position + 4] != b"PK\x01\x02":
            break
        name_size, extra_size, comment_size = struct.unpack_from("<HHH", data, position + 28)
        raw = data[position + 46 : position + 46 + name_size]
        names.append(raw.decode("utf-8", "replace").replace("\\", "/").lower())
        position += 46 + name_size + extra_size + comment_size
    return names


Signature = Callable[[Probe], bool]
"""Whether a file is of a format."""


def suffix_of(name: str) -> str:
    """The ending of a file name, in lower case and without the dot; empty if it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def begins(*magics: bytes) -> Signature:
    """The file begins with one of `magics`."""
    return has_at(0, *magics)


def has_at(offset: int, *magics: bytes) -> Signature:
    """One of `magics` stands at `offset`."""
    return lambda probe: probe.data.startswith(magics, offset)


def holds(piece: bytes) -> Signature:
    """The first 16 KB hold `piece`."""
    return lambda probe: piece in probe.head


def opens(pattern: str, first: str) -> Signature:
    """The text begins like this; `first` are the characters it can begin with, which saves most compilations."""
    compiled = compile_later(pattern, re.IGNORECASE)
    return lambda probe: probe.text[:1] in first and compiled.match(probe.text) is not None


def first_tag(names: str) -> Signature:
    """The first tag of the text is one of `names`, a pattern."""
    compiled = compile_later(rf"<(?:{names})\b[^<>]*>", re.IGNORECASE)
    return lambda probe: probe.markup.startswith("<") and compiled.match(probe.markup) is not None


def packs(prefix: str, suffix: str = "") -> Signature:
    """A ZIP archive with an entry whose name begins and ends like this, in lower case."""
    return lambda probe: any(name.startswith(prefix) and name.endswith(suffix) for name in probe.entries)


def named(*suffixes: str) -> Signature:
    """The name ends in one of `suffixes`."""
    return lambda probe: probe.suffix in suffixes


def all_of(*parts: Signature) -> Signature:
    """All of `parts` hold."""
    return lambda probe: all(part(probe) for part in parts)


def any_of(*parts: Signature) -> Signature:
    """One of `parts` holds."""
    return lambda probe: any(part(probe) for part in parts)


def but_not(part: Signature) -> Signature:
    """`part` does not hold."""
    return lambda probe: not part(probe)


def compound(*streams: str) -> Signature:
    """An OLE compound file with one of `streams` under its root; without any, any such file.

    In a broken one, whose reader will say so, the name may stand anywhere.
    """
    names = [stream.encode("utf-16-le") + b"\0\0" for stream in streams]
    wanted = frozenset(stream.lower() for stream in streams)

    def matches(probe: Probe) -> bool:
        if not probe.is_compound or not streams:
            return probe.is_compound
        if probe.streams is None:
            return any(name in probe.data for name in names)
        return not wanted.isdisjoint(probe.streams)

    return matches


def is_pdf(probe: Probe) -> bool:
    """The mark of a PDF stands within the first kilobyte, as every viewer takes it."""
    return b"%PDF-" in probe.head and re.match(rb"[\s\S]{0,1024}%PDF-\d\.\d", probe.head) is not None


def is_binary(probe: Probe) -> bool:
    """No text in any encoding: NUL bytes that are not UTF-16, or many control characters."""
    if probe.wide:
        return False
    controls = len(probe.head.translate(None, _NO_CONTROLS))
    return b"\0" in probe.data or controls > _CONTROL_SHARE * len(probe.head)


def has_plain_lines(probe: Probe) -> bool:
    """More than one line and no tag: as a page they would all run together."""
    return _ANY_TAG.search(probe.text) is None and "\n" in probe.text.strip()
