"""Ways to spoil a clean run: reports that are missing or another's, sums over units, lists that went stale.

The operators work as those in `checker.workbench.mutation.mutants`; nothing here knows what a form or a report says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from checker.model.numerals import parse_cell
from checker.workbench.mutation.mutants import Change, Operator
from checker.workbench.mutation.samples import Sample, cell_name, with_cells
from checker.workbench.sample_subject import Given

# ---- reports -----------------------------------------------------------------------------------------------


def _others(sample: Sample) -> Sequence[Given]:
    """The reports of the run besides its first."""
    others: Sequence[Given] = sample.given.get("others", ())
    return others


def _with_others(sample: Sample, others: Sequence[Given]) -> Given:
    return {**sample.given, "others": list(others)}


def _replaced(sample: Sample, index: int, *reports: Given) -> Given:
    """The run with other reports, or none, in the place of one."""
    others = _others(sample)
    return _with_others(sample, [*others[:index], *reports, *others[index + 1 :]])


def _missing_reports(sample: Sample) -> Iterator[Change]:
    for index, report in enumerate(_others(sample)):
        yield f"没有收到{report['agency']}的报告", _replaced(sample, index)


def _unreadable_reports(sample: Sample) -> Iterator[Change]:
    for index, report in enumerate(_others(sample)):
        yield f"{report['agency']}的报告打不开", _replaced(sample, index, {**report, "damaged": True})


def _repeated_reports(sample: Sample) -> Iterator[Change]:
    others = _others(sample)
    for report in others:
        yield f"{report['agency']}的报告交了两遍", _with_others(sample, [*others, report])


def _mistaken_reports(sample: Sample) -> Iterator[Change]:
    """Another unit's report stands in the place of one."""
    for index, report, other in _pairs(sample):
        words = f"{report['agency']}交来的是{other['agency']}的报告"
        yield words, _replaced(sample, index, other)


def _copied_figures(sample: Sample) -> Iterator[Change]:
    """A report under its own name with another unit's tables."""
    for index, report, other in _pairs(sample):
        words = f"{report['agency']}的表照抄{other['agency']}"
        yield words, _replaced(sample, index, {**report, "cells": other["cells"]})


def _pairs(sample: Sample) -> Iterator[tuple[int, Given, Given]]:
    """Each report with its index, and each of the others."""
    others = _others(sample)
    for index, report in enumerate(others):
        for other in others:
            if other is not report:
                yield index, report, other


# ---- sums over units ---------------------------------------------------------------------------------------


def _with_part(sign: int, words: str) -> Callable[[Sample], Iterator[Change]]:
    """An operator that takes one unit's table out of the whole (-1), or adds it once more (1)."""

    def apply(sample: Sample) -> Iterator[Change]:
        for part in _others(sample):
            for table in sample.form.tables.values():
                names = [cell_name(table.key, address) for address in table.addresses()]
                figures = _sums(sample.given["cells"], part["cells"], names, sign)
                if figures:
                    yield f"汇总的 {table.key} {words}{part['agency']}", with_cells(sample, figures)

    return apply


def _sums(
    whole: Mapping[str, Any], part: Mapping[str, Any], names: Sequence[str], sign: int
) -> dict[str, str]:
    """What the whole would say with a part more or less, where that differs; empty if it cannot be."""
    figures: dict[str, str] = {}
    for name in names:
        change = parse_cell(str(part.get(name, 0))).value
        if change:
            value = (parse_cell(str(whole.get(name, 0))).value or 0) + sign * change
            if value < 0:
                return {}
            figures[name] = f"{value:f}"
    return figures


# ---- lists -------------------------------------------------------------------------------------------------


def _renamed_units(sample: Sample) -> Iterator[Change]:
    """The list of units leaves out a character of a name."""
    units = sample.given.get("units", ())
    for index, unit in enumerate(units):
        place = len(unit["unit"]) // 2
        name = unit["unit"][:place] + unit["unit"][place + 1 :]
        listed = [*units[:index], {**unit, "unit": name}, *units[index + 1 :]]
        yield f"单位清单把{unit['unit']}写成{name}", {**sample.given, "units": listed}


def _entries(
    make: Callable[[Sample, Given], Iterator[tuple[str, Sequence[Given]]]],
) -> Callable[[Sample], Iterator[Change]]:
    """An operator that puts other entries in the place of each entry of the list of exceptions."""

    def apply(sample: Sample) -> Iterator[Change]:
        entries = sample.given.get("exceptions", ())
        for index, entry in enumerate(entries):
            for words, instead in make(sample, entry):
                listed = [*entries[:index], *instead, *entries[index + 1 :]]
                yield f"{entry['rule']} 的例外{words}", {**sample.given, "exceptions": listed}

    return apply


def _incomplete_entry(_sample: Sample, entry: Given) -> Iterator[tuple[str, Sequence[Given]]]:
    for key in entry:
        yield f"没有写 {key}", [{other: value for other, value in entry.items() if other != key}]


def _expired_entry(sample: Sample, entry: Given) -> Iterator[tuple[str, Sequence[Given]]]:
    until = (date.fromisoformat(sample.given["today"]) - timedelta(days=1)).isoformat()
    yield f"到 {until} 为止，没有清理", [{**entry, "until": until}]


def _misplaced_entry(_sample: Sample, entry: Given) -> Iterator[tuple[str, Sequence[Given]]]:
    yield "写成上一年度", [{**entry, "year": entry["year"] - 1}]
    yield "写成别的值", [{**entry, "value": f"{entry['value']}0"}]


def _repeated_entry(_sample: Sample, entry: Given) -> Iterator[tuple[str, Sequence[Given]]]:
    yield "列了两遍", [entry, entry]
    yield "照上一年度又列了一条", [entry, {**entry, "year": entry["year"] - 1}]


RUN_OPERATORS: Final = (
    Operator("missing_report", "缺一个单位的报告", _missing_reports, of_run=True),
    Operator("unreadable_report", "一个单位的文件损坏", _unreadable_reports, of_run=True),
    Operator("repeated_report", "同一份报告交两遍", _repeated_reports, of_run=True),
    Operator("mistaken_report", "交成别的单位的报告", _mistaken_reports, of_run=True),
    Operator("copied_figures", "表格照抄别的单位", _copied_figures, of_run=True),
    Operator("part_left_out", "汇总漏计一个单位", _with_part(-1, "漏计"), of_run=True),
    Operator("part_twice", "汇总重复计一个单位", _with_part(1, "重复计入"), of_run=True),
    Operator("renamed_unit", "清单里的单位名称漏字", _renamed_units, of_run=True),
    Operator("incomplete_exception", "例外漏写一项", _entries(_incomplete_entry), of_run=True),
    Operator("expired_exception", "例外过期", _entries(_expired_entry), of_run=True),
    Operator("misplaced_exception", "例外写错年度或值", _entries(_misplaced_entry), of_run=True),
    Operator("repeated_exception", "例外列了两遍", _entries(_repeated_entry), of_run=True),
)
"""All operators on runs, in the order of what is told about them."""
