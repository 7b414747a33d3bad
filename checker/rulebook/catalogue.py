"""Rules as their authors wrote them: for `explain`, documentation, examples and audits.

A run needs only the compiled rulebook; this reads the YAML again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.records import dataclass
from checker.rulebook.compile import Sources, parse_sources
from checker.rulebook.store import decode_rules, rule_files


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """One rule as written.

    Attributes:
        id: its id.
        group: title of its group.
        data: its entry.
        file, line: where it is written.
    """

    id: str
    group: str
    data: Mapping[str, Any]
    file: str
    line: int


def written_rules(extra: Sequence[Path] = (), *, builtin: bool = True) -> dict[str, WrittenRule]:
    """All rules as written, by id, of all profiles; a later rule of the same id replaces."""
    sources = parse_sources(decode_rules(rule_files(extra, builtin=builtin)))
    return {rule.id: rule for rule in _rules(sources)}


def _rules(sources: Sources) -> Iterator[WrittenRule]:
    for role in ("rules", "profile"):
        for file in sources.of(role):
            group = str(file.data.get("group") or file.data.get("title"))
            for index, data in enumerate(file.data.get("rules", ())):
                line = file.values["rules", index][0]
                yield WrittenRule(data["id"], group, data, file.name, line)
