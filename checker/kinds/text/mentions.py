"""`mentions`: 应提到的内容."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, SHORT_TEXT, UNLESS_OVERLAPPING, WORDS, options_schema
from checker.model.forms import Form


def compile_mentions(options: Options, _language: Language) -> Judge:
    """The scope speaks of every topic; the topics that it does not speak of make one breach.

    A topic is spoken of when one of its `any` words or `patterns` occurs where no `unless` pattern matches,
    and, if it has `near`, one of those words within `within` characters of it in the same paragraph.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        missing = [topic["topic"] for topic in options["topics"] if not _spoken_of(view, topic)]
        if missing:
            yield Breach(view.lacking(), {"missing": "、".join(missing), "count": len(missing)})
        else:
            yield None

    return judge


def _spoken_of(view: TextView, topic: Mapping[str, Any]) -> bool:
    exempt: list[tuple[int, int]] | None = None
    for start, end in _spans(view, topic):
        if exempt is None:
            exempt = [(match.start(), match.end()) for match in view.matches(topic.get("unless", ()))]
        if any(first < end and start < last for first, last in exempt):
            continue
        if "near" not in topic or _is_near(view.text, start, end, topic):
            return True
    return False


def _spans(view: TextView, topic: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Where a topic is named; words come first, because they cost the least and mostly settle it."""
    for word in topic.get("any", ()):
        yield from _occurrences(view.text, word)
    for match in view.matches(topic.get("patterns", ())):
        yield match.start(), match.end()


def _is_near(text: str, start: int, end: int, topic: Mapping[str, Any]) -> bool:
    """Whether one of the topic's `near` words stands close to a span, in the same paragraph."""
    within = topic.get("within", 30)
    before = text[max(0, start - within) : start].rsplit("\n", 1)[-1]
    after = text[end : end + within].split("\n", 1)[0]
    return any(word in before or word in after for word in topic["near"])


def _occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)


def _check_mentions(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for topic in options["topics"]:
        if "any" not in topic and "patterns" not in topic:
            yield f"topics 中的“{topic['topic']}”要有 any（词）或 patterns（正则表达式）"
        if "within" in topic and "near" not in topic:
            yield f"topics 中的“{topic['topic']}”写了 within 却没有 near"


_TOPIC: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["topic"],
    "properties": {
        "topic": {**SHORT_TEXT, "description": "什么事，印在说明里"},
        "any": {**WORDS, "description": "出现其中一个词就算写到"},
        "patterns": PATTERNS,
        "unless": UNLESS_OVERLAPPING,
        "near": {**WORDS, "description": "附近（同一段里）还要有其中一个词"},
        "within": {
            "type": "integer",
            "minimum": 1,
            "maximum": 500,
            "description": "附近是几个字以内，默认 30",
        },
    },
}


KIND: Final = Kind(
    title="应提到的内容",
    about="几件事在范围里都写到；没有写到的合报一次。",
    compile=compile_mentions,
    options=options_schema(
        ("where", "topics"),
        where=SCOPE,
        topics={"type": "array", "minItems": 1, "items": _TOPIC, "description": "应写到的几件事"},
    ),
    evidence=("missing", "count"),
    check=_check_mentions,
    skeleton=r"""
title: 总体情况写到培训
check: {where: 第一部分, topics: [{topic: 培训, any: [培训]}]}
message: 总体情况没有写{missing}
examples:
  - {name: 写了, expect: pass, given: {text: {1: 组织业务培训2次。}}}
  - {name: 没有写, expect: fail, given: {text: {1: 公开信息120条。}}, findings: [{place: 第一部分, evidence: {missing: 培训}}]}
""",
)
