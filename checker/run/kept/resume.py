"""Going on where an earlier run was stopped: results that it has left in a file of lines are taken, not made again.

A line says of which file a result is, the digest of that file, and the conditions: a digest of everything else that
the result depends on. Only where all three are the same is it taken. What a machine's speed or memory may have
decided (a file that could not be read, a rule that broke) is made again.
"""

from __future__ import annotations

import json
import weakref
from binascii import Error as Base64Error
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import time_ns
from typing import Any, Final

from checker.judging.rules import Rulebook
from checker.model.errors import CheckerError, UsageError, system_words
from checker.model.findings import ReportResult, Status, Verdict
from checker.model.forms import Form
from checker.processes.protocol import MOST_BYTES
from checker.readers.formats import registered
from checker.run.across_years import CheckFiles
from checker.run.kept.light_results import deserialise, serialise
from checker.run.pipeline import CheckOptions, contents_of
from checker.startup.digests import sha256_of
from checker.startup.ordinary_files import open_ordinary
from checker.startup.records import dataclass
from checker.startup.version import __version__

_MEMBER_OF: Final = ("", "#")
"""How the name of a result goes on behind that of its file, where the result's digest is the file's."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a later run must know of a result to take it.

    Attributes:
        source: the file it comes from, as given; one file may have several results.
        sha256: digest of the file's bytes.
        conditions: digest of what else the result depends on.
        kept: the result as bytes, before exceptions were applied; None if it must be made again.
    """

    source: str
    sha256: str
    conditions: str
    kept: bytes | None


OnResult = Callable[[ReportResult, Origin | None], None]
"""Is called with every result as it comes, in order; a later one of the same path takes the place of an earlier one."""


