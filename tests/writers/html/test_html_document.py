"""The report as read, with its findings: every figure has its address, every finding its place and its way back."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html.parser import HTMLParser

import pytest
from faults import FAULTS
from formats import ATTACKS
from samples import DEPARTMENT_2024, write

from checker.api import check, load_rulebook
from checker.model.document import Location
from checker.model.findings import Finding, Severity
from checker.model.place import Place
from checker.startup.records import replace
from checker.writers.html.document import document_html
from checker.writers.html.finding import FindingWords, findings_html
from checker.writers.html.places import numbered

VOCABULARY = load_rulebook().vocabulary
CELL_FAULTS = [fault for fault in FAULTS if isinstance(fault.place, str) and "[" in fault.place]


class Elements(HTMLParser):
    """Every element in order as name, attributes and text; refuses what is not balanced."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.all = []
        self.open = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = {"": tag, "text": "", **dict(attrs)}
        self.all.append(element)
        if tag == "br":
            self.handle_data("\n")
        else:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()[""] == tag

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def named(self, name):
        return [element for element in self.all if element[""] == name]

    def by_id(self):
        found = {element["id"]: element for element in self.all if "id" in element}
        assert len(found) == sum("id" in element for element in self.all)
        return found


def document(result, prefix=""):
    return Elements(document_html(result, VOCABULARY, prefix))


def listed(result, prefix=""):
    return Elements(findings_html(result, FindingWords(VOCABULARY), prefix))


@cache
def clean():
    return check(write(DEPARTMENT_2024, "docx"), name="年报.docx")


def finding(place, severity=Severity.ERROR, **more):
    return Finding("T3-02", "标题", severity, "说明。", "依据", place, **more)


def test_the_text_is_that_of_the_document_and_nothing_else():
    shown = document(clean())
    blocks = clean().report.document.blocks

    texts = [element["text"] for element in shown.all if element[""] in ("p", "h4", "td", "th")]
    assert texts == [
        text
        for block in blocks
        for text in ([block.text] if hasattr(block, "text") else [cell.text for cell in block.cells()])
    ]


def test_every_figure_of_the_form_has_its_address_and_says_where_it_stands():
    cells = [element for element in document(clean()).all if "data-cell" in element]

    assert {cell["data-cell"]: cell["text"] for cell in cells} == {
        f"{key}[{row}, {column}]": value.raw
        for key, table in clean().report.tables.items()
        for (row, column), value in table.cells.items()
    }
    assert {cell[""] for cell in cells} == {"td"}
    (total,) = [cell for cell in cells if cell["data-cell"] == "T3[S, natural]"]
    assert total["title"] == "表三「（七）总计」行「自然人」列"


def test_spans_are_kept_and_labels_say_what_they_label():
    cells = {element["text"]: element for element in document(clean()).named("th")}

    assert cells["自然人"]["scope"] == "col"
    assert cells["法人或其他组织"]["colspan"] == "5"
    assert cells["（七）总计"]["scope"] == "row"
    assert int(cells["三、本年度办理结果"]["rowspan"]) > 10


def test_figures_stand_below_each_other_where_spans_are_lost():
    """In a text every row of table three ends with the seven figures, whatever stands in front of them."""
    result = check(write(DEPARTMENT_2024, "txt"), name="年报.txt")
    table = next(t for t in result.report.document.tables() if len(t.rows) > 20)
    width = max(map(len, table.rows))
    cells = {element["id"]: element for element in document(result).all if element[""] in ("td", "th")}
    rows = [[cells[f"t{c.location.table_index}r{c.row}c{c.column}"] for c in row] for row in table.rows]

    assert not table.aligned
    for row in rows:
        if any("data-cell" in cell for cell in row):
            assert sum(int(cell.get("colspan", 1)) for cell in row) == width


