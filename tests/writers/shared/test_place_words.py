"""How a person says a place."""

from __future__ import annotations

import pytest
import writer_samples as samples

from checker.model.document import Location
from checker.model.findings import CellChange
from checker.model.place import Place
from checker.writers.shared.places import change_place, place_words, section_heading
from checker.writers.shared.words import ordinal_word, value_words

REPORT = samples.broken_sum_report()
T3, T4 = REPORT.tables["T3"], REPORT.tables["T4"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (T3.place("S", "natural"), "第三部分 表三「（七）总计」行「自然人」列，第4页"),
        (T3.place("S"), "第三部分 表三「（七）总计」行，第4页"),
        (T3.place(None, "total"), "第三部分 表三「总计」列，第4页"),
        (T3.place(), "第三部分 表三，第4页"),
        (T4.place("review", "upheld"), "第四部分 表四「行政复议」下「结果维持」列"),
        (T4.place("review"), "第四部分 表四「行政复议」部分"),
        (Place(section=4, table="T9"), "第四部分 T9"),
        (Place(Location(paragraph=3, line=12), 0), "开头第2段，第12行"),
        (Place(Location(paragraph=5), 1), "第一部分第1段"),
        (Place(Location(paragraph=4), 1), "第一部分标题"),
        (Place(Location(paragraph=1)), "标题"),
        (Place(Location(paragraph=6)), "落款"),
        (Place(Location(paragraph=7)), "全文第7段"),
        (Place(Location(paragraph=99), 5), "第五部分，全文第99段"),
        (Place(Location(table_index=2, grid_row=27, grid_column=4), 3), "第三部分第2张表第27行第4格"),
        (Place(Location(table_index=2)), "第2张表"),
        (Place(Location(line=12)), "第12行"),
        (Place(Location(page=3, path="附件.docx"), 6), "第六部分，第3页，在“附件.docx”内"),
        (Place(section=6), "第六部分"),
        (Place(), "整篇报告"),
    ],
)
def test_place_words(place, words):
    assert place_words(place, REPORT) == words


def test_a_place_without_a_report_is_still_named():
    place = Place(Location(paragraph=3), 3, "T3", row="S", column="natural", column_label="自然人")

    assert place_words(place, None) == "第三部分 T3「S」行「自然人」列"
    assert place_words(Place(Location(paragraph=3), 0), None) == "开头，全文第3段"


def test_the_place_of_a_change_carries_the_labels_of_the_form():
    change = CellChange("T3", "S", "natural", 1, 2)

    assert change_place(change, REPORT).row_label == "（七）总计"
    assert change_place(change, None) == Place(table="T3", row="S", column="natural")


@pytest.mark.parametrize(
    ("section", "heading"),
    [(None, "整篇报告"), (0, "开头"), (1, "第一部分 总体情况"), (9, "第九部分")],
)
def test_section_heading(section, heading):
    assert section_heading(section, REPORT) == heading


@pytest.mark.parametrize(
    ("number", "word"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (100, "100")]
)
def test_ordinal_word(number, word):
    assert ordinal_word(number) == word


@pytest.mark.parametrize(
    ("value", "words"), [(None, "空白"), ("", "空白"), (0, "0"), (True, "是"), (False, "否"), ("/", "/")]
)
def test_value_words(value, words):
    assert value_words(value) == words
