"""A different kind of report is understood with other rule data alone; and nothing breaks the reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from understanding import HEADINGS, T4, TITLE, document, figures, library, load, report, table

from checker.model.errors import NotAReportError, UsageError
from checker.understand import library_from_data, understand
from checker.understand.labels import closest, label_words

FORM = {
    "form": "library-1",
    "title": "图书馆服务报告格式",
    "report_names": ["图书馆服务报告"],
    "placeholders": ["此处略"],
    "sections": [
        {"title": "开放情况"},
        {"title": "借阅情况", "table": "L1", "odd": ["借书情况"]},
        {"title": "经费情况"},
    ],
    "tables": [
        {
            "key": "L1",
            "name": "借阅表",
            "title": "借阅情况",
            "section": 2,
            "columns": [
                {"key": "adults", "label": "成人读者"},
                {"key": "children", "label": "少儿读者"},
                {"key": "sum", "label": "小计", "total": "siblings"},
            ],
            "rows": [
                {"key": "novels", "label": "小说类"},
                {"key": "science", "label": "科普类"},
                {"key": "all", "label": "全部", "total": "siblings"},
            ],
        }
    ],
}
FIELDS = {
    "fields": [
        {
            "name": "cost",
            "type": "money",
            "where": "all",
            "patterns": ["经费(?P<value>[0-9.]+)(?P<unit>万元)"],
        },
        {
            "name": "opened_on",
            "type": "date",
            "where": "all",
            "patterns": ["(?P<year>[0-9]{4})年(?P<month>[0-9]+)月(?P<day>[0-9]+)日开馆"],
        },
    ]
}
BODIES = {
    "titles": [r"^(?P<agency>\p{Han}{2,20}馆)(?P<year>20[0-9]{2})年服务报告$"],
    "agencies": ["馆$"],
    "levels": [{"level": "department", "pattern": "馆$"}],
    "tiers": [{"tier": "county", "pattern": "县"}],
}


def test_a_report_of_another_kind():
    other = library_from_data([FORM], FIELDS, BODIES)
    blocks = (
        "青禾县图书馆2024年服务报告",
        "1. 开放情况",
        "2024年3月1日开馆，累计开放300天。",
        "2. 借书情况",
        table("| 成人读者 | 少儿读者 | 小计\n小说类 | 3 | 4 | 7\n科普类 | 1 | 2 | 3\n全部 | 4 | 6 | 10"),
        "3. 经费情况",
        "全年经费1.5万元。",
    )
    found = understand(document(*blocks), other)
    assert [(s.number, s.wording) for s in found.sections] == [(1, "standard"), (2, "odd"), (3, "standard")]
    assert figures(found, "L1")["all", "sum"] == 10
    assert figures(found, "L1")["science", "children"] == 2
    assert found.form_id == "library-1"
    assert (found.identity.agency, found.identity.tier) == ("青禾县图书馆", "county")
    assert found.field("cost").value == Decimal(15000)
    assert found.field("opened_on").value == date(2024, 3, 1)
    with pytest.raises(NotAReportError) as caught:
        understand(document(TITLE, *HEADINGS), other)
    assert "图书馆服务报告" in caught.value.text


def test_an_unknown_form_is_wrong_usage():
    with pytest.raises(UsageError) as caught:
        understand(document(TITLE), library(), form="1999")
    assert "2019、2021" in str(caught.value)


def test_every_label_of_the_shipped_forms_names_one_thing():
    for form in library().forms:
        for index in form.tables.values():
            for words, targets in index.rows.targets.items():
                assert len(targets) == 1, words
            for words, targets in index.columns.targets.items():
                assert len({target.line.key for target in targets}) == 1, words
        for words, targets in form.titles.targets.items():
            assert len({section.number for section, _ in targets}) == 1, words


def test_both_shipped_forms_have_the_same_sections():
    first, second = load("forms/2019.yaml"), load("forms/2021.yaml")
    assert first["sections"] == second["sections"]
    assert first["placeholders"] == second["placeholders"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("1.属于国家秘密", "属于国家秘密"),
        ("１．属于国家秘密", "属于国家秘密"),
        ("（一）予以公开", "予以公开"),
        ("( 一 ) 予 以 公 开", "予以公开"),
        ("四、结转下年度继续办理", "结转下年度继续办理"),
        ("三、\n本\n年\n度\n办\n理\n结\n果", "本年度办理结果"),
        ("3其他", "其他"),
        ("\u200b3 其他", "其他"),
        ("①其他", "其他"),
        ("、其他", "其他"),
        ("第二十条第（一）项", "第二十条第一项"),
        ("2024年", "2024年"),
        ("1.", "1"),
        ("", ""),
    ],
)
def test_label_words(raw, words):
    assert label_words(raw) == words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("属于四类过程信息", ("属于四类过程性信息",)),
        ("属于四类", ("属于四类过程性信息",)),
        ("行政许可", ()),
        ("行政", ()),
        ("完全不同的一个标签", ()),
        ("长" * 500, ()),
    ],
)
def test_closest(words, expected):
    assert closest(words, ["属于四类过程性信息", "属于三类内部事务信息", "行政处罚", "行政强制"]) == expected


WORDS = [TITLE, *HEADINGS, *(h[2:] for h in HEADINGS), "2025年1月20日", "青禾县农业农村局", "（文字描述）"]
WORDS += [
    "一、",
    "（",
    "七、其他打算",
    "统计期限自2024年1月1日至",
    "电话：",
    "地址：（（（",
    "1.2.3.",
    "[bookmark: x]",
    "\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=20), st.just(table(T4))), max_size=25))
def test_any_paragraphs_give_a_report_or_a_reason(blocks):
    kept = [block for block in blocks if not isinstance(block, str) or block.strip()]
    try:
        found = report(*kept)
    except NotAReportError:
        return
    assert len([text for text in found.texts if text.offset == 0]) == sum(isinstance(b, str) for b in kept)
    for text in found.texts:
        assert text.role in ("title", "heading", "body", "signature", "stray")
        place = text.place(0, len(text.squeezed.text)).location
        assert 0 <= place.start <= place.end


@pytest.mark.parametrize(
    "text",
    [
        "地址：" + "（" * 20_000,
        "一、" * 20_000,
        "电话：" + "0595-" * 10_000,
        "1" * 50_000,
        "年1月1日至" * 9_000,
    ],
)
def test_hostile_paragraphs_are_read_in_linear_time(text):
    assert report(TITLE, text, *HEADINGS, text).identity.year == 2024
