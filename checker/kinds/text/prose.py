"""Kinds about prose: years, self-designation, meetings, fixed phrases, repetition of last year's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from checker.judging.language.scope import section_number
from checker.kinds.base import (
    NO_LAST_YEAR,
    PATTERN,
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
from checker.model.findings import Related, Scalar
from checker.model.forms import Form
from checker.model.text import label_key, spans_between
from checker.patterns.pattern import Pattern, compile_pattern
from checker.startup.lazy_re import compile_later

_SENTENCE_STOPS: Final = "。；！？\n"
_BOOK_TITLE: Final = compile_later(r"《[^《》\n]*》")
_QUOTED: Final = compile_later(r"“[^“”\n]*”")
_GRAM: Final = 5
_HIDDEN: Final = "〓"


def _hidden(text: str) -> str:
    """Book titles made unreadable, length kept."""
    return _BOOK_TITLE.sub(lambda match: _HIDDEN * len(match[0]), text)


def _short(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def judge_sentence_year(subject: Subject, options: Options) -> Iterator[Judgement]:
    """No sentence tells as done this year what belongs to another one.

    Sentences that match one of `patterns` around a year at least `from` and at most `to` years away from the
    report's year are reported, unless one of `unless` matches the sentence.
    """
    year = subject.report.identity.year
    if year is None:
        raise CannotJudge("未能识别报告年度")
    view = subject.view(options["where"])
    text = _hidden(view.text)
    wanted = range(year + options["from"], year + options["to"] + 1)
    if not any(str(one) in text for one in wanted):  # most reports name no such year, and need no patterns
        yield None
        return
    unless = [compile_pattern(source) for source in options.get("unless", ())]
    seen: set[int] = set()
    for source in options["patterns"]:
        for match in compile_pattern(source).finditer(text):
            found = int(match.group("year") or 0)
            start = max(text.rfind(stop, 0, match.start("year")) for stop in "。；！？\n") + 1
            ends = [end for stop in "。；！？\n" if (end := text.find(stop, match.end())) >= 0]
            sentence = text[start : min(ends, default=len(text))]
            if found not in wanted or start in seen or any(pattern.search(sentence) for pattern in unless):
                continue
            seen.add(start)
            evidence: dict[str, Scalar] = {
                "found": found,
                "sentence": _short(view.text[start : start + len(sentence)]),
            }
            yield Breach(view.place(match.start("year"), match.end("year")), evidence)
    if not seen:
        yield None


def _check_sentence_year(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for source in options["patterns"]:
        if "year" not in compile_pattern(source).groups:
            yield f"正则表达式“{source}”里要用 (?P<year>…) 标出年份"


def judge_self_designation(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The body speaks of itself by words that suit its name; each wrong word makes one breach.

    Quotations and book titles take no part.
    """
    agency = subject.report.identity.agency
    if agency is None:
        raise CannotJudge("未能识别报告单位")
    view = subject.view(options["where"])
    text = _QUOTED.sub(lambda match: _HIDDEN * len(match[0]), _hidden(view.text))
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


