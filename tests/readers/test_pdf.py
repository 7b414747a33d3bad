import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pdf_writer import A4, Page, write

from checker.document import Paragraph
from checker.errors import UnreadableError
from checker.readers import pdf_ink, pdfium
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.pdf import read

DATA = Path(__file__).parent / "data" / "pdf"
OPENING = "本局今年把公开栏搬到门口，来办事的人进门就能看见，看完还能当场提问，工作人员一一作答，答不上来的当天回电话，"
FULL = "从年初到年末，公开栏更换了十二次，每次都有专人核对标题、数字和日期，发现差错当天改正，并把改正的原因写在旁边。"
SECOND = "下一步要把公开栏搬到村口。"


def squeezed(text):
    return re.sub(r"\s+", "", text)


def read_pages(*pages, limits=DEFAULT_LIMITS):
    return read(write(list(pages)), "报告.pdf", limits)


def texts(document):
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document):
    return [
        [[cell.text if cell else None for cell in row] for row in table.grid()] for table in document.tables()
    ]


@pytest.mark.parametrize("name", ["chrome", "chrome_rows_cut"])
def test_printed_report(name):
    expected = json.loads((DATA / "sample_report.json").read_text(encoding="utf-8"))
    document = read((DATA / f"{name}.pdf").read_bytes(), f"{name}.pdf", DEFAULT_LIMITS)
    assert list(map(squeezed, texts(document))) == expected["paragraphs"]
    assert grids(document) == expected["tables"]
    assert document.notes == ()


@pytest.mark.parametrize(
    "foot",
    [
        "- {} -",
        "—{}—",
        "－ {} －",
        "第{}页",
        "第 {} 页 共 2 页",
        "第{}页/共2页",
        "{}",
        "{}/2",
        "Page {} of 2",
        "·{}·",
    ],
)
def test_page_numbers_do_not_part_a_sentence(foot):
    first, second = Page(), Page()
    first.paragraph(102, FULL[:38], width=40)
    first.text(60, 84, FULL[:40])
    second.text(60, 780, FULL[40:])
    for number, page in enumerate((first, second), 1):
        page.text(280, 40, foot.format(number))
    assert texts(read_pages(first, second)) == [FULL[:38] + FULL]


def test_running_heads_are_left_out():
    pages = []
    for number in range(1, 4):
        page = (
            Page()
            .text(200, 810, "青禾县林草局公报")
            .text(60, 30, f"2025/1/{number} 打印")
            .text(480, 30, f"{number}/3")
        )
        page.paragraph(700, OPENING + str(number) + "。")
        pages.append(page)
    assert texts(read_pages(*pages)) == [f"{OPENING}{number}。" for number in (1, 2, 3)]


def test_a_number_that_does_not_count_pages_is_text():
    first, second = Page(), Page()
    for page, number in ((first, "426"), (second, "132")):
        page.paragraph(700, FULL)
        page.text(80, 600, number)
    assert texts(read_pages(first, second)) == [FULL, "426", FULL, "132"]


ADDRESS = "lincao.gongkai.yijian@mail.qinghe-sample.gov.cn.example/zhuye"

PARAGRAPHS = {
    "first line indented": ([(80, FULL[:38]), (60, FULL[38:]), (80, SECOND), (80, OPENING[:38]), (60, OPENING[38:])],
                            [FULL, SECOND, OPENING]),
    "line ends early before a long word": (
        [(80, FULL[:38]), (60, FULL[:20] + "来信请寄"), (60, f"{ADDRESS}。"), (80, SECOND)],
        [f"{FULL[:38]}{FULL[:20]}来信请寄{ADDRESS}。", SECOND]),
    "hyphen at a line end": (
        [(80, FULL[:38]), (60, FULL[:33] + "电话：0999-"), (60, "7654321。"), (80, SECOND)],
        [FULL[:38] + FULL[:33] + "电话：0999-7654321。", SECOND]),
    "words of another language": (
        [(80, FULL[:38]), (60, FULL[:31] + " open government"), (60, "data portal。"), (80, SECOND)],
        [FULL[:38] + FULL[:31] + "open government data portal。", SECOND]),
    "signature": ([(80, FULL[:38]), (60, FULL[38:]), (320, "青禾县林草局"), (330, "2025年1月20日")],
                  [FULL, "青禾县林草局", "2025年1月20日"]),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs(lines, expected):
    page = Page()
    for number, (x, text) in enumerate(lines):
        page.text(x, 700 - 18 * number, text)
    assert texts(read_pages(page)) == expected


def test_title_over_two_lines():
    page = Page().text(194, 780, "青禾县林草局", 22).text(128, 748, "2024年政务公开工作情况", 22)
    page.paragraph(700, FULL)
    assert texts(read_pages(page)) == ["青禾县林草局2024年政务公开工作情况", FULL]


XS = [60, 200, 320, 440]
HEAD = ["项目", "件数", "备注"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("316|3", "3163"),
        ("其他结|果", "其他结果"),
        ("１２", "１２"),
        ("open|data", "open data"),
        ("2024|年", "2024年"),
        ("本|年|度", "本年度"),
    ],
)
def test_lines_in_a_cell(text, expected):
    page = Page().table([60, 200, 320], [700, 660, 600], [["项目", "件数"], ["苗木", text]])
    assert grids(read_pages(page)) == [[["项目", "件数"], ["苗木", expected]]]


