"""`--format parquet`: one file with a row for each report and one for each finding, in typed columns.

Rows are gathered into batches and these into groups, each of which is written as soon as it is large enough: memory
stays the same however many reports there are. The same run gives the same bytes with the same version of pyarrow. What
is about the run itself (rules, configuration, counts) stands as JSON in the metadata of the file, under `checker`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Final

from checker.model.findings import CheckRun
from checker.writers.json_result import run_json
from checker.writers.parquet.columns import COLUMNS, TableColumn
from checker.writers.parquet.rows import Row, rows_of, rows_of_run
from checker.writers.shared.json_text import json_line
from checker.writers.shared.options import WritingOptions

_BATCH_ROWS: Final = 512
_GROUP_ROWS: Final = 20_000
_GROUP_BYTES: Final = 16 << 20
"""A group of rows is written when it has so many rows or takes so many bytes in memory."""
_OF_FILE: Final = b"checker"


def write_binary(run: CheckRun, _options: WritingOptions) -> Iterator[bytes]:
    """Yield the file in pieces."""
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    fields = [arrow.field(c.name, _type(arrow, c), metadata={"description": c.meaning}) for c in COLUMNS]
    about = {key: value for key, value in run_json(run).items() if key not in ("findings", "outcomes")}
    schema = arrow.schema(fields, metadata={_OF_FILE: json_line(about).encode()})
    pieces = _Pieces()
    writer = parquet.ParquetWriter(arrow.PythonFile(pieces, mode="w"), schema, compression="zstd")
    group: list[Any] = []
    for rows in _batches(run):
        group.append(arrow.record_batch([_column(arrow, c, rows) for c in COLUMNS], schema=schema))
        if _is_large(group):
            writer.write_table(arrow.Table.from_batches(group), row_group_size=_GROUP_ROWS * 2)
            group.clear()
            yield pieces.taken()
    if group:
        writer.write_table(arrow.Table.from_batches(group), row_group_size=_GROUP_ROWS * 2)
    writer.close()
    yield pieces.taken()


class _Pieces:
    """Something to write bytes to, from which they are taken as they come."""

    closed = False

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._written = 0

    def write(self, data: Any) -> int:
        """Take bytes; their number comes back."""
        piece = bytes(data)
        self._waiting.append(piece)
        self._written += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How many bytes have come."""
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        """What has come since the last time."""
        data = b"".join(self._waiting)
        self._waiting.clear()
        return data


def _batches(run: CheckRun) -> Iterator[list[Row]]:
    """All rows, so many at a time that a column is worth building."""
    rows: list[Row] = []
    for result in run.results:
        rows += rows_of(result)
        if len(rows) >= _BATCH_ROWS:
            yield rows
            rows = []
    rows += rows_of_run(run)
    if rows:
        yield rows


def _is_large(group: Sequence[Any]) -> bool:
    rows: int = sum(batch.num_rows for batch in group)
    size: int = sum(batch.nbytes for batch in group)
    return rows >= _GROUP_ROWS or size >= _GROUP_BYTES


def _type(arrow: Any, column: TableColumn) -> Any:
    if not isinstance(column.type, str):
        return arrow.list_(arrow.struct([arrow.field(one.name, _type(arrow, one)) for one in column.type]))
    return {
        "text": arrow.string(),
        "whole": arrow.int32(),
        "number": arrow.float64(),
        "day": arrow.date32(),
        "truth": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
    }[column.type]


def _column(arrow: Any, column: TableColumn, rows: Sequence[Row]) -> Any:
    """The values of a column in some rows."""
    values = [row.get(column.name) for row in rows]
    if isinstance(column.type, str):
        return arrow.array(_clean(column.type, values), _type(arrow, column))
    ends = [0]
    for value in values:
        ends.append(ends[-1] + len(value or ()))
    records = [record for value in values for record in value or ()]
    parts = [list(part) for part in zip(*records, strict=True)] or [[] for _ in column.type]
    arrays = [
        arrow.array(_clean(str(one.type), part), _type(arrow, one))
        for one, part in zip(column.type, parts, strict=True)
    ]
    fields = [arrow.field(one.name, _type(arrow, one)) for one in column.type]
    offsets = [None if value is None else end for value, end in zip(values, ends, strict=False)] + [ends[-1]]
    return arrow.ListArray.from_arrays(
        arrow.array(offsets, arrow.int32()), arrow.StructArray.from_arrays(arrays, fields=fields)
    )


def _clean(kind: str, values: list[Any]) -> list[Any]:
    """Texts without halves of characters, which no file can hold; names of files may have them."""
    if kind == "text":
        return [None if value is None else _whole_characters(value) for value in values]
    if kind == "texts":
        return [None if value is None else [_whole_characters(one) for one in value] for value in values]
    return values


def _whole_characters(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
