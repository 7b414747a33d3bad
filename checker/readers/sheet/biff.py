"""Records of binary spreadsheets ([MS-XLS], BIFF8): cutting the stream, texts, packed numbers."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.readers.limits import too_large

CONTINUE: Final = 0x3C
_MOST_RECORDS: Final = 2_000_000
_RICH, _PHONETIC, _WIDE = 0x08, 0x04, 0x01


class Record(NamedTuple):
    """One record; `parts` are its body and the bodies of the records that continue it."""

    code: int
    offset: int
    parts: list[bytes]

    @property
    def body(self) -> bytes:
        """The record's own body."""
        return self.parts[0]


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """All records from `start` on; a broken end is left out."""
    place = start
    pending: Record | None = None
    for _ in range(_MOST_RECORDS):
        if place + 4 > len(stream):
            break
        code, size = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + size]
        if code == CONTINUE and pending is not None:
            pending.parts.append(body)
        else:
            if pending is not None:
                yield pending
            pending = Record(code, place, [body])
        place += 4 + size
    else:
        raise too_large("的单元格过多")
    if pending is not None:
        yield pending


def packed_number(bits: int) -> str:
    """A number in the four-byte form (RK) as text."""
    if bits & 2:
        value = float(struct.unpack("<i", struct.pack("<I", bits))[0] >> 2)
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFFFFFC) << 32))[0])
    return repr(value / 100 if bits & 1 else value)


class TextReader:
    """Reads texts that may run over into the next part of a record, each part with its own width."""

    def __init__(self, parts: list[bytes], place: int = 0) -> None:
        self._parts = parts
        self._index = 0
        self._place = place

    @property
    def ended(self) -> bool:
        """Whether everything was read."""
        self._next_part()
        return self._index >= len(self._parts)

    def number(self, size: int) -> int:
        """An unsigned number of `size` bytes; what is missing counts as 0."""
        return int.from_bytes(self._take(size), "little")

    def text(self, length_bytes: int) -> str:
        """A text led by its length in characters, which takes `length_bytes` bytes."""
        return self.rich_text(length_bytes)[0]

    def rich_text(self, length_bytes: int) -> tuple[str, list[tuple[int, int]]]:
        """The same, with its runs: where each begins, in characters, and the number of its font."""
        length = self.number(length_bytes)
        flags = self.number(1)
        runs = self.number(2) if flags & _RICH else 0
        extra = self.number(4) if flags & _PHONETIC else 0
        text = self._characters(length, wide=bool(flags & _WIDE))
        fonts = [(self.number(2), self.number(2)) for _ in range(runs)]
        self._skip(extra)
        return text, fonts

    def _characters(self, length: int, *, wide: bool) -> str:
        pieces: list[str] = []
        while length > 0 and self._index < len(self._parts):
            part = self._parts[self._index]
            width = 2 if wide else 1
            count = min(length, (len(part) - self._place) // width)
            raw = part[self._place : self._place + count * width]
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "surrogatepass"))
            self._place += count * width
            length -= count
            if length:
                # The text goes on in the next part, which says anew how wide its characters are.
                self._index += 1
                self._place = 1
                wide = self._index < len(self._parts) and self._parts[self._index][:1] == b"\1"
        return "".join(pieces)

    def _next_part(self) -> None:
        while self._index < len(self._parts) and self._place >= len(self._parts[self._index]):
            self._place -= len(self._parts[self._index])
            self._index += 1

    def _take(self, size: int) -> bytes:
        self._next_part()
        if self._index >= len(self._parts):
            return b""
        data = self._parts[self._index][self._place : self._place + size]
        self._place += size
        return data

    def _skip(self, size: int) -> None:
        self._place += size
        self._next_part()
