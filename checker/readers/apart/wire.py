"""Documents as bytes, for the way from the process that read them.

JSON with all boxes behind it as plain doubles, for most of a document's numbers are those of its boxes. Not
pickle: a process that a hostile file has taken over must not be able to make its parent run anything.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, Final

from checker.model.document import Block, Cell, Document, Location, Note, Paragraph, Table
from checker.readers.page.ink import Box

_LENGTH: Final = struct.Struct("<Q")
_PLACE: Final[Callable[[Location], tuple[Any, ...]]] = attrgetter(
    "path", "page", "paragraph", "line", "start", "end", "table_index", "grid_row", "grid_column"
)
"""What tells a place apart from its box."""


def encode_document(document: Document) -> bytes:
    """A document as bytes."""
    boxes: array[float] = array("d")
    blocks = [
        _paragraph(block, boxes) if isinstance(block, Paragraph) else _table(block, boxes)
        for block in document.blocks
    ]
    notes = [[note.code, note.text, _written(note.location, boxes)] for note in document.notes]
    whole = [document.format, dict(document.properties), blocks, notes]
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join((_LENGTH.pack(len(text)), text, boxes.tobytes()))


def decode_document(data: bytes) -> Document:
    """The document that `encode_document` wrote.

    Raises:
        ValueError: the bytes are something else.
    """
    try:
        (length,) = _LENGTH.unpack_from(data)
        end = _LENGTH.size + length
        numbers = iter(array("d", data[end:]))
        boxes = zip(numbers, numbers, numbers, numbers, strict=True)
        whole = json.loads(data[_LENGTH.size : end].decode("utf-8", "surrogatepass"))
        format_name, properties, blocks, notes = whole
        return Document(
            tuple([_block(block, boxes) for block in blocks]),
            format_name,
            properties,
            tuple([Note(code, text, _read(place, boxes)) for code, text, place in notes]),
        )
    except (AttributeError, KeyError, RecursionError, StopIteration, TypeError, struct.error) as error:
        raise ValueError("no document") from error


def _paragraph(paragraph: Paragraph, boxes: array[float]) -> list[Any]:
    return [paragraph.text, paragraph.heading, _written(paragraph.location, boxes)]


def _table(table: Table, boxes: array[float]) -> dict[str, Any]:
    place = _written(table.location, boxes)
    rows = [
        [(c.text, c.row, c.column, c.row_span, c.column_span, _written(c.location, boxes)) for c in row]
        for row in table.rows
    ]
    return {"location": place, "rows": rows, "aligned": table.aligned}


def _written(location: Location, boxes: array[float]) -> tuple[Any, ...]:
    """A place without its box, which is added to `boxes`, but with a word on whether it has one."""
    if location.box is None:
        return (False, *_PLACE(location))
    boxes.extend(location.box)
    return (True, *_PLACE(location))


def _block(data: Any, boxes: Iterator[Box]) -> Block:
    if isinstance(data, list):
        text, heading, place = data
        return Paragraph(text, _read(place, boxes), heading)
    place = _read(data["location"], boxes)
    rows = tuple([tuple([_cell(cell, boxes) for cell in row]) for row in data["rows"]])
    return Table(rows, place, data["aligned"])


def _cell(data: Any, boxes: Iterator[Box]) -> Cell:
    text, row, column, row_span, column_span, place = data
    return Cell(text, row, column, row_span, column_span, _read(place, boxes))


def _read(data: Any, boxes: Iterator[Box]) -> Location:
    has_box, path, page, *others = data
    return Location(path, page, next(boxes) if has_box else None, *others)
