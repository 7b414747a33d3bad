"""The entries of an exceptions file: read, checked against the rulebook, malformed ones kept apart."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from checker.accepted.places import WrittenPlaces
from checker.accepted.schema import SCHEMA
from checker.accepted.values import Value, plain
from checker.judging.rules import Rulebook
from checker.judging.run_subject import EntryOutcome
from checker.model.document import Location
from checker.model.errors import Fault, UsageError, system_words
from checker.model.place import Place, Scalar
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import YamlFile, load_yaml
from checker.rulebook.load.validate import Names, validate
from checker.startup.ordinary_files import read_ordinary
from checker.startup.records import dataclass

_MAX_CHARACTERS: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class AcceptedEntry:
    """One well-formed entry.

    Attributes:
        place: place key without spaces, or a fingerprint.
        value: what it was accepted for.
        agency, year, path: which report; None does not restrict, `path` is absolute.
        line, column: where it is written.
    """

    rule: str
    place: str
    value: Value
    reason: str
    agency: str | None
    year: int | None
    path: str | None
    owner: str | None
    until: date | None
    line: int
    column: int

    def expired(self, today: date | None) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and today is not None and today > self.until


@dataclass(frozen=True, slots=True)
class AcceptedFindings:
    """The findings that an exceptions file or an earlier result accepts, ready for a run.

    Attributes:
        file: its name as shown.
        entries: the well-formed entries, in file order.
        malformed: the others, one for each entry.
        fixed: ids of rules that allow no exceptions.
        today: the day that counts for expiry, None if nothing expires.
        earlier: they come from an earlier result and were accepted by nobody: they are only not new.
        old_ids: ids of replaced rules that the file names; their entries hold for the rules in their place.
    """

    file: str
    entries: tuple[AcceptedEntry, ...] = ()
    malformed: tuple[EntryOutcome, ...] = ()
    fixed: frozenset[str] = frozenset()
    today: date | None = None
    earlier: bool = False
    old_ids: tuple[str, ...] = ()


def load_exceptions(path: Path, rulebook: Rulebook, today: date | None = None) -> AcceptedFindings:
    """Read an exceptions file; its faults become findings of the run and never stop it.

    Args:
        path: the file; paths of reports in it are relative to its folder.
        rulebook: all rules, also those that are not selected for the run.
        today: the day that counts for expiry, None if nothing expires.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        text = read_ordinary(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"例外清单“{path}”不是 UTF-8 编码，请在编辑器里另存为 UTF-8。") from None
    except OSError as error:
        raise UsageError(f"例外清单“{path}”打不开（{system_words(error)}）。请检查路径。") from None
    file, faults = load_yaml(text, path.as_posix(), max_characters=_MAX_CHARACTERS)
    return accepted_from_yaml(file, faults, path.parent, rulebook, today)


def accepted_from_yaml(
    file: YamlFile, faults: Sequence[Fault], folder: Path, rulebook: Rulebook, today: date | None = None
) -> AcceptedFindings:
    """The accepted findings of a parsed file.

    Args:
        file: the file.
        faults: what the parser already objected to.
        folder: what paths in it are relative to.
        rulebook: all rules.
        today: the day that counts for expiry.
    """
    bad = _MalformedEntries(file)
    for fault in (*faults, *([] if file.data is None and faults else validate(file, SCHEMA, Names()))):
        bad.add(fault)
    listed = file.data.get("exceptions") if isinstance(file.data, dict) else None
    entries: dict[tuple[Any, ...], AcceptedEntry] = {}
    old_ids: dict[str, None] = {}
    places = WrittenPlaces(rulebook)
    for number, data in enumerate(listed if isinstance(listed, list) else ()):
        if number in bad.texts:
            continue
        for fault in _meaning_faults(file, number, data, rulebook, places):
            bad.add(fault)
        if number in bad.texts:
            continue
        entry = _entry(file, number, data, folder, places)
        if entry.rule != data["rule"]:
            old_ids[data["rule"]] = None
        identity = (entry.rule, entry.place, entry.agency, entry.year, entry.path, str(entry.value))
        if identity in entries:
            text = f"与第 {entries[identity].line} 行的一条重复，请删去一条"
            bad.add(file.fault(("exceptions", number), text))
            continue
        entries[identity] = entry
    fixed = frozenset(rule.id for rule in rulebook.rules.values() if not rule.exceptable)
    return AcceptedFindings(
        file.name, tuple(entries.values()), tuple(bad.outcomes()), fixed, today, old_ids=tuple(old_ids)
    )


