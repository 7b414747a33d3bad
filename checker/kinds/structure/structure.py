"""Kinds about what must be there, in which order and under which name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.kinds.base import (
    FIELD,
    NOTE_CODES,
    SCOPE,
    TABLE,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    options_schema,
)
from checker.kinds.tables.tables import cell_words, found_table, listing
from checker.model.document import UNRULED_TABLE, Location
from checker.model.findings import Place, Scalar
from checker.model.forms import Form
from checker.model.numerals import CellState
from checker.model.report import Report, ReportTable, Section
from checker.model.text import label_key

_NUMERALS: Final = "零一二三四五六七八九十"


def numeral(number: int) -> str:
    """五 for 5; figures beyond ten."""
    return _NUMERALS[number] if number < len(_NUMERALS) else str(number)


def judge_required(subject: Subject, options: Options) -> Iterator[Judgement]:
    """What `of` names is there: all sections, each section's table, all lines of a table, or fields.

    What was not found is left open if the reader left something unread: one of the `unless_noted` notes.
    """
    yield from _REQUIRED[options["of"]](subject, options)


def _required_sections(subject: Subject, options: Options) -> Iterator[Judgement]:
    report = subject.report
    for section in report.form.sections:
        if report.section(section.number) is not None:
            yield None
        elif _partly_unread(subject, options):
            yield Unjudged(f"第{numeral(section.number)}部分{_MAYBE_UNREAD}")
        else:
            evidence: dict[str, Scalar] = {"name": section.title, "number": numeral(section.number)}
            yield Breach(Place(_nearest(report, section.number), section.number), evidence)


_MAYBE_UNREAD: Final = "没有找到，可能在没有读取的内容里"


def _partly_unread(subject: Subject, options: Options) -> bool:
    """Whether what is missing may be in something that the reader noticed and could not read."""
    return subject.is_noted(options.get("unless_noted", ()))


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
        elif _partly_unread(subject, options):
            yield Unjudged(f"{report.form.tables[section.table].name}{_MAYBE_UNREAD}")
        else:
            form_table = report.form.tables[section.table]
            evidence: dict[str, Scalar] = {
                "name": form_table.name,
                "number": numeral(section.number),
                "title": form_table.title,
            }
            yield Breach(Place(found.heading.paragraph.location, section.number, section.table), evidence)


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
    if words and (_partly_unread(subject, options) or _stand_beside(subject, table, rows)):
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
    if missing:
        titles = ["或".join(subject.field_title(name) for name in wanted.split("|")) for wanted in missing]
        opening = next((text.place() for text in report.texts if text.section == 0), Place(section=0))
        place = subject.end_of(options["at"]) if "at" in options else opening
        yield Breach(place, {"missing": "、".join(titles), "count": len(missing)}, "missing")
    else:
        yield None


_REQUIRED: Final = {
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
    if "unless_noted" in options and options["of"] == "fields":
        yield "unless_noted 不能与 of: fields 一起用"


def judge_no_other(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Nothing beyond the form: no foreign first-level sections, or no unknown rows in a table.

    Unknown rows are left open if the reader left one of the `unless_noted` notes: it may have run rows together.
    """
    if options["of"] == "sections":
        for section in subject.report.sections:
            if section.number is None:
                yield Breach(heading_place(section), {"name": section.title})
            else:
                yield None
        return
    table = found_table(subject, options["table"])
    if table.unknown_rows and _partly_unread(subject, options):
        yield Unjudged(f"{table.form.name}有几行没有读成表格，认不出的行可能是读错的")
        return
    for label, location in table.unknown_rows:
        yield Breach(Place(location, table.form.section, table.form.key, excerpt=label), {"name": label})
    if not table.unknown_rows:
        yield None


