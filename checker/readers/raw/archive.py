"""Bounded reading of ZIP containers (DOCX, XLSX, ODT, OFD, ZIP): sizes are counted, headers are not trusted."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits, too_large
from checker.startup.records import dataclass

_ENCRYPTED_FLAG: Final = 0x1
_CHUNK: Final = 1 << 18
_MEBIBYTE: Final = 1 << 20
_ENTRY_SIGNATURE: Final = b"PK\x01\x02"
_END_SIGNATURE: Final = b"PK\x05\x06"
_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_UTF8_FLAG: Final = 0x800
_FLAGS_AT: Final = 8
_LOCAL_FLAGS_AT: Final = 6
_UNICODE_PATH: Final = 0x7075
"""Extra field with the name in UTF-8 (APPNOTE 4.6.9), which old programs write beside a name in a local code page."""
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def damaged(detail: str) -> UnreadableError:
    """The error for a container that cannot be unpacked; `detail` says in Chinese what is wrong."""
    return UnreadableError(
        "damaged", f"文件已损坏，{detail}。请重新下载，或用 Word、WPS 打开后另存一份再检查。"
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the directory, with its name as it was meant and `/` between folders."""

    name: str
    info: zipfile.ZipInfo


class Archive:
    """The parts of a zip file, each unpacked only when asked for.

    Args:
        data: the whole file.
        limits: bounds for entries, the size of parts, their sum, and the rate of expansion.

    Attributes:
        entries: all entries in the order of the directory; two may have the same name.

    Raises:
        UnreadableError: `damaged` or `too_large`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        start, end = _directory(data)
        # Counted before zipfile builds an object for each entry; the count in the header may lie.
        if data.count(_ENTRY_SIGNATURE, start, end) > limits.entries:
            raise too_large(f"里的部件多于 {limits.entries} 个")
        try:
            self._zip = _opened(data, start, end)
        except _ZIP_ERRORS:
            raise damaged("不是完整的压缩包，可能没有下载完") from None
        self._limits = limits
        self._unpacked = 0
        self.entries = tuple(Entry(_name_of(info), info) for info in self._zip.infolist())
        self._numbers = {entry.name: number for number, entry in enumerate(self.entries)}

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all entries with `/` between folders, each once, in the order of the directory."""
        return tuple(self._numbers)

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Args:
            name: one of `names`.

        Raises:
            UnreadableError: `damaged` (missing, broken or checksum wrong), `encrypted`, `too_large`.
        """
        if name not in self._numbers:
            raise damaged("缺少必要的部件")
        return self.read_entry(self._numbers[name])

    def read_entry(self, number: int) -> bytes:
        """Unpack one of `entries`, given by its number from 0; errors are those of `read`."""
        entry = self.entries[number].info
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise UnreadableError("encrypted", "文件设有密码，未读取。请取消密码后重新保存，再检查。")
        if entry.compress_type not in _METHODS:
            raise damaged("压缩方式不是常见的一种")
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._count(size, len(chunk), entry.compress_size)
                    chunks.append(chunk)
        except _ZIP_ERRORS:
            raise damaged("部分内容读不出来") from None
        return b"".join(chunks)

    def _count(self, size: int, added: int, packed: int) -> None:
        """Stop as soon as a limit is exceeded, whatever size the header states."""
        limits = self._limits
        self._unpacked += added
        if size > limits.part_bytes:
            raise too_large(f"里有部件解压后超过 {limits.part_bytes // _MEBIBYTE} MB")
        if self._unpacked > limits.total_bytes:
            raise too_large(f"解压后超过 {limits.total_bytes // _MEBIBYTE} MB")
        if size > _MEBIBYTE and size > limits.expansion * max(packed, 1):
            raise too_large(f"解压后膨胀 {limits.expansion} 倍以上")


def _directory(data: bytes) -> tuple[int, int]:
    """Where the central directory is, as its end record says; the whole file where there is none."""
    end = data.rfind(_END_SIGNATURE)
    if end < 0 or end + _END.size > len(data):
        return 0, len(data)
    size: int = _END.unpack_from(data, end)[5]
    return max(0, end - size), end


def _opened(data: bytes, start: int, end: int) -> zipfile.ZipFile:
    """The archive; names that are marked as UTF-8 and are not lose their mark, which else costs the whole archive."""
    try:
        return zipfile.ZipFile(BytesIO(data))
    except UnicodeDecodeError:
        return zipfile.ZipFile(BytesIO(_with_honest_marks(data, start, end)))


def _with_honest_marks(data: bytes, start: int, end: int) -> bytes:
    changed = bytearray(data)
    shift = (
        start - _END.unpack_from(data, end)[6]
    )  # what stands in front of the archive moves all its offsets
    position = data.find(_ENTRY_SIGNATURE, start, end)
    while 0 <= position <= end - _ENTRY.size:
        entry = _ENTRY.unpack_from(data, position)
        flags, sizes, offset = entry[3], entry[10:13], entry[-1]
        name = data[position + _ENTRY.size :][: sizes[0]]
        if flags & _UTF8_FLAG and name.decode("utf-8", "replace").encode() != name:
            for place in (position + _FLAGS_AT, shift + offset + _LOCAL_FLAGS_AT):
                if 0 <= place < len(changed) - 2:
                    struct.pack_into("<H", changed, place, flags & ~_UTF8_FLAG)
        position = data.find(_ENTRY_SIGNATURE, position + _ENTRY.size + sum(sizes), end)
    return bytes(changed)


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name of an entry as it was meant: unmarked names are in UTF-8 or in the code page of Windows in China."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode()
        try:
            name = _unicode_path(info.extra, raw) or raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return name.partition("\0")[0].replace("\\", "/")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in an extra field that belongs to this name, empty if there is none."""
    position = 0
    while position + 4 <= len(extra):
        key, size = struct.unpack_from("<2H", extra, position)
        field = extra[position + 4 : position + 4 + size]
        if key == _UNICODE_PATH and field[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return field[5:].decode("utf-8")
        position += 4 + size
    return ""
