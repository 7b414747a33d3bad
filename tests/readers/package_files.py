"""Small files of many formats, made in memory."""

import io
import struct
import zipfile

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def pack(parts):
    """A zip of `parts`, a mapping or pairs of name and content."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in dict(parts).items():
            archive.writestr(name, content)
    return made.getvalue()


def odt(body, *, styles="", extra=()):
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "style"))
    spaces += f' xmlns:draw="{ODF}:drawing:1.0"'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return pack({"mimetype": kind, "content.xml": content, **dict(extra)})


def odt_table(*rows):
    return (
        "<table:table>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        + "</table:table>"
    )


def odt_cell(text, attributes=""):
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.00"/></numFmts>'
    '<borders><border/><border><left style="thin"/></border></borders>'
    '<cellXfs><xf numFmtId="0" borderId="0"/><xf numFmtId="0" borderId="1"/><xf numFmtId="164" borderId="0"/>'
    "</cellXfs></styleSheet>"
)
"""Style 0 is plain, style 1 framed, style 2 has two decimals."""


def xlsx(*sheets, styles=STYLES, strings=""):
    """A workbook; each sheet is the rows and merges of its part, or (content, state)."""
    listed, relations, parts = "", "", {}
    for number, sheet in enumerate(sheets, 1):
        content, state = sheet if isinstance(sheet, tuple) else (sheet, "visible")
        listed += f'<sheet name="表{number}" sheetId="{number}" state="{state}" r:id="r{number}"/>'
        relations += f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"/>'
        parts[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet>{content}</worksheet>"
    return pack(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            "xl/styles.xml": styles,
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
            **parts,
        }
    )


def rows(*lines, merges=(), first=1):
    """Sheet content; a cell is a text, None, or its XML; lines of None are blank rows."""
    made = ""
    for number, line in enumerate(lines, first):
        cells = "".join(
            ""
            if cell is None
            else cell
            if cell.startswith("<c")
            else inline(f"{chr(65 + index)}{number}", cell)
            for index, cell in enumerate(line or ())
        )
        made += f'<row r="{number}">{cells}</row>'
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    return f"<sheetData>{made}</sheetData><mergeCells>{merged}</mergeCells>"


def inline(place, text, style=0):
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(place, value, style=0):
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def ofd(*pages, resources="", templates="", extra=()):
    """An OFD file; each page is the objects on its only layer, or (objects, attributes before Content)."""
    listed, parts = "", {}
    for number, page in enumerate(pages, 1):
        objects, head = page if isinstance(page, tuple) else (page, "")
        listed += f'<ofd:Page ID="{number}" BaseLoc="Pages/{number}.xml"/>'
        parts[f"Doc_0/Pages/{number}.xml"] = _ofd_root(
            "Page", f"{head}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
        )
    common = (
        "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>Res.xml</ofd:PublicRes>{templates}</ofd:CommonData>"
    )
    units = f"<ofd:CompositeGraphicUnits>{resources}</ofd:CompositeGraphicUnits>"
    about = "<ofd:DocInfo><ofd:Title>题目</ofd:Title></ofd:DocInfo>"
    body = f"<ofd:DocBody>{about}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    return pack(
        {
            "OFD.xml": _ofd_root("OFD", body),
            "Doc_0/Document.xml": _ofd_root("Document", f"{common}<ofd:Pages>{listed}</ofd:Pages>"),
            "Doc_0/Res.xml": _ofd_root("Res", units),
            **parts,
            **dict(extra),
        }
    )


def _ofd_root(name, content):
    return f'<ofd:{name} xmlns:ofd="http://www.ofdspec.org/2016">{content}</ofd:{name}>'


def ofd_text(text, x, y, *, size=5.0, code='DeltaX="g {rest} {size}"', attributes=""):
    """A line of wide characters whose feet stand at `y` millimetres from the top."""
    deltas = code.format(rest=max(len(text) - 1, 0), size=size)
    return (
        f'<ofd:TextObject Boundary="{x} {y - size} {len(text) * size} {size}" Size="{size}" {attributes}>'
        f'<ofd:TextCode X="0" Y="{size}" {deltas}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_path(data, boundary="0 0 210 297", attributes=""):
    return (
        f'<ofd:PathObject Boundary="{boundary}" {attributes}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def message(*parts, kind="multipart/mixed", head=""):
    """A message of `parts`, each the lines of its head and its body."""
    made = f'Subject: x\r\n{head}MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="--=_x"\r\n\r\n'.encode()
    for part_head, body in parts:
        made += b"----=_x\r\n" + part_head.encode() + b"\r\n\r\n" + body + b"\r\n"
    return made + b"----=_x--\r\n"


def compound(streams, embedded=()):
    """An OLE compound file with empty `streams` under its root, and `embedded` ones in a storage beside them."""
    none, names = 0xFFFFFFFF, [*streams, "ObjectPool", *embedded]
    storage = len(streams) + 1
    directory = _ole_entry("Root Entry", 5, none, 1)
    for number, name in enumerate(names, 1):
        last = number in (storage, len(names))
        child = storage + 1 if number == storage and embedded else none
        directory += _ole_entry(name, 1 if number == storage else 2, none if last else number + 1, child)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    sectors = len(directory) // 512
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[none] * (128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<HH", 9, 6) + bytes(14)
    head += struct.pack("<IIIIIII", 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[none] * 108)
    return head + table + directory


def _ole_entry(name, kind, right, child):
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBxIII", len(text) + 2, kind, 0xFFFFFFFF, right, child)
    return entry.ljust(116, b"\0") + struct.pack("<II4x", 0xFFFFFFFE, 0)
