"""Pages: PDF and OFD."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from .bombs import in_parts
from .case import TARGET, Case, one_file, reads_as_doubtful
from .drawing import draw, kept, repacked
from .encryption import encrypted

_DOUBTFUL: Final = reads_as_doubtful()
_ENDS: Final = {"status": ["checked", "unreadable", "skipped"], "whole": True}
MARKS: Final = {
    "above": ("1", "above"), "above_bracket": ("[1]", "above"), "above_circle": ("①", "above"), "above_star": ("*", "above"), "below": ("2", "below"),
    "invisible": ("1", "invisible"), "tiny": ("1", "tiny"), "struck_through": ("", "struck"),
    "white": ("1", "white"), "nearly_white": ("1", "grey"), "covered": ("1", "covered"), "outside": ("1", "outside"), "clipping": ("1", "clipping"),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of this module."""
    for format_name in ("pdf", "ofd"):
        for name, (mark, look) in MARKS.items():
            if format_name == "ofd" and look not in ("above", "below", "struck"):
                continue  # the PDF that it is made from loses them
            expect = {"status": ["checked"]} if look == "struck" else _DOUBTFUL
            data = draw(format_name, mark=mark, look=look)
            yield one_file(
                f"glued/{name}", format_name, data, quick=name == "above" and format_name == "pdf", **expect
            )
    yield one_file("glued/white_on_colour", "pdf", draw("pdf", look="head"), status=["checked"], verdict=["pass"], values=[TARGET])  # fmt: skip
    for name, state in (
        ("off", b"/OFF [90 0 R]"),
        ("all_off", b"/BaseState /OFF"),
        ("off_but_one", b"/BaseState /OFF /ON [91 0 R]"),
    ):
        expect = {**_DOUBTFUL, "told": True}
        yield one_file(f"glued/layer_{name}", "pdf", _in_layer(state), quick=name == "off", **expect)
    yield one_file(
        "glued/layer_in_stream", "pdf", _in_layer(b"/OFF [90 0 R]", packed=True), **_DOUBTFUL, told=True
    )
    yield from _memberships()
    for name, data in (("off", b"/OFF [90 0 R]"), ("all_off", b"/BaseState /OFF")):
        yield one_file(f"glued/layer_encrypted_{name}", "pdf", encrypted(_in_layer(data)), **_DOUBTFUL, told=True)  # fmt: skip
    seen = {"status": ["checked"], "values": [(*TARGET[:3], 182341)], "told": False}
    yield one_file("glued/layer_encrypted_on", "pdf", encrypted(_in_layer(b"/OFF [91 0 R]")), **seen)
    for name, state in (("on", b"/ON [90 0 R]"), ("other_off", b"/OFF [91 0 R]")):
        yield one_file(f"glued/layer_{name}", "pdf", _in_layer(state), **seen)
    yield from _unseen()
    for name, unicode in (("no_map", "none"), ("wrong_map", "wrong")):
        yield one_file(
            f"skipped/{name}",
            "pdf",
            draw("pdf", unicode=unicode),
            quick=True,
            status=["unreadable"],
            exit=[3],
        )
    yield one_file(
        "skipped/picture",
        "pdf",
        _pdf(_CATALOGUE, _PAGES, _PAGE, _stream(b"q 9 0 0 9 0 0 cm /I Do Q")),
        status=["unreadable"],
        exit=[3],
    )
    yield from _pdf_bombs()
    yield from _ofd_bombs()


