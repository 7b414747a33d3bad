"""Highlights in PDF stand at the very words, whatever made the file, and leave protected files alone."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache

import pytest
from pdf_notes import notes_of
from pdf_writer import Page, write
from variants import kept

from checker.annotate.options import AnnotateOptions
from checker.annotate.pdf.copy import annotate
from checker.annotate.pdf.drawing import draw
from checker.annotate.pdf.highlights import Highlight, Order
from checker.api import check, load_rulebook
from checker.model.errors import UnreadableError
from checker.model.findings import Finding, Severity
from checker.model.place import Place
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read
from checker.startup.records import replace

OPTIONS = AnnotateOptions(rulebook=load_rulebook().info, author="年报检查")
FILES = ("health.pdf", "health_printed.pdf", "county_break_4.pdf")
"""From LibreOffice; as a browser prints a page; with rows and cells that a page end cuts."""
NUMBER = re.compile(r"[0-9]+")


@cache
def kept_file(name):
    data = kept()[name]
    return data, check(data, name=name)


def finding(place, message, severity=Severity.ERROR):
    return Finding("T3-02", "标题", severity, message, "依据", place)


def every_figure(report):
    """A finding at each figure of the form, its message the figure."""
    for table in report.tables.values():
        for (row, column), cell in table.cells.items():
            if cell.raw:
                yield finding(table.place(row, column), cell.raw)


def every_number(report):
    """A finding at each number that stands in a sentence, its message the number."""
    for text in report.texts:
        for found in NUMBER.finditer(text.squeezed.text):
            yield finding(text.place(*found.span()), found[0])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("everything", [every_figure, every_number])
def test_a_highlight_covers_the_words_and_nothing_else(name, everything):
    data, result = kept_file(name)
    findings = tuple(everything(result.report))
    copy = annotate(data, [replace(result, findings=findings)], OPTIONS)
    notes = notes_of(copy.data)

    assert len(notes) == len(findings) > 20
    assert [note.words for note in notes] == [said(note) for note in sorted(notes, key=number_of)]
    assert copy.comments == (Severity.ERROR,) * len(findings)


def said(note):
    return re.match("【错误】(.*)", note.text)[1]


def number_of(note):
    return note.page, int(note.name.rpartition("-")[2])


def annotated(*places, data=None, result=None, **options):
    """The notes of a file for findings at some places."""
    known, checked = kept_file(FILES[0])
    result = replace(result or checked, findings=tuple(finding(place, "说明。") for place in places))
    return notes_of(annotate(data or known, [result], replace(OPTIONS, **options)).data)


def test_a_note_says_all_of_a_finding_and_who_says_it():
    (note,) = annotated(
        kept_file(FILES[0])[1].report.tables["T3"].place("S", "natural"), today=date(2025, 3, 1)
    )

    assert note.text == "【错误】说明。\n依据：依据\n规则：T3-02 标题"
    assert (note.author, note.date) == ("年报检查", "D:20250301")


def test_severities_have_their_colours_and_the_mild_ones_can_be_left_out():
    data, result = kept_file(FILES[0])
    place = result.report.tables["T3"].place("S", "natural")
    findings = tuple(finding(place, "说明。", severity) for severity in Severity)
    result = replace(result, findings=findings)
    notes = notes_of(annotate(data, [result], OPTIONS).data)
    serious = annotate(data, [result], replace(OPTIONS, min_severity=Severity.WARNING))

    assert [note.text[:4] for note in notes] == ["【错误】", "【警告】", "【提示】"]
    assert len({note.colour for note in notes}) == 3
    assert serious.comments == (Severity.ERROR, Severity.WARNING)
    assert len(notes_of(serious.data)) == 2


def test_what_has_no_words_of_its_own_stands_where_it_belongs():
    report = kept_file(FILES[0])[1].report
    title = report.title.paragraph
    heading = next(text for text in report.texts if text.role == "heading" and text.section == 4)
    table = report.tables["T3"]
    first = next(cell.text for cell in table.sources[0].cells())
    paragraph = next(text for text in report.texts if text.role == "body" and len(text.paragraph.text) > 60)
    notes = annotated(Place(), Place(section=4), table.place(), paragraph.place())
    words = {note.name.rpartition("-")[2]: note.words for note in notes}

    assert words["1"] == squeezed(title.text)
    assert words["2"] == squeezed(heading.paragraph.text)
    assert words["3"] == squeezed(first)
    assert words["4"] == squeezed(paragraph.paragraph.text)


def squeezed(text):
    return "".join(text.split())


def highlight(box=None, text="", start=0, end=0, page=1):
    return Highlight(page, box, "说明", "error", text, start, end)


LINE = "公开栏更换了十二次，每次都有专人核对标题、数字和日期"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_that_are_turned_are_marked_and_stay_turned(turn):
    page = Page(rotate=turn).text(60, 700, LINE)
    copy = draw(write([page]), Order((highlight((0, 0, 900, 900), LINE, 6, 9),), "作者"))
    (note,) = notes_of(copy)

    assert note.words == "十二次"
    assert f"/Rotate {turn}".encode() in copy or turn == 0


def test_an_empty_cell_is_marked_as_a_whole_and_an_empty_page_in_its_corner():
    data = write([Page().text(60, 700, LINE), Page()])
    boxes = [(100.0, 500.0, 140.0, 520.0), None]
    order = Order([highlight(boxes[0]), highlight(page=2)], "作者")

    assert [(note.page, note.words) for note in notes_of(draw(data, order))] == [(1, ""), (2, "")]


def test_words_on_the_next_page_are_found_by_what_stands_around_them():
    """The place of a paragraph is where it begins; the same number stands on both pages."""
    before, after = "全年受理申请12件，办结", "12件，其中予以公开"
    data = write([Page().text(60, 80, before), Page().text(60, 780, after)])
    whole = before + after
    start = len(before)
    (note,) = notes_of(draw(data, Order([highlight((50, 70, 500, 95), whole, start, start + 2)], "作者")))

    assert (note.page, note.words) == (2, "12")


def test_words_that_are_not_found_again_leave_the_paragraph_marked():
    data = write([Page().text(60, 700, LINE)])
    (note,) = notes_of(draw(data, Order([highlight((50, 690, 500, 715), "别的文字", 1, 2)], "作者")))

    assert note.words == LINE


def test_a_second_copy_replaces_the_notes_of_the_first():
    data, result = kept_file(FILES[0])
    once = replace(result, findings=tuple(every_number(result.report)))
    first = annotate(data, [once], OPTIONS).data
    second = annotate(first, [once], OPTIONS).data
    fewer = annotate(first, [replace(result, findings=once.findings[:2])], OPTIONS).data

    assert notes_of(second) == notes_of(first)
    assert len(notes_of(fewer)) == 2


def test_notes_of_others_stay():
    theirs = (
        b"/Annots [<< /Type /Annot /Subtype /Highlight /Rect [60 690 200 715] /Contents (theirs) /NM (1) >>]"
    )
    data = write([Page().text(60, 700, LINE)]).replace(b"/Rotate 0", theirs)
    copy = draw(data, Order([highlight()], "作者"))

    assert [note.text for note in notes_of(draw(copy, Order([], "作者")))] == ["theirs"]
    assert [note.text for note in notes_of(copy)] == ["theirs", "说明"]


@pytest.mark.parametrize("data", [write([Page().text(60, 700, LINE)]), kept()[FILES[0]]], ids=["no id", "id"])
def test_the_same_file_gives_the_same_bytes(data):
    order = Order([highlight()], "作者")

    assert draw(data, order) == draw(data, order)


def test_the_text_of_the_file_stays_what_it_was():
    data, result = kept_file(FILES[0])
    copy = annotate(data, [replace(result, findings=tuple(every_figure(result.report)))], OPTIONS).data

    assert read(copy, "a.pdf", DEFAULT_LIMITS).blocks == read(data, "a.pdf", DEFAULT_LIMITS).blocks


def encrypted(data):
    """The file, encrypted so that it opens without a password (RC4, 40 bits; its texts turn to garbage)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner, identity = bytes(32), bytes(16)
    key = hashlib.md5(padding + owner + (0xFFFFFFC0).to_bytes(4, "little") + identity).digest()[:5]  # noqa: S324
    user = rc4(key, padding)
    return data.replace(
        b"trailer\n<<",
        f"trailer\n<< /ID [<{identity.hex()}> <{identity.hex()}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -64"
        f" /O <{owner.hex()}> /U <{user.hex()}> >>".encode(),
    )