class KeptResults:
    """The results in a file of lines, which may end in the middle of one.

    Args:
        file: what `--format jsonl` wrote.
        forms: the forms by id.

    Attributes:
        lines: how many whole lines there are.

    Raises:
        UsageError: the file cannot be read, or is something else.
    """

    def __init__(self, file: Path, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self._groups: dict[tuple[str, str], tuple[str, list[tuple[int, int]]]] = {}
        self.lines = 0
        try:
            self._file = open_ordinary(file)
            weakref.finalize(self, self._file.close)
            self._look_through(file)
        except OSError as error:
            raise UsageError(f"“{file}”打不开（{system_words(error)}）。请检查 --resume 的路径。") from None

    def _look_through(self, file: Path) -> None:
        """Note where the results of each file stand; those of the last file count only if something follows them."""
        origin: tuple[str, str, str] | None = None
        places: list[tuple[int, int]] = []
        start = 0
        while (line := self._file.readline(MOST_BYTES)).endswith(b"\n"):
            self.lines += 1
            of, whole = _origin_in(line, file, self.lines)
            if of != origin:
                self._note(origin, places)
                origin, places = of, []
            places.append((start, len(line) if whole else 0))
            start += len(line)
        if origin is None:  # the line about the run
            self._note(origin, places)

    def _note(self, origin: tuple[str, str, str] | None, places: list[tuple[int, int]]) -> None:
        if origin is not None:
            source, conditions, sha256 = origin
            self._groups[source, conditions] = sha256, places

    def has(self, path: Path, conditions: str) -> bool:
        """Whether all results of a file can be taken: it was checked in the same way and has not changed."""
        sha256, places = self._groups.get((path.as_posix(), conditions), ("", ()))
        return bool(places) and all(length for _, length in places) and _digest(path) == sha256

    def results(self, path: Path, conditions: str) -> list[ReportResult]:
        """The results of a file.

        Raises:
            ValueError: somebody has changed them.
        """
        source = path.as_posix()
        _, places = self._groups[source, conditions]
        results = [deserialise(self._kept(*place), self._forms) for place in places]
        behind = [result.path[len(source) :] for result in results if result.path.startswith(source)]
        if len(behind) < len(results) or any(one[:1] not in (*_MEMBER_OF, "!") for one in behind):
            raise ValueError("a result of another file")
        return results

    def _kept(self, start: int, length: int) -> bytes:
        from base64 import b64decode  # noqa: PLC0415  # only for runs that go on

        self._file.seek(start)
        try:
            return b64decode(json.loads(self._file.read(length))["resume"]["result"], validate=True)
        except (Base64Error, LookupError, TypeError) as error:
            raise ValueError("no kept result") from error


def _origin_in(line: bytes, file: Path, number: int) -> tuple[tuple[str, str, str] | None, bool]:
    """Source, conditions and digest in a line, None if it has none; and whether a result is kept in it.

    Raises:
        UsageError: it is no line of a result.
    """
    try:
        entry: Any = json.loads(line)
        resume = entry["resume"] if entry["type"] == "report" else None
        if resume is None:
            return None, False
        origin = str(resume["source"]), str(resume["conditions"]), str(resume["sha256"])
        return origin, isinstance(resume["result"], str)
    except (ValueError, LookupError, TypeError, RecursionError):
        raise UsageError(
            f"“{file}”第 {number} 行不是检查结果，--resume 要用 checker check --format jsonl 写出的文件。"
        ) from None


class Continued:
    """Checks files as `check_files` does, takes what an earlier run has kept, and tells every result as it comes.

    Args:
        check_files: checks what was not kept.
        earlier: what was kept, None if there is nothing.
        on_result: is called with every result, None if nobody wants to know.
    """

    def __init__(
        self, check_files: CheckFiles, earlier: KeptResults | None, on_result: OnResult | None
    ) -> None:
        self._check_files = check_files
        self._earlier = earlier
        self._on_result = on_result
        self._since = time_ns()

    def __call__(
        self, paths: Sequence[Path], rulebook: Rulebook, options: CheckOptions
    ) -> Iterator[tuple[Path, ReportResult]]:
        """The results of files, in order."""
        conditions = conditions_of(rulebook, options)
        digest: tuple[Path, str | None] = Path(), None
        for path, result in self._results(paths, rulebook, options, conditions):
            if self._on_result:
                if digest[0] != path:
                    digest = path, self._digest_of(path, result)
                self._on_result(result, _origin(path, result, digest[1], conditions))
            yield path, result

    def _results(
        self, paths: Sequence[Path], rulebook: Rulebook, options: CheckOptions, conditions: str
    ) -> Iterator[tuple[Path, ReportResult]]:
        earlier = self._earlier
        if earlier is None:
            yield from self._check_files(paths, rulebook, options)
            return
        taken = [earlier.has(path, conditions) for path in paths]
        rest = [path for path, kept in zip(paths, taken, strict=True) if not kept]
        fresh = self._check_files(rest, rulebook, options)
        coming = next(fresh, None)
        for path, kept in zip(paths, taken, strict=True):
            if kept:
                try:
                    results = earlier.results(path, conditions)
                except ValueError:
                    yield from self._check_files([path], rulebook, options)
                else:
                    yield from ((path, result) for result in results)
            while not kept and coming and coming[0] == path:
                yield coming
                coming = next(fresh, None)

    def _digest_of(self, path: Path, result: ReportResult) -> str | None:
        """Digest of the file that a result comes from, None if it cannot be told."""
        if result.path.removeprefix(path.as_posix())[:1] in _MEMBER_OF:
            return result.sha256
        try:  # a package, whose members have digests of their own
            changed = path.stat().st_mtime_ns >= self._since
        except OSError:
            return None
        return None if changed else _digest(path)


def _digest(path: Path) -> str | None:
    try:
        return sha256_of(contents_of(path))
    except (CheckerError, OSError):
        return None


def _origin(path: Path, result: ReportResult, digest: str | None, conditions: str) -> Origin | None:
    if digest is None:
        return None
    broken = any(outcome.verdict is Verdict.BROKEN for outcome in result.outcomes)
    again = broken or result.status is Status.UNREADABLE
    return Origin(path.as_posix(), digest, conditions, None if again else serialise(result))


def conditions_of(rulebook: Rulebook, options: CheckOptions) -> str:
    """Digest of what a result depends on besides its file: program, rules, options and reports of other years."""
    other_years = options.other_years
    said = (
        __version__,
        sorted(one.name for one in registered()),
        (
            rulebook.profile,
            rulebook.digest,
            rulebook.as_of,
            sorted(rulebook.rules),
            sorted(rulebook.unselected),
        ),
        (options.form, options.level, options.tier, options.today, options.bodies),
        None if other_years is None else other_years.digest(),
    )
    return sha256_of(repr(said).encode("utf-8", "surrogatepass"))
