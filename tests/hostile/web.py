"""Web pages and web archives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from package_files import message
from samples import COUNTY_2023, write

from .case import TARGET, Case, one_file, reads_as_doubtful
from .drawing import FIGURE, draw

_DOUBTFUL: Final = reads_as_doubtful()
GLUED: Final = {
    "sup": f"{FIGURE}<sup>1</sup>", "sup_bracket": f"{FIGURE}<sup>[1]</sup>", "sup_link": f'{FIGURE}<sup><a href="#n1">1</a></sup>', "sub": f"{FIGURE}<sub>2</sub>",
    "deleted": f"<del>9</del>{FIGURE}", "struck": f"<s>9</s>{FIGURE}", "strike": f"<strike>9</strike>{FIGURE}", "style_struck": f'<span style="text-decoration: line-through">9</span>{FIGURE}',
    "style_struck_line": f'<span style="text-decoration-line:underline line-through">9</span>{FIGURE}', "style_raised": f'{FIGURE}<span style="vertical-align: super">1</span>',
    "style_raised_length": f'{FIGURE}<span style="vertical-align:6pt;font-size:5pt">1</span>', "none": f'{FIGURE}<span style="display:none">1</span>', "none_important": f'{FIGURE}<span style="color:red;DISPLAY : none !important">1</span>',
    "invisible": f'{FIGURE}<span style="visibility:hidden">1</span>', "collapsed": f'{FIGURE}<span style="visibility:collapse">1</span>', "size_zero": f'{FIGURE}<span style="font-size:0">1</span>', "size_zero_px": f'{FIGURE}<span style="font-size: 0.0px">1</span>',
    "transparent": f'{FIGURE}<span style="opacity:0">1</span>', "attribute": f"{FIGURE}<span hidden>1</span>", "attribute_valued": f'{FIGURE}<span hidden="hidden">1</span>', "ruby": f"<ruby>{FIGURE}<rp>(</rp><rt>1</rt><rp>)</rp></ruby>",
    "ruby_container": f"<ruby><rb>{FIGURE}</rb><rtc><rt>1</rt></rtc></ruby>", "script": f"{FIGURE}<script>1</script>", "style": f"{FIGURE}<style>1</style>", "template": f"{FIGURE}<template>1</template>", "noscript": f"{FIGURE}<noscript>1</noscript>",
    "comment": "18<!-- 9 -->234", "input": f'{FIGURE}<input value="1">', "hidden_input": f'{FIGURE}<input type="hidden" value="1">', "select": f"{FIGURE}<select><option>1</option></select>", "textarea": f"{FIGURE}<textarea>1</textarea>",
    "image_alt": f'{FIGURE}<img alt="1" src="x.png">', "footnote_link": f'{FIGURE}<a href="#fn1" class="footnote">[1]</a>', "svg": f"{FIGURE}<svg><title>1</title></svg>", "object": f"{FIGURE}<object>1</object>", "iframe": f"{FIGURE}<iframe>1</iframe>", "video": f"{FIGURE}<video>1</video>",
    "datalist": f"{FIGURE}<datalist><option>1</option></datalist>", "nested": f'{FIGURE}<span style="display:none"><b>1<i>2</i></b></span>', "split": "18<b>2</b><span>34</span>", "entity": "&#49;&#x38;2&#51;4", "entity_hidden": f"{FIGURE}&#8203;&zwnj;", "processing": f"{FIGURE}<?x 1?>",
    "conditional": f"{FIGURE}<![if !supportFootnotes]>[1]<![endif]>", "mso_hidden": f'{FIGURE}<span style="mso-hide:all">1</span>', "word_footnote": f'{FIGURE}<a style="mso-footnote-id:ftn1" href="#_ftn1"><span class=MsoFootnoteReference><sup>[1]</sup></span></a>',
    "clipped": f'{FIGURE}<span style="position:absolute;clip:rect(0,0,0,0)">1</span>', "far_away": f'{FIGURE}<span style="position:absolute;left:-9999px">1</span>',
    "color_transparent": f'{FIGURE}<span style="color: transparent">1</span>', "color_rgba": f'{FIGURE}<span style="color:rgba(0, 0, 0, 0)">1</span>',
    "color_seen": '18<span style="background-color:transparent;color:#333">234</span>', "font_of_no_size": f'{FIGURE}<span style="font:0/0 a">1</span>', "font_of_some_size": '18<span style="font:10px/1.5 宋体">234</span>',
    "indented_away": f'{FIGURE}<span style="display:inline-block;text-indent:-9999px">1</span>', "no_width": f'{FIGURE}<span style="display:inline-block;width:0;overflow:hidden">1</span>',
    "white": f'{FIGURE}<span style="color:#fff">1</span>', "white_font": f"{FIGURE}<font color=FFFFFF>1</font>", "white_rgb": f'{FIGURE}<span style="COLOR: rgb(255, 255, 255)">1</span>', "white_hsl": f'{FIGURE}<span style="color:hsl(0, 0%, 100%)">1</span>',
    "white_around": f'{FIGURE}<span style="color:#fefefe"><b>1</b></span>', "white_on_white": f'{FIGURE}<span style="background:#fff"><i style="color:white">1</i></span>', "black_bar": f'{FIGURE}<span style="background:#000;color:#000">1</span>',
    "white_fill": f'{FIGURE}<span style="-webkit-text-fill-color:#fff">1</span>', "nearly_transparent": f'{FIGURE}<span style="opacity:0.01">1</span>',
    "backwards": "<bdo dir=rtl>18234</bdo>", "backwards_by_style": '<span style="unicode-bidi:bidi-override;direction:rtl">18234</span>', "scaled_away": f'{FIGURE}<b style="display:inline-block;transform:scale(0)">1</b>',
    "clipped_path": f'{FIGURE}<b style="clip-path:inset(100%)">1</b>', "no_most_height": f'{FIGURE}<b style="display:inline-block;max-height:0;overflow:hidden">1</b>', "filtered": f'{FIGURE}<b style="filter:opacity(0)">1</b>', "above_page": f'{FIGURE}<b style="position:absolute;top:-9999px">1</b>',
    "moved_away": f'{FIGURE}<b style="transform:translateX(-9999px)">1</b>',
    "no_height": f'{FIGURE}<span style="overflow:hidden;display:inline-block;height:0px">1</span>',
}  # fmt: skip
SEEN: Final = {
    "white_on_colour": '18<span style="background:#1a5490;color:#fff">234</span>', "white_on_outer_colour": '<span style="background-color: navy">18<b style="color: white">234</b></span>', "pale_but_seen": '18<span style="color:#bbb">234</span>',
    "white_on_picture": '18<span style="background:url(a.png)"><i style="color:#fff">234</i></span>', "clear_background": '18<span style="background:rgba(0,0,0,0.05);color:#000">234</span>',
}  # fmt: skip
"""Text that a reader sees, though it is white or its ground dark: it has to be read."""
BY_SHEET: Final = {
    "inside_hidden": (f"{FIGURE}<b class=x9>1</b>", "td .x9{display:none}"), "tag_hidden": (f"{FIGURE}<i>1</i>", "i{display:none}"), "id_hidden": (f"{FIGURE}<i id=z9>1</i>", "#z9{visibility:hidden}"),
    "tag_inside": ("18<b>234</b>", "nav b{display:none}"),
}  # fmt: skip
STYLED: Final = {
    "class_hidden": "display:none", "class_invisible": "visibility:hidden", "class_struck": "text-decoration:line-through", "class_raised": "vertical-align:super",
    "class_size": "font-size:0", "class_white": "color:#FFFFFF", "class_bar": "background:#333;color:#333", "class_transparent": "color:transparent",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of this module."""
    for format_name in ("html", "mhtml"):
        for name, cell in GLUED.items():
            quick = format_name == "html" and name in ("sup", "size_zero", "ruby", "none")
            yield one_file(f"glued/{name}", format_name, draw(format_name, cell), quick=quick, **_DOUBTFUL)
        for name, cell in SEEN.items():
            data = draw(format_name, cell)
            yield one_file(
                f"glued/{name}", format_name, data, status=["checked"], verdict=["pass"], values=[TARGET]
            )
        for name, (cell, sheet) in BY_SHEET.items():
            yield one_file(f"glued/{name}", format_name, draw(format_name, cell, style=sheet), **_DOUBTFUL)
        for name, style in STYLED.items():
            data = draw(format_name, f'{FIGURE}<span class="x9">1</span>', style=f".x9 {{ {style} }}")
            yield one_file(f"glued/{name}", format_name, data, **_DOUBTFUL)
    yield from _unseen()
    yield from _bombs()
    yield from _encodings()


