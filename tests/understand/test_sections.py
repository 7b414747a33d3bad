"""First-level headings: variants that are recognised, and traps that are not."""

from __future__ import annotations

import pytest
from understanding import HEADINGS, TITLE, document, drawn_t3, library, report, table

from checker.model.document import Document, Location, Paragraph
from checker.model.errors import NotAReportError
from checker.understand import understand

BODY = "本局按要求完成了有关工作。"


def outline(found):
    return [(section.number, section.ordinal, section.wording) for section in found.sections]


def numbers(found):
    return [section.number for section in found.sections]


def with_headings(*headings: str, opening: tuple[str, ...] = (), body: tuple[str, ...] = (BODY,)):
    return report(TITLE, *opening, *(part for heading in headings for part in (heading, *body)))


def replaced(number: int, heading: str):
    headings = list(HEADINGS)
    headings[number - 1] = heading
    return with_headings(*headings)


def test_the_standard_outline():
    assert outline(with_headings(*HEADINGS)) == [(n, n, "standard") for n in range(1, 7)]


@pytest.mark.parametrize(
    ("number", "heading", "wording"),
    [
        (1, "一、总体工作情况", "accepted"),
        (1, "一、概述", "odd"),
        (1, "一、政府信息公开工作的基本情况", "odd"),
        (2, "二、行政机关主动公开政府信息情况", "accepted"),
        (2, "二、政府信息主动公开情况", "odd"),
        (2, "二、主动公开信息情况", "odd"),
        (3, "三、行政机关收到和处理政府信息公开申请情况", "accepted"),
        (3, "三、收到和处理政府信息公开申请的情况", "accepted"),
        (3, "三、依申请公开情况", "odd"),
        (3, "三、依申请公开办理情况", "odd"),
        (4, "四、政府信息公开行政复议和行政诉讼情况", "accepted"),
        (4, "四、政府信息公开行政复议及行政诉讼情况", "accepted"),
        (4, "四、政府信息公开行政复议行政诉讼情况", "standard"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼的情况", "accepted"),
        (4, "四、政府信息公开引发的行政复议和行政诉讼情况", "accepted"),
        (4, "四、行政复议和诉讼情况", "odd"),
        (4, "四、复议、诉讼和申诉情况", "odd"),
        (5, "五、存在主要问题及改进情况", "accepted"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况", "accepted"),
        (5, "五、存在的主要问题及改进措施", "near"),
        (5, "五、存在问题", "odd"),
        (5, "五、问题及下一步打算", "odd"),
        (6, "六、其他需要报告事项", "accepted"),
        (6, "六、其他需要说明的事项", "accepted"),
        (6, "六、其他", "odd"),
        (6, "六、其他报告的事项", "odd"),
        # slips of the pen
        (2, "二、主动公开政府信息情况况", "near"),
        (3, "三、收到和处理政府信息公开申请工情况", "near"),
        (5, "五、存在的主要问题与改进情况", "near"),
        (6, "六、其他需要汇报的事项", "near"),
        # in words of their own
        (1, "一、2022年度政务公开工作总体情况", "near"),
        (1, "一、工作概况", "odd"),
        (2, "二、行政机关主动公开政府信息的工作情况", "near"),
        (3, "三、政府信息公开申请办理情况", "odd"),
        (4, "四、因政府信息公开工作被提起行政复议及行政诉讼的情况", "near"),
        (4, "四、政府信息公开工作引起的行政复议与行政诉讼情况", "accepted"),
        (4, "四、政府信息公开行政复议", "odd"),
        (5, "五、工作中存在的突出问题及下一步整改措施", "near"),
        (5, "五、主要不足和努力方向", "odd"),
        (6, "六、其它需要说明的情况", "near"),
        # other ways to write the same
        (1, "一、 总 体 情 况", "standard"),
        (1, "一、总体情况：", "standard"),
        (1, "一．总体情况", "standard"),
        (1, "一、总体情况……………3", "standard"),
        (6, "[bookmark: _GoBack]六、其他需要报告的事项 ", "standard"),
        (2, "、主动公开政府信息情况", "standard"),
        (3, "收到和处理政府信息公开申请情况", "standard"),
        (4, "（四）政府信息公开行政复议、行政诉讼情况", "standard"),
        (4, "4.政府信息公开行政复议、行政诉讼情况", "standard"),
        (5, "## 五、存在的主要问题及改进情况", "standard"),
    ],
)
def test_title_variants(number, heading, wording):
    found = replaced(number, heading)
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert found.section(number).wording == wording
    assert [text.paragraph.text for text in found.section(number).texts] == [BODY]


@pytest.mark.parametrize(
    "mark",
    ["{0}、", "{1}.", "{1}、", "（{0}）", "({0})", "（{1}）", "第{0}部分 ", "{0}．", "", "{1}． ", "、"],
)
def test_one_way_of_numbering_throughout(mark):
    headings = [mark.format("一二三四五六"[i], i + 1) + h[2:] for i, h in enumerate(HEADINGS)]
    found = with_headings(*headings)
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert {section.wording for section in found.sections} == {"standard"}
    assert found.section(2).title == "主动公开政府信息情况"


def test_numbering_that_begins_again_in_every_list():
    found = with_headings(*(f"1. {heading[2:]}" for heading in HEADINGS))
    assert [(s.number, s.ordinal) for s in found.sections] == [(n, 1) for n in range(1, 7)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "（一）主动公开情况",
        "（二）依申请公开情况",
        "（一）主动公开情况。全年发布信息一批。",
        "（二）收到和处理政府信息公开申请情况。",
        "1.主动公开情况",
        "主动公开情况",
        "一是总体情况良好。",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量 0 0 0",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "四、结转下年度继续办理 1",
        "3.其他",
        "（六）其他处理",
        "一、加强组织领导",
        "1.加强学习",
        "本报告由总体情况、主动公开政府信息情况、其他需要报告的事项等六部分组成。",
        "二、主动公开政府信息情况见下文，三、收到和处理政府信息公开申请情况从略，其余各节依次编排在后面，这里不再重复。",
    ],
)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_text_that_is_no_heading(paragraph, number):
    parts = [TITLE]
    for ordinal, heading in enumerate(HEADINGS, 1):
        parts += [heading, BODY, *([paragraph, BODY] if ordinal == number else [])]
    found = report(*parts)
    assert outline(found) == [(n, n, "standard") for n in range(1, 7)]


def test_leaked_table_text_is_no_body_text():
    found = with_headings(
        *HEADINGS, body=("一、本年新收政府信息公开申请数量 3 0 3", "12", "（一）予以公开", BODY)
    )
    assert {text.paragraph.text for text in found.body()} == {BODY}


@pytest.mark.parametrize(
    "contents",
    [
        HEADINGS,
        tuple(heading + "\t" + str(page) for page, heading in enumerate(HEADINGS, 1)),
        tuple(heading[2:] for heading in HEADINGS),
        HEADINGS[:4],
    ],
)
@pytest.mark.parametrize("opening", [(), ("本报告依据条例编制，全文共六个部分。",)])
def test_a_list_of_contents_is_no_outline(contents, opening):
    found = with_headings(*HEADINGS, opening=(*contents, *opening))
    assert outline(found) == [(n, n, "standard") for n in range(1, 7)]
    assert all(section.texts for section in found.sections)


def test_headings_followed_by_tables_are_no_list_of_contents():
    found = report(
        TITLE, HEADINGS[1], "见表。", HEADINGS[2], table(drawn_t3()), HEADINGS[1], HEADINGS[2], BODY
    )
    assert numbers(found)[:2] == [2, 3]
    assert len(found.section(3).tables) == 1


@pytest.mark.parametrize(
    ("heading", "title", "body"),
    [
        ("一、总体情况。2024年，本局工作平稳。", "总体情况", "2024年，本局工作平稳。"),
        ("一、总体情况：2024年，本局工作平稳。", "总体情况", "2024年，本局工作平稳。"),
        ("一、总体情况 2024年，本局工作平稳。", "总体情况", "2024年，本局工作平稳。"),
        ("一、总体情况\n2024年，本局工作平稳。", "总体情况", "2024年，本局工作平稳。"),
        ("1.总体情况。2024年，本局工作平稳。", "总体情况", "2024年，本局工作平稳。"),
    ],
)
def test_text_that_runs_on_in_the_heading(heading, title, body):
    marks = HEADINGS if heading.startswith("一") else tuple(f"{n}.{h[2:]}" for n, h in enumerate(HEADINGS, 1))
    found = report(TITLE, heading, *(part for h in marks[1:] for part in (h, BODY)))
    assert found.sections[0].title == title
    (text,) = found.sections[0].texts
    assert text.paragraph.text == body
    place = text.place(0, 5)
    assert heading[place.location.start : place.location.end] == "2024年"
    assert place.section == 1


@pytest.mark.parametrize(
    ("position", "heading"),
    [
        (6, "七、下一年度工作打算"),
        (6, "七、政府信息公开收费及减免情况"),
        (6, "七、附表"),
    ],
)
def test_sections_the_form_does_not_have(position, heading):
    headings = list(HEADINGS)
    headings.insert(position, heading)
    found = with_headings(*headings)
    foreign = [section for section in found.sections if section.number is None]
    assert [(section.title, section.wording) for section in foreign] == [(heading[2:], "foreign")]
    assert [text.paragraph.text for text in foreign[0].texts] == [BODY]
    assert [text.section for text in foreign[0].texts] == [None]


def test_a_foreign_section_in_the_middle():
    headings = [*HEADINGS[:4], "五、收费及减免情况", "六、存在的主要问题及改进情况", "七、其他需要报告的事项"]
    assert outline(with_headings(*headings)) == [
        *((n, n, "standard") for n in range(1, 5)),
        (None, 5, "foreign"),
        (5, 6, "standard"),
        (6, 7, "standard"),
    ]


def test_lists_inside_sections_are_not_foreign():
    points = ("一、组织领导", "二、制度建设", "三、业务培训", "（七）平台维护", "7.档案管理")
    found = with_headings(*HEADINGS, body=(BODY, *points))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]