class _MalformedEntries:
    """Faults by the entry in which they stand; those outside of any entry under None."""

    def __init__(self, file: YamlFile) -> None:
        self._file = file
        self._starts = [file.values[path] for path in file.values if len(path) == 2]  # noqa: PLR2004  # entries
        self._top = {file.keys[path] for path in file.keys if len(path) == 1}
        self.texts: dict[int | None, list[str]] = {}
        self._places: dict[int | None, tuple[int, int]] = {}

    def add(self, fault: Fault) -> None:
        place = (fault.line or 1, fault.column or 1)
        number: int | None = bisect_right(self._starts, place) - 1
        if number == -1 or place in self._top:
            number = None
        self.texts.setdefault(number, []).append(fault.text)
        self._places.setdefault(number, place if number is None else self._starts[number])

    def outcomes(self) -> Iterator[EntryOutcome]:
        for number in sorted(self.texts, key=lambda key: self._places[key]):
            line, _ = self._places[number]
            evidence: dict[str, Scalar] = {
                "fault": "；".join(text.rstrip("。") for text in self.texts[number])
            }
            yield EntryOutcome("malformed", line_place(self._file.name, line), evidence)


def line_place(file: str, line: int) -> Place:
    """The place of an entry, for findings about it."""
    return Place(Location(path=file, line=line))


def _meaning_faults(
    file: YamlFile, number: int, data: Mapping[str, Any], rulebook: Rulebook, places: WrittenPlaces
) -> Iterator[Fault]:
    """What the schema cannot say: rules and places that exist, and which report is meant."""
    path = ("exceptions", number)
    rule = rulebook.rules.get(data["rule"])
    if rule is None:
        text = f"没有规则“{data['rule']}”{did_you_mean(data['rule'], rulebook.rules)}"
        yield file.fault((*path, "rule"), text)
    elif not rulebook.rules[rulebook.current_id(rule.id)].exceptable:
        yield file.fault((*path, "rule"), f"规则 {rule.id} 不允许列为例外")
    fault = places.fault(places.key(data["rule"], data["place"]))
    if fault:
        yield file.fault((*path, "place"), fault)
    if "path" not in data and not ("agency" in data and "year" in data):
        missing = [key for key in ("agency", "year") if key not in data]
        text = f"没有写明是哪份报告：缺少{'和'.join(f'“{key}”' for key in missing)}（或改写 path）"
        yield file.fault(path, text)


def _entry(
    file: YamlFile,
    number: int,
    data: Mapping[str, Any],
    folder: Path,
    places: WrittenPlaces,
) -> AcceptedEntry:
    line, column = file.values.get(("exceptions", number), (1, 1))
    value = data["value"]
    return AcceptedEntry(
        rule=places.rulebook.current_id(data["rule"]),
        place=places.key(data["rule"], data["place"]),
        value={k: plain(v) for k, v in value.items()} if isinstance(value, dict) else plain(value),
        reason=data["reason"].strip(),
        agency=data.get("agency"),
        year=data.get("year"),
        path=absolute(folder / data["path"]) if "path" in data else None,
        owner=data.get("owner"),
        until=date.fromisoformat(data["until"]) if "until" in data else None,
        line=line,
        column=column,
    )


def absolute(path: Path | str) -> str:
    """A path in the one form in which paths are compared."""
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100  # links stay as written