def _unseen() -> Iterator[Case]:
    """Whole pages of which nothing is seen, and shaded heads of tables, in which white text is."""
    # A title that the page declares in its head is known all the same.
    vanished = {"verdict": ["fail", None], "exit": [1, 3], "says": ["看不见"]}
    page = draw("html").decode()
    yield one_file(
        "skipped/all_white",
        "html",
        page.replace("<body", '<body text="#ffffff"').encode(),
        quick=True,
        **vanished,
    )
    yield one_file("skipped/white_body", "html", draw("html", style="body{color:#fff}"), **vanished)
    yield one_file(
        "skipped/dark_page",
        "html",
        page.replace("<body", '<body bgcolor="#111111" text="#ffffff"').encode(),
        status=["checked"],
        verdict=["pass"],
        values=[TARGET],
    )
    heads = page.replace("<th", '<th style="background:#2f5597;color:#fff"').replace(
        "<td", '<td bgcolor="navy" style="color:white"'
    )
    yield one_file(
        "skipped/dark_cells", "html", heads.encode(), status=["checked"], verdict=["pass"], values=[TARGET]
    )
    sheet = draw("html", style="td{background:#203864;color:#fff} .x td{background:#fff}")
    yield one_file(
        "skipped/dark_cells_by_sheet", "html", sheet, status=["checked"], verdict=["pass"], values=[TARGET]
    )


