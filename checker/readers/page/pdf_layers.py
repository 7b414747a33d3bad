"""Layers of a PDF (optional content) that are off when it is opened (ISO 32000-1, 8.11).

The library draws them right and tells of each object in which layer it lies, but not which layers are off. That is
looked up in the file itself: in its objects as they stand, and in the streams that hold objects. What lies in
several layers by a rule of its own (a membership) bears no name: if all rules of a file hide, it is hidden; if only
some do, that is in doubt.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
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
_MEMBERSHIP: Final = b"/OCMD"
_GROUPS: Final = re.compile(rb"/OCGs\s{0,9}(\[[^\]]*\]|\d{1,9}\s{1,9}\d{1,5}\s{1,9}R)")
_POLICY: Final = re.compile(rb"/P\s{0,9}/(AllOn|AnyOn|AnyOff|AllOff)\b")
_NUMBER: Final = re.compile(rb"(\d{1,9})\s{1,9}\d{1,5}\s{1,9}obj\s{0,9}$")
_ON_FORM: Final = re.compile(rb"/OC\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_FORM: Final = re.compile(rb"/Subtype\s{0,9}/Form\b")
_MOST_MEMBERSHIPS: Final = 500
_MOST_FORMS: Final = 2000
UNNAMED: Final = ""
"""In place of the name of a layer that has none, such as a membership."""
_MOST_INFLATED: Final = 16 << 20
_LONGEST_OBJECT: Final = 4000


class Layers:
    """The layers of a document.

    Args:
        data: the file, not encrypted; None if that is not to be had, so that every layer is in doubt.

    Attributes:
        doubtful: whether something has been met of which it is not known whether it is shown.
    """

    def __init__(self, data: bytes | None = b"") -> None:
        self._data = data or b""
        self._unknown = data is None
        self.doubtful = False

    def hide(self, names: Iterable[str]) -> bool:
        """Whether an object in layers of these names is not shown; takes down what is in doubt."""
        hidden = False
        for name in names:
            hidden = hidden or name in self.off or (name == UNNAMED and self._memberships == {True})
            self.doubtful = self.doubtful or self._unknown or name in self._in_doubt
        return hidden

    @cached_property
    def matter(self) -> bool:
        """Whether some layers are off, or may be: in most files none are."""
        if self._hidden_forms():
            self.doubtful = True
        return self._unknown or bool(self.off or self._in_doubt or True in self._memberships)

    @cached_property
    def off(self) -> frozenset[str]:
        """Names of the layers that are off; one that another layer shares, which is on, is not among them."""
        return self._names(self._off) - self._names(self._listed[b"OCGs"] - self._off) - {UNNAMED}

    @cached_property
    def _in_doubt(self) -> frozenset[str]:
        """Names that layers share of which some are off; `UNNAMED` if there are both kinds of those."""
        off = self._names(self._off)
        shared = (off & self._names(self._listed[b"OCGs"] - self._off)) | (off & {UNNAMED})
        told = self._memberships - {False} if len(self._memberships) > 1 else self._memberships & {None}
        return shared | {UNNAMED} if told else shared

    @cached_property
    def _packed(self) -> dict[int, bytes]:
        return self._packed_objects()

    @cached_property
    def _told(self) -> list[bytes]:
        """The texts that tell of the layers; none in most files."""
        if _LAYERS in self._data:
            return [self._data]
        return [one for one in self._packed.values() if _LAYERS in one]

    @cached_property
    def _listed(self) -> Mapping[bytes, set[int]]:
        return {name: self._references(self._told, pattern) for name, pattern in _LISTS.items()}

    @cached_property
    def _off(self) -> set[int]:
        """Numbers of the layers that are off."""
        if any(_ALL_OFF.search(text) for text in self._told):
            return self._listed[b"OFF"] | (self._listed[b"OCGs"] - self._listed[b"ON"])
        return self._listed[b"OFF"]

    def _names(self, numbers: Iterable[int]) -> frozenset[str]:
        return frozenset(self._name(number, self._packed) for number in numbers)

    @cached_property
    def _memberships(self) -> set[bool | None]:
        """What the rules of the file say: whether they hide, None for one that cannot be told."""
        return set(self._hiding.values())

    @cached_property
    def _hiding(self) -> dict[int, bool | None]:
        """Whether memberships hide what lies in them, by the number of their object, or one below zero."""
        found: dict[int, bool | None] = {}
        if not self._off:
            return found
        for number, text in self._membership_texts():
            groups, policy = _GROUPS.search(text), _POLICY.search(text)
            numbers = {int(one) for one in _REFERENCE.findall(groups[1])} if groups else set()
            off = numbers & self._off
            hides: bool | None = {
                b"AllOn": bool(off), b"AnyOff": not off, b"AllOff": off != numbers, b"AnyOn": off == numbers,
            }[policy[1] if policy else b"AnyOn"]  # fmt: skip
            if not numbers:
                hides = False
            if b"/VE" in text or not numbers <= self._listed[b"OCGs"]:
                hides = None
            found[number] = hides
            if len(found) == _MOST_MEMBERSHIPS:
                break
        return found

    def _membership_texts(self) -> Iterator[tuple[int, bytes]]:
        yield from ((number, text) for number, text in self._packed.items() if _MEMBERSHIP in text)
        place, unnumbered = self._data.find(_MEMBERSHIP), 0
        while place >= 0:
            start = max(self._data.rfind(b"<<", max(0, place - _LONGEST_OBJECT), place), 0)
            end = self._data.find(b">>", place)
            number = _NUMBER.search(self._data[max(0, start - 40) : start])
            unnumbered -= 1
            yield int(number[1]) if number else unnumbered, self._data[start : end if end >= 0 else None]
            place = self._data.find(_MEMBERSHIP, place + 1)

    def _hidden_forms(self) -> bool:
        """Whether a form as a whole lies in a layer that is off; the library does not tell which."""
        hiding = self._off | {number for number, hides in self._hiding.items() if hides is not False}
        if not hiding:
            return False
        for count, match in enumerate(_ON_FORM.finditer(self._data)):
            if count == _MOST_FORMS:
                return True
            start = self._data.rfind(b" obj", max(0, match.start() - _LONGEST_OBJECT), match.start())
            end = self._data.find(b"stream", match.end(), match.end() + _LONGEST_OBJECT)
            if int(match[1]) in hiding and min(start, end) >= 0 and _FORM.search(self._data[start:end]):
                return True
        return False

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