def _memberships() -> Iterator[Case]:
    """The figure in a membership: what its rule makes of a layer that is off, the first, and one that is on."""
    off, on, both = b"/OCGs 90 0 R", b"/OCGs [91 0 R]", b"/OCGs [90 0 R 91 0 R] /P /%s"
    hidden = {**_DOUBTFUL, "told": True}
    seen = {"status": ["checked"], "values": [(*TARGET[:3], 182341)], "told": False}
    doubtful = {"status": ["checked"], "told": True}
    for name, rules, expect in (
        ("off", [off], hidden), ("on", [on], seen), ("all_on", [both % b"AllOn"], hidden), ("any_on", [both % b"AnyOn"], seen), ("any_off", [both % b"AnyOff"], seen), ("all_off", [both % b"AllOff"], hidden),
        ("any_off_of_one", [on + b" /P /AnyOff"], hidden), ("of_none", [b"/OCGs []"], seen), ("by_expression", [off + b" /VE [/Not 90 0 R]"], doubtful), ("of_others", [off, on], doubtful), ("unknown_layer", [b"/OCGs 7 0 R"], doubtful),
    ):  # fmt: skip
        data = _in_layer(b"/OFF [90 0 R]", rules=tuple(rules))
        yield one_file(f"glued/member_{name}", "pdf", data, quick=name == "off", **expect)
    form = b"95 0 obj\n" + _stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/OC 90 0 R") + b"\nendobj\n"
    for name, state in (("off", b"/OFF [90 0 R]"), ("on", b"/OFF [91 0 R]")):
        made = _in_layer(state)
        place = made.index(b"xref\n0 ")
        made = made[:place] + form + made[place:]
        yield one_file(f"glued/layer_of_form_{name}", "pdf", made, **(doubtful if name == "off" else seen))


def _in_layer(state: bytes, *, packed: bool = False, rules: tuple[bytes, ...] = ()) -> bytes:
    """The report with a 1 after its figure, in a layer of that state; its description may stand in an object stream.

    With `rules` it lies in the first of these memberships.
    """
    made = draw("pdf", mark="1", look="invisible")
    mode = made.index(b" 3 Tr ")
    start, end = made.rindex(b"BT ", 0, mode), made.index(b"ET", mode) + 2
    shown = made[start:end].replace(b" 3 Tr ", b" 0 Tr ")
    made = made[:start] + b"/OC /L BDC " + shown + b" EMC" + made[end:]
    made = made.replace(b"/Font << /F 3 0 R >>", b"/Font << /F 3 0 R >> /Properties << /L 90 0 R >>")
    properties = b"<< /OCGs [90 0 R 91 0 R] /D << " + state + b" >> >>"
    layers = [
        b"<< /Type /OCG /Name <FEFF56FE 5C42 0020 0031> >>",
        b"<< /Type /OCG /Name (\xfe\xffV\xfe\\\\B\0 \0002) >>",
    ]
    layers += [b"<< /Type /OCMD " + rule + b" >>" for rule in rules]
    if rules:
        made = made.replace(b"/L 90 0 R", b"/L 92 0 R")
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(layers, 90))
    place = made.index(b"xref\n0 ")
    if packed:
        head = b"92 0 "
        stream = _stream(
            head + b"<< /OCProperties " + properties + b" >>", b"/Type/ObjStm/N 1/First %d" % len(head)
        )
        return made[:place] + objects + b"93 0 obj\n" + stream + b"\nendobj\n" + made[place:]
    catalogue = b"/Type /Catalog /OCProperties " + properties
    return (made[:place] + objects + made[place:]).replace(b"/Type /Catalog", catalogue)


