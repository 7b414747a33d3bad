"""Pages for tests of PDF files, and what was read of them."""

from __future__ import annotations

import re
from pathlib import Path

from pdf_writer import Page, write

from checker.model.document import Paragraph
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read

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


XS = [60, 200, 320, 440]


HEAD = ["项目", "件数", "备注"]


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
