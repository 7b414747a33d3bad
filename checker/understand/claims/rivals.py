"""Claims of one sentence that rival each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.model.report import Claim
from checker.startup.records import replace
from checker.understand.claims.certainty import OTHER_BODY
from checker.understand.claims.vocabulary import UNSURE


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
        if claim.confidence != UNSURE:
            known = first.setdefault(claim.quantities, claim)
            if known.number != claim.number and not claim.part:
                rivals.add(claim.quantities)
    for claim in claims:
        known = first.get(claim.quantities, claim)
        reason = None
        if claim.confidence == UNSURE:
            yield claim
            continue
        if others & matters[claim.quantities[0]]:
            reason = OTHER_BODY
        elif claim.part and known.number != claim.number:
            reason = "只是其中一部分"
        elif claim.quantities in rivals:
            reason = "同一句有几个这样的数，分不清以哪个为准"
        yield replace(claim, confidence=UNSURE, reason=reason) if reason else claim
