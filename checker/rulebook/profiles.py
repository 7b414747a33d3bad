"""Which rules a profile has, and what it changes of them."""

from __future__ import annotations

from typing import Any

from checker.model.errors import Fault
from checker.rulebook.checked import CheckedFiles
from checker.rulebook.load.rule_faults import RuleEntry, unknown_parameter_faults
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.sources import BUILTIN
from checker.rulebook.load.strict_yaml import YamlFile
from checker.rulebook.schema.files import RULE_CHANGES
from checker.startup.records import replace


def rules_of_profile(files: CheckedFiles, profile: str, faults: list[Fault]) -> dict[str, RuleEntry]:
    """The rules of a profile by id: those of the rule files, then those of the profile's chain.

    Args:
        files: the rule files; nothing in them is changed.
        profile: name of the profile.
        faults: takes what is wrong with the profile's changes.
    """
    by_file: dict[str, list[RuleEntry]] = {}
    for entry in files.entries:
        by_file.setdefault(entry.file.name, []).append(entry)
    entries: dict[str, RuleEntry] = {}
    for file in files.sources.of("rules"):
        entries.update((entry.id, entry) for entry in by_file.get(file.name, ()))
    for file in files.chains.of(profile, faults):
        entries.update((entry.id, entry) for entry in by_file.get(file.name, ()))
        if file.name not in files.heads:
            continue
        for key in RULE_CHANGES:
            for rule_id, value in file.data.get(key, {}).items():
                if rule_id in entries:
                    if key == "parameters":
                        faults.extend(unknown_parameter_faults(file, entries[rule_id], value))
                    entries[rule_id] = _changed(file, key, entries[rule_id], value)
                elif files.known is not None and rule_id not in files.known:
                    text = f"没有规则“{rule_id}”{did_you_mean(rule_id, entries)}"
                    faults.append(file.fault((key, rule_id), text, at_key=True))
    return entries


def replaced_rules(files: CheckedFiles) -> list[str]:
    """Ids of rules of the built-in files that a file of others writes anew."""
    names = {file.name for file in files.sources.of("rules")}
    entries = [entry for entry in files.entries if entry.file.name in names]
    own = {entry.id for entry in entries if entry.file.name.startswith(BUILTIN)}
    return sorted(own & {entry.id for entry in entries if not entry.file.name.startswith(BUILTIN)})


def _changed(file: YamlFile, key: str, entry: RuleEntry, value: Any) -> RuleEntry:
    """A rule with what a profile changes of it."""
    if key == "parameters":
        return replace(entry, parameters={**entry.parameters, **value}, at=file)
    if key == "wording":
        return replace(entry, wording=(*entry.wording, (file, value)))
    return replace(entry, **{key: value})
