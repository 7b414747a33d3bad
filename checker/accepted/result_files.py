"""Results in files, as `--format json` or `--format jsonl` wrote them, read in bounded memory.

Of each report only what tells who it is, what was found and what was judged is kept, and that on disk: a result of a
whole province is larger than the memory of many machines.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from sys import intern
from types import NoneType
from typing import IO, Any, Final, overload

from checker.model.errors import UsageError, system_words
from checker.model.findings import CONTRACT_VERSION, Severity, Verdict
from checker.startup.ordinary_files import open_ordinary
from checker.startup.resting import RestingBytes

Json = Mapping[str, Any]
_CHARACTERS: Final = 1 << 18
"""So many are read at once, more where one value is longer."""
_MOST_CHARACTERS: Final = 128 << 20
"""Of one report: far more than any has."""
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_FINDING: Final = frozenset(
    ("rule", "title", "severity", "message", "basis", "location", "evidence", "fingerprint")
)
_FINDING_TEXTS: Final = ("rule", "title", "message", "basis", "fingerprint")
_LOCATION: Final = frozenset(("table", "row", "column", "excerpt"))
_RELATED: Final = frozenset(("location",))
_PLACED: Final = frozenset(("path",))
_REPORT: Final = frozenset(("path", "identity", "outcomes", "findings"))
_KEPT: Final = (*_REPORT, "status")
_IDENTITY: Final = frozenset(("agency", "year"))
_OUTCOME: Final = frozenset(("rule", "verdict"))
_SEVERITIES: Final = tuple(severity.value for severity in Severity)
_VERDICTS: Final = tuple(verdict.value for verdict in Verdict)


class _OtherContractError(Exception):
    """JSON, but no result of this version."""


class RestingReports(Sequence[Json]):
    """The reports of a result, on disk; of several with one path the last one, in the place of the first."""

    def __init__(self) -> None:
        self._resting = RestingBytes()
        self._numbers: dict[str, int] = {}

    def append(self, report: Json) -> None:
        """Add a report."""
        kept = {name: report[name] for name in _KEPT if name in report}
        data = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
        number = self._numbers.setdefault(intern(report["path"]), len(self._resting))
        if number < len(self._resting):
            self._resting.put(number, data)
        else:
            self._resting.append(data)

    def __len__(self) -> int:
        return len(self._resting)

    @overload
    def __getitem__(self, index: int) -> Json: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Json]: ...

    def __getitem__(self, index: int | slice) -> Json | Sequence[Json]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        report: Json = pickle.loads(self._resting[index])  # noqa: S301  # written above
        return report


def read_result(path: Path) -> Json:
    """A result in the JSON contract, with the digits of its figures.

    Returns:
        `version`, `findings` and `outcomes` about the run, and `reports`, which are loaded as they are asked for,
        each with `path`, `identity`, `status`, `outcomes` and `findings`.

    Raises:
        UsageError: the file cannot be read, is no result, or one that was not completed.
    """
    hint = "这里要用 checker check --format json 或 jsonl 写出的结果"
    try:
        with TextIOWrapper(open_ordinary(path), encoding="utf-8-sig") as stream:
            result = _result(_JsonReader(stream))
    except OSError as error:
        raise UsageError(f"“{path}”打不开（{system_words(error)}）。请检查路径。") from None
    except _OtherContractError:
        raise UsageError(f"“{path}”不是第 {CONTRACT_VERSION} 版的检查结果，{hint}。") from None
    except (ValueError, RecursionError):
        raise UsageError(f"“{path}”不是 JSON，{hint}；例外清单（YAML）请用 --exceptions。") from None
    if result is None:
        raise UsageError(f"“{path}”没有做完：没有最后一行。请用 --resume 接着做完，再来比较。")
    return result


def _result(reader: _JsonReader) -> Json | None:
    """The result in a file: one value, or lines of which the last is about the run; None if that is missing."""
    reports = RestingReports()
    head: dict[str, Any] | None = None
    begun = False
    while reader.peek():
        try:
            entry = _entry(reader, reports)
        except ValueError:
            if begun and head is None and reader.in_last_line:
                return None
            raise
        if entry.get("type") == "report":
            begun = True
            _keep(reports, entry)
        elif head is None:
            head = entry
        else:
            raise ValueError("something behind the result")
    if head is None:
        if begun:
            return None
        raise ValueError("nothing")
    whole = head.get("type") == "run" or head.get("reports") is reports
    outcomes = head.get("outcomes", [])
    if not whole or head.get("version") != CONTRACT_VERSION or not _are_findings(head.get("findings")):
        raise _OtherContractError
    if not _are_outcomes(outcomes):
        raise _OtherContractError
    return {
        "version": CONTRACT_VERSION,
        "findings": head["findings"],
        "outcomes": outcomes,
        "reports": reports,
    }


def _entry(reader: _JsonReader, reports: RestingReports) -> dict[str, Any]:
    """A value of the file; the reports in it go to the others as they are read."""
    if reader.peek() != "{":
        reader.value()
        raise _OtherContractError
    entry: dict[str, Any] = {}
    for name in reader.names():
        if name == "reports" and reader.peek() == "[":
            for report in reader.items():
                _keep(reports, report)
            entry[name] = reports
        else:
            entry[name] = reader.value()
    return entry


def _keep(reports: RestingReports, report: Any) -> None:
    """Keep a report whose parts are there; the published schema says more, but takes far longer to hold to."""
    if not (
        _all_have([report], _REPORT)
        and isinstance(report["path"], str)
        and _all_have([report["identity"]], _IDENTITY)
        and isinstance(report["identity"]["agency"], str | NoneType)
        and isinstance(report["identity"]["year"], int | NoneType)
        and _are_outcomes(report["outcomes"])
        and _are_findings(report["findings"])
    ):
        raise _OtherContractError
    reports.append(report)


def _are_outcomes(entries: Any) -> bool:
    return (
        _all_have(entries, _OUTCOME)
        and all(outcome["verdict"] in _VERDICTS for outcome in entries)
        and _are_texts(outcome["rule"] for outcome in entries)
    )


def _are_findings(entries: Any) -> bool:
    return _all_have(entries, _FINDING) and all(map(_is_finding, entries))


def _is_finding(one: Json) -> bool:
    """Whether what comparing and setting aside look at is of its type."""
    location, explains = one["location"], one.get("explains", [])
    related, units = one.get("related", []), one.get("units", [])
    return (
        one["severity"] in _SEVERITIES
        and _are_texts(one[name] for name in _FINDING_TEXTS)
        and _all_have([location], _LOCATION)
        and all(isinstance(location[name], str | NoneType) for name in _LOCATION)
        and isinstance(one["evidence"], dict)
        and isinstance(explains, list)
        and _are_texts(explains)
        and isinstance(units, list)
        and _are_texts(units)
        and _all_have(related, _RELATED)
        and _all_have([entry["location"] for entry in related], _PLACED)
    )


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _all_have(entries: Any, keys: frozenset[str]) -> bool:
    return isinstance(entries, list) and all(isinstance(one, dict) and keys <= one.keys() for one in entries)


class _JsonReader:
    """Reads the values of JSON text one after the other, without having all of the text.

    Every method raises `ValueError` where the text is not what it expects.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._decoder = json.JSONDecoder(parse_float=Decimal)
        self._text = ""
        self._at = 0
        self._complete = False

    @property
    def in_last_line(self) -> bool:
        """Whether all that is left is a line that does not end."""
        return self._complete and "\n" not in self._text[self._at :]

    def peek(self) -> str:
        """The next character that is no space, nothing at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._complete:
                return self._text[self._at : self._at + 1]
            self._more()

    def value(self) -> Any:
        """The next value."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except ValueError:
                if self._complete:
                    raise
            else:
                if end < len(self._text) or self._complete:  # else a number may go on
                    self._at = end
                    return value
            self._more()

    def names(self) -> Iterator[str]:
        """The names in the object that comes next; whoever asks takes the value of each."""
        for _ in self._parts("{", "}"):
            name = self.value()
            if not isinstance(name, str):
                raise ValueError("no name")  # noqa: TRY004  # the text is wrong, no argument
            self._take(":")
            yield name

    def items(self) -> Iterator[Any]:
        """The values in the array that comes next."""
        for _ in self._parts("[", "]"):
            yield self.value()

    def _parts(self, start: str, end: str) -> Iterator[None]:
        self._take(start)
        if self.peek() == end:
            self._take(end)
            return
        while True:
            yield
            if self.peek() == end:
                self._take(end)
                return
            self._take(",")

    def _take(self, character: str) -> None:
        if self.peek() != character:
            raise ValueError(f"no {character}")
        self._at += 1

    def _more(self) -> None:
        """Read on, as much as there is already, so that a long value is looked at a few times only."""
        left = self._text[self._at :]
        if len(left) > _MOST_CHARACTERS:
            raise ValueError("too long")
        read = self._stream.read(max(_CHARACTERS, len(left)))
        self._complete = not read
        self._text, self._at = left + read, 0
