"""Whose number a figure is: that of the body that reports, of all its area, or of somebody else."""

from __future__ import annotations

from typing import Final

from checker.model.report import Identity
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass
from checker.understand.claims.figures import Figure
from checker.understand.claims.scan import Mark, Passage
from checker.understand.own_names import OwnNames

_OF_AREAS: Final = "government"
"""The level of bodies that speak for the place in their names; the areas of others are among their own names."""
_OFFICE: Final = "office"
"""The level of offices, whose reports are mostly those of their governments too."""
_BESIDE: Final = compile_later("[及和、]")
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

    def is_others(self, start: int, at: int) -> bool:
        """Whether the body named last before an offset is not the one that reports."""
        for mark in reversed(self.passage.said(start, at, "other_scope", "own_scope", "acting")):
            if mark.kind == "acting" and not (
                mark.start >= self.passage.segment_start(at) and self._acts(mark, at)
            ):
                continue
            return not (
                mark.kind == "own_scope"
                or self._is_own_name(mark)
                or (mark.kind == "acting" and self._is_own_government(mark))
            )
        return False

    def is_of_own_area(self, mark: Mark) -> bool:
        """Whether words such as 全县 mean the area that the body speaks for."""
        words = self.passage.words[mark.start : mark.end]
        if self._is_own_name(mark) or any(map(self.own.recognises, _BESIDE.split(words))):
            return True
        if self.identity.level != _OF_AREAS:
            return False
        place = next((character for character in words if character in self.own.rules.places), "")
        return not place or not self.own.place or place == self.own.place

    def includes_others(self, figure: Figure) -> bool:
        """Whether a part told behind it is what was done for others: “请求11件，其中协助5件”."""
        passage, end = self.passage, self.passage.sentence_at(figure.first)[1]
        others = passage.between(figure.last, end, "other_scope")
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
        between = self.passage.between(mark.end, word.start, "total", "filler", "year")
        return sum(one.end - one.start for one in between) == word.start - mark.end

    def _is_own_government(self, mark: Mark) -> bool:
        """Whether the office of a government speaks of that government, as in “区政府共受理”."""
        place = self.passage.words[mark.start : mark.start + 1]
        return self.identity.level == _OFFICE and place == self.own.place

    def _is_own_name(self, mark: Mark) -> bool:
        """Whether the words are a name of the reporting body."""
        return self.own.recognises(self.passage.words[mark.start : mark.end])
