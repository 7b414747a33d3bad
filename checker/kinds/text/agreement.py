"""Kinds about values that must agree with each other or lie in a range of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from checker.judging.language.items import TEXT, TRUTH, Items, ItemValue
from checker.kinds.base import (
    FIELD,
    ITEM,
    NOTE_CODES,
    PATTERNS,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    options_schema,
)
from checker.model.findings import Place, Related, Scalar
from checker.model.forms import Form
from checker.model.report import Field
from checker.patterns.pattern import compile_pattern


def judge_consistent(subject: Subject, options: Options) -> Iterator[Judgement]:
    """All named items that the report has are equal; with `field`, all places that give the field agree.

    With `containing`, a text that contains the other, or abbreviates it, counts as equal. What disagrees is left
    open if the reader left one of the `unless_noted` notes: then it may have missed a part.
    """
    values: list[tuple[str, ItemValue, Place]] = []
    if "field" in options:
        title = subject.field_title(options["field"])
        found = subject.report.fields.get(options["field"], ())
        values = [(title, _plain_value(one), one.place) for one in found]
        if not values:
            raise CannotJudge(f"没有读到{title}")
    else:
        for name in options["items"]:
            try:
                values.append((name, *subject.items.resolve(name).get(subject)))
            except CannotJudge:
                continue
        if len(values) < 2:  # noqa: PLR2004  # one value agrees with nothing
            raise CannotJudge(f"{'、'.join(options['items'])}中读到的不足两处，无从比较")
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
        "found": _scalar(value),
        "expected": _scalar(others[0][1]),
        "expected_name": others[0][0],
        "values": "，".join(f"{n} {v}" for n, v, _ in values),
    }
    yield Breach(place, evidence, related=tuple(Related(p, _scalar(v)) for _, v, p in others))


def _plain_value(found: Field) -> str:
    """A field's value as text, so that values of any type compare."""
    value = found.value
    if isinstance(value, tuple):
        return "至".join("" if part is None else str(part) for part in value)
    return str(value)


def _odd_one(
    values: list[tuple[str, ItemValue, Place]], *, containing: bool
) -> tuple[str, ItemValue, Place] | None:
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


def _scalar(value: ItemValue) -> Scalar:
    return value.isoformat() if isinstance(value, date) else value


