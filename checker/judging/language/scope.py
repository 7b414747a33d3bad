"""Scopes: the parts of a report a rule can look at, as one text with a way back to every place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Final

from checker.judging.judgement import AbsentError, CannotJudge
from checker.model.document import Cell, Paragraph, Table
from checker.model.numerals import parse_whole
from checker.model.place import SECTION_PREFIX, SECTION_SUFFIX, Place, section_name, section_number
from checker.model.report import Report, Text
from checker.model.text import squeeze
from checker.patterns.pattern import Match, compile_pattern
from checker.startup.records import dataclass, replace

TITLE: Final = "标题"
WHOLE_TEXT: Final = "正文"
_ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    TITLE: ("title",),
    "部分标题": ("heading",),
    WHOLE_TEXT: ("body",),
    "落款": ("signature",),
    "全文": ("title", "heading", "body", "signature", "stray"),
}
_OPENING: Final = "开头"
TABLE_CELLS: Final = "表格"
_JOINT: Final = "、"
SCOPE_MEANINGS: Final[Mapping[str, str]] = {
    TITLE: "报告的标题",
    _OPENING: "标题之后、第一部分之前",
    WHOLE_TEXT: "开头和各部分的正文，不含标题和表格",
    "部分标题": "各部分的标题",
    "落款": "单位和日期",
    TABLE_CELLS: "每个格子，一格算一段",
    "全文": "表格以外的全部文字",
}
"""The words for scopes other than single sections, with what each stands for."""


def scope_faults(scope: str, section_count: int) -> str | None:
    """Chinese sentence on what is wrong with a scope expression, None if nothing is."""
    for part in scope.split(_JOINT):
        number = section_number(part)
        if part in _ROLES or part in (_OPENING, TABLE_CELLS):
            continue
        if number is None:
            written = parse_whole(part.removeprefix(SECTION_PREFIX).removesuffix(SECTION_SUFFIX))
            if written is not None and 1 <= written <= section_count:
                return f"没有“{part}”这个范围，是否为“{section_name(written)}”？"
            return f"没有“{part}”这个范围；可用：{'、'.join((*_ROLES, _OPENING, TABLE_CELLS))}、第一部分…"
        if not section_count:
            return f"这种报告不分部分，没有“{part}”；可用：{'、'.join((*_ROLES, _OPENING, TABLE_CELLS))}"
        if not 1 <= number <= section_count:
            return f"格式只有 {section_count} 个部分，没有“{part}”"
    return None


@dataclass(frozen=True)
class TextView:
    """Several paragraphs as one squeezed text, joined by line feeds.

    Attributes:
        pieces: the paragraphs and cells in order; never empty.
        text: their squeezed texts joined.
        starts: offset in `text` at which each of them begins.
    """

    pieces: tuple[Text | _CellPiece, ...]
    text: str
    starts: tuple[int, ...]

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The paragraphs in order; cells are such too."""
        return tuple(map(_as_text, self.pieces))

    def text_at(self, offset: int) -> tuple[Text, int]:
        """The paragraph that holds `offset`, and its own offset in `text`."""
        index = bisect_right(self.starts, offset) - 1
        return _as_text(self.pieces[index]), self.starts[index]

    def place(self, start: int, end: int) -> Place:
        """Place of `text[start:end]`; a span over several paragraphs is cut at the first one's end."""
        text, offset = self.text_at(start)
        return text.place(start - offset, min(end - offset, len(text.squeezed.text)))

    @property
    def length(self) -> int:
        """Characters in the paragraphs, white space not counted."""
        return sum(map(len, (part for text in self.texts for part in text.paragraph.text.split())))

    def whole(self) -> Place:
        """Place of the view as a whole: its first paragraph."""
        return _as_text(self.pieces[0]).place()

    def lacking(self) -> Place:
        """Place of something that the view lacks: it says where, and quotes nothing."""
        return replace(self.whole(), lacking=True)

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a span, within its paragraph."""
        text, offset = self.text_at(start)
        squeezed = text.squeezed.text
        first = max(squeezed.rfind(stop, 0, start - offset) for stop in _SENTENCE_ENDS) + 1
        stops = [position for stop in _SENTENCE_ENDS if (position := squeezed.find(stop, end - offset)) >= 0]
        return squeezed[first : min(stops, default=len(squeezed))]

    def matches(self, patterns: Iterable[str], unless: Iterable[str] = ()) -> Iterator[Match]:
        """Matches of all patterns, pattern by pattern.

        Args:
            patterns: what to look for.
            unless: a match is passed over if one of these matches text that overlaps it.
        """
        exempt: list[tuple[int, int]] | None = None
        for source in patterns:
            for match in compile_pattern(source).finditer(self.text):
                if exempt is None:  # most patterns do not match, and need no exceptions
                    exempt = self._spans(unless)
                if not any(first < match.end() and match.start() < last for first, last in exempt):
                    yield match

    def _spans(self, patterns: Iterable[str]) -> list[tuple[int, int]]:
        return [
            (match.start(), match.end())
            for source in patterns
            for match in compile_pattern(source).finditer(self.text)
        ]


_SENTENCE_ENDS: Final = "。！？；\n"


@dataclass(frozen=True)
class _TableCellText(Text):
    """A cell's text; its places name the form table that the cell belongs to."""

    table: str | None = None

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """See `Text.place`."""
        return replace(super().place(start, end), table=self.table)


_CellPiece = tuple[Cell, int | None, str | None]
"""A cell with section and key of the form table that it belongs to: a report has hundreds, few are looked at."""


def _as_text(piece: Text | _CellPiece) -> Text:
    if isinstance(piece, Text):
        return piece
    cell, section, key = piece
    return _TableCellText(Paragraph(cell.text, cell.location), section, "cell", table=key)


def build_view(report: Report, scope: str) -> TextView:
    """The view of a checked scope expression such as `开头、第五部分`.

    Raises:
        CannotJudge: no paragraph of the report is in it.
    """
    pieces: list[Text | _CellPiece] = []
    for part in scope.split(_JOINT):
        pieces.extend(_cells(report) if part == TABLE_CELLS else _texts(report, part))
    if not pieces:
        raise _absence(report, scope)
    squeezed = [
        piece.squeezed.text if isinstance(piece, Text) else squeeze(piece[0].text).text for piece in pieces
    ]
    starts = accumulate((len(line) + 1 for line in squeezed[:-1]), initial=0)
    return TextView(tuple(pieces), "\n".join(squeezed), tuple(starts))


def _cells(report: Report) -> Iterator[_CellPiece]:
    for table in report.document.tables():
        section, key = _owner(report, table)
        for cell in table.cells():
            if cell.text:
                yield cell, section, key


def _texts(report: Report, part: str) -> Iterator[Text]:
    number = 0 if part == _OPENING else section_number(part)
    if number is not None:
        yield from report.body(number)
        return
    if part == TITLE:
        yield from (report.title,) if report.title else ()
        return
    roles = _ROLES[part]
    for text in report.texts:
        if text.role in roles:
            yield text


def _owner(report: Report, table: Table) -> tuple[int | None, str | None]:
    """Section and key of the form table that was read from a document table."""
    for found in report.tables.values():
        if any(source.location.table_index == table.location.table_index for source in found.sources):
            return found.form.section, found.form.key
    return None, None


def _absence(report: Report, scope: str) -> CannotJudge:
    """Why a scope is empty, as a person would say it; a section that was not found may stand under another title."""
    number = section_number(scope)
    if number is not None and report.section(number) is not None:
        return AbsentError(f"{scope}没有文字")
    return CannotJudge(f"未找到{scope}")
