"""Whether a figure of the text is contradicted or told elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.figures.readings import CONTRADICTS, compare
from checker.model.report import Claim
from checker.startup.lazy_re import compile_later, one_of
from checker.understand.claims.vocabulary import UNSURE

NUMBER: Final = compile_later(
    rf"(?<![0-9.A-Za-z-])(?<!〔)(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?![0-9.]*{one_of('%年月日号')})"
)


def contradicted_claims(subject: Subject) -> list[Claim]:
    """Claims that the tables contradict: what follows from them is told with them."""
    return [
        claim
        for claim in subject.claims
        if claim.confidence != UNSURE and compare(subject, claim).state == CONTRADICTS
    ]


def told_elsewhere(view: TextView, start: int, end: int, claims: Sequence[Claim]) -> bool:
    """Whether one of these claims stands where a match of the view does."""
    text, offset = view.text_at(start)
    return any(claim.text is text and start - offset <= claim.start < end - offset for claim in claims)
