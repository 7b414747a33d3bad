"""Tables of the form with labels written otherwise, and with noise around them."""

from __future__ import annotations

import re

import pytest
from drawn_tables import T3_2021, WAYS, as_read
from hypothesis import given, settings
from hypothesis import strategies as st
from understanding import (
    T2_2019,
    T2_2021,
    T4,
    document,
    drawn_t3,
    figures,
    in_section,
    library,
    report,
    table,
)

from checker.model.numerals import CellState
from checker.understand import understand


def test_tables_are_found_without_their_headings():
    found = report("某报告", "开头一段。", table(T2_2021), table(drawn_t3()), table(T4))
    assert set(found.tables) == {"T2", "T3", "T4"}
    assert figures(found, "T3") == T3_2021


@pytest.mark.parametrize(
    ("second", "third", "form_id", "form"),
    [
        (T2_2019, drawn_t3("2019"), "2019", "2019"),
        (T2_2021, drawn_t3("2021"), "2021", "2021"),
        (T2_2019, drawn_t3("2021"), "mixed", "2021"),
        (T2_2021, drawn_t3("2019"), "mixed", "2021"),
        (T2_2019, None, "2019", "2019"),
        (None, drawn_t3("2019"), "2019", "2019"),
        (None, None, None, "2021"),
    ],
)
def test_the_form_is_told_by_the_tables(second, third, form_id, form):
    parts = ["青禾县农业农村局2024年政府信息公开工作年度报告", "二、主动公开政府信息情况"]
    parts += [table(second)] if second else ["见附件。"]
    parts += ["三、收到和处理政府信息公开申请情况", *([table(third)] if third else ["见附件。"])]
    parts += ["四、政府信息公开行政复议、行政诉讼情况", *([table(T4)] if second or third else [])]
    found = report(*parts)
    assert (found.form_id, found.form.id) == (form_id, form)
    if second or third:
        assert found.tables["T4"].form_id == form


def test_table_four_alone_follows_the_year():
    blocks = ("四、政府信息公开行政复议、行政诉讼情况", table(T4))
    assert report("青禾县教育局2020年政府信息公开工作年度报告", *blocks).form_id == "2019"
    assert report("青禾县教育局2024年政府信息公开工作年度报告", *blocks).form_id == "2021"


def test_the_form_can_be_prescribed():
    found = understand(document("二、主动公开政府信息情况", table(T2_2019)), library(), form="2021")
    assert (found.form_id, found.form.id) == ("2021", "2021")
    assert found.tables["T2"].cell("regulations", "made").state is CellState.MISSING
    assert found.tables["T2"].cell("penalties", "decisions").value == 15


def test_values_keep_their_place():
    found = in_section(3, table(drawn_t3()))
    place = found.tables["T3"].place("A", "other")
    assert (place.location.grid_row, place.location.grid_column) == (6, 9)
    assert (place.row_label, place.column_label, place.excerpt) == ("（一）予以公开", "其他", "20")


NOISE = st.sampled_from(["", " ", "　", "\n", "\u200b", " \n "])


MARKS = st.sampled_from(["{}.", "{}、", "（{}）", "({})", "{} ", "{}．", ""])


@settings(max_examples=40, deadline=None)
@given(data=st.data(), way=st.sampled_from(WAYS))
def test_label_noise_changes_nothing(data, way):
    def noisy(match: re.Match[str]) -> str:
        numeral, words = match[1], match[2]
        gaps = data.draw(st.lists(NOISE, min_size=3, max_size=3))
        cut = data.draw(st.integers(0, len(words)))
        spaced = gaps[0] + words[:cut] + gaps[1] + words[cut:] + gaps[2]
        return data.draw(MARKS).format(numeral) + spaced.replace("\n", "/n")

    drawing = re.sub(r"(\d)\.([^\d|]+?)(?= \|)", noisy, drawn_t3())
    assert figures(in_section(3, as_read(drawing, way)), "T3") == T3_2021


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "0", "7", "总计", "其他", "自然人", "规章", "一、", "行政复议", "x", "<", "^"]
            ),
            max_size=9,
        ),
        max_size=9,
    ),
    st.booleans(),
)
def test_no_table_breaks_the_reader(rows, aligned):
    drawing = "\n".join(" | ".join(row) for row in rows)
    for number in (2, 3, 4):
        found = in_section(number, table(drawing, aligned=aligned))
        for form_table in found.tables.values():
            assert set(form_table.cells) == set(form_table.form.addresses())
