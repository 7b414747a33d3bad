"""Reports of earlier rounds whose kept results this version cannot read: their files are checked once more.

Another version has written them, or the ledger is damaged; the files themselves say the same as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from checker.model.errors import UsageError
from checker.model.findings import ReportResult
from checker.office.filing.filed import part_of
from checker.office.ledger.store import KeptSubmission
from checker.run.kept.results import ResultStore
from checker.run.stores.address import StoredFile, is_address
from checker.startup.records import replace

_MEMBER: Final = "!"
_MOST_NAMED: Final = 5
Key = tuple[str, str, int]
"""Place, digest and part, as in `KeptSubmission.key`."""


class OutdatedError(Exception):
    """The kept results of some submissions cannot be read.

    Args:
        submissions: those.
    """

    def __init__(self, submissions: Sequence[KeptSubmission]) -> None:
        super().__init__("outdated results")
        self.submissions = submissions


class CheckedAgain:
    """Submissions of earlier rounds that were checked once more.

    Args:
        results: by key where each of them stands.
        store: the results.
    """

    def __init__(self, results: Mapping[Key, int], store: ResultStore) -> None:
        self._results = results
        self._store = store

    def result(self, kept: KeptSubmission) -> ReportResult | None:
        """A submission as it was checked now, under the path by which it is known; None if it was not."""
        number = self._results.get(kept.key)
        return None if number is None else replace(self._store[number], path=kept.path)


def checked_again(
    submissions: Sequence[KeptSubmission], folder: Path, check: Callable[[Sequence[Path]], ResultStore]
) -> CheckedAgain:
    """Check the files of submissions once more.

    Args:
        submissions: whose kept results cannot be read.
        folder: that of the ledger, from which places are told.
        check: checks files.

    Raises:
        UsageError: a file is not where it was, or has changed.
    """
    files = {
        one.key: _file(one.key[0].partition(_MEMBER)[0].partition("#")[0], folder) for one in submissions
    }
    there = [path for path in dict.fromkeys(files.values()) if isinstance(path, StoredFile) or path.is_file()]
    store = check(there)
    wanted = {key[1:] for key in files}
    found: dict[tuple[str, int], int] = {}
    for number, result in enumerate(store):
        place = result.path.removeprefix(f"{folder.as_posix()}/")
        content = (result.sha256 or f"?{place}", part_of(result.path))  # as in `Filed.content`
        if content in wanted:
            found.setdefault(content, number)
    _refuse(one.path for one in submissions if one.key[1:] not in found)
    return CheckedAgain({key: found[key[1:]] for key in files}, store)


def _file(place: str, folder: Path) -> Path:
    return StoredFile(place) if is_address(place) else folder / place


def _refuse(lost: Iterable[str]) -> None:
    paths = list(lost)
    if paths:
        named = "、".join(paths[:_MOST_NAMED]) + ("等" if len(paths) > _MOST_NAMED else "")
        raise UsageError(
            f"台账里有 {len(paths)} 份以前收到的报告读不出来：台账是别的版本的程序写的，或者已经损坏；"
            f"要用原来的文件重新检查，可是它们不在原处或者改过了：{named}。"
            "请把原来的文件放回原处再运行，或用台账的备份。台账没有改动。"
        )
