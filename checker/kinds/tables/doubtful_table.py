"""`doubtful_table`: 表格读得可疑."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.judging.sum_causes import explain_sums
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.tables.quality import TableQuality, quality_of
from checker.model.document import UNRULED_TABLE, Document
from checker.model.place import Scalar
from checker.model.report import ReportTable
from checker.model.text import label_key
from checker.solver import SlipKind

_FEWEST_SHIFTED: Final = 5
"""Sums that must be broken before the figures of a whole table are said to stand one cell too far."""


_FEWEST_BROKEN: Final = 8
_FEWEST_UNREADABLE: Final = 5
_FEWEST_FUSED: Final = 2
_SHORTEST_LABEL: Final = 4
_WORD_FILES: Final = frozenset(("docx", "doc", "wps", "odt", "rtf"))
_SAVE_AS_WORD: Final = "把 Word、WPS 原文另存为 .docx "
_REDRAW: Final = "把它改成规则的表格（有框线、每格一个数、不在表里套表）"


def compile_doubtful_table(_options: Options, _language: Language) -> Judge:
    """Each table of the form can have been read rightly.

    `rows` if names of missing rows stand in rows together with other words (one is enough in a file with
    tables whose columns no lines show), `shifted` if its figures stand one
    cell too far, `sums` if at least half of its sums do not hold without any small slip that explains it,
    `cells` if a third of its cells hold words.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        unruled = any(note.code == UNRULED_TABLE for note in subject.report.document.notes)
        fewest_fused = 1 if unruled else _FEWEST_FUSED
        for key, table in subject.report.tables.items():
            quality = quality_of(subject, table)
            fused = _fused_rows(table)
            variant = "rows" if fused >= fewest_fused else _doubt(table, quality)
            if variant is None:
                yield None
                continue
            evidence: dict[str, Scalar] = {
                "table": table.form.name,
                "key": key,
                "broken": len(quality.broken),
                "sums": len(quality.broken) + len(quality.held),
                "unreadable": quality.unreadable[0],
                "fused": fused,
            }
            yield Breach(table.place(), evidence, variant, words={"again": _again(subject.report.document)})

    return judge


def _again(document: Document) -> str:
    """What lets a table be read rightly that is right in the original."""
    return _REDRAW if document.format in _WORD_FILES else _SAVE_AS_WORD


def _fused_rows(table: ReportTable) -> int:
    """How many unknown rows have the label of a row that is missing within theirs.

    Authors leave rows out or name them wrongly; only reading runs a label and its neighbours together.
    """
    missing = [
        words
        for key, line in table.form.rows.items()
        if key not in table.row_labels and len(words := label_key(line.label)) >= _SHORTEST_LABEL
    ]
    unknown = [label_key(label) for label, _ in table.unknown_rows]
    return sum(any(words in label for words in missing) for label in unknown)


def _doubt(table: ReportTable, quality: TableQuality) -> str | None:
    unreadable, cells = quality.unreadable
    if table.state == "filled" and unreadable >= _FEWEST_UNREADABLE and 3 * unreadable >= cells:
        return "cells"
    if len(quality.broken) < _FEWEST_SHIFTED:
        return None
    unexplained = 0
    for explanation in explain_sums(table, [*quality.broken, *quality.held]):
        if not explanation.gave_up:
            continue
        if explanation.answers and explanation.answers[0].slip is SlipKind.TABLE_SHIFTED:
            return "shifted"
        unexplained += len(explanation.identities)
    if unexplained < _FEWEST_BROKEN:
        return None
    telling = sum(
        any(table.cell(row, column).value for (_, row, column), _ in one.terms)
        for one in (*quality.broken, *quality.held)
    )
    return "sums" if 2 * unexplained >= telling else None


KIND: Final = Kind(
    title="表格读得可疑",
    about="表格没有读错的迹象：错行、错列、大半合计不对、格子里是文字。",
    compile=compile_doubtful_table,
    options=options_schema(),
    evidence=("table", "key", "broken", "sums", "unreadable", "fused", "again"),
    variants=("rows", "shifted", "sums", "cells"),
    looks_at=LooksAt.READING,
    skeleton=r"""
title: 表格没有读错
check: {}
message: "{table}读取可疑：{sums} 个合计有 {broken} 个不成立"
examples:
  - {name: 读得对, expect: pass, given: {cells: {"T4[review, upheld]": 1, "T4[review, total]": 1}}}
  - {name: 大半是文字, expect: fail, given: {cells: {"T4[review, upheld]": 甲, "T4[review, corrected]": 乙, "T4[review, other]": 丙, "T4[review, pending]": 丁, "T4[review, total]": 戊}}, findings: [{place: T4, evidence: {unreadable: 5}}]}
""",
)
