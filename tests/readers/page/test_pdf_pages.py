"""PDF pages that are turned, scanned, damaged or hostile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pdf_pages import (
    DATA,
    FULL,
    OPENING,
    SECOND,
    WHOLE,
    flow,
    read_pages,
    texts,
    whole_page,
)
from pdf_writer import A4, Page, write

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.page import pdfium
from checker.readers.page.pdf import read
from checker.readers.page.printed import cost


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
    monkeypatch.setattr(cost, limit, 5)
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
from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read
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
