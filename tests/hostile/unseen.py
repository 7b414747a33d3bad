"""Text beside a figure that nobody sees, that may stand elsewhere, or that is no part of it; and text that is seen.

Each row: the content of the cell, and what is right: `DOUBT` (the figure, or unreadable), `TOLD` (the same, and the
result says that something was not read), `SEEN` (read as it is, nothing said), `NOT` (it must not be read as written).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .case import TARGET, Case, one_file, reads_as_doubtful
from .drawing import FIGURE, draw

DOUBT: Final[Mapping[str, Any]] = reads_as_doubtful()
TOLD: Final[Mapping[str, Any]] = {**DOUBT, "told": True}
SEEN: Final[Mapping[str, Any]] = {
    "status": ["checked"],
    "verdict": ["pass"],
    "values": [TARGET],
    "told": False,
}
NOT: Final[Mapping[str, Any]] = {
    "status": ["checked"],
    "never": [(*TARGET[:3], figure) for figure in ("18234", "18234.0")],
}
_Row = tuple[str, Mapping[str, Any]]

# ---- DOCX ----

_RUN: Final = f'<w:r><w:t xml:space="preserve">{FIGURE}</w:t></w:r>'
_BOX: Final = "<w:txbxContent><w:p><w:r><w:t>7</w:t></w:r></w:p></w:txbxContent>"
_MATHS: Final = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _effect(inner: str, name: str = "textFill") -> str:
    return (
        f'<w14:{name} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">{inner}</w14:{name}>'
    )


def _solid(colour: str, inner: str = "") -> str:
    kind = "srgbClr" if len(colour) == 6 else "schemeClr"
    return _effect(f'<w14:solidFill><w14:{kind} w14:val="{colour}">{inner}</w14:{kind}></w14:solidFill>')


def _vml(style: str, shape: str = "shape") -> str:
    return f'<w:r><w:pict><v:{shape} xmlns:v="urn:schemas-microsoft-com:vml" style="{style}"><v:textbox>{_BOX}</v:textbox></v:{shape}></w:pict></w:r>'


def _drawing(hidden: str) -> str:
    place = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    described = f'<wp:docPr id="7" name="t" {hidden}/>'
    inside = f'<wps:wsp xmlns:wps="{shape}"><wps:txbx>{_BOX}</wps:txbx></wps:wsp>'
    return f'<w:r><w:drawing><wp:anchor xmlns:wp="{place}">{described}{inside}</wp:anchor></w:drawing></w:r>'


def _formula(*parts: tuple[str, str], kind: str = "sSup") -> str:
    inside = "".join(f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>" for name, text in parts)
    return f"<m:oMath {_MATHS}><m:{kind}>{inside}</m:{kind}></m:oMath>"


DOCX: Final[dict[str, _Row]] = {
    "fill_none": (_RUN + _run("1", _effect("<w14:noFill/>")), TOLD), "fill_white": (_RUN + _run("1", _solid("FFFFFF")), TOLD), "fill_of_paper": (_RUN + _run("1", _solid("bg1")), TOLD),
    "fill_clear": (_RUN + _run("1", _solid("000000", '<w14:alpha w14:val="100000"/>')), TOLD), "fill_over_white": (_run("18") + _run("234", '<w:color w:val="FFFFFF"/>' + _solid("000000")), SEEN),
    "fill_dark": (_run("18") + _run("234", _solid("tx1")), SEEN), "fill_blend": (_run("18") + _run("234", _effect("<w14:gradFill/>")), SEEN),
    "fill_none_outlined": (_run("18") + _run("234", _effect("<w14:solidFill><w14:srgbClr w14:val='000000'/></w14:solidFill>", "textOutline") + _effect("<w14:noFill/>")), SEEN),
    "fill_none_no_outline": (_RUN + _run("1", _effect("<w14:noFill/>", "textOutline") + _effect("<w14:noFill/>")), TOLD),
    "shape_hidden": (_RUN + _vml("position:absolute;visibility:hidden"), TOLD), "shape_of_none": (_RUN + _vml("display: none"), TOLD), "rectangle_hidden": (_RUN + _vml("VISIBILITY:HIDDEN", "rect"), TOLD),
    "shape_beside": (_RUN + _vml("position:absolute"), DOUBT), "drawing_hidden": (_RUN + _drawing('hidden="1"'), TOLD), "drawing_hidden_true": (_RUN + _drawing('hidden="true"'), TOLD), "drawing_beside": (_RUN + _drawing('hidden="0"'), DOUBT),
    "formula_raised": (_formula(("e", FIGURE), ("sup", "1")), DOUBT), "formula_lowered": (_formula(("e", FIGURE), ("sub", "1"), kind="sSub"), DOUBT), "formula_both": (_formula(("e", FIGURE), ("sub", "2"), ("sup", "1"), kind="sSubSup"), DOUBT),
    "formula_before": (_formula(("sub", "2"), ("sup", "1"), ("e", FIGURE), kind="sPre"), DOUBT), "fraction": (_formula(("num", "1"), ("den", "8234"), kind="f"), NOT), "formula_limit": (_formula(("e", FIGURE), ("lim", "1"), kind="limUpp"), DOUBT),
    "root": (_formula(("deg", "3"), ("e", FIGURE), kind="rad"), DOUBT), "formula_plain": (f"<m:oMath {_MATHS}><m:r><m:t>{FIGURE}</m:t></m:r></m:oMath>", SEEN), "formula_beside": (f"{_RUN}<m:oMath {_MATHS}><m:r><m:t>1</m:t></m:r></m:oMath>", DOUBT),
    "right_to_left": (f'<w:bdo w:val="rtl">{_run("43281")}</w:bdo>', DOUBT), "right_to_left_as_written": (f'<w:bdo w:val="rtl">{_run(FIGURE)}</w:bdo>', NOT), "left_to_right": (f'<w:bdo w:val="ltr">{_run(FIGURE)}</w:bdo>', SEEN),
    "framed": (_RUN + '</w:p><w:p><w:pPr><w:framePr w:x="9000" w:y="9000"/></w:pPr><w:r><w:t>9</w:t></w:r>', DOUBT), "vanish_off": (_run("18") + _run("234", '<w:vanish w:val="0"/>'), SEEN), "strike_off": (_run("18") + _run("234", '<w:strike w:val="false"/>'), SEEN),
}  # fmt: skip

# ---- web pages ----


def _styled(style: str, text: str = "1") -> str:
    return f'{FIGURE}<b style="{style}">{text}</b>'


_HIDING_STYLES: Final = (
    "display:inline-block;content-visibility:hidden", "clip-path:polygon(0 0,0 0,0 0)", "clip-path: inset(50%)", "display:inline-block;text-indent:-999em",
    "display:inline-block;overflow:hidden;text-indent:100%;white-space:nowrap", "position:absolute;left:-100em", "position:fixed;left:-100vw", "position:absolute;right:200%", "inset:0 0 0 -9999px",
    "display:inline-block;margin-left:-9999px", "transform:translate3d(-9999px,0,0)", "transform:translate(-9999px, 0)", "translate:-9999px", "scale:0", "transform:scaleX(0)", "transform:rotateY(90deg)",
    "display:inline-block;overflow:clip;height:0", "position:absolute;height:1px;width:1px;overflow:hidden", "opacity:0%", "color:#00000000", "color:#0000", "color:rgb(0 0 0 / 0%)", "color:rgb(100%,100%,100%)", "color:hwb(0 100% 0%)",
    "--a:#fff;color:var(--a)", "display:/**/none", "display:n\\6fne", "-webkit-mask:linear-gradient(transparent,transparent)", "-webkit-filter:opacity(0%)", "display:inline-block;line-height:0;overflow:hidden",
    "position:relative;top:-0.5em;font-size:75%", "font-variant-position:super", "float:right",
)  # fmt: skip
HTML: Final[dict[str, _Row]] = {
    **{f"style_{number:02}": (_styled(style), DOUBT) for number, style in enumerate(_HIDING_STYLES)},
    "details": (f"{FIGURE}<details><summary></summary>1</details>", DOUBT), "details_summary": (f"<details><summary>{FIGURE}</summary>1</details>", DOUBT), "details_open": (f"<details open><summary>{FIGURE}</summary></details>", SEEN),
    "dialog": (f"{FIGURE}<dialog>1</dialog>", DOUBT), "dialog_open": (f"<dialog open>{FIGURE}</dialog>", SEEN), "popover": (f"{FIGURE}<div popover>1</div>", DOUBT), "no_frames": (f"{FIGURE}<noframes>1</noframes>", DOUBT),
    "meter": (f"{FIGURE}<meter value=1>1</meter>", DOUBT), "bdo": ("<bdo dir=rtl>43281</bdo>", DOUBT), "bdo_as_written": ("<bdo dir='RTL'>18234</bdo>", NOT), "bdo_left": ("<bdo dir=ltr>18234</bdo>", SEEN),
    "isolated": ('<b style="direction:rtl;unicode-bidi:isolate-override">18234</b>', NOT), "for_screen_readers": ('18<b aria-hidden="true">234</b>', SEEN), "clip_auto": (f'<b style="clip:rect(auto,auto,auto,auto)">{FIGURE}</b>', SEEN), "half_opaque": ('18<b style="opacity:.5">234</b>', SEEN),
    "whole_moved": (f'<b style="position:absolute;left:3px">{FIGURE}</b>', SEEN), "capitals": ('18<b style="text-transform:uppercase">234</b>', SEEN), "not_transformed": ('18<b style="transform:none">234</b>', SEEN),
    "maths_raised": (f"<math><msup><mn>{FIGURE}</mn><mn>1</mn></msup></math>", DOUBT), "maths_lowered": (f"<math><msub><mn>{FIGURE}</mn><mn>1</mn></msub></math>", DOUBT), "maths_unseen": (f"{FIGURE}<math><mphantom><mn>1</mn></mphantom></math>", DOUBT),
    "maths_fraction": ("<math><mfrac><mn>1</mn><mn>8234</mn></mfrac></math>", NOT), "maths_source": (f"<math><semantics><mn>{FIGURE}</mn><annotation>1</annotation></semantics></math>", DOUBT),
    "struck_told": (f"<del>9</del><ins>{FIGURE}</ins>", TOLD), "style_struck_told": (f'<span style="text-decoration:line-through">9</span>{FIGURE}', TOLD), "hidden_told": (f'{FIGURE}<span style="display:none">1</span>', TOLD), "nothing_hidden": (f'{FIGURE}<span style="display:none"> </span>', SEEN),
}  # fmt: skip
SHEETS: Final[dict[str, tuple[str, str, Mapping[str, Any]]]] = {
    "of_one": (f"{FIGURE}<b class=h>1</b>", ":is(.h){display:none}", DOUBT), "of_attribute": (f"{FIGURE}<b data-h=1>1</b>", "[data-h]{display:none}", DOUBT), "of_last": (f"{FIGURE}<b>1</b>", "td b:last-child{display:none}", DOUBT),
    "of_all_media": (f"{FIGURE}<b class=h>1</b>", "@media all{.h{display:none}}", DOUBT), "of_screens": (f"{FIGURE}<b class=h>1</b>", "@media screen{.h{display:none}}", DOUBT), "of_wide_screens": (f"{FIGURE}<b class=h>1</b>", "@media (min-width:1px){.h{display:none}}", DOUBT),
    "of_paper": ("18<b class=h>234</b>", "@media print{.h{display:none}}", SEEN), "of_telephones": ("18<b class=h>234</b>", "@media (max-width:480px){.h{display:none}}", SEEN), "of_layer": (f"{FIGURE}<b class=h>1</b>", "@layer a{.h{display:none}}", DOUBT),
    "undone": ("18<b class=h style='display:inline'>234</b>", ".h{display:none}", DOUBT), "undone_in_vain": (f"{FIGURE}<b class=h style='display:inline'>1</b>", ".h{display:none!important}", DOUBT), "on_line_again": ("18<sup class=n>234</sup>", ".n{vertical-align:baseline}", DOUBT),
    "of_block": (f"{FIGURE}<div class=h>1</div>", ".h{display:none}", DOUBT), "of_paragraph": (f"{FIGURE}<p class=h>1</p>", ".h{visibility:hidden}", DOUBT), "of_own_tag": (f"{FIGURE}<x-y>1</x-y>", "x-y{display:none}", DOUBT), "elsewhere": ("18<b>234</b>", "nav i:hover{display:none}", SEEN),
}  # fmt: skip

# ---- ODT, RTF, XLSX ----


def _span(text: str) -> str:
    return f'{FIGURE}<text:span text:style-name="X">{text}</text:span>'


def _style(properties: str, family: str = "text") -> str:
    space = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    return f'<style:style style:name="X" style:family="{family}"><style:text-properties {space} {properties}/></style:style>'


_NEXT: Final = "</text:p><text:p>"
ODT: Final[dict[str, tuple[str, str, Mapping[str, Any]]]] = {
    "paragraph_hidden": (f'{FIGURE}{_NEXT}<text:hidden-paragraph text:is-hidden="true"/>9', "", TOLD), "paragraph_shown": (f'<text:hidden-paragraph text:is-hidden="false"/>{FIGURE}', "", SEEN),
    "text_hidden": (f'{FIGURE}<text:hidden-text text:condition="ooow:1" text:is-hidden="true">1</text:hidden-text>', "", TOLD), "text_shown": ('18<text:hidden-text text:is-hidden="false">234</text:hidden-text>', "", DOUBT),
    "section_unsure": (f'{FIGURE}</text:p><text:section text:display="condition"><text:p>9</text:p></text:section><text:p>', "", DOUBT), "section_known": (f'{FIGURE}</text:p><text:section text:display="condition" text:is-hidden="true"><text:p>9</text:p></text:section><text:p>', "", TOLD),
    "section_shown": (f'</text:p><text:section text:display="true"><text:p>{FIGURE}</text:p></text:section><text:p>', "", SEEN), "few_percent": (_span("1"), _style('fo:font-size="2%"'), DOUBT), "nearly_clear": (_span("1"), _style('loext:opacity="1%" xmlns:loext="l"'), DOUBT),
    "of_condition": (_span("1"), _style('text:display="condition"'), DOUBT), "paragraph_style": (f'{FIGURE}</text:p><text:p text:style-name="X">9', _style('text:display="none"', "paragraph"), TOLD), "script": (f"{FIGURE}<text:script>1</text:script>", "", DOUBT),
    "frame_hidden": (f'{FIGURE}<draw:frame draw:display="none"><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame>', "", DOUBT), "box_beside": (f"{FIGURE}<draw:frame><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame>", "", DOUBT),
    "formula": (f'{FIGURE}<draw:object><m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:msup><m:mn>7</m:mn><m:mn>1</m:mn></m:msup></m:math></draw:object>', "", DOUBT),
}  # fmt: skip
RTF: Final[dict[str, _Row]] = {
    "hidden_state": ("\\v 9\\v0 18234", TOLD), "hidden_off": ("18{\\v0 234}", SEEN), "plain_again": ("{\\v\\plain 18234}", SEEN), "shape_hidden": ("18234{\\shp{\\*\\shpinst{\\sp{\\sn fHidden}{\\sv 1}}{\\shptxt 7\\par}}}", TOLD),
    "shape_beside": ("18234{\\shp{\\*\\shpinst{\\sp{\\sn fHidden}{\\sv 0}}{\\shptxt 7\\par}}}", DOUBT), "formula_raised": ("{\\mmath{\\*\\moMath{\\msSup{\\me{\\mr 18234}}{\\msup{\\mr 1}}}}}", DOUBT), "formula_plain": ("{\\mmath{\\*\\moMath{\\mr 18234}}}", SEEN),
    "formula_beside": ("18234{\\mmath{\\*\\moMathPara{\\*\\moMath{\\mr 1}}}}", DOUBT), "fraction": ("{\\mmath{\\*\\moMath{\\mf{\\mnum{\\mr 1}}{\\mden{\\mr 8234}}}}}", NOT), "override": ("\\u8238?43281\\u8236?", DOUBT),
}  # fmt: skip


def _rich(*runs: tuple[str, str]) -> str:
    return "<is>" + "".join(f"<r><rPr>{look}</rPr><t>{text}</t></r>" for text, look in runs) + "</is>"


XLSX: Final[dict[str, _Row]] = {
    "size_written_long": (_rich((FIGURE, ""), ("1", '<sz val="1.0"/>')), TOLD), "white_of_no_alpha": (_rich((FIGURE, ""), ("1", '<color rgb="00FFFFFF"/>')), TOLD), "tinted_white": (_rich((FIGURE, ""), ("1", '<color theme="1" tint="0.99999"/>')), TOLD), "window_colour": (_rich((FIGURE, ""), ("1", '<color indexed="65"/>')), TOLD),
    "struck_told": (_rich((FIGURE, ""), ("1", '<strike val="true"/>')), TOLD), "strike_off": (_rich(("18", ""), ("234", '<strike val="false"/>')), SEEN), "automatic": (_rich(("18", ""), ("234", '<color auto="1"/>')), SEEN), "grey_tint": (_rich(("18", ""), ("234", '<color theme="1" tint="0.5"/>')), SEEN),
}  # fmt: skip


# ---- Markdown ----

MARKDOWN: Final[dict[str, _Row]] = {
    "struck_told": (f"~~9~~{FIGURE}", TOLD), "struck_words_told": (f"~~九件~~{FIGURE}", TOLD), "struck_bold_told": (f"~~**9**~~{FIGURE}", TOLD), "del_told": (f"<del>9</del>{FIGURE}", TOLD), "hidden_told": (f'{FIGURE}<span style="display:none">1</span>', TOLD),
    "struck_all": (f"~~{FIGURE}~~", {**NOT, "told": True}), "waves_apart": (f"{FIGURE} ~~", DOUBT), "nothing_struck": (f"{FIGURE}<del></del>", SEEN),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of this module."""
    for format_name, rows in (("docx", DOCX), ("html", HTML), ("rtf", RTF), ("xlsx", XLSX), ("md", MARKDOWN)):
        for name, (cell, expect) in rows.items():
            quick = name in ("fill_none", "formula_raised", "style_05", "hidden_told", "size_written_long")
            yield one_file(
                f"glued/beside_{name}", format_name, draw(format_name, cell), quick=quick, **expect
            )
    for name, (cell, sheet, expect) in SHEETS.items():
        quick = name == "of_screens"
        yield one_file(f"glued/sheet_{name}", "html", draw("html", cell, style=sheet), quick=quick, **expect)
    for name, (cell, styles, expect) in ODT.items():
        quick = name == "paragraph_hidden"
        yield one_file(f"glued/beside_{name}", "odt", draw("odt", cell, styles=styles), quick=quick, **expect)
