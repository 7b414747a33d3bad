"""What a copy of a Word document holds, and what it leaves alone."""

from __future__ import annotations

import io
import itertools
import random
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from faults import FAULTS
from faults.changes import cells
from reading_back import OURS, accepted, as_it_was, comments, left_of, main_part, opened, parsed
from samples import DEPARTMENT_2024, TOWNSHIP_2024, write
from shapes import annotated_by_others, edited, shaped

from checker.annotate import AnnotateOptions
from checker.annotate import annotate as annotate_with
from checker.api import annotate, check, load_rulebook
from checker.model.errors import UnreadableError, UsageError
from checker.startup.records import replace

REPORTS = {f"{fault.rule} {fault.name}": fault.report for fault in FAULTS}
TOWNSHIP = write(TOWNSHIP_2024, "docx")
ALLOWED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def checked(data):
    return check(data, name="报告.docx")


def annotated(data, **wishes):
    return annotate(data, checked(data), **wishes)


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: (archive.read(info), info.date_time) for info in archive.infolist()}


def changes(data, *names):
    return list(parsed(main_part(data)).iter(*(qn(f"w:{name}") for name in names or ("ins", "del"))))


def test_a_comment_says_all_of_its_finding():
    result = checked(TOWNSHIP)
    words = {"error": "错误", "warning": "警告", "info": "提示"}
    told = [text for text, _ in comments(annotate(TOWNSHIP, result))]
    assert len(told) == len(result.findings)
    for finding in result.findings:
        (text,) = (one for one in told if finding.message in one)
        assert finding.suggestion.text in text
        assert finding.basis in text
        assert finding.rule in text
        assert words[finding.severity.value] in text


def test_only_the_parts_of_comments_change():
    before, after = parts(TOWNSHIP), parts(annotated(TOWNSHIP, propose=True))
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == ALLOWED
    assert list(after)[: len(before)] == list(before)
    assert after["word/comments.xml"][1] == before["word/document.xml"][1]


def test_paragraphs_without_a_mark_keep_their_bytes():
    before, after = (main_part(data).split(b"<w:p>") for data in (TOWNSHIP, annotated(TOWNSHIP)))
    assert len(before) == len(after)
    other = [two for one, two in zip(before, after, strict=True) if one != two]
    assert len(other) == len({one.place.location.source for one in checked(TOWNSHIP).findings})
    assert all(b"commentRange" in one for one in other)


def test_the_same_bytes_every_time():
    assert annotated(TOWNSHIP, propose=True) == annotated(TOWNSHIP, propose=True)


def test_dates_come_from_the_day_that_is_named():
    plain, dated = (annotated(TOWNSHIP, propose=True, today=day) for day in (None, date(2025, 2, 3)))
    assert {one.get(qn("w:date")) for one in changes(plain)} == {None}
    assert {one.get(qn("w:date")) for one in changes(dated)} == {"2025-02-03T00:00:00Z"}
    assert {one.timestamp.date() for one in opened(dated).comments} == {date(2025, 2, 3)}


@pytest.mark.parametrize(("severity", "count"), [("error", 3), ("警告", 6), ("info", 8)])
def test_milder_findings_can_be_left_out(severity, count):
    assert len(comments(annotated(TOWNSHIP, min_severity=severity))) == count


UNIQUE = [
    "T3-02 新收写错一格", "T3-02 结转下年漏填", "T3-02 政府新收数字颠倒", "T3-03 明细多一件",
    "T3-04 申请人分列挪了一格", "T3-05 总计列没有填", "T4-01 总计没有填",
]  # fmt: skip
"""Faults of which the solver knows the right values: one cell, several, blank ones."""


@pytest.mark.parametrize("case", UNIQUE)
@pytest.mark.parametrize("shape", [None, "formatted", "revised", "in_rich_controls"])
def test_what_is_accepted_is_mended(case, shape):
    data = write(REPORTS[case], "docx")
    data = shaped(data, shape) if shape else data
    before = checked(data)
    (finding,) = [one for one in before.findings if one.suggestion and one.suggestion.cells]
    copy = annotate(data, before, propose=True)
    after = check(accepted(copy), name="报告.docx")
    assert [one.rule for one in before.findings if one is not finding] == [one.rule for one in after.findings]
    assert len([one for one in changes(copy, "ins") if one.get(qn("w:author")) == OURS]) == len(
        finding.suggestion.cells
    )
    assert left_of(copy) == as_it_was(data)


