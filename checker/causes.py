"""One cause, one finding: broken sums that one slip explains become one finding.

The solver says which cells must be wrong; the finding stands under the first rule in table order, the
others are named in its `explains`. Only what is certain is asserted; else the likeliest candidates are
listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from checker.findings import CellChange, Finding, Related, Rival, Suggestion
from checker.kinds.base import Breach
from checker.numerals import CellState
from checker.records import dataclass, replace
from checker.report import Report, ReportTable
from checker.solver import Answer, CellKey, Explanation, Identity, Number, TableLayout, explain

_TOLD_ANSWERS: Final = 3
_TOLD_SUMS: Final = 6


@dataclass(frozen=True, slots=True)
class BrokenSum:
    """A breach about a sum with the finding it would make; `order` is the place of its rule in table order."""

    order: int
    breach: Breach
    identity: Identity
    finding: Finding


def merge_sums(report: Report, broken: Sequence[BrokenSum], held: Sequence[Identity]) -> list[Finding]:
    """Findings for broken sums, one for each cause.

    Args:
        report: the report with its tables.
        broken: all broken sums.
        held: all sums that hold.
    """
    findings: list[Finding] = []
    for key, table in report.tables.items():
        own = {one.identity.name: one for one in broken if one.identity.terms[0][0][0] == key}
        if own:
            sound = [identity for identity in held if identity.terms[0][0][0] == key]
            findings.extend(_merge_table(table, own, sound))
    return findings


def _merge_table(
    table: ReportTable, broken: Mapping[str, BrokenSum], held: Sequence[Identity]
) -> list[Finding]:
    identities = [*(one.identity for one in broken.values()), *held]
    keys = {cell for identity in identities for cell, _ in identity.terms}
    values: dict[CellKey, Number | None] = {}
    for cell_key in keys:
        cell = table.cell(cell_key[1], cell_key[2])
        values[cell_key] = cell.value if cell.state is not CellState.BLANK else None
    explanations = explain(identities, values, [_layout(table)])
    return [_finding(table, [broken[name] for name in one.identities], one) for one in explanations]


def _layout(table: ReportTable) -> TableLayout:
    form = table.form
    return TableLayout(
        table=form.key,
        rows=tuple(form.rows),
        columns=tuple(form.columns),
        total_rows=frozenset(s.total for s in form.sums if s.axis == "rows"),
        total_columns=frozenset(s.total for s in form.sums if s.axis == "columns"),
    )


def _finding(table: ReportTable, broken: list[BrokenSum], explanation: Explanation) -> Finding:
    """One finding for one explanation: the first sum speaks, the others are explained by it."""
    ordered = sorted(broken, key=lambda one: one.order)
    first = ordered[0].finding
    suggestion = _suggestion(table, explanation)
    place = first.place
    if explanation.assertable and len(explanation.answers[0].changes) == 1:
        _, row, column = explanation.answers[0].changes[0].cell
        place = table.place(row, column)
    others = [one.finding for one in ordered[1:]]
    related = list(first.related)
    seen = {(r.place.table, r.place.row, r.place.column) for r in related}
    for other in others:
        cell = (other.place.table, other.place.row, other.place.column)
        if cell not in seen:
            seen.add(cell)
            related.append(
                Related(other.place, table.cell(other.place.row or "", other.place.column or "").value)
            )
    return replace(
        first,
        place=place,
        related=tuple(related),
        evidence={**first.evidence, **_more_sums(others)},
        explains=tuple(dict.fromkeys(other.rule for other in others if other.rule != first.rule)),
        suggestion=suggestion or first.suggestion,
    )


def _more_sums(others: Sequence[Finding]) -> dict[str, str]:
    """The other sums that the same cause breaks, in words."""
    if not others:
        return {}
    words = [f"{other.evidence['line']}：{other.evidence['formula']}" for other in others[:_TOLD_SUMS]]
    more = f"；……共 {len(others)} 处" if len(others) > _TOLD_SUMS else ""
    return {"also": "；".join(words) + more}


def _suggestion(table: ReportTable, explanation: Explanation) -> Suggestion | None:
    """What to change: asserted only if it is certain; candidates else; for too many, doubt the reading."""
    answers = explanation.answers
    if explanation.gave_up or not answers:
        return Suggestion(
            text="涉及的格子较多，推不出唯一的原因：请逐行逐列核对；如与原文不符，可能是表格读取有误。"
        )
    best = answers[0]
    cells = _changes(best)
    if explanation.assertable:
        words = "，".join(_change_words(table, change) for change in cells)
        return Suggestion(f"{words}。", cells, unique=True, pattern=_family(best))
    told = answers[:_TOLD_ANSWERS]
    options = [
        f"（{number}）{'、'.join(_change_words(table, c) for c in _changes(a))}"
        for number, a in enumerate(told, 1)
    ]
    more = f"（还有 {len(answers) - len(told)} 种）" if len(answers) > len(told) else ""
    text = (
        f"最省的解释有几种，请对照原始数据：{'；'.join(options)}{more}。"
        if len(answers) > 1
        else f"最省的解释：{options[0][3:]}，请对照原始数据。"
    )
    rivals = tuple(Rival(_changes(answer), answer.cost) for answer in told[1:])
    return Suggestion(text, cells, unique=False, rivals=rivals, pattern=_family(best))


def _family(answer: Answer) -> str | None:
    return answer.pattern.family if answer.pattern else None


def _changes(answer: Answer) -> tuple[CellChange, ...]:
    return tuple(CellChange(*change.cell, change.current, change.proposed) for change in answer.changes)


def _change_words(table: ReportTable, change: CellChange) -> str:
    where = f"“{table.form.row_label(change.row)}”行“{table.form.column_label(change.row, change.column)}”列"
    if change.current is None:
        return f"{where}空白，应为 {change.proposed}"
    return f"{where}应为 {change.proposed}（现为 {change.current}）"
