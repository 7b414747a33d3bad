"""`self_designation`: 正文自称."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement, UnrecognisedError
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, SCOPE, options_schema
from checker.model.place import Related, Scalar
from checker.model.text import HIDDEN, without_book_titles
from checker.patterns.pattern import compile_pattern
from checker.startup.lazy_re import compile_later

_QUOTED: Final = compile_later(r"“[^“”\n]*”")


def compile_self_designation(options: Options, _language: Language) -> Judge:
    """The body speaks of itself by words that suit its name; each wrong word makes one breach.

    Quotations and book titles take no part.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        agency = subject.report.identity.agency
        if agency is None:
            raise UnrecognisedError("agency")
        view = subject.view(options["where"])
        text = _QUOTED.sub(lambda match: HIDDEN * len(match[0]), without_book_titles(view.text))
        examined = False
        for entry in options["words"]:
            hits = list(compile_pattern(entry["pattern"]).finditer(text))
            if not hits:
                continue
            examined = True
            if compile_pattern(entry["suits"]).search(agency):
                yield None
                continue
            first = hits[0]
            evidence: dict[str, Scalar] = {"found": first.group(), "agency": agency, "count": len(hits)}
            related = tuple(Related(view.place(hit.start(), hit.end()), hit.group()) for hit in hits[1:6])
            yield Breach(view.place(first.start(), first.end()), evidence, related=related)
        if not examined:
            yield None

    return judge


KIND: Final = Kind(
    title="正文自称",
    about="自称与单位的名称相称，如办公室不自称“我局”。",
    compile=compile_self_designation,
    options=options_schema(
        ("where", "words"),
        where=SCOPE,
        words={
            "type": "array",
            "minItems": 1,
            "items": options_schema(
                ("pattern", "suits"),
                pattern={**PATTERN, "description": "自称的写法"},
                suits={**PATTERN, "description": "名称符合它的单位用得上这个自称"},
            ),
            "description": "自称（pattern）和用得上它的单位名称（suits）",
        },
    ),
    evidence=("found", "agency", "count"),
    words={"words": "自称"},
    skeleton=r"""
title: 自称与单位一致
check: {where: 正文, words: [{pattern: 我镇, suits: 镇}]}
message: 自称“{found}”，单位却是{agency}
examples:
  - {name: 没有自称, expect: pass, given: {text: {1: 公开信息120条。}}}
  - {name: 局写我镇, expect: fail, given: {text: {1: 我镇公开信息120条。}}, findings: [{place: 第一部分, evidence: {found: 我镇}}]}
""",
)
