"""What a configuration and the command line change, for every output to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from checker.judging.rules import OFF, Rulebook
from checker.model.configuration import Configuration
from checker.model.vocabulary import Vocabulary
from checker.settings.config import FoundConfig, Settings

_LISTED: Final = 12
_TITLES: Final = {
    "profile": "规则集",
    "level": "机关类别",
    "tier": "行政级别",
    "form": "格式",
    "rules": "另加的规则",
    "severity": "改了级别",
    "fail_on": "算作不合格的级别",
    "max_warnings": "警告最多",
    "exceptions": "例外清单",
    "previous": "往年报告",
    "renames": "更名清单",
    "units": "单位清单",
    "as_of": "采用规则的日期",
}
"""What settings are called; those about which rules are used are told as the rules that are not."""
_WORDS: Final = {"level": "levels", "tier": "tiers", "fail_on": "severities"}
_LENIENT: Final = ("severity", "level", "tier", "form", "fail_on", "max_warnings", "exceptions")
"""Settings that can turn a failure into a pass."""
_RULE_SETTINGS: Final = ("select", "ignore")


def configuration_of(
    settings: Settings, found: FoundConfig, every: Rulebook, used: Rulebook, excepted: Sequence[str] = ()
) -> Configuration | None:
    """What differs from a plain run, None if nothing does.

    Args:
        settings: what holds, in keys.
        found: the configuration file that was followed, and those that were not.
        every: all rules of the profile, with the severities of the settings.
        used: the rules that are used.
        excepted: ids of replaced rules for which there are exceptions.
    """
    path = found.config.yaml.name if found.config else None
    followed = [name for name in vars(settings) if path and settings.origin(name).startswith(f"{path}:")]
    grades = every.by_current_id(settings.severity)
    off = tuple(rule for rule in every.rules if rule not in used.rules or grades.get(rule) == OFF)
    named = [
        *followed,
        *(name for name in _RULE_SETTINGS if getattr(settings, name) and name not in followed),
    ]
    values = {name: _plain(getattr(settings, name)) for name in named}
    if not (
        path or off or every.replaced or every.replaced_parts or every.packs or found.ignored or excepted
    ):
        return None
    changes = [
        *(_rules_off(off, len(every.rules))),
        *_old_ids((*settings.select, *settings.ignore, *settings.severity, *excepted), every),
        *(_change(name, values[name], every.vocabulary) for name in followed if name in _TITLES),
    ]
    limit = ""
    if off:
        limit = f"仅检查 {len(every.rules) - len(off)} 条规则"
    elif any(name in followed for name in _LENIENT) and found.config:
        limit = f"按 {Path(found.config.yaml.name).name} 调整"
    return Configuration(
        path=path,
        source=found.source if path else None,
        settings=values,
        changes=tuple(change for change in changes if change),
        rules_off=off,
        replaced=every.replaced,
        replaced_parts=every.replaced_parts,
        packs=every.packs,
        ignored=found.ignored,
        limit=limit,
    )


def _rules_off(off: Sequence[str], count: int) -> Iterator[str]:
    if off:
        more = "等" if len(off) > _LISTED else ""
        yield f"规则 {count} 条中停用 {len(off)} 条：{'、'.join(off[:_LISTED])}{more}"


def _old_ids(words: Sequence[str], rulebook: Rulebook) -> Iterator[str]:
    """A phrase for each replaced rule that is called by its old id."""
    for word in dict.fromkeys(words):
        if rulebook.current_id(word) != word:
            yield f"规则 {word} 已由 {rulebook.current_id(word)} 代替，按新编号办理，请改用新编号"


def _change(name: str, value: Any, vocabulary: Vocabulary) -> str:
    title = _TITLES[name]
    if name == "severity":
        grades = vocabulary.severities
        changed = [f"{rule} {grades.name(grade)}" for rule, grade in value.items() if grade != OFF]
        return (
            f"{title}：{'、'.join(changed[:_LISTED])}{'等' if len(changed) > _LISTED else ''}"
            if changed
            else ""
        )
    if name in _WORDS:
        value = vocabulary.of(_WORDS[name]).name(value)
    return f"{title}：{'、'.join(map(str, value)) if isinstance(value, list) else value}"


def _plain(value: Any) -> Any:
    """A setting as JSON."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Path):
        return value.as_posix()
    return value.isoformat() if isinstance(value, date) else value