RESULT = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CONTROL = "<w:sdt><w:sdtPr><w:alias w:val='数'/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
CELL_PARTS = {
    "run": r"<w:r><w:t(?: [^>]*)?>\d+</w:t></w:r>",
    "paragraph": r"<w:p>(?:(?!</w:p>).)*<w:t(?: [^>]*)?>\d+</w:t></w:r></w:p>",
    "cell": r"<w:tc>(?:(?!</w:tc>).)*<w:t(?: [^>]*)?>\d+</w:t></w:r></w:p></w:tc>",
}
UNCLEAN = {
    "a field of one element": ("run", '<w:fldSimple w:instr=" =SUM(LEFT) ">{}</w:fldSimple>'),
    "a field of three marks": ("run", RESULT),
    "a field that a program has not counted yet": ("run", "{}" + RESULT.format("")),
    "a field in a field": ("run", RESULT.format(RESULT)),
    "a control around the number": ("run", CONTROL),
    "a control around a field": ("run", CONTROL.format(RESULT)),
    "a control around the paragraph": ("paragraph", CONTROL),
    "a control around the cell": ("cell", CONTROL),
}
"""Where numbers stand of which LibreOffice would show both, the old and the new, even when the new is accepted."""


def in_each(data, part, around):
    """With something around every number of a table, the number alone or with what holds it."""
    return edited(
        data, lambda text: re.sub(CELL_PARTS[part], lambda found: around.replace("{}", found[0]), text)
    )


@pytest.mark.parametrize("case", ["T3-02 新收写错一格", "T3-03 明细多一件"])
@pytest.mark.parametrize("name", UNCLEAN)
def test_what_cannot_be_accepted_cleanly_is_only_told(case, name):
    data = in_each(write(REPORTS[case], "docx"), *UNCLEAN[name])
    result = checked(data)
    assert any(one.suggestion and one.suggestion.cells for one in result.findings)
    copy = annotate(data, result, propose=True)
    assert copy == annotate(data, result)
    assert len(comments(copy)) == len(result.findings)
    assert left_of(copy) == as_it_was(data)


@pytest.mark.parametrize(
    "part",
    [
        r"<w:p>(?:(?!</?w:p>|<w:t(?: [^>]*)?>[^<]).)*</w:p>",
        r"<w:tc>(?:(?!</?w:tc>|<w:t(?: [^>]*)?>[^<]).)*</w:tc>",
    ],
)
def test_into_an_empty_control_nothing_is_proposed(part):
    plain = write(REPORTS["T4-01 总计没有填"], "docx")
    data = edited(plain, lambda text: re.sub(part, lambda found: CONTROL.replace("{}", found[0]), text))
    assert len(changes(annotated(plain, propose=True), "ins")) == 3
    assert annotated(data, propose=True) == annotated(data)


def test_beside_a_control_a_change_is_proposed():
    """Of other cells of the row, and of the row behind one."""
    plain = write(REPORTS["T3-02 新收写错一格"], "docx")
    names = CONTROL.replace("{}", "<w:p><w:r><w:t>填表说明</w:t></w:r></w:p>")
    data = edited(plain, lambda text: text.replace("<w:tbl>", names + "<w:tbl>"))
    assert (
        len(changes(annotated(data, propose=True), "ins"))
        == len(changes(annotated(plain, propose=True), "ins"))
        == 1
    )


def test_a_change_has_the_look_of_what_it_replaces():
    copy = annotated(shaped(write(REPORTS["T3-02 新收写错一格"], "docx"), "formatted"), propose=True)
    (new,) = changes(copy, "ins")
    look = new.find(qn("w:r")).find(qn("w:rPr"))
    assert [one.tag for one in look] == [qn("w:b"), qn("w:sz")]


def test_several_findings_about_one_cell_change_it_once():
    report = cells({"T3[S, natural]": "8", "T3[S, total]": "9"})(DEPARTMENT_2024)
    copy = annotated(write(report, "docx"), propose=True)
    holders = [next(one.iterancestors(qn("w:tc"))) for one in changes(copy, "ins")]
    assert len(holders) == len(set(holders))


