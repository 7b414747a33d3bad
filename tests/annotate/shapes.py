"""Word documents that say the same in other ways: as Word, WPS and others write them."""

from __future__ import annotations

import io
import re
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
GRAPHIC = "http://schemas.openxmlformats.org/drawingml/2006/main"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
VML = "urn:schemas-microsoft-com:vml"

RUN = re.compile(r"<w:r>(<w:t[^>]*>)([^<]*)</w:t></w:r>")
PARAGRAPH = re.compile(r"<w:p>(<w:pPr>.*?</w:pPr>)(.*?)</w:p>")
BODY = re.compile(r"(<w:body>)(.*)(<w:sectPr>.*</w:sectPr></w:body>)", re.DOTALL)


def edited(data, change, **others):
    """The package with its main part, and other parts by their names with `__` for `/`, changed."""
    out = io.BytesIO()
    changes = {"word/document.xml": change} | {name.replace("__", "/"): one for name, one in others.items()}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for info in archive.infolist():
            content = archive.read(info)
            if info.filename in changes:
                new = changes.pop(info.filename)(content.decode())
                content = new if isinstance(new, bytes) else new.encode()
            copy.writestr(info, content)
        for name, make in changes.items():
            if name != "word/document.xml":
                copy.writestr(zipfile.ZipInfo(name, (2025, 1, 2, 3, 4, 6)), make(""))
    return out.getvalue()


def each_run(text, make):
    """Every run with text made anew: `make(t, text)` gets the tag of the text and the text."""
    return RUN.sub(lambda found: make(found[1], found[2]), text)


def split(text):
    """A run for every character, with numbers of the sittings in which they were typed, and marks of proofing."""

    def make(tag, words):
        runs = [
            f'<w:r w:rsidR="00A{n % 7:05}"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{tag}{one}</w:t></w:r>'
            for n, one in enumerate(re.findall("&[^;]*;|.", words))
        ]
        return '<w:proofErr w:type="spellStart"/>'.join(runs)

    return each_run(text, make)


def by_wps(text):
    """As WPS writes: names of paragraphs, all properties spelt out, a run for figures and one for other characters."""
    count = iter(range(0x40000001, 0x7FFFFFFF))
    fonts = '<w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>'
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar"/>'
    look = f'<w:rPr>{fonts}<w:kern w:val="0"/><w:sz w:val="20"/><w:szCs w:val="20"/>{language}</w:rPr>'
    text = each_run(
        text,
        lambda tag, words: "".join(
            f"<w:r>{look}{tag}{one}</w:t></w:r>" for one in re.findall("[0-9]+|(?:&[^;]*;|[^0-9&])+", words)
        ),
    )
    text = re.sub("(<w:pStyle [^>]*/>)", r'\1<w:keepNext w:val="0"/><w:widowControl/>', text)
    text = re.sub("<w:p>", lambda _: f'<w:p w14:paraId="{next(count):08X}">', text)
    names = f'xmlns:mc="{COMPATIBILITY}" xmlns:w14="{WORD_2010}" mc:Ignorable="w14"'
    return text.replace("<w:document ", f"<w:document {names} ")


def formatted(text):
    """Properties of runs, changed by somebody, in front of every text."""
    before = '<w:rPrChange w:id="7" w:author="李审"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    look = f'<w:rPr><w:b/><w:sz w:val="28"/>{before}</w:rPr>'
    return text.replace("<w:r><w:t", f"<w:r>{look}<w:t")


def with_lines(text):
    """Tabs, page marks and line breaks among the characters of a run."""
    return each_run(
        text,
        lambda tag, words: f"<w:r><w:lastRenderedPageBreak/><w:tab/>{tag}{words[:4]}</w:t><w:softHyphen/>"
        f"{tag}{words[4:]}</w:t></w:r>" if len(words) > 30 else f"<w:r>{tag}{words}</w:t></w:r>",
    )  # fmt: skip


def other_prefix(text):
    """Another prefix and apostrophes around values."""
    text = re.sub(r"(</?)w:", r"\1字:", text)
    text = re.sub(r' w:(\w+)="([^"]*)"', r" 字:\1='\2'", text)
    return text.replace("xmlns:w=", "xmlns:字=")


def no_prefix(text):
    """Elements without a prefix, attributes with one that is declared where it is used."""
    text = re.sub(r"(</?)w:", r"\1", text)
    text = re.sub(r"<(\w+)((?: w:\w+=\"[^\"]*\")+)", rf'<\1 xmlns:w="{WORD}"\2', text)
    return text.replace(f'<document xmlns:w="{WORD}"', f'<document xmlns="{WORD}"')


def plain_data(text):
    """Texts as plain data."""
    return each_run(text, lambda tag, words: f"<w:r>{tag}<![CDATA[{words}]]></w:t></w:r>")


def numbered_characters(text):
    """Every third character by its number."""
    return each_run(
        text,
        lambda tag, words: f"<w:r>{tag}"
        + "".join(f"&#x{ord(one):x};" if n % 3 == 0 and one not in "&;" else one for n, one in enumerate(words))
        + "</w:t></w:r>" if "&" not in words else f"<w:r>{tag}{words}</w:t></w:r>",
    )  # fmt: skip


def wide(text):
    """Two bytes a character."""
    return text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def marked(text):
    """With a mark of byte order."""
    return text.encode("utf-8-sig")


