"""Whether a figure of the text is contradicted or told elsewhere."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import Final

from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.figures.readings import CONTRADICTS, compare
from checker.startup.lazy_re import compile_later, one_of
from checker.understand.claims.vocabulary import UNSURE

NUMBER: Final = compile_later(
    rf"(?<![0-9.A-Za-z-])(?<![0-9][ ，])(?<!〔)(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?![0-9.]*{one_of('%年月日号')})"
)


class ContradictedClaims:
    """Claims that the tables contradict: what follows from them is told with them."""

    def __init__(self, subject: Subject) -> None:
        self._starts: dict[int, list[int]] = {}
        for claim in subject.claims:
            if claim.confidence != UNSURE and compare(subject, claim).state == CONTRADICTS:
                insort(self._starts.setdefault(id(claim.text), []), claim.start)

    def stand_in(self, view: TextView, start: int, end: int) -> bool:
        """Whether one of them stands in a span of the view."""
        text, offset = view.text_at(start)
        starts = self._starts.get(id(text), [])
        return bisect_left(starts, start - offset) < bisect_left(starts, end - offset)
