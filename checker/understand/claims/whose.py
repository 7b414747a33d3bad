"""Whose number a figure is: that of the body that reports, of all its area, or of somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.report import Identity
from checker.model.text import spans_between
from checker.startup.records import dataclass
from checker.understand.claims.figures import Figure
from checker.understand.claims.scan import Mark, Passage
from checker.understand.own_names import OwnNames

_OF_AREAS: Final = "government"
"""The level of bodies that speak for the place in their names; the areas of others are among their own names."""
_OFFICE: Final = "office"
"""The level of offices, whose reports are mostly those of their governments too."""
_SCOPES: Final = ("other_scope", "own_scope", "wide_scope", "acting", "assisting")
OWN, AREA, OTHER_AREA, ASSISTED, OTHERS = "own", "area", "other area", "assisted", "others"
_AS: Final = "为"
_LONGEST_GAP: Final = 8
"""Characters between a body and what it did, such as 全年共."""


@dataclass
class Whose:
    """Tells whose numbers stand in one paragraph.

    Attributes:
        passage: the paragraph.
        identity: who reports.
        own: by which names the body speaks of itself.
    """

    passage: Passage
    identity: Identity
    own: OwnNames

    def scope(self, start: int, at: int) -> str:
        """Of whom a figure at an offset is: `OWN`, `AREA`, `OTHER_AREA`, `ASSISTED` or `OTHERS`."""
        for mark in reversed(self.passage.said(start, at, *_SCOPES)):
            if not self._governs(mark, at):
                continue
            if mark.kind == "wide_scope":
                return AREA if self.is_of_own_area(mark) else OTHER_AREA
            if mark.kind == "assisting":
                return ASSISTED
            if mark.kind == "own_scope" or self._is_own_name(mark):
                return OWN
            if mark.kind != "assisting" and self._is_own_government(mark):
                return OWN
            clause = self.passage.clause_at(mark.start)
            return ASSISTED if self.passage.between(clause[0], mark.start, "assisting") else OTHERS
        return OWN

    def _governs(self, mark: Mark, at: int) -> bool:
        """Whether a body is the one that did what is told at an offset.

        In a clause before that it must come first; a clause that begins with 全年 or a year begins anew.
        """
        passage = self.passage
        if mark.kind == "acting":
            return mark.start >= passage.segment_start(at) and self._acts(mark, at)
        clause, here = passage.clause_at(mark.start), passage.clause_at(at)
        if clause == here or mark.kind == "own_scope":
            return True
        if mark.kind == "assisting" or self._leads(clause[0], mark.start) > 0:
            return False
        later = [
            one
            for one in passage.between(clause[1], at, "period", "year")
            if passage.clause_at(one.start)[0] == one.start
        ]
        return not later or bool(passage.figures_in((mark.end, later[-1].start)))

    def _leads(self, start: int, end: int) -> int:
        """Characters in front of a body in its clause that say more than when."""
        known = self.passage.between(
            start, end, "period", "year", "filler", "own_scope", "wide_scope", "total"
        )
        return end - start - sum(one.end - one.start for one in known)

    def is_of_own_area(self, mark: Mark) -> bool:
        """Whether words such as 全县 mean the area that the body speaks for."""
        words = self.passage.words[mark.start : mark.end]
        if self._is_own_name(mark) or any(map(self.own.recognises, self._joined_names(words))):
            return True
        if self.identity.level != _OF_AREAS:
            return False
        place = next((character for character in words if character in self.own.rules.places), "")
        return not place or not self.own.place or place == self.own.place

    def _joined_names(self, words: str) -> Iterator[str]:
        """The names that are joined in words such as 县政府及办公室."""
        joints = self.own.rules.joints
        return (words[start:end] for start, end in spans_between(words, joints))

    def includes_others(self, figure: Figure) -> bool:
        """Whether a part told behind it is what was done for others: “请求11件，其中协助5件”."""
        passage, end = self.passage, self.passage.sentence_at(figure.first)[1]
        others = passage.between(figure.last, end, "other_scope", "assisting")
        firsts = {one.first for one in passage.figures_in((figure.last, end))}
        return any(
            mark.end in firsts
            and passage.is_part(mark.end)
            and passage.segment_start(mark.start) <= figure.first
            for mark in others
        )

    def _acts(self, mark: Mark, at: int) -> bool:
        """Whether what was done stands right behind a body, as in “县政府共收到9件”."""
        names = self.passage.between(
            max(0, mark.start - _LONGEST_GAP), at, "own_scope", "wide_scope", "other_scope"
        )
        if any(one.start < mark.start and mark.end <= one.end for one in names):
            return False  # 我街道, 各街道
        word = next(iter(self.passage.between(mark.end, at, "word")), None)
        if word is None or word.start - mark.end > _LONGEST_GAP:
            return False
        between = self.passage.between(mark.end, word.start, "total", "filler", "year", "period")
        return sum(one.end - one.start for one in between) == word.start - mark.end

    def _is_own_government(self, mark: Mark) -> bool:
        """Whether the office of a government speaks of that government, as in “区政府共受理”."""
        place = self.passage.words[mark.start : mark.start + 1]
        return self.identity.level == _OFFICE and place == self.own.place

    def _is_own_name(self, mark: Mark) -> bool:
        """Whether the words are a name of the reporting body, or begin with it as 县政府为被申请人 does."""
        words = self.passage.words[mark.start : mark.end]
        return self.own.recognises(words) or self.own.recognises(words.partition(_AS)[0])
