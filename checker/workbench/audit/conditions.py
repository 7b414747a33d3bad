"""Whether conditions can hold together, or at all."""

from __future__ import annotations

from checker.judging.rules import Condition
from checker.model.vocabulary import Vocabulary
from checker.understand.library import KindLibrary

_FIRST, _LAST = 0, 9999


def overlap(one: Condition, other: Condition) -> bool:
    """Whether some report can meet both conditions."""
    pairs = (
        (one.kinds, other.kinds),
        (one.forms, other.forms),
        (one.levels, other.levels),
        (one.tiers, other.tiers),
    )
    for mine, yours in pairs:
        if mine and yours and not set(mine) & set(yours):
            return False
    first = max(one.first_year or _FIRST, other.first_year or _FIRST)
    return first <= min(one.last_year or _LAST, other.last_year or _LAST)


def impossible(condition: Condition, library: KindLibrary, vocabulary: Vocabulary) -> str | None:
    """Why no report meets a condition, as a Chinese phrase; None if some report can."""
    first, last = condition.first_year or _FIRST, condition.last_year or _LAST
    forms = [index.form for index in library.forms if not condition.forms or index.form.id in condition.forms]
    if not forms:
        return f"没有格式 {'、'.join(condition.forms)}"
    if not any(first <= (form.last_year or _LAST) and (form.first_year or _FIRST) <= last for form in forms):
        return "年度不在所说格式适用的年份里"
    if condition.levels and condition.tiers:
        found = {tier for level in condition.levels for tier in _tiers(level, library)}
        if not found & set(condition.tiers):
            levels = "、".join(map(vocabulary.levels.name, condition.levels))
            tiers = "、".join(map(vocabulary.tiers.name, condition.tiers))
            return f"没有{tiers}的{levels}"
    return None


def _tiers(level: str, library: KindLibrary) -> set[str]:
    """Tiers that a body of this level can have: those up to the first pattern that fits every name."""
    found: set[str] = set()
    for rule in library.bodies.tiers:
        if rule.levels and level not in rule.levels:
            continue
        if rule.tier:
            found.add(rule.tier)
        if rule.pattern.source == ".":
            break
    return found