def _check_no_other(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if options["of"] == "rows" and "table" not in options:
        yield "of: rows 要写明 table"
    if options["of"] != "rows" and "unless_noted" in options:
        yield "unless_noted 只能与 of: rows 一起用"


def judge_order(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Sections stand in the form's order; with `of: numerals`, their numerals run 一、二、三… without a gap."""
    sections = subject.report.sections
    if not sections:
        raise CannotJudge("未找到任何部分标题")
    if options["of"] == "sections":
        yield from _judge_section_order([section for section in sections if section.number])
        return
    numbered = [section for section in sections if section.ordinal is not None]
    if not numbered:
        raise CannotJudge("各部分标题前没有编号")
    expected = 0
    for section, following in zip(sections, (*sections[1:], None), strict=True):
        expected += 1
        if section.ordinal is not None and section.ordinal != expected:
            evidence: dict[str, Scalar] = {
                "found": numeral(section.ordinal),
                "expected": numeral(expected),
                "name": section.title,
            }
            yield Breach(heading_place(section), evidence)
            # The count goes on from a number that was skipped or doubled, but not from a mere slip.
            if following is None or following.ordinal != expected + 1:
                expected = section.ordinal
        else:
            yield None


def _judge_section_order(sections: list[Section]) -> Iterator[Judgement]:
    highest = 0
    for section in sections:
        number = section.number or 0
        if number < highest:
            evidence: dict[str, Scalar] = {
                "name": section.title,
                "number": numeral(number),
                "after": numeral(highest),
            }
            yield Breach(heading_place(section), evidence)
        else:
            yield None
        highest = max(highest, number)


def heading_place(section: Section) -> Place:
    """Place of a section's heading."""
    place = section.heading.place()
    return Place(place.location, section.number, excerpt=place.excerpt)


def judge_not_empty(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Every section has text of at least `at_least` characters, or a table; placeholder text does not count.

    `empty` for a section without any text or table, `short` for one with too little.
    """
    for section in subject.report.sections:
        if section.number is None or section.number not in options.get("only", (section.number,)):
            continue
        length = sum(len(text.squeezed.text) for text in section.texts)
        form_table = subject.report.form.sections[section.number - 1].table
        if (
            section.tables
            or length >= options["at_least"]
            or (form_table and form_table in subject.report.tables)
        ):
            yield None
            continue
        if form_table:
            yield Unjudged(f"第{numeral(section.number)}部分以表为主，缺表另行报告")
            continue
        evidence: dict[str, Scalar] = {
            "number": numeral(section.number),
            "name": section.title,
            "length": length,
        }
        yield Breach(heading_place(section), evidence, "short" if length else "empty")


def judge_readable(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The file was read whole. A file that could not be read at all fails this kind before any report exists.

    Each note of the reader with one of the named `notes` codes is a breach, `partly`.
    """
    noted = [note for note in subject.report.document.notes if note.code in options["notes"]]
    for note in noted:
        yield Breach(Place(note.location), {"note": note.text.rstrip("。")}, "partly")
    if not noted:
        yield None


def judge_noted(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The reader noticed nothing of a certain sort: each note with one of the `notes` codes is a breach.

    With `when_incomplete` only if sections or tables of the form were not found, or with `rows` rows of its
    tables, which may be in what the note is about; several notes then make one breach.
    """
    report = subject.report
    noted = [note for note in report.document.notes if note.code in options["notes"]]
    if not noted:
        yield None
    elif not options.get("when_incomplete"):
        for note in noted:
            yield Breach(Place(note.location), {"note": note.text.rstrip("。"), "missing": "", "count": 1})
    elif lacking := _lacking(report, rows=options["when_incomplete"] == _ROWS):
        evidence: dict[str, Scalar] = {
            "note": "；".join(dict.fromkeys(note.text.rstrip("。") for note in noted[:_NOTES_TOLD])),
            "missing": listing(lacking),
            "count": len(noted),
        }
        yield Breach(Place(noted[0].location), evidence)
    else:
        yield None


def _lacking(report: Report, *, rows: bool) -> list[str]:
    """Names of the sections and tables of the form that the report does not have, or not with all rows."""
    names: list[str] = []
    for section in report.form.sections:
        if report.section(section.number) is None:
            names.append(f"第{numeral(section.number)}部分")
        elif section.table and _is_lacking(report.tables.get(section.table), rows=rows):
            names.append(report.form.tables[section.table].name)
    return names


def _is_lacking(table: ReportTable | None, *, rows: bool) -> bool:
    """Whether a table was not found or, if `rows` count, not all of its rows."""
    return table is None or (rows and any(row not in table.row_labels for row in table.form.rows))


_NOTES_TOLD: Final = 3
_ROWS: Final = "rows"
_OF_LINES: Final = {"enum": ["sections", "rows"]}

REQUIRED: Final = Kind(
    judge_required,
    "必备内容",
    options_schema(
        ("of",),
        of={"enum": ["sections", "tables", "lines", "fields"]},
        table=TABLE,
        fields={"type": "array", "minItems": 1, "items": FIELD},
        at={**SCOPE, "description": "缺要素时指向这个范围的末尾；不写则指向开头"},
        unless_noted={
            **NOTE_CODES,
            "description": "读取时有这些提示，缺的可能在没有读取的内容里，就不判断",
        },
    ),
    ("name", "number", "title", "missing", "count", "table"),
    ("missing",),
    check=_check_required,
)
NO_OTHER: Final = Kind(
    judge_no_other,
    "格式以外的内容",
    options_schema(
        ("of",),
        of=_OF_LINES,
        table=TABLE,
        unless_noted={**NOTE_CODES, "description": "读取时有这些提示，认不出的行就不判断"},
    ),
    ("name",),
    check=_check_no_other,
)
ORDER: Final = Kind(
    judge_order,
    "顺序",
    options_schema(("of",), of={"enum": ["sections", "numerals"]}),
    ("name", "number", "after", "found", "expected"),
)
NOT_EMPTY: Final = Kind(
    judge_not_empty,
    "各部分有内容",
    options_schema(
        ("at_least",),
        at_least={"type": "integer", "minimum": 1},
        only={"type": "array", "items": {"type": "integer"}, "description": "只查这些部分"},
    ),
    ("number", "name", "length"),
    ("empty", "short"),
)
READABLE: Final = Kind(
    judge_readable,
    "文件能读",
    options_schema(
        ("notes",), notes={"type": "array", "items": {"type": "string"}, "description": "读取时的提示代码"}
    ),
    ("note",),
    ("partly",),
)
NOTED: Final = Kind(
    judge_noted,
    "读取时的提示",
    options_schema(
        ("notes",),
        notes=NOTE_CODES,
        when_incomplete={
            "enum": [True, _ROWS],
            "description": "只在缺部分或缺表时报告；rows：表里缺行时也报告",
        },
    ),
    ("note", "missing", "count"),
)
