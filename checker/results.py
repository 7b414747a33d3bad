"""Results of many files in bounded memory: kept in a temporary file, loaded again as writers ask for them."""

from __future__ import annotations

import io
import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from checker.findings import ReportResult
from checker.forms import Form, FormTable
from checker.pipeline import slim

_IN_MEMORY = 50


class ResultStore(Sequence[ReportResult]):
    """A sequence of results that grows at the end; beyond a few dozen the older ones rest on disk.

    The temporary file is private to this process and has no name, so nothing else can put data into it.

    Args:
        forms: the forms by id; results refer to them instead of holding copies.
    """

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self._recent: list[ReportResult] = []
        self._offsets: list[int] = []
        self._file: Any = None

    def append(self, result: ReportResult) -> None:
        """Add one result."""
        if self._file is None and len(self._recent) < _IN_MEMORY:
            self._recent.append(result)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the store
            for earlier in self._recent:
                self._write(earlier)
            self._recent.clear()
        self._write(result)

    def _write(self, result: ReportResult) -> None:
        self._offsets.append(self._file.seek(0, io.SEEK_END))
        _Pickler(self._file, self._forms).dump(slim(result))

    def __len__(self) -> int:
        return len(self._offsets) or len(self._recent)

    @overload
    def __getitem__(self, index: int) -> ReportResult: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[ReportResult, ...]: ...

    def __getitem__(self, index: int | slice) -> ReportResult | tuple[ReportResult, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        if self._file is None:
            return self._recent[index]
        self._file.seek(self._offsets[index])
        result: ReportResult = _Unpickler(self._file, self._forms).load()
        return result

    def __iter__(self) -> Iterator[ReportResult]:
        return (self[index] for index in range(len(self)))


class _Pickler(pickle.Pickler):
    """Writes forms and their tables by name."""

    def __init__(self, file: Any, forms: Mapping[str, Form]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._names: dict[int, tuple[str, str | None]] = {
            id(form): (form.id, None) for form in forms.values()
        }
        self._names |= {id(t): (form.id, t.key) for form in forms.values() for t in form.tables.values()}

    def persistent_id(self, obj: object) -> tuple[str, str | None] | None:
        """Name of a form or form table, None for anything else."""
        return self._names.get(id(obj)) if isinstance(obj, (Form, FormTable)) else None


class _Unpickler(pickle.Unpickler):
    """Reads what `_Pickler` of the same store wrote."""

    def __init__(self, file: Any, forms: Mapping[str, Form]) -> None:
        super().__init__(file)
        self._forms = forms

    def persistent_load(self, pid: tuple[str, str | None]) -> Form | FormTable:
        """The form or form table of that name."""
        form = self._forms[pid[0]]
        return form if pid[1] is None else form.tables[pid[1]]
