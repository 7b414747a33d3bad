"""Notes on losses: characters dropped by a web page's filter or a bad conversion, tables that became text.

A date without 年 and 月 or a document number without its bracket is a slip if it stands alone. Two or more
are a loss that the author did not write, and so is one in the period that the figures cover, which nobody
could read otherwise; one note says so, for whoever reads the findings.
Lines of figures outside tables are what is left of a table whose columns could not be recognised.
"""

from __future__ import annotations

from typing import Final

from checker.model.document import UNRULED_TABLE, Document, Note
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import replace

_YEAR: Final = r"(?<!\d)(?:19|20)\d{2}"
_SHORT_YEAR: Final = r"(?<!\d)20\d年"
_OPENING, _CLOSING, _LOST = one_of("〔[［"), one_of("〕]］"), one_of("*?？\ufffd")
_LOSS: Final = compile_later(
    rf"{_YEAR}(?:1[0-2]|0?[1-9])(?:3[01]|[12]\d|0?[1-9])日"  # 202411日
    rf"|{_YEAR}(?:1[0-2]|0?[1-9])月"  # 20241月
    rf"|{_YEAR}{_LOST}+\d{{1,2}}月"  # 2024**1月
    rf"|{_SHORT_YEAR}(?:1[0-2]|0?[1-9])月"  # 202年12月
    rf"|{_OPENING}(?:19|20)\d{{2}}\d{{1,4}}{one_of('号)）')}"  # 〔202130号
    rf"|{_OPENING}{_CLOSING}\d*号|令第号|{one_of('自从至到')}年月日"  # 〔〕号
    rf"|{one_of('自从至到')}年(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日"  # 自年1月1日
    rf"|{one_of('自从至到')}{_YEAR}年月\d*日"  # 自2024年月日
)
_LONG_NUMBER: Final = compile_later(rf"\d{{5}}[日号月)）]|{_SHORT_YEAR}")
_UNIT: Final = compile_later(r"(?:信息|文件|申请)\d+[、，]")
"""A number without its unit: a slip, or a loss where others are."""
_SIGNS: Final = (
    *("*", "?", "？", "\ufffd", "令第号", "年月"),
    *(word + "年" for word in "自从至到"),
    *(opening + closing for opening in "〔[［" for closing in "〕]］"),
)
"""One of these, a long number or a short year is where characters have been lost; looking for them is quicker."""
_PERIOD: Final = compile_later(
    rf"统计.{{0,20}}?{_YEAR}\d{{1,4}}[月日]|统计.{{0,40}}?{_SHORT_YEAR}\d{{1,2}}月"
    rf"|统计.{{0,20}}?{one_of('自从至到')}(?:{_YEAR})?年(?:\d{{1,2}}月\d{{1,2}}日|月)"
)
_FEWEST: Final = 2
_SHOWN: Final = 3
_FIGURES_IN_ROW: Final = 3
_FEWEST_FIGURES: Final = 14
"""Figures in rows of text that are a table: those of table four, or of two rows of table three."""
_MARKS: Final = frozenset("/／-－—")
"""What stands for a figure that there is none of."""
_SIDES: Final = frozenset("|｜│┃║")
_LONGEST_ROW: Final = 60
_ROW_SHOWN: Final = 30


def with_losses_noted(document: Document) -> Document:
    """The document, with notes on what has been lost from it.

    `lost_characters` for characters, `rows_as_text` for rows of tables that were not read as such.
    """
    notes = tuple(note for note in (_lost_characters(document), _rows_as_text(document)) if note)
    return replace(document, notes=(*document.notes, *notes)) if notes else document


def _lost_characters(document: Document) -> Note | None:
    found = [match for paragraph in document.paragraphs() for match in _losses(paragraph.text)]
    if found:
        found += [match for paragraph in document.paragraphs() for match in _UNIT.findall(paragraph.text)]
    if len(found) < _FEWEST and not (found and any(_PERIOD.search(p.text) for p in document.paragraphs())):
        return None
    shown = "”“".join(dict.fromkeys(found[:_SHOWN]))
    text = f"有 {len(found)} 处像是丢了字（“{shown}”），多半是网页或转换造成的，请对照原文。"
    return Note("lost_characters", text)


def _rows_as_text(document: Document) -> Note | None:
    """Rows of figures in the text; where tables were recognised by the positions of numbers, one is enough."""
    unruled = any(note.code == UNRULED_TABLE for note in document.notes)
    fewest = 1 if unruled else _FIGURES_IN_ROW
    rows = [(paragraph, _figures(paragraph.text)) for paragraph in document.paragraphs()]
    rows = [(paragraph, figures) for paragraph, figures in rows if figures >= fewest]
    sides = sum(paragraph.text in _SIDES for paragraph in document.paragraphs())
    if sides >= _FEWEST_FIGURES:
        text = f"正文里有 {sides} 行只有一道竖线，像是一格一行的表格，分不出行和列，没有读成表格。"
        return Note("rows_as_text", text)
    if not rows or (not unruled and sum(figures for _, figures in rows) < _FEWEST_FIGURES):
        return None
    first = rows[0][0]
    text = f"正文里有 {len(rows)} 行像是表格里的行（如“{first.text[:_ROW_SHOWN]}”），没有读成表格。"
    return Note("rows_as_text", text, first.location)


def _figures(text: str) -> int:
    """How many figures that stand by themselves a paragraph ends in; few of them may also end a sentence."""
    if not text or not (text[-1].isdecimal() or text[-1] in _MARKS):
        return 0
    words = text.split()
    figures = 0
    while figures < len(words) and _is_figure(words[-1 - figures]):
        figures += 1
    if figures >= _FIGURES_IN_ROW:
        return figures
    return figures if figures < len(words) and len(text) < _LONGEST_ROW else 0


def _is_figure(word: str) -> bool:
    return word in _MARKS or word.lstrip("+-").replace(".", "", 1).isdecimal()


def _losses(text: str) -> list[str]:
    if _LONG_NUMBER.search(text) is None and not any(sign in text for sign in _SIGNS):
        return []
    return _LOSS.findall(text)
