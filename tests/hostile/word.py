"""Word documents of all kinds: DOCX, DOC and WPS, ODT, RTF."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from samples import COUNTY_2023, write

from .bombs import in_parts
from .case import TARGET, Case, one_file, reads_as_doubtful
from .drawing import FIGURE, draw, kept, repacked, replaced

_DOUBTFUL: Final = reads_as_doubtful()
_READ: Final = {"status": ["checked"], "verdict": ["pass"], "values": [TARGET]}
_RUN: Final = f'<w:r><w:t xml:space="preserve">{FIGURE}</w:t></w:r>'


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _object(inner: str) -> str:
    return f'<w:r><w:object xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:object></w:r>'


_BOX: Final = "<w:txbxContent><w:p><w:r><w:t>7</w:t></w:r></w:p></w:txbxContent>"
_WHITE: Final = '<w:color w:val="FFFFFF"/>'
DOCX: Final = {
    "superscript": _RUN + _run("1", '<w:vertAlign w:val="superscript"/>'),
    "superscript_bracket": _RUN + _run("[1]", '<w:vertAlign w:val="superscript"/>'),
    "superscript_before": _run("1", '<w:vertAlign w:val="superscript"/>') + _RUN,
    "subscript": _RUN + _run("2", '<w:vertAlign w:val="subscript"/>'),
    "raised": _RUN + _run("1", '<w:position w:val="12"/><w:sz w:val="10"/>'),
    "struck": _run("9", "<w:strike/>") + _RUN,
    "struck_after": _RUN + _run("0", "<w:strike/>"),
    "struck_twice": _run("9", "<w:dstrike/>") + _RUN,
    "hidden": _RUN + _run("1", "<w:vanish/>"),
    "hidden_on_the_web": _RUN + _run("1", "<w:webHidden/><w:vanish/>"),
    "hidden_by_special_style": _RUN + _run("1", '<w:rStyle w:val="Secret"/>'),
    "deleted": '<w:del w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del>' + _RUN,
    "moved_away": f'<w:moveFrom w:id="1">{_run("9")}</w:moveFrom>' + _RUN,
    "instruction": _RUN + "<w:r><w:instrText>1</w:instrText></w:r>",
    "footnote": _RUN
    + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
    "footnote_custom": _RUN
    + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>3</w:t></w:r>',
    "endnote": _RUN + '<w:r><w:endnoteReference w:id="2"/></w:r>',
    "comment": _RUN + '<w:r><w:commentReference w:id="0"/></w:r>',
    "ruby": f"<w:r><w:ruby><w:rt>{_run('1')}</w:rt><w:rubyBase>{_RUN}</w:rubyBase></w:ruby></w:r>",
    "tiny": _RUN + _run("1", '<w:sz w:val="1"/><w:szCs w:val="1"/>'),
    "ole_icon": _RUN + _object(f"<v:shape><v:textbox>{_BOX}</v:textbox></v:shape>"),
    "ole_text": _RUN + _object("<v:shape><v:textpath string='7'/></v:shape>"),
    "split_by_runs": _run("18") + _run("234"),
    "white": _RUN + _run("1", _WHITE),
    "nearly_white": _RUN + _run("1", '<w:color w:val="FDFDFD"/>'),
    "white_of_theme": _RUN + _run("1", '<w:color w:val="FFFFFF" w:themeColor="background1"/>'),
    "white_by_style": _RUN + _run("1", '<w:rStyle w:val="Pale"/>'),
    "black_bar": _RUN + _run("1", '<w:color w:val="000000"/><w:highlight w:val="black"/>'),
    "colour_of_shade": _RUN + _run("1", '<w:color w:val="1F4E79"/><w:shd w:val="clear" w:fill="1F4E79"/>'),
    "squeezed": _RUN + _run("1", '<w:w w:val="1"/>'),
}
SEEN: Final = {
    "white_on_shade": _run("18")
    + _run("234", _WHITE + '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'),
    "white_on_highlight": _run("18") + _run("234", _WHITE + '<w:highlight w:val="darkBlue"/>'),
    "automatic_on_black": _run("18") + _run("234", '<w:color w:val="auto"/><w:highlight w:val="black"/>'),
    "pale_style_undone": _run("18") + _run("234", '<w:rStyle w:val="Pale"/><w:color w:val="000000"/>'),
}
"""Text that a reader sees, though it is white or its ground dark: it has to be read."""
_SECRET: Final = (
    '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style></w:styles>'
)


def _odt_span(text: str, style: str = "X") -> str:
    return f'{FIGURE}<text:span text:style-name="{style}">{text}</text:span>'


def _odt_style(properties: str) -> str:
    spaces = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    return f'<style:style style:name="X" style:family="text"><style:text-properties {spaces} {properties}/></style:style>'


ODT: Final = {
    "superscript": (_odt_span("1"), _odt_style('style:text-position="super 58%"')),
    "superscript_percent": (_odt_span("1"), _odt_style('style:text-position="33% 58%"')),
    "subscript": (_odt_span("2"), _odt_style('style:text-position="sub 58%"')),
    "struck": (_odt_span("9"), _odt_style('style:text-line-through-style="solid"')),
    "struck_type": (_odt_span("9"), _odt_style('style:text-line-through-type="single" style:text-line-through-style="solid"')),
    "hidden": (_odt_span("1"), _odt_style('text:display="none"')),
    "tiny": (_odt_span("1"), _odt_style('fo:font-size="0pt"')), "a_point_high": (_odt_span("1"), _odt_style('fo:font-size="1pt"')),
    "struck_by_parent": (_odt_span("9", "Y"), _odt_style('style:text-line-through-style="solid"') + '<style:style style:name="Y" style:family="text" style:parent-style-name="X"/>'),
    "raised_by_parent": (_odt_span("1", "Y"), _odt_style('style:text-position="super 58%"') + '<style:style style:name="Y" style:family="text" style:parent-style-name="X"/>'),
    "not_struck": ('18<text:span text:style-name="X">234</text:span>', _odt_style('style:text-line-through-style="none"')),
    "note_reference": (f'{FIGURE}<text:note-ref text:note-class="footnote" text:reference-format="text" text:ref-name="n">1</text:note-ref>', ""),
    "note": (f"{FIGURE}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>7</text:p></text:note-body></text:note>", ""),
    "annotation": (f"{FIGURE}<office:annotation><text:p>7</text:p></office:annotation>", ""),
    "ruby": (f"<text:ruby><text:ruby-base>{FIGURE}</text:ruby-base><text:ruby-text>1</text:ruby-text></text:ruby>", ""),
    "hidden_text": (f'{FIGURE}<text:hidden-text text:string-value="7">7</text:hidden-text>', ""),
    "title_of_frame": (f"{FIGURE}<draw:frame><draw:desc>7</draw:desc></draw:frame>", ""),
    "transparent": (_odt_span("1"), _odt_style('loext:opacity="0%" xmlns:loext="l"')), "squeezed": (_odt_span("1"), _odt_style('style:text-scale="1%"')), "section_hidden": (f'{FIGURE}</text:p><text:section text:display="none"><text:p>9</text:p></text:section><text:p>', ""),
    "white": (_odt_span("1"), _odt_style('fo:color="#ffffff"')), "white_by_parent": (_odt_span("1", "Y"), _odt_style('fo:color="#ffffff"') + '<style:style style:name="Y" style:family="text" style:parent-style-name="X"/>'),
    "black_bar": (_odt_span("1"), _odt_style('fo:color="#000000" fo:background-color="#000000"')),
    "bookmark": ('182<text:bookmark text:name="x"/>34', ""),
}  # fmt: skip
ODT_SEEN: Final = {
    "white_on_shade": ('18<text:span text:style-name="X">234</text:span>', _odt_style('fo:color="#ffffff" fo:background-color="#1f4e79"')),
    "automatic": ('18<text:span text:style-name="X">234</text:span>', _odt_style('fo:color="#ffffff" style:use-window-font-color="true"')),
}  # fmt: skip
_RTF_COLOURS: Final = b"{\\colortbl;\\red255\\green255\\blue255;\\red31\\green78\\blue121;}"
RTF_SEEN: Final = {
    "white_on_shade": "18{\\cf1\\chcbpat2 234}",
    "automatic": "18{\\cf1\\cf0 234}",
    "plain_again": "{\\cf1\\plain 18234}",
}
RTF: Final = {
    "squeezed": FIGURE + "{\\charscalex1 1}", "moved_away": "{\\mvf 9}18234",
    "white": FIGURE + "{\\cf1 1}", "colour_of_ground": FIGURE + "{\\cf2\\highlight2 1}", "white_state": "\\cf1 9\\cf0 18234",
    "superscript": FIGURE + "{\\super 1}", "superscript_state": "\\plain 18234\\super 1\\nosupersub ", "subscript": FIGURE + "{\\sub 2}",
    "raised": FIGURE + "{\\up8 1}", "lowered": FIGURE + "{\\dn8 1}", "struck": "{\\strike 9}18234", "struck_twice": "{\\striked1 9}18234",
    "hidden": FIGURE + "{\\v 1}", "footnote": FIGURE + "{\\super\\chftn}{\\footnote\\pard 7}", "deleted": "{\\deleted 9}18234",
    "annotation": FIGURE + "{\\*\\annotation 7}", "unknown_destination": FIGURE + "{\\*\\whatever 7}", "field": FIGURE + "{\\field{\\*\\fldinst 7}}",
    "object": FIGURE + "{\\object\\objemb{\\*\\objdata 0105}{\\result }}", "index": FIGURE + "{\\xe 7}", "tiny": FIGURE + "{\\fs0 1}", "half_a_point": FIGURE + "{\\fs1 1}", "small_not_tiny": "18{\\fs18 234}",
    "picture": FIGURE + "{\\pict\\wmetafile8 010900}", "split": "18{\\b 2}34", "escaped": "\\'31\\'38234", "webhidden": FIGURE + "{\\webhidden\\v 1}",
}  # fmt: skip
DOC: Final = {
    "superscript": b"\x48\x2a\x01", "subscript": b"\x48\x2a\x02", "struck": b"\x37\x08\x01", "struck_twice": b"\x53\x2a\x01",
    "hidden": b"\x3c\x08\x01", "deleted": b"\x00\x08\x01", "white": b"\x42\x2a\x08",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of this module."""
    for name, content in DOCX.items():
        data = repacked(
            draw("docx", content), lambda parts: replaced(parts, "word/styles.xml", "</w:styles>", _SECRET)
        )
        yield one_file(
            f"glued/{name}",
            "docx",
            data,
            quick=name in ("superscript", "struck", "ole_icon", "white"),
            **_DOUBTFUL,
        )
    for name, content in SEEN.items():
        data = repacked(
            draw("docx", content), lambda parts: replaced(parts, "word/styles.xml", "</w:styles>", _SECRET)
        )
        yield one_file(f"glued/{name}", "docx", data, **_READ)
    for name, (content, styles) in ODT_SEEN.items():
        yield one_file(f"glued/{name}", "odt", draw("odt", content, styles=styles), **_READ)
    for name, content in RTF_SEEN.items():
        yield one_file(f"glued/{name}", "rtf", _in_colours(content), **_READ)
    two_ways = draw("rtf", "{\\upr{9}{\\*\\ud{18234}}}")
    yield one_file(
        "glued/two_ways",
        "rtf",
        two_ways,
        status=["checked"],
        never=[(*TARGET[:3], "9")],
        says=["表二有空白格"],
    )
    for name, (content, styles) in ODT.items():
        yield one_file(
            f"glued/{name}", "odt", draw("odt", content, styles=styles), quick=name == "note", **_DOUBTFUL
        )
    for name, content in RTF.items():
        yield one_file(
            f"glued/{name}", "rtf", _in_colours(content), quick=name in ("hidden", "white"), **_DOUBTFUL
        )
    for name, modifier in DOC.items():
        expect = {"status": ["checked"], "values": [(*TARGET[:3], 1823)], "doubt": True}
        for suffix in ("doc", "wps"):
            yield one_file(f"glued/{name}", suffix, with_last_digit(modifier), **expect)
    yield from _skipped()
    yield from _unseen()
    yield from in_parts(
        "docx",
        "word/document.xml",
        "<w:body>",
        "</w:body>",
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    )
    yield from in_parts(
        "odt", "content.xml", "<office:text>", "</office:text>", ("<text:section>", "</text:section>")
    )
    yield from _bombs()


