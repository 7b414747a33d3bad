"""`no_other`: 格式以外的内容."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.cells import found_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import NOTE_CODES, TABLE, choice, options_schema
from checker.kinds.structure.headings import heading_place, partly_unread
from checker.model.forms import Form
from checker.model.place import Place


def compile_no_other(options: Options, _language: Language) -> Judge:
    """Nothing beyond the form: no foreign first-level sections, or no unknown rows in a table.

    Unknown rows are left open if the reader left one of the `unless_noted` notes: it may have run rows together.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        if options["of"] == "sections":
            for section in subject.report.sections:
                if section.number is None:
                    yield Breach(heading_place(section), {"name": section.title})
                else:
                    yield None
            return
        table = found_table(subject, options["table"])
        if table.unknown_rows and partly_unread(subject, options):
            yield Unjudged(f"{table.form.name}有几行没有读成表格，认不出的行可能是读错的")
            return
        for label, location in table.unknown_rows:
            yield Breach(Place(location, table.form.section, table.form.key, excerpt=label), {"name": label})
        if not table.unknown_rows:
            yield None

    return judge


def _check_no_other(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if options["of"] == "rows" and "table" not in options:
        yield "of: rows 要写明 table"
    if options["of"] != "rows" and "unless_noted" in options:
        yield "unless_noted 只能与 of: rows 一起用"


_OF_LINES: Final = choice("看什么", {"sections": "一级标题", "rows": "一张表的行，另写 table"})
KIND: Final = Kind(
    title="格式以外的内容",
    about="没有格式以外的一级标题，或表里没有格式以外的行。",
    compile=compile_no_other,
    options=options_schema(
        ("of",),
        of=_OF_LINES,
        table=TABLE,
        unless_noted={**NOTE_CODES, "description": "读取时有这些提示，认不出的行就不判断"},
    ),
    evidence=("name",),
    check=_check_no_other,
    skeleton=r"""
title: 没有格式以外的部分
check: {of: sections}
message: 格式里没有“{name}”这一部分
examples:
  - {name: 六个部分, expect: pass, given: {}}
  - {name: 多了一个部分, expect: fail, given: {text: {6: "没有其他事项。\n七、下一步工作打算\n继续努力。"}}, findings: [{evidence: {name: 下一步工作打算}}]}
""",
)
