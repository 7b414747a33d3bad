"""`compare`: 比较."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.language.readable import TEXT, TRUTH
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import ITEM, options_schema
from checker.kinds.values.words import as_scalar
from checker.model.place import Related, Scalar


def compile_compare(options: Options, _language: Language) -> Judge:
    """`left` stands in `relation` to `right`; both are items of one type."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        left, left_place = subject.items.resolve(options["left"]).get(subject)
        right, right_place = subject.items.resolve(options["right"]).get(subject)
        if _RELATIONS[options["relation"]](left, right):
            yield None
        else:
            evidence: dict[str, Scalar] = {"left": as_scalar(left), "right": as_scalar(right)}
            yield Breach(left_place, evidence, related=(Related(right_place, as_scalar(right)),))

    return judge


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


def _check_compare(options: Options, language: Language) -> Iterator[str]:
    left, right = (language.items.resolve(options[side]).type for side in ("left", "right"))
    if left != right:
        yield f"{options['left']}是{left}，{options['right']}是{right}，不能比较"
    elif left in (TEXT, TRUTH) and options["relation"] not in ("等于", "不等于"):
        yield f"{left}不分大小，relation 只能用 等于 或 不等于"


KIND: Final = Kind(
    title="比较",
    about="两个数据项合乎写明的关系，如 左边 不晚于 右边。",
    compile=compile_compare,
    options=options_schema(
        ("left", "relation", "right"),
        left={**ITEM, "description": f"左边：{ITEM['description']}"},
        relation={
            "enum": list(_RELATIONS),
            "enumDescriptions": [f"左边{word}右边" for word in _RELATIONS],
            "description": "左边与右边应有的关系",
        },
        right={**ITEM, "description": f"右边：{ITEM['description']}"},
    ),
    evidence=("left", "right"),
    check_names=_check_compare,
    skeleton=r"""
title: 新收总数不少于自然人新收
check: {left: 表三.新收.总计, relation: 不少于, right: 表三.新收.自然人}
message: 新收总数 {left} 少于自然人新收 {right}
examples:
  - {name: 相等, expect: pass, given: {cells: {"T3[R1, natural]": 3, "T3[R1, total]": 3}}}
  - {name: 总数少了, expect: fail, given: {cells: {"T3[R1, natural]": 3, "T3[R1, total]": 2}}, findings: [{place: "T3[R1, total]", evidence: {left: 2, right: 3}}]}
""",
)
