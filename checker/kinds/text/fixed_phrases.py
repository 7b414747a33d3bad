"""`fixed_phrases`: 固定提法."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, SCOPE, SHORT_TEXT, WORDS, options_schema
from checker.kinds.rewording import text_changes
from checker.patterns.pattern import compile_pattern


def compile_fixed_phrases(options: Options, _language: Language) -> Judge:
    """Fixed phrases are written in full: a text that begins and ends like one has its characters between.

    A phrase has a beginning and an end that are hardly ever wrong; what stands between them, if it is not one
    of the accepted wordings but within two slips of one, is reported.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        examined = False
        for phrase in options["phrases"]:
            accepted = [phrase["phrase"], *phrase.get("also", ())]
            for match in compile_pattern(phrase["like"]).finditer(view.text):
                examined = True
                found = match.group() or ""
                if found in accepted:
                    yield None
                    continue
                slips = {one: _slips(found, one) for one in accepted}
                nearest = min(accepted, key=slips.__getitem__)
                if 0 < slips[nearest] <= options["slips"]:
                    alone = list(slips.values()).count(slips[nearest]) == 1
                    change = (match.start(), match.end(), nearest)
                    yield Breach(
                        view.place(match.start(), match.end()),
                        {"found": found, "expected": nearest},
                        texts=text_changes(subject, view, [change]) if alone else (),
                    )
                else:
                    yield None
        if not examined:
            yield None

    return judge


def _slips(left: str, right: str) -> int:
    """Edit distance of two short strings."""
    row = list(range(len(right) + 1))
    for number, one in enumerate(left, 1):
        diagonal, row[0] = row[0], number
        for column, other in enumerate(right, 1):
            diagonal, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, diagonal + (one != other)),
            )
    return row[-1]


KIND: Final = Kind(
    title="固定提法",
    about="固定提法写得完整，没有漏字、错字。",
    compile=compile_fixed_phrases,
    options=options_schema(
        ("where", "phrases", "slips"),
        where=SCOPE,
        slips={"type": "integer", "minimum": 1, "maximum": 4, "description": "差几个字以内算写错"},
        phrases={
            "type": "array",
            "minItems": 1,
            "items": options_schema(
                ("phrase", "like"),
                phrase={**SHORT_TEXT, "description": "提法的正确写法"},
                like={**PATTERN, "description": "像它的写法：头尾不变，中间任意"},
                also={**WORDS, "description": "同样可以的写法"},
            ),
            "description": "提法、像它的写法、同样可以的写法",
        },
    ),
    evidence=("found", "expected"),
    words={"slips": "差几个字以内", "phrases": "提法"},
    skeleton=r"""
title: 固定提法没有错漏
check: {where: 正文, slips: 2, phrases: [{phrase: 应公开尽公开, like: '应\p{Han}{2}尽公开'}]}
message: “{found}”应为“{expected}”
examples:
  - {name: 写对了, expect: pass, given: {text: {1: 做到应公开尽公开。}}}
  - {name: 错了一字, expect: fail, given: {text: {1: 做到应公布尽公开。}}, findings: [{place: 第一部分, evidence: {expected: 应公开尽公开}}]}
""",
)