def test_digits_set_apart_are_one_number_but_numbers_stay_apart():
    page = Page().table([60, 200, 320], [700, 660, 620, 580], [["项目", "件数"], ["苗木", ""], ["草籽", ""]])
    page.text(210, 636, "3").text(250, 636, "1").text(290, 636, "6").text(210, 596, "31").text(270, 596, "60")
    assert grids(read_pages(page)) == [[["项目", "件数"], ["苗木", "316"], ["草籽", "31 60"]]]


def test_text_turned_upwards_and_columns_of_upright_text():
    page = Page().table([60, 120, 320], [700, 560, 420], [["", "甲"], ["", "乙"]])
    page.text(95, 600, "年度结果", turn="0 1 -1 0")
    for number, char in enumerate("处理"):
        page.text(100, 520 - 12 * number, char)
    for number, char in enumerate("结果"):
        page.text(70, 520 - 12 * number, char)
    assert grids(read_pages(page)) == [[["年度结果", "甲"], ["处理结果", "乙"]]]


def joined(first_rows, second_rows, *, between=(), xs=XS, next_xs=XS):
    """Two tables at a page end, each row 30 points high."""
    first, second = Page(), Page()
    ys = [100 + 30 * number for number in range(len(first_rows), -1, -1)]
    first.table(xs, ys, first_rows)
    second.table(next_xs, [790 - 30 * number for number in range(len(second_rows) + 1)], second_rows)
    for y, text in between:
        first.text(60, y, text)
    first.text(290, 40, "- 1 -")
    second.text(290, 40, "- 2 -")
    return read_pages(first, second)


JOINED = {
    "rows go on": ([HEAD, ["苗木", "3", ""]], [["草籽", "4", ""]], [HEAD, ["苗木", "3", ""], ["草籽", "4", ""]]),
    "header repeats": ([HEAD, ["苗木", "3", ""]], [HEAD, ["草籽", "4", ""]],
                       [HEAD, ["苗木", "3", ""], ["草籽", "4", ""]]),
    "row is cut in its text": (
        [HEAD, ["从年初到年末换过的公开栏|和在村口立起的木头做的小", "3", ""]],
        [["公告牌", "", ""], ["草籽", "4", ""]],
        [HEAD, ["从年初到年末换过的公开栏和在村口立起的木头做的小公告牌", "3", ""], ["草籽", "4", ""]]),
    "row is cut above its text": ([HEAD, ["", "", ""]], [["苗木", "3", ""]], [HEAD, ["苗木", "3", ""]]),
    "items that count are rows": ([HEAD, ["1.从年初到年末换过的公开", "", ""]], [["2.公告牌", "", ""]],
                                  [HEAD, ["1.从年初到年末换过的公开", "", ""], ["2.公告牌", "", ""]]),
    "blank rows stay": ([HEAD, ["苗木", "", ""]], [["草籽", "", ""]], [HEAD, ["苗木", "", ""], ["草籽", "", ""]]),
    "numbers are never put together": ([HEAD, ["从年初到年末换过的公开栏", "3", ""]], [["公告牌", "4", ""]],
                                       [HEAD, ["从年初到年末换过的公开栏", "3", ""], ["公告牌", "4", ""]]),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected"), JOINED.values(), ids=JOINED)
def test_tables_over_a_page_end(first, second, expected):
    document = joined(first, second)
    assert grids(document) == [expected]
    assert texts(document) == []


@pytest.mark.parametrize(
    "changes",
    [{"between": [(80, "以下是草籽。")]}, {"next_xs": [60, 180, 300, 400]}],
    ids=["text between", "another width"],
)
def test_tables_that_stay_two(changes):
    document = joined([HEAD, ["苗木", "3", ""]], [["名称", "数量", "说明"], ["草籽", "4", ""]], **changes)
    assert len(grids(document)) == 2


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("（四）无", "法提供", "（四）无法提供"),
        ("（四）无|法提供", "", "（四）无法提供"),
        ("", "（四）无|法提供", "（四）无法提供"),
    ],
)
def test_merged_cell_cut_by_a_page_end(above, below, expected):
    xs = [60, 106, 200, 300]
    first, second = Page(), Page()
    for page, top, text, rows in (
        (first, 160, above, ["1.甲", "2.乙"]),
        (second, 790, below, ["3.丙", "4.丁"]),
    ):
        ys = [top, top - 30, top - 60]
        page.line(60, ys[0], 300, ys[0]).line(106, ys[1], 300, ys[1]).line(60, ys[2], 300, ys[2])
        for x in xs:
            page.line(x, ys[0], x, ys[2])
        page.cell((60, ys[2], 106, ys[0]), text)
        for number, row in enumerate(rows):
            page.cell((106, ys[number + 1], 200, ys[number]), row)
            page.cell((200, ys[number + 1], 300, ys[number]), str(number))
    (table,) = read_pages(first, second).tables()
    (label, *_), *_ = table.rows
    assert (label.text, label.row_span, len(table.rows)) == (expected, 4, 4)


