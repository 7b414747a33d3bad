"""Former names and units: which names are one body, and the files that say so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from package_files import pack, rows, xlsx

from checker.model.bodies import Bodies, Rename, Unit
from checker.model.errors import UsageError
from checker.rulebook.store import load_rulebook
from checker.settings.body_files import load_renames, load_units

VOCABULARY = load_rulebook().vocabulary

RENAMES = (
    Rename("沅平县国土资源局", "沅平县自然资源和规划局", 2019),
    Rename("沅平县自然资源和规划局", "沅平县自然资源局", 2022),
    Rename("沅平县草原站", "沅平县林业局"),
)


@pytest.mark.parametrize(
    ("name", "year", "same_as"),
    [
        ("沅平县国土资源局", 2018, "沅平县自然资源局"),
        ("沅平县自然资源和规划局", 2021, "沅平县自然资源局"),
        ("沅平县 自然资源局", 2023, "沅平县自然资源局"),
        ("沅平县草原站", 2023, "沅平县林业局"),
        ("沅平县国土资源局", 2020, "沅平县国土资源局"),  # still used after the change: another body
    ],
)
def test_names_of_one_body(name, year, same_as):
    assert Bodies(RENAMES).key(name, year) == same_as


def test_renames_in_a_circle_end():
    bodies = Bodies((Rename("甲局", "乙局"), Rename("乙局", "甲局")))

    assert bodies.key("甲局", 2023) in {"甲局", "乙局"}


UNITS = (
    Unit("沅平县人民政府", level="government", tier="county"),
    Unit("沅平县财政局", "沅平县人民政府", aliases=("沅平县国有资产管理局",)),
    Unit("沅平县河西区财政局", "沅平县人民政府"),
    Unit("沅平县石桥镇人民政府", "沅平县人民政府"),
)


@pytest.mark.parametrize(
    ("agency", "unit"),
    [
        ("沅平县财政局", "沅平县财政局"),
        ("沅平县国有资产管理局", "沅平县财政局"),
        ("石桥镇人民政府", "沅平县石桥镇人民政府"),
        ("某市沅平县人民政府", "沅平县人民政府"),
        ("财政局", None),  # the end of several names
        ("区财政局", "沅平县河西区财政局"),
        ("局", None),
        ("沅平县水利局", None),
        (None, None),
    ],
)
def test_a_report_is_found_in_the_list(agency, unit):
    found = Bodies(units=UNITS).unit(agency)

    assert (found.name if found else None) == unit


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("沅平县财政局", "沅平县 财政局", True),
        ("沅平县财政局", "财政局", False),  # too short to tell
        ("沅平县自然资源局", "自然资源局", True),
        ("沅平县财政局", "沅平县国有资产管理局", True),  # an alias in the list
        ("沅平县财政局", "沅平县水利局", False),
        ("沅平县国土资源局", "沅平县自然资源局", False),  # a renaming stays one
    ],
)
def test_names_that_are_one_name(first, second, one):
    bodies = Bodies(RENAMES, UNITS)

    assert bodies.is_one_name(first, second) is one
    assert bodies.is_one_name(second, first) is one


def test_children_come_in_the_order_of_the_list():
    bodies = Bodies(units=UNITS)

    assert [unit.name for unit in bodies.children(UNITS[0])] == [unit.name for unit in UNITS[1:]]
    assert bodies.children(UNITS[1]) == []


def saved(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_renames_are_read(tmp_path):
    text = "renames:\n  - {old: 甲局, new: 乙局, year: 2022}\n  - {old: 丙局, new: 乙局}\n"

    assert load_renames(saved(tmp_path, "r.yaml", text)) == (
        Rename("甲局", "乙局", 2022),
        Rename("丙局", "乙局"),
    )


def test_units_are_read_from_yaml_with_chinese_words(tmp_path):
    text = (
        "units:\n"
        "  - {unit: 沅平县人民政府, level: 政府, tier: 县级}\n"
        "  - {unit: 沅平县财政局, parent: 沅平县人民政府, level: department, aliases: [财政局]}\n"
    )

    assert load_units(saved(tmp_path, "u.yaml", text), VOCABULARY) == (
        Unit("沅平县人民政府", None, "government", "county"),
        Unit("沅平县财政局", "沅平县人民政府", "department", None, ("财政局",)),
    )


def sheet(*lines: tuple[str, ...]) -> bytes:
    return xlsx(rows(*([text or None for text in line] for line in lines)))


def test_what_an_office_adds_in_yaml(tmp_path):
    text = (
        "units:\n"
        "  - {unit: 沅平县财政局, due: 2025-01-25, 联系人: 钱某, 电话: 5550126, exempt: false}\n"
        "  - {unit: 沅平县国资局, exempt: true, same_as: 沅平县财政局, joint: true}\n"
    )
    one, two = load_units(saved(tmp_path, "u.yaml", text), VOCABULARY)

    assert (one.due, one.exempt, one.more) == (date(2025, 1, 25), None, {"联系人": "钱某", "电话": "5550126"})
    assert (two.exempt, two.same_as, two.joint) == ("清单写明免报", "沅平县财政局", True)


def test_a_list_may_be_a_single_column(tmp_path):
    data = sheet(("单位",), ("沅平县财政局",), ("沅平县民政局",))

    assert [unit.name for unit in load_units(saved(tmp_path, "u.xlsx", data), VOCABULARY)] == [
        "沅平县财政局",
        "沅平县民政局",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_units_are_read_from_csv_with_what_an_office_adds(tmp_path, encoding):
    text = (
        "单位,上级,到期日,免报,合并公布,一套班子,联系人\r\n"
        "沅平县人民政府,,,,,,赵某\r\n"
        '沅平县财政局,沅平县人民政府,2025/1/25,否,,沅平县国资局,"钱某,孙某"\r\n'
        "沅平县国资局,沅平县人民政府,,是,是,,\r\n"
    )
    one, two, three = load_units(saved(tmp_path, "u.csv", text.encode(encoding)), VOCABULARY)

    assert (one.due, one.exempt, one.joint, one.more) == (None, None, False, {"联系人": "赵某"})
    assert (two.due, two.exempt, two.same_as) == (date(2025, 1, 25), None, "沅平县国资局")
    assert two.more == {"联系人": "钱某,孙某"}
    assert (three.exempt, three.joint) == ("清单写明免报", True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("沅平县财政局,二月底,,", "u.csv:2:1 看不懂到期日“二月底”"),
        ("沅平县财政局,,也许,", "“合并公布”只能写“是”或不写"),
        ("沅平县财政局,,,沅平县林业局", "一套班子的“沅平县林业局”不在清单里"),
    ],
)
def test_faults_of_what_an_office_adds(tmp_path, row, words):
    data = f"单位,到期日,合并公布,一套班子\n{row}\n".encode()

    with pytest.raises(UsageError) as caught:
        load_units(saved(tmp_path, "u.csv", data), VOCABULARY)

    assert words in str(caught.value)


def test_units_are_read_from_a_spreadsheet(tmp_path):
    data = sheet(
        ("序号", "单位名称", "上级单位", "类别", "别名"),
        ("1", "沅平县人民政府", "", "政府", ""),
        ("2", "沅平县财政局", "沅平县人民政府", "部门", "财政局、国资局"),
    )

    assert load_units(saved(tmp_path, "u.xlsx", data), VOCABULARY) == (
        Unit("沅平县人民政府", None, "government", more={"序号": "1"}),
        Unit("沅平县财政局", "沅平县人民政府", "department", None, ("财政局", "国资局"), more={"序号": "2"}),
    )


FAULTS = {
    "units:\n  - {unit: 甲局}\n  - {unit: 甲局}\n": "u.yaml:3:5 “甲局”写了两次",
    "units:\n  - {unit: 甲局, parent: 乙局}\n": "u.yaml:2:5 上级“乙局”不在清单里",
    "units:\n  - {unit: 甲局, parent: 乙局}\n  - {unit: 乙局, parent: 甲局}\n": "“甲局”的上级绕回了它自己",
    "units:\n  - {unit: 甲局, level: 科}\n": "u.yaml:2:",
    "units: []\n": "u.yaml:1:",
    "": "文件是空的",
    "units:\n  - {unit: [甲局}\n": "u.yaml:2:",
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults_of_a_list_are_told_with_their_line(tmp_path, text):
    with pytest.raises(UsageError) as caught:
        load_units(saved(tmp_path, "u.yaml", text), VOCABULARY)

    assert str(caught.value).startswith("单位清单有")
    assert FAULTS[text] in str(caught.value)


ODS = pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})
SHEET_FAULTS = {
    "没有表头": (sheet(("甲", "乙"), ("丙", "丁")), "没有表头为“单位、上级、类别、层级”的表格"),
    "类别看不懂": (sheet(("单位", "类别"), ("甲局", "科室")), "u.xlsx:2:1 看不懂“科室”"),
    "上级不在": (sheet(("单位", "上级"), ("甲局", "乙局")), "u.xlsx:2:1 上级“乙局”不在清单里"),
    "不是表格": (b"PK\x03\x04 broken", "读不出来"),
    "LibreOffice 的表格": (ODS, "请另存为 .xlsx 或 .csv。"),
}


@pytest.mark.parametrize("name", SHEET_FAULTS)
def test_faults_of_a_spreadsheet_are_told_with_their_row(tmp_path, name):
    data, words = SHEET_FAULTS[name]

    with pytest.raises(UsageError) as caught:
        load_units(saved(tmp_path, "u.xlsx", data), VOCABULARY)

    assert words in str(caught.value)


RENAME_FAULTS = {
    "renames:\n  - {old: 甲局, new: 甲 局}\n": "新旧名称相同",
    "renames:\n  - {old: 甲局, new: 乙局}\n  - {old: 甲局, new: 丙局}\n": "“甲局”写了两次",
    "renames:\n  - {old: 甲局}\n": "r.yaml:2:",
}


@pytest.mark.parametrize("text", RENAME_FAULTS)
def test_faults_of_renames_are_told(tmp_path, text):
    with pytest.raises(UsageError) as caught:
        load_renames(saved(tmp_path, "r.yaml", text))

    assert RENAME_FAULTS[text] in str(caught.value)


def test_a_list_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"单位清单“.*没有\.yaml”打不开"):
        load_units(tmp_path / "没有.yaml", VOCABULARY)


def test_a_list_in_another_encoding_is_told(tmp_path):
    with pytest.raises(UsageError, match="不是 UTF-8 编码"):
        load_renames(saved(tmp_path, "r.yaml", "renames: [{old: 甲局, new: 乙局}]".encode("gb18030")))
