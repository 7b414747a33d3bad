"""Which words of a sentence tell what a figure counts."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from checker.startup.records import dataclass, field, replace
from checker.understand.claims.bound import Bound, worse
from checker.understand.claims.certainty import Judge
from checker.understand.claims.figures import Figure
from checker.understand.claims.scan import Mark, Passage
from checker.understand.claims.vocabulary import CERTAIN, LIKELY, UNSURE, Topic, Word

_LONGEST_JOINT: Final = 8
_LONGEST_PREPOSITION: Final = 1
"""Characters between a number and the year behind it, as in 3件至2025年."""
_BETWEEN_JOINED: Final = ("joint", "both", "filler", "each")
"""What may stand between two words that are joined, as in 受理并按时答复."""
_STOPS: Final = frozenset("，、；：（）")
_COMMAS: Final = frozenset("，,；;：:")
_QUOTES: Final = frozenset("“”（(")
_BEGIN: Final = attrgetter("start")


def topic_of(mark: Mark) -> Topic | None:
    """The topic that a mark names, None if it names none."""
    return mark.entry if isinstance(mark.entry, Topic) else None


@dataclass
class Binder:
    """Binds figures of one paragraph to words."""

    passage: Passage
    judge: Judge
    _of_kind: dict[str, list[Mark]] = field(default_factory=dict)
    _hints: dict[tuple[int, int], Topic | None] = field(default_factory=dict)

    def candidates(
        self, start: int, end: int, sentence: tuple[int, int], *, weak: bool = False
    ) -> list[Bound]:
        """Words and topics in a span that tell a quantity, in order; nothing before a foreign matter counts."""
        bound: list[Bound] = []
        kinds = ("word", "topic", "foreign", "aside", *(("weak",) if weak else ()))
        marks = self.passage.between(start, end, *kinds)
        for index, mark in enumerate(marks):
            if self.judge.is_of_wrong_year(mark) and any(
                one.start == mark.start for one in marks[max(0, index - 1) : index + 2] if one is not mark
            ):
                continue
            if mark.kind in ("foreign", "aside"):
                bound.clear()
                continue
            if isinstance(mark.entry, Topic):
                if mark.entry.counts:
                    bound = [one for one in bound if one.mark.entry is not mark.entry]
                    bound.append(Bound(mark, mark.entry.counts, mark.entry, mark.entry.confidence))
                continue
            topic = self.topic_at(mark.start, end, sentence)
            if isinstance(mark.entry, Word) and (
                (topic is None and mark.entry.year)
                or (mark.entry.ahead and self._is_other(topic, mark.entry))
            ):
                topic = self._ahead(mark.end, sentence[1])
            if isinstance(mark.entry, Word) and mark.entry.close and not self._is_close(mark, start, end):
                continue
            if topic and isinstance(mark.entry, Word) and topic.key in mark.entry.means:
                confidence = worse(mark.entry.confidence, CERTAIN)
                bound = self._added(bound, Bound(mark, mark.entry.means[topic.key], topic, confidence))
        return _with_topics(self._with_remarks(bound, end))

    def _added(self, bound: list[Bound], new: Bound) -> list[Bound]:
        """The words with another one, if it does not only say how what stands before it was told."""
        before = next((one for one in reversed(bound) if isinstance(one.mark.entry, Word)), None)
        if before is None or not self._goes_with(before, new.mark, new.quantity):
            return [*bound, new]
        if self._is_of_last_year(before) and self.judge.vocabulary.quantities[new.quantity].within:
            less = replace(before, confidence=UNSURE)  # what is done of it may be less
            return [less if one is before else one for one in bound]
        return bound

    def _with_remarks(self, bound: list[Bound], end: int) -> list[Bound]:
        """Of what a bracket names behind a result only what it adds.

        “同意公开（含部分公开）9件” counts both, “无法提供（信息不存在）9件” what stands before the bracket.
        """
        kept: list[Bound] = []
        for one in bound:
            if not (
                kept
                and self._are_results(kept[-1], one)
                and self.passage.in_passing(one.mark, end)
                and self._is_restated(kept[-1], one)
            ):
                kept.append(one)
        return kept

    def _are_results(self, *bound: Bound) -> bool:
        known = self.judge.vocabulary.quantities
        return all(isinstance(one.mark.entry, Word) and known[one.quantity].addable for one in bound)

    def _is_restated(self, first: Bound, second: Bound) -> bool:
        """Whether a result is one of those that another one counts, or tells of something else than results."""
        known = self.judge.vocabulary.quantities
        cells = [{cell for cells in known[one.quantity].equals for cell in cells} for one in (first, second)]
        word = second.mark.entry
        return not cells[0].isdisjoint(cells[1]) or (isinstance(word, Word) and bool(word.needs))

    def _is_close(self, mark: Mark, start: int, end: int) -> bool:
        """Whether nothing stands between a word and the end of a span, and no other word right before it."""
        before = self.passage.words[start : mark.start]
        joined = any(
            one.end == mark.start for one in self.passage.between(start, mark.start, "joint", "part", "each")
        )
        behind = self.passage.words[mark.end : end]
        alone = not behind or (not before and _STOPS.issuperset(behind)) or self._joined_to(mark.end, end)
        return alone and (not before or before[-1] in _STOPS or joined)

    def _joined_to(self, start: int, end: int) -> bool:
        """Whether a span consists of a joint and another word, as in 公开、部分公开."""
        joint = next(iter(self.passage.between(start, end, "joint")), None)
        word = next(iter(self.passage.between(start, end, "word")), None)
        return (
            joint is not None
            and word is not None
            and joint.start == start
            and joint.end == word.start
            and not self.judge.leftover(word.end, end)
        )

    def _goes_with(self, before: Bound, mark: Mark, quantity: str) -> bool:
        """Whether a word only says how it was told, as 答复 in “信息不存在答复4件”, 办理 in “上年结转申请办理4件”."""
        known = self.judge.vocabulary.quantities
        return (
            isinstance(before.mark.entry, Word)
            and (known[before.quantity].addable or self._is_of_last_year(before))
            and not known[quantity].addable
            and bool(known[quantity].fragile)
            and not self.judge.leftover(before.mark.end, mark.start)
            and not self.passage.between(before.mark.end, mark.start, "joint", "both")
            and _STOPS.isdisjoint(self.passage.words[before.mark.end : mark.start])
        )

    def _is_of_last_year(self, bound: Bound) -> bool:
        return bound.quantity in self.judge.vocabulary.of_last_year

    def coordinated(self, bound: list[Bound]) -> list[Bound]:
        """The last one with those that are joined to it."""
        chain = [bound[-1]]
        for one in reversed(bound[:-1]):
            gap = self.passage.words[one.mark.end : chain[0].mark.start]
            joints = self.passage.between(one.mark.end, chain[0].mark.start, "joint", "both")
            if (not gap and self._stand_together(one, chain[0])) or self._are_set_apart(one, chain[0]):
                chain.insert(0, one)
                continue
            if not joints or self.judge.leftover(one.mark.end, chain[0].mark.start, *_BETWEEN_JOINED):
                if not self._of_one_topic(one, chain[0]):
                    break
            elif len(gap) > _LONGEST_JOINT:
                break
            chain.insert(0, one)
        return chain

    def _are_set_apart(self, first: Bound, second: Bound) -> bool:
        """Whether only quotes or a bracket part two results: “予以公开”“部分公开”, 同意公开（含部分公开）."""
        span = (first.mark.end, second.mark.start)
        return (
            self._are_results(first, second)
            and not _QUOTES.isdisjoint(self.passage.words[span[0] : span[1]])
            and _COMMAS.isdisjoint(self.passage.words[span[0] : span[1]])
            and not self.judge.leftover(*span, "part")
        )

    def _stand_together(self, first: Bound, second: Bound) -> bool:
        """Whether two matters, or two verbs of one, stand without a joint: 复议诉讼9件, 受理答复申请9件."""
        if isinstance(second.mark.entry, Topic):
            return first.topic.home == second.topic.home
        known = self.judge.vocabulary.quantities
        return (
            all(isinstance(one.mark.entry, Word) and not one.mark.entry.year for one in (first, second))
            and first.topic is second.topic
            and not known[first.quantity].addable
            and not known[second.quantity].addable
        )

    def _of_one_topic(self, first: Bound, second: Bound) -> bool:
        """Whether two verbs share the matter between them: “收到信息公开申请并答复7件”."""
        span = (first.mark.end, second.mark.start)
        return (
            bool(self.passage.between(*span, "topic") and self.passage.between(*span, "both"))
            and not self.judge.leftover(*span)
            and _STOPS.isdisjoint(self.passage.words[span[0] : span[1]])
        )

    def dated(self, bound: list[Bound], figure: Figure) -> list[Bound]:
        """What was left over, of the year that is named: “2023年全区结转9件”, “结转3件至2025年”."""
        last, year = bound[-1], self.judge.identity.year
        if year is None or not isinstance(last.mark.entry, Word) or last.mark.entry.year:
            return bound
        clause = self.passage.clause_at(figure.first)
        behind = [
            mark.year
            for mark in self.passage.between(figure.last, clause[1], "year")
            if mark.start - figure.last <= _LONGEST_PREPOSITION
        ]
        before = [mark.year for mark in self.passage.between(clause[0], last.mark.start, "year")]
        named = "next" if year + 1 in behind else "previous" if before[-1:] == [year - 1] else None
        narrowed = named and self.judge.vocabulary.narrowed(last.quantity, last.topic.key, named)
        if not narrowed:
            return bound
        quantity, word = narrowed
        return [*bound[:-1], replace(last, quantity=quantity, mark=replace(last.mark, entry=word))]

    def inherited(self, start: int, end: int, sentence: tuple[int, int]) -> list[Bound]:
        """For a total without a word of its own: the one quantity that the sentence has told, or its sum."""
        earlier = self.candidates(start, end, sentence)
        named = [one.quantity for one in earlier]
        if len(set(named)) == 1:
            return [replace(earlier[-1], confidence=LIKELY)]
        for key, quantity in self.judge.vocabulary.quantities.items():
            parts = quantity.sum_of
            if (
                parts
                and len(parts) == len(named)
                and all(one in keys for one, keys in zip(named, parts, strict=True))
            ):
                return [replace(earlier[-1], quantity=key, confidence=LIKELY)]
        return []

    def topic_at(self, start: int, end: int, sentence: tuple[int, int]) -> Topic | None:
        """The topic that a word at `start` belongs to; of its own clause those up to `end` count too."""
        clause = self.passage.clause_at(start)
        topic = self._governing(min(end, max(start + 1, clause[1])), start, sentence)
        foreign = self.last("foreign", start)
        if foreign and foreign.start < sentence[0]:
            foreign = None
        if topic and topic.start >= sentence[0] and not (foreign and foreign.start > topic.start):
            return topic_of(topic)
        if foreign:
            apart = foreign.end <= self.passage.segment_start(start)
            return self._hinted(clause) if apart else None
        return (
            self.topic_behind(start, clause[1])
            or self._hinted(sentence)
            or (topic_of(topic) if topic else self._hinted(self.passage.whole))
            or self.judge.heading
            or self.judge.home
        )

    def _hinted(self, span: tuple[int, int]) -> Topic | None:
        """The topic that words of a span belong to, if they all belong to one."""
        if span not in self._hints:
            marks = self.passage.between(*span, "hint")
            topics = {mark.entry.key: mark.entry for mark in marks if isinstance(mark.entry, Topic)}
            self._hints[span] = next(iter(topics.values())) if len(topics) == 1 else None
        return self._hints[span]

    def last(self, kind: str, before: int) -> Mark | None:
        """The last mark of a kind that begins before an offset of the paragraph."""
        if kind not in self._of_kind:
            self._of_kind[kind] = [mark for mark in self.passage.marks if mark.kind == kind]
        index = bisect_left(self._of_kind[kind], before, key=_BEGIN)
        return self._of_kind[kind][index - 1] if index else None

    def _is_other(self, topic: Topic | None, word: Word) -> bool:
        """Whether the topic before a word is none of those that the word may belong to."""
        return topic is None or topic.key not in word.means

    def _ahead(self, start: int, end: int) -> Topic | None:
        """The topic named later in the sentence, if no word such as 其中 stands before it."""
        topic = next(iter(self.passage.between(start, end, "topic")), None)
        return topic_of(topic) if topic and not self.passage.between(start, topic.start, "part") else None

    def _governing(self, before: int, at: int, sentence: tuple[int, int]) -> Mark | None:
        """The last topic up to an offset; what a closed bracket names in passing only if nothing else is named."""
        last = topic = self.last("topic", before)
        while (
            topic
            and topic.start >= sentence[0]
            and (self.passage.in_passing(topic, at) or self._is_none_behind_some(topic, at, sentence))
        ):
            topic = self.last("topic", topic.start)
        return topic if topic and topic.start >= sentence[0] else last

    def _is_none_behind_some(self, topic: Mark, at: int, sentence: tuple[int, int]) -> bool:
        """Whether there was none of a matter, so that results belong to the one before: “复议9件，诉讼0件，维持9件”."""
        clause = self.passage.clause_at(topic.start)
        told = self.passage.figures_in((topic.end, clause[1]))
        before = self.passage.between(sentence[0], topic.start, "topic")
        return at > clause[1] and bool(told and before) and all(one.number == 0 for one in told)

    def topic_behind(self, start: int, end: int) -> Topic | None:
        """The topic named first in a span."""
        return next((topic_of(mark) for mark in self.passage.between(start, end, "topic")), None)


def _with_topics(bound: list[Bound]) -> list[Bound]:
    """Topics only count where no word of theirs tells more exactly what is counted."""
    named = {one.topic.key for one in bound if isinstance(one.mark.entry, Word)}
    return [one for one in bound if isinstance(one.mark.entry, Word) or one.topic.key not in named]
