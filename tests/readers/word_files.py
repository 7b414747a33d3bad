"""Word documents built part by part."""

import io
import zipfile

from checker.model.document import Table
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.word.docx import read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def relations(**targets):
    entries = "".join(
        f'<Relationship Id="{purpose}" Type="{RELATIONS}/{purpose.replace("_", "-")}" Target="{target}"/>'
        for purpose, target in targets.items()
    )
    return f'<Relationships xmlns="r">{entries}</Relationships>'


def parts(body="", styles="", numbering="", **others):
    built = {
        "_rels/.rels": relations(officeDocument="word/document.xml", core_properties="docProps/core.xml"),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(styles="styles.xml", numbering="numbering.xml"),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
    }
    return built | {name.replace("__", "/"): text for name, text in others.items()}


def pack(built, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, text in built.items():
            archive.writestr(name, text)
    return stream.getvalue()


def parse(body="", styles="", numbering=""):
    return read(pack(parts(body, styles, numbering)), "报告.docx", DEFAULT_LIMITS)


def texts(document):
    """Paragraphs as strings, tables as lists of rows of cell texts."""
    return [
        [[cell.text for cell in row] for row in block.rows] if isinstance(block, Table) else block.text
        for block in document.blocks
    ]


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def cell(text="", properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text))}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows, widths=()):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def control(content):
    return f"<w:sdt><w:sdtPr><w:t>提示</w:t></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def alternatives(forms):
    return f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>"


SPAN = '<w:gridSpan w:val="{}"/>'
BOX = "<w:txbxContent>" + p(run("框里")) + "</w:txbxContent>"


def level(number, style, text, *more, start=1):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{"".join(more)}</w:lvl>'
    )


def definition(name, *levels):
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def use(name, of, *overrides):
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def numbered(text, number, at=0):
    return p(run(text), properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


OUTLINE = definition(
    7,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "japaneseCounting", "（%2）"),
    level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
)
