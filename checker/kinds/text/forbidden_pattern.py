"""`forbidden_pattern`: 不应出现的写法."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import NEEDS, PATTERNS, SCOPE, UNLESS_OVERLAPPING, options_schema
from checker.kinds.text.sentences import is_needed, shortened
from checker.model.place import Place, Scalar
from checker.patterns.pattern import Match


def compile_forbidden_pattern(options: Options, _language: Language) -> Judge:
    """The scope matches none of the patterns; with `once`, all matches make one breach.

    `instead` has the right words for wrong ones; evidence `instead` is what was found, with them put right.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        if not is_needed(view, options):
            yield None
            return
        hits = sorted(
            view.matches(options["patterns"], options.get("unless", ())), key=lambda match: match.start()
        )
        if not hits:
            yield None
        elif options.get("once"):
            words = list(dict.fromkeys(_found(hit) for hit in hits))
            yield Breach(_place(view, hits[0]), _evidence(words[:_TOLD], len(hits), options))
        else:
            end = -1
            for hit in hits:
                if hit.start() >= end:
                    end = hit.end()
                    yield Breach(_place(view, hit), _evidence([_found(hit)], 1, options))

    return judge


def _evidence(words: Sequence[str], count: int, options: Options) -> dict[str, Scalar]:
    evidence: dict[str, Scalar] = {"found": "、".join(words), "count": count}
    put_right: Mapping[str, str] = options.get("instead", {})
    if put_right:
        evidence["instead"] = "、".join(dict.fromkeys(_put_right(word, put_right) for word in words))
    return evidence


def _put_right(text: str, put_right: Mapping[str, str]) -> str:
    for wrong, right in put_right.items():
        if wrong in text:
            return text.replace(wrong, right)
    return text


_TOLD: Final = 8


def _found(hit: Match) -> str:
    return shortened((hit.groupdict().get("found") or hit.group() or "").strip())


def _place(view: TextView, hit: Match) -> Place:
    """The match, or its group `found` if it has one that took part."""
    if hit.groupdict().get("found"):
        return view.place(hit.start("found"), hit.end("found"))
    return view.place(hit.start(), hit.end())


KIND: Final = Kind(
    title="不应出现的写法",
    about="范围里没有这些写法。",
    compile=compile_forbidden_pattern,
    options=options_schema(
        ("where", "patterns"),
        where=SCOPE,
        patterns=PATTERNS,
        unless=UNLESS_OVERLAPPING,
        needs=NEEDS,
        once={"type": "boolean", "description": "全部命中合报一次"},
        instead={
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "错的写法: 对的写法；说明里的 {instead} 是改正后的文字，先写的先用",
        },
    ),
    evidence=("found", "count", "instead"),
    skeleton=r"""
title: 正文不写“等等”
check: {where: 正文, patterns: [等等]}
message: 写了“{found}”
examples:
  - {name: 写明白了, expect: pass, given: {text: {1: 公开信息120条。}}}
  - {name: 写了等等, expect: fail, given: {text: {1: 公开公告、通知等等。}}, findings: [{place: 第一部分, evidence: {found: 等等}}]}
""",
)
