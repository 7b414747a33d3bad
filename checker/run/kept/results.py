"""Results of many files in bounded memory: kept in a temporary file, loaded again as writers ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import overload

from checker.model.findings import Outline, OutlinedResults, ReportResult, outline_of
from checker.model.forms import Form
from checker.startup.resting import RestingBytes

_IN_MEMORY = 50


class ResultStore(OutlinedResults):
    """A sequence of results that grows at the end; beyond a few dozen they rest on disk.

    Args:
        forms: the forms by id; results refer to them instead of holding copies.
    """

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self.outlines: list[Outline] = []
        self._recent: list[ReportResult] = []
        self._resting = RestingBytes()

    def append(self, result: ReportResult) -> None:
        """Add one result."""
        self.outlines.append(outline_of(result))
        if self.in_memory and len(self._recent) < _IN_MEMORY:
            self._recent.append(result)
            return
        from checker.run.kept.light_results import serialise  # noqa: PLC0415  # only for many files

        for one in (*self._recent, result):
            self._resting.append(serialise(one))
        self._recent.clear()

    def take(self, other: ResultStore, index: int) -> None:
        """Add a result of another store; where both are on disk its bytes are copied without being decoded."""
        if self.in_memory or other.in_memory:
            self.append(other[index])
            return
        self.outlines.append(other.outlines[index])
        self._resting.append(other._resting[index])

    def at_rest(self, index: int) -> bytes:
        """A result as `serialise` writes it."""
        if not self.in_memory:
            return self._resting[index]
        from checker.run.kept.light_results import serialise  # noqa: PLC0415  # only to keep results

        return serialise(self._recent[index])

    def put(self, index: int, result: ReportResult) -> None:
        """Put a result in the place of another one."""
        from checker.run.kept.light_results import serialise  # noqa: PLC0415  # only for many files

        self.outlines[index] = outline_of(result)
        if self.in_memory:
            self._recent[index] = result
        else:
            self._resting.put(index, serialise(result))

    @property
    def in_memory(self) -> bool:
        """Whether the results are still those that were added, with the whole text of their reports."""
        return not len(self._resting)

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

        return deserialise(self._resting[index], self._forms)

    def __iter__(self) -> Iterator[ReportResult]:
        return (self[index] for index in range(len(self)))
