"""OFD pages: where characters stand, which lines make tables, what is drawn by reference."""

import pytest
from package_files import ofd, ofd_path, ofd_text, pack

from checker.model.document import Paragraph
from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.page.ofd import read
from checker.readers.page.ofd_ink import Matrix


def shape(document):
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text if cell else None for cell in row] for row in block.grid()]
        for block in document.blocks
    ]


def parse(*pages, **parts):
    return read(ofd(*pages, **parts), "a.ofd", DEFAULT_LIMITS)


def lines(*segments):
    return " ".join(f"M {x0} {y0} L {x1} {y1}" for x0, y0, x1, y1 in segments)


def frame(columns, rows):
    """Lines of a full grid."""
    across = [(columns[0], y, columns[-1], y) for y in rows]
    down = [(x, rows[0], x, rows[-1]) for x in columns]
    return lines(*across, *down)


LABELS = (
    ofd_text("项目", 22, 58) + ofd_text("件数", 72, 58) + ofd_text("许可", 22, 78) + ofd_text("１２", 72, 78)
)
GRID = [["项目", "件数"], ["许可", "１２"]]
FRAME = frame([20, 70, 120], [50, 70, 90])


def test_text_and_table_with_their_places():
    document = parse(ofd_text("年度报告", 85, 30) + ofd_path(FRAME) + LABELS)
    assert shape(document) == ["年度报告", GRID]
    title, table = document.blocks
    assert title.location.page == 1
    assert [round(side) for side in title.location.box] == [241, 755, 298, 769]
    assert table.location.page == 1
    assert document.properties == {"title": "题目"}


@pytest.mark.parametrize(
    "drawn",
    [
        ofd_path(FRAME),
        ofd_path(lines((20, 50, 120, 50), (20, 70, 120, 70)))
        + ofd_path("S 20 90 L 120 90 M 20 50 L 20 90 M 70 50 L 70 90 M 120 50 L 120 90"),
        ofd_path("M 0 0 L 100 0 L 100 40 L 0 40 C", "20 50 100 40")
        + ofd_path(lines((0, 20, 100, 20), (50, 0, 50, 40)), "20 50 100 40"),
        ofd_path(FRAME.replace("M", " M").replace("L", "\nL")),
        "".join(
            ofd_path(f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C", f"{x} {y} {w} {h}", 'Stroke="false" Fill="true"')
            for x, y, w, h in [
                *((20, y, 100, 0.2) for y in (50, 70, 90)),
                *((x, 50, 0.2, 40) for x in (20, 70, 120)),
            ]
        ),
        ofd_path(frame([0, 25, 50], [0, 10, 20]), "20 50 100 40", 'CTM="2 0 0 2 0 0"'),
    ],
)
def test_ways_to_draw_a_table(drawn):
    assert shape(parse(drawn + LABELS)) == [GRID]


@pytest.mark.parametrize(
    "drawn",
    [
        ofd_text("年度报告", 20, 30),
        ofd_text("年度报告", 20, 30, code='DeltaX="5 5 5"'),
        ofd_text("年度报告", 20, 30, code='DeltaX="g 2 5 5"'),
        ofd_text("年度报告", 20, 30, code=""),
        ofd_text("年度报告", 0, 5, attributes='CTM="1 0 0 1 20 25"'),
        "".join(ofd_text(text, 20 + 5 * place, 30) for place, text in enumerate("年度报告")),
        f"<ofd:PageBlock>{ofd_text('年度', 20, 30)}</ofd:PageBlock>{ofd_text('报告', 30, 30)}",
        ofd_text("年度报告", 20, 30) + ofd_text("水印", 20, 60, attributes='Visible="false"'),
        ofd_text("年度报告", 20, 30) + ofd_text("水印", 20, 60, attributes='Alpha="0"'),
    ],
)
def test_ways_to_place_text(drawn):
    assert shape(parse(drawn)) == ["年度报告"]


def test_templates_and_composites_are_drawn():
    template = (
        '<ofd:Page xmlns:ofd="o"><ofd:Content><ofd:Layer>'
        + ofd_path(FRAME)
        + "</ofd:Layer></ofd:Content></ofd:Page>"
    )
    content = f"<ofd:Content>{ofd_text('年度', 0, 5)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="7">{content}</ofd:CompositeGraphicUnit>'
    drawn = '<ofd:CompositeObject Boundary="20 25 20 5" ResourceID="7"/>' + ofd_text("报告", 30, 30) + LABELS
    document = parse(
        (drawn, '<ofd:Template TemplateID="3"/>'),
        resources=unit,
        templates='<ofd:TemplatePage ID="3" BaseLoc="Tpls/t.xml"/>',
        extra={"Doc_0/Tpls/t.xml": template},
    )
    assert shape(document) == ["年度报告", GRID]


def test_a_page_printed_sideways_is_turned():
    turned = "".join(
        ofd_text(text, 100 + 10 * row, 20, attributes='CTM="0 1 -1 0 5 0"')
        for row, text in enumerate(["第二行字", "第一行字"])
    )
    assert [block.text for block in parse(turned).blocks] == ["第一行字第二行字"]


def test_pages_are_counted():
    document = parse(ofd_text("前页的字", 20, 30), ofd_path(FRAME) + LABELS)
    assert [block.location.page for block in document.blocks] == [1, 2]
    assert {cell.location.page for cell in document.blocks[1].cells()} == {2}


def test_maps_follow_each_other():
    assert Matrix(e=1, f=2).after(Matrix(2, 0, 0, 3)).point(1, 1) == (3, 5)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pack({"OFD.xml": "<OFD>"}), "damaged"),
        (pack({"OFD.xml": "<OFD><DocBody><DocRoot>x</DocRoot></DocBody></OFD>"}), "damaged"),
        (pack({"a": ""}), "damaged"),
        (ofd(""), "empty"),
        (ofd('<ofd:ImageObject Boundary="0 0 210 297"/>'), "scan"),
        (ofd(("", "<ofd:Area><ofd:PhysicalBox>0 0 1e9 9</ofd:PhysicalBox></ofd:Area>")), "too_large"),
        (ofd(*[""] * 5), "too_large"),
        (ofd(ofd_path("M 0 0 L 9 9 " * 210_000)), "too_large"),
        (
            ofd(
                '<ofd:CompositeObject ResourceID="1"/>',
                resources='<ofd:U ID="1"><ofd:Content><ofd:CompositeObject ResourceID="1"/></ofd:Content></ofd:U>',
            ),
            "too_large",
        ),
    ],
)
def test_refusals(data, code):
    with pytest.raises(UnreadableError) as caught:
        read(data, "a.ofd", Limits(pages=4))
    assert caught.value.code == code
