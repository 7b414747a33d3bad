"""OLE compound files, the container of .doc, .xls and older .wps and .et files ([MS-CFB])."""

from __future__ import annotations

import struct
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits, too_large
from checker.startup.records import dataclass

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free, table sectors), not sectors."""
_NO_ENTRY: Final = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_ENTRY_BYTES: Final = 128
_HEADER_DIFAT: Final = 109


def damaged() -> UnreadableError:
    """The error for a compound file whose inner order is broken."""
    return UnreadableError(
        "damaged", "文件已损坏，内部结构不完整。请重新下载，或用 WPS、Word 打开后另存为 .docx。"
    )


@dataclass(frozen=True, slots=True)
class _DirectoryEntry:
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """The streams that stand directly under the root of a compound file.

    Args:
        data: the whole file.
        limits: bounds for the size of streams and the number of entries.

    Raises:
        UnreadableError: not a compound file, or a broken one.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        if len(data) < 512 or not data.startswith(SIGNATURE):  # noqa: PLR2004 - the size of the header
            raise damaged()
        self._data = data
        self._limits = limits
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:  # noqa: PLR2004 - the only sizes the format allows
            raise damaged()
        self._sector = 1 << shift
        self._mini_sector = 1 << mini_shift
        self._sectors = (len(data) + self._sector - 1) // self._sector
        directory, self._cutoff, mini_fat = struct.unpack_from("<I4xII", data, 48)
        self._fat = self._allocation_table()
        self._names = self._root_entries(self._chain(directory))
        self._mini_fat = _numbers(self._chain(mini_fat)) if mini_fat < _END else []
        self._mini_stream: bytes | None = None

    @property
    def names(self) -> frozenset[str]:
        """Names of the streams and storages under the root, in lower case (the format ignores case)."""
        return frozenset(self._names)

    def stream(self, name: str) -> bytes | None:
        """Content of the stream `name` under the root; None if there is none.

        Raises:
            UnreadableError: the stream is larger than the limit, or its chain is broken.
        """
        entry = self._names.get(name.casefold())
        if entry is None or entry.kind != _STREAM:
            return None
        if entry.size > self._limits.part_bytes:
            raise too_large("的内部数据过大")
        if entry.size >= self._cutoff:
            content = self._chain(entry.start, entry.size)
        else:
            content = self._mini_chain(entry.start, entry.size)
        return content[: entry.size]

    def _allocation_table(self) -> list[int]:
        data = self._data
        first_difat, difat_count = struct.unpack_from("<II", data, 68)
        fat_sectors = list(struct.unpack_from(f"<{_HEADER_DIFAT}I", data, 76))
        per_sector = self._sector // 4
        for _ in range(min(difat_count, self._sectors)):
            if first_difat >= _END:
                break
            numbers = _numbers(self._sector_bytes(first_difat))
            fat_sectors.extend(numbers[: per_sector - 1])
            first_difat = numbers[per_sector - 1] if len(numbers) == per_sector else _NO_ENTRY
        table: list[int] = []
        for number in fat_sectors:
            if number >= _END or len(table) > self._sectors:
                continue
            table.extend(_numbers(self._sector_bytes(number)))
        return table

    def _sector_bytes(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        if start >= len(self._data):
            raise damaged()
        return self._data[start : start + self._sector]

    def _chain(self, number: int, size: int | None = None) -> bytes:
        """Follow a chain of sectors; with `size`, no further than that many bytes."""
        wanted = self._sectors if size is None else -(-size // self._sector)
        parts: list[bytes] = []
        while number < _END and len(parts) < wanted:
            parts.append(self._sector_bytes(number))
            if number >= len(self._fat):
                raise damaged()
            number = self._fat[number]
        return b"".join(parts)

    def _mini_chain(self, number: int, size: int) -> bytes:
        if self._mini_stream is None:
            root = self._root
            self._mini_stream = self._chain(root.start, min(root.size, len(self._data)))
        parts: list[bytes] = []
        wanted = -(-size // self._mini_sector)
        while number < _END and len(parts) < wanted:
            start = number * self._mini_sector
            parts.append(self._mini_stream[start : start + self._mini_sector])
            if number >= len(self._mini_fat):
                raise damaged()
            number = self._mini_fat[number]
        return b"".join(parts)

    def _root_entries(self, directory: bytes) -> dict[str, _DirectoryEntry]:
        """The root's children; entries form a tree of siblings that hostile files tie into knots."""
        count = min(len(directory) // _ENTRY_BYTES, self._limits.entries)
        entries: list[tuple[str, _DirectoryEntry]] = []
        for index in range(count):
            raw = directory[index * _ENTRY_BYTES : (index + 1) * _ENTRY_BYTES]
            name_bytes, kind, left, right, child = struct.unpack_from("<HBxIII", raw, 64)
            start, size = struct.unpack_from("<II", raw, 116)
            name = raw[: max(0, min(name_bytes, 64) - 2)].decode("utf-16-le", "replace")
            entries.append((name, _DirectoryEntry(kind, left, right, child, start, size)))
        if not entries or entries[0][1].kind != _ROOT:
            raise damaged()
        self._root = entries[0][1]
        found: dict[str, _DirectoryEntry] = {}
        waiting, seen = [self._root.child], set[int]()
        while waiting:
            index = waiting.pop()
            if index >= count or index in seen:
                continue
            seen.add(index)
            name, entry = entries[index]
            found.setdefault(name.casefold(), entry)
            waiting += (entry.left, entry.right)
        return found


def _numbers(data: bytes) -> list[int]:
    whole = len(data) // 4
    return list(struct.unpack_from(f"<{whole}I", data))
