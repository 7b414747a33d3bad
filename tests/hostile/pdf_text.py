"""A report as PDF whose font says by a map of its own which character a glyph is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from samples import SampleReport

from checker.model.document import Table

_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 535.0, 790.0, 60.0
_SIZE: Final = 10.0
_SMALL: Final = 6.0


def _length(text: str) -> float:
    """Width in sizes of the font."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _broken(text: str, width: float) -> list[str]:
    """Lines at most so many sizes wide."""
    lines = [""]
    for char in text:
        if lines[-1] and _length(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines


class _Pages:
    """Pages filled from top to bottom."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}
        self.contents: list[list[str]] = [[]]
        self.y = _TOP

    def room(self, height: float) -> None:
        """Go on to the next page unless there is room."""
        if self.y - height < _BOTTOM:
            self.contents.append([])
            self.y = _TOP

    def text(self, x: float, y: float, text: str, size: float = _SIZE, mode: int = 0) -> None:
        code = "".join(f"{self.codes.setdefault(char, len(self.codes) + 1):04x}" for char in text)
        self.contents[-1].append(f"BT /F {size} Tf {mode} Tr 1 0 0 1 {x:.2f} {y:.2f} Tm <{code}> Tj ET")

    def line(self, *ends: float) -> None:
        self.contents[-1].append("0.5 w {:.2f} {:.2f} m {:.2f} {:.2f} l S".format(*ends))


def report_as_pdf(
    report: SampleReport, figure: str, cell: str, mark: str = "", look: str = "above", unicode: str = "right"
) -> bytes:
    """The report as a file.

    Args:
        report: the report.
        figure: the figure of the target cell.
        cell: what stands in its place.
        mark: text put after the figure.
        look: how: `above` or `below` the line in small letters, `invisible`, `clipping`, `tiny`, `white`, `grey` so pale
            that it is white, `covered` by something white, `outside` the page, or `struck`, where the mark is no text
            and a line goes through the figure. `head` has no mark: the figure stands white on a dark ground.
        unicode: the map from glyphs to characters: `right`, `none`, or `wrong`.
    """
    pages = _Pages()
    for kind, item in report.flow():
        if isinstance(item, Table):
            _draw_table(pages, item, figure, cell, mark, look)
        else:
            _draw_paragraph(
                pages, item, 16.0 if kind == "title" else _SIZE, indent=kind in ("paragraph", "heading")
            )
    return _file(pages, unicode)


def _draw_paragraph(pages: _Pages, text: str, size: float, *, indent: bool) -> None:
    lines = _broken("　　" * indent + text, (_RIGHT - _LEFT) / size)
    for number, line in enumerate(lines):
        pages.room(1.8 * size)
        pages.y -= 1.8 * size
        shown = line.lstrip("　") if not number else line
        pages.text(_LEFT + _length(line[: len(line) - len(shown)]) * size, pages.y, shown, size)
    pages.y -= 4


def _draw_table(pages: _Pages, table: Table, figure: str, cell: str, mark: str, look: str) -> None:
    grid = table.grid()
    width = (_RIGHT - _LEFT) / len(grid[0])
    size = 5.0 if len(grid[0]) > 8 else 7.0
    heights = [
        max(_lines(c.text, c.column_span * width, size) / c.row_span for c in row) * 1.3 * size + 4
        for row in table.rows
    ]
    scale = min(1.0, (_TOP - _BOTTOM - 20) / sum(heights))
    pages.room(sum(heights) * scale + 10)
    edges = [pages.y - 6]
    for height in heights:
        edges.append(edges[-1] - height * scale)
    for row in table.rows:
        for one in row:
            left, top = _LEFT + (one.column - 1) * width, edges[one.row - 1]
            right, bottom = left + one.column_span * width, edges[one.row + one.row_span - 1]
            for ends in (
                (left, top, right, top),
                (left, bottom, right, bottom),
                (left, top, left, bottom),
                (right, top, right, bottom),
            ):
                pages.line(*ends)
            text = cell if one.text == figure else one.text
            if look == "head" and one.text == figure:
                pages.contents[-1].append(
                    f"0.1 0.2 0.4 rg {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f 1 g"
                )
            pieces = _broken(text, (right - left - 2) / size)
            y = (top + bottom) / 2 + (len(pieces) / 2 - 0.85) * 1.3 * size
            for piece in pieces:
                pages.text((left + right - _length(piece) * size) / 2, y, piece, size)
                if one.text == figure:
                    _draw_mark(
                        pages,
                        (left + right + _length(piece) * size) / 2,
                        y,
                        mark,
                        look,
                        _length(piece) * size,
                        size,
                    )
                y -= 1.3 * size
            pages.contents[-1].append("0 g")
    pages.y = edges[-1] - 10


def _draw_mark(pages: _Pages, x: float, y: float, mark: str, look: str, length: float, size: float) -> None:
    if look == "struck":
        pages.line(x - length, y + size * 0.35, x, y + size * 0.35)
    elif mark:
        at = {"above": (y + size * 0.5, size * 0.6, 0), "below": (y - size * 0.2, size * 0.6, 0), "tiny": (y, 0.05, 0), "invisible": (y, size, 3),
              "white": (y, size, 0), "grey": (y, size, 0), "covered": (y, size, 0), "outside": (y, size, 0), "clipping": (y, size, 7)}[look]  # fmt: skip
        pages.contents[-1].append({"white": "1 1 1 rg", "grey": "0.98 g"}.get(look, "0 g"))
        pages.text(-x if look == "outside" else x, at[0], mark, at[1], at[2])
        pages.contents[-1].append("0 g")
        if look == "covered":
            pages.contents[-1].append(
                f"1 g {x - 0.5:.2f} {y - size:.2f} {2 * size:.2f} {2 * size:.2f} re f 0 g"
            )


def _lines(text: str, width: float, size: float) -> int:
    return len(_broken(text, (width - 2) / size))


def _file(pages: _Pages, unicode: str) -> bytes:
    count = len(pages.contents)
    listed = " ".join(f"{10 + 2 * n} 0 R" for n in range(count))
    narrow = " ".join(f"{code} [500]" for char, code in pages.codes.items() if char.isascii()).encode()
    to_unicode = "" if unicode == "none" else " /ToUnicode 7 0 R"
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {count} /Kids [{listed}] >>".encode(),
        3: f"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /DescendantFonts [4 0 R]{to_unicode} >>".encode(),
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song /DW 1000 /W [%s] /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R >>" % narrow,
        5: b"<< /Type /FontDescriptor /FontName /ABCDEF+Song /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
        6: b"<< /Font << /F 3 0 R >> >>",
        7: _stream(_map(pages.codes.items(), 200 if unicode == "wrong" else 0)),
    }
    for number, content in enumerate(pages.contents):
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 6 0 R /Contents {11 + 2 * number} 0 R >>"
        ).encode()
        objects[11 + 2 * number] = _stream("\n".join(content).encode())
    return assembled(objects)


def _map(codes: Iterable[tuple[str, int]], off: int) -> bytes:
    pairs = [f"<{code:04x}> <{_moved(char, off).encode('utf-16-be').hex()}>" for char, code in codes]
    blocks = "".join(
        f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar\n"
        for part in (pairs[n : n + 100] for n in range(0, len(pairs), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{blocks}endcmap end end"
    ).encode()


def _moved(char: str, off: int) -> str:
    return chr(ord(char) + off) if off and "\u4e00" <= char <= "\u9000" else char


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def assembled(objects: dict[int, bytes]) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        place = places.get(number)
        made += b"%010d %05d %s \n" % (place or 0, 0 if place else 65535, b"n" if place else b"f")
    return bytes(made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
