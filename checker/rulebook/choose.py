"""A part of the rules, by the words a person writes."""

from __future__ import annotations

from collections.abc import Sequence

from checker.judging.rules import Rulebook
from checker.model.errors import UsageError
from checker.startup.records import replace


def select_rules(rulebook: Rulebook, select: Sequence[str], ignore: Sequence[str]) -> Rulebook:
    """The rulebook with only the rules of `select` (all if empty) and none of `ignore`.

    Args:
        rulebook: the rules.
        select: beginnings of ids, or names of groups.
        ignore: likewise.

    Raises:
        UsageError: a word that names no rule.
    """
    named = {word: frozenset(rulebook.rules_named(word)) for word in (*select, *ignore)}
    for word, rules in named.items():
        if not rules:
            raise UsageError(f"没有编号以“{word}”开头的规则。用 checker rules list 可看全部编号。")
    kept = frozenset().union(*(named[word] for word in select)) if select else frozenset(rulebook.rules)
    kept = kept.difference(*(named[word] for word in ignore))
    chosen = {key: rule for key, rule in rulebook.rules.items() if key in kept}
    left = {key: rule for key, rule in rulebook.rules.items() if key not in kept}
    return replace(rulebook, rules=chosen, unselected={**rulebook.unselected, **left})
