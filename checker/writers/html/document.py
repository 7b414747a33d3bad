"""The report as it was read, with the numbers of its findings at their places.

`document_html` is what every page shows of a report: the HTML result, the author's copy and the page in the
browser. Its elements:

- paragraphs are `h4` (headings), `p.title` and `p`, with id `p12`; words that a finding names are `mark` with id
  `p12s30` (offset of the first character);
- tables are `table` with id `t3`, cells `td` or `th` with ids such as `t3r27c4`, spans kept; every figure of a form
  table is a `td` with `data-cell="T3[S, natural]"` and a `title` that says its row and column in words;
- at each place of a finding an empty link `a.ref` to it, whose number comes from the style sheet: the text of an
  element is the report's alone. The element itself has the class of the worst severity there, `data-findings` with
  the numbers, and `data-proposed` where it is certain what a cell should say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from checker.model.document import Cell, Paragraph, Table
from checker.model.findings import ReportResult
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.writers.html.markup import EMPTY, Markup, joined, prose, tag
from checker.writers.html.places import FindingMark, Places, span_id
from checker.writers.shared.anchors import element_name
from checker.writers.shared.places import cell_words


def document_html(result: ReportResult, vocabulary: Vocabulary, prefix: str = "") -> Markup:
    """The text of a report as a piece of HTML; see the module for its elements.

    Args:
        result: the result with the whole text of its report, as `check` gives it.
        vocabulary: what severities are called.
        prefix: stands before every id; the same as for `findings_html`.

    Returns:
        Nothing where there is no report, or its text was left away.
    """
    if result.report is None:
        return EMPTY
    drawing = _Drawing(result.report, Places(result), vocabulary, prefix)
    return joined(*drawing.blocks())


class _Drawing:
    def __init__(self, report: Report, places: Places, vocabulary: Vocabulary, prefix: str) -> None:
        self._report = report
        self._places = places
        self._severities = vocabulary.severities
        self._prefix = prefix
        self._roles = {text.paragraph.location.paragraph: text.role for text in report.texts}
        self._form_places = {
            element_name(cell.location): table.place(*address)
            for table in report.tables.values()
            for address, cell in reversed(list(table.cells.items()))
        }

    def blocks(self) -> Iterator[Markup]:
        """Paragraphs and tables in order."""
        for block in self._report.document.blocks:
            yield self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)

    def _paragraph(self, paragraph: Paragraph) -> Markup:
        element = element_name(paragraph.location)
        marks = self._places.marks.get(element, [])
        role = self._roles.get(paragraph.location.paragraph)
        name = "h4" if role == "heading" else "p"
        whole = [mark for mark in marks if mark.span is None]
        return tag(
            name,
            *self._pieces(element, paragraph.text, [mark for mark in marks if mark.span is not None]),
            *self._links(whole),
            **self._attributes(element, whole, "title" if role == "title" else None),
        )

    def _pieces(self, element: str, text: str, marks: Sequence[FindingMark]) -> Iterator[Markup]:
        """The text cut where a range begins or ends, each marked piece an element of its own."""
        begin: dict[int, list[FindingMark]] = {}
        end: dict[int, list[FindingMark]] = {}
        for mark in marks:
            if mark.span is not None:
                begin.setdefault(mark.span[0], []).append(mark)
                end.setdefault(mark.span[1], []).append(mark)
        here: dict[int, FindingMark] = {}
        for first, last in pairwise(sorted({0, len(text), *begin, *end})):
            here.update((mark.shown.number, mark) for mark in begin.get(first, ()))
            words = prose(text[first:last])
            if here:
                yield tag(
                    "mark",
                    words,
                    id=self._prefix + span_id(element, first) if first in begin else None,
                    class_=_worst(here.values()),
                    tabindex="-1" if first in begin else None,
                )
            else:
                yield words
            ended = end.get(last, [])
            yield from self._links(ended)
            for mark in ended:
                del here[mark.shown.number]

    def _table(self, table: Table) -> Markup:
        element = element_name(table.location)
        marks = self._places.marks.get(element, [])
        caption = tag("caption", *self._links(marks)) if marks else EMPTY
        of_form = any(element_name(cell.location) in self._places.addresses for cell in table.cells())
        width = 0 if table.aligned else max(map(len, table.rows), default=0)
        rows = [tag("tr", *self._row(row, width, of_form=of_form)) for row in table.rows]
        body = tag("table", caption, tag("tbody", *rows), **self._attributes(element, marks))
        return tag("div", body, class_="sheet", tabindex="0")

    def _row(self, row: Sequence[Cell], width: int, *, of_form: bool) -> Iterator[Markup]:
        """A row; in a form table all that is no figure is called a label, of the row if that holds figures.

        Args:
            row: its cells.
            width: of the widest row, where nobody knows which columns cells span: the label in front of the figures
                then spans what is missing, so that figures stand below each other.
            of_form: whether the table is one of the form.
        """
        figures = [element_name(cell.location) in self._places.addresses for cell in row]
        label = ("row" if any(figures) else "col") if of_form else None
        wide = figures.index(True) - 1 if True in figures else 0 if len(row) == 1 else -1
        for number, (cell, figure) in enumerate(zip(row, figures, strict=True)):
            missing = max(width - len(row), 0) if number == wide else 0
            yield self._cell(cell, None if figure or not cell.text else label, missing)

    def _cell(self, cell: Cell, label: str | None, missing: int) -> Markup:
        element = element_name(cell.location)
        marks = self._places.marks.get(element, [])
        place = self._form_places.get(element)
        proposed = next((mark.proposed for mark in marks if mark.proposed is not None), None)
        return tag(
            "th" if label else "td",
            prose(cell.text),
            *self._links(marks),
            **self._attributes(element, marks),
            scope=label,
            rowspan=cell.row_span if cell.row_span > 1 else None,
            colspan=cell.column_span + missing if cell.column_span + missing > 1 else None,
            data_cell=self._places.addresses.get(element),
            data_proposed=proposed,
            title=cell_words(place, self._report) if place else None,
        )

    def _attributes(
        self, element: str, marks: Sequence[FindingMark], class_: str | None = None
    ) -> dict[str, object]:
        classes = [name for name in (class_, _worst(marks)) if name]
        return {
            "id": self._prefix + element,
            "class_": " ".join(classes) or None,
            "data_findings": " ".join(str(mark.shown.number) for mark in marks) or None,
            "tabindex": "-1" if marks else None,
        }

    def _links(self, marks: Sequence[FindingMark]) -> Iterator[Markup]:
        for mark in marks:
            finding, number = mark.shown.finding, mark.shown.number
            grade = self._severities.name(finding.severity.value)
            yield tag(
                "a",
                href=f"#{self._prefix}f{number}",
                class_=f"ref {finding.severity.value}",
                data_number=number,
                aria_label=f"{grade} {number}：{finding.title}",
            )


def _worst(marks: Iterable[FindingMark]) -> str | None:
    """The worst severity among marks, None if there are none."""
    severities = [mark.shown.finding.severity for mark in marks]
    return min(severities, key=lambda severity: severity.rank).value if severities else None
