"""Kinds about names: section titles, labels of tables, and what the opening announces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.kinds.base import (
    PATTERNS,
    SCOPE,
    TABLE,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    options_schema,
)
from checker.kinds.structure.structure import heading_place, numeral
from checker.kinds.tables.tables import found_table, listing
from checker.model.findings import Scalar
from checker.model.forms import Form
from checker.model.numerals import parse_whole
from checker.model.report import Report
from checker.model.text import label_key
from checker.patterns.pattern import compile_pattern


def judge_labels(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Names as the form writes them: section titles, or the row and column labels of a table.

    Section titles: `accepted` and `odd` variants. Labels of a table: `odd` for those that are neither the
    label nor one of its aliases, `accepted` for aliases; they make one breach.
    """
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
                yield Breach(heading_place(section), evidence, section.wording)
        return
    table = found_table(subject, options["table"])
    odd: list[tuple[str, str]] = []
    for key, line in table.form.rows.items():
        written = table.row_labels.get(key)
        if written is not None and not _known_label(written, (line.label, line.name, *line.aliases)):
            odd.append((written, line.label))
    if odd:
        words = listing([f"“{written}”应为“{label}”" for written, label in odd])
        yield Breach(
            table.place(),
            {"found": words, "expected": odd[0][1], "number": numeral(table.form.section)},
            "odd",
        )
    else:
        yield None


def _known_label(written: str, known: tuple[str, ...]) -> bool:
    """Whether a label is one of the known ones, numerals in front aside."""
    key = _bare(written)
    return any(key == _bare(label) for label in known)


def _bare(label: str) -> str:
    return label_key(label).lstrip("0123456789一二三四五六七八九十")


def judge_announced_count(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The number of sections announced in the scope is the number of sections found.

    A pattern's group `number` holds the announced number, its group `list`, if it has one, the
    enumeration: as many of the form's section titles as it names must be there too.
    """
    view = subject.view(options["where"])
    found = sum(section.number is not None for section in subject.report.sections)
    for source in options["patterns"]:
        for match in compile_pattern(source).finditer(view.text):
            announced = parse_whole(match.group("number") or "")
            if announced is None:
                continue
            listed = (
                _listed_sections(subject.report, match.group("list")) if "list" in match.groupdict() else 0
            )
            evidence: dict[str, Scalar] = {"announced": announced, "found": found, "listed": listed}
            place = view.place(match.start("number"), match.end("number"))
            if announced != found:
                yield Breach(place, evidence, "sections")
            elif listed > 1 and listed != announced:
                yield Breach(place, evidence, "listed")
            else:
                yield None
            return
    raise CannotJudge(f"{options['where']}没有写明由几个部分组成")


def _listed_sections(report: Report, enumeration: str | None) -> int:
    """How many of the form's sections an enumeration names."""
    text = label_key(enumeration or "")
    return sum(
        any(label_key(title) in text for title in (section.title, *section.accepted, *section.odd))
        for section in report.form.sections
    )


def _check_announced_count(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for source in options["patterns"]:
        if "number" not in compile_pattern(source).groups:
            yield f"正则表达式“{source}”里要用 (?P<number>…) 标出部分数"


LABELS: Final = Kind(
    judge_labels,
    "名称写法",
    options_schema(("of",), of={"enum": ["sections", "table"]}, table=TABLE),
    ("found", "expected", "number"),
    ("accepted", "odd"),
)
ANNOUNCED_COUNT: Final = Kind(
    judge_announced_count,
    "声明的部分数",
    options_schema(("where", "patterns"), where=SCOPE, patterns=PATTERNS),
    ("announced", "found", "listed"),
    ("sections", "listed"),
    check=_check_announced_count,
)
