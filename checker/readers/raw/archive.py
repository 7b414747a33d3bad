"""Bounded reading of ZIP containers (DOCX, XLSX, ODT, OFD, ZIP): sizes are counted, headers are not trusted."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits, too_large

_ENCRYPTED_FLAG: Final = 0x1
_CHUNK: Final = 1 << 18
_MEBIBYTE: Final = 1 << 20
_ENTRY_SIGNATURE: Final = b"PK\x01\x02"
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


class Archive:
    """The parts of a zip file, each unpacked only when asked for.

    Args:
        data: the whole file.
        limits: bounds for entries, the size of parts, their sum, and the rate of expansion.

    Raises:
        UnreadableError: `damaged` or `too_large`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        # Counted before zipfile builds an object for each entry; the count in the header may lie.
        if data.count(_ENTRY_SIGNATURE) > limits.entries:
            raise too_large(f"里的部件多于 {limits.entries} 个")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _ZIP_ERRORS:
            raise damaged("不是完整的压缩包，可能没有下载完") from None
        self._limits = limits
        self._unpacked = 0
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all entries with `/` between folders, in the order of the directory."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Args:
            name: one of `names`.

        Raises:
            UnreadableError: `damaged` (missing, broken or checksum wrong), `encrypted`, `too_large`.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise damaged("缺少必要的部件")
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
