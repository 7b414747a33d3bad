"""`labels`: 名称写法."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import listing
from checker.kinds.cells import found_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, choice, options_schema
from checker.kinds.structure.headings import heading_place, in_order, retitled
from checker.model.findings import TextChange
from checker.model.forms import FormLine
from checker.model.numerals import numeral
from checker.model.place import Scalar
from checker.model.report import ReportTable, Section
from checker.understand.labels import label_forms
from checker.understand.library import NEAR


def compile_labels(options: Options, _language: Language) -> Judge:
    """Names as the form writes them: section titles, or the row and column labels of a table.

    Section titles: `accepted`, `near` and `odd` variants. Labels of a table: `odd` for those that are neither the
    label nor one of its aliases, `accepted` for aliases; they make one breach.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        if options["of"] == "sections":
            form = subject.report.form
            for section in subject.report.sections:
                if section.number is None:
                    continue
                if section.wording == "standard":
                    yield None
                else:
                    evidence: dict[str, Scalar] = {
                        "found": section.title,
                        "expected": form.sections[section.number - 1].title,
                        "number": numeral(section.number),
                    }
                    yield Breach(
                        heading_place(section), evidence, section.wording, texts=_standard(subject, section)
                    )
            return
        table = found_table(subject, options["table"])
        odd = [(written, line.label) for line, written in _written(table) if not _known_label(written, line)]
        if odd:
            words = listing([f"“{written}”应为“{label}”" for written, label in odd])
            yield Breach(
                table.place(),
                {"found": words, "expected": odd[0][1], "number": numeral(table.form.section or 0)},
                "odd",
            )
        else:
            yield None

    return judge


def _standard(subject: Subject, section: Section) -> tuple[TextChange, ...]:
    """The title as the form has it; where little of that is left, its place and number must tell the section."""
    is_reported = in_order(subject) and section.ordinal in (None, section.number)
    if section.number is None or not (section.wording == NEAR or is_reported):
        return ()
    return retitled(subject, section, subject.report.form.sections[section.number - 1].title)


def _written(table: ReportTable) -> Iterator[tuple[FormLine, str]]:
    """The rows and columns that were found, each with its label as written."""
    for key, line in table.form.rows.items():
        if key in table.row_labels:
            yield line, table.row_labels[key]
    is_split = len(table.form.blocks) > 1
    for number, block in enumerate(table.form.blocks, 1):
        for line in block.columns:
            written = table.column_labels.get(f"{number}.{line.key}" if is_split else line.key)
            if written is not None:
                yield line, written


def _known_label(written: str, line: FormLine) -> bool:
    """Whether a label is one that the form knows for this line, numbering and remarks in brackets aside."""
    known = {form for label in (line.label, line.name, *line.aliases) for form in label_forms(label)}
    return not known.isdisjoint(label_forms(written))


KIND: Final = Kind(
    title="名称写法",
    about="各部分的标题，或表里的行列名称，与格式一致。",
    compile=compile_labels,
    options=options_schema(
        ("of",),
        of=choice("看什么的名称", {"sections": "各部分的标题", "table": "一张表的行和列，另写 table"}),
        table=TABLE,
    ),
    evidence=("found", "expected", "number"),
    variants=("accepted", "near", "odd"),
    skeleton=r"""
title: 各部分标题用规范的名称
check: {of: sections}
message: 标题写作“{found}”，规范名称是“{expected}”
examples:
  - {name: 规范, expect: pass, given: {}}
  - {name: 不规范, expect: fail, given: {headings: {5: 五、存在问题}}, findings: [{place: 第五部分, evidence: {found: 存在问题}}]}
""",
)
