"""Templates of an office: placeholders wherever Word puts them, and nothing in them that runs or loads."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from letter_files import NAMESPACE, PURPOSE, RELATIONS, W, document, first_paragraph, paragraph, run, texts
from season_samples import AUDIT, EDUCATION, season

from checker.model.errors import UsageError
from checker.office.letters import letters
from checker.office.letters.builtin import builtin_template
from checker.office.letters.problems import ProblemRow
from checker.office.letters.template import Template
from checker.office.outputs import OutputOptions
from checker.office.result_folder import ResultFolder

PROBLEM = ProblemRow("必须改正", "表三", "差 1 & <2>", "改为 5", "格式", 2)
KNOWN = ("单位", "期限", "正文")


def filled(body, problems=(), part="word/document.xml", **values):
    template = Template(document(body) if isinstance(body, str) else body, "模板.docx", (*KNOWN, *values))
    data = template.filled(
        {name: (text,) if isinstance(text, str) else text for name, text in values.items()}, problems
    )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ET.fromstring(package.read(part))  # noqa: S314  # of our own making


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph("{单位}："), ["财政局："]),
        (paragraph("请", "{", "单", "位", "}", "于{期限}报"), ["请财政局于5日内报"]),
        (paragraph("｛单位｝和{单位}"), ["财政局和财政局"]),
        (paragraph("没有占位的{ }，", "{单位}"), ["没有占位的{ }，财政局"]),
        (paragraph("{单位}") + paragraph("别的"), ["财政局", "别的"]),
        (f"<w:p><w:r><w:txbx><w:txbxContent>{paragraph('{单位}')}</w:txbxContent></w:txbx></w:r>{run('外面{期限}')}</w:p>",
         ["财政局外面5日内", "财政局"]),
        (f"<w:p><w:r><w:txbx><w:txbxContent>{paragraph('{单位}')}</w:txbxContent></w:txbx></w:r>{run('{期限}')}</w:p>",
         ["财政局5日内", "财政局"]),
    ],
)  # fmt: skip
def test_placeholders_however_they_are_cut(body, expected):
    assert texts(filled(body, 单位="财政局", 期限="5日内")) == expected


def test_values_are_text_and_are_not_filled_again():
    root = filled(paragraph("{单位}"), 单位="<w:b/>&{期限}\x07", 期限="5日内")

    assert texts(root) == ["<w:b/>&{期限}"]


def test_several_paragraphs_keep_their_look():
    body = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{正文}</w:t></w:r></w:p>'
    root = filled(body, 正文=("一", "二"))

    assert texts(root) == ["一", "二"]
    assert len(root.findall(f".//{W}jc")) == len(root.findall(f".//{W}b")) == 2


def test_among_other_text_paragraphs_are_joined():
    assert texts(filled(paragraph("内容：{正文}"), 正文=("一。", "二。"))) == ["内容：一。二。"]


def test_the_table_takes_the_place_of_its_paragraph():
    root = filled(paragraph("{单位}") + paragraph("{问题表}"), (PROBLEM,), 单位="财政局")
    rows = [
        [("".join(t.text for t in cell.iter(f"{W}t"))) for cell in row.iter(f"{W}tc")]
        for row in root.iter(f"{W}tr")
    ]

    assert rows == [
        ["序号", "位置", "问题", "应当怎样改", "依据"],
        ["必须改正（2 处）"],
        ["1", "表三", "差 1 & <2>", "改为 5", "格式"],
    ]
    assert root.find(f".//{W}tr/{W}trPr/{W}tblHeader") is not None


def test_without_problems_its_paragraph_goes():
    assert texts(filled(paragraph("{单位}") + paragraph("{问题表}"), 单位="财政局")) == ["财政局"]


@pytest.mark.parametrize("problems", [(), (PROBLEM,)])
def test_a_cell_is_never_left_without_a_paragraph(problems):
    root = filled(f"<w:tbl><w:tr><w:tc>{paragraph('{问题表}')}</w:tc></w:tr></w:tbl>", problems)

    assert root.find(f".//{W}tc")[-1].tag == f"{W}p"


def test_headers_are_filled():
    header = f'<w:hdr xmlns:w="{NAMESPACE}">{paragraph("致{单位}")}</w:hdr>'
    data = document(paragraph("{单位}"), **{"word/header1.xml": header})

    assert texts(filled(data, part="word/header1.xml", 单位="财政局")) == ["致财政局"]


def test_what_has_no_placeholders_keeps_its_bytes():
    data = builtin_template()
    made = Template(data, "x", ("单位", "标题", "正文", "日期")).filled({"单位": ("财政局",)}, ())
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, made))

    assert before.namelist() == after.namelist()
    assert [name for name in before.namelist() if before.read(name) != after.read(name)] == [
        "word/document.xml"
    ]


def relation(purpose, mode="External"):
    return f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{PURPOSE}/{purpose}" Target="http://example.invalid/" TargetMode="{mode}"/></Relationships>'


OK = paragraph("{单位}")
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{}</w:instrText><w:instrText>{}</w:instrText></w:r></w:p>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no document", "读不出来"),
        (b"no document", "请先另存为 .docx"),
        (document("<w:p>"), "读不出来"),
        (document(OK, "<!DOCTYPE x>"), "DOCTYPE"),
        (document(paragraph("没有")), "没有占位符"),
        (document(paragraph("{单伟}")), "“{单伟}”没有可填的内容；可用：问题表、单位"),
        (document(paragraph("见{问题表}")), "要在正文里单独占一段"),
        (document(OK, word__vbaProject="x"), "宏或者嵌入的对象"),
        (document(OK, word__embeddings__a="x"), "宏或者嵌入的对象"),
        (document(OK + FIELD.format("DDEA", "UTO c:\\x")), "会装入别的文件或运行命令的域"),
        (document(OK + '<w:fldSimple w:instr="INCLUDETEXT \\\\server\\a"/>'), "会装入别的文件或运行命令的域"),
        (document(OK + FIELD.format("PA", "GE")), None),
    ],
)
def test_mistakes_and_traps_are_refused_in_one_sentence(data, words):
    if words is None:
        Template(data, "模板.docx", KNOWN)
        return
    with pytest.raises(UsageError, match=words) as error:
        Template(data, "模板.docx", KNOWN)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("purpose", "mode", "refused"),
    [
        ("attachedTemplate", "External", True), ("image", "External", True), ("image", "Internal", False),
        ("aFChunk", "Internal", True), ("oleObject", "Internal", True), ("hyperlink", "External", False),
    ],
)  # fmt: skip
def test_only_links_may_lead_outside(purpose, mode, refused):
    made = io.BytesIO(document(OK))
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("word/_rels/document.xml.rels", relation(purpose, mode))
    if refused:
        with pytest.raises(UsageError, match="对外部文件的引用"):
            Template(made.getvalue(), "模板.docx", KNOWN)
    else:
        assert Template(made.getvalue(), "模板.docx", KNOWN).fields == {"单位"}


def written(tmp_path, body):
    template = tmp_path / "模板.docx"
    template.write_bytes(document(body))
    letters.write(season(), ResultFolder(tmp_path / "结果"), OutputOptions(template))
    return tmp_path / "结果" / "通知"


def test_a_template_without_the_text_is_for_the_notice_alone(tmp_path):
    folder = written(tmp_path, paragraph("本府致{单位}，{联系人}：{期限}") + paragraph("{问题表}"))

    assert (
        first_paragraph(folder / f"{EDUCATION}.docx") == f"本府致{EDUCATION}，钱某：收到本通知后 5 个工作日内"
    )
    assert first_paragraph(folder / f"{AUDIT}（退回重报）.docx").startswith("关于退回")


def test_a_template_with_the_text_is_for_every_letter(tmp_path):
    folder = written(tmp_path, paragraph("{信函}") + paragraph("{正文}"))

    assert first_paragraph(folder / f"{EDUCATION}.docx") == "整改通知"
    assert first_paragraph(folder / f"{AUDIT}（退回重报）.docx") == "退回重报"


def test_a_template_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UsageError, match="打不开"):
        letters.write(season(), ResultFolder(tmp_path), OutputOptions(tmp_path / "没有.docx"))
