"""The boxes in which spreadsheet programs show notes: an old drawing language, and a part of its own for each sheet.

Such parts are not always proper XML, so they are searched as bytes. What is put in declares what it uses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from checker.startup.records import dataclass
from checker.writers.shared.text_cells import width

_NAMES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND: Final = "_x0000_t202"
_SHAPE: Final = re.compile(rb"<(?:\w+:)?shape\b(?:(?!</(?:\w+:)?shape>).)*</(?:\w+:)?shape>\s*", re.DOTALL)
_SHAPE_TYPE: Final = (
    f'<v:shapetype {_NAMES} id="{_KIND}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_ROW: Final = re.compile(rb"<(?:\w+:)?Row>\s*([0-9]{1,7})\s*</")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?Column>\s*([0-9]{1,5})\s*</")
_NOTE: Final = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_NUMBER: Final = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_OWN_BLOCK: Final = re.compile(rb"""<(?:\w+:)?idmap\b[^>]*\bdata\s*=\s*["']([0-9]{1,5})""")
_END: Final = re.compile(rb"</(?:\w+:)?xml>\s*\Z")
_BLOCK: Final = 1024
"""Numbers of shapes that belong to one part."""
_LINE: Final = 44
"""Terminal cells of a line of a note as wide as the boxes are."""
_COLUMNS: Final = 5
_FEWEST_ROWS, _MOST_ROWS = 4, 24


@dataclass(frozen=True, slots=True, order=True)
class CellPlace:
    """Row and column of a cell, from 0."""

    row: int
    column: int


def empty_shapes(number: int) -> bytes:
    """A part without boxes, the so-manieth of its workbook."""
    return (
        f'<xml {_NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout></xml>'
    ).encode()


def with_shapes(data: bytes, gone: Collection[CellPlace], new: Mapping[CellPlace, str]) -> bytes | None:
    """The part with a box for each new note.

    Args:
        data: the part.
        gone: cells whose box is taken away.
        new: text of the notes by their cells.

    Returns:
        None if nobody can tell where more can be put.
    """
    kept = _SHAPE.sub(lambda shape: b"" if _place_of(shape[0]) in gone else shape[0], data)
    end = _END.search(kept)
    if end is None:
        return None
    block = _OWN_BLOCK.search(kept)
    base = int(block[1]) * _BLOCK if block else _BLOCK
    first = max([base, *(int(found[1]) for found in _NUMBER.finditer(kept))]) + 1
    shapes = "".join(_shape(first + index, place, text) for index, (place, text) in enumerate(new.items()))
    if shapes and f'id="{_KIND}"'.encode() not in kept:
        shapes = _SHAPE_TYPE + shapes
    return kept[: end.start()] + shapes.encode() + kept[end.start() :]


def _place_of(shape: bytes) -> CellPlace | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if not (row and column and _NOTE.search(shape)):
        return None
    return CellPlace(int(row[1]), int(column[1]))


def _shape(number: int, place: CellPlace, text: str) -> str:
    lines = sum(1 + width(line) // _LINE for line in text.split("\n"))
    rows = min(max(lines, _FEWEST_ROWS), _MOST_ROWS)
    top = max(place.row - 1, 0)
    anchor = f"{place.column + 1}, 15, {top}, 4, {place.column + 1 + _COLUMNS}, 15, {top + rows}, 4"
    return (
        f'<v:shape {_NAMES} id="_x0000_s{number}" type="#{_KIND}" '
        f'style="position:absolute;width:260pt;height:{rows * 15}pt;z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{place.row}</x:Row><x:Column>{place.column}</x:Column></x:ClientData></v:shape>"
    )