def test_without_being_asked_nothing_is_proposed():
    assert changes(annotated(TOWNSHIP)) == []


@pytest.mark.parametrize("propose", [False, True])
def test_annotating_again_replaces(propose):
    first = annotated(TOWNSHIP, propose=propose)
    assert annotated(first, propose=propose) == first


def test_a_mended_fault_loses_its_comment_and_leaves_no_trace():
    faulty = write(REPORTS["DOC-05 正文写成上一年"], "docx")
    first = annotated(faulty)
    mended = edited(first, lambda text: text.replace("2023", "2024"))
    assert checked(mended).findings == ()
    assert main_part(annotated(mended)) == main_part(faulty).replace(b"2023", b"2024")


@pytest.mark.parametrize("case", ["DOC-05 正文写成上一年", "STY-09 两个句号", "T3-05 总计列没有填"])
@pytest.mark.parametrize("shape", [None, "plain_data", "other_prefix", "split"])
def test_what_was_cut_is_joined_to_the_very_bytes(case, shape):
    """A copy of which all findings are milder than what is asked for has no comments of ours left."""
    data = write(REPORTS[case], "docx")
    data = shaped(data, shape) if shape else data
    copy = annotated(data)
    wish = {"min_severity": "error"} if case.startswith("STY") else {}
    result = checked(copy)
    without = annotate(copy, result if wish else clean(result), **wish)
    assert main_part(copy) != main_part(data)
    assert main_part(without) == main_part(data)


def test_runs_that_another_program_has_set_apart_stay_apart():
    """One that writes a space before the end of every empty tag, as ours does only where it has cut a run."""
    data = edited(
        write(REPORTS["DOC-05 正文写成上一年"], "docx"),
        lambda text: text.replace("2023年", "2023</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>年"),
    )
    copy = edited(annotated(data), lambda text: text.replace("/>", " />"))
    without = annotate(copy, clean(checked(copy)))
    assert left_of(without) == as_it_was(data)


def clean(result):
    """The result as if everything had been accepted."""
    return type(result)(**{**vars(result), "findings": ()})


def test_replies_and_comments_of_others_stay():
    data = annotated_by_others(TOWNSHIP)
    twice = annotated(annotated(data))
    assert [one.text for one in opened(twice).comments if one.author == "李审"] == ["请核对"]
    assert left_of(twice) == as_it_was(data)


W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
KINDS = "http://schemas.microsoft.com/office/2011/relationships"


def saved_by_word(data):
    """An annotated file with names of comments, and with the part that tells which are answered or done."""
    count = itertools.count(16)
    relation = f'<Relationship Id="rId40" Type="{KINDS}/commentsExtended" Target="commentsExtended.xml"/>'
    entries = "".join(f'<w15:commentEx w15:paraId="{n:08X}" w15:done="0"/>' for n in range(16, 400))
    return edited(
        data, lambda text: text,
        **{
            "word__comments.xml": lambda text: re.sub(
                "<w:p>", lambda _: f'<w:p xmlns:w14="{W14}" w14:paraId="{next(count):08X}">', text
            ),
            "word___rels__document.xml.rels": lambda text: text.replace(
                "</Relationships>", f"{relation}</Relationships>"
            ),
            "word__commentsExtended.xml": lambda _: (
                f'<w15:commentsEx xmlns:w15="{W15}">{entries}</w15:commentsEx>'
            ),
        },
    )  # fmt: skip


def test_what_word_notes_of_our_comments_goes_with_them():
    data = saved_by_word(annotated(annotated_by_others(TOWNSHIP)))
    notes = parsed(parts(data)["word/comments.xml"][0])
    named = {
        line.get(f"{{{W14}}}paraId"): one.get(qn("w:author")) for one in notes for line in one.iter(qn("w:p"))
    }
    left = parsed(parts(annotated(data))["word/commentsExtended.xml"][0])
    assert {named.get(one.get(f"{{{W15}}}paraId")) for one in left} == {"李审", None}
    assert len(left) == 384 - sum(author == OURS for author in named.values())


