"""A government with eight units: what adds up stays quiet, one wrong figure is found with its unit and cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from chains import COLUMNS, GOVERNMENT, UNITS, UNITS_FILE, Made, added, results, seeded, tree

from checker.api import check_files, load_bodies, load_rulebook, select_rules
from checker.model.findings import CheckRun, Finding
from checker.run.pipeline import CheckOptions
from checker.writers import output_named
from checker.writers.shared.options import WritingOptions

SEEDS = range(8)


def checked(reports: list[Made], folder: Path, units: str = UNITS_FILE) -> CheckRun:
    file = folder / "units.yaml"
    file.write_text(units, encoding="utf-8")
    rulebook = select_rules(load_rulebook(), ("SET", "T3"), ())
    options = CheckOptions(bodies=load_bodies(units=file))
    return check_files([report.save(folder) for report in reports], rulebook, options)


def spot(finding: Finding) -> tuple[str, str | None, str | None, str | None]:
    """File name, table, row and column."""
    place = finding.place
    return Path(place.location.path or "").name, place.table, place.row, place.column


def random_detail(random: Random) -> tuple[str, str]:
    return random.choice(results("2021")), random.choice(COLUMNS)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tree_that_adds_up_is_quiet(tmp_path, seed):
    whole, units = tree(seeded(seed))

    assert checked([whole, *units], tmp_path).findings == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_one_wrong_cell_of_a_unit_is_named_with_the_unit(tmp_path, seed):
    random = seeded(seed)
    whole, units = tree(random)
    index, (row, column) = random.randrange(len(units)), random_detail(random)
    right = units[index].tables["T3"][row, column]
    units[index] = units[index].with_cell("T3", row, column, right + random.randint(1, 30))

    (finding,) = checked([whole, *units], tmp_path).findings

    assert (finding.rule, finding.severity.value) == ("SET-04", "error")
    assert spot(finding) == (units[index].name, "T3", row, column)
    assert finding.evidence["unit"] == units[index].agency
    assert finding.evidence["year"] == 2024
    assert f"{units[index].agency}的表自身也不相符，这一格应为 {right}" in finding.message


@pytest.mark.parametrize("seed", SEEDS)
def test_one_wrong_cell_of_the_whole_is_named_with_the_whole(tmp_path, seed):
    random = seeded(seed)
    whole, units = tree(random)
    row, column = random_detail(random)
    right = whole.tables["T3"][row, column]
    whole = whole.with_cell("T3", row, column, right + random.randint(1, 30))

    (finding,) = checked([whole, *units], tmp_path).findings

    assert spot(finding) == (whole.name, "T3", row, column)
    assert finding.evidence["unit"] is None
    assert f"{GOVERNMENT}的表自身也不相符，这一格应为 {right}" in finding.message


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("times", "words"), [(0, "像是漏计了这个单位"), (2, "像是重复计入了这个单位")])
def test_a_unit_that_was_left_out_or_counted_twice_is_named(tmp_path, seed, times, words):
    random = seeded(seed)
    whole, units = tree(random)
    index = random.randrange(len(units))
    counted = [unit for unit in units if unit is not units[index]] + [units[index]] * times
    whole = replace(whole, tables={**whole.tables, "T3": added(counted)["T3"]})

    (finding,) = checked([whole, *units], tmp_path).findings

    assert finding.evidence["unit"] == units[index].agency
    assert finding.message.endswith(f"差额正好是{units[index].agency}整张表的数，{words}")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_row_and_column_are_named_where_both_sides_add_up(tmp_path, seed):
    random = seeded(seed)
    whole, units = tree(random)
    row, column = random_detail(random)
    cells = dict(whole.tables["T3"])
    for address in [(r, c) for r in (row, "S", "R1") for c in (column, "total")]:
        cells[address] += 777
    whole = replace(whole, tables={**whole.tables, "T3": cells})

    (finding,) = checked([whole, *units], tmp_path).findings

    assert spot(finding)[1] == "T3"
    assert finding.place.column == column
    assert finding.evidence["unit"] is None
    assert "差 777" in finding.message


def test_while_units_are_missing_the_sum_is_only_a_bound(tmp_path):
    whole, units = tree(seeded(1))

    found = checked([whole, *units[:5]], tmp_path).findings

    assert [(f.rule, f.evidence["count"], f.evidence["missing"]) for f in found] == [
        ("SET-01", 3, tuple(UNITS[5:]))
    ]


def test_less_than_the_known_units_is_wrong_even_while_some_are_missing(tmp_path):
    whole, units = tree(seeded(1))
    less = sum(unit.tables["T3"]["R1", "natural"] for unit in units[:5]) - 1
    whole = whole.with_cell("T3", "R1", "natural", less)

    found = [f for f in checked([whole, *units[:5]], tmp_path).findings if f.rule == "SET-04"]

    assert [(spot(f), f.evidence["difference"]) for f in found] == [((whole.name, "T3", "R1", "natural"), -1)]


def test_a_report_of_its_own_figures_only_is_not_compared(tmp_path):
    whole, units = tree(seeded(1))
    whole = replace(whole, tables=units[0].tables, opening="本报告数据仅包括本级，不含所属部门和乡镇。")

    assert checked([whole, *units], tmp_path).findings == ()


def test_where_the_scope_is_not_told_it_is_a_warning(tmp_path):
    whole, units = tree(seeded(1))
    whole = replace(whole, opening="本报告按统一格式编制。").with_cell("T3", "A", "natural", 1)

    (finding,) = checked([whole, *units], tmp_path).findings

    assert finding.severity.value == "warning"
    assert "没有写明是不是汇总全域" in finding.message


def test_fewer_documents_than_the_units_together_is_a_warning(tmp_path):
    whole, units = tree(seeded(1))
    whole = whole.with_cell("T2", "normative_documents", "valid", 3)

    (finding,) = checked([whole, *units], tmp_path).findings

    assert (finding.rule, finding.severity.value) == ("SET-10", "warning")
    assert spot(finding) == (whole.name, "T2", "normative_documents", "valid")


def test_more_documents_than_the_units_together_is_fine(tmp_path):
    whole, units = tree(seeded(1))

    assert (
        checked([whole.with_cell("T2", "normative_documents", "valid", 9999), *units], tmp_path).findings
        == ()
    )


def test_unmatched_files_are_mentioned_where_units_are_missing(tmp_path):
    whole, units = tree(seeded(1))
    (tmp_path / "坏的.docx").write_bytes(b"PK\x03\x04 broken")
    file = tmp_path / "units.yaml"
    file.write_text(UNITS_FILE, encoding="utf-8")
    paths = [report.save(tmp_path) for report in (whole, *units[:-1])]
    run = check_files(
        [*paths, tmp_path / "坏的.docx"],
        select_rules(load_rulebook(), ("SET-01",), ()),
        CheckOptions(bodies=load_bodies(units=file)),
    )

    assert (
        run.findings[0].message
        == f"2024 年度应有 9 份报告，缺 1 份：{UNITS[-1]}；另有 1 个文件读不出来，或认不出单位和年度"
    )


def test_the_list_tells_level_and_tier(tmp_path):
    whole, units = tree(seeded(1))
    listed = UNITS_FILE.replace(f"unit: {GOVERNMENT}}}", f"unit: {GOVERNMENT}, level: 管委会, tier: 地市级}}")

    result = checked([whole, *units], tmp_path, listed).results[0]

    assert (result.report.identity.level, result.report.identity.tier) == ("other", "prefecture")


def test_the_terminal_shows_the_table_that_is_likelier_wrong(tmp_path):
    whole, units = tree(seeded(1))
    right = units[1].tables["T3"]["A", "natural"]
    units[1] = units[1].with_cell("T3", "A", "natural", right + 70)

    text = "".join(output_named("text").write(checked([whole, *units], tmp_path), WritingOptions(width=200)))

    (shown,) = text.split("SET-04")[1:]
    assert f"表三「（一）予以公开」行「自然人」列，在“{(tmp_path / units[1].name).as_posix()}”内" in shown
    assert f"【{right + 70}】" in shown
