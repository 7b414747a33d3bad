"""Local files of fields and bodies: what they write is added to the built-in files by name."""

from __future__ import annotations

import pytest
from small_rulebook import BASE, faults_of

from checker.api import CheckOptions, check
from checker.rulebook.load.merged import merged_bodies, merged_fields
from checker.rulebook.store import load_rulebook

FIELDS = """\
titles: {visitors: 来访人数}
fields:
  - {name: visitors, type: number, where: all, patterns: ['来访(?P<value>[0-9]+)人']}
"""
BODIES = "levels: [{level: township, pattern: '示范区指挥部$'}]\n"


@pytest.fixture
def local(tmp_path):
    (tmp_path / "f.yaml").write_text(FIELDS, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(BODIES, encoding="utf-8")
    return load_rulebook([tmp_path])


def test_what_is_not_written_stays(local):
    fields = next(iter(local.languages.values())).fields
    built_in = next(iter(load_rulebook().languages.values())).fields
    assert {**built_in, "visitors": ("来访人数", "number")} == fields


@pytest.mark.parametrize(
    ("agency", "level"), [("某县示范区指挥部", "township"), ("某县人民政府", "government")]
)
def test_local_bodies_go_before_the_others(local, agency, level):
    text = f"{agency}2024年政府信息公开工作年度报告\n一、总体情况\n来访3人。\n"
    found = check(text.encode(), name="r.txt", rulebook=local, options=CheckOptions())
    assert found.report.identity.level == level


def test_a_field_of_the_same_name_replaces_all_entries_of_it():
    old = {
        "titles": {"a": "甲", "b": "乙"},
        "fields": [{"name": "a", "type": "text"}, {"name": "b"}, {"name": "a"}],
    }
    merged = merged_fields([old, {"fields": [{"name": "a", "type": "date"}]}])
    assert merged == {
        "titles": {"a": "甲", "b": "乙"},
        "fields": [{"name": "a", "type": "date"}, {"name": "b"}],
    }


def test_bodies_are_merged_by_what_they_are():
    old = {"levels": [1, 2], "own_names": {"words": {"x": ["y"]}, "places": "县"}, "kind": "k"}
    new = {"levels": [3, 2], "own_names": {"words": {"z": []}, "places": "市"}}
    assert merged_bodies([old, new]) == {
        "levels": [3, 2, 1],
        "own_names": {"words": {"x": ["y"], "z": []}, "places": "市"},
        "kind": "k",
    }


def test_a_field_that_nobody_names_is_a_fault():
    [fault] = faults_of({"f.yaml": FIELDS.replace("titles: {visitors: 来访人数}\n", "")})
    assert (fault.file, fault.line) == ("f.yaml", 2)
    assert "titles 里没有“visitors”的中文名" in fault.text


def test_bodies_that_no_file_completes_are_a_fault():
    name = next(name for name, text in BASE.items() if "\nlevels:" in text or text.startswith("levels:"))
    [fault] = faults_of({name: BODIES})
    assert fault.file == name
    assert "缺少“titles”、“agencies”、“tiers”" in fault.text


REPORT = """\
某县水务局2024年政府信息公开工作年度报告
本报告由办公室编制，培训1次。
一、总体情况
培训2次。
五、存在的主要问题及改进情况
培训5次。
六、其他需要报告的事项
培训6次。
某县水务局
2025年1月20日
"""
PLACES = {
    "第一部分": [2],
    "第五部分": [5],
    "第五部分、第六部分": [5, 6],
    "开头、第六部分": [1, 6],
    "正文": [1, 2, 5, 6],
    "全文": [1, 2, 5, 6],
    "落款": [],
    "第三部分": [],
}


@pytest.mark.parametrize("where", PLACES)
def test_a_field_is_looked_for_where_its_file_says(where, tmp_path):
    text = FIELDS.replace("type: number, where: all", f"type: count, where: {where}").replace(
        "来访(?P<value>[0-9]+)人", "培训(?P<value>[0-9]+)次"
    )
    (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
    found = check(
        REPORT.encode(), name="r.txt", rulebook=load_rulebook([tmp_path]), options=CheckOptions()
    ).report
    assert [field.value for field in found.fields.get("visitors", ())] == PLACES[where]
