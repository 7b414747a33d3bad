"""Pages whose characters and lines were disturbed are read as something, and nothing is made up."""

import random

import pytest
from pdf_writer import Page, write
from test_figure_tables import ROWS, draw
from test_striped_tables import CELLS
from test_striped_tables import draw as draw_striped
from variants import kept

from checker.readers.blocks.collector import BlockCollector
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.join import join_pages
from checker.readers.page.layout import lay_out
from checker.readers.page.pdf_ink import Tally, read_ink
from checker.readers.page.pdfium import open_pdf
from checker.readers.page.printed.ink import PageInk
from checker.readers.raw.ideographs import usual_characters

SIGNS = "0123456789（）、一二/ .“”"


def inks(data):
    with open_pdf(data) as document:
        for index in range(document.page_count):
            with document.page(index) as page:
                yield read_ink(page, index + 1, Tally())


def drawn():
    left, right = Page(), Page()
    draw(left, ROWS[:3], alignment="left")
    draw(right, ROWS[3:], head=None, alignment="right")
    pages = [left, right, draw_striped(Page(), CELLS, "rows"), draw_striped(Page(), CELLS, "three")]
    return write(pages)


def disturbed(ink, chance):
    """The page with some characters lost, moved or changed, and some lines lost."""
    glyphs = []
    for char, left, bottom, right, top in ink.glyphs:
        fate = chance.random()
        across, along = (chance.uniform(-30, 30), chance.uniform(-15, 15)) if 0.03 < fate < 0.06 else (0, 0)
        changed = chance.choice(SIGNS) if fate > 0.98 else char
        if fate > 0.03:
            glyphs.append((changed, left + across, bottom + along, right + across, top + along))
    share = chance.choice((1, 0.9, 0.3))
    rulings = [line for line in ink.rulings if chance.random() < share]
    return PageInk(ink.number, ink.width, ink.height, glyphs, rulings)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("data", [kept()["county.pdf"], drawn()], ids=["office", "drawn"])
def test_pages_in_disorder(data, seed):
    chance = random.Random(seed)  # noqa: S311  # disorder, not secrecy
    pages = [disturbed(ink, chance) for ink in chance.choices(list(inks(data)), k=12)]
    contents = []
    for page in pages:
        contents += lay_out(page, DEFAULT_LIMITS.cells, contents[-1] if contents else None)
    collector = BlockCollector(DEFAULT_LIMITS)
    join_pages(contents, collector)
    document = collector.document("pdf")
    read = "".join(p.text for p in document.paragraphs()) + "".join(
        cell.text for table in document.tables() for cell in table.cells()
    )
    printed = usual_characters("".join(glyph[0] for page in pages for glyph in page.glyphs))
    assert len(read.replace(" ", "")) <= len(printed.replace(" ", ""))
    assert set(read) <= {*printed, " "}
    assert len(read) > 100
