"""Every injected fault gets its comment where it was injected, which the difference to the clean report tells."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache

import pytest
from docx.oxml.ns import qn
from faults import FAULTS
from faults.model import BASES, Fault
from reading_back import accepted, as_it_was, enclosed, left_of, main_part, parsed
from samples import write

from checker.api import annotate, check
from checker.model.findings import ReportResult

pytestmark = pytest.mark.long

FIRST_CELLS = {
    "T2": "第二十条第（一）项",
    "T3": "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "T4": "行政复议",
}
"""Of each table; findings about a whole one stand there."""
OVERVIEW = "2024年，沅平县自然资源局围绕耕地保护"
ELSEWHERE = {
    "DOC-02 表三是旧表": FIRST_CELLS["T3"],
    "DOC-02 表二是旧表": FIRST_CELLS["T2"],
    "SEC-01 缺其他事项": "五、存在的主要问题及改进情况",
    "SEC-05 总体情况是空的": "一、总体情况",
    "SEC-05 问题改进是空的": "五、存在的主要问题及改进情况",
    "SEC-05 问题改进只有占位文字": "五、存在的主要问题及改进情况",
    "SEC-06 缺表二": "二、主动公开政府信息情况",
    "SEC-06 缺表三": "三、收到和处理政府信息公开申请情况",
    "SEC-06 缺表四": "四、政府信息公开行政复议、行政诉讼情况",
    "SEC-06 表四换成一句话": "四、政府信息公开行政复议、行政诉讼情况",
    "SEC-07 少列一个部分": "六",
    "INT-01 没有依据": "沅平县自然资源局2024年政府信息公开工作年度报告",
    "GEN-01 没写主动公开": OVERVIEW,
    "GEN-02 没写依申请公开": OVERVIEW,
    "GEN-03 没写信息管理": OVERVIEW,
    "GEN-04 没写平台建设": OVERVIEW,
    "GEN-05 没写监督保障": OVERVIEW,
    "GEN-06 没写考核和评议": "2023年，禾川县人民政府",
    "GEN-06 没写责任追究": "2023年，禾川县人民政府",
    "GEN-06 乡镇没写社会评议": "2024年，松坪镇人民政府",
    "GEN-07 篇幅过长": OVERVIEW,
    "T2-05 制发多于现行有效": "2",
    "T2-05 现行有效漏填成零": "6",
    "T2-11 总数量少于新公开": "2",
    "T3-02 结转下年漏填": "0",
    "T3-03 漏了一行明细": "6",
    "T4-02 诉讼明细漏一件": "1",
    "O-02 收了费没写通知件数": "本报告由沅平县自然资源局",
    "O-04 第六节只有无": "六、其他需要报告的事项",
    "DATE-06 没有落款": "2024年，沅平县自然资源局未收取政府信息公开信息处理费",
    "DATE-06 没有落款日期": "2024年，沅平县自然资源局未收取政府信息公开信息处理费",
}
"""What is missing or contradicts has no place of its own: by hand, what the comment encloses, or how that begins."""
WHOLE_TABLES = ("T2-01", "T2-10", "T3-01", "T3-11", "T4-01 缺复议后起诉一组", "T4-07")
"""Beginnings of names of faults whose findings are about a table that did not change in one cell only."""
IN_WORD = [fault for fault in FAULTS if not fault.damage and fault.suffix != "html"]
"""Faults that a Word document can have; those of pages and of damaged files are none."""


@cache
def base_texts(name):
    return [text for _, text in containers(parsed(main_part(write(BASES[name], "docx"))))]


def containers(root):
    """Cells, and paragraphs outside them, with their texts."""
    return [
        (one, "".join(text.text or "" for text in one.iter(qn("w:t"))))
        for one in root.iter(qn("w:p"), qn("w:tc"))
        if one.tag == qn("w:tc") or all(above.tag != qn("w:tc") for above in one.iterancestors())
    ]


def changed_places(before, after):
    """Numbers of the containers that are new or other than before, each with the text it had before."""
    places = {}
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for number in range(c, d) if kind in ("replace", "insert") else ():
            places[number] = before[a + number - c] if a + number - c < b else ""
    return places


def changed_characters(before, after):
    """Offsets in a text that are new or other than before, with those at the seams of what was taken out."""
    found = set()
    for kind, _, _, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            found |= set(range(c - (kind == "delete"), d + (kind == "delete")))
    return found


def offset_of(start, container):
    """Characters of a container in front of a mark."""
    count = 0
    for element in container.iter():
        if element is start:
            return count
        count += len(element.text or "") if element.tag == qn("w:t") else 0
    raise AssertionError("the mark stands elsewhere")


@dataclass(frozen=True)
class Noted:
    """A faulty report, what is found in it, and the copy with comments."""

    fault: Fault
    data: bytes
    result: ReportResult
    copy: bytes


@pytest.fixture(scope="module", params=IN_WORD, ids=lambda fault: f"{fault.rule} {fault.name}")
def noted(request):
    data = write(request.param.report, "docx")
    result = check(data, name="报告.docx")
    return Noted(request.param, data, result, annotate(data, result))


def test_the_comment_stands_where_the_fault_was_put(noted):
    fault, data, result, copy = noted.fault, noted.data, noted.result, noted.copy
    root = parsed(main_part(copy))
    starts = list(root.iter(qn("w:commentRangeStart")))
    assert len(starts) == len(result.findings) > 0
    assert left_of(copy) == as_it_was(data)
    name = f"{fault.rule} {fault.name}"
    ranges = enclosed(root)
    for start in starts:
        inside = ranges[int(start.get(qn("w:id")))]
        if name in ELSEWHERE:
            assert inside.startswith(ELSEWHERE[name])
        elif name.startswith(WHOLE_TABLES):
            table = "T3" if name == "T3-01 多了一行" else name[:2]
            assert inside == ("五、撤回的申请数量" if name == "T3-01 多了一行" else FIRST_CELLS[table])
        else:
            hits_what_was_changed(start, inside, fault, root)


def test_a_report_of_which_all_is_certain_passes_when_it_is_accepted(noted):
    before = noted.result
    copy = annotate(noted.data, before, propose=True)
    after = check(accepted(copy), name="报告.docx").findings
    certain = [
        bool(one.suggestion and ((one.suggestion.unique and one.suggestion.cells) or one.suggestion.texts))
        for one in before.findings
    ]
    if all(certain):
        assert after == ()
    assert {one.rule for one in after} <= {one.rule for one in before.findings}
    if not any(certain):
        assert copy == noted.copy


def hits_what_was_changed(start, inside, fault, root):
    """A cell or paragraph that is other than in the clean report; a part of it is the part that is other."""
    found = containers(root)
    places = changed_places(base_texts(fault.base), [text for _, text in found])
    holder = next(
        number for number, (one, _) in enumerate(found)
        if one is start.getparent() or any(one is above for above in start.iterancestors())
    )  # fmt: skip
    assert holder in places, "the comment stands at something that did not change"
    element, text = found[holder]
    if inside != text:
        first = offset_of(start, element)
        assert text[first : first + len(inside)] == inside
        assert changed_characters(places[holder], text) & set(range(first, first + len(inside)))
