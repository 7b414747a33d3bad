"""A tiny PDF writer for tests: text in a Chinese font that needs no embedding, lines, images, forms."""

from __future__ import annotations

from dataclasses import dataclass, field

A4 = (595, 842)


@dataclass
class Page:
    """A page under construction; coordinates are points from the lower left corner."""

    size: tuple[float, float] = A4
    rotate: int = 0
    content: list[str] = field(default_factory=list)
    form: list[float] | None = None
    """Matrix of a form in which all content is put."""

    def text(self, x: float, y: float, text: str, size: float = 10, *, mode: int = 0, turn: str = "1 0 0 1"):
        """Text from `x` on with its base line at `y`; every ASCII character is half as wide as others."""
        code = text.encode("utf-16-be").hex()
        self.content.append(f"BT /F {size} Tf {mode} Tr {turn} {x} {y} Tm <{code}> Tj ET")
        return self

    def declared(self, x: float, y: float, text: str, glyph: str, size: float = 10):
        """A glyph with what it stands for told apart from it, as browsers write some ideographs."""
        said, code = text.encode("utf-16-be").hex(), glyph.encode("utf-16-be").hex()
        drawn = f"/Span << /ActualText <feff{said}> >> BDC <{code}> Tj EMC"
        self.content.append(f"BT /F {size} Tf 0 Tr 1 0 0 1 {x} {y} Tm {drawn} ET")
        return self

    def paragraph(
        self, y: float, text: str, *, indent: int = 2, width: int = 40, size: float = 10, pitch: float = 18
    ):
        """Lines of `width` characters from the left margin, the first with an indent; returns the next y."""
        first, rest = text[: width - indent], text[width - indent :]
        self.text(60 + indent * size, y, first, size)
        while rest:
            y -= pitch
            self.text(60, y, rest[:width], size)
            rest = rest[width:]
        return y - pitch

    def line(self, x: float, y: float, to_x: float, to_y: float):
        self.content.append(f"0.5 w {x} {y} m {to_x} {to_y} l S")
        return self

    def table(self, xs: list[float], ys: list[float], texts: list[list[str]], size: float = 10):
        """A fully ruled table; ys fall. Text stands in the middle of its cell, lines parted by |."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for row, top, bottom in zip(texts, ys, ys[1:], strict=False):
            for text, left, right in zip(row, xs, xs[1:], strict=False):
                self.cell((left, bottom, right, top), text, size)
        return self

    def cell(self, box: tuple[float, float, float, float], text: str, size: float = 10):
        left, bottom, right, top = box
        lines = text.split("|")
        y = (bottom + top) / 2 + (len(lines) - 2) * size * 0.6 + size * 0.25
        for line in lines:
            width = sum(0.5 if char.isascii() else 1 for char in line) * size
            if line:
                self.text((left + right - width) / 2, y, line, size)
            y -= size * 1.2
        return self

    def image(self, left: float, bottom: float, width: float, height: float):
        self.content.append(f"q {width} 0 0 {height} {left} {bottom} cm /I Do Q")
        return self


def write(pages: list[Page], title: str = "") -> bytes:
    """The pages as a file."""
    objects: list[bytes] = []

    def add(body: str, stream: bytes | None = None) -> int:
        data = body.encode()
        if stream is not None:
            data = f"<< {body} /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
        objects.append(data)
        return len(objects)

    info = add(f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>")
    descriptor = add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    descendant = add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor {descriptor} 0 R >>"
    )
    font = add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H"
        f" /DescendantFonts [{descendant} 0 R] >>"
    )
    image = add(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\xee",
    )
    resources = f"<< /Font << /F {font} 0 R >> /XObject << /I {image} 0 R >> >>"
    parent = len(objects) + 1 + sum(3 if page.form else 2 for page in pages)
    kids = []
    for page in pages:
        stream = "\n".join(page.content).encode()
        used = resources
        if page.form:
            matrix = " ".join(map(str, page.form))
            box = f"[0 0 {page.size[0]} {page.size[1]}]"
            form = add(
                f"/Type /XObject /Subtype /Form /BBox {box} /Matrix [{matrix}] /Resources {resources}", stream
            )
            stream, used = b"/X Do", f"<< /XObject << /X {form} 0 R >> >>"
        content = add("", stream)
        kids.append(
            add(
                f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}]"
                f" /Rotate {page.rotate} /Resources {used} /Contents {content} 0 R >>"
            )
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    assert add(f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>") == parent
    root = add(f"<< /Type /Catalog /Pages {parent} 0 R >>")
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R /Info {info} 0 R >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())
