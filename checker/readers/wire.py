"""Documents as JSON, for the way from the process that read them.

Not pickle: a process that a hostile file has taken over must not be able to make its parent run anything.
"""

from __future__ import annotations

import json
from typing import Any

from checker.document import Block, Cell, Document, Location, Note, Paragraph, Table


def encode_document(document: Document) -> bytes:
    """A document as bytes."""
    blocks = [
        _paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in document.blocks
    ]
    notes = [[note.code, note.text, _location(note.location)] for note in document.notes]
    whole = [document.format, dict(document.properties), notes, blocks]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode_document(data: bytes) -> Document:
    """The document that `encode_document` wrote.

    Raises:
        ValueError: the bytes are something else.
    """
    try:
        format_name, properties, notes, blocks = json.loads(data.decode("utf-8", "surrogatepass"))
        return Document(
            tuple(_block(block) for block in blocks),
            format_name,
            properties,
            tuple(Note(code, text, _place(place)) for code, text, place in notes),
        )
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError("no document") from error


def _paragraph(paragraph: Paragraph) -> list[Any]:
    return [paragraph.text, _location(paragraph.location), paragraph.heading]


def _table(table: Table) -> dict[str, Any]:
    rows = [
        [[c.text, c.row, c.column, c.row_span, c.column_span, _location(c.location)] for c in row]
        for row in table.rows
    ]
    return {"rows": rows, "location": _location(table.location), "aligned": table.aligned}


def _location(location: Location) -> dict[str, Any]:
    return {name: value for name, value in vars(location).items() if value is not None}


def _block(data: Any) -> Block:
    if isinstance(data, list):
        text, place, heading = data
        return Paragraph(text, _place(place), heading)
    rows = tuple(tuple(map(_cell, row)) for row in data["rows"])
    return Table(rows, _place(data["location"]), data["aligned"])


def _cell(data: Any) -> Cell:
    text, row, column, row_span, column_span, place = data
    return Cell(text, row, column, row_span, column_span, _place(place))


def _place(data: dict[str, Any]) -> Location:
    box = data.get("box")
    return Location(**{**data, "box": tuple(box)}) if box else Location(**data)