def _unseen() -> Iterator[Case]:
    """Whole pages of which nothing is seen; OFD whose figure is white, transparent, or not painted."""
    vanished = {"status": ["unreadable"], "exit": [3], "says": ["看不见"]}
    plain = draw("pdf")
    yield one_file(
        "skipped/all_white", "pdf", plain.replace(b"0 g", b"1 g").replace(b"BT /F", b"BT 1 g /F"), **vanished
    )
    yield one_file("skipped/all_invisible", "pdf", plain.replace(b" 0 Tr ", b" 3 Tr "), **vanished)
    figures = [(*TARGET[:3], figure) for figure in ("18234", "18234.0")]
    unread = {"status": ["checked"], "never": figures, "says": ["表二有空白格"]}
    for name, attributes, inside in (
        ("white", "", '<ofd:FillColor Value="255 255 255"/>'), ("white_in_hexadecimal", "", '<ofd:FillColor Value="#FF #FF #FF"/>'), ("white_of_print", "", '<ofd:FillColor Value="0 0 0 0"/>'),
        ("transparent", "", '<ofd:FillColor Value="0 0 0" Alpha="0"/>'), ("not_filled", ' Fill="false"', ""), ("not_visible", ' Visible="false"', ""), ("object_transparent", ' Alpha="0"', ""),
        ("not_visible_as_number", ' Visible="0"', ""), ("not_visible_with_spaces", ' Visible=" false "', ""), ("transparent_as_decimal", ' Alpha="0.0"', ""),
    ):  # fmt: skip
        yield one_file(f"glued/{name}", "ofd", _ofd_figure(attributes, inside), **unread)
    layer = '</ofd:Layer><ofd:Layer ID="99998" Type="Body" {}><ofd:TextObject ID="99999" Boundary="128 212 9 5" Font="1" Size="4"><ofd:TextCode X="0" Y="4">1</ofd:TextCode></ofd:TextObject></ofd:Layer><ofd:Layer ID="99997" Type="Body">'
    for name, attribute in (("not_visible", 'Visible="false"'), ("transparent", 'Alpha="0"')):
        data = _ofd_figure("", "", after=layer.format(attribute))
        yield one_file(
            f"glued/layer_{name}", "ofd", data, quick=name == "not_visible", **_DOUBTFUL, told=True
        )
    seen = {"status": ["checked"], "verdict": ["pass"], "values": [TARGET]}
    yield one_file("glued/grey", "ofd", _ofd_figure("", '<ofd:FillColor Value="120 120 120"/>'), **seen)
    ground = '<ofd:PathObject ID="99999" Boundary="121 212 10 5" Fill="true" Stroke="false"><ofd:FillColor Value="{}"/><ofd:AbbreviatedData>M 0 0 L 10 0 L 10 5 L 0 5 C</ofd:AbbreviatedData></ofd:PathObject>'
    white = _ofd_figure("", '<ofd:FillColor Value="255 255 255"/>', before=ground.format("20 40 90"))
    yield one_file("glued/white_on_colour", "ofd", white, status=["checked"], values=[TARGET])
    yield one_file("glued/covered", "ofd", _ofd_figure("", "", after=ground.format("255 255 255")), **unread)


def _ofd_figure(attributes: str, inside: str, before: str = "", after: str = "") -> bytes:
    """The report with the text object of its figure changed, and something painted before or after it."""

    def change(parts: dict[str, bytes]) -> None:
        for name, content in parts.items():
            if b">18234<" in content:
                start = content.rindex(b"<ofd:TextObject", 0, content.index(b">18234<"))
                end = content.index(b">", start)
                close = content.index(b"</ofd:TextObject>", end) + len(b"</ofd:TextObject>")
                parts[name] = (
                    content[:start] + before.encode() + content[start:end] + attributes.encode() + b">" + inside.encode()
                    + content[end + 1 : close] + after.encode() + content[close:]
                )  # fmt: skip

    return repacked(draw("ofd"), change)


def _pdf(*objects: bytes) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def _stream(data: bytes, attributes: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), attributes, packed)


_CATALOGUE: Final = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES: Final = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE: Final = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"


