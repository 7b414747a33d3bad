"""One flow of text and tables from single pages."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.document import UNRULED_TABLE, Location
from checker.readers.blocks.collector import BlockCollector
from checker.readers.page.furniture import without_furniture, without_site
from checker.readers.page.layout import PageContent
from checker.readers.page.paragraphs import Measure, continues, measures_of
from checker.readers.page.printed.geometry import frame_of, rounded
from checker.readers.page.printed.lines import PageLine, joint
from checker.readers.page.printed.measures import SAME_EDGE
from checker.readers.page.tables.filling import PageTable
from checker.readers.page.tables.joined_table import JoinedTable
from checker.readers.raw.ideographs import usual_characters


def join_pages(pages: Sequence[PageContent], collector: BlockCollector) -> None:
    """Put the paragraphs and tables of all pages into `collector`.

    A paragraph goes on over a page end, and so does a table when nothing but page numbers and running
    heads stands between its parts.
    """
    cleaned = without_site(without_furniture(pages))
    joined = _Joined(collector)
    for page, measure in zip(cleaned, measures_of(cleaned), strict=True):
        for item in page.items:
            if isinstance(item, PageLine):
                joined.line(item, measure)
            else:
                joined.table(item)
    joined.finish()


class _Joined:
    """What is still open at the current place: a paragraph or a table, never both."""

    def __init__(self, collector: BlockCollector) -> None:
        self._collector = collector
        self._lines: list[PageLine] = []
        self._measure: Measure | None = None
        self._table: JoinedTable | None = None
        self._part: PageTable | None = None
        self._unruled = 0

    def line(self, line: PageLine, measure: Measure) -> None:
        """Take the next line of text."""
        self._end_table()
        if self._lines and self._measure and not continues(self._lines[-1], line, self._measure, measure):
            self._end_paragraph()
        self._lines.append(line)
        self._measure = measure

    def table(self, part: PageTable) -> None:
        """Take the next table or the next part of the open one."""
        self._end_paragraph()
        if self._table and self._part and self._table.accepts(part) and _follows(self._part, part):
            self._table.add(part)
        else:
            self._end_table()
            self._table = JoinedTable(part)
        self._part = part

    def finish(self) -> None:
        """Close what is open."""
        self._end_paragraph()
        self._end_table()
        if self._unruled:
            text = f"有 {self._unruled} 张表没有画出列线，行列是按文字和数字的位置认出来的，请对照原文。"
            self._collector.note(UNRULED_TABLE, text)

    def _end_paragraph(self) -> None:
        if not self._lines:
            return
        first = self._lines[0]
        on_page = [line for line in self._lines if (line.page, line.shift) == (first.page, first.shift)]
        left, bottom, right, top = frame_of([line.box for line in on_page])
        box = (left + first.shift, bottom, right + first.shift, top)
        pieces = [first.text]
        for before, line in zip(self._lines, self._lines[1:], strict=False):
            pieces += [joint(before.text, line.text), line.text]
        self._collector.paragraph(
            usual_characters("".join(pieces)), place=Location(page=first.page, box=rounded(box))
        )
        self._lines = []

    def _end_table(self) -> None:
        if self._table is None:
            return
        single = self._table.single()
        if single is None:
            rows, place = self._table.placed()
            self._collector.table(rows, place=place)
            self._unruled += not self._table.ruled
        else:
            self._collector.paragraph(single[0], place=single[1])
        self._table = None


def _follows(before: PageTable, after: PageTable) -> bool:
    """Whether two parts meet at a page end or touch on one page."""
    if (before.page, before.shift) != (after.page, after.shift):
        return True
    return 0 <= before.box[1] - after.box[3] < SAME_EDGE
