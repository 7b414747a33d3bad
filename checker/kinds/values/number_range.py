"""`number_range`: 要素的数值."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import FIELD, bound, options_schema
from checker.model.findings import NOT_COMPARABLE
from checker.model.forms import Form


def compile_number_range(options: Options, _language: Language) -> Judge:
    """Every value of a number field lies within the bounds."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        title = subject.field_title(options["field"])
        values = subject.report.fields.get(options["field"], ())
        if not values:
            raise CannotJudge(f"没有读到{title}，{NOT_COMPARABLE}")
        for found in values:
            if not isinstance(found.value, (int, Decimal)):
                yield Unjudged(f"{title}不是数字")
            elif (
                found.value < options.get("at_least", found.value)
                or found.value > options.get("at_most", found.value)
                or ("multiple_of" in options and found.value % options["multiple_of"])
            ):
                yield Breach(found.place, {"name": title, "found": found.raw, "value": found.value})
            else:
                yield None

    return judge


def _check_number_range(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if not {"at_least", "at_most", "multiple_of"} & set(options):
        yield "at_least、at_most、multiple_of 至少写一个，否则什么也查不出"


_NUMBER: Final = {"type": "integer"}
KIND: Final = Kind(
    title="要素的数值",
    about="要素的数不少于 at_least、不多于 at_most。",
    compile=compile_number_range,
    options=options_schema(
        ("field",),
        field=FIELD,
        at_least={**_NUMBER, "description": "不少于（含）"},
        at_most={**_NUMBER, "description": "不多于（含）"},
        multiple_of=bound("应是这个数的倍数", 1),
    ),
    evidence=("name", "found", "value"),
    check=_check_number_range,
    skeleton=r"""
title: 信息处理费是 10 的倍数
check: {field: processing_fee, multiple_of: 10}
message: 信息处理费 {value} 元不是 10 的倍数
examples:
  - {name: 三百八十元, expect: pass, given: {text: {6: 收取信息处理费380元。}}}
  - {name: 有零头, expect: fail, given: {text: {6: 收取信息处理费385元。}}, findings: [{place: 第六部分, evidence: {value: 385}}]}
""",
)
