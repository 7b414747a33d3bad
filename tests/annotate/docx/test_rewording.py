"""Wording of which only one is right is proposed as a change inside its paragraph."""

from __future__ import annotations

import pytest
from choice import some
from docx.oxml.ns import qn
from faults import FAULTS
from reading_back import OURS, accepted, as_it_was, comments, left_of, main_part, parsed
from samples import DEPARTMENT_2024, write
from shapes import SHAPES, edited, shaped

from checker.annotate.docx.rejected import without_proposals
from checker.api import annotate, check
from checker.startup.records import replace

pytestmark = pytest.mark.long

PROPOSED = {
    "DOC-04 标题写成工作报告": [("政府信息公开工作报告", "政府信息公开工作年度报告")],
    "DOC-04 标题写成年报": [("政府信息公开年报", "政府信息公开工作年度报告")],
    "DOC-04 标题重复年度": [("年度", "年")],
    "DOC-04 标题带关于": [("关于", "")],
    "DOC-05 标题忘了改年份": [("2023", "2024")],
    "SEC-03 编号跳到七": [("七", "六")],
    "SEC-03 两个五": [("五", "六")],
    "SEC-03 两个二": [("二", "三")],
    "SEC-04 标题缺改进": [("存在问题", "存在的主要问题及改进情况")],
    "SEC-04 标题写成依申请公开情况": [("依申请公开情况", "收到和处理政府信息公开申请情况")],
    "SEC-04 标题语序不同": [("政府信息主动公开情况", "主动公开政府信息情况")],
    "SEC-04 标题写成概述": [("概述", "总体情况")],
    "SEC-04 旧条例的申诉": [("复议、诉讼和申诉情况", "政府信息公开行政复议、行政诉讼情况")],
    "INT-01 条例名称少了政府": [("中华人民共和国信息公开条例", "中华人民共和国政府信息公开条例")],
    "INT-02 依据旧格式": [("国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号")],
    "INT-02 依据旧通知": [
        ("关于政府信息公开工作年度报告有关事项的通知", "关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知")
    ],
    "INT-03 引旧条例的令号": [("第492号", "第711号")],
    "INT-04 统计期是上一年": [("2023年", "2024年"), ("2023年", "2024年")],
    "DATE-04 落款忘了改年份": [("2024年", "2025年")],
    "STY-08 残留书签": [("[bookmark: _GoBack]", "")],
    "STY-09 两个句号": [("。。", "。")],
}  # fmt: skip
"""What is proposed for injected faults; for the wording of all others nothing is."""
FAULT = {f"{fault.rule} {fault.name}": fault for fault in FAULTS}
NOT_PLAIN = ("revised", "in_text_box", "in_fields", "in_controls")
"""Shapes in which text stands in changes of others, in boxes, fields, or controls for text without formatting."""


def checked(data):
    return check(data, name="报告.docx")


def changed(copy):
    """What our changes take away and put in, place by place, as texts."""
    found, gone = [], ""
    for run in parsed(main_part(copy)).iter(qn("w:r")):
        change = run.getparent()
        mine = change.get(qn("w:author")) == OURS
        text = "".join(one.text or "" for one in run.iter(qn("w:delText"), qn("w:t")))
        if mine and change.tag == qn("w:del"):
            gone += text
        elif mine or gone:
            found.append((gone, text if mine else ""))
            gone = ""
    return found


@pytest.mark.parametrize("name", [name for name, fault in FAULT.items() if not fault.damage])
def test_only_what_is_certain_is_proposed(name):
    fault = FAULT[name]
    findings = check(write(fault.report, fault.suffix), name=f"报告.{fault.suffix}").findings
    texts = [change for one in findings if one.suggestion for change in one.suggestion.texts]
    assert [(one.current, one.proposed) for one in texts] == PROPOSED.get(name, [])


PAIRS = [(name, shape) for shape in SHAPES for name in PROPOSED]


@pytest.mark.parametrize(("name", "shape"), [*((name, None) for name in PROPOSED), *some(PAIRS, 7)])
def test_a_change_is_accepted_or_taken_back(name, shape):
    data = write(FAULT[name].report, "docx")
    data = shaped(data, shape) if shape else data
    before = checked(data)
    copy = annotate(data, before, propose=True)
    assert left_of(copy) == as_it_was(data)
    assert main_part(without_proposals(copy, {OURS})) == main_part(annotate(data, before))
    assert annotate(copy, checked(copy), propose=True) == copy
    if changed(copy) or shape not in NOT_PLAIN:
        assert sorted(changed(copy)) == sorted(PROPOSED[name])
        assert checked(accepted(copy)).findings == ()