def _pdf_bombs() -> Iterator[Case]:
    box = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R>>"
    nothing = _stream(b"BT ET")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R"
    resources = b"<</XObject<</X 6 0 R>>>>"
    shown = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources 5 0 R>>"
    whole = draw("pdf")
    for name, data in {
        "stream_expands": _pdf(_CATALOGUE, _PAGES, _PAGE, _stream(b"0 0 m 9 9 l S\n" * 3_000_000)), "ring_of_pages": _pdf(_CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 9>>"),
        "count_lies": _pdf(_CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>", _PAGE, nothing), "form_in_itself": _pdf(_CATALOGUE, _PAGES, shown, _stream(b"/X Do"), resources, _stream(b"/X Do " * 9, form)),
        "arrays": _pdf(_CATALOGUE, b"[" * 100_000), "dictionaries": _pdf(_CATALOGUE, b"<</A" * 50_000), "box_endless": _pdf(_CATALOGUE, _PAGES, box % b"0 0 9e30 9e30", nothing), "box_reversed": _pdf(_CATALOGUE, _PAGES, box % b"9 9 -9 -9", nothing),
        "box_no_numbers": _pdf(_CATALOGUE, _PAGES, box % b"nan inf /a (b)", nothing), "many_pages": _pdf(_CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 5000>>" % (b"3 0 R " * 5000), _PAGE, nothing), "glyphs": _pdf(_CATALOGUE, _PAGES, _PAGE, _stream(b"BT /F 9 Tf (" + b"a" * 400_000 + b") Tj ET")),
        "lines": _pdf(_CATALOGUE, _PAGES, _PAGE, _stream(b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (n % 595, n % 595, n % 842, n % 842) for n in range(20_000)))), "states": _pdf(_CATALOGUE, _PAGES, _PAGE, _stream(b"q " * 200_000)), "javascript": _pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", _PAGES, _PAGE, nothing),
        "launch": _pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/true)>>>>", _PAGES, _PAGE, nothing), "no_end": whole[: whole.rindex(b"startxref")], "xref_far": whole.replace(b"startxref\n", b"startxref\n9999999999", 1), "rotated": whole.replace(b"/MediaBox", b"/Rotate 90 /MediaBox"), "rotated_odd": whole.replace(b"/MediaBox", b"/Rotate 17 /MediaBox"),
        "password": (kept_password()), "object_streams": whole.replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm << /XFA (x) >>"), "kids_twice": whole.replace(b"/Kids [10 0 R", b"/Kids [10 0 R 10 0 R"), "fonts_missing": whole.replace(b"/Font << /F 3 0 R >>", b"/Font << /F 9 0 R >>"),
        "filter_unknown": whole.replace(b"<< /Length", b"<< /Filter /Foo /Length"),
    }.items():  # fmt: skip
        yield one_file(f"bomb/{name}", "pdf", data, quick=name == "form_in_itself", **_ENDS)


def kept_password() -> bytes:
    """A PDF that says it is encrypted."""
    return kept("county.pdf").replace(
        b"trailer\n<<",
        b"trailer\n<</Encrypt<</Filter/Standard/V 1/R 2/O(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)/U(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)/P -4>>",
    )


def _ofd_bombs() -> Iterator[Case]:
    page = "Doc_0/Pages/0.xml"
    yield from in_parts("ofd", page, "<ofd:Layer>", "</ofd:Layer>", ("<ofd:PageBlock>", "</ofd:PageBlock>"))

    def changed(old: str, new: str, part: str = page) -> bytes:
        def change(parts: dict[str, bytes]) -> None:
            assert old.encode() in parts[part], old
            parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

        return repacked(draw("ofd"), change)

    text = '<ofd:TextObject Boundary="{}" Size="{}"><ofd:TextCode X="0" Y="5" DeltaX="{}">年度报告</ofd:TextCode></ofd:TextObject>'
    for name, data in {
        "delta": changed("<ofd:Layer>", "<ofd:Layer>" + text.format("1 1 9 9", "5", "g 99999999 1")), "delta_far": changed("<ofd:Layer>", "<ofd:Layer>" + text.format("1 1 9 9", "5", "9e99 9e99 nan")), "size": changed("<ofd:Layer>", "<ofd:Layer>" + text.format("1 1 9 9", "1e300", "1")),
        "size_negative": changed("<ofd:Layer>", "<ofd:Layer>" + text.format("1 1 9 9", "-5", "1")), "boundary": changed("<ofd:Layer>", "<ofd:Layer>" + text.format("a b c", "5", "1")), "path": changed("<ofd:Layer>", '<ofd:Layer><ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>' + "M 0 0 L 9 9 " * 60_000 + "</ofd:AbbreviatedData></ofd:PathObject>"),
        "page_outside": changed("Pages/0.xml", "../../../../etc/passwd", "Doc_0/Document.xml"), "page_itself": changed("Pages/0.xml", "Document.xml", "Doc_0/Document.xml"), "pages_many": changed("<ofd:Pages>", "<ofd:Pages>" + '<ofd:Page ID="9" BaseLoc="Pages/0.xml"/>' * 3000, "Doc_0/Document.xml"),
        "box": changed("0 0 210 297", "0 0 1e99 1e99", "Doc_0/Document.xml"), "root_itself": changed("Doc_0/Document.xml", "OFD.xml", "OFD.xml"),
    }.items():  # fmt: skip
        yield one_file(f"bomb/{name}", "ofd", data, **_ENDS)
