"""Checking files in several processes, results in input order."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from checker.findings import ReportResult
from checker.packing import pack, unpack
from checker.pipeline import CheckOptions, check_file
from checker.records import dataclass
from checker.rulebook.model import Rulebook

_AHEAD = 8
"""Files handed out per process beyond the one that is waited for: keeps all busy, memory bounded."""


@dataclass
class _Worker:
    """What a worker process keeps between files."""

    rulebook: Rulebook | None = None
    options: CheckOptions | None = None


_WORKER = _Worker()


def _start(rulebook: Rulebook, options: CheckOptions) -> None:
    _WORKER.rulebook, _WORKER.options = rulebook, options


def _check(path: Path) -> bytes:
    if _WORKER.rulebook is None or _WORKER.options is None:
        raise RuntimeError("the worker was not started")
    return pack(check_file(_WORKER.rulebook, path, _WORKER.options), _WORKER.rulebook.forms)


def check_in_parallel(
    paths: Sequence[Path], rulebook: Rulebook, options: CheckOptions, jobs: int
) -> Iterator[ReportResult]:
    """Check files in `jobs` processes.

    Args:
        paths: the files, in the order of the results.
        rulebook: the rules; sent to each process once.
        options: what is known about the reports.
        jobs: number of processes.
    """
    waiting: list[Future[bytes]] = []
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (rulebook, options)) as pool:
        for path in paths:
            waiting.append(pool.submit(_check, path))
            if len(waiting) >= jobs * _AHEAD:
                yield unpack(io.BytesIO(waiting.pop(0).result()), rulebook.forms)
        while waiting:
            yield unpack(io.BytesIO(waiting.pop(0).result()), rulebook.forms)
