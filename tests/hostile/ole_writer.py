"""A compound file with streams that have content."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR: Final = 512


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Streams directly under the root, each padded to at least 4096 bytes, so that none is a small one."""
    contents = [data.ljust(4096, b"\0") for data in streams.values()]
    sectors = b""
    chain: list[int] = []
    starts: list[int] = []
    for data in [*contents, _directory(streams, contents, [0] * len(contents))]:
        count = -(-len(data) // _SECTOR)
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + count), _END]
        sectors += data.ljust(count * _SECTOR, b"\0")
    directory = _directory(streams, contents, starts)
    sectors = sectors[: starts[-1] * _SECTOR] + directory
    tables = 1
    while tables * 128 < len(chain) + tables:
        tables += 1
    first = len(chain)
    chain += [_FAT] * tables
    chain += [_FREE] * (tables * 128 - len(chain))
    assert tables <= 109
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, starts[-1], 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(first, first + tables), *[_FREE] * (109 - tables))
    return head + sectors + struct.pack(f"<{len(chain)}I", *chain)


def _directory(streams: Mapping[str, bytes], contents: list[bytes], starts: list[int]) -> bytes:
    made = _entry("Root Entry", 5, 1, _END, 0, _FREE)
    names = list(streams)
    for number, (name, data) in enumerate(zip(names, contents, strict=True)):
        following = number + 2 if number + 1 < len(names) else _FREE
        made += _entry(name, 2, _FREE, starts[number], len(data), following)
    return made.ljust(-(-len(made) // _SECTOR) * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int) -> bytes:
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
    return entry.ljust(116, b"\0") + struct.pack("<III", start, size, 0)
