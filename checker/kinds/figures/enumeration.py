"""`enumeration`: 分项与总数."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.figures.contradiction import NUMBER, ContradictedClaims
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, SCOPE, WORDS, options_schema
from checker.model.findings import NO_LISTS
from checker.model.place import Related, Scalar
from checker.patterns.pattern import Match, compile_pattern
from checker.startup.records import dataclass, replace

_FEWEST_PARTS: Final = 2
_CUTS: Final = frozenset(" .，")
_LONGEST: Final = 2000
"""Characters of an enumeration, or of a sentence before it; a list of all results of a large city has some 400."""


@dataclass(frozen=True, slots=True)
class _EnumeratedPart:
    """A number with its label in an enumeration; offsets count the view's characters.

    Attributes:
        apart: it, or one before it, may no longer be a part but something else that is told behind a comma.
        goes_on: behind it stands a semicolon, and further numbers of this sort that may be parts too.
    """

    start: int
    end: int
    label: str
    number: int
    apart: bool = False
    goes_on: bool = False


def compile_enumeration(options: Options, _language: Language) -> Judge:
    """Parts that are enumerated completely add up to the total in front; no part exceeds it.

    An enumeration is complete if one of `closed` introduces it, or one of `open` does and its last part is
    one of `rest`; not if one of `unfinished` follows. Parts that may be counted twice have a label that matches
    `overlapping`. Variants: `sum`, `part`, `over`.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        contradicted = ContradictedClaims(subject)
        units = "|".join(sorted(options["units"], key=len, reverse=True))
        total = compile_pattern(
            rf"(?P<total>[0-9][0-9,]*)(?P<unit>{units})(?P<aside>(?:{options['aside']})?)"
            rf"(?P<stop>[，,：:。]?)[（(]?(?:(?P<closed>{options['closed']})|(?P<open>{options['open']}))[，,：:]?"
        )
        found = False
        for match in total.finditer(view.text):
            parts = _parts(view, match, options)
            if not parts:
                continue
            found = True
            if contradicted.stand_in(view, match.start(), parts[-1].end):
                yield Unjudged("这一句的数与表格不符，另有说明")
                continue
            yield _weighed(view, match, parts, options)
        if not found:
            raise CannotJudge(NO_LISTS)

    return judge


def _parts(view: TextView, match: Match, options: Options) -> list[_EnumeratedPart]:
    """The enumerated parts, empty where it is no plain enumeration."""
    text, before = view.text, view.text[max(0, match.start() - 2) : match.start()]
    if before[-1:] in _CUTS and before[:1].isdecimal():  # the rest of a number that was cut
        return []
    if any(word in before for word in options["hedges"]) or _is_no_total(text, match, options):
        return []
    words = match.group() or ""
    bracket = max(map(words.rfind, "（(")) > max(map(words.rfind, "）)"))  # one that is still open
    stops = "。；;！？\n" + ("）)" if bracket else "")
    tail = text[match.end() : match.end() + _LONGEST]
    sentence = tail[: min((end for stop in "。！？\n" if (end := tail.find(stop)) >= 0), default=len(tail))]
    tail = tail[: min((end for stop in stops if (end := tail.find(stop)) >= 0), default=len(tail))]
    if len(tail) == _LONGEST:  # no list that a person wrote
        return []
    if compile_pattern(options["nested"]).search(tail):
        return []
    parts: list[_EnumeratedPart] = []
    ends = compile_pattern(options["ends"]) if "ends" in options else None
    position = 0
    apart = False
    unit = match.group("unit") or ""
    for number in NUMBER.finditer(tail):
        changed = parts and _is_change(tail[position : number.start()], options)
        if changed or _is_no_part(tail, number, unit, first=not parts):
            continue
        behind = number.end() + len(unit)
        if not tail.startswith(unit, number.end()) or any(
            tail.startswith(word, behind) for word in options["not_counted"]
        ):
            return parts if apart else []
        label = tail[position : number.start()].rstrip("，、,：:")
        if any(label.endswith(word) for word in options["hedges"]):
            return parts if apart else []
        position = number.end() + len(unit)
        told = label or tail[position:].partition("，")[0]  # 2件结转
        apart = apart or bool(parts and ends is not None and ends.search(told))
        start = match.end() + number.start()
        parts.append(
            _EnumeratedPart(start, match.end() + number.end(), label, int(number[0].replace(",", "")), apart)
        )
    if parts and compile_pattern(f"[0-9]{unit}").search(sentence[len(tail) :]):
        parts[-1] = replace(parts[-1], goes_on=True)
    finished = apart or not compile_pattern(options["unfinished"]).search(tail[position:])
    return parts if finished else []


