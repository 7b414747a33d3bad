"""Results of many files in bounded memory: kept in a temporary file, loaded again as writers ask for them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, overload

from checker.model.findings import Outline, OutlinedResults, ReportResult, outline_of
from checker.model.forms import Form

_IN_MEMORY = 50


class ResultStore(OutlinedResults):
    """A sequence of results that grows at the end; beyond a few dozen they rest on disk.

    The temporary file is private to this process and has no name, so nothing else can put data into it.

    Args:
        forms: the forms by id; results refer to them instead of holding copies.
    """

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self.outlines: list[Outline] = []
        self._recent: list[ReportResult] = []
        self._offsets: list[int] = []
        self._file: Any = None

    def append(self, result: ReportResult) -> None:
        """Add one result."""
        self.outlines.append(outline_of(result))
        if self._file is None and len(self._recent) < _IN_MEMORY:
            self._recent.append(result)
            return
        if self._file is None:
            import tempfile  # noqa: PLC0415  # only for many files
            import weakref  # noqa: PLC0415  # likewise

            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the store
            weakref.finalize(self, self._file.close)
            for earlier in self._recent:
                self._write(earlier)
            self._recent.clear()
        self._write(result)

    def _write(self, result: ReportResult) -> None:
        from checker.processes.packing import pack  # noqa: PLC0415  # only for many files

        self._offsets.append(self._file.seek(0, io.SEEK_END))
        self._file.write(pack(result))

    @property
    def in_memory(self) -> bool:
        """Whether the results are still those that were added, with the whole text of their reports."""
        return self._file is None

    def __len__(self) -> int:
        return len(self.outlines)

    @overload
    def __getitem__(self, index: int) -> ReportResult: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[ReportResult, ...]: ...

    def __getitem__(self, index: int | slice) -> ReportResult | tuple[ReportResult, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        if self._file is None:
            return self._recent[index]
        from checker.processes.packing import unpack  # noqa: PLC0415  # only for many files

        self._file.seek(self._offsets[index])
        return unpack(self._file, self._forms)

    def __iter__(self) -> Iterator[ReportResult]:
        return (self[index] for index in range(len(self)))
