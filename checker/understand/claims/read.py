"""What the text says in figures: claims about the quantities that the tables count.

A figure belongs to the word or topic in its own clause, in front of it or behind it; the topic comes from
the clause, the sentence, the paragraph or the heading above. Whatever makes the reading doubtful (another
year, another body, a comparison, a part of something) lowers the confidence and is kept as the reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, reduce
from operator import attrgetter, itemgetter
from typing import Final

from checker.model.report import Claim, Report
from checker.startup.records import dataclass, field, replace
from checker.understand.claims.certainty import ONE_CHANNEL, Bound, Doubt, Judge, worse
from checker.understand.claims.figures import Figure
from checker.understand.claims.rivals import settled
from checker.understand.claims.scan import Mark, Passage, scan
from checker.understand.claims.vocabulary import (
    CERTAIN,
    LIKELY,
    UNSURE,
    ClaimVocabulary,
    Denial,
    Topic,
    Word,
)

_LONGEST_JOINT: Final = 8
_LONGEST_LINK: Final = 2
"""Characters between two figures of a list: 、 or ，和."""
_LONGEST_SENTENCE: Final = 3000
"""Characters; the longest sentences in real reports, whole lists of results, have some 400."""
_MOST_FIGURES: Final = 80
"""In one sentence; a sentence with a figure for each row of table three has some 25."""
_START: Final = itemgetter(0)
_BEGIN: Final = attrgetter("start")


def read_claims(report: Report, vocabulary: ClaimVocabulary) -> tuple[Claim, ...]:
    """All claims of the report's text in reading order; text in tables takes no part.

    Args:
        report: the report.
        vocabulary: the words of the claim files.
    """
    claims: list[Claim] = []
    heading: Topic | None = None
    section: int | None = None
    for passage in scan(report.body(), vocabulary):
        if passage.text.section != section:
            section, heading = passage.text.section, None
        if passage.is_heading():
            heading = next((_topic(mark) for mark in reversed(passage.marks) if mark.kind == "topic"), None)
        home = next((topic for topic in vocabulary.topics.values() if section in topic.home), None)
        judge = Judge(passage, vocabulary, report.identity, heading, home)
        claims.extend(_PassageReader(passage, vocabulary, judge).read())
    return tuple(claims)


def _topic(mark: Mark) -> Topic | None:
    return mark.entry if isinstance(mark.entry, Topic) else None


@dataclass
class _PassageReader:
    passage: Passage
    vocabulary: ClaimVocabulary
    judge: Judge
    _of_kind: dict[str, list[Mark]] = field(default_factory=dict)
    _listed: dict[int, list[Bound]] = field(default_factory=dict)
    _joint: list[Bound] = field(default_factory=list)
    _verb: Bound | None = None

    def read(self) -> Iterator[Claim]:
        """The claims of the paragraph, in order."""
        for sentence in self.passage.sentences:
            if sentence[1] - sentence[0] > _LONGEST_SENTENCE or len(self._figures(sentence)) > _MOST_FIGURES:
                continue  # no sentence of prose: a list, or a text that lost its full stops
            self._joint, self._verb = [], None
            self._listed = self._respectively(sentence)
            claims = [
                *self._denied(sentence),
                *(claim for figure in self._figures(sentence) for claim in self._told(figure, sentence)),
            ]
            claims.sort(key=lambda claim: (claim.start, claim.end))
            claims += self._of_the_whole(sentence, claims)
            yield from settled(list(self._apart(claims, sentence)))

    def _figures(self, span: tuple[int, int]) -> list[Figure]:
        """The figures in a span, in order."""
        first = bisect_left(self._starts, span[0])
        end = bisect_left(self._starts, span[1], first)
        return [one for one in self.passage.figures[first:end] if one.last <= span[1]]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.first for one in self.passage.figures]

    # -- what a figure counts ---------------------------------------------------------------------------

    def _told(self, figure: Figure, sentence: tuple[int, int]) -> Iterator[Claim]:
        clause = self.passage.clause_at(figure.first)
        others = [one for one in self._figures(clause) if one is not figure]
        left = max([clause[0], *(one.last for one in others if one.last <= figure.first)])
        right = min([clause[1], *(one.first for one in others if one.first >= figure.last)])
        bound = self._listed.get(figure.first) or self._bound(figure, left, right, sentence)
        if not bound:
            return
        if any(mark.start == figure.last for mark in self.passage.between(figure.last, right, "not_counted")):
            return
        topic = bound[-1].topic
        if figure.unit not in topic.units and (figure.unit or figure.number):
            return
        bound = self._carried(self._within(bound, left, clause, sentence), sentence)
        doubt = Doubt()
        doubt.add(reduce(worse, (one.confidence for one in bound)), "这种说法可能另有所指")
        if figure.first not in self._listed:
            self.judge.figure(figure, left, bound[-1], doubt)
        self.judge.place(bound[-1], figure.first, sentence, doubt, never=not figure.number)
        self.judge.company(figure, left, clause, bound[-1], doubt)
        yield from self._claims(figure, self._of_both(bound), left, sentence, doubt)

    def _bound(self, figure: Figure, left: int, right: int, sentence: tuple[int, int]) -> list[Bound]:
        """What tells the figure's quantity: one, or several that are coordinated; the nearest comes last."""
        in_front = self._candidates(left, figure.first, sentence)
        if in_front:
            return self._coordinated(in_front)
        behind = self._candidates(figure.last, right, sentence)
        if behind:
            chain = self._coordinated(behind[::-1])[::-1] if len(behind) == 1 else [behind[0]]
            return chain if not _foreign(self.passage, left, figure.first) else []
        if self.passage.between(left, figure.first, "total") and not self.passage.between(
            left, figure.first, "foreign"
        ):
            return self._inherited(sentence[0], left, sentence)
        return []

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

    # -- what is carried over a list --------------------------------------------------------------------------

    def _respectively(self, sentence: tuple[int, int]) -> dict[int, list[Bound]]:
        """By the figure's offset what each of “许可、处罚分别为12件、7件” counts."""
        listed: dict[int, list[Bound]] = {}
        for mark in self.passage.between(*sentence, "respectively"):
            clause = self.passage.clause_at(mark.start)
            named = self._candidates(clause[0], mark.start, sentence, weak=True)
            figures = [one for one in self._figures((mark.end, sentence[1]))][: len(named)]
            gaps = zip([mark.end, *(one.last for one in figures)], figures, strict=False)
            if (
                len(named) == len(figures) > 1
                and len(self._coordinated(named)) == len(named)
                and all(one.first - end <= _LONGEST_LINK for end, one in gaps)
            ):
                listed |= {one.first: [bound] for one, bound in zip(figures, named, strict=True)}
        return listed

    def _carried(self, bound: list[Bound], sentence: tuple[int, int]) -> list[Bound]:
        """A verb before a list holds for all of it: “制发规章2件，规范性文件7件”."""
        last, verb = bound[-1], self._verb
        if isinstance(last.mark.entry, Word):
            self._verb = last if len(bound) == 1 else None
            return bound
        if verb is None or len(bound) > 1 or not isinstance(verb.mark.entry, Word):
            return bound
        clause = self.passage.clause_at(last.mark.start)
        quantity = verb.mark.entry.means.get(last.topic.key)
        if quantity is None or last.topic is verb.topic or last.topic.confidence != UNSURE:
            return bound
        start = max([clause[0], *(one.last for one in self._figures((sentence[0], last.mark.start)))])
        if self.judge.leftover(start, last.mark.start) > _LONGEST_JOINT:
            return bound
        return [
            replace(
                last, mark=replace(last.mark, entry=verb.mark.entry), quantity=quantity, confidence=LIKELY
            )
        ]

    def _of_both(self, bound: list[Bound]) -> list[Bound]:
        """Behind “复议、诉讼共45件” a result counts both, as the total did."""
        topics = {one.topic.key for one in bound}
        entry = bound[-1].mark.entry
        if len(bound) > 1 and len(topics) == len(bound):
            self._joint = bound
        elif isinstance(entry, Topic):
            self._joint = []
        elif self._joint and isinstance(entry, Word) and len(bound) == 1:
            last = self._last("topic", bound[-1].mark.start)
            if last and last.start <= self._joint[-1].mark.start:
                both = [
                    replace(bound[-1], quantity=entry.means[one.topic.key], topic=one.topic)
                    for one in self._joint
                    if one.topic.key in entry.means
                ]
                return both if len(both) == len(self._joint) else bound
        return bound

    def _of_the_whole(self, sentence: tuple[int, int], claims: list[Claim]) -> Iterator[Claim]:
        """Words without a figure of their own, such as 均为自然人, tell the number before them once more."""
        for mark in self.passage.between(*sentence, "word"):
            word = mark.entry
            if not isinstance(word, Word) or not word.whole:
                continue
            clause = self.passage.clause_at(mark.start)
            if self._figures(clause) or not self.passage.between(clause[0], mark.start, "each", "all_of"):
                continue
            before = [
                claim
                for claim in claims
                if claim.end <= clause[0] and not claim.part and claim.quantities[0] in word.whole
            ]
            for claim in before:
                if claim.end <= self.passage.clause_at(before[-1].start)[0]:
                    continue
                topic = self._topic_of(claim)
                quantity = word.means.get(topic.key) if topic else None
                if quantity and len(claim.quantities) == 1:
                    title = self.vocabulary.quantities[quantity].title
                    sure = worse(claim.confidence, worse(word.confidence, LIKELY))
                    yield replace(
                        claim, quantities=(quantity,), title=title, confidence=sure,
                        reason=claim.reason or "说的是前面那个数",
                    )  # fmt: skip

    def _apart(self, claims: list[Claim], sentence: tuple[int, int]) -> Iterator[Claim]:
        """Claims without what is only one of several: of channels, or of numbers that add up to one before."""
        alone = [one for one in claims if one.reason == ONE_CHANNEL and not one.part]
        sure = {one.quantities for one in claims if one.confidence != UNSURE}
        heads = [one for one in alone if one.quantities not in sure]
        for claim in claims:
            before = [
                head for head in heads
                if head.segment == claim.segment and head.end <= claim.start
                and not self.passage.between(head.end, claim.start, "channel")
            ]  # fmt: skip
            reason = ONE_CHANNEL if before and claim.confidence != UNSURE else None
            if not reason and self._adds_up(claim, claims, sentence):
                reason = "可能只是其中一类"
            yield replace(claim, confidence=UNSURE, reason=reason) if reason else claim

    def _adds_up(self, claim: Claim, claims: list[Claim], sentence: tuple[int, int]) -> bool:
        """Whether a number and those behind it add up to a whole told before."""
        within = self.vocabulary.quantities[claim.quantities[0]].within
        wholes = {one.number for one in claims if one.quantities[0] in within and one.end <= claim.start}
        behind = [one for one in claims if one.start > claim.start]
        if not wholes or not all(self.vocabulary.quantities[one.quantities[0]].addable for one in behind):
            return False
        rest = [one.number for one in self._figures((claim.end, sentence[1])) if one.unit]
        return bool(rest) and claim.number + sum(rest) in wholes - {claim.number}

    def _topic_of(self, claim: Claim) -> Topic | None:
        """The topic named last up to a claim."""
        mark = self._last("topic", claim.end)
        return _topic(mark) if mark else None

    # -- words around a figure ----------------------------------------------------------------------------------

    def _candidates(
        self, start: int, end: int, sentence: tuple[int, int], *, weak: bool = False
    ) -> list[Bound]:
        """Words and topics in a span that tell a quantity, in order; nothing before a foreign matter counts."""
        bound: list[Bound] = []
        kinds = ("word", "topic", "foreign", "weak") if weak else ("word", "topic", "foreign")
        for mark in self.passage.between(start, end, *kinds):
            if mark.kind == "foreign":
                bound.clear()
                continue
            if isinstance(mark.entry, Topic):
                if mark.entry.counts and not any(one.topic is mark.entry for one in bound):
                    bound.append(Bound(mark, mark.entry.counts, mark.entry, mark.entry.confidence))
                continue
            topic = self._topic_at(mark.start, end, sentence)
            if topic is None and isinstance(mark.entry, Word) and mark.entry.year:
                topic = self._topic_behind(mark.start, sentence[1])
            if isinstance(mark.entry, Word) and mark.entry.close and mark.end != end:
                continue
            if topic and isinstance(mark.entry, Word) and topic.key in mark.entry.means:
                quantity = mark.entry.means[topic.key]
                bound.append(Bound(mark, quantity, topic, worse(mark.entry.confidence, CERTAIN)))
        return _with_topics(bound)

    def _coordinated(self, bound: list[Bound]) -> list[Bound]:
        """The last one with those that are joined to it."""
        chain = [bound[-1]]
        for one in reversed(bound[:-1]):
            gap = self.passage.words[one.mark.end : chain[0].mark.start]
            joints = self.passage.between(one.mark.end, chain[0].mark.start, "joint", "both")
            if (
                not joints
                or self.judge.leftover(one.mark.end, chain[0].mark.start, "joint", "both")
                or len(gap) > _LONGEST_JOINT
            ):
                break
            chain.insert(0, one)
        return chain

    def _inherited(self, start: int, end: int, sentence: tuple[int, int]) -> list[Bound]:
        """For a total without a word of its own: the one quantity that the sentence has spoken of."""
        earlier = self._candidates(start, end, sentence)
        quantities = {one.quantity for one in earlier}
        return [replace(earlier[-1], confidence=LIKELY)] if len(quantities) == 1 else []

    def _topic_at(self, start: int, end: int, sentence: tuple[int, int]) -> Topic | None:
        """The topic that a word at `start` belongs to; of its own clause those up to `end` count too."""
        clause = self.passage.clause_at(start)
        topic = self._last("topic", min(end, max(start + 1, clause[1])))
        foreign = self._last("foreign", start)
        if foreign and foreign.start < sentence[0]:
            foreign = None
        if topic and not (foreign and foreign.start > topic.start):
            return _topic(topic)
        if foreign:
            return None
        return (
            self._topic_behind(start, clause[1])
            or self._hinted(sentence)
            or self.judge.heading
            or self.judge.home
        )

    def _hinted(self, sentence: tuple[int, int]) -> Topic | None:
        """The topic that words of the sentence, or else of the paragraph, belong to."""
        for span in (sentence, (0, len(self.passage.words))):
            hints = {
                mark.entry.key: mark.entry
                for mark in self.passage.between(*span, "hint")
                if isinstance(mark.entry, Topic)
            }
            if hints:
                return next(iter(hints.values())) if len(hints) == 1 else None
        return None

    def _last(self, kind: str, before: int) -> Mark | None:
        """The last mark of a kind that begins before an offset of the paragraph."""
        if kind not in self._of_kind:
            self._of_kind[kind] = [mark for mark in self.passage.marks if mark.kind == kind]
        index = bisect_left(self._of_kind[kind], before, key=_BEGIN)
        return self._of_kind[kind][index - 1] if index else None

    def _topic_behind(self, start: int, end: int) -> Topic | None:
        return next((_topic(mark) for mark in self.passage.between(start, end, "topic")), None)

    # -- the claims ------------------------------------------------------------------------------------------

    def _claims(
        self, figure: Figure, bound: list[Bound], left: int, sentence: tuple[int, int], doubt: Doubt
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
                doubt.add(UNSURE, "分不清是几项合计还是各有这么多")
            yield self._claim(figure, tuple(keys), sentence, doubt)
            return
        for key in keys:
            yield self._claim(figure, (key,), sentence, doubt)

    def _claim(self, figure: Figure, keys: tuple[str, ...], sentence: tuple[int, int], doubt: Doubt) -> Claim:
        titles = "、".join(self.vocabulary.quantities[key].title for key in keys)
        return Claim(
            quantities=keys,
            title=titles,
            number=figure.number,
            unit=figure.unit,
            text=self.passage.text,
            start=figure.start,
            end=figure.end,
            sentence=sentence,
            confidence=doubt.confidence,
            reason=doubt.reason,
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
            clause = self.passage.clause_at(end - 1)
            around = self.passage.words[start : max(end, clause[1])]
            if any(pattern.search(around) for pattern in denial.unless):
                continue
            topic = self._denied_topic(denial, end, sentence)
            if topic is None:
                continue
            doubt = Doubt()
            doubt.add(denial.confidence, "这种说法可能另有所指")
            mark = Mark(start, end, "word")
            self.judge.place(Bound(mark, denial.zero[0], topic, CERTAIN), start, sentence, doubt)
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
                    confidence=doubt.confidence,
                    reason=doubt.reason,
                    year=self.judge.year(start, sentence),
                )

    def _denied_topic(self, denial: Denial, end: int, sentence: tuple[int, int]) -> Topic | None:
        topic = self._topic_at(end - 1, end, sentence) or self._topic_behind(end, sentence[1])
        if denial.topic is None:
            return topic or next(iter(self.vocabulary.topics.values()), None)
        return topic if topic and topic.key == denial.topic else None


def _foreign(passage: Passage, start: int, end: int) -> bool:
    return bool(passage.between(start, end, "foreign"))


def _with_topics(bound: list[Bound]) -> list[Bound]:
    """Topics only count where no word of theirs tells more exactly what is counted."""
    told = {one.topic.key for one in bound if isinstance(one.mark.entry, Word)}
    return [one for one in bound if isinstance(one.mark.entry, Word) or one.topic.key not in told]
