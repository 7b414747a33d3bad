"""What the text says in figures: claims about the quantities that the tables count.

A figure belongs to the word or topic in its own clause, in front of it or behind it; the topic comes from
the clause, the sentence, the paragraph or the heading above. Whatever makes the reading uncertain (another
year, another body, a comparison, a part of something) lowers the confidence and is kept as the reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import attrgetter, itemgetter
from typing import Final

from checker.model.report import Claim, Report, Text
from checker.startup.records import dataclass, replace
from checker.understand.claims.binding import Binder, topic_of
from checker.understand.claims.bound import Bound, Uncertainty, worse
from checker.understand.claims.certainty import OTHER_MEANING, Judge
from checker.understand.claims.figures import Figure
from checker.understand.claims.lists import Lists, settled
from checker.understand.claims.scan import Mark, Passage, scan
from checker.understand.claims.vocabulary import (
    CERTAIN,
    CONFIDENCES,
    LIKELY,
    UNSURE,
    ClaimVocabulary,
    Denial,
    Topic,
    Word,
)
from checker.understand.claims.wholes import Wholes
from checker.understand.claims.whose import Whose
from checker.understand.own_names import OwnNameRules, OwnNames

_LONGEST_JOINT: Final = 8
_LONGEST_LINK: Final = 2
"""Characters between two figures of a list: 、 or ，和."""
_LONGEST_SENTENCE: Final = 3000
"""Characters; the longest sentences in real reports, whole lists of results, have some 400."""
_MOST_FIGURES: Final = 80
"""In one sentence; a sentence with a figure for each row of table three has some 25."""
_TITLE: Final = "《"
_BEFORE_LISTS: Final = frozenset("，；、：。中")
"""In front of the first number of a list, as in 其中9件."""
_APART: Final = "、，"
_START: Final = itemgetter(0)
_BEGIN: Final = attrgetter("start")


def read_claims(
    report: Report,
    vocabulary: ClaimVocabulary,
    own: OwnNames | None = None,
    texts: Iterable[Text] | None = None,
) -> tuple[tuple[Claim, ...], bool]:
    """All claims of the report's text in reading order, and whether every sentence was read; no text in tables.

    Args:
        report: the report.
        vocabulary: the words of the claim files.
        own: by which names the body speaks of itself, None if nothing is known of them.
        texts: which of its texts to read, None for all.
    """
    own = own or OwnNameRules().of(report.identity.agency)
    claims: list[Claim] = []
    all_read = True
    heading: Topic | None = None
    section: int | None = None
    for passage in scan(report.body() if texts is None else texts, vocabulary, own):
        if passage.text.section != section:
            section, heading = passage.text.section, None
        if passage.is_heading():
            heading = next((topic_of(mark) for mark in reversed(passage.marks) if mark.kind == "topic"), None)
        home = next((topic for topic in vocabulary.topics.values() if section in topic.home), None)
        whose = Whose(passage, report.identity, own)
        judge = Judge(passage, vocabulary, report.identity, whose, heading, home)
        binder = Binder(passage, judge)
        lists = Lists(passage, vocabulary, judge, binder)
        wholes = Wholes(passage, vocabulary, judge, binder)
        reader = _PassageReader(passage, vocabulary, judge, binder, lists, wholes)
        claims.extend(reader.read())
        all_read = all_read and reader.all_read
    return tuple(claims), all_read


@dataclass
class _PassageReader:
    passage: Passage
    vocabulary: ClaimVocabulary
    judge: Judge
    binder: Binder
    lists: Lists
    wholes: Wholes
    all_read: bool = True

    def read(self) -> Iterator[Claim]:
        """The claims of the paragraph, in order."""
        for sentence in self.passage.sentences:
            figures = self.passage.figures_in(sentence)
            if sentence[1] - sentence[0] > _LONGEST_SENTENCE or len(figures) > _MOST_FIGURES:
                self.all_read = self.all_read and not figures
                continue  # no sentence of prose: a list, or a text that lost its full stops
            claims = list(_each_once(self._denied(sentence)))
            if not figures and not claims and not self.wholes.may_sum_up(sentence):
                continue
            self.lists.begin(sentence)
            claims += [claim for figure in figures for claim in self._claims_of(figure, sentence)]
            claims.sort(key=lambda claim: (claim.start, claim.end))
            claims = self.wholes.read(claims, sentence)
            yield from map(
                self.passage.lines.at_home,
                settled(list(self.lists.qualified(claims)), self.vocabulary.matters),
            )

    # -- what a figure counts ---------------------------------------------------------------------------

    def _claims_of(self, figure: Figure, sentence: tuple[int, int]) -> Iterator[Claim]:
        if any(start <= figure.start and figure.end <= end for start, end, _ in self.passage.denials):
            return  # “未收到一件申请”
        clause = self.passage.clause_at(figure.first)
        others = [one for one in self.passage.figures_in(clause) if one is not figure]
        left = max([clause[0], *(one.last for one in others if one.last <= figure.first)])
        right = min([clause[1], *(one.first for one in others if one.first >= figure.last)])
        bound = self.lists.respectively.get(figure.first) or self._bound(figure, left, right, sentence)
        if not bound:
            return
        if any(mark.start == figure.last for mark in self.passage.between(figure.last, right, "not_counted")):
            return
        topic = bound[-1].topic
        if figure.unit not in topic.units and not self._is_none_of(figure, topic):
            return
        bound = self.lists.carried(
            self._within(self.lists.with_result(bound, figure), left, clause, sentence)
        )
        bound = self.binder.dated(bound, figure)
        uncertainty = Uncertainty()
        uncertainty.add(reduce(worse, (one.confidence for one in bound)), OTHER_MEANING)
        if figure.first not in self.lists.respectively and not self._sums_up(figure, left, sentence):
            self.judge.figure(figure, left, bound[-1], uncertainty)
        self.judge.place(bound[-1], figure.first, sentence, uncertainty, never=not figure.number)
        self.judge.company(figure, left, clause, bound[-1], uncertainty)
        yield from self._claims(figure, self.lists.of_both(bound), left, sentence, uncertainty)

    def _sums_up(self, figure: Figure, left: int, sentence: tuple[int, int]) -> bool:
        """Whether it is the sum of all that stand before it, as in “网上申请9件、信函7件，合计16件”."""
        before = [one for one in self.passage.figures_in((sentence[0], left)) if one.unit == figure.unit]
        total = self.passage.between(left, figure.first, "total")
        return len(before) > 1 and bool(total) and sum(one.number for one in before) == figure.number

    def _is_none_of(self, figure: Figure, topic: Topic) -> bool:
        """Whether it says that there was none, in whatever unit: 行政诉讼0条; money counts nothing but money."""
        money = self.vocabulary.money
        return figure.number == 0 and (figure.unit in money) == (not money.keys().isdisjoint(topic.units))

    def _bound(self, figure: Figure, left: int, right: int, sentence: tuple[int, int]) -> list[Bound]:
        """What tells the figure's quantity: one, or several that are coordinated; the nearest comes last."""
        in_front = self.binder.candidates(left, figure.first, sentence) or self.lists.next_member(
            left, figure.first
        )
        behind = self.binder.candidates(figure.last, right, sentence)
        if behind and self._is_of_the_next(figure, behind[-1].mark, right):
            behind = []
        noun = self._noun_behind(figure, right)
        told = noun or (behind and behind[0].mark.start == figure.last)
        if told and in_front and self._is_counted_before(in_front[-1].mark, left, figure):
            in_front = []
        elif noun and in_front and _TITLE not in self.passage.words[left : figure.first]:
            in_front[-1] = _verb_of(in_front[-1], noun)
        if not any(isinstance(one.mark.entry, Word) for one in (*in_front, *behind)):
            in_front = self.lists.of_this_year(left, figure.first) or in_front
        if in_front and not (behind and _is_the_rest(in_front[-1], figure, behind[0].mark)):
            return self.binder.coordinated(in_front)
        if behind:
            chain = self.binder.coordinated(behind[::-1])[::-1] if len(behind) == 1 else [behind[0]]
            return chain if not self._is_foreign(figure, left, behind[0]) else []
        if self.passage.between(left, figure.first, "total") and not self.passage.between(
            left, figure.first, "foreign"
        ):
            return self.binder.inherited(sentence[0], left, sentence)
        return []

    def _is_of_the_next(self, figure: Figure, mark: Mark, right: int) -> bool:
        """Whether a word behind a number leads to the next one: “归别人管的9件、其他处理4件”, 9件申请办结7件."""
        between = self.passage.words[figure.last : mark.start]
        named = mark.end == right and self.passage.between(figure.last, mark.start, "topic", "weak")
        return (
            bool(between)
            and (between[0] in _APART or (bool(named) and not isinstance(mark.entry, Topic)))
            and any(one.first == right for one in self.passage.figures)
            and not self.judge.leftover(mark.end, right)
        )

    def _noun_behind(self, figure: Figure, right: int) -> Topic | None:
        """The matter that is named right behind a number: “6份规范性文件”."""
        named = self.passage.between(figure.last, right, "topic")
        return topic_of(named[0]) if named and named[0].start == figure.last else None

    def _is_counted_before(self, mark: Mark, left: int, figure: Figure) -> bool:
        """Whether the word in front belongs to the number before it: “9件行政复议、7件行政诉讼”."""
        words = self.passage.words
        before = next(
            (one for one in self.passage.figures_in((0, mark.start)) if one.last == mark.start), None
        )
        if before is None or mark.start != left:
            return False
        apart = any(one.end == figure.first for one in self.passage.between(left, figure.first, "joint"))
        first = before.first == 0 or words[before.first - 1] in _BEFORE_LISTS
        return isinstance(mark.entry, Topic) or (apart and first)

    def _is_foreign(self, figure: Figure, left: int, behind: Bound) -> bool:
        """Whether another matter stands before a figure; not where “和” begins a new one, as in “留言和5件申请”."""
        foreign = self.passage.between(left, figure.first, "foreign")
        joint = any(one.end == figure.first for one in self.passage.between(left, figure.first, "joint"))
        return bool(foreign) and not (joint and behind.mark.start == figure.last)

    def _within(
        self, bound: list[Bound], left: int, clause: tuple[int, int], sentence: tuple[int, int]
    ) -> list[Bound]:
        """For a part such as “（含规范性文件3件）” the verb of the clause in front tells what is counted."""
        last = bound[-1]
        if isinstance(last.mark.entry, Word) or not self.passage.between(left, last.mark.end, "part"):
            return bound
        before = self.passage.clause_at(max(0, clause[0] - 2))
        if before[1] > clause[0] or before[0] < sentence[0]:
            return bound
        for mark in reversed(self.passage.between(*before, "word")):
            if isinstance(mark.entry, Word) and last.topic.key in mark.entry.means:
                return [Bound(last.mark, mark.entry.means[last.topic.key], last.topic, LIKELY)]
        return bound

    # -- the claims ------------------------------------------------------------------------------------------

    def _claims(
        self,
        figure: Figure,
        bound: list[Bound],
        left: int,
        sentence: tuple[int, int],
        uncertainty: Uncertainty,
    ) -> Iterator[Claim]:
        """One claim, or one for each of several quantities that have the same number."""
        keys = [one.quantity for one in bound]
        each = (
            figure.number == 0
            or bool(self.passage.between(left, figure.first, "each"))
            or bool(self.passage.between(bound[0].mark.end, bound[-1].mark.start, "both"))
        )
        addable = [self.vocabulary.quantities[key].addable for key in keys]
        if len(keys) > 1 and not each and any(addable):
            if not all(addable):
                uncertainty.add(UNSURE, "分不清是几项合计还是各有这么多")
            yield self._claim(figure, tuple(keys), sentence, uncertainty)
            return
        for key in keys:
            yield self._claim(figure, (key,), sentence, uncertainty)

    def _claim(
        self, figure: Figure, keys: tuple[str, ...], sentence: tuple[int, int], uncertainty: Uncertainty
    ) -> Claim:
        titles = "、".join(self.vocabulary.quantities[key].title for key in dict.fromkeys(keys))
        return Claim(
            quantities=keys,
            title=titles,
            number=figure.number,
            unit=figure.unit,
            text=self.passage.text,
            start=figure.start,
            end=figure.end,
            sentence=sentence,
            confidence=uncertainty.confidence,
            reason=uncertainty.reason,
            year=self.judge.year(figure.first, sentence),
            part=self.judge.is_part(figure.first),
            segment=self.passage.segment_start(figure.first),
            spare=self.judge.withdrawn(sentence) if self.vocabulary.quantities[keys[-1]].fragile else 0,
        )

    def _denied(self, sentence: tuple[int, int]) -> Iterator[Claim]:
        first = bisect_left(self.passage.denials, sentence[0], key=_START)
        for start, end, denial in self.passage.denials[first:]:
            if start >= sentence[1]:
                break
            last = self._denied_up_to(denial, end)
            around = self.passage.words[start:last]
            if any(pattern.search(around) for pattern in denial.unless):
                continue
            topic = self._denied_topic(denial, start, end, sentence)
            if topic is None or (topic.channels and self.judge.channels.of_some(start, last)):
                continue
            uncertainty = Uncertainty()
            uncertainty.add(denial.confidence, OTHER_MEANING)
            mark = Mark(start, end, "word")
            self.judge.place(
                Bound(mark, denial.zero[0], topic, CERTAIN), start, sentence, uncertainty, never=True
            )
            for key in denial.zero:
                yield Claim(
                    (key,),
                    self.vocabulary.quantities[key].title,
                    0,
                    "",
                    self.passage.text,
                    start,
                    end,
                    sentence,
                    denied=True,
                    confidence=uncertainty.confidence,
                    reason=uncertainty.reason,
                    year=self.judge.year(start, sentence),
                )

    def _denied_up_to(self, denial: Denial, end: int) -> int:
        """Where what is denied ends: with the clause, or where another thing is joined to it."""
        last = max(end, self.passage.clause_at(end - 1)[1])
        joints = self.passage.between(end, last, "joint") if denial.listed else []
        return joints[0].start if joints else last

    def _denied_topic(self, denial: Denial, start: int, end: int, sentence: tuple[int, int]) -> Topic | None:
        if denial.topic is None:  # the words say it themselves
            matter = self.vocabulary.matters[denial.zero[0]]
            return next(
                (self.vocabulary.topics[key] for key in self.vocabulary.topics if key in matter), None
            )
        for mark in self.passage.between(sentence[0], end, "topic"):
            if mark.end > start and (topic := topic_of(mark)) and topic.key == denial.topic:
                return topic
        topic = self.binder.topic_at(end - 1, end, sentence) or self.binder.topic_behind(end, sentence[1])
        return topic if topic and topic.key == denial.topic else None


def _each_once(denied: Iterator[Claim]) -> Iterator[Claim]:
    """Of several ways to read the same words as the same denial the surest one."""
    kept: list[Claim] = []
    for claim in sorted(denied, key=lambda one: CONFIDENCES.index(one.confidence)):
        if not any(
            one.quantities == claim.quantities and one.start < claim.end and claim.start < one.end
            for one in kept
        ):
            kept.append(claim)
    yield from sorted(kept, key=lambda one: one.start)


def _verb_of(bound: Bound, noun: Topic) -> Bound:
    """A verb with the noun behind the number, as in “制发规章2件；制发6份规范性文件”."""
    word = bound.mark.entry
    if not isinstance(word, Word) or noun.key not in word.means:
        return bound
    return replace(bound, topic=noun, quantity=word.means[noun.key])


def _is_the_rest(bound: Bound, figure: Figure, behind: Mark) -> bool:
    """Whether a word such as 其他 only tells which ones, as in “其他26件均已办结”."""
    word = bound.mark.entry
    return isinstance(word, Word) and word.close and behind.start == figure.last
