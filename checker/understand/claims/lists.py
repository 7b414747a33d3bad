"""What is carried over a list: verbs, totals and words that speak of all that stands before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from checker.model.report import Claim
from checker.startup.records import dataclass, field, replace
from checker.understand.claims.binding import Binder, topic_of
from checker.understand.claims.bound import Bound
from checker.understand.claims.certainty import OTHER_BODY, OTHER_MEANING, WITHDRAWN, Judge
from checker.understand.claims.channels import ONE_CHANNEL
from checker.understand.claims.figures import Figure
from checker.understand.claims.scan import Mark, Passage
from checker.understand.claims.vocabulary import LIKELY, UNSURE, ClaimVocabulary, Topic, Word

_LONGEST_BEFORE: Final = 8
"""Characters in front of a member of a list, such as 县政府办公室."""
_RIGHT_BEHIND: Final = 24
"""Characters between a number and the part that it includes, such as 件（含2023年度留下的."""
_OPENING: Final = frozenset("（(")
_LISTING: Final = "、"
_LONGEST_LINK: Final = 2
"""Characters between two figures of a list: 、 or ，和."""


@dataclass
class Lists:
    """The lists of a paragraph, one sentence after the other.

    Attributes:
        sentence: the one that is read.
        respectively: by the figure's offset what each number of “分别为12件、7件” counts.
    """

    passage: Passage
    vocabulary: ClaimVocabulary
    judge: Judge
    binder: Binder
    sentence: tuple[int, int] = (0, 0)
    respectively: Mapping[int, list[Bound]] = field(default_factory=dict)
    _joint: list[Bound] = field(default_factory=list)
    _verb: Bound | None = None

    def begin(self, sentence: tuple[int, int]) -> None:
        """Turn to a sentence."""
        self.sentence, self._joint, self._verb = sentence, [], None
        self.respectively = self._respectively()

    def _respectively(self) -> dict[int, list[Bound]]:
        """By the figure's offset what each of “许可、处罚（分别为）12件、7件” counts."""
        listed: dict[int, list[Bound]] = {}
        marks = self.passage.between(*self.sentence, "respectively")
        ends = [mark.end for mark in marks]
        figures = self.passage.figures_in(self.sentence)
        ends += [
            one.first
            for one, behind in pairwise(figures)
            if self.passage.words[one.last : behind.first] == _LISTING and one.first not in ends
        ]
        for end in ends:
            clause = self.passage.clause_at(end - 1)
            named = self.binder.candidates(clause[0], end, self.sentence, weak=True)
            told = [one for one in figures if one.first >= end][: len(named)]
            gaps = zip([end, *(one.last for one in told)], told, strict=False)
            if (
                len(named) == len(told) > 1
                and len(self.binder.coordinated(named)) == len(named)
                and all(one.first - before <= _LONGEST_LINK for before, one in gaps)
            ):
                listed |= {one.first: [bound] for one, bound in zip(told, named, strict=True)}
        return listed

    def next_member(self, left: int, end: int) -> list[Bound]:
        """What the next number of “作出行政许可8件、处罚3件” counts: a short word of a matter of the same sort."""
        before = self.binder.last("topic", left)
        foreign = self.binder.last("foreign", left)
        if before is None or before.start < self.sentence[0] or (foreign and foreign.start > before.start):
            return []
        named = self.binder.candidates(left, end, self.sentence, weak=True)
        first = topic_of(before)
        if len(named) != 1 or first is None or not (first.verbs and named[0].topic.verbs):
            return []
        gaps = ((before.end, left), (left, named[0].mark.start), (named[0].mark.end, end))
        if any(self.judge.leftover(*gap) for gap in gaps[1:]) or not self.passage.figures_in(gaps[0]):
            return []
        return [replace(named[0], confidence=LIKELY)]

    def of_this_year(self, left: int, end: int) -> list[Bound]:
        """What stands beside what came from the year before: “其中上年结转3件，2024年申请9件”."""
        span = (left, end)
        named = self.passage.between(*span, "year", "period")
        if not named or self.passage.between(*span, "word") or self.judge.leftover(*span):
            return []
        if any(mark.kind == "year" and mark.year != self.judge.identity.year for mark in named):
            return []
        for mark in self.passage.between(*self.sentence, "word"):
            for key, quantity in mark.entry.means.items() if isinstance(mark.entry, Word) else ():
                new = self.vocabulary.of_this_year.get(quantity)
                if new and not self.judge.is_of_wrong_year(mark):
                    beside = Mark(named[-1].start, named[-1].end, named[-1].kind)
                    return [Bound(beside, new, self.vocabulary.topics[key], LIKELY)]
        return []

    def with_result(self, bound: list[Bound], figure: Figure) -> list[Bound]:
        """The result told behind “28件行政复议、9件行政诉讼获维持” holds for each of them."""
        last = bound[-1]
        if len(bound) > 1 or not isinstance(last.mark.entry, Topic) or last.mark.start != figure.last:
            return bound
        passage = self.passage
        end = passage.clause_at(figure.first)[1]
        for mark in passage.between(last.mark.end, end, "word"):
            word = mark.entry
            told = sum(one.last - one.first for one in passage.figures_in((last.mark.end, mark.start)))
            if isinstance(word, Word) and last.topic.key in word.means:
                alone = self.judge.leftover(last.mark.end, mark.start) - told <= _LONGEST_LINK
                quantity = word.means[last.topic.key]
                return [replace(last, mark=mark, quantity=quantity)] if alone else bound
        return bound

    def carried(self, bound: list[Bound]) -> list[Bound]:
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
        start = max(
            [clause[0], *(one.last for one in self.passage.figures_in((self.sentence[0], last.mark.start)))]
        )
        if self.judge.leftover(start, last.mark.start) > _LONGEST_BEFORE:
            return bound
        return [
            replace(
                last, mark=replace(last.mark, entry=verb.mark.entry), quantity=quantity, confidence=LIKELY
            )
        ]

    def of_both(self, bound: list[Bound]) -> list[Bound]:
        """Behind “复议、诉讼共45件” a result counts both, as the total did."""
        topics = {one.topic.key for one in bound}
        entry = bound[-1].mark.entry
        if len(bound) > 1 and len(topics) == len(bound):
            self._joint = bound
        elif isinstance(entry, Topic):
            self._joint = []
        elif self._joint and isinstance(entry, Word) and len(bound) == 1:
            last = self.binder.last("topic", bound[-1].mark.start)
            if last and last.start <= self._joint[-1].mark.start:
                both = [
                    replace(bound[-1], quantity=entry.means[one.topic.key], topic=one.topic)
                    for one in self._joint
                    if one.topic.key in entry.means
                ]
                return both if len(both) == len(self._joint) else bound
        return bound

    def qualified(self, claims: list[Claim]) -> Iterator[Claim]:
        """Claims told apart: those that are only one of several, and what is told between two others."""
        claims = [self._nested(claim, claims) for claim in claims if not self._is_told_apart(claim, claims)]
        return self._beside(list(self._in_between(list(self._weighed(claims)))))

    def _is_told_apart(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether another number tells it by itself: 办结66件 beside “受理答复68件”, which says both at once."""
        return (
            not self.vocabulary.quantities[claim.quantities[0]].addable
            and any(one.start == claim.start and one.quantities != claim.quantities for one in claims)
            and any(
                one.start > claim.end
                and one.quantities == claim.quantities
                and one.confidence != UNSURE
                and not one.part
                and not any(other.start == one.start and other is not one for other in claims)
                for one in claims
            )
        )

    def _nested(self, claim: Claim, claims: list[Claim]) -> Claim:
        """A number in a bracket as a part of the same quantity in front of it: “无法提供9件（不掌握而无法提供7件）”."""
        inside = self.passage.words[claim.segment : claim.segment + 1] in _OPENING and any(
            one.quantities == claim.quantities and one.end <= claim.segment and one.number > claim.number
            for one in claims
        )
        return replace(claim, part=True) if inside else claim

    def _weighed(self, claims: list[Claim]) -> Iterator[Claim]:
        """Claims without what is only one of several: of channels, or of numbers that add up to one before."""
        alone = [one for one in claims if one.reason == ONE_CHANNEL and not one.part]
        sure = {one.quantities for one in claims if one.confidence != UNSURE}
        heads = [one for one in alone if one.quantities not in sure]
        for claim in claims:
            before = [
                head for head in heads
                if head.segment == claim.segment and head.end <= claim.start and not claim.denied
                and self.vocabulary.matters[head.quantities[0]] & self.vocabulary.matters[claim.quantities[0]]
                and not self.passage.between(head.end, claim.start, "channel")
            ]  # fmt: skip
            reason = ONE_CHANNEL if before and claim.confidence != UNSURE else None
            if not reason and (
                self._adds_up(claim, claims)
                or self._is_of_last_year(claim, claims)
                or self._is_of_this_year(claim, claims)
                or self._is_some_of(claim, claims)
                or self._includes_the_rest(claim, claims)
                or (claim.confidence != UNSURE and self._is_less(claim, claims))
            ):
                reason = "可能只是其中一类"
            if reason:
                yield replace(claim, confidence=UNSURE, reason=reason)
            elif claim.reason == WITHDRAWN and self._is_added_up(claim):
                yield replace(claim, confidence=LIKELY)
            elif self._contains(claim, claims):
                yield replace(claim, contains=True)
            else:
                yield claim

    def _contains(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether a part told right behind a number counts cells that the number may be meant to include."""
        quantity = self.vocabulary.quantities[claim.quantities[0]]
        own = {cell for cells in quantity.equals for cell in cells}
        others = {cell for cells in quantity.tolerates for cell in cells} - own
        return bool(others) and any(
            one.part
            and 0 < one.start - claim.end <= _RIGHT_BEHIND
            and others.intersection(*self.vocabulary.quantities[one.quantities[0]].equals)
            for one in claims
        )

    def _adds_up(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether a number and those behind it add up to a whole told before."""
        within = self.vocabulary.quantities[claim.quantities[0]].within
        wholes = {one.number for one in claims if one.quantities[0] in within and one.end <= claim.start}
        behind = [one for one in claims if one.start > claim.start]
        if not wholes or not all(self.vocabulary.quantities[one.quantities[0]].addable for one in behind):
            return False
        rest = [one.number for one in self.passage.figures_in((claim.end, self.sentence[1])) if one.unit]
        return bool(rest) and claim.number + sum(rest) in wholes - {claim.number}

    def _is_added_up(self, claim: Claim) -> bool:
        """Whether the numbers behind one, those withdrawn among them, add up to it."""
        behind = [one.number for one in self.passage.figures_in((claim.end, self.sentence[1])) if one.unit]
        total = not self.vocabulary.quantities[claim.quantities[0]].addable
        return total and len(behind) > 1 and sum(behind) == claim.number

    def _is_of_last_year(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether it divides what was left over: “包括2023年结转的4件，其中予以公开4件”."""
        if not claim.part:
            return False
        before = [
            one for one in claims if one.end <= claim.start and one.part and one.segment == claim.segment
        ]
        heads = [one for one in before if one.quantities[0] in self.vocabulary.of_last_year]
        return bool(heads) and bool(self.passage.between(heads[-1].end, claim.start, "part"))

    def _is_of_this_year(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether only what came this year is told as done: “收到8件，办结8件，办理上年结转2件”, in any order."""
        if not self.vocabulary.quantities[claim.quantities[0]].within:
            return False
        left = [one for one in claims if one.quantities[0] in self.vocabulary.of_last_year]
        over = sum(one.number for one in claims if one.quantities[0] in self.vocabulary.of_next_year)
        both = claim.number, claim.number + over
        kinds = {key for one in self.vocabulary.quantities.values() for key in (one.sum_of or ((),))[0]}
        new = [
            one
            for one in claims
            if one.end <= claim.start and one.number in both and one.quantities[0] in kinds
        ]
        return bool(new and left) and not left[0].part and left[0].number != over

    def _is_some_of(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether it divides the same quantity told before it: “答复108件。其中，县级政府答复12件”."""
        return claim.part and any(
            one.quantities == claim.quantities and not one.part and one.end <= claim.start for one in claims
        )

    def _includes_the_rest(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether what is left for next year is told as a part of what is done: “办结42件，其中结转下年3件”."""
        behind = next((one for one in claims if one.start > claim.end), None)
        return (
            not claim.part
            and bool(self.vocabulary.quantities[claim.quantities[0]].within)
            and behind is not None
            and behind.quantities[0] in self.vocabulary.of_next_year
            and any(
                "）" not in self.passage.words[mark.end : behind.start]
                for mark in self.passage.between(claim.end, behind.start, "part")
            )
        )

    def _is_less(self, claim: Claim, claims: list[Claim]) -> bool:
        """Whether it says again what was told before it, with a smaller number: “收到9件，受理5件”."""
        echoes = self.vocabulary.quantities[claim.quantities[0]].echoes
        return any(
            one.quantities[0] in echoes and one.end <= claim.start and one.number > claim.number
            for one in claims
        )

    def _in_between(self, claims: list[Claim]) -> Iterator[Claim]:
        """What is told between two others as what it is there: “上年结转4件，办理50件，结转下年2件”."""
        for index, claim in enumerate(claims):
            for key, quantity in self.vocabulary.betweens.items():
                before, here, behind = quantity.between
                if (
                    claim.quantities == (here,)
                    and any(one.quantities == (before,) for one in claims[:index])
                    and any(one.quantities == (behind,) for one in claims[index + 1 :])
                ):
                    claim = replace(claim, quantities=(key,), title=quantity.title)  # noqa: PLW2901
            yield claim

    def _beside(self, claims: list[Claim]) -> Iterator[Claim]:
        """What another number beside it makes more exact: 不掌握3件，仍不明确2件."""
        told = {one.quantities[0] for one in claims}
        for claim in claims:
            for key, quantity in self.vocabulary.besides.items():
                first, *others = quantity.beside
                if claim.quantities == (first,) and told.intersection(others):
                    claim = replace(claim, quantities=(key,), title=quantity.title)  # noqa: PLW2901
            yield claim


def settled(claims: list[Claim], matters: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    """Claims of one sentence, those that rival each other told apart.

    What follows a word such as 其中 is a part, if the sentence has told the same quantity before. Of other
    claims on one quantity with different numbers none can be trusted, and none on a matter of which the
    sentence also counts what other bodies did.

    Args:
        claims: in order.
        matters: by quantity the topics that tell it.
    """
    others = frozenset(
        topic
        for claim in claims
        if claim.reason == OTHER_BODY and not claim.denied
        for topic in matters[claim.quantities[0]]
    )
    first: dict[tuple[str, ...], Claim] = {}
    rivals: set[tuple[str, ...]] = set()
    for claim in claims:
        if claim.confidence != UNSURE or claim.reason == OTHER_MEANING:
            known = first.setdefault(claim.quantities, claim)
            if known.number != claim.number and (not claim.part or _stand_side_by_side(known, claim)):
                rivals.add(claim.quantities)
    for claim in claims:
        known = first.get(claim.quantities, claim)
        reason = None
        if claim.confidence == UNSURE:
            yield claim
            continue
        if others & matters[claim.quantities[0]]:
            reason = OTHER_BODY
        elif claim.quantities in rivals:
            reason = "同一句有几个这样的数，分不清以哪个为准"
        elif claim.part and known.number != claim.number:
            reason = "只是其中一部分"
        yield replace(claim, confidence=UNSURE, reason=reason) if reason else claim


def _stand_side_by_side(first: Claim, second: Claim) -> bool:
    """Whether two numbers of one quantity are parts of the same list, as in 信息不存在9件、不掌握2件."""
    return first.part and second.part and first.segment == second.segment
