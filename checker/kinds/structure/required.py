"""`required`: 必备内容."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import cell_words, listing
from checker.kinds.cells import found_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import FIELD, NOTE_CODES, SCOPE, TABLE, choice, options_schema
from checker.kinds.structure.headings import partly_unread
from checker.model.document import UNRULED_TABLE, Location
from checker.model.forms import Form
from checker.model.numerals import CellState, numeral
from checker.model.place import Place, Scalar
from checker.model.report import Report, ReportTable
from checker.model.text import label_key
from checker.startup.records import replace


def compile_required(options: Options, _language: Language) -> Judge:
    """What `of` names is there: a title, all sections, each section's table, all lines of a table, or fields.

    What was not found is left open if the reader left something unread: one of the `unless_noted` notes.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        yield from _REQUIRED[options["of"]](subject, options)

    return judge


def _required_title(subject: Subject, options: Options) -> Iterator[Judgement]:
    if subject.report.title is not None:
        yield None
    elif partly_unread(subject, options):
        yield Unjudged(f"标题{_MAYBE_UNREAD}")
    else:
        first = next((text.place() for text in subject.report.texts), Place())
        place = Place(first.location, 0, excerpt=first.excerpt, lacking=True)
        yield Breach(place, {}, "missing")


def _required_sections(subject: Subject, options: Options) -> Iterator[Judgement]:
    report = subject.report
    for section in report.form.sections:
        if report.section(section.number) is not None:
            yield None
        elif partly_unread(subject, options):
            yield Unjudged(f"第{numeral(section.number)}部分{_MAYBE_UNREAD}")
        else:
            evidence: dict[str, Scalar] = {"name": section.title, "number": numeral(section.number)}
            yield Breach(Place(_nearest(report, section.number), section.number), evidence)


_MAYBE_UNREAD: Final = "没有找到，可能在没有读取的内容里"


def _nearest(report: Report, number: int) -> Location:
    """Where a missing section should begin: at the next section that is there, else at the last."""
    headings = {section.number: section.heading for section in report.sections if section.number}
    for candidate in (*range(number + 1, len(report.form.sections) + 1), *range(number - 1, 0, -1)):
        if candidate in headings:
            return headings[candidate].paragraph.location
    return Location()


def _required_tables(subject: Subject, options: Options) -> Iterator[Judgement]:
    report = subject.report
    for section in report.form.sections:
        if section.table is None:
            continue
        found = report.section(section.number)
        if section.table in report.tables:
            yield None
        elif found is None:
            yield Unjudged(f"未找到第{numeral(section.number)}部分")
        elif partly_unread(subject, options):
            yield Unjudged(f"{report.form.tables[section.table].name}{_MAYBE_UNREAD}")
        else:
            form_table = report.form.tables[section.table]
            evidence: dict[str, Scalar] = {
                "name": form_table.name,
                "number": numeral(section.number),
                "title": form_table.title,
            }
            yield Breach(Place(found.heading.paragraph.location, section.number, section.table), evidence)
    for form_table in (one for one in report.form.tables.values() if one.section is None):
        if form_table.key in report.tables:
            yield None
        elif partly_unread(subject, options):
            yield Unjudged(f"{form_table.name}{_MAYBE_UNREAD}")
        else:
            yield Breach(Place(table=form_table.key), {"name": form_table.name, "title": form_table.title})