def _bombs() -> Iterator[Case]:
    page = draw("html")
    head, rest = page.split("<!-- 正文开始 -->".encode(), 1)
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    inserted: dict[str, Callable[[], bytes]] = {
        "deep": lambda: b"<div>" * 200_000, "deep_tables": lambda: b"<table><tr><td>" * 5000, "deep_lists": lambda: b"<ul><li>" * 30_000,
        "spans": lambda: b"<table>" + b"<tr><td rowspan=65000 colspan=1000>x</td></tr>" * 300 + b"</table>", "span_number": lambda: b"<table><tr><td colspan=" + b"9" * 5000 + b">x</table>",
        "attribute": lambda: b"<p " + b"a=b " * 200_000 + b">x</p>", "comment": lambda: b"<!--" + b"x" * 900_000 + b"-->", "unclosed_comment": lambda: b"<!--" + b"<p>" * 200_000,
        "unclosed_tag": lambda: b"<p title='" + b"x" * 900_000, "entities": lambda: b"&" * 500_000, "entity_numbers": lambda: b"&#x110000;&#xD800;&#0;&#99999999999999;" * 9999, "tags": lambda: b"</p>" * 200_000,
        "formatting": lambda: b"<b><i><u><a>" * 3000, "doctype": lambda: b"<!DOCTYPE a [<!ENTITY b 'x'>]>&b;", "cdata": lambda: b"<![CDATA[" * 99_999, "styles": lambda: b"<style>" + b".a{color:red}" * 30_000 + b"</style>",
        "style_comments": lambda: b"<style>" + b"/*" * 200_000 + b"</style>", "style_at_words": lambda: b"<style>@" + b"media " * 100_000 + b"{}</style>", "style_blocks": lambda: b"<style>" + b"@media a{" * 50_000 + b"</style>",
        "style_selectors": lambda: b"<style>" + b"td>td " * 60_000 + b"!{display:none}</style>", "moved_parts": lambda: b"<p>" + b"<b style=position:absolute>1</b>" * 25_000, "struck_parts": lambda: b"<p>" + b"<s>9</s>1" * 60_000,
        "script_end": lambda: b"<script>" + b"</scrip" * 99_999 + b"</script>", "nul": lambda: b"\0" * 999,
    }  # fmt: skip
    for name, make in inserted.items():
        yield one_file(f"bomb/{name}", "html", _around(head, make, rest), quick=name == "spans", **ends)
    mails = {
        "parts": b"Content-Type: multipart/related; boundary=a\n\n" + b"--a\n\n" * 90_000,
        "nested": b"".join(b"Content-Type: multipart/related; boundary=a%d\n\n--a%d\n" % (n, n) for n in range(3000)),
        "header": b"Content-Type: multipart/related; " + b"a=b; " * 150_000 + b"boundary=a\n\n--a\n",
        "folded": b"Content-Type: multipart/related;\n" + b" x=y;\n" * 99_999 + b" boundary=a\n\n--a\n",
        "quoted": b"Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=3D=\n" * 150_000 + b"--a--\n",
        "base64": b"Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + b"=" * 900_000 + b"\n--a--\n",
    }  # fmt: skip
    for name, data in mails.items():
        yield one_file(f"bomb/{name}", "mhtml", b"From: <a@b.cn>\nMIME-Version: 1.0\n" + data, **ends)


def _around(head: bytes, make: Callable[[], bytes], rest: bytes) -> Callable[[], bytes]:
    return lambda: head + make() + rest


def _encodings() -> Iterator[Case]:
    reads = {"status": ["checked"], "verdict": ["pass"], "values": [TARGET]}
    page = draw("html").decode()
    for name, data in {
        "utf16": page.encode("utf-16"), "gb18030_said_utf8": page.encode("gb18030"), "utf8_said_gb2312": page.replace("utf-8", "gb2312", 1).encode(),
        "big_endian": b"\xfe\xff" + page.encode("utf-16-be"),
    }.items():  # fmt: skip
        yield one_file(f"characters/{name}", "html", data, **reads)
    garbled = {"status": ["unreadable"], "exit": [3]}
    whole = write(COUNTY_2023, "html")
    yield one_file("skipped/double_encoded", "html", whole.decode("latin-1").encode(), **garbled)
    yield one_file(
        "skipped/double_encoded_gbk", "html", whole.decode("gb18030", "replace").encode(), **garbled
    )
    part = message(
        ("Content-Type: text/html; charset=utf-8", whole.decode("latin-1").encode()),
        kind="multipart/related",
        head="From: <a@b.cn>\r\n",
    )
    yield one_file("skipped/double_encoded", "mhtml", part, **garbled)
    pictures = b"<html><body>" + b'<img src="1.png">' * 9 + b"</body></html>"
    yield one_file("skipped/pictures_only", "html", pictures, **garbled)
