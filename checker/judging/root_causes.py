"""One cause, one finding: broken sums that one slip explains become one finding.

The solver says which cells must be wrong; the finding stands under the first rule in table order, the
others are named in its `explains`. Only what is certain is asserted; else the likeliest candidates are
listed. A figure known from elsewhere (the text, last year's report) bears witness, and a finding that says
no more than that the wrong cell differs from such a figure is explained as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.judging.judgement import Breach, Witness
from checker.judging.slip_words import changes_words, slip_words
from checker.judging.sum_causes import explain_sums
from checker.model.findings import CellChange, Finding, Rival, Suggestion
from checker.model.place import Place, Related
from checker.model.report import Report, ReportTable
from checker.solver import Answer, CellKey, Explanation, Number, SlipKind, SumIdentity
from checker.startup.records import dataclass, replace

_ANSWERS_LISTED: Final = 3
_SUMS_LISTED: Final = 6


@dataclass(frozen=True, slots=True)
class BrokenSum:
    """A breach about a sum with the finding it would make; `order` is the place of its rule in table order."""

    order: int
    breach: Breach
    identity: SumIdentity
    finding: Finding

    @property
    def table(self) -> str:
        """Key of the table."""
        return self.identity.terms[0][0][0]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The finding that a cell differs from a figure known from elsewhere."""

    witness: Witness
    finding: Finding


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known besides the broken sums.

    Attributes:
        held: all sums that hold.
        agreed: figures known from elsewhere that agree with their cells.
        contradictions: those that do not, with their findings.
    """

    held: Sequence[SumIdentity] = ()
    agreed: Sequence[Witness] = ()
    contradictions: Sequence[Contradiction] = ()


def merge_sums(report: Report, broken: Sequence[BrokenSum], known: Evidence) -> list[Finding]:
    """Findings for broken sums, one for each cause, and the contradictions that none of them explains.

    Args:
        report: the report with its tables.
        broken: all broken sums.
        known: what else is known.
    """
    findings: list[Finding] = []
    left = list(known.contradictions)
    witnesses = _witnesses(known)
    for key, table in report.tables.items():
        own = {one.identity.name: one for one in broken if one.table == key}
        if not own:
            continue
        sound = [identity for identity in known.held if identity.terms[0][0][0] == key]
        identities = [*(one.identity for one in own.values()), *sound]
        for explanation in explain_sums(table, identities, witnesses):
            same_cause = [one for one in left if _is_explained(one.witness, explanation)]
            left = [one for one in left if one not in same_cause]
            sums = [own[name] for name in explanation.identities]
            findings.append(_finding(table, sums, explanation, [one.finding for one in same_cause]))
    return findings + [one.finding for one in left]


def _witnesses(known: Evidence) -> dict[CellKey, Number]:
    """Figures known from elsewhere; a cell for which they differ has none."""
    values: dict[CellKey, set[Number]] = {}
    for witness in (*known.agreed, *(one.witness for one in known.contradictions)):
        values.setdefault(witness.cell, set()).add(witness.value)
    return {cell: next(iter(figures)) for cell, figures in values.items() if len(figures) == 1}


def _is_explained(witness: Witness, explanation: Explanation) -> bool:
    """Whether the explanation, told as a fact, gives the cell the value that the witness says."""
    return explanation.assertable and any(
        change.cell == witness.cell and change.proposed == witness.value
        for change in explanation.answers[0].changes
    )


def _finding(
    table: ReportTable, broken: list[BrokenSum], explanation: Explanation, same_cause: list[Finding]
) -> Finding:
    """One finding for one explanation: the first sum speaks, the others are explained by it."""
    ordered = sorted(broken, key=lambda one: one.order)
    first = ordered[0].finding
    place = first.place
    if explanation.assertable:
        place = _place_of(table, _changes(explanation.answers[0]))
    elif explanation.gave_up and len(ordered) > 1:
        place = table.place()
    other_sums = [one.finding for one in ordered[1:]]
    others = [*other_sums, *same_cause]
    related = list(first.related)
    seen = {(r.place.table, r.place.row, r.place.column) for r in related}
    for other in others:
        cell = (other.place.table, other.place.row, other.place.column)
        if cell not in seen:
            seen.add(cell)
            value = table.cell(other.place.row or "", other.place.column or "").value
            related.append(Related(other.place, value))
    return replace(
        first,
        place=place,
        related=tuple(related),
        evidence={**first.evidence, **_evidence_of_others(other_sums, same_cause)},
        explains=tuple(dict.fromkeys(other.rule for other in others if other.rule != first.rule)),
        suggestion=_suggestion(table, explanation),
    )


def _place_of(table: ReportTable, changes: Sequence[CellChange]) -> Place:
    """The cell, the row or the column that all changes lie in, else the first cell."""
    rows = list(dict.fromkeys(change.row for change in changes))
    columns = list(dict.fromkeys(change.column for change in changes))
    if len(changes) == 1 or (len(rows) > 1 and len(columns) > 1):
        return table.place(rows[0], columns[0])
    where = table.place(rows[0], columns[0])
    lines = table.place(rows[0] if len(rows) == 1 else None, columns[0] if len(columns) == 1 else None)
    return replace(lines, location=where.location)


def _evidence_of_others(sums: Sequence[Finding], same_cause: Sequence[Finding]) -> dict[str, str]:
    """What else the same cause breaks, in words: sums by their line and figures, the rest by its message."""
    words = [f"{one.rule} {one.evidence['line']}：{one.evidence['formula']}" for one in sums[:_SUMS_LISTED]]
    if len(sums) > _SUMS_LISTED:
        words.append(f"……等 {len(sums)} 处")
    words += [f"{one.rule} {one.message}" for one in same_cause]
    return {"also": "；".join(words)} if words else {}


def _suggestion(table: ReportTable, explanation: Explanation) -> Suggestion:
    """What to change: asserted only if it is certain; candidates else; for too many, doubt the reading."""
    answers = explanation.answers
    if explanation.gave_up or not answers:
        return Suggestion(_reading_in_question(answers), pattern=_family(answers[0]) if answers else None)
    best = answers[0]
    if explanation.assertable:
        return Suggestion(
            f"{_answer_words(table, best)}。", _changes(best), unique=True, pattern=_family(best)
        )
    listed = answers[:_ANSWERS_LISTED]
    rivals = tuple(Rival(_changes(answer), answer.cost) for answer in listed[1:])
    if len(answers) == 1:
        text = f"最省的解释：{_answer_words(table, best)}。请对照原始数据核实。"
    else:
        options = [f"（{number}）{_answer_words(table, answer)}" for number, answer in enumerate(listed, 1)]
        count = f"有 {len(answers)} 种" + ("，先列三种" if len(answers) > len(listed) else "")
        text = f"最省的解释{count}，请对照原始数据选定：{'；'.join(options)}。"
    return Suggestion(text, _changes(best), unique=False, rivals=rivals, pattern=_family(best))


def _reading_in_question(answers: Sequence[Answer]) -> str:
    if answers and answers[0].slip is SlipKind.TABLE_SHIFTED:
        return "各行的数像是整体错开了一格：可能是表格读取或粘贴时错位，请先对照原表的行和列。"
    return "要改的格子多，推不出唯一的原因：可能是表格读取有误（错行、错列、漏行），请先对照原表，再逐行逐列核对。"


def _answer_words(table: ReportTable, answer: Answer) -> str:
    """What to write, and which slip it looks like."""
    changes = _changes(answer)
    slip = slip_words(table, answer.slip, changes)
    return changes_words(table, changes) + (f"，像是{slip}" if slip else "")


def _family(answer: Answer) -> str | None:
    return answer.slip.family if answer.slip else None


def _changes(answer: Answer) -> tuple[CellChange, ...]:
    return tuple(CellChange(*change.cell, change.current, change.proposed) for change in answer.changes)