def test_missing_and_repeated_and_exchanged_sections():
    assert numbers(with_headings(*HEADINGS[:3], *HEADINGS[4:])) == [1, 2, 3, 5, 6]
    assert numbers(with_headings(*HEADINGS, HEADINGS[5])) == [1, 2, 3, 4, 5, 6, 6]
    exchanged = [HEADINGS[0], HEADINGS[1], HEADINGS[3], HEADINGS[2], *HEADINGS[4:]]
    assert numbers(with_headings(*exchanged)) == [1, 2, 4, 3, 5, 6]


def test_headings_told_by_the_file_without_numerals():
    titles = [*(heading[2:] for heading in HEADINGS), "下一步打算"]
    blocks = [Paragraph(TITLE, Location(paragraph=1), 1)]
    for title in titles:
        blocks.append(Paragraph(title, Location(paragraph=len(blocks) + 1), 2))
        blocks.append(Paragraph(BODY, Location(paragraph=len(blocks) + 1)))
    found = understand(Document(tuple(blocks), "html"), library())
    assert numbers(found) == [1, 2, 3, 4, 5, 6, None]


@pytest.mark.parametrize(
    "text",
    [
        "（文字描述）",
        "（文字描述，收取信息处理费情况在此处报告。）",
        "（在此处填写）",
        "【请在此填写有关情况】",
        "文字描述",
        "（ 文 字 描 述 ）",
    ],
)
def test_template_text_is_set_aside(text):
    found = with_headings(*HEADINGS, body=(text,))
    assert all(section.texts == () for section in found.sections)
    assert [len(section.placeholders) for section in found.sections] == [1] * 6
    assert list(found.body()) == []


