"""Kinds about what the text says and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from checker.judging.language.scope import TextView
from checker.kinds.base import (
    PATTERNS,
    SCOPE,
    WORDS,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    options_schema,
)
from checker.model.findings import Place, Scalar
from checker.model.forms import Form
from checker.model.text import spans_between
from checker.patterns.pattern import Match, compile_pattern


def judge_pattern(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The scope matches at least one of the patterns; with `needs`, only if it matches one of these too."""
    view = subject.view(options["where"])
    if not _needed(view, options) or any(view.matches(options["patterns"], options.get("unless", ()))):
        yield None
    else:
        place = subject.end_of(options["at"]) if "at" in options else view.whole()
        yield Breach(place, {"text": _short(view.texts[0].squeezed.text)})


def _needed(view: TextView, options: Options) -> bool:
    """Whether there is anything to check: one of `needs` occurs, or nothing is needed."""
    return "needs" not in options or any(view.matches(options["needs"]))


def judge_forbidden_pattern(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The scope matches none of the patterns; with `once`, all matches make one breach."""
    view = subject.view(options["where"])
    if not _needed(view, options):
        yield None
        return
    hits = sorted(
        view.matches(options["patterns"], options.get("unless", ())), key=lambda match: match.start()
    )
    if not hits:
        yield None
    elif options.get("once"):
        words = list(dict.fromkeys(_found(hit) for hit in hits))
        yield Breach(_place(view, hits[0]), {"found": "、".join(words[:8]), "count": len(hits)})
    else:
        end = -1
        for hit in hits:
            if hit.start() >= end:
                end = hit.end()
                yield Breach(_place(view, hit), {"found": _found(hit), "count": 1})


def _found(hit: Match) -> str:
    return _short((hit.groupdict().get("found") or hit.group() or "").strip())


def _place(view: TextView, hit: Match) -> Place:
    """The match, or its group `found` if it has one that took part."""
    if hit.groupdict().get("found"):
        return view.place(hit.start("found"), hit.end("found"))
    return view.place(hit.start(), hit.end())


def _short(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def judge_mentions(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The scope speaks of every topic; the topics that it does not speak of make one breach.

    A topic is spoken of when one of its `any` words or `patterns` occurs where no `unless` pattern matches,
    and, if it has `near`, one of those words within `within` characters of it in the same paragraph.
    """
    view = subject.view(options["where"])
    missing = [topic["topic"] for topic in options["topics"] if not _spoken_of(view, topic)]
    if missing:
        yield Breach(view.whole(), {"missing": "、".join(missing), "count": len(missing)})
    else:
        yield None


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


def judge_length(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Characters in the scope, white space not counted, lie within the bounds."""
    view = subject.view(options["where"])
    length = view.length
    at_most, at_least = options.get("at_most"), options.get("at_least")
    evidence: dict[str, Scalar] = {"length": length, "at_most": at_most, "at_least": at_least}
    if at_most is not None and length > at_most:
        yield Breach(view.whole(), evidence, "too_long")
    elif at_least is not None and length < at_least:
        yield Breach(view.whole(), evidence, "too_short")
    else:
        yield None


def _check_length(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if "at_most" not in options and "at_least" not in options:
        yield "at_most（最多字数）与 at_least（最少字数）至少写一个，否则什么也查不出"


_SENTENCE_STOPS: Final = "。！？；\n"


def judge_repeated(subject: Subject, options: Options) -> Iterator[Judgement]:
    """No sentence of at least `at_least` characters stands twice in the scope."""
    view = subject.view(options["where"])
    unless = [compile_pattern(source) for source in options.get("unless", ())]
    seen: set[str] = set()
    for start, end in spans_between(view.text, _SENTENCE_STOPS):
        sentence = view.text[start:end].strip("，、：:,")
        if len(sentence) < options["at_least"] or any(pattern.search(sentence) for pattern in unless):
            continue
        if sentence in seen:
            yield Breach(view.place(start, end), {"found": _short(sentence), "length": len(sentence)})
        else:
            seen.add(sentence)
            yield None


def judge_text_number(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Every number that a pattern finds (its group `number`) lies within the bounds.

    A bound is a number, or 年度 with an optional offset such as 年度+1, the year the report is about. With
    `optional`, a scope without any such number is in order too.
    """
    view = subject.view(options["where"])
    bounds = {
        name: _bound(subject, options[name])
        for name in ("at_least", "at_most", "multiple_of")
        if name in options
    }
    found = list(view.matches(options["patterns"], options.get("unless", ())))
    if not found and options.get("optional"):
        yield None
    for match in found:
        number = Decimal((match.group("number") or "").replace(",", "") or "0")
        if (
            ("at_least" in bounds and number < bounds["at_least"])
            or ("at_most" in bounds and number > bounds["at_most"])
            or ("multiple_of" in bounds and number % bounds["multiple_of"])
        ):
            evidence: dict[str, Scalar] = {
                "found": _short(match.group() or ""),
                "value": match.group("number"),
            }
            yield Breach(view.place(match.start("number"), match.end("number")), evidence)
        else:
            yield None


_YEAR: Final = "年度"


def _bound(subject: Subject, bound: int | str) -> Decimal:
    if isinstance(bound, str) and bound.startswith(_YEAR):
        year = subject.report.identity.year
        if year is None:
            raise CannotJudge("未能识别报告年度")
        return Decimal(year + int(bound.removeprefix(_YEAR) or 0))
    return Decimal(str(bound))


def _check_text_number(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if not {"at_least", "at_most", "multiple_of"} & set(options):
        yield "at_least、at_most、multiple_of 至少写一个，否则什么也查不出"
    for source in options["patterns"]:
        if "number" not in compile_pattern(source).groups:
            yield f"正则表达式“{source}”里要用 (?P<number>…) 标出数字"


def judge_count(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The patterns match the scope at least and at most so many times."""
    view = subject.view(options["where"])
    hits = list(view.matches(options["patterns"], options.get("unless", ())))
    evidence: dict[str, Scalar] = {"count": len(hits)}
    if len(hits) < options.get("at_least", 0):
        yield Breach(view.whole(), evidence, "too_few")
    elif len(hits) > options.get("at_most", len(hits)):
        first_excess = hits[options["at_most"]]
        yield Breach(view.place(first_excess.start(), first_excess.end()), evidence, "too_many")
    else:
        yield None


def _check_count(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if "at_most" not in options and "at_least" not in options:
        yield "at_most（最多次数）与 at_least（最少次数）至少写一个，否则什么也查不出"


_UNLESS: Final = {**PATTERNS, "description": "与这些写法重叠的命中不算"}
_NEEDS: Final = {**PATTERNS, "description": "范围里出现这些写法之一才检查"}
_AT: Final = {**SCOPE, "description": "没有找到时指向这个范围的末尾；不写则指向 where"}
_WHOLE: Final = {"type": "integer", "minimum": 0}
_NUMBER_BOUND: Final = {
    "type": ["integer", "string"],
    "pattern": r"^(-?[0-9]+(\.[0-9]+)?|年度([+-][0-9]{1,2})?)$",
}
_TOPIC: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["topic"],
    "properties": {
        "topic": {"type": "string", "minLength": 1},
        "any": WORDS,
        "patterns": PATTERNS,
        "unless": _UNLESS,
        "near": WORDS,
        "within": {"type": "integer", "minimum": 1, "maximum": 500},
    },
}

PATTERN_KIND: Final = Kind(
    judge_pattern,
    "应出现的写法",
    options_schema(
        ("where", "patterns"), where=SCOPE, patterns=PATTERNS, unless=_UNLESS, needs=_NEEDS, at=_AT
    ),
    ("text",),
)
FORBIDDEN_PATTERN: Final = Kind(
    judge_forbidden_pattern,
    "不应出现的写法",
    options_schema(
        ("where", "patterns"),
        where=SCOPE,
        patterns=PATTERNS,
        unless=_UNLESS,
        needs=_NEEDS,
        once={"type": "boolean", "description": "全部命中合报一次"},
    ),
    ("found", "count"),
)
MENTIONS: Final = Kind(
    judge_mentions,
    "应提到的内容",
    options_schema(
        ("where", "topics"), where=SCOPE, topics={"type": "array", "minItems": 1, "items": _TOPIC}
    ),
    ("missing", "count"),
    check=_check_mentions,
)
LENGTH: Final = Kind(
    judge_length,
    "篇幅",
    options_schema(("where",), where=SCOPE, at_most=_WHOLE, at_least=_WHOLE),
    ("length", "at_most", "at_least"),
    ("too_long", "too_short"),
    check=_check_length,
)
REPEATED: Final = Kind(
    judge_repeated,
    "重复的句子",
    options_schema(
        ("where", "at_least"),
        where=SCOPE,
        at_least={"type": "integer", "minimum": 5},
        unless={**PATTERNS, "description": "有这些写法的句子不算"},
    ),
    ("found", "length"),
)
TEXT_NUMBER: Final = Kind(
    judge_text_number,
    "文字中的数字",
    options_schema(
        ("where", "patterns"),
        where=SCOPE,
        patterns={**PATTERNS, "description": "用 (?P<number>…) 标出数字"},
        unless=PATTERNS,
        optional={"type": "boolean", "description": "没有这样的数字也算合格"},
        at_least=_NUMBER_BOUND,
        at_most=_NUMBER_BOUND,
        multiple_of={"type": "integer", "minimum": 1},
    ),
    ("found", "value"),
    check=_check_text_number,
)
COUNT: Final = Kind(
    judge_count,
    "次数",
    options_schema(
        ("where", "patterns"),
        where=SCOPE,
        patterns=PATTERNS,
        unless=PATTERNS,
        at_least=_WHOLE,
        at_most=_WHOLE,
    ),
    ("count",),
    ("too_few", "too_many"),
    check=_check_count,
)
