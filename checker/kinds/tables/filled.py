"""`filled`: 表已填写."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.cells import found_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, options_schema


def compile_filled(options: Options, _language: Language) -> Judge:
    """The table holds at least one figure whose cell is known, and is not left as template text."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = found_table(subject, options["table"])
        if table.state == "filled":
            yield None
        else:
            counts = {"count": table.unplaced, "cells": len(table.cells)}
            yield Breach(table.place(), {"table": table.form.name, **counts}, variant=table.state)

    return judge


KIND: Final = Kind(
    title="表已填写",
    about="表里至少填了一个数，不是原样的空表。",
    compile=compile_filled,
    options=options_schema(("table",), table=TABLE),
    evidence=("table", "count", "cells"),
    variants=("empty", "placeholder", "unplaced"),
    skeleton=r"""
title: 表四已经填写
check: {table: T4}
message: "{table}没有填写"
examples:
  - {name: 填了 0, expect: pass, given: {}}
  - {name: 整张空白, expect: fail, given: {rest: null}, findings: [{place: T4}]}
""",
)