def _in_colours(content: str) -> bytes:
    return draw("rtf", content).replace(b"{\\fonttbl", _RTF_COLOURS + b"{\\fonttbl", 1)


def with_last_digit(modifier: bytes) -> bytes:
    """The kept DOC whose figure's last digit has a property of its own ([MS-DOC] 2.9.33, ChpxFkp)."""
    made = bytearray(kept("county.doc"))
    main = made.index(b"\xec\xa5")
    at = made.index(FIGURE.encode("utf-16-le")) - main + 2 * (len(FIGURE) - 1)
    for page in range(main, len(made) - 511, 512):
        count = made[page + 511]
        if not 0 < count < 100:
            continue
        bounds = list(struct.unpack_from(f"<{count + 1}I", made, page))
        if bounds != sorted(bounds) or not bounds[0] <= at < bounds[-1] or bounds[-1] > 200_000:
            continue
        words = list(made[page + 4 * (count + 1) : page + 4 * (count + 1) + count])
        if any(word and not 4 * (count + 1) + count <= 2 * word < 511 for word in words):
            continue
        run = next(number for number in range(count) if bounds[number] <= at < bounds[number + 1])
        # The other properties on the page are fonts and sizes: without them there is room.
        runs = [*((start, b"") for start in bounds[: run + 1]), (at, bytes((len(modifier),)) + modifier)]
        runs += [(start, b"") for start in (at + 2, *bounds[run + 1 : -1])]
        runs = [
            one
            for one, following in zip(runs, [*runs[1:], (bounds[-1], b"")], strict=True)
            if one[0] < following[0]
        ]
        made[page : page + 512] = _character_page(runs, bounds[-1])
        return bytes(made)
    raise AssertionError("the figure has no properties")


