"""Writes an exceptions file from a run: every finding of today, accepted for one stated reason."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from checker.accepted.values import Value, accepted_value
from checker.judging.rules import Rulebook
from checker.model.findings import CheckRun, Finding, ReportResult
from checker.rulebook.places import place_fault, place_key
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why the findings of a run are accepted, by whom, and until when."""

    reason: str
    owner: str
    until: date


@dataclass(frozen=True, slots=True, order=True)
class _EntryToWrite:
    """One entry; the order of the fields is the order in which entries are written."""

    agency: str
    year: int
    path: str
    rank: int
    place: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """An exceptions file that is to be written.

    Attributes:
        pieces: its text.
        count: how many entries it has.
        refused: how many findings could not be listed, because their rules allow no exceptions.
    """

    pieces: tuple[str, ...]
    count: int
    refused: int


def baseline(run: CheckRun, rulebook: Rulebook, acceptance: Acceptance, folder: Path) -> Baseline:
    """An exceptions file that accepts every finding of a run.

    Args:
        run: the run; findings that are accepted already are not listed again.
        rulebook: its rules.
        acceptance: why, who, until when.
        folder: where the file will stand; paths in it are relative to that.

    Returns:
        The file; the same run gives the same bytes.
    """
    ranks = {rule: rank for rank, rule in enumerate(rulebook.rules)}
    lines: set[_EntryToWrite] = set()
    refused = 0
    for result in run.results:
        for finding in result.findings:
            if all(rulebook.rules[rule].exceptable for rule in (finding.rule, *finding.explains)):
                lines.add(_line(result, finding, ranks[finding.rule], rulebook, folder))
            else:
                refused += 1
    pieces = (_head(len(lines)), *_entries(sorted(lines), rulebook, acceptance))
    return Baseline(pieces, len(lines), refused)


def _line(
    result: ReportResult, finding: Finding, rank: int, rulebook: Rulebook, folder: Path
) -> _EntryToWrite:
    identity = result.report.identity if result.report else None
    known = identity is not None and identity.agency is not None and identity.year is not None
    place = place_key(finding.place)
    if place_fault(place.replace(" ", ""), rulebook.forms):
        place = finding.fingerprint
    return _EntryToWrite(
        agency=identity.agency or "" if identity and known else "",
        year=identity.year or 0 if identity and known else 0,
        path="" if known else _relative(result.path, folder),
        rank=rank,
        place=place,
        value=_written(accepted_value(finding)),
        rule=finding.rule,
    )


def _relative(path: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return path


def _head(count: int) -> str:
    return (
        "# 例外清单，由 checker baseline 写出：下列问题已经核对并接受，检查时只计数、不再报出。\n"
        "# 值（value）变了或过了期限（until），问题会重新报出；问题改正后，请删去对应的条目。\n"
        f"# 共 {count} 条。\n"
    ) + ("exceptions:\n" if count else "exceptions: []\n")


def _entries(lines: list[_EntryToWrite], rulebook: Rulebook, acceptance: Acceptance) -> Iterator[str]:
    reason, owner = quoted(acceptance.reason), quoted(acceptance.owner)
    for line in lines:
        if line.path:
            report = f"    path: {quoted(line.path)}\n"
        else:
            report = f"    agency: {quoted(line.agency)}\n    year: {line.year}\n"
        yield (
            f"  - rule: {line.rule}  # {rulebook.rules[line.rule].title}\n"
            f"{report}"
            f"    place: {quoted(line.place)}\n"
            f"    value: {line.value}\n"
            f"    reason: {reason}\n"
            f"    owner: {owner}\n"
            f"    until: {acceptance.until.isoformat()}\n"
        )


def _written(value: Value) -> str:
    if isinstance(value, str):
        return _scalar(value)
    return "{" + ", ".join(f"{name}: {_scalar(text)}" for name, text in value.items()) + "}"


def _scalar(text: str) -> str:
    return text if _WHOLE_NUMBER.fullmatch(text) else quoted(text) if text else "null"


_WHOLE_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,14}")
_PLAIN: Final = re.compile(r"[\u4e00-\u9fff]+|[A-Z][0-9]{1,2}")
_UNPRINTABLE: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_BRACKETS: Final = re.compile(r"[\[\]{}]")


def quoted(text: str) -> str:
    """`text` as a YAML scalar that strict YAML reads back as the same text."""
    if _PLAIN.fullmatch(text):
        return text
    pattern = _UNPRINTABLE if _balanced(text) else re.compile(f"{_UNPRINTABLE.pattern}|{_BRACKETS.pattern}")
    return pattern.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _balanced(text: str) -> bool:
    """Whether no bracket stands alone; the YAML reader counts brackets to refuse what is nested too deep."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        if depth < 0:
            return False
    return depth == 0