def whole_page(**changes):
    page = Page(**changes)
    y = page.paragraph(780, FULL)
    page.table(XS, [y, y - 30, y - 60], [HEAD, ["苗木", "3163", "无"]])
    page.paragraph(y - 90, OPENING)
    return page


WHOLE = [FULL, [HEAD, ["苗木", "3163", "无"]], OPENING]


def flow(document):
    tables = iter(grids(document))
    return [block.text if isinstance(block, Paragraph) else next(tables) for block in document.blocks]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pages_are_read_upright(rotate):
    assert flow(read_pages(whole_page(rotate=rotate))) == WHOLE


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_text_turned_on_the_page(rotate):
    page = whole_page(rotate=rotate)
    page.content.insert(0, f"q 0 1 -1 0 {A4[1]} 0 cm")
    page.content.append("Q")
    page.size = (A4[1], A4[0])
    assert flow(read_pages(page)) == WHOLE


def test_forms_place_text_and_lines():
    document = read_pages(whole_page(form=[0.5, 0, 0, 0.5, 100, 200]))
    assert flow(document) == WHOLE
    (table,) = document.tables()
    assert table.location.box == pytest.approx((130, 542, 320, 572), abs=1)


def test_two_pages_side_by_side():
    sheet = Page(size=(2 * A4[0], A4[1]))
    for shift, part in ((0, FULL[:36]), (A4[0], FULL[36:])):
        for number in range(6):
            sheet.text(shift + 60, 700 - 18 * number, f"{number}" * 2 + OPENING[:45])
        sheet.text(shift + 60, 580, part)
    document = read_pages(sheet)
    assert "".join(texts(document)).index(FULL[:36]) < "".join(texts(document)).rindex("00" + OPENING[:45])


def test_the_last_of_two_pages_side_by_side_may_be_short():
    sheets = []
    for right in (9, 1):
        sheet = Page(size=(2 * A4[0], A4[1]))
        for shift, lines in ((0, 9), (A4[0], right)):
            for number in range(lines):
                sheet.text(shift + 60, 700 - 18 * number, FULL[:50])
        sheets.append(sheet)
    assert "".join(texts(read_pages(*sheets))) == FULL[:50] * 28


def test_places():
    first, second = Page(), whole_page()
    first.paragraph(100, SECOND)
    document = read_pages(first, second)
    paragraphs, (table,) = list(document.paragraphs()), document.tables()
    assert [(p.location.page, p.location.paragraph) for p in paragraphs] == [(1, 1), (2, 2), (2, 3)]
    left, bottom, right, top = paragraphs[1].location.box
    assert (left, round(right)) == (60, 460)
    assert bottom < 762
    assert top > 780
    cell = table.rows[1][1]
    assert (
        cell.location.page,
        cell.location.table_index,
        cell.location.grid_row,
        cell.location.grid_column,
    ) == (2, 1, 2, 2)
    assert cell.location.box == (200, 684, 320, 714)