def _character_page(runs: list[tuple[int, bytes]], end: int) -> bytes:
    head = struct.pack(f"<{len(runs) + 1}I", *(start for start, _ in runs), end)
    page = bytearray(511)
    page[: len(head)] = head
    free = 510
    placed: dict[bytes, int] = {b"": 0}
    for number, (_, content) in enumerate(runs):
        if content not in placed:
            free = (free - len(content)) & ~1
            page[free : free + len(content)] = content
            placed[content] = free // 2
        page[len(head) + number] = placed[content]
    assert free >= len(head) + len(runs)
    return bytes(page) + bytes((len(runs),))


def _skipped() -> Iterator[Case]:
    chunk = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/>'

    def bodiless(parts: dict[str, bytes]) -> None:
        head, rest = parts["word/document.xml"].split(b"<w:body>")
        parts["word/document.xml"] = head + b"<w:body>" + chunk.encode() + b"</w:body></w:document>"
        parts["word/afchunk.htm"] = write(COUNTY_2023, "html")
        del rest

    yield one_file(
        "skipped/alternative_body",
        "docx",
        repacked(draw("docx"), bodiless),
        quick=True,
        status=["unreadable"],
        exit=[3],
    )
    beside = repacked(
        draw("docx"), lambda parts: replaced(parts, "word/document.xml", "<w:sectPr>", chunk + "<w:sectPr>")
    )
    yield one_file(
        "skipped/alternative_beside",
        "docx",
        beside,
        status=["checked"],
        says=["READ-\\d\\d|嵌|altChunk|另一份文档"],
    )
    picture = '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r></w:p>'

    def pictured(parts: dict[str, bytes]) -> None:
        head = parts["word/document.xml"].split(b"<w:body>")[0]
        parts["word/document.xml"] = head + f"<w:body>{picture}</w:body></w:document>".encode()

    yield one_file(
        "skipped/picture_only", "docx", repacked(draw("docx"), pictured), status=["unreadable"], exit=[3]
    )


