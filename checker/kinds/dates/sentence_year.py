"""`sentence_year`: 句子里的年份."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, Judgement, UnrecognisedError
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, UNLESS_IN_SENTENCE, options_schema
from checker.kinds.text.sentences import shortened
from checker.model.forms import Form
from checker.model.place import Scalar
from checker.model.text import without_book_titles
from checker.patterns.pattern import compile_pattern


def _full_sentence(text: str, at: int) -> str:
    """The sentence around an offset up to its full stops; semicolons do not end it."""
    start = max(text.rfind(stop, 0, at) for stop in _FULL_STOPS) + 1
    ends = [end for stop in _FULL_STOPS if (end := text.find(stop, at)) >= 0]
    return text[start : min(ends, default=len(text))]


def _paragraph_before(text: str, at: int) -> str:
    """What stands before an offset in its paragraph."""
    return text[text.rfind("\n", 0, at) + 1 : at]


_FULL_STOPS: Final = "。！？\n"


def compile_sentence_year(options: Options, _language: Language) -> Judge:
    """No sentence tells as done this year what belongs to another one.

    Sentences that match one of `patterns` around a year at least `from` and at most `to` years away from the
    report's year are reported, unless one of `unless` matches the sentence or one of `unless_earlier` what stands
    before it in its paragraph. A year before the report's is compared with it, not left over, where the same full
    sentence names the report's year too.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        year = subject.report.identity.year
        if year is None:
            raise UnrecognisedError("year")
        view = subject.view(options["where"])
        text = without_book_titles(view.text)
        wanted = range(year + options["from"], year + options["to"] + 1)
        if not any(
            str(one) in text for one in wanted
        ):  # most reports name no such year, and need no patterns
            yield None
            return
        unless = [compile_pattern(source) for source in options.get("unless", ())]
        earlier = [compile_pattern(source) for source in options.get("unless_earlier", ())]
        seen: set[int] = set()
        for source in options["patterns"]:
            for match in compile_pattern(source).finditer(text):
                found = int(match.group("year") or 0)
                start = max(text.rfind(stop, 0, match.start("year")) for stop in "。；！？\n") + 1
                ends = [end for stop in "。；！？\n" if (end := text.find(stop, match.end())) >= 0]
                sentence = text[start : min(ends, default=len(text))]
                if options["to"] < 0 and str(year) in _full_sentence(text, match.start("year")):
                    continue
                if (
                    found not in wanted
                    or start in seen
                    or any(pattern.search(sentence) for pattern in unless)
                    or any(pattern.search(_paragraph_before(text, start)) for pattern in earlier)
                ):
                    continue
                seen.add(start)
                evidence: dict[str, Scalar] = {
                    "found": found,
                    "sentence": shortened(view.text[start : start + len(sentence)]),
                }
                yield Breach(view.place(match.start("year"), match.end("year")), evidence)
        if not seen:
            yield None

    return judge


def _check_sentence_year(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for source in options["patterns"]:
        if "year" not in compile_pattern(source).groups:
            yield f"正则表达式“{source}”里要用 (?P<year>…) 标出年份"


_OFFSET: Final = {"type": "integer", "minimum": -20, "maximum": 20, "description": "与报告年度相差几年"}
KIND: Final = Kind(
    title="句子里的年份",
    about="没有把别的年份的事写成本年做的。",
    compile=compile_sentence_year,
    options=options_schema(
        ("where", "from", "to", "patterns"),
        where=SCOPE,
        **{"from": _OFFSET, "to": _OFFSET},
        patterns={**PATTERNS, "description": "用 (?P<year>…) 标出年份"},
        unless=UNLESS_IN_SENTENCE,
        unless_earlier={**PATTERNS, "description": "同一段里，句子前面有这些写法时不算"},
    ),
    evidence=("found", "sentence"),
    check=_check_sentence_year,
    words={"from": "从报告年度起", "to": "到报告年度止", "unless_earlier": "前面有就不算的写法"},
    skeleton=r"""
title: 没有留下上年的年份
check: {where: 第一部分, from: -1, to: -1, patterns: ['(?P<year>20[0-9]{2})年，我局']}
message: 写的是 {found} 年：“{sentence}”
examples:
  - {name: 当年, expect: pass, given: {text: {1: 2024年，我局公开信息120条。}}}
  - {name: 上年, expect: fail, given: {text: {1: 2023年，我局公开信息120条。}}, findings: [{place: 第一部分, evidence: {found: 2023}}]}
""",
)
