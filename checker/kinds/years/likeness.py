"""`likeness`: 与上年雷同."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PERCENT, SCOPE, UNLESS_IN_SENTENCE, bound, options_schema
from checker.kinds.text.sentences import SENTENCE_STOPS
from checker.model.place import section_number
from checker.model.text import label_key, spans_between
from checker.patterns.pattern import Pattern, compile_pattern

_GRAM: Final = 5


def compile_likeness(options: Options, _language: Language) -> Judge:
    """A section is not last year's over again: few of its runs of five characters stand there too.

    Figures and years are left out of account, and so are sentences that match one of `unless`.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        if subject.years is None:
            raise CannotJudge(subject.no_last_year)
        view = subject.view(options["where"])
        number = section_number(options["where"])
        last = subject.years.previous.prose.get(number or 0, "")
        unless = [compile_pattern(source) for source in options.get("unless", ())]
        own = _own_words(view.text, unless)
        if len(own) < options.get("at_least_characters", 50):
            raise CannotJudge(f"{options['where']}除去套话后太短，不比")
        if not last:
            raise CannotJudge(f"上一年的报告没有可比的{options['where']}")
        known = _grams(_own_words(last, unless))
        grams = _grams(own)
        percent = 100 * len(grams & known) // max(1, len(grams))
        if percent >= options["at_least"]:
            yield Breach(
                view.whole(), {"percent": percent, "last_year": subject.years.previous.identity.year}
            )
        else:
            yield None

    return judge


def _own_words(text: str, unless: Sequence[Pattern]) -> str:
    sentences = (text[start:end] for start, end in spans_between(text, SENTENCE_STOPS))
    own = (one for one in sentences if not any(pattern.search(one) for pattern in unless))
    return "".join(c for sentence in own for c in label_key(sentence) if not c.isdigit())


def _grams(text: str) -> set[str]:
    return {text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1)}


KIND: Final = Kind(
    title="与上年雷同",
    about="这一部分没有大段照抄上年；数字和年份不比。",
    compile=compile_likeness,
    options=options_schema(
        ("where", "at_least"),
        where={**SCOPE, "description": "一个部分，如 第一部分"},
        at_least={**PERCENT, "description": "与上年相同的占百分之几就报"},
        at_least_characters=bound("除去套话后少于几个字的不比，默认 50"),
        unless=UNLESS_IN_SENTENCE,
    ),
    evidence=("percent", "last_year"),
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 第一部分不与上年雷同
check: {where: 第一部分, at_least: 80, at_least_characters: 10}
message: 第一部分与 {last_year} 年度报告有 {percent}% 相同
examples:
  - {name: 内容不同, expect: pass, given: {text: {1: 围绕养老服务公开机构名录和收费标准。}, previous: {text: {1: 开展栏目检查并通报更新不及时的单位。}}}}
  - {name: 照抄, expect: fail, given: {text: {1: 围绕养老服务公开机构名录和收费标准。}, previous: {text: {1: 围绕养老服务公开机构名录和收费标准。}}}, findings: [{place: 第一部分, evidence: {percent: 100}}]}
""",
)