@pytest.mark.parametrize("fault", CELL_FAULTS, ids=lambda fault: fault.file_name)
def test_a_fault_in_a_cell_is_shown_at_that_cell(fault):
    result = check(write(fault.report, "docx"), name="年报.docx")
    shown, items = document(result), listed(result)

    (item,) = items.named("li")
    places = shown.by_id()
    assert places[item["data-place"]]["data-cell"] == fault.place
    assert places[item["data-place"]]["data-findings"].split() == ["1"]
    (reference,) = [one for one in shown.named("a") if f"#{item['id']}" == one["href"]]
    assert reference["data-number"] == "1"
    assert reference["aria-label"].startswith(
        "错误 1：" if item["data-severity"] == "error" else ("警告", "提示")
    )


def test_what_should_stand_in_a_cell_is_told_only_where_it_is_certain():
    sure = next(fault for fault in CELL_FAULTS if fault.rule == "T3-02" and fault.place)
    result = check(write(sure.report, "docx"), name="年报.docx")
    (one,) = result.findings
    proposed = [e["data-proposed"] for e in document(result).all if "data-proposed" in e]
    doubtful = replace(one, suggestion=replace(one.suggestion, unique=False))

    assert proposed == [str(one.suggestion.cells[0].proposed)]
    assert not [e for e in document(replace(result, findings=(doubtful,))).all if "data-proposed" in e]


def test_words_in_a_sentence_are_marked_overlapping_or_not():
    result = clean()
    paragraph = next(p for p in result.report.document.paragraphs() if len(p.text) > 40)
    where = paragraph.location
    spans = ((4, 10), (8, 20), (8, 9), (30, 35), (38, 10_000), (12, 12))
    findings = tuple(finding(Place(where.span(*span))) for span in spans)
    shown = document(replace(result, findings=findings))
    ids = shown.by_id()
    home = f"p{where.paragraph}"

    assert ids[home]["text"] == paragraph.text
    assert [mark["text"] for mark in shown.named("mark")] == [
        paragraph.text[start:end] for start, end in ((4, 8), (8, 9), (9, 10), (10, 20), (30, 35), (38, None))
    ]
    places = [item["data-place"] for item in listed(replace(result, findings=findings)).named("li")]
    assert places == [f"{home}s4", f"{home}s8", f"{home}s8", f"{home}s30", f"{home}s38", home]
    assert set(places) <= set(ids)
    assert len([a for a in shown.named("a") if a["class"] == "ref error"]) == len(spans)


def test_what_is_missing_is_told_at_the_heading_or_the_title():
    result = clean()
    title = f"p{result.report.title.paragraph.location.paragraph}"
    heading = next(t for t in result.report.texts if t.role == "heading" and t.section == 4)
    places = (Place(), Place(section=4), Place(section=9), Place(Location(paragraph=999)))
    items = listed(replace(result, findings=tuple(map(finding, places)))).named("li")

    in_order = [items[index]["data-place"] for index in range(4)]
    assert in_order == [f"p{heading.paragraph.location.paragraph}", title, title, title]


def test_findings_about_a_table_stand_above_it():
    result = clean()
    place = result.report.tables["T3"].place()
    shown = document(replace(result, findings=(finding(place),)))

    (caption,) = shown.named("caption")
    assert caption["text"] == ""
    assert listed(replace(result, findings=(finding(place),))).named("li")[0]["data-place"] == "t2"


@pytest.mark.parametrize(
    ("row", "column", "cell"), [("S", None, "T3[S, natural]"), (None, "total", "T3[R1, total]")]
)
def test_findings_about_a_row_or_a_column_stand_at_its_first_figure(row, column, cell):
    result = clean()
    place = result.report.tables["T3"].place(row, column)
    marked = replace(result, findings=(finding(place),))
    (home,) = [item["data-place"] for item in listed(marked).named("li")]

    assert document(marked).by_id()[home]["data-cell"] == cell