def _required_lines(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Rows and columns of a table; all that are missing make one breach."""
    table = found_table(subject, options["table"])
    missing_addresses = [a for a in table.form.addresses() if table.cell(*a).state is CellState.MISSING]
    rows = [row for row in table.form.rows if row not in table.row_labels]
    covered = {a for a in missing_addresses if a[0] in rows}
    columns: list[str] = []
    for column in dict.fromkeys(column for _, column in missing_addresses):
        addresses = {a for a in table.form.addresses() if a[1] == column}
        if addresses - covered and addresses <= set(missing_addresses):
            columns.append(column)
            covered |= addresses
    single = [a for a in missing_addresses if a not in covered]
    words = [f"“{table.form.row_label(row)}”行" for row in rows]
    words += [f"“{table.form.column_label(None, column)}”列" for column in columns]
    words += [cell_words(table, address) for address in single]
    if words and (partly_unread(subject, options) or _stand_beside(subject, table, rows)):
        yield Unjudged(f"{table.form.name}里有几行或几列{_MAYBE_UNREAD}")
    elif words:
        place = table.place(rows[0] if rows else None)
        yield Breach(place, {"missing": listing(words), "count": len(words), "table": table.form.name})
    else:
        yield None


def _stand_beside(subject: Subject, table: ReportTable, rows: Sequence[str]) -> bool:
    """Whether the label of a missing row stands beside tables whose rows no lines part."""
    if not rows or not subject.is_noted((UNRULED_TABLE,)):
        return False
    labels = {label_key(table.form.row_label(row)) for row in rows}
    return any(label_key(paragraph.text) in labels for paragraph in subject.report.document.paragraphs())


def _required_fields(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Fields; all that are missing make one breach. One of several is written `address|email`."""
    report = subject.report
    missing = [
        wanted for wanted in options["fields"] if not any(report.field(name) for name in wanted.split("|"))
    ]
    if missing and partly_unread(subject, options):
        yield Unjudged(f"{'、'.join(map(subject.field_title, missing[0].split('|')))}{_MAYBE_UNREAD}")
    elif missing:
        titles = ["或".join(subject.field_title(name) for name in wanted.split("|")) for wanted in missing]
        opening = next((text.place() for text in report.texts if text.section == 0), Place(section=0))
        place = subject.end_of(options["at"]) if "at" in options else replace(opening, lacking=True)
        yield Breach(place, {"missing": "、".join(titles), "count": len(missing)}, "missing")
    else:
        yield None


_REQUIRED: Final = {
    "title": _required_title,
    "sections": _required_sections,
    "tables": _required_tables,
    "lines": _required_lines,
    "fields": _required_fields,
}


def _check_required(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if "at" in options and options["of"] != "fields":
        yield "at 只能与 of: fields 一起用"
    for of, name in (("lines", "table"), ("fields", "fields")):
        if options["of"] == of and name not in options:
            yield f"of: {of} 要写明 {name}"
        elif options["of"] != of and name in options:
            yield f"{name} 只能与 of: {of} 一起用"


KIND: Final = Kind(
    title="必备内容",
    about="标题、各部分、各部分的表、表里的行列或要素齐全；查哪一种由 of 写明。",
    compile=compile_required,
    options=options_schema(
        ("of",),
        of=choice(
            "查什么齐全",
            {
                "title": "有标题",
                "sections": "各部分齐全",
                "tables": "各部分的表齐全",
                "lines": "一张表的行和列齐全，另写 table",
                "fields": "要素齐全，另写 fields",
            },
        ),
        table=TABLE,
        fields={
            "type": "array",
            "minItems": 1,
            "items": FIELD,
            "description": "应当写到的要素；几个有一个就行的用“|”连接",
        },
        at={**SCOPE, "description": "缺要素时指向这个范围的末尾；不写则指向开头"},
        unless_noted={
            **NOTE_CODES,
            "description": "读取时有这些提示，缺的可能在没有读取的内容里，就不判断",
        },
    ),
    evidence=("name", "number", "title", "missing", "count", "table"),
    variants=("missing",),
    check=_check_required,
    skeleton=r"""
title: 写明邮政编码
check: {of: fields, fields: [postcode]}
message: 没有写明{missing}
examples:
  - {name: 写了, expect: pass, given: {text: {0: 邮编：362200。}}}
  - {name: 没有写, expect: fail, given: {text: {0: 本报告由本机关编制。}}, findings: [{place: 开头, evidence: {count: 1}}]}
""",
)
