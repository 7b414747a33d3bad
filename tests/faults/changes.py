"""Small changes of a sample report, each a function from report to report.

Every change fails loudly when it has nothing to change, so that a fault cannot vanish unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from samples.model import SampleReport, SampleSection, SampleTable

Change = Callable[[SampleReport], SampleReport]
_ADDRESS: Final = re.compile(r"(?P<table>\w+)(?:\[(?P<row>\w*)(?:, *(?P<column>\w*))?\])?")


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(report: SampleReport) -> SampleReport:
        for one in changes:
            report = one(report)
        return report

    return change


# ---- text -------------------------------------------------------------------------------------------------


def title(text: str) -> Change:
    """Another title."""
    return lambda report: replace(report, title=text)


def say(number: int, old: str, new: str) -> Change:
    """Other words in a section, 0 for the opening."""

    def change(report: SampleReport) -> SampleReport:
        texts = report.opening if number == 0 else report.sections[number - 1].paragraphs
        changed = tuple(text.replace(old, new, 1) for text in texts)
        assert changed != texts, f"“{old}” does not stand in section {number}"
        return _with_texts(report, number, tuple(text for text in changed if text))

    return change


def write(number: int, *paragraphs: str) -> Change:
    """Other paragraphs in a section, 0 for the opening; none empty it."""
    return lambda report: _with_texts(report, number, paragraphs)


def add(number: int, paragraph: str) -> Change:
    """One more paragraph at the end of a section, 0 for the opening."""

    def change(report: SampleReport) -> SampleReport:
        texts = report.opening if number == 0 else report.sections[number - 1].paragraphs
        return _with_texts(report, number, (*texts, paragraph))

    return change


def lead(*paragraphs: str) -> Change:
    """More paragraphs between the title and the opening."""
    return lambda report: _with_texts(report, 0, (*paragraphs, *report.opening))


def drop_paragraph(number: int, beginning: str) -> Change:
    """A section without the paragraph that begins like that."""

    def change(report: SampleReport) -> SampleReport:
        texts = report.sections[number - 1].paragraphs
        kept = tuple(text for text in texts if not text.startswith(beginning))
        assert len(kept) == len(texts) - 1, f"“{beginning}” does not begin one paragraph of section {number}"
        return _with_texts(report, number, kept)

    return change


def _with_texts(report: SampleReport, number: int, texts: tuple[str, ...]) -> SampleReport:
    if number == 0:
        return replace(report, opening=texts)
    return _with_section(report, number, replace(report.sections[number - 1], paragraphs=texts))


def _with_section(report: SampleReport, number: int, section: SampleSection) -> SampleReport:
    sections = list(report.sections)
    sections[number - 1] = section
    return replace(report, sections=tuple(sections))


def sign(*lines: str) -> Change:
    """Another signature, or none."""
    return lambda report: replace(report, signature=lines)


def publish(day: str | None) -> Change:
    """Another day of publication."""
    return lambda report: replace(report, published=day)


# ---- sections ---------------------------------------------------------------------------------------------


def head(number: int, heading: str) -> Change:
    """Another heading."""
    return lambda report: _with_section(report, number, replace(report.sections[number - 1], heading=heading))


def drop_section(number: int) -> Change:
    """A section left out; those behind it close up."""

    def change(report: SampleReport) -> SampleReport:
        return _renumbered(replace(report, sections=report.sections[: number - 1] + report.sections[number:]))

    return change


def insert_section(number: int, name: str, *paragraphs: str) -> Change:
    """One more section, so that it becomes the one of that number; those behind it move on."""

    def change(report: SampleReport) -> SampleReport:
        sections = list(report.sections)
        sections.insert(number - 1, SampleSection(f"一、{name}", paragraphs))
        return _renumbered(replace(report, sections=tuple(sections)))

    return change


def order(*numbers: int) -> Change:
    """The sections in another order, numbered from one."""
    return lambda report: _renumbered(
        replace(report, sections=tuple(report.sections[number - 1] for number in numbers))
    )


def _renumbered(report: SampleReport) -> SampleReport:
    return replace(
        report,
        sections=tuple(
            replace(section, heading=f"{'一二三四五六七八'[place]}、{section.heading.partition('、')[2]}")
            for place, section in enumerate(report.sections)
        ),
    )


# ---- tables -----------------------------------------------------------------------------------------------


def cells(values: Mapping[str, str]) -> Change:
    """Other texts in cells, such as `T3[R1, natural]`; `T3[, total]` is a whole column, `T3` the table."""

    def change(report: SampleReport) -> SampleReport:
        for place, text in values.items():
            match = _ADDRESS.fullmatch(place)
            assert match, f"no address: {place}"
            number, table = _table(report, match["table"])
            wanted = {
                address: text
                for address in table.figures
                if address[0] == (match["row"] or address[0])
                and address[1] == (match["column"] or address[1])
            }
            assert wanted, f"no such cell: {place}"
            report = _with_table(report, number, replace(table, figures={**table.figures, **wanted}))
        return report

    return change


def cell(place: str, text: str) -> Change:
    """Another text in one cell, row or table."""
    return cells({place: text})


def drop_table(key: str) -> Change:
    """A section without its table."""

    def change(report: SampleReport) -> SampleReport:
        number, _ = _table(report, key)
        return _with_section(report, number, replace(report.sections[number - 1], table=None))

    return change


def drop_line(place: str) -> Change:
    """A table without a row (`T3[E3]`) or a column (`T3[, research]`)."""

    def change(report: SampleReport) -> SampleReport:
        match = _ADDRESS.fullmatch(place)
        assert match, f"no address: {place}"
        number, table = _table(report, match["table"])
        line = (match["row"] or None, match["column"] or None)
        return _with_table(report, number, replace(table, left_out=(*table.left_out, line)))

    return change


def label(key: str, old: str, new: str) -> Change:
    """Another label in a table."""

    def change(report: SampleReport) -> SampleReport:
        number, table = _table(report, key)
        changed = replace(table, labels={**table.labels, old: new})
        assert changed.drawn() != table.drawn(), f"“{old}” is no label of {key}"
        return _with_table(report, number, changed)

    return change


def add_row(key: str, *texts: str) -> Change:
    """One more row below a table."""

    def change(report: SampleReport) -> SampleReport:
        number, table = _table(report, key)
        return _with_table(report, number, replace(table, extra_rows=(*table.extra_rows, texts)))

    return change


def put_table(table: SampleTable) -> Change:
    """Another table in place of the one with the same key."""

    def change(report: SampleReport) -> SampleReport:
        return _with_table(report, _table(report, table.key)[0], table)

    return change


def _table(report: SampleReport, key: str) -> tuple[int, SampleTable]:
    for number, section in enumerate(report.sections, 1):
        if section.table and section.table.key == key:
            return number, section.table
    raise AssertionError(f"the report has no table {key}")


def _with_table(report: SampleReport, number: int, table: SampleTable) -> SampleReport:
    return _with_section(report, number, replace(report.sections[number - 1], table=table))