def test_a_sentence_with_words_of_the_template_is_text():
    sentence = "按照市里的要求，本局在年报系统中认真核对了各项文字描述与数据，并由分管负责同志逐项审签。"
    assert [t.paragraph.text for t in with_headings(*HEADINGS, body=(sentence,)).section(1).texts] == [
        sentence
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("青禾县农业农村局", "2025年1月20日"),
        ("青禾县农业农村局", "2025年1月20 日"),
        ("　　　　青禾县农业农村局　", "　　2025年 1月 20日"),
        ("青禾县农业农村局2025年1月20日",),
        ("青禾县农业农村局  2025年1月20日",),
        ("青禾县农业农村局（盖章）", "2025年1月20日"),
        ("青禾县农业农村局", "二〇二五年一月二十日"),
        ("2025年1月20日", "青禾县农业农村局"),
        ("青禾县农业农村局", "2025-01-20"),
        ("2025年1月20日",),
        ("青禾县农业农村局",),
    ],
)
@pytest.mark.parametrize(
    "after",
    [(), ("附件：1.统计表", "2.名单"), ("扫一扫在手机打开当前页", "版权所有：青禾县人民政府办公室")],
)
def test_the_signature(lines, after):
    found = report(TITLE, *(part for h in HEADINGS for part in (h, BODY)), *lines, *after)
    signature = [text.paragraph.text for text in found.texts if text.role == "signature"]
    assert signature == list(lines)
    assert [text.paragraph.text for text in found.texts if text.role == "stray"] == list(after)
    assert [text.paragraph.text for text in found.section(6).texts] == [BODY]