def _is_change(label: str, options: Options) -> bool:
    """Whether a label says by how much something changed, as in 比上年减少9条."""
    return "changes" in options and bool(compile_pattern(options["changes"]).search(label))


def _is_no_part(tail: str, number: re.Match[str], unit: str, *, first: bool) -> bool:
    """Whether a number is a decimal in a label, such as 2.0 版, or divides the part in front of a bracket."""
    decimal = tail[number.end() : number.end() + 2].removeprefix(".")[:1].isdecimal()
    return decimal or (not first and _is_divided_in_brackets(tail, number.start(), unit))


def _is_divided_in_brackets(text: str, at: int, unit: str) -> bool:
    """Whether an offset stands in a bracket that opens right behind a number: 代表建议66件（主办57件、协办9件）."""
    opened = max(map(text.rfind, "（(", (0, 0), (at, at)))
    return opened > max(map(text.rfind, "）)", (0, 0), (at, at))) and text.endswith(unit, 0, opened)


def _is_no_total(text: str, match: Match, options: Options) -> bool:
    """Whether the number in front is that of a comparison, or what follows may divide more than it."""
    start = match.start()
    begin = max(0, start - _LONGEST)
    clause = _behind_last("，,。；;：:！？\n（(", text, begin, start)
    sentence = _behind_last("。！？\n", text, begin, start)
    if sentence == begin > 0:  # no sentence that a person wrote
        return True
    unit = match.group("unit") or ""
    of_many = match.group("stop") == "。" and any(
        text.startswith(unit, sentence + number.end()) for number in NUMBER.finditer(text[sentence:start])
    )
    return bool(
        of_many  # which one is divided?
        or compile_pattern(options["no_total"]).search(text[clause:start])
        or compile_pattern(options["carried"]).search(text[sentence : match.end()])
    )


def _may_be_of_another(text: str, match: Match, part: int) -> bool:
    """Whether the sentence told a larger number before the total: “复议9件，诉讼4件，其中6件复议维持”."""
    start, unit = match.start(), match.group("unit") or ""
    sentence = _behind_last("。！？\n", text, max(0, start - _LONGEST), start)
    return any(
        text.startswith(unit, sentence + number.end()) and int(number[0].replace(",", "")) >= part
        for number in NUMBER.finditer(text[sentence:start])
    )


def _told_beside(text: str, match: Match, options: Options) -> int:
    """The sum of the numbers that `joined` links to the total: “复议6件、诉讼4件，其中…” may divide both."""
    start, unit = match.start(), match.group("unit") or ""
    told, end = 0, start
    joined = compile_pattern(options["joined"])
    for number in reversed(list(NUMBER.finditer(text, max(0, start - _LONGEST), start))):
        gap = text[number.end() + len(unit) : end]
        if not text.startswith(unit, number.end()) or any(stop in gap for stop in "。；;，,：:！？\n"):
            break
        if not joined.search(gap):
            break
        told, end = told + int(number[0].replace(",", "")), number.start()
    return told


def _behind_last(stops: str, text: str, begin: int, end: int) -> int:
    """Offset behind the last of the stops in part of a text; the part's own beginning if it has none."""
    return max(begin, max(text.rfind(stop, begin, end) for stop in stops) + 1)


def _weighed(view: TextView, match: Match, enumerated: list[_EnumeratedPart], options: Options) -> Judgement:
    total = int((match.group("total") or "").replace(",", ""))
    parts = [part for part in enumerated if not part.apart]
    if sum(part.number for part in enumerated) == total:  # what may be something else is a part after all
        return None
    if _without_parts_of_parts([part.number for part in parts]) == total:
        return None
    if any(sum(part.number for part in parts[:end]) == total for end in range(_FEWEST_PARTS, len(parts))):
        return None  # the list is closed before what follows
    if _goes_on_behind(view.text, match, parts):
        return None
    place = view.place(match.start("total"), match.end("total"))
    related = tuple(Related(view.place(part.start, part.end), part.number) for part in parts)
    evidence: dict[str, Scalar] = {
        "total": total,
        "sum": sum(part.number for part in parts),
        "parts": "＋".join(str(part.number) for part in parts),
        "unit": match.group("unit"),
    }
    largest = max(part.number for part in parts)
    if largest > total:
        if match.group("closed") is None and _may_be_of_another(view.text, match, largest):
            return None
        return Breach(place, {**evidence, "part": largest}, "part", related)
    ended = not parts[-1].goes_on and compile_pattern(options["rest"]).search(parts[-1].label)
    complete = match.group("closed") is not None or ended
    if complete and len(parts) >= _FEWEST_PARTS and evidence["sum"] != total:
        return Breach(place, evidence, "sum", related)
    overlapping = compile_pattern(options["overlapping"])
    divided = total + _told_beside(view.text, match, options)
    if any(part.number == total for part in parts):
        return None  # what is all of them is told in several ways: “其中图文9篇，视频3篇，音频2篇”
    least = min(_without_parts_of_parts([part.number for part in some]) for some in (parts, enumerated))
    if least > divided and not any(overlapping.search(one.label) for one in parts):
        return Breach(place, evidence, "over", related)
    return None