def _unseen() -> Iterator[Case]:
    """Whole documents of which nothing is seen, and shaded heads of tables, in which white text is."""
    vanished = {"status": ["unreadable"], "exit": [3], "says": ["看不见"]}
    pale = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    plain = draw("docx")

    def styled(inserted: str) -> bytes:
        def change(parts: dict[str, bytes]) -> None:
            head, opening, rest = parts["word/styles.xml"].partition(b"<w:style ")
            parts["word/styles.xml"] = head + inserted.encode() + opening + rest

        return repacked(plain, change)

    def in_all_runs(properties: str, inside: str = "") -> bytes:
        def change(parts: dict[str, bytes]) -> None:
            body = parts["word/document.xml"].replace(b"<w:rPr>", b"<w:rPr>" + properties.encode())
            body = body.replace(b"<w:r><w:t", b"<w:r><w:rPr>" + properties.encode() + b"</w:rPr><w:t")
            parts["word/document.xml"] = body.replace(b"<w:tcPr>", b"<w:tcPr>" + inside.encode())

        return repacked(plain, change)

    yield one_file("skipped/all_white", "docx", in_all_runs(_WHITE), quick=True, **vanished)
    yield one_file("skipped/all_hidden", "docx", in_all_runs("<w:vanish/>"), **vanished)
    yield one_file("skipped/white_by_default", "docx", styled(pale), **vanished)
    rtf = _in_colours(FIGURE).replace(b"\\pard ", b"\\pard\\cf1 ")
    yield one_file("skipped/all_white", "rtf", rtf, **vanished)
    white = _odt_style('fo:color="#ffffff"').replace('"text"', '"paragraph"').replace('"X"', '"P"')
    odt = draw("odt", styles=white)

    def painted(parts: dict[str, bytes]) -> None:
        for tag in (b"text:p", b"text:h"):
            parts["content.xml"] = parts["content.xml"].replace(
                b"<" + tag, b"<" + tag + b' text:style-name="P"'
            )

    yield one_file("skipped/all_white", "odt", repacked(odt, painted), **vanished)