def test_a_date_below_the_title_signs_where_the_end_does_not():
    found = report(TITLE, "2025年1月20日", "说明一段。", *(part for h in HEADINGS for part in (h, BODY)))
    assert [text.paragraph.text for text in found.texts if text.role == "signature"] == ["2025年1月20日"]
    assert [text.paragraph.text for text in found.body(0)] == ["说明一段。"]


def test_a_page_frame_before_the_title_is_stray():
    frame = ("首页 > 政务公开 > 政府信息公开年报", "发布日期：2025-01-22", "字号：大 中 小")
    found = report(*frame, TITLE, "说明一段。", *(part for h in HEADINGS for part in (h, BODY)), "- 4 -")
    assert [text.paragraph.text for text in found.texts if text.role == "stray"] == [*frame, "- 4 -"]
    assert [text.paragraph.text for text in found.body(0)] == ["说明一段。"]
    assert [text.role for text in found.texts].count("heading") == 6


@pytest.mark.parametrize(
    "blocks",
    [
        (
            "关于做好2024年政府信息公开工作年度报告编制工作的通知",
            "各乡镇人民政府：",
            "请于1月底前报送。",
            "一、总体要求",
            "二、报送时间",
        ),
        ("青禾县政府信息公开指南", "一、公开内容", "二、公开形式", "三、依申请公开"),
        ("README", "把年报放进来，再运行一次。"),
        ("青禾县农业农村局2024年工作总结", "一、总体情况", BODY, "二、下一步打算"),
        (table("姓名 | 电话\n甲 | 1\n乙 | 2"),),
    ],
)
def test_documents_of_another_kind(blocks):
    with pytest.raises(NotAReportError) as caught:
        report(*blocks)
    assert caught.value.code == "not_a_report"
    assert "已跳过" in caught.value.text


def test_an_empty_document():
    with pytest.raises(NotAReportError) as caught:
        understand(document(), library())
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    "front",
    [
        (
            "关于印发《青禾县农业农村局2024年政府信息公开工作年度报告》的通知",
            "各股室：",
            "现印发给你们。",
            "2025年1月20日",
        ),
        ("青禾县人民政府：", "现将我局年度报告随函报送，请审阅。"),
    ],
)
def test_a_report_inside_a_covering_letter_is_a_report(front):
    found = report(*front, TITLE, "说明一段。", *(part for h in HEADINGS for part in (h, BODY)))
    assert found.identity.agency == "青禾县农业农村局"
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert [text.paragraph.text for text in found.texts if text.role == "stray"] == list(front)


@pytest.mark.parametrize("gap", ["", " ", "　"])
def test_text_right_behind_a_heading(gap):
    parts = [f"{heading}{gap}2024年，本局按要求完成了有关工作。" for heading in HEADINGS]
    found = report(TITLE, *parts)
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert [text.squeezed.text for text in found.section(1).texts] == ["2024年，本局按要求完成了有关工作。"]


def test_a_longer_title_is_no_heading_with_text():
    parts = [f"{heading}的说明" for heading in HEADINGS]
    assert all(not section.texts for section in report(TITLE, *HEADINGS, *parts).sections[:5])


def test_headings_in_a_page_without_line_ends():
    page = " ".join(f"{heading} 本局按要求完成了有关工作。" for heading in HEADINGS)
    found = report(TITLE, page)
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert all(len(section.texts) == 1 for section in found.sections)


def test_a_list_of_the_parts_in_an_opening_is_no_outline():
    opening = (
        "本报告包括一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、其他。"
    )
    found = report(TITLE, opening, *(part for heading in HEADINGS for part in (heading, BODY)))
    assert len(found.sections) == 6
    assert [text.squeezed.text for text in found.body(0)] == [opening]