@pytest.mark.parametrize("shape", NOT_PLAIN)
def test_nothing_is_proposed_where_runs_are_not_plain(shape):
    data = shaped(write(FAULT["DOC-05 标题忘了改年份"].report, "docx"), shape)
    assert changed(annotate(data, checked(data), propose=True)) == []


@pytest.mark.parametrize("marks", ["complex", "nested", "simple"])
def test_nothing_is_proposed_in_what_a_field_says(marks):
    """Whoever has the fields counted anew would undo it."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = "<w:r><w:instrText> TITLE </w:instrText></w:r>"
    inner = mark("begin") + code + mark("separate") + mark("end")
    before, behind = {
        "complex": (mark("begin") + code + mark("separate"), mark("end")),
        "nested": (mark("begin") + code + mark("separate") + inner, mark("end")),
        "simple": ('<w:fldSimple w:instr=" TITLE ">', "</w:fldSimple>"),
    }[marks]
    number = "<w:r><w:t>2023</w:t></w:r>"
    data = edited(
        write(FAULT["DOC-05 标题忘了改年份"].report, "docx"),
        lambda text: text.replace("2023", f"</w:t></w:r>{before}{number}{behind}<w:r><w:t>", 1),
    )
    result = checked(data)
    assert [one.rule for one in result.findings] == ["DOC-05"]
    copy = annotate(data, result, propose=True)
    assert changed(copy) == []
    assert [inside for _, inside in comments(copy)] == ["2023"]
    assert left_of(copy) == as_it_was(data)


LOOKS = (
    "<w:rPr><w:b/></w:rPr><w:t>沅平县自然资源局20</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>2</w:t></w:r>"
    '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>3年政府'
)


def test_new_words_have_the_look_of_the_first_that_go_and_the_rest_keeps_its_own():
    data = edited(
        write(FAULT["DOC-05 标题忘了改年份"].report, "docx"),
        lambda text: text.replace("<w:t>沅平县自然资源局2023年政府", LOOKS).replace(
            '<w:t xml:space="preserve">沅平县自然资源局2023年政府', LOOKS
        ),
    )
    assert main_part(data).count(b"<w:i/>") == 1
    copy = annotate(data, checked(data), propose=True)
    tree = parsed(main_part(copy))
    looks = [
        (run.getparent().tag, [one.tag for one in run.find(qn("w:rPr"))])
        for run in tree.iter(qn("w:r"))
        if run.getparent().tag in (qn("w:ins"), qn("w:del"))
    ]
    assert looks == [
        (qn("w:del"), [qn("w:b")]),
        (qn("w:del"), [qn("w:i")]),
        (qn("w:del"), [qn("w:u")]),
        (qn("w:ins"), [qn("w:b")]),
    ]
    assert left_of(copy) == as_it_was(data)
    assert main_part(without_proposals(copy, {OURS})) == main_part(annotate(data, checked(data)))
    assert checked(accepted(copy)).findings == ()


def test_a_comment_that_would_end_inside_a_change_encloses_it():
    data = write(FAULT["DOC-04 标题写成工作报告"].report, "docx")
    result = checked(data)
    (finding,) = result.findings
    location = finding.suggestion.texts[0].place.location
    inside = replace(finding.place, location=location.span(location.start + 2, location.end - 2))
    other = replace(finding, place=inside, suggestion=None)
    copy = annotate(data, replace(result, findings=(finding, other)), propose=True)
    assert [enclosed for _, enclosed in comments(copy)][1] == "政府信息公开工作报告"
    assert left_of(copy) == as_it_was(data)


def test_two_findings_that_would_write_different_words_propose_none():
    data = write(FAULT["DOC-04 标题重复年度"].report, "docx")
    result = checked(data)
    (finding,) = result.findings
    change = finding.suggestion.texts[0]
    other = replace(finding, suggestion=replace(finding.suggestion, texts=(replace(change, proposed="岁"),)))
    assert changed(annotate(data, replace(result, findings=(finding, other)), propose=True)) == []
    assert changed(annotate(data, replace(result, findings=(finding, finding)), propose=True)) == [
        ("年度", "年")
    ]


def test_clean_files_stay_clean():
    data = write(DEPARTMENT_2024, "docx")
    assert annotate(data, checked(data), propose=True) == data