def test_watermarks_and_doubled_ink_are_not_read():
    page = Page()
    page.paragraph(700, FULL)
    page.text(120, 500, "内部资料", 40, turn="0.7 0.7 -0.7 0.7")
    page.text(80, 400, SECOND, 16).text(80.4, 400, SECOND, 16)
    assert texts(read_pages(page)) == [FULL, SECOND]


NOTED = {
    "recognised text over a scan": (Page().image(0, 0, *A4).text(80, 700, SECOND, mode=3), "ocr_layer"),
    "recognised text under a scan": (Page().text(80, 700, SECOND).image(0, 0, *A4), "ocr_layer"),
    "text on a background": (Page().image(0, 0, *A4).text(80, 700, SECOND), "image_table"),
    "a large picture": (Page().text(80, 700, SECOND).image(80, 200, 400, 300), "image_table"),
}


@pytest.mark.parametrize(("page", "code"), NOTED.values(), ids=NOTED)
def test_notes(page, code):
    document = read_pages(page)
    assert texts(document) == [SECOND]
    assert [note.code for note in document.notes] == [code]


def test_a_scanned_page_among_others_is_told():
    document = read_pages(Page().text(80, 700, SECOND), Page().image(0, 0, *A4))
    assert [(note.code, "第2页" in note.text) for note in document.notes] == [("scanned_pages", True)]


REFUSED = {
    "scan": (write([Page().image(0, 0, *A4)] * 4), "scan"),
    "drawn letters": (write([Page().line(60, 700, 90, 700)]), "scan"),
    "blank": (write([Page()]), "empty"),
    "password": ((DATA / "password.pdf").read_bytes(), "encrypted"),
    "not a PDF": (b"%PDF-1.7\n" + b"x" * 2000, "damaged"),
    "page too large": (write([Page(size=(3_000_000, 842)).text(80, 700, SECOND)]), "too_large"),
    "more pages than allowed": (write([Page().text(80, 700, SECOND)] * 4), "too_large"),
    "more cells than allowed": (
        write([Page().table([60 + 5 * n for n in range(30)], [700 - 5 * n for n in range(40)], [["x"]])]),
        "too_large",
    ),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refusals(data, code):
    with pytest.raises(UnreadableError) as caught:
        read(data, "报告.pdf", Limits(pages=3, cells=1000) if code == "too_large" else DEFAULT_LIMITS)
    assert caught.value.code == code
    assert caught.value.text.endswith("。")


@pytest.mark.parametrize("limit", ["_CHARACTERS", "_OBJECTS"])
def test_counted_limits(limit, monkeypatch):
    monkeypatch.setattr(pdf_ink, limit, 5)
    with pytest.raises(UnreadableError, match="上限"):
        read_pages(whole_page())


class Counting:
    """The library, counting what is opened and closed."""

    def __init__(self, real):
        self.real = real
        self.open = {"Document": 0, "Page": 0, "Text": 0}

    def __getattr__(self, name):
        function = getattr(self.real, name)
        kind = next((kind for kind in ("Document", "Text", "Page") if kind in name), None)
        step = {"Load": 1, "Clos": -1}.get(name.split("_")[1][:4])
        if kind and step:
            self.open[kind] += step
        return function


@pytest.mark.parametrize("limits", [DEFAULT_LIMITS, Limits(cells=1), Limits(pages=0)])
def test_everything_opened_is_closed(limits, monkeypatch):
    counting = Counting(pdfium.library())
    monkeypatch.setattr(pdfium, "library", lambda: counting)
    try:
        read_pages(whole_page(rotate=90), limits=limits)
    except UnreadableError:
        assert limits is not DEFAULT_LIMITS
    assert counting.open == {"Document": 0, "Page": 0, "Text": 0}


DAMAGE = """
import random, sys
from checker.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.pdf import read
data = sys.stdin.buffer.read()
cases = [data[:size] for size in range(0, len(data), 1024)]
for seed in range(150):
    chance = random.Random(seed)
    case = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 60])):
        case[chance.randrange(len(case))] = chance.randrange(256)
    cases.append(bytes(case))
for case in cases:
    try:
        read(case, "a.pdf", DEFAULT_LIMITS)
    except UnreadableError as error:
        assert error.text.endswith("。")
print(len(cases))
"""


@pytest.mark.parametrize(
    "data", [write([whole_page(), whole_page(rotate=90)]), (DATA / "chrome.pdf").read_bytes()]
)
def test_damaged_files_end_with_one_sentence(data):
    done = subprocess.run(
        [sys.executable, "-c", DAMAGE],
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
        cwd=Path.cwd(),
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert int(done.stdout) >= 150