def judge_meetings(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Meetings that the text names had been held, and are not those of a past term only.

    The calendar lists meetings with their term and the day they closed. One that closed after the report was
    signed (undated: after March of the next year) makes a breach `not_yet`; a text that only names meetings
    of terms that had ended when the report's year began makes a breach `outdated`.
    """
    year = subject.report.identity.year
    if year is None:
        raise CannotJudge("未能识别报告年度")
    view = subject.view(options["where"])
    signed = subject.report.field("signed_on")
    last_day = signed.value if signed and isinstance(signed.value, date) else date(year + 1, 3, 31)
    calendar: Sequence[Mapping[str, Any]] = options["calendar"]
    named = [
        (meeting, match.start(), match.end())
        for meeting in calendar
        for match in compile_pattern(meeting["pattern"]).finditer(view.text)
    ]
    future = [one for one in named if date.fromisoformat(one[0]["closed"]) > last_day]
    begun = [one for one in calendar if date.fromisoformat(one["closed"]) < date(year, 1, 1)]
    if future:
        meeting, start, end = future[0]
        yield Breach(view.place(start, end), _meeting(meeting, meeting), "not_yet")
    elif named and begun and max(one[0]["term"] for one in named) < max(one["term"] for one in begun):
        meeting, start, end = max(named, key=lambda one: int(one[0]["term"]))
        yield Breach(view.place(start, end), _meeting(meeting, begun[-1]), "outdated")
    else:
        yield None


def _meeting(named: Mapping[str, Any], newest: Mapping[str, Any]) -> dict[str, Scalar]:
    day = date.fromisoformat(named["closed"])
    return {"found": named["name"], "closed": f"{day.year}年{day.month}月", "newest": newest["name"]}


def judge_fixed_phrases(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Fixed phrases are written in full: a text that begins and ends like one has its characters between.

    A phrase has a beginning and an end that are hardly ever wrong; what stands between them, if it is not one
    of the accepted wordings but within two slips of one, is reported.
    """
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
            nearest = min(accepted, key=lambda one: _slips(found, one))
            if 0 < _slips(found, nearest) <= options["slips"]:
                yield Breach(view.place(match.start(), match.end()), {"found": found, "expected": nearest})
            else:
                yield None
    if not examined:
        yield None


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


def judge_share_of_text(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Sentences that match one of the patterns make up at most `at_most` per cent of the scope."""
    view = subject.view(options["where"])
    patterns = [compile_pattern(source) for source in options["patterns"]]
    unless = [compile_pattern(source) for source in options.get("unless", ())]
    whole = part = 0
    first: tuple[int, int] | None = None
    for start, end in spans_between(view.text, _SENTENCE_STOPS):
        sentence = view.text[start:end]
        whole += len(sentence)
        if any(p.search(sentence) for p in patterns) and not any(p.search(sentence) for p in unless):
            part += len(sentence)
            first = first or (start, end)
    percent = part * 100 // whole if whole else 0
    if first and whole >= options.get("at_least_characters", 0) and percent > options["at_most"]:
        yield Breach(view.place(*first), {"percent": percent, "length": part})
    else:
        yield None


def judge_paired_points(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Problems and measures, both listed point by point, are about as many; variants `count` and `short`."""
    view = subject.view(options["where"])
    length = sum(len(text.squeezed.text) for text in view.texts)
    if length < options["at_least"]:
        yield Breach(view.whole(), {"length": length, "problems": 0, "measures": 0}, "short")
        return
    turn = compile_pattern(options["turn"]).search(view.text)
    if turn is None:
        raise CannotJudge(f"{options['where']}分不出问题和措施")
    point = compile_pattern(options["point"])
    problems = sum(1 for _ in point.finditer(view.text[: turn.start()]))
    measures = sum(1 for _ in point.finditer(view.text[turn.start() :]))
    evidence: dict[str, Scalar] = {"length": length, "problems": problems, "measures": measures}
    if min(problems, measures) > 1 and problems - measures >= options["difference"]:
        yield Breach(view.place(turn.start(), turn.end()), evidence, "count")
    else:
        yield None


def judge_likeness(subject: Subject, options: Options) -> Iterator[Judgement]:
    """A section is not last year's over again: few of its runs of five characters stand there too.

    Figures and years are left out of account, and so are sentences that match one of `unless`.
    """
    if subject.years is None:
        raise CannotJudge(NO_LAST_YEAR)
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
        yield Breach(view.whole(), {"percent": percent, "last_year": subject.years.previous.identity.year})
    else:
        yield None


def _own_words(text: str, unless: Sequence[Pattern]) -> str:
    sentences = (text[start:end] for start, end in spans_between(text, _SENTENCE_STOPS))
    own = (one for one in sentences if not any(pattern.search(one) for pattern in unless))
    return "".join(c for sentence in own for c in label_key(sentence) if not c.isdigit())


def _grams(text: str) -> set[str]:
    return {text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1)}


_UNLESS: Final = {**PATTERNS, "description": "句子里有这些写法时不算"}
_WHOLE: Final = {"type": "integer", "minimum": 0}
_PERCENT: Final = {"type": "integer", "minimum": 0, "maximum": 100, "description": "百分数"}
_TEXT: Final = {"type": "string", "minLength": 1}
_OFFSET: Final = {"type": "integer", "minimum": -20, "maximum": 20, "description": "与报告年度相差几年"}

SENTENCE_YEAR: Final = Kind(
    judge_sentence_year,
    "句子里的年份",
    options_schema(
        ("where", "from", "to", "patterns"),
        where=SCOPE,
        **{"from": _OFFSET, "to": _OFFSET},
        patterns={**PATTERNS, "description": "用 (?P<year>…) 标出年份"},
        unless=_UNLESS,
    ),
    ("found", "sentence"),
    check=_check_sentence_year,
)
SELF_DESIGNATION: Final = Kind(
    judge_self_designation,
    "正文自称",
    options_schema(
        ("where", "words"),
        where=SCOPE,
        words={
            "type": "array",
            "minItems": 1,
            "items": options_schema(("pattern", "suits"), pattern=PATTERN, suits=PATTERN),
            "description": "自称（pattern）和用得上它的单位名称（suits）",
        },
    ),
    ("found", "agency", "count"),
)
MEETINGS: Final = Kind(
    judge_meetings,
    "会议的时间",
    options_schema(
        ("where", "calendar"),
        where=SCOPE,
        calendar={
            "type": "array",
            "minItems": 1,
            "items": options_schema(
                ("name", "term", "closed", "pattern"),
                name=_TEXT,
                term={"type": "integer"},
                closed={"type": "string", "format": "date"},
                pattern=PATTERN,
                source=_TEXT,
            ),
            "description": "会议、届次和闭幕日期，按先后",
        },
    ),
    ("found", "closed", "newest"),
    ("not_yet", "outdated"),
)
FIXED_PHRASES: Final = Kind(
    judge_fixed_phrases,
    "固定提法",
    options_schema(
        ("where", "phrases", "slips"),
        where=SCOPE,
        slips={"type": "integer", "minimum": 1, "maximum": 4, "description": "差几个字以内算写错"},
        phrases={
            "type": "array",
            "minItems": 1,
            "items": options_schema(("phrase", "like"), phrase=_TEXT, like=PATTERN, also=WORDS),
            "description": "提法、像它的写法、同样可以的写法",
        },
    ),
    ("found", "expected"),
)
SHARE_OF_TEXT: Final = Kind(
    judge_share_of_text,
    "某类内容的篇幅",
    options_schema(
        ("where", "patterns", "at_most"),
        where=SCOPE,
        patterns=PATTERNS,
        unless=_UNLESS,
        at_most=_PERCENT,
        at_least_characters=_WHOLE,
    ),
    ("percent", "length"),
)
PAIRED_POINTS: Final = Kind(
    judge_paired_points,
    "问题与措施的条数",
    options_schema(
        ("where", "turn", "point", "difference", "at_least"),
        where=SCOPE,
        turn={**PATTERN, "description": "从问题转到措施的写法"},
        point={**PATTERN, "description": "每一条的开头"},
        difference={"type": "integer", "minimum": 1},
        at_least={**_WHOLE, "description": "最少字数"},
    ),
    ("length", "problems", "measures"),
    ("count", "short"),
)
LIKENESS: Final = Kind(
    judge_likeness,
    "与上年雷同",
    options_schema(
        ("where", "at_least"),
        where={**SCOPE, "description": "一个部分，如 第一部分"},
        at_least=_PERCENT,
        at_least_characters=_WHOLE,
        unless=_UNLESS,
    ),
    ("percent", "last_year"),
)
