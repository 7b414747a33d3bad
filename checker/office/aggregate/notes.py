"""What a reader of added tables must know: a cell as it is shown, and the notes below the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.table_words import plain
from checker.model.findings import Finding
from checker.model.season import AggregateCell
from checker.office.aggregate.adding import Totals
from checker.office.aggregate.candidates import CoDefendant, JointDocument
from checker.office.words import STATE_WORDS

_NAMED: Final = 60
"""Names in one note; the JSON result has them all."""


def cell_words(cell: AggregateCell) -> str:
    """`17`, `≥17（缺2家）`, or `缺2家` where nothing is known."""
    if cell.value is None:
        return f"缺{len(cell.missing)}家"
    value = plain(cell.value)
    return f"≥{value}（缺{len(cell.missing)}家）" if cell.lower_bound else value


def title_of(totals: Totals) -> str:
    """The title of what is written; a draft says so."""
    draft = "" if totals.aggregate.complete else "（草稿：单位没有齐，带“≥”的只是下限）"
    return f"{totals.of.name}{totals.year}年度各单位数字汇总表{draft}"


def notes_of(
    totals: Totals,
    documents: Sequence[JointDocument],
    cases: Sequence[CoDefendant],
    findings: Sequence[Finding],
) -> Iterator[str]:
    """The notes, a sentence or more each."""
    there = [part for part in totals.parts if part.figures is not None]
    yield f"由 {len(totals.parts)} 家的报告相加，有报告可计的 {len(there)} 家；按各家写的数相加，没有改动，也没有扣除。"
    if totals.absent:
        entries = [f"{part.unit.name}（{STATE_WORDS[part.state]}）" for part in totals.absent]
        yield f"没有计入 {len(entries)} 家：{_listed(entries)}。"
    partly = _partly_missing(totals)
    if partly:
        yield f"有的格没有数：{_listed(partly)}。这些格只是下限。"
    if totals.blanks:
        count = Counter(name for names in totals.blanks.values() for name in names)
        yield (
            "空白、“/”等按 0 计：" + _listed([f"{name} {number} 格" for name, number in count.items()]) + "。"
        )
    broken = [f"{part.unit.name} {part.broken} 处" for part in totals.parts if part.broken]
    if broken:
        yield f"自身加不起来、照原数计入的：{_listed(broken)}。请先请这些单位改正。"
    if documents:
        entries = [f"{one.number}（{'、'.join(one.units)}）" for one in documents]
        yield f"可能是联合发文、各计了一次的：{_listed(entries)}。请核对后自行扣除。"
    if cases:
        table = totals.form.tables["T4"]
        entries = [
            f"“{table.column_label('litigation_after_review', one.column)}”{one.unit} {plain(one.value)} 件"
            f"（同一列还有{_listed(list(one.others))}）"
            for one in cases
        ]
        yield f"同一案件只由作出原行为的单位计，下面这些可能由两家各计了一次：{_listed(entries)}。请核对后自行扣除。"
    for finding in findings:
        yield f"与已有的汇总报告核对：{finding.message}。"


def _partly_missing(totals: Totals) -> list[str]:
    """The units with a report that lacks the number of some cells, with how many."""
    absent = {part.unit.name for part in totals.absent}
    count: Counter[str] = Counter()
    for cells in totals.aggregate.tables.values():
        for cell in cells.values():
            count.update(name for name in cell.missing if name not in absent)
    return [f"{name} {number} 格" for name, number in count.items()]


def _listed(words: Sequence[str]) -> str:
    shown = "、".join(words[:_NAMED])
    return shown if len(words) <= _NAMED else f"{shown}等 {len(words)} 个"
