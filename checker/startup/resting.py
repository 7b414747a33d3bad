"""Bytes that rest on disk until somebody asks for them."""

from __future__ import annotations

from contextlib import suppress
from os import SEEK_END
from typing import IO, cast

_Place = tuple[int, int]
"""Where bytes begin in the file, and how many they are."""


class RestingBytes:
    """A list of bytes that grows at the end, in a temporary file.

    The file is private to this process and has no name, so nothing else can put data into it. What finds no room
    there, because the folder cannot be written to or the disk is full, stays in memory.
    """

    def __init__(self) -> None:
        self._resting: list[bytes | _Place] = []
        self._file: IO[bytes] | None = None

    def append(self, data: bytes) -> None:
        """Add some bytes."""
        if not self._resting:
            self._open()
        if self._file is not None:
            with suppress(OSError):
                start = self._file.seek(0, SEEK_END)
                if self._file.write(data) == len(data):
                    self._resting.append((start, len(data)))
                    return
        self._resting.append(data)

    def put(self, index: int, data: bytes) -> None:
        """Put bytes in the place of others."""
        self.append(data)
        self._resting[index] = self._resting.pop()

    def _open(self) -> None:
        import tempfile  # noqa: PLC0415  # only for much
        import weakref  # noqa: PLC0415  # likewise

        with suppress(OSError):
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # lives as long as the list
            weakref.finalize(self, self._file.close)

    def __len__(self) -> int:
        return len(self._resting)

    def __getitem__(self, index: int) -> bytes:
        resting = self._resting[index]
        if isinstance(resting, bytes):
            return resting
        file = cast("IO[bytes]", self._file)
        file.seek(resting[0])
        return file.read(resting[1])
