"""`noted`: 读取时的提示."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import listing
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import NOTE_CODES, choice, options_schema
from checker.model.numerals import numeral
from checker.model.place import Place, Scalar
from checker.model.report import Report, ReportTable


def compile_noted(options: Options, _language: Language) -> Judge:
    """The reader noticed nothing of a certain sort: each note with one of the `notes` codes is a breach.

    With `when_incomplete` only if sections or tables of the form were not found, or with `rows` rows of its
    tables, which may be in what the note is about; several notes then make one breach.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        report = subject.report
        noted = [note for note in report.document.notes if note.code in options["notes"]]
        if not noted:
            yield None
        elif not options.get("when_incomplete"):
            for note in noted:
                yield Breach(
                    Place(note.location), {"note": note.text.rstrip("。"), "missing": "", "count": 1}
                )
        elif lacking := _lacking(report, rows=options["when_incomplete"] == _ROWS):
            evidence: dict[str, Scalar] = {
                "note": "；".join(dict.fromkeys(note.text.rstrip("。") for note in noted[:_NOTES_LISTED])),
                "missing": listing(lacking),
                "count": len(noted),
            }
            yield Breach(Place(noted[0].location), evidence)
        else:
            yield None

    return judge


def _lacking(report: Report, *, rows: bool) -> list[str]:
    """Names of the sections and tables of the form that the report does not have, or not with all rows."""
    names: list[str] = []
    for section in report.form.sections:
        if report.section(section.number) is None:
            names.append(f"第{numeral(section.number)}部分")
        elif section.table and _is_lacking(report.tables.get(section.table), rows=rows):
            names.append(report.form.tables[section.table].name)
    loose = [table for table in report.form.tables.values() if table.section is None]
    return names + [table.name for table in loose if _is_lacking(report.tables.get(table.key), rows=rows)]


def _is_lacking(table: ReportTable | None, *, rows: bool) -> bool:
    """Whether a table was not found or, if `rows` count, not all of its rows."""
    return table is None or (rows and any(row not in table.row_labels for row in table.form.rows))


_NOTES_LISTED: Final = 3
_ROWS: Final = "rows"
KIND: Final = Kind(
    title="读取时的提示",
    about="读取文件时没有出现这几种提示。",
    compile=compile_noted,
    options=options_schema(
        ("notes",),
        notes=NOTE_CODES,
        when_incomplete=choice(
            "只在缺少内容时报；不写就总是报",
            {True: "缺部分或缺表时才报", _ROWS: "缺部分、缺表、表里缺行时才报"},
        ),
    ),
    evidence=("note", "missing", "count"),
    words={"when_incomplete": "缺少内容时才报"},
    skeleton=r"""
title: 文字不是从扫描件识别的
check: {notes: [ocr_layer]}
message: "{note}"
examples:
  - {name: 不是扫描件, expect: pass, given: {}}
  - {name: 是扫描件, expect: fail, given: {notes: [{code: ocr_layer, text: 第2页是扫描图片。}]}, findings: [{evidence: {count: 1}}]}
""",
)