def _bombs() -> Iterator[Case]:
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    body = draw("rtf")
    for name, inserted in {
        "braces": b"{" * 2_000_000, "binary": b"\\bin2147483647 ", "binary_negative": b"\\bin-5 ", "number": b"\\u" + b"9" * 9999 + b"?",
        "edges": b"\\trowd" + b"".join(b"\\cellx%d" % n for n in range(40_000)) + b"\\pard\\intbl x\\cell\\row", "fonts": b"{\\fonttbl" + b"{\\f1 a;}" * 99_999 + b"}",
        "quotes": b"\\'" * 500_000, "unicode": b"\\u-1?\\u55357?\\u-8704?" * 9999, "closing": b"}" * 50,
    }.items():  # fmt: skip
        head, tail = body.split(b"\\pard", 1)
        yield one_file(f"bomb/{name}", "rtf", head + inserted + b"\\pard" + tail, **ends)
    odd = kept("county.doc")
    main = odd.index(b"\xec\xa5")
    for name, at, value in (
        ("text_size", 76, 0x7FFFFFFF),
        ("pieces", 0x1A2, 0xFFFFFFF0),
        ("pieces_size", 0x1A6, 0x7FFFFFFF),
        ("pages", 0xFA, 0x10),
        ("styles", 0xA2, 0xFFFFFFFF),
    ):
        data = odd[: main + at] + struct.pack("<I", value) + odd[main + at + 4 :]
        for suffix in ("doc", "wps"):
            yield one_file(f"bomb/{name}", suffix, data, **ends)