def rc4(key, data):
    box = list(range(256))
    at = 0
    for index in range(256):
        at = (at + box[index] + key[index % len(key)]) % 256
        box[index], box[at] = box[at], box[index]
    out, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + box[first]) % 256
        box[first], box[second] = box[second], box[first]
        out.append(byte ^ box[(box[first] + box[second]) % 256])
    return bytes(out)


def signed(data, contents="<00ff>"):
    form = (
        "/Type /Catalog /AcroForm << /SigFlags 3 /Fields [<< /FT /Sig /T (s) /V << /Type /Sig /Filter"
        f" /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents {contents} >> >>] >>"
    )
    return data.replace(b"/Type /Catalog", form.encode())


@pytest.mark.parametrize(
    ("change", "code", "words"), [(encrypted, "encrypted", "权限密码"), (signed, "signed", "数字签名")]
)
def test_protected_files_are_told_and_left(change, code, words):
    """Through the other process, as everybody else meets it."""
    data = change(write([Page().text(60, 700, LINE)]))
    result = replace(kept_file(FILES[0])[1], findings=())
    with pytest.raises(UnreadableError, match=words) as refusal:
        annotate(data, [result], OPTIONS)

    assert refusal.value.code == code


def test_a_place_for_a_signature_that_nobody_has_signed_is_none():
    data = signed(write([Page().text(60, 700, LINE)]), contents="<>")

    assert len(notes_of(draw(data, Order([highlight()], "作者")))) == 1


def test_a_broken_file_is_refused():
    result = replace(kept_file(FILES[0])[1], findings=())
    with pytest.raises(UnreadableError) as refusal:
        annotate(b"%PDF-1.7 nothing", [result], OPTIONS)

    assert refusal.value.code == "damaged"