def test_errors_come_first_and_numbers_follow():
    places = [Place(section=5), Place(section=1), Place(section=3), Place()]
    grades = [Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.ERROR]
    findings = [finding(place, grade) for place, grade in zip(places, grades, strict=True)]

    assert [(one.number, one.index) for one in numbered(findings)] == [(1, 2), (2, 3), (3, 1), (4, 0)]


def test_a_prefix_keeps_two_reports_on_a_page_apart():
    result = replace(clean(), findings=(finding(Place()),))
    shown = document(result, "r2-")

    assert all(key.startswith("r2-") for key in shown.by_id())
    assert [a["href"] for a in shown.named("a")] == ["#r2-f1"]
    assert listed(result, "r2-").by_id().keys() == {"r2-f1"}


def test_a_finding_can_be_copied_as_plain_text():
    result = replace(clean(), findings=(finding(Place(section=3)),))
    (button,) = listed(result).named("button")

    assert button["data-copy"] == "说明。\n位置：第三部分\n依据：依据"
    assert "hidden" in button


@pytest.mark.parametrize("words", ATTACKS)
def test_hostile_text_stays_text(words):
    result = clean()
    blocks = tuple(
        replace(block, text=words)
        if hasattr(block, "text")
        else replace(block, rows=tuple(tuple(replace(c, text=words) for c in row) for row in block.rows))
        for block in result.report.document.blocks
    )
    hostile = replace(
        result,
        report=replace(result.report, document=replace(result.report.document, blocks=blocks)),
        findings=(replace(finding(Place(Location(paragraph=2, start=0, end=3))), title=words, rule=words),),
    )

    names = {element[""] for element in (*document(hostile).all, *listed(hostile).all)}
    assert names <= {
        "p", "h4", "div", "table", "caption", "tbody", "tr", "td", "th", "mark", "a", "br",
        "li", "dl", "dt", "dd", "span", "q", "button",
    }  # fmt: skip
    attributes = {key for element in (*document(hostile).all, *listed(hostile).all) for key in element}
    assert attributes <= {
        "", "text", "id", "class", "href", "title", "tabindex", "scope", "rowspan", "colspan", "aria-label", "type",
        "hidden", "data-cell", "data-findings", "data-number", "data-proposed", "data-rule", "data-severity",
        "data-index", "data-place", "data-related", "data-copy",
    }  # fmt: skip


def test_without_the_text_of_the_report_there_is_an_excerpt_and_no_document():
    fault = next(fault for fault in CELL_FAULTS if fault.rule == "T3-02" and fault.place)
    result = check(write(fault.report, "docx"), name="年报.docx")
    bare = replace(result, report=replace(result.report, document=replace(result.report.document, blocks=())))

    assert document(bare).all == []
    assert listed(bare).named("table")
    assert not listed(result).named("table")


@pytest.mark.parametrize("suffix", ["docx", "html", "md", "txt"])
def test_numbers_in_sentences_are_marked_themselves(suffix):
    """Offsets count characters of the source, which may have more white space than what is shown."""
    data = write(DEPARTMENT_2024, suffix)
    if suffix == "docx":
        data = spaced_out(data)
    result = check(data, name=f"年报.{suffix}")
    places = [
        (found[0], text.place(*found.span()))
        for text in result.report.texts
        for found in re.finditer("[0-9]+", text.squeezed.text)
    ]
    marked = replace(result, findings=tuple(finding(place) for _, place in places))
    ids = document(marked).by_id()
    homes = {item["data-index"]: item["data-place"] for item in listed(marked).named("li")}

    assert len(places) > 30
    for index, (number, _) in enumerate(places):
        assert ids[homes[str(index)]]["text"] == number


def spaced_out(data):
    """The document with white space that nobody sees in front of every comma, and at the begin of paragraphs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = (
                    re.sub(r"(<w:t\b[^>]*>)", "\\1  \u200b ", part.decode())
                    .replace("，", " \u200b ，")
                    .encode()
                )
            archive.writestr(name, part)
    return buffer.getvalue()
