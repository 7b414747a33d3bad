"""Results of many files in bounded memory: kept in a temporary file, loaded again as writers ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from os import SEEK_END
from typing import IO, cast, overload

from checker.model.findings import Outline, OutlinedResults, ReportResult, outline_of
from checker.model.forms import Form

_IN_MEMORY = 50


class ResultStore(OutlinedResults):
    """A sequence of results that grows at the end; beyond a few dozen they rest on disk.

    The temporary file is private to this process and has no name, so nothing else can put data into it. What
    finds no room there, because the folder cannot be written to or the disk is full, stays in memory.

    Args:
        forms: the forms by id; results refer to them instead of holding copies.
    """

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self.outlines: list[Outline] = []
        self._recent: list[ReportResult] = []
        self._resting: list[bytes | tuple[int, int]] = []
        self._file: IO[bytes] | None = None

    def append(self, result: ReportResult) -> None:
        """Add one result."""
        self.outlines.append(outline_of(result))
        if self.in_memory and len(self._recent) < _IN_MEMORY:
            self._recent.append(result)
            return
        if self.in_memory:
            self._open()
            for earlier in self._recent:
                self._rest(earlier)
            self._recent.clear()
        self._rest(result)

    def _open(self) -> None:
        import tempfile  # noqa: PLC0415  # only for many files
        import weakref  # noqa: PLC0415  # likewise

        with suppress(OSError):
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # lives as long as the store
            weakref.finalize(self, self._file.close)

    def _rest(self, result: ReportResult) -> None:
        """Put a result to the others that rest, as its place in the file and its length, or else as its bytes."""
        from checker.run.kept.light_results import serialise  # noqa: PLC0415  # only for many files

        data = serialise(result)
        if self._file is not None:
            with suppress(OSError):
                start = self._file.seek(0, SEEK_END)
                if self._file.write(data) == len(data):
                    self._resting.append((start, len(data)))
                    return
        self._resting.append(data)

    def put(self, index: int, result: ReportResult) -> None:
        """Put a result in the place of another one."""
        self.outlines[index] = outline_of(result)
        if self.in_memory:
            self._recent[index] = result
        else:
            self._rest(result)
            self._resting[index] = self._resting.pop()

    @property
    def in_memory(self) -> bool:
        """Whether the results are still those that were added, with the whole text of their reports."""
        return not self._resting

    def __len__(self) -> int:
        return len(self.outlines)

    @overload
    def __getitem__(self, index: int) -> ReportResult: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[ReportResult, ...]: ...

    def __getitem__(self, index: int | slice) -> ReportResult | tuple[ReportResult, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        if self.in_memory:
            return self._recent[index]
        from checker.run.kept.light_results import deserialise  # noqa: PLC0415  # only for many files

        resting = self._resting[index]
        return deserialise(resting if isinstance(resting, bytes) else self._read(*resting), self._forms)

    def _read(self, start: int, length: int) -> bytes:
        file = cast("IO[bytes]", self._file)
        file.seek(start)
        return file.read(length)

    def __iter__(self) -> Iterator[ReportResult]:
        return (self[index] for index in range(len(self)))