def test_the_author_is_named_after_the_kind_of_report():
    info = load_rulebook().info
    kinds = replace(info.vocabulary.short_kinds, names={"annual_report": "季报"})
    other = replace(info, vocabulary=replace(info.vocabulary, short_kinds=kinds))
    copy = annotate_with(TOWNSHIP, [checked(TOWNSHIP)], AnnotateOptions(rulebook=other))
    assert {one.author for one in opened(copy.data).comments} == {"季报检查"}


ODD = (
    '<w:ins w:id="1" w:author="x">', "</w:ins>", "</w:del>", "<w:sdt><w:sdtContent>", "<w:tab/>", "<w:br/>", "<w:p/>",
    "</w:p><w:p>", "</w:r><w:r>", "&#x20;", " ", "<!--x-->", "<w:t/>", "</w:t><w:t>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:rPr><w:vanish/></w:rPr>", "<w:hyperlink/>", "<w:tc/>",
)  # fmt: skip
"""What may stand anywhere in a file that somebody has tampered with."""


@pytest.mark.parametrize("seed", range(30))
def test_odd_structure_never_costs_a_comment_or_the_text(seed):
    chance = random.Random(seed)  # noqa: S311  # the same in every run

    def tampered(text):
        for _ in range(chance.randrange(1, 4)):
            place = chance.choice([found.end() for found in re.finditer(">", text)])
            text = text[:place] + chance.choice(ODD) + text[place:]
        return text

    data = edited(TOWNSHIP, tampered)
    result = checked(data)
    if result.report is None:  # no longer XML, or no longer a report: the reader says so
        assert result.problem is not None
        return
    copy = annotate(data, result, propose=True)
    assert len(comments(copy)) == len(result.findings)
    assert left_of(copy) == as_it_was(data)


def test_a_signed_document_is_told():
    signed = io.BytesIO(TOWNSHIP)
    with zipfile.ZipFile(signed, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    data = signed.getvalue()
    copy = annotate_with(data, [checked(data)], AnnotateOptions(rulebook=load_rulebook().info))
    assert "签名已失效" in copy.notices[0]
    assert parts(copy.data)["_xmlsignatures/sig1.xml"][0] == b"<Signature/>"


def test_documents_with_macros_stay_such():
    data = edited(TOWNSHIP, lambda text: text, **{"word__vbaProject.bin": lambda _: "macros"})
    copy = annotate_with(data, [checked(data)], AnnotateOptions(rulebook=load_rulebook().info))
    assert copy.suffix == "docm"


def test_a_file_without_findings_stays_as_it_is():
    data = write(DEPARTMENT_2024, "docx")
    assert annotated(data) == data


def test_results_of_other_files_are_refused():
    with pytest.raises(UsageError, match="不是这份文件的"):
        annotate(TOWNSHIP, checked(write(DEPARTMENT_2024, "docx")))
    with pytest.raises(UsageError, match="级别"):
        annotated(TOWNSHIP, min_severity="严重")
    with pytest.raises((UsageError, UnreadableError)):
        annotate(TOWNSHIP[:900], check(TOWNSHIP[:900], name="报告.docx"))


def test_empty_cells_of_one_tag():
    """WPS and others write empty paragraphs as one tag, with or without properties of the paragraph."""
    data = edited(
        write(REPORTS["T3-05 总计列没有填"], "docx"),
        lambda text: text.replace(
            '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr><w:r><w:t xml:space="preserve"></w:t></w:r></w:p>',
            '<w:p w:rsidR="00112233"/>',
        ),
    )
    assert main_part(data).count(b'<w:p w:rsidR="00112233"/>') > 20
    copy = annotated(data, propose=True)
    assert [inside for _, inside in comments(copy)] == [""]
    assert left_of(copy) == as_it_was(data)
    assert check(accepted(copy), name="报告.docx").findings == ()
    assert annotated(copy, propose=True) == copy
    plain = annotated(data)
    assert main_part(annotate(plain, clean(checked(plain)))) == main_part(data)


def test_python_docx_reads_what_was_written():
    document = docx.Document(io.BytesIO(annotated(TOWNSHIP, propose=True)))
    assert [one.author for one in document.comments] == [OURS] * 8
    assert all(len(one.paragraphs) >= 3 for one in document.comments)
