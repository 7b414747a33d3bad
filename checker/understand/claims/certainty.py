"""How sure a reading of a figure is, and what makes it uncertain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from checker.model.report import Identity
from checker.startup.records import dataclass, field
from checker.understand.claims.bound import Bound, Uncertainty
from checker.understand.claims.channels import ONE_CHANNEL, Channels
from checker.understand.claims.figures import CUT, ROUNDED, Figure
from checker.understand.claims.published import counts_another_noun, is_published
from checker.understand.claims.scan import Mark, Passage
from checker.understand.claims.vocabulary import (
    CERTAIN,
    LIKELY,
    UNSURE,
    ClaimVocabulary,
    Quantity,
    Topic,
    Word,
)
from checker.understand.claims.whose import AREA, ASSISTED, OTHER_AREA, OTHERS, Whose

OTHER_BODY: Final = "说的可能是别的单位或下级"
_FOR_OTHERS: Final = "是协助、指导别人办的"
_WIDE: Final = "说的是整个辖区，表格可能只计本级"
WITHDRAWN: Final = "同一句写到撤回或转办，口径说不准"
_FRAGILE: Final = {
    "withdrawn": WITHDRAWN,
    "amended": "同一句写到修改或修订，不知道算不算在内",
    "expired": "同一句写到失效，不知道算不算在内",
    "outside": "同一句写到不归本单位管的，不知道算不算在内",
}
"""What may be counted in or not, by the kind of words that tell of it."""
OTHER_MEANING: Final = "这种说法可能另有所指"
ONE_OF_SEVERAL: Final = "可能只是其中一类"
_OTHER_THINGS: Final = "数的可能是别的东西"
_NEAR: Final = 8
_FAR: Final = 20
_QUALIFYING: Final = 2
_FAR_BACK: Final = 400
"""Characters before a sentence in which what it speaks of may have been told."""
_PUNCTUATION: Final = frozenset("、，,：:；;《》〓“”\"'（）()的了为是有计")
_KINDS: Final = (
    "topic",
    "weak",
    "word",
    "year",
    "total",
    "each",
    "all_of",
    "joint",
    "both",
    "part",
    "own_scope",
    "wide_scope",
    "last_year",
    "period",
    "channel",
    "filler",
    "withdrawn",
    "amended",
    "expired",
    "all_channels",
    "respectively",
    "publishing",
)
_NEAR_KINDS: Final = tuple(
    kind for kind in _KINDS if kind not in ("channel", "withdrawn", "amended", "expired")
)
_DEEDS: Final = tuple(kind for kind in _NEAR_KINDS if kind != "publishing")
"""What may stand between a number and a matter that nothing is published of."""
_PERIODS: Final = (("partial_period", "期间不足一年"), ("history", "是多年累计"))
_PUBLISHED: Final = "说的可能是公布的条数或清单里的事项"


_OF_WHOM: Final = {
    OTHERS: (UNSURE, OTHER_BODY),
    ASSISTED: (UNSURE, _FOR_OTHERS),
    AREA: (LIKELY, _WIDE),
    OTHER_AREA: (UNSURE, _WIDE),
}
"""By whose number it is how sure it may be, and why."""


@dataclass
class Judge:
    """Judges readings in one paragraph.

    Attributes:
        passage: the paragraph.
        identity: who reports about which year.
        whose: tells whose numbers they are.
        heading: topic of the heading above, None if it names none.
        home: topic that the section is about, None if it is about none.
    """

    passage: Passage
    vocabulary: ClaimVocabulary
    identity: Identity
    whose: Whose
    heading: Topic | None
    home: Topic | None
    _about: dict[str, int] = field(default_factory=dict)

    @cached_property
    def channels(self) -> Channels:
        """The ways in which applications came."""
        return Channels(self.passage, self.leftover)

    def figure(self, figure: Figure, left: int, bound: Bound, uncertainty: Uncertainty) -> None:
        """What makes the number itself, or its distance from the word, uncertain."""
        self._judge_number(figure, uncertainty)
        in_front = bound.mark.end <= figure.first
        gap = (bound.mark.end, figure.first) if in_front else (figure.last, bound.mark.start)
        distance = self.leftover(*gap, *(() if bound.topic.verbs else _DEEDS))
        if isinstance(bound.mark.entry, Topic):
            self._judge_bare_topic(figure, self._begin(figure, left), bound, distance, uncertainty)
            if bound.topic.channels and self.is_part(figure.first):
                uncertainty.add(UNSURE, "只是其中一部分")
        elif in_front and distance > 0 and not self.passage.between(*gap, "topic", "weak"):
            uncertainty.add(UNSURE, _OTHER_THINGS)
        bare = isinstance(bound.mark.entry, Topic)
        if counts_another_noun(self.passage, self.leftover, figure, bare=bare):
            uncertainty.add(UNSURE, _OTHER_THINGS)
        if distance > _FAR or (not in_front and distance > _NEAR):
            uncertainty.add(UNSURE, "数与所说的事项隔得太远")
        elif distance > _NEAR:
            uncertainty.add(LIKELY, "数与所说的事项之间隔着别的话")
        if self.passage.between(left, figure.first, "change"):
            uncertainty.add(UNSURE, "说的是增减")
        if self.passage.between(left, figure.first, "planned"):
            uncertainty.add(UNSURE, "是打算做的")

    def _begin(self, figure: Figure, left: int) -> int:
        """Where what is told with a figure begins: with the figure, if a word such as 和 stands before it."""
        joints = self.passage.between(left, figure.first, "joint")
        return figure.first if joints and joints[-1].end == figure.first else left

    def _judge_number(self, figure: Figure, uncertainty: Uncertainty) -> None:
        """What makes the way uncertain in which the number is written."""
        if figure.hedged:
            uncertainty.add(UNSURE, "是约数")
        if figure.damage:
            uncertainty.add(UNSURE if figure.damage in (CUT, ROUNDED) else LIKELY, figure.damage)
        if not figure.unit:
            uncertainty.add(LIKELY, "没有写量词")
        if figure.short:
            uncertainty.add(LIKELY, "一个字的中文数字可能是词的一部分")

    def _judge_bare_topic(
        self, figure: Figure, left: int, bound: Bound, distance: int, uncertainty: Uncertainty
    ) -> None:
        """How sure a number at a topic without a verb is: other words may single out some of it."""
        if distance > 0:
            uncertainty.add(UNSURE, "数与所说的事项之间隔着别的话")
        elif self.leftover(left, min(figure.first, bound.mark.start)) > _QUALIFYING:
            sure = bound.topic.confidence == CERTAIN
            uncertainty.add(LIKELY if sure else UNSURE, "前面有限定的话，可能只是其中一类")

    def leftover(self, start: int, end: int, *known: str) -> int:
        """Characters of a span that no known word covers."""
        if start >= end:
            return 0
        marks = self.passage.between(start, end, *known or _NEAR_KINDS)
        covered = sum([mark.end - mark.start for mark in marks])
        words = self.passage.words[start:end]
        plain = sum(map(_PUNCTUATION.__contains__, words))
        name = self.identity.agency
        own = len(name) if name and name in words else 0
        return max(0, end - start - covered - plain - own)

    def place(
        self,
        bound: Bound,
        at: int,
        sentence: tuple[int, int],
        uncertainty: Uncertainty,
        *,
        never: bool = False,
    ) -> None:
        """How sure topic, year, period and body are; what has `never` been holds for every span of years."""
        passage, topic = self.passage, bound.topic
        elsewhere = topic.context and passage.text.section not in topic.home
        if elsewhere and self.heading is not topic and not self._is_about(topic, at, sentence):
            uncertainty.add(LIKELY if never else UNSURE, "附近没有写明说的是这类事项")
        here = passage.between(*sentence, "topic", "weak", "hint")
        if not any(mark.entry is topic for mark in here) and topic is not self.home:
            uncertainty.add(LIKELY, "这一句没有写明说的是什么")
        word = bound.mark.entry
        if isinstance(word, Word) and word.needs and not self._tells(word.needs, sentence):
            uncertainty.add(UNSURE, "分不清是哪个数的一部分")
        self._judge_year(bound, at, sentence, uncertainty)
        for kind, reason in _PERIODS:
            if any(self._governs(mark, at) for mark in self.passage.said(sentence[0], at, kind)):
                uncertainty.add(LIKELY if never and kind == "history" else UNSURE, reason)
        whose = self.whose.scope(sentence[0], at)
        if whose in _OF_WHOM:
            uncertainty.add(*_OF_WHOM[whose])
        if topic.verbs and word is not None and is_published(passage, self.vocabulary, bound, at):
            uncertainty.add(UNSURE, _PUBLISHED)

    def is_part(self, at: int) -> bool:
        """Whether a word such as 其中 introduces the figure at an offset, up to the next semicolon."""
        return self.passage.is_part(at)

    def _governs(self, mark: Mark, at: int) -> bool:
        """Whether a span of time holds for an offset: not behind a clause that begins with 全年 or a year."""
        words, passage = self.passage.words, self.passage
        if self._is_this_year(mark) or words[mark.start - 1 : mark.start + 1].isdecimal():
            return False  # the rest of a number that lost something: 20211月1日
        later = passage.between(mark.end, at, "period", "year")
        return not any(passage.clause_at(one.start)[0] == one.start for one in later)

    def _is_this_year(self, mark: Mark) -> bool:
        """Whether a span of time that a year begins is the year of the report, as in “2024年以来”."""
        year = _year_in(self.passage.words[mark.start : mark.end])
        return year is not None and year == self.identity.year and mark.kind == "history"

    def _is_about(self, topic: Topic, at: int, sentence: tuple[int, int]) -> bool:
        """Whether words stand in the paragraph that belong to the topic; looked for once.

        What they only say of a part that is told behind, as in “复议216件，其中涉及信息公开的5件”, does not count.
        """
        if topic.key not in self._about:
            text = self.passage.lines.words
            found = [match.start() for pattern in topic.context if (match := pattern.search(text))]
            self._about[topic.key] = min(found, default=-1)
        first = self._about[topic.key]
        return first >= 0 and not (at < first < sentence[1] and self.passage.between(at, first, "part"))

    def _tells(self, quantities: Sequence[str], sentence: tuple[int, int]) -> bool:
        marks = self.passage.between(max(0, sentence[0] - _FAR_BACK), sentence[1], "word", "topic")
        return any(
            set(mark.entry.means.values()) & set(quantities)
            if isinstance(mark.entry, Word)
            else isinstance(mark.entry, Topic) and mark.entry.counts in quantities
            for mark in marks
        )

    def _judge_year(self, bound: Bound, at: int, sentence: tuple[int, int], uncertainty: Uncertainty) -> None:
        year = self.identity.year
        word = bound.mark.entry
        if isinstance(word, Word) and word.year:
            if self.is_of_wrong_year(bound.mark):
                written = _year_in(self.passage.words[bound.mark.start : bound.mark.end])
                uncertainty.add(UNSURE, f"写的是 {written} 年")
            return
        stated = self.year(at, sentence)
        if stated is not None and year is None:
            uncertainty.add(LIKELY, "未能识别报告年度")
        elif stated is not None and stated != year:
            uncertainty.add(UNSURE, f"说的是 {stated} 年")

    def is_of_wrong_year(self, mark: Mark) -> bool:
        """Whether a word for what came from last year, or is left for the next, names another year than that."""
        year, word = self.identity.year, mark.entry
        if year is None or not isinstance(word, Word) or not word.year:
            return False
        written = _year_in(self.passage.words[mark.start : mark.end])
        return written is not None and written != year + (1 if word.year == "next" else -1)

    def year(self, at: int, sentence: tuple[int, int]) -> int | None:
        """The year that governs an offset: the last one named before it in the sentence."""
        clause = self.passage.clause_at(at)
        for mark in reversed(self.passage.said(sentence[0], at, "year", "last_year")):
            if any(start <= mark.start < end for start, end, _ in self.passage.denials if end <= at):
                continue  # 2023年没有结转，行政复议0件
            if mark.kind == "year":
                return mark.year
            if mark.start >= clause[0]:
                return None if self.identity.year is None else self.identity.year - 1
        return None

    def company(
        self, figure: Figure, left: int, clause: tuple[int, int], bound: Bound, uncertainty: Uncertainty
    ) -> None:
        """How sure it is by what stands around in the clause: comparisons and channels."""
        passage = self.passage
        if passage.between(clause[0], figure.first, "comparison") or self._in_compared_brackets(clause):
            uncertainty.add(UNSURE, "是拿来比较的数")
        if bound.topic.channels and self.channels.is_one(figure, self._begin(figure, clause[0]), clause):
            uncertainty.add(UNSURE, ONE_CHANNEL)
        if passage.between(left, max(figure.first, bound.mark.start), "qualifying"):
            uncertainty.add(UNSURE, ONE_OF_SEVERAL)
        if bound.topic.channels and self.whose.includes_others(figure):
            uncertainty.add(UNSURE, OTHER_BODY)
        quantity = self.vocabulary.quantities[bound.quantity]
        if quantity.within and passage.between(left, figure.first, "reason"):
            uncertainty.add(UNSURE, ONE_OF_SEVERAL)
        if self._is_only_some(figure, left, clause, bound):
            uncertainty.add(UNSURE, ONE_OF_SEVERAL)
        if quantity.fragile:
            for kind in quantity.fragile_by:
                stated = self._numbers_beside(passage.sentence_at(figure.first), kind)
                if any(not numbers or any(numbers) for numbers in stated):  # not where 0 were
                    uncertainty.add(quantity.fragile, _FRAGILE[kind])

    def _is_of_somebody(self, figure: Figure, bound: Bound, quantity: Quantity) -> bool:
        """Whether one of several is told with a total's verb: “其中，……收到某类人申请信息公开9件”."""
        return (
            bound.topic.channels
            and not quantity.addable
            and self.is_part(figure.first)
            and isinstance(bound.mark.entry, Word)
            and not bound.mark.entry.year
            and self.leftover(bound.mark.end, figure.first) > 0
        )

    def _is_only_some(self, figure: Figure, left: int, clause: tuple[int, int], bound: Bound) -> bool:
        """Whether a number may be that of some only: of what is left, for one reason, of one sort."""
        quantity, passage = self.vocabulary.quantities[bound.quantity], self.passage
        left_over = passage.between(left, figure.first, "remaining")
        if not quantity.addable and quantity.fragile and any(one.end == figure.first for one in left_over):
            return True
        if self._is_for_one_reason(left, bound, quantity) or self._is_of_somebody(figure, bound, quantity):
            return True
        return bound.mark.start >= figure.last and (
            self._is_some(figure, bound) or bool(quantity.within and self._goes_on(bound.mark.end, clause[1]))
        )

    def _is_for_one_reason(self, left: int, bound: Bound, quantity: Quantity) -> bool:
        """Whether a result that several rows tell is told with a reason that no word knows: “因……不予公开1件”."""
        result = quantity.addable and quantity.equals and isinstance(bound.mark.entry, Word)
        rows = quantity.equals[0] if result else ()
        because = self.passage.between(left, bound.mark.start, "because") if len(rows) > 1 else []
        several = self.passage.between(left, bound.mark.start, "reason")
        return bool(because) and not several and self.leftover(because[0].end, bound.mark.start) > _QUALIFYING

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether a clause says more, such as 信息不存在 behind 答复."""
        return self.leftover(start, end) > _QUALIFYING or bool(self.passage.between(start, end, "word"))

    def _is_some(self, figure: Figure, bound: Bound) -> bool:
        """Whether “其中3件已办理” may be only some: not where the sentence tells what is left for next year."""
        quantities = self.vocabulary.quantities
        if not self.is_part(figure.first) or not any(
            bound.quantity in (key, *one.within) for key, one in quantities.items() if one.within
        ):
            return False
        words = self.passage.between(*self.passage.sentence_at(figure.first), "word")
        return not any(isinstance(mark.entry, Word) and mark.entry.year == "next" for mark in words)

    def withdrawn(self, sentence: tuple[int, int]) -> int | Decimal:
        """How many the sentence says were withdrawn or passed on."""
        return sum(number for stated in self._numbers_beside(sentence, "withdrawn") for number in stated)

    def _numbers_beside(self, sentence: tuple[int, int], *kinds: str) -> Iterator[list[int | Decimal]]:
        """The numbers in each clause that tells of something withdrawn, amended or expired."""
        for mark in self.passage.between(*sentence, *kinds):
            if self._is_counted(mark):
                continue
            first, last = self.passage.clause_at(mark.start)
            figures = self.passage.figures
            yield [one.number for one in figures if first <= one.first and one.last <= last]

    def _is_counted(self, mark: Mark) -> bool:
        """Whether what was withdrawn is itself what a word counts, as in 失效及废止, 上年度转办."""
        words = self.passage.between(*self.passage.sentence_at(mark.start), "word")
        return any(
            isinstance(word.entry, Word)
            and word.start <= mark.start < word.end
            and (
                bool(word.entry.year)
                or (
                    word.end >= mark.end
                    and any(self.vocabulary.quantities[key].fragile for key in word.entry.means.values())
                )
            )
            for word in words
        )

    def _in_compared_brackets(self, clause: tuple[int, int]) -> bool:
        """Whether the clause is a bracket right behind a comparison, as in “比2022年（31起）”."""
        if clause[0] == 0 or self.passage.words[clause[0] - 1] not in "（(":
            return False
        before = self.passage.clause_at(max(0, clause[0] - 2))
        return before[1] == clause[0] - 1 and bool(self.passage.between(*before, "comparison"))


def _year_in(words: str) -> int | None:
    position = words.find("20")
    digits = words[position : position + 4] if position >= 0 else ""
    return int(digits) if digits.isdigit() and len(digits) == len("2024") else None
