"""`forbidden_pattern`: 不应出现的写法."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import NEEDS, PATTERNS, SCOPE, UNLESS_OVERLAPPING, options_schema
from checker.kinds.rewording import REPLACE, Rewording, found_span, reworded, rewordings, text_changes
from checker.kinds.text.sentences import is_needed, shortened
from checker.model.place import Place, Scalar
from checker.patterns.pattern import Match


def compile_forbidden_pattern(options: Options, _language: Language) -> Judge:
    """The scope matches none of the patterns; with `once`, all matches make one breach.

    `instead` has the right words for wrong ones; evidence `instead` is what was found, with them put right.
    `replace` says what is to be written where that is certain.
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
            return
        certain = rewordings(view, options)
        all_mend = _mends(view, options, certain, 0)
        end = -1
        for number, hit in enumerate(hits):
            listed = hits if options.get("once") else [hit]
            if hit.start() < end:
                continue
            end = hit.end()
            changes = list(dict.fromkeys(one for each in listed for one in _changes_of(each, certain)))
            mends = bool(changes) and (
                all_mend or (number < _MOST_TRIED and _mends(view, options, changes, len(hits) - len(listed)))
            )
            texts = text_changes(subject, view, changes) if mends else ()
            yield Breach(_place(view, hit), _evidence(listed, certain, options), texts=texts)
            if listed is hits:
                return

    return judge


def _mends(view: TextView, options: Options, changes: Sequence[Rewording], left: int) -> bool:
    """Whether changes leave no more than so many matches."""
    hits = reworded(view, changes).matches(options["patterns"], options.get("unless", ()))
    return bool(changes) and len(list(hits)) <= left


def _changes_of(hit: Match, certain: Sequence[Rewording]) -> Iterator[Rewording]:
    """Those changes, which are in order and apart from each other, that overlap a match."""
    start, end = found_span(hit)
    for at in range(max(bisect(certain, (start,)) - 1, 0), len(certain)):
        if certain[at][0] >= end:
            return
        if start < certain[at][1]:
            yield certain[at]


def _evidence(hits: Sequence[Match], certain: Sequence[Rewording], options: Options) -> dict[str, Scalar]:
    words = {_found(hit): hit for hit in reversed(hits)}
    listed = sorted(words, key=lambda word: words[word].start())[:_MOST_LISTED]
    evidence: dict[str, Scalar] = {"found": "、".join(listed), "count": len(hits)}
    if "instead" in options:
        evidence["instead"] = "、".join(
            dict.fromkeys(_put_right(word, words[word], certain, options["instead"]) for word in listed)
        )
    return evidence


def _put_right(text: str, hit: Match, certain: Sequence[Rewording], others: Mapping[str, str]) -> str:
    first, last = found_span(hit)
    for start, end, by in _changes_of(hit, certain):
        if first <= start and end <= last:
            return text[: start - first] + by + text[end - first :]
    for wrong, right in others.items():
        if wrong in text:
            return text.replace(wrong, right)
    return text


_MOST_LISTED: Final = 8
_MOST_TRIED: Final = 40
"""Matches for which it is tried alone what their changes leave; each costs as much as looking for all of them."""


def _found(hit: Match) -> str:
    return shortened((hit.groupdict().get("found") or hit.group() or "").strip())


def _place(view: TextView, hit: Match) -> Place:
    return view.place(*found_span(hit))


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
        replace=REPLACE,
    ),
    evidence=("found", "count", "instead"),
    words={"instead": "改正后的写法"},
    skeleton=r"""
title: 正文不写“等等”
check: {where: 正文, patterns: [等等]}
message: 写了“{found}”
examples:
  - {name: 写明白了, expect: pass, given: {text: {1: 公开信息120条。}}}
  - {name: 写了等等, expect: fail, given: {text: {1: 公开公告、通知等等。}}, findings: [{place: 第一部分, evidence: {found: 等等}}]}
""",
)