def _goes_on_behind(text: str, match: Match, parts: Sequence[_EnumeratedPart]) -> bool:
    """Whether numbers behind the list, in its sentence or the next ones, complete the total.

    “公开信息500条。其中网站200条，其他媒体80条。审批平台220条。”
    """
    missing = int((match.group("total") or "").replace(",", "")) - sum(part.number for part in parts)
    unit, end = match.group("unit") or "", text.find("\n", parts[-1].end)
    last = min(parts[-1].end + _LONGEST, len(text) if end < 0 else end)
    for number in NUMBER.finditer(text, parts[-1].end, last):
        if missing <= 0:
            return False
        if text.startswith(unit, number.end()):
            missing -= int(number[0].replace(",", ""))
            if missing == 0:
                return True
    return False


def _without_parts_of_parts(numbers: Sequence[int]) -> int:
    """The sum of the numbers, without several that divide the one before them: 复议21件，维持18件，未审结3件."""
    total = position = 0
    while position < len(numbers):
        whole = numbers[position]
        total += whole
        position += 1
        rest, end = whole, position
        while end < len(numbers) and rest > 0:
            rest -= numbers[end]
            end += 1
        if whole and rest == 0 and end - position >= _FEWEST_PARTS:
            position = end
    return total


KIND: Final = Kind(
    title="分项与总数",
    about="列全了的分项之和等于前面的总数，分项不大于总数。",
    compile=compile_enumeration,
    options=options_schema(
        (
            "where",
            "units",
            "closed",
            "open",
            "aside",
            "rest",
            "nested",
            "no_total",
            "carried",
            "overlapping",
            "joined",
            "unfinished",
            "hedges",
            "not_counted",
        ),
        where=SCOPE,
        units={**WORDS, "description": "量词"},
        closed={**PATTERN, "description": "引出全部分项的词"},
        open={**PATTERN, "description": "可能只引出一部分的词"},
        aside={**PATTERN, "description": "总数与引出分项的词之间可以插进的话，如 比上年增加5件"},
        no_total={**PATTERN, "description": "这个分句里有这些时，后面的数不是总数"},
        carried={**PATTERN, "description": "这一句里有这些时，分项分的可能不只是这个数"},
        overlapping={**PATTERN, "description": "这些分项可能重复计算，加起来可以多于总数"},
        joined={**PATTERN, "description": "用这些与总数连着写的数，和总数一起被分"},
        rest={**PATTERN, "description": "最后一项是这些时，算列全了"},
        nested={**PATTERN, "description": "分项里出现这些时不判"},
        unfinished={**PATTERN, "description": "末尾有这些时没有列全"},
        changes={**PATTERN, "description": "写有这些的数是增减，不是分项"},
        ends={**PATTERN, "description": "写有这些的一项，可能已经不是分项；算上它才加得起来的，算分项"},
        hedges={**WORDS, "description": "表示约数的词"},
        not_counted={**WORDS, "description": "跟在量词后面、说明数的是别的东西"},
    ),
    evidence=("total", "sum", "parts", "unit", "part"),
    variants=("sum", "part", "over"),
    words={
        "units": "量词",
        "closed": "引出全部分项的词",
        "open": "引出部分分项的词",
        "aside": "可以插进的话",
        "no_total": "后面不是总数的词",
        "carried": "分项可能另有来源的词",
        "overlapping": "可能重复计算的分项",
        "joined": "与总数连写的词",
        "rest": "算列全的最后一项",
        "nested": "不判的分项",
        "unfinished": "没有列全的末尾",
        "ends": "可能不是分项的",
        "changes": "增减的",
        "hedges": "约数",
        "not_counted": "数的是别的东西的词",
    },
    skeleton=r"""
title: 分项之和等于总数
check: {where: 正文, units: [条, 件], closed: 分别为, open: 其中, aside: '申请', rest: '其他$', nested: 合计, no_total: 增加, carried: 结转, overlapping: 网站, joined: '、|和', unfinished: '^等', hedges: [约], not_counted: [事项]}
message: 总数写 {total} {unit}，分项 {parts} ＝ {sum}
examples:
  - {name: 相符, expect: pass, given: {text: {1: 公开信息5条，其中公告2条，其他3条。}}}
  - {name: 不符, expect: fail, given: {text: {1: 公开信息5条，其中公告2条，其他4条。}}, findings: [{place: 第一部分, evidence: {total: 5, sum: 6}}]}
""",
)
