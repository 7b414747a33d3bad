"""Layers of a PDF (optional content) that are off when it is opened (ISO 32000-1, 8.11).

The library draws them right and tells of each object in which layer it lies, but not which layers are off. That is
looked up in the file itself: in its objects as they stand, and in the streams that hold objects.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import cached_property
from typing import Final

_LAYERS: Final = b"/OCProperties"
_STREAM_TYPE: Final = b"/ObjStm"
_OBJECT_STREAM: Final = re.compile(
    rb"obj\s{0,9}<<([^<>]{0,400}/ObjStm\b[^<>]{0,400})>>\s{0,9}stream\r?\n", re.DOTALL
)
_NUMBERS: Final = {name: re.compile(rb"/%s\s{1,9}(\d{1,9})" % name) for name in (b"N", b"First")}
_LISTS: Final = {name: re.compile(rb"/%s\s{0,9}\[([^\]]*)\]" % name) for name in (b"OCGs", b"ON", b"OFF")}
_ALL_OFF: Final = re.compile(rb"/BaseState\s{0,9}/OFF\b")
_REFERENCE: Final = re.compile(rb"(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_NAME: Final = re.compile(rb"/Name\s{0,9}(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MOST_INFLATED: Final = 16 << 20
_LONGEST_OBJECT: Final = 4000


class Layers:
    """The layers of a document.

    Args:
        data: the file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def off(self) -> frozenset[str]:
        """Names of the layers that are off; one that another layer shares, which is on, is not among them."""
        packed = {} if _LAYERS in self._data else self._packed_objects()
        told = [self._data] if _LAYERS in self._data else [one for one in packed.values() if _LAYERS in one]
        if not told:
            return frozenset()
        packed = packed or self._packed_objects()
        listed = {name: self._references(told, pattern) for name, pattern in _LISTS.items()}
        off = listed[b"OFF"]
        if any(_ALL_OFF.search(text) for text in told):
            off = off | (listed[b"OCGs"] - listed[b"ON"])
        hidden = {self._name(number, packed) for number in off}
        shown = {self._name(number, packed) for number in listed[b"OCGs"] - off}
        return frozenset(hidden - shown - {""})

    def _references(self, texts: Iterable[bytes], pattern: re.Pattern[bytes]) -> set[int]:
        return {
            int(number)
            for text in texts
            for inside in pattern.findall(text)
            for number in _REFERENCE.findall(inside)
        }

    def _packed_objects(self) -> dict[int, bytes]:
        """The objects inside object streams by their numbers."""
        found: dict[int, bytes] = {}
        left = _MOST_INFLATED
        # Most files have no such stream, and looking through all objects of one takes milliseconds.
        for head in _OBJECT_STREAM.finditer(self._data) if _STREAM_TYPE in self._data else ():
            numbers = [pattern.search(head[1]) for pattern in _NUMBERS.values()]
            end = self._data.find(b"endstream", head.end())
            if None in numbers or end < 0 or left <= 0:
                continue
            count, first = (int(number[1]) for number in numbers if number)
            try:
                text = zlib.decompressobj().decompress(self._data[head.end() : end], left)
            except zlib.error:
                continue
            left -= len(text)
            places = [int(one) for one in text[:first].split()[: 2 * count] if one.isdigit()]
            starts = [*places[1::2], len(text)]
            for number, start, stop in zip(places[::2], starts, starts[1:], strict=False):
                found[number] = text[first + start : first + stop]
        return found

    def _name(self, number: int, packed: dict[int, bytes]) -> str:
        """The name of a layer by the number of its object, empty if it is not found or cannot be told."""
        text = packed.get(number)
        if text is None:
            head = re.search(rb"(?<!\d)%d\s{1,9}\d{1,5}\s{1,9}obj" % number, self._data)
            text = self._data[head.end() : head.end() + _LONGEST_OBJECT].split(b"endobj")[0] if head else b""
        found = _NAME.search(text)
        if found is None:
            return ""
        if found[2] is not None:
            digits = b"".join(found[2].split()).decode("ascii")
            raw = bytes.fromhex(digits + "0" * (len(digits) % 2))
        else:
            raw = _ESCAPE.sub(_meant, found[1])
        # As the library tells it, which takes the bytes for UTF-8 and leaves out what is none.
        return raw.decode("utf-8", "ignore").rstrip("\0")


def _meant(escape: re.Match[bytes]) -> bytes:
    code: bytes = escape[1]
    return bytes((int(code, 8) & 0xFF,)) if code[:1].isdigit() else _ESCAPES.get(code, code)
