"""The table of problems as WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.annotate.ooxml.part import text_xml
from checker.office.letters.problems import MUST, SHOULD, ProblemRow
from checker.writers.shared.text_cells import harmless

_HEADS: Final = ("序号", "位置", "问题", "应当怎样改", "依据")
_WIDTHS: Final = (680, 1700, 2650, 2150, 1664)
"""Twentieths of a point; together the width of the text of an official document, 156 mm."""
_BODY_FONT: Final = "仿宋_GB2312"
_HEAD_FONT: Final = "黑体"
_SIZE: Final = 21
"""Half points: 五号."""


def table_xml(problems: Sequence[ProblemRow], prefix: str) -> str:
    """A table whose head repeats on every page and whose rows are not torn apart, a little below the text before it.

    Args:
        problems: its rows, what must be mended first.
        prefix: prefix of the vocabulary in the document, with its colon.
    """
    return _ProblemTable(prefix).whole(problems)


class _ProblemTable:
    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def whole(self, problems: Sequence[ProblemRow]) -> str:
        borders = "".join(
            self._empty(side, val="single", sz="4", space="0", color="auto")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        properties = self._element(
            "tblPr",
            self._empty("tblW", w=str(sum(_WIDTHS)), type="dxa"),
            self._empty("jc", val="center"),
            self._element("tblBorders", borders),
            self._empty("tblLayout", type="fixed"),
        )
        grid = self._element("tblGrid", *(self._empty("gridCol", w=str(width)) for width in _WIDTHS))
        gap = self._element(
            "p",
            self._element("pPr", self._empty("spacing", before="0", after="0", line="160", lineRule="exact")),
        )
        return gap + self._element("tbl", properties, grid, self._head(), *self._rows(problems))

    def _head(self) -> str:
        cells = (
            self._cell(text, width, centred=True, font=_HEAD_FONT, with_next=True)
            for text, width in zip(_HEADS, _WIDTHS, strict=True)
        )
        return self._row(*cells, head=True)

    def _rows(self, problems: Sequence[ProblemRow]) -> Iterator[str]:
        number = 0
        for demand in (MUST, SHOULD):
            rows = [one for one in problems if one.demand == demand]
            if rows:
                count = sum(one.count for one in rows)
                title = f"{demand}（{count} 处）"
                yield self._row(
                    self._cell(title, sum(_WIDTHS), font=_HEAD_FONT, span=len(_WIDTHS), with_next=True)
                )
            for one in rows:
                number += 1
                texts = (str(number), one.places, one.what, one.how, one.basis)
                last = number == len(problems)  # so that the signature does not stand alone on a page
                yield self._row(
                    *(
                        self._cell(text, width, centred=width == _WIDTHS[0], with_next=last)
                        for text, width in zip(texts, _WIDTHS, strict=True)
                    )
                )

    def _row(self, *cells: str, head: bool = False) -> str:
        return self._element(
            "tr",
            self._element("trPr", self._empty("cantSplit"), self._empty("tblHeader") if head else ""),
            *cells,
        )

    def _cell(
        self,
        text: str,
        width: int,
        *,
        centred: bool = False,
        font: str = _BODY_FONT,
        span: int = 1,
        with_next: bool = False,
    ) -> str:
        """A cell; a row whose cells go with the next one is never the last of a page."""
        properties = self._element(
            "tcPr",
            self._empty("tcW", w=str(width), type="dxa"),
            self._empty("gridSpan", val=str(span)) if span > 1 else "",
            self._empty("vAlign", val="center"),
        )
        paragraph = self._element(
            "pPr",
            self._empty("keepNext") if with_next else "",
            self._empty("spacing", before="0", after="0", line="300", lineRule="exact"),
            self._empty("ind", firstLine="0", firstLineChars="0"),
            self._empty("jc", val="center" if centred else "left"),
        )
        size = str(_SIZE)
        run = self._element(
            "rPr",
            self._empty("rFonts", ascii=font, hAnsi=font, eastAsia=font),
            self._empty("sz", val=size),
            self._empty("szCs", val=size),
        )
        words = f'<{self._prefix}t xml:space="preserve">{text_xml(harmless(text))}</{self._prefix}t>'
        return self._element("tc", properties, self._element("p", paragraph, self._element("r", run, words)))

    def _element(self, name: str, *content: str) -> str:
        return f"<{self._prefix}{name}>{''.join(content)}</{self._prefix}{name}>"

    def _empty(self, name: str, **attributes: str) -> str:
        written = "".join(f' {self._prefix}{key}="{value}"' for key, value in attributes.items())
        return f"<{self._prefix}{name}{written}/>"