def in_controls(text):
    """Runs, cells and paragraphs in content controls."""
    text = each_run(
        text,
        lambda tag, words: (
            '<w:sdt><w:sdtPr><w:id w:val="5"/><w:text/></w:sdtPr><w:sdtContent>'
            f"<w:r>{tag}{words}</w:t></w:r></w:sdtContent></w:sdt>"
        ),
    )
    text = text.replace("<w:tc>", "<w:sdt><w:sdtPr/><w:sdtContent><w:tc>")
    text = text.replace("</w:tc>", "</w:tc></w:sdtContent></w:sdt>")
    return text.replace("<w:tbl>", "<w:sdt><w:sdtContent><w:tbl>").replace(
        "</w:tbl>", "</w:tbl></w:sdtContent></w:sdt>"
    )


def in_rich_controls(text):
    """Runs, paragraphs and cells in content controls that take any formatting."""
    text = PARAGRAPH.sub(
        r"<w:sdt><w:sdtPr><w:id w:val='6'/></w:sdtPr><w:sdtContent>\g<0></w:sdtContent></w:sdt>", text
    )
    return in_controls(text).replace("<w:text/>", "<w:richText/>")


def in_fields(text):
    """Texts as results of fields, and links among them."""

    def make(tag, words):
        if words.isdigit():
            return f'<w:fldSimple w:instr=" =SUM(LEFT) "><w:r>{tag}{words}</w:t></w:r></w:fldSimple>'
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF 本年 </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>{tag}{words[:5]}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            f'<w:hyperlink w:anchor="a"><w:r>{tag}{words[5:]}</w:t></w:r></w:hyperlink>'
        )

    return each_run(text, make)


def revised(text):
    """Everything put in by somebody, with something else taken out, in a document with notes of others."""
    who = 'w:author="李审" w:date="2025-01-02T00:00:00Z"'
    count = iter(range(100, 99999))
    return each_run(
        text,
        lambda tag, words: (
            f'<w:del w:id="{next(count)}" {who}><w:r><w:delText>旧文3</w:delText></w:r></w:del>'
            f'<w:ins w:id="{next(count)}" {who}><w:r>{tag}{words}</w:t></w:r></w:ins>'
        ),
    )


def bookmarked(text):
    """Bookmarks around and inside runs."""
    count = iter(range(1, 99999))

    def make(tag, words):
        number = next(count)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="b{number}"/><w:r>{tag}{words[:2]}</w:t></w:r>'
            f'<w:bookmarkEnd w:id="{number}"/><w:r>{tag}{words[2:]}</w:t></w:r>'
        )

    return each_run(text, make)


def in_layout_table(text):
    """Everything in a table of one cell that only places it."""
    return BODY.sub(
        r"\1<w:tbl><w:tblGrid><w:gridCol w:w='8844'/></w:tblGrid><w:tr><w:tc>\2<w:p/></w:tc></w:tr></w:tbl>\3",
        text,
    )


def in_text_box(text):
    """Everything in a text box, with a copy for older programs."""
    text = text.replace(
        "<w:document ",
        f'<w:document xmlns:mc="{COMPATIBILITY}" xmlns:wps="{SHAPE}" xmlns:wp="{DRAWING}" '
        f'xmlns:a="{GRAPHIC}" xmlns:v="{VML}" ',
    )
    return BODY.sub(
        r"\1<w:p><w:r><w:t>附件</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
        r"<a:graphic><a:graphicData uri='x'><wps:wsp><wps:txbx><w:txbxContent>\2</w:txbxContent></wps:txbx></wps:wsp>"
        r"</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        r"<w:txbxContent>\2</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>\3",
        text,
    )


def strict(data):
    """The vocabulary of the strict form of the standard."""

    def change(text):
        return text.replace(WORD, STRICT).replace(RELATIONS, STRICT_RELATIONS)

    return edited(
        data, change,
        **{"word___rels__document.xml.rels": change, "word__styles.xml": change,
                             "_rels__.rels": change, "word__footer1.xml": change, "word__fontTable.xml": change},
    )  # fmt: skip


SHAPES = {
    one.__name__: one
    for one in (
        split, by_wps, formatted, with_lines, other_prefix, no_prefix, plain_data, numbered_characters, wide, marked,
        in_controls, in_rich_controls, in_fields, revised, bookmarked, in_layout_table, in_text_box,
    )
}  # fmt: skip


def shaped(data, name):
    """A document in one of the `SHAPES`."""
    return edited(data, SHAPES[name])


NOTES = (
    '<w:comments xmlns:w="{}"><w:comment w:id="4" w:author="李审" w:initials="李">'
    "<w:p><w:r><w:t>请核对</w:t></w:r></w:p></w:comment></w:comments>"
)


def annotated_by_others(data):
    """With a comment of somebody else at the title."""

    def change(text):
        start = text.index("<w:r>")
        end = text.index("</w:r>") + len("</w:r>")
        reference = '<w:r><w:commentReference w:id="4"/></w:r>'
        return (
            f'{text[:start]}<w:commentRangeStart w:id="4"/>{text[start:end]}<w:commentRangeEnd w:id="4"/>'
            f"{reference}{text[end:]}"
        )

    relation = f'<Relationship Id="rId9" Type="{RELATIONS}/comments" Target="comments.xml"/></Relationships>'
    kind = (
        '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.comments+xml"/></Types>'
    )
    return edited(
        data, change,
        **{
            "word___rels__document.xml.rels": lambda text: text.replace("</Relationships>", relation),
            "[Content_Types].xml": lambda text: text.replace("</Types>", kind),
            "word__comments.xml": lambda _: NOTES.format(WORD),
        },
    )  # fmt: skip
