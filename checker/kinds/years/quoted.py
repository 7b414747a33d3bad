"""Figures that the text quotes from last year."""

from __future__ import annotations

from collections.abc import Iterator

from checker.judging.figures import Figures
from checker.judging.subject import Subject
from checker.judging.table_words import Amount
from checker.kinds.kind import Options
from checker.model.report import Claim
from checker.patterns.pattern import Match, compile_pattern
from checker.understand.claims.vocabulary import CellSum


def figure_behind(claim: Claim, patterns: list[str], group: str) -> Iterator[tuple[Match, int, int]]:
    """The first match that begins where the claim's number ends, with the offsets of a group of it."""
    tail = claim.text.squeezed.text[claim.end : claim.sentence[1]]
    for source in patterns:
        match = compile_pattern(source).search(tail)
        if match and match.start() == 0:
            yield match, claim.end + match.start(group), claim.end + match.end(group)
            return


def values_behind(subject: Subject, figures: Figures, claim: Claim) -> dict[Amount, CellSum]:
    """What a claim's quantity may be in another report, the likeliest first; empty if it is not known."""
    if len(claim.quantities) != 1:
        return {}
    values: dict[Amount, CellSum] = {}
    for cells in subject.language.claim_vocabulary.quantities[claim.quantities[0]].equals:
        parts = [figures.value(table, (row, column)) for table, row, column in cells]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            values.setdefault(sum(known, start=0), cells)
    return values


def check_groups(group: str, options: Options) -> Iterator[str]:
    """A Chinese sentence for each of the `patterns` that has no group of that name."""
    for source in options["patterns"]:
        if group not in compile_pattern(source).groups:
            yield f"“{source}”里要用 (?P<{group}>…) 标出"
