"""`consistent`: 前后一致."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.language.readable import ItemValue
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import FIELD, ITEM, NOTE_CODES, options_schema
from checker.kinds.rewording import changes_at
from checker.kinds.values.words import as_scalar
from checker.model.findings import NOT_COMPARABLE, TextChange
from checker.model.place import Place, Related, Scalar
from checker.model.report import Field, FieldValue

_Stated = tuple[str, ItemValue, Place]
"""A name, its value and where that stands."""


def compile_consistent(options: Options, _language: Language) -> Judge:
    """All named items that the report has are equal; with `field`, all places that give the field agree.

    With `containing`, a text that contains the other, or abbreviates it, counts as equal. What disagrees is left
    open if the reader left one of the `unless_noted` notes: then it may have missed a part.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        values: list[_Stated] = []
        found: Sequence[Field] = ()
        if "field" in options:
            title = subject.field_title(options["field"])
            found = subject.report.fields.get(options["field"], ())
            values = [(title, _plain_value(one), one.place) for one in found]
            if not values:
                raise CannotJudge(f"没有读到{title}，{NOT_COMPARABLE}")
        else:
            for name in options["items"]:
                try:
                    values.append((name, *subject.items.resolve(name).get(subject)))
                except CannotJudge:
                    continue
            if len(values) < 2:  # noqa: PLR2004  # one value agrees with nothing
                raise CannotJudge(f"{'、'.join(options['items'])}中读到的不足两处，{NOT_COMPARABLE}")
        odd = _odd_one(values, containing=options.get("containing", False))
        if odd is None:
            yield None
            return
        if subject.is_noted(options.get("unless_noted", ())):
            yield Unjudged("有没有读成表格的行，读到的部分不足以判断")
            return
        name, value, place = odd
        others = [(n, v, p) for n, v, p in values if v != value]
        evidence: dict[str, Scalar] = {
            "name": name,
            "found": as_scalar(value),
            "expected": as_scalar(others[0][1]),
            "expected_name": others[0][0],
            "values": _all_values(values, told=found),
        }
        texts = _put_right(subject, options, odd, others) if len(others) == len(values) - 1 else ()
        related = tuple(Related(p, as_scalar(v)) for _, v, p in others)
        yield Breach(place, evidence, related=related, texts=texts)

    return judge


def _put_right(
    subject: Subject, options: Options, odd: _Stated, others: Sequence[_Stated]
) -> tuple[TextChange, ...]:
    """The one value that stands against at least two that agree, where it stands in one place only."""
    name, value, place = odd
    agreeing = len(others) > 1 and len({other for _, other, _ in others}) == 1
    if not agreeing or name not in options.get("replace", ()):
        return ()
    changes = changes_at(subject.report, place, str(value), str(others[0][1]))
    return changes if len(changes) == 1 else ()


def _all_values(values: Sequence[_Stated], *, told: Sequence[Field]) -> str:
    """All values with their names; those of one field once each, as people write them."""
    if told:
        return "，".join(dict.fromkeys(_in_words(field.value) for field in told))
    return "，".join(f"{name.replace('.', '的')}是 {value}" for name, value, _ in values)


def _in_words(value: FieldValue) -> str:
    if isinstance(value, tuple):
        return "至".join(_in_words(part) for part in value if part is not None)
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)


def _plain_value(found: Field) -> str:
    """A field's value as text, so that values of any type compare."""
    value = found.value
    if isinstance(value, tuple):
        return "至".join("" if part is None else str(part) for part in value)
    return str(value)


def _odd_one(values: list[_Stated], *, containing: bool) -> _Stated | None:
    """The value that differs from the majority, with `containing` from the first; None if all agree."""
    if containing:
        first = str(values[0][1])
        return next((entry for entry in values[1:] if not _abbreviates(first, str(entry[1]))), None)
    counts = Counter(value for _, value, _ in values)
    if len(counts) == 1:
        return None
    majority, _ = counts.most_common(1)[0]
    return next(entry for entry in values if entry[1] != majority)


def _abbreviates(one: str, other: str) -> bool:
    """Whether the shorter text is the longer one with characters left out."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return all(character in rest for character in shorter)


def _check_consistent(options: Options, language: Language) -> Iterator[str]:
    types = {name: language.items.resolve(name).type for name in options.get("items", ())}
    if len(set(types.values())) > 1:
        listed = "、".join(f"{name}是{kind}" for name, kind in types.items())
        yield f"{listed}，不能比较"


KIND: Final = Kind(
    title="前后一致",
    about="几个数据项，或同一要素的几处写法，彼此相同。",
    compile=compile_consistent,
    options={
        **options_schema(
            (),
            items={"type": "array", "minItems": 2, "items": ITEM, "description": "应当相同的几个数据项"},
            field=FIELD,
            replace={
                "type": "array",
                "minItems": 1,
                "items": ITEM,
                "description": "只写在一处的数据项：其余至少两项一致时，它一定是写错了，给出改法",
            },
            containing={"type": "boolean", "description": "一个包含另一个也算一致"},
            unless_noted={**NOTE_CODES, "description": "读取时有这些提示，不一致的就不判断"},
        ),
        "oneOf": [{"required": ["items"]}, {"required": ["field"]}],
    },
    evidence=("name", "found", "expected", "expected_name", "values"),
    check_names=_check_consistent,
    skeleton=r"""
title: 标题和统计期说的是同一年
check: {items: [标题年份, 统计期.年]}
message: 年份不一致：{values}
examples:
  - {name: 一致, expect: pass, given: {text: {0: 统计期限自2024年1月1日起至12月31日止。}}}
  - {name: 不一致, expect: fail, given: {text: {0: 统计期限自2023年1月1日起至2023年12月31日止。}}, findings: [{evidence: {found: 2023, expected: 2024}}]}
""",
)
