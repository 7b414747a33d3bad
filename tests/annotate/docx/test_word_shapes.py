"""The same report in every way that Word documents are written: each comment encloses the same characters."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from faults import FAULTS
from reading_back import OURS, as_it_was, comments, enclosed, left_of, main_part, ours, parsed
from samples import write
from shapes import SHAPES, STRICT, WORD, annotated_by_others, edited, shaped, strict

from checker.api import annotate, check

CASES = {
    "DOC-05 正文写成上一年": ["2023"],
    "STY-11 有身份证号": ["110101199003070011"],
    "STY-09 两个句号": ["。。"],
    "T3-02 新收写错一格": ["3"],
    "T3-05 总计列没有填": [""],
    "SEC-04 标题写成概述": ["一、概述"],
    "T2-10 整张空白": ["第二十条第（一）项"],
    "INT-01 没有依据": ["沅平县自然资源局2024年政府信息公开工作年度报告"],
}
"""A number in a sentence, words, punctuation, a cell, an empty cell, a paragraph, a table, the whole."""
DATA = Path(__file__).with_name("data")
REPORTS = {f"{fault.rule} {fault.name}": fault.report for fault in FAULTS}


def annotated(data, **wishes):
    return annotate(data, check(data, name="报告.docx"), **wishes)


def ranges(data):
    """What our comments enclose, in order of their ids."""
    found = enclosed(parsed(main_part(data)))
    mine = ours(data)
    return [text for number, text in sorted(found.items()) if str(number) in mine]


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "in_text_box"])
@pytest.mark.parametrize("case", ["DOC-05 正文写成上一年", "T3-05 总计列没有填"])
def test_every_shape(case, shape):
    data = shaped(write(REPORTS[case], "docx"), shape)
    copy = annotated(data, propose=True)
    assert ranges(copy) == CASES[case]
    assert left_of(copy) == as_it_was(data)
    assert annotated(copy, propose=True) == copy


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("shape", ["in_controls", "split"])
def test_every_sort_of_place(case, shape):
    data = shaped(write(REPORTS[case], "docx"), shape)
    assert ranges(annotated(data)) == CASES[case]


@pytest.mark.parametrize("case", CASES)
def test_what_stands_in_a_text_box_is_told_at_the_paragraph_that_holds_it(case):
    data = shaped(write(REPORTS[case], "docx"), "in_text_box")
    copy = annotated(data, propose=True)
    root = parsed(main_part(copy))
    for mark in root.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference")):
        assert not [one for one in mark.iterancestors() if one.tag == qn("w:txbxContent")]
    for change in root.iter(qn("w:ins"), qn("w:del")):
        assert not [one for one in change.iterancestors() if one.tag.endswith("}Fallback")]
    assert len(ranges(copy)) == 1
    assert left_of(copy) == as_it_was(data)


@pytest.mark.parametrize("case", ["STY-11 有身份证号", "STY-09 两个句号"])
def test_text_goes_on_behind_a_deleted_end(case):
    """Somebody has joined every body paragraph with the next one, and nobody has accepted that yet."""
    ended = '<w:pStyle w:val="Normal"/><w:rPr><w:del w:id="9" w:author="李审"/></w:rPr>'
    data = edited(
        write(REPORTS[case], "docx"), lambda text: text.replace('<w:pStyle w:val="Normal"/>', ended, 6)
    )
    copy = annotated(data)
    assert CASES[case][0] in ranges(copy)
    assert left_of(copy) == as_it_was(data)


def test_strict_documents_keep_their_vocabulary():
    data = strict(write(REPORTS["DOC-05 正文写成上一年"], "docx"))
    copy = annotated(data)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        main, notes, relations = (
            archive.read(f"word/{name}").decode()
            for name in ("document.xml", "comments.xml", "_rels/document.xml.rels")
        )
    assert WORD not in main + notes
    assert STRICT in notes
    assert 'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments"' in relations
    assert main.count("<w:commentRangeStart ") == main.count("<w:commentReference ") == 1


def test_a_document_by_another_library():
    document = docx.Document()
    document.add_heading("沅平县自然资源局2023年政府信息公开工作年度报告", 0)
    document.add_paragraph("本报告由沅平县自然资源局依据《中华人民共和国政府信息公开条例》编制。")
    document.add_heading("一、总体情况", 1)
    paragraph = document.add_paragraph("2023年，全局")
    paragraph.add_run("主动公开信息").bold = True
    paragraph.add_run("120条。。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "甲"
    out = io.BytesIO()
    document.save(out)
    copy = annotated(out.getvalue())
    found = {text.split("规则：")[1][:6]: inside for text, inside in comments(copy)}
    assert found["STY-09"] == "。。"
    assert found["SEC-01"].startswith("一、总体情况")
    assert left_of(copy) == as_it_was(out.getvalue())


FOUND_IN_TOWNSHIP = {
    "INT-04": "2023年1月1日至2023年12月31日",
    "INT-07": "5550188",
    "GEN-06": "2024年，松坪镇人民政府结合山区群众居住分散的实际，把网上公开和院坝会、赶场天宣讲结合起来。",
    "GEN-12": "公开信息条",
    "T3-02": "6",
    "STY-09": "，，",
    "O-01": "无其他需要报告的事项。",
    "DATE-04": "2024年1月19日",
}
"""What the comments on the sample of a township enclose."""


@pytest.mark.parametrize("file", ["libreoffice", "libreoffice_saved_annotated"])
def test_documents_that_another_program_has_saved(file):
    """The second one was annotated, with a proposal, before LibreOffice saved it: nothing piles up."""
    data = (DATA / f"{file}.docx").read_bytes()
    copy = annotated(data, propose=True)
    found = {text.split("规则：")[1].split()[0]: inside for text, inside in comments(copy)}
    assert found == FOUND_IN_TOWNSHIP
    assert len(comments(copy)) == len(FOUND_IN_TOWNSHIP)
    put_in = ["".join(one.text for one in change.iter(qn("w:t"))) for change in changes(copy, "w:ins")]
    assert put_in == ["2024年", "2024年", "5", "，"]
    assert {change.get(qn("w:author")) for change in changes(copy, "w:ins", "w:del")} == {OURS}
    assert annotated(copy, propose=True) == copy


def changes(data, *names):
    return list(parsed(main_part(data)).iter(*map(qn, names)))


def test_comments_of_others_stay_as_they_are():
    data = annotated_by_others(write(REPORTS["DOC-05 正文写成上一年"], "docx"))
    copy = annotated(data)
    found = docx.Document(io.BytesIO(copy)).comments
    assert [(one.comment_id, one.author) for one in found] == [(4, "李审"), (5, "年报检查")]
    assert enclosed(parsed(main_part(copy)))[4] == "沅平县自然资源局2024年政府信息公开工作年度报告"
    assert left_of(copy) == as_it_was(data)
