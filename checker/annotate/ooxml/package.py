"""A ZIP package with some parts replaced: all others keep their very bytes, packed as they are."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from checker.readers.limits import Limits
from checker.readers.raw.archive import Archive, damaged
from checker.startup.records import dataclass

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_SIZES_BEHIND: Final = 0x8
"""Flag: sizes stand behind the data; here they are known in front."""
_UTF8: Final = 0x800
_WIDE_SIZES: Final = 0x1
"""Extra field with sizes of more than four bytes, which no part here has."""
_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class _Packed:
    """The data of an entry as they stand in the archive."""

    data: bytes
    method: int
    checksum: int
    size: int


def rewritten(data: bytes, changed: Mapping[str, bytes], like: str, limits: Limits) -> bytes:
    """The package with other contents of some parts; parts that it does not have are added at its end.

    Args:
        data: the package.
        changed: contents by name of the part.
        like: the part whose time new parts get.
        limits: how much reading may cost.

    Raises:
        UnreadableError: it is no proper archive.
    """
    entries = Archive(data, limits).entries
    left = dict(changed)
    time = next((entry.info.date_time for entry in entries if entry.name == like), (1980, 1, 1, 0, 0, 0))
    out, directory = bytearray(), bytearray()
    for entry in entries:
        content = changed.get(entry.name)
        left.pop(entry.name, None)
        packed = _as_it_is(data, entry.info) if content is None else _deflated(content)
        _append(out, directory, entry.info, packed)
    for name, content in left.items():
        info = zipfile.ZipInfo(name, time)
        info.create_system = 0
        _append(out, directory, info, _deflated(content))
    count = len(entries) + len(left)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + end)


def _deflated(content: bytes) -> _Packed:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    return _Packed(packed, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content))


def _as_it_is(data: bytes, info: zipfile.ZipInfo) -> _Packed:
    try:
        header = _LOCAL.unpack_from(data, info.header_offset)
    except struct.error:
        raise damaged("不是完整的压缩包") from None
    start = info.header_offset + _LOCAL.size + header[9] + header[10]
    packed = data[start : start + info.compress_size]
    if len(packed) != info.compress_size:
        raise damaged("不是完整的压缩包")
    return _Packed(packed, info.compress_type, info.CRC, info.file_size)


def _append(out: bytearray, directory: bytearray, info: zipfile.ZipInfo, packed: _Packed) -> None:
    """Add an entry to the archive and to its directory."""
    flags = info.flag_bits & ~_SIZES_BEHIND
    name = info.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437", "replace")
    year, month, day, hour, minute, second = info.date_time
    time, date = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    sizes = (packed.checksum, len(packed.data), packed.size)
    extra = _without_wide_sizes(info.extra)
    offset = len(out)
    out += _LOCAL.pack(
        b"PK\3\4", info.extract_version, flags, packed.method, time, date, *sizes, len(name), len(extra)
    )
    out += name + extra + packed.data
    version = info.create_version | info.create_system << 8
    directory += _CENTRAL.pack(
        b"PK\1\2", version, info.extract_version, flags, packed.method, time, date, *sizes,
        len(name), len(extra), len(info.comment), 0, info.internal_attr, info.external_attr, offset,
    )  # fmt: skip
    directory += name + extra + info.comment


def _without_wide_sizes(extra: bytes) -> bytes:
    kept = bytearray()
    position = 0
    while position + 4 <= len(extra):
        key, size = struct.unpack_from("<2H", extra, position)
        if key != _WIDE_SIZES:
            kept += extra[position : position + 4 + size]
        position += 4 + size
    return bytes(kept)
