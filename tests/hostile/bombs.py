"""Bombs in formats that pack parts of XML."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Final

from .case import Case, given
from .drawing import draw, packed, repacked

_LAUGHS: Final = (
    "<!DOCTYPE a ["
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'ha'}'>" for n in range(9))
    + "]>"
)
_MEBIBYTE: Final = 1 << 20


def in_parts(name: str, part: str, begin: str, end: str, nested: tuple[str, str]) -> Iterator[Case]:
    """Bombs in the main part of a package.

    Args:
        name: the format.
        part: the main part.
        begin: where content begins.
        end: where it ends.
        nested: begin and end tags that may contain themselves.
    """

    def changed(change: Callable[[str], str | bytes]) -> Callable[[], bytes]:
        def make() -> bytes:
            def alter(parts: dict[str, bytes]) -> None:
                text = change(parts[part].decode())
                parts[part] = text if isinstance(text, bytes) else text.encode()

            return repacked(draw(name), alter)

        return make

    def inserted(text: str) -> Callable[[], bytes]:
        return changed(lambda old: old.replace(begin, begin + text, 1))

    refused = {"status": ["unreadable"], "exit": [3]}
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    made: dict[str, tuple[Callable[[], bytes], dict[str, object]]] = {
        "laughs": (changed(lambda old: _after_declaration(old, _LAUGHS).replace(end, f"&l8;{end}", 1)), refused),
        "entity_outside": (changed(lambda old: _after_declaration(old, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>').replace(end, f"&b;{end}", 1)), refused),
        "dtd_outside": (changed(lambda old: _after_declaration(old, '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">')), ends),
        "nested": (inserted(nested[0] * 4000 + nested[1] * 4000), ends),
        "expansion": (changed(lambda old: old.replace(begin, begin + " " * (40 * _MEBIBYTE), 1)), refused),
        "wide": (inserted("<a>" * 0 + "<b/>" * 900_000), ends),
        "attributes": (inserted("<b " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"), ends),
        "comment": (inserted("<!--" + "x" * 3_000_000 + "-->"), ends),
        "unclosed": (changed(lambda old: old[: old.rindex(end)]), refused),
        "encoding": (changed(lambda old: old[old.find("?>") + 2 if old.startswith("<?xml") else 0 :].encode("utf-16")), ends),
        "nul": (changed(lambda old: old.replace(begin, begin + "\0", 1)), refused),
        "surrogate": (changed(lambda old: old.replace(begin, begin + "&#xD800;", 1)), ends),
        "entries": (lambda: _with_entries(draw(name)), refused),
        "size_lies": (lambda: _resized(draw(name), part), ends),
        "two_of_one_part": (lambda: _twice(draw(name), part), ends),
    }  # fmt: skip
    for kind, (make, expect) in made.items():
        yield Case(f"bomb/{kind}.{name}", name, given(make, f"报告.{name}"), expect, quick=kind == "laughs")


def _after_declaration(text: str, inserted: str) -> str:
    place = text.find("?>") + 2 if text.startswith("<?xml") else 0
    return text[:place] + inserted + text[place:]


def _with_entries(data: bytes) -> bytes:
    return repacked(data, lambda parts: parts.update({f"x/{n}.xml": b"<a/>" for n in range(6000)}))


def _resized(data: bytes, part: str) -> bytes:
    """The directory says that the part is 10 bytes long."""
    made = bytearray(data)
    name = part.encode()
    place = made.rindex(name)
    struct.pack_into("<I", made, place - 46 + 24, 10)
    return bytes(made)


def _twice(data: bytes, part: str) -> bytes:
    """Another part of the same name, empty, stands first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    made = bytearray(packed({part.swapcase(): b"<a/>", **dict(parts)}))
    old, new = part.swapcase().encode(), part.encode()
    return bytes(made).replace(old, new)
