"""Words without a number of their own, which restate one before them: 均为自然人, （结果维持）."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.report import Claim
from checker.startup.records import dataclass, field, replace
from checker.understand.claims.binding import Binder, topic_of
from checker.understand.claims.bound import worse
from checker.understand.claims.certainty import Judge
from checker.understand.claims.figures import Figure
from checker.understand.claims.scan import Mark, Passage
from checker.understand.claims.vocabulary import LIKELY, ClaimVocabulary, Topic, Word

_NOT: Final = frozenset("不未没非")
_LONGEST_SUBJECT: Final = 4
"""Characters in front of 均 that only name all of them; more single some out, as in 对本局制作的信息均予以公开."""
_ASIDE: Final = 2
"""Characters of a bracket that may belong to no word."""
_RESTATED: Final = "说的是前面那个数"


@dataclass
class Wholes:
    """Finds what restates a number in the sentences of one paragraph."""

    passage: Passage
    vocabulary: ClaimVocabulary
    judge: Judge
    binder: Binder
    _before: list[Claim] = field(default_factory=list)

    def read(self, claims: list[Claim], sentence: tuple[int, int]) -> list[Claim]:
        """The claims of a sentence with what its words restate, of the sentence before too."""
        before, self._before = self._before, claims
        claims = [self._including(claim) for claim in claims]
        claims = [*claims, *self._restated(claims, sentence, before)]
        return [*claims, *self._in_brackets(claims, sentence)]

    def may_sum_up(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence without a figure may tell of the one before, as in “…9件。申请人均为自然人。”."""
        if not self._before or not self.passage.between(*sentence, "word"):
            self._before = []
        return bool(self._before)

    def _restated(
        self, claims: list[Claim], sentence: tuple[int, int], earlier: list[Claim]
    ) -> Iterator[Claim]:
        for mark in self.passage.between(*sentence, "word"):
            word = mark.entry
            if not isinstance(word, Word) or not word.whole:
                continue
            clause = self.passage.clause_at(mark.start)
            if self.passage.figures_in(clause):
                yield from self._of_one_sort(mark, word, clause, claims)
                yield from self._of_counted(mark, word, clause, claims)
                continue
            told = earlier if clause[0] == sentence[0] and word.needs else claims
            before = [
                claim
                for claim in told
                if claim.end <= clause[0] and not claim.part and claim.quantities[0] in word.whole
            ]
            if not before or not self._is_of_all(mark, word, clause, before[-1]):
                continue
            for claim in before:
                if claim.end <= self.passage.clause_at(before[-1].start)[0] or _has_rival(claim, told):
                    continue
                quantity = self._meant(word, claim)
                if quantity and len(claim.quantities) == 1:
                    yield self._as(claim, quantity, word.confidence)

    def _as(self, claim: Claim, quantity: str, confidence: str) -> Claim:
        """The number of a claim as that of another quantity."""
        return replace(
            claim,
            quantities=(quantity,),
            title=self.vocabulary.quantities[quantity].title,
            confidence=worse(claim.confidence, worse(confidence, LIKELY)),
            reason=claim.reason or _RESTATED,
        )

    def _in_brackets(self, claims: list[Claim], sentence: tuple[int, int]) -> Iterator[Claim]:
        """“复议1件（申请人撤回）”: a bracket without a number right behind one tells what it was."""
        for figure in self.passage.figures_in(sentence):
            bracket = self.passage.bracket_at(figure.last)
            if bracket is None or self.passage.figures_in(bracket) or self.passage.between(*bracket, "part"):
                continue  # （含重复申请）tells only some of them
            marks = self.passage.between(*bracket, "word")
            told = sum(mark.end - mark.start for mark in marks)
            if not marks or self.judge.leftover(*bracket) > _ASIDE or not told:
                continue
            if not _NOT.isdisjoint(self.passage.words[bracket[0] : marks[0].start]):
                continue
            for claim in claims:
                word = marks[0].entry
                if claim.start == figure.start and not claim.denied and isinstance(word, Word):
                    quantity = self._meant(word, claim)
                    if quantity and self._is_new(quantity, claims):
                        yield self._as(claim, quantity, word.confidence)

    def _including(self, claim: Claim) -> Claim:
        """A result with the one that a bracket without a number includes: “予以公开42件（含区分处理）” counts both."""
        known = self.vocabulary.quantities
        figure = next(
            (one for one in self.passage.figures_in(claim.sentence) if one.start == claim.start), None
        )
        bracket = self.passage.bracket_at(figure.last) if figure else None
        if bracket is None or self.passage.figures_in(bracket) or not known[claim.quantities[0]].addable:
            return claim
        starts = any(one.start == bracket[0] for one in self.passage.between(*bracket, "part"))
        if not starts or self.judge.leftover(*bracket):
            return claim
        meant = [
            key
            for mark in self.passage.between(*bracket, "word")
            if isinstance(mark.entry, Word) and (key := self._meant(mark.entry, claim))
        ]
        more = tuple(key for key in meant if known[key].addable and key not in claim.quantities)
        keys = (*claim.quantities, *more)
        if not more or self._overlap(keys):
            return claim
        return replace(claim, quantities=keys, title="、".join(known[key].title for key in keys))

    def _overlap(self, keys: tuple[str, ...]) -> bool:
        """Whether two quantities count the same cells, so that one of them is a part of the other."""
        cells = [set(sums) for key in keys for sums in self.vocabulary.quantities[key].equals[:1]]
        return sum(len(one) for one in cells) != len(set().union(*cells))

    def _is_new(self, quantity: str, claims: list[Claim]) -> bool:
        """Whether a result is told by no number of its own."""
        return self.vocabulary.quantities[quantity].addable and not any(
            quantity in claim.quantities for claim in claims
        )

    def _is_of_all(self, mark: Mark, word: Word, clause: tuple[int, int], whole: Claim) -> bool:
        """Whether a clause such as “均予以公开” or “结果维持” speaks of all that stands right before it."""
        passage = self.passage
        if not _NOT.isdisjoint(passage.words[clause[0] : mark.start]):
            return False
        if passage.between(clause[0], mark.start, "part"):
            return False  # 其中、含 tells only some of them
        all_of = passage.between(clause[0], mark.start, "each", "all_of")
        if any(one is not mark and self._is_result(one) for one in passage.between(*clause, "word")):
            return False  # 均予以公开或部分公开
        if all_of and self.judge.leftover(clause[0], all_of[0].start) > _LONGEST_SUBJECT:
            return False
        rest = self.judge.leftover(clause[0], mark.start) + self.judge.leftover(mark.end, clause[1])
        between = [one for one in passage.figures_in((whole.end, clause[0])) if self._counts(one)]
        parts = bool(between) and sum(one.number for one in between) != whole.number
        if word.needs or parts:
            return bool(word.needs and (all_of or not rest))
        if all_of:
            return True
        behind = passage.clause_at(whole.end)[1]
        right_behind = behind + 1 == clause[0] or (
            not passage.figures_in((behind, clause[0]))
            and self.judge.leftover(behind, clause[0]) <= _LONGEST_SUBJECT
        )
        segment = passage.segment_start(mark.start)
        more = any(
            passage.segment_start(one.first) == segment
            for one in passage.figures_in((clause[1], passage.sentence_at(clause[0])[1]))
        )
        return right_behind and not rest and not more and not passage.between(mark.end, clause[1], "word")

    def _is_result(self, mark: Mark) -> bool:
        """Whether a word tells one of several results."""
        known = self.vocabulary.quantities
        return isinstance(mark.entry, Word) and any(known[key].addable for key in mark.entry.means.values())

    def _counts(self, figure: Figure) -> bool:
        """Whether a figure tells a number of its own, not a change or what a list names."""
        clause = self.passage.clause_at(figure.first)
        aside = self.passage.between(clause[0], figure.first, "comparison", "change")
        return bool(figure.unit) and not figure.short and not aside

    def _of_counted(
        self, mark: Mark, word: Word, clause: tuple[int, int], claims: list[Claim]
    ) -> Iterator[Claim]:
        """“已办理的9件均属于本机关不掌握” tells what all of those are that its number counts."""
        figures = self.passage.figures_in(clause)
        if len(figures) != 1 or figures[0].last > mark.start or word.needs:
            return
        span = (figures[0].last, mark.start)
        if not self.passage.between(*span, "each", "all_of") or self.judge.leftover(*span) > _ASIDE:
            return
        if self.judge.leftover(mark.end, clause[1]) or not _NOT.isdisjoint(self.passage.words[slice(*span)]):
            return
        for claim in claims:
            quantity = self._meant(word, claim)
            if claim.start == figures[0].start and quantity and claim.quantities[0] in word.whole:
                yield self._as(claim, quantity, word.confidence)

    def _of_one_sort(
        self, mark: Mark, word: Word, clause: tuple[int, int], claims: list[Claim]
    ) -> Iterator[Claim]:
        """“收到自然人申请9件” tells what was received too, where no other sort of applicants is told."""
        verbs = [
            one
            for one in self.passage.between(clause[0], mark.start, "word")
            if isinstance(one.entry, Word) and set(one.entry.means.values()) & set(word.whole)
        ]
        sorts = {
            key for one in self.vocabulary.words if one.needs == word.needs for key in one.means.values()
        }
        matching = [claim for claim in claims if claim.quantities[0] in sorts]
        if (
            not word.needs
            or not verbs
            or len(matching) != 1
            or matching[0].start < mark.end
            or matching[0].part
        ):
            return
        if self.judge.leftover(verbs[-1].end, mark.start):
            return
        verb = verbs[-1].entry
        quantity = self._meant(verb, matching[0]) if isinstance(verb, Word) else None
        if quantity:
            yield replace(
                matching[0], quantities=(quantity,), title=self.vocabulary.quantities[quantity].title
            )

    def _meant(self, word: Word, claim: Claim) -> str | None:
        """What a word that belongs to a claim tells; without a topic only a word of one matter tells it."""
        topic = self._topic_of(claim)
        if topic:
            return word.means.get(topic.key)
        return next(iter(word.means.values())) if len(word.means) == 1 else None

    def _topic_of(self, claim: Claim) -> Topic | None:
        """The topic named last up to a claim."""
        mark = self.binder.last("topic", claim.end)
        return topic_of(mark) if mark else None


def _has_rival(claim: Claim, claims: list[Claim]) -> bool:
    """Whether the sentence tells the same quantity with another number."""
    return any(
        one.quantities == claim.quantities and one.number != claim.number and not one.part for one in claims
    )