def judge_field_pattern(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Every value of the field matches one of the patterns."""
    found = subject.report.fields.get(options["field"], ())
    if not found:
        raise CannotJudge(f"没有读到{subject.field_title(options['field'])}")
    patterns = [compile_pattern(source) for source in options["patterns"]]
    for field in found:
        for value in field.value if isinstance(field.value, tuple) else (field.value,):
            text = str(value)
            if any(pattern.search(text) for pattern in patterns):
                yield None
            else:
                yield Breach(field.place, {"found": text})


def judge_compare(subject: Subject, options: Options) -> Iterator[Judgement]:
    """`left` stands in `relation` to `right`; both are items of one type."""
    left, left_place = subject.items.resolve(options["left"]).get(subject)
    right, right_place = subject.items.resolve(options["right"]).get(subject)
    if _RELATIONS[options["relation"]](left, right):
        yield None
    else:
        evidence: dict[str, Scalar] = {"left": _scalar(left), "right": _scalar(right)}
        yield Breach(left_place, evidence, related=(Related(right_place, _scalar(right)),))


_RELATIONS: Final = {
    "等于": lambda a, b: a == b,
    "不等于": lambda a, b: a != b,
    "小于": lambda a, b: a < b,
    "不超过": lambda a, b: a <= b,
    "大于": lambda a, b: a > b,
    "不少于": lambda a, b: a >= b,
    "不晚于": lambda a, b: a <= b,
    "不早于": lambda a, b: a >= b,
}

_YEAR_OFFSETS: Final = {"上年": -1, "本年": 0, "次年": 1}


def day_of(text: str, year: int) -> date:
    """The day `次年1月31日` of a report about `year`; `本年` is the report's year.

    Raises:
        ValueError: not of that shape, or no such day.
    """
    month, _, day = text[2:].partition("月")
    numbers = (month, day.removesuffix("日"))
    if text[:2] not in _YEAR_OFFSETS or not day.endswith("日") or not all(map(_is_short_number, numbers)):
        raise ValueError(f"看不懂日期“{text}”；应写成 次年1月31日、本年12月31日 这样")
    try:
        return date(year + _YEAR_OFFSETS[text[:2]], *map(int, numbers))
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None


def _is_short_number(text: str) -> bool:
    return len(text) <= 2 and text.isascii() and text.isdigit()  # noqa: PLR2004  # as days and months are written


def judge_date_range(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The first of the named date fields that the report has lies between `earliest` and `latest`.

    With `every`, each of the fields that it has does. A date within these days must not be later than that
    of the field `not_after`, if the report has one; a date before `not_after_since` is no measure, for it is
    wrong itself. `first` and `last` ask that a period begins and ends
    exactly on these days.
    """
    year = subject.report.identity.year
    if year is None:
        raise CannotJudge("未能识别报告年度")
    found = [field for name in options["fields"] if (field := subject.report.field(name))]
    if not found:
        titles = "或".join(subject.field_title(name) for name in options["fields"])
        raise CannotJudge(_undated(subject, options, titles, year))
    for field in found if options.get("every") else found[:1]:
        title = subject.field_title(field.name)
        if "first" in options or "last" in options:
            yield _judge_period(field, options, title, year)
        else:
            yield _judge_day(subject, field, options, year)


def _judge_day(subject: Subject, found: Field, options: Options, year: int) -> Judgement:
    title = subject.field_title(found.name)
    if not isinstance(found.value, date):
        return Unjudged(f"{title}不是完整的日期")
    limits = [("late", day_of(options["latest"], year))] if "latest" in options else []
    other = subject.report.field(options["not_after"]) if "not_after" in options else None
    untold = None
    if other and isinstance(other.value, date):
        if "not_after_since" in options and other.value < day_of(options["not_after_since"], year):
            untold = f"{subject.field_title(other.name)}（{_chinese(other.value)}）本身不对，不能拿来比"
        else:
            limits.append(("after", other.value))
    evidence: dict[str, Scalar] = {"name": title, "found": _chinese(found.value)}
    if "earliest" in options and found.value < (earliest := day_of(options["earliest"], year)):
        days = (earliest - found.value).days
        return Breach(found.place, {**evidence, "limit": _chinese(earliest), "days": days}, "early")
    for variant, limit in limits:
        if found.value > limit:
            days = (found.value - limit).days
            return Breach(found.place, {**evidence, "limit": _chinese(limit), "days": days}, variant)
    if untold:
        return Unjudged(untold)
    return None


def _judge_period(found: Field, options: Options, title: str, year: int) -> Judgement:
    if not isinstance(found.value, tuple):
        raise CannotJudge(f"{title}不是一段时间")
    wanted = tuple(day_of(options[side], year) if side in options else None for side in ("first", "last"))
    wrong = [
        (value, day)
        for value, day in zip(found.value, wanted, strict=True)
        if isinstance(value, date) and day is not None and value != day
    ]
    if not wrong:
        return None
    evidence: dict[str, Scalar] = {
        "name": title,
        "found": "、".join(_chinese(value) for value, _ in wrong),
        "limit": "、".join(_chinese(day) for _, day in wrong),
        "days": abs((wrong[0][0] - wrong[0][1]).days),
    }
    return Breach(found.place, evidence, "wrong")


def _undated(subject: Subject, options: Options, titles: str, year: int) -> str:
    """Why an undated report cannot be judged; says so if the deadline has passed already."""
    if subject.today and "latest" in options:
        limit = day_of(options["latest"], year)
        if subject.today > limit and subject.today - limit < timedelta(days=366):
            return (
                f"没有读到{titles}；如尚未公布，今天（{_chinese(subject.today)}）已过期限 {_chinese(limit)}"
            )
    return f"没有读到{titles}"


def judge_number_range(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Every value of a number field lies within the bounds."""
    title = subject.field_title(options["field"])
    values = subject.report.fields.get(options["field"], ())
    if not values:
        raise CannotJudge(f"没有读到{title}")
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


def _check_number_range(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if not {"at_least", "at_most", "multiple_of"} & set(options):
        yield "at_least、at_most、multiple_of 至少写一个，否则什么也查不出"


def _check_compare(options: Options, items: Items) -> Iterator[str]:
    left, right = (items.resolve(options[side]).type for side in ("left", "right"))
    if left != right:
        yield f"{options['left']}是{left}，{options['right']}是{right}，不能比较"
    elif left in (TEXT, TRUTH) and options["relation"] not in ("等于", "不等于"):
        yield f"{left}不分大小，relation 只能用 等于 或 不等于"


def _check_consistent(options: Options, items: Items) -> Iterator[str]:
    types = {name: items.resolve(name).type for name in options.get("items", ())}
    if len(set(types.values())) > 1:
        told = "、".join(f"{name}是{kind}" for name, kind in types.items())
        yield f"{told}，不能比较"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_NUMBER: Final = {"type": "integer"}
_DAY_OPTION: Final = {"type": "string", "format": "day", "description": "如 次年1月31日、本年12月31日"}

FIELD_PATTERN: Final = Kind(
    judge_field_pattern,
    "要素的写法",
    options_schema(("field", "patterns"), field=FIELD, patterns=PATTERNS),
    ("found",),
)
CONSISTENT: Final = Kind(
    judge_consistent,
    "前后一致",
    {
        **options_schema(
            (),
            items={"type": "array", "minItems": 2, "items": ITEM},
            field=FIELD,
            containing={"type": "boolean", "description": "一个包含另一个也算一致"},
            unless_noted={**NOTE_CODES, "description": "读取时有这些提示，不一致的就不判断"},
        ),
        "oneOf": [{"required": ["items"]}, {"required": ["field"]}],
    },
    ("name", "found", "expected", "expected_name", "values"),
    check_items=_check_consistent,
)
COMPARE: Final = Kind(
    judge_compare,
    "比较",
    options_schema(("left", "relation", "right"), left=ITEM, relation={"enum": list(_RELATIONS)}, right=ITEM),
    ("left", "right"),
    check_items=_check_compare,
)
DATE_RANGE: Final = Kind(
    judge_date_range,
    "日期范围",
    {
        **options_schema(
            ("fields",),
            fields={"type": "array", "minItems": 1, "items": FIELD},
            earliest=_DAY_OPTION,
            latest=_DAY_OPTION,
            first=_DAY_OPTION,
            last=_DAY_OPTION,
            every={"type": "boolean", "description": "读到的每个日期都查；不写则只查第一个"},
            not_after={**FIELD, "description": "也不晚于这个日期，报告里有才比"},
            not_after_since={
                **_DAY_OPTION,
                "description": "not_after 的日期早于这一天就不比：它自己就不对",
            },
        ),
        "anyOf": [{"required": [name]} for name in ("earliest", "latest", "first", "last", "not_after")],
    },
    ("name", "found", "limit", "days"),
    ("late", "early", "after", "wrong"),
)
NUMBER_RANGE: Final = Kind(
    judge_number_range,
    "要素的数值",
    options_schema(
        ("field",),
        field=FIELD,
        at_least=_NUMBER,
        at_most=_NUMBER,
        multiple_of={"type": "integer", "minimum": 1},
    ),
    ("name", "found", "value"),
    check=_check_number_range,
)
