"""What of a file with rules is sound: rules are used although others beside them are faulty."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import partial

from checker.model.errors import Fault
from checker.rulebook.base import Base
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import Path, YamlFile
from checker.rulebook.load.validate import Names, validate
from checker.rulebook.schema.files import FILES
from checker.startup.records import dataclass


def file_faults(file: YamlFile, role: str, names: Names, base: Base | None) -> list[Fault]:
    """The faults of a file with rules; each rule is read in the language of the kind of report that it is for."""
    if base is None:
        return validate(file, FILES[role], names)
    kind = base.kinds.get(base.kind_of(file))
    if kind is None:
        key = str(file.data.get("kind"))
        text = f"没有“{key}”这种报告的格式（form: …）{did_you_mean(key, base.kinds)}"
        return [file.fault(("kind",), text)]
    foreign = _foreign_rules(file, base)
    faults: list[Fault] = []
    for own in (None, *dict.fromkeys(foreign.values())):
        language = base.kinds[own].language if own else kind.language
        within = partial(_is_for, foreign, own)
        faults += validate(file, FILES[role], names.of_language(language), within=within)
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))


def _is_for(foreign: Mapping[Path, str], kind: str | None, path: Path) -> bool:
    return foreign.get(path[:2]) == kind


def _foreign_rules(file: YamlFile, base: Base) -> dict[Path, str]:
    """Paths of the rules that are not for the file's own kind of report, each with the first kind that it is for."""
    rules = file.data.get("rules")
    own = base.kind_of(file)
    foreign: dict[Path, str] = {}
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        applies = rule.get("applies") if isinstance(rule, dict) else None
        written = applies.get("kinds") if isinstance(applies, dict) else None
        kinds = [kind for kind in written if kind in base.kinds] if isinstance(written, list) else []
        if kinds and own not in kinds:
            foreign["rules", index] = kinds[0]
    return foreign


@dataclass(frozen=True)
class Sound:
    """What of a file with rules can be used although other parts of it may be faulty.

    Attributes:
        head: whether everything besides its rules is sound.
        rules: indexes of its sound rules.
    """

    head: bool
    rules: tuple[int, ...]


def sound_of(file: YamlFile, faults: list[Fault]) -> Sound:
    """What of a file can be used, given all its faults."""
    rules = file.data.get("rules", [])
    count = len(rules) if isinstance(rules, list) else 0
    starts = [file.values["rules", index] for index in range(count)]
    faulty = {bisect_right(starts, (fault.line or 1, fault.column or 1)) - 1 for fault in faults}
    return Sound(-1 not in faulty, tuple(index for index in range(count) if index not in faulty))
