"""Checking files in several processes, results in input order.

Each process has one file at a time. One that dies, or does not come to an end, costs that file and is replaced.
As it can die alone, native readers run inside it; a file that was its end is tried once more, and read apart.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from checker.findings import ReportResult
from checker.packing import pack, unpack
from checker.patterns import know_patterns, known_patterns
from checker.pipeline import CheckOptions, check_file, unreadable
from checker.readers.isolation import read_here_first
from checker.records import dataclass
from checker.rulebook.model import Rulebook
from checker.worker import Worker, WorkerDiedError

_AHEAD: Final = 8
"""Files handed out per process beyond the one that is waited for: keeps all busy, memory bounded."""
_SECONDS: Final = 180.0
"""Time for one report; reading apart and converting have shorter limits of their own."""
_MEMORY_BYTES: Final = 4 << 30
_OBJECTS_BETWEEN_COLLECTIONS: Final = 100_000
"""Reports make hardly any circles of objects; looking for some as often as usual takes a tenth of the time."""
_SWITCH_SECONDS: Final = 0.0002
"""How long a thread that has a reply for a process may wait for the others: else processes wait for their next file."""
_WITHIN, _APART = b"w", b"a"
"""Where native readers run: inside the checking process, or in one of their own."""


@dataclass
class _State:
    """What a worker process keeps between files."""

    rulebook: Rulebook | None = None
    options: CheckOptions | None = None


_STATE = _State()


def answer(request: bytes) -> Iterator[bytes]:
    """What a worker process does: the first request holds rules and options, each later one a way and a path."""
    rulebook, options = _STATE.rulebook, _STATE.options
    if rulebook is None or options is None:
        known, *state = pickle.loads(request)  # noqa: S301  # from the process that started this one
        know_patterns(known)
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        _STATE.rulebook, _STATE.options = state
        return
    read_here_first(allowed=request[:1] == _WITHIN)
    for result in check_file(rulebook, Path(os.fsdecode(request[1:])), options):
        yield pack(result)


def check_in_parallel(
    paths: Sequence[Path], rulebook: Rulebook, options: CheckOptions, jobs: int, *, seconds: float = _SECONDS
) -> Iterator[tuple[Path, ReportResult]]:
    """Check files in `jobs` processes.

    Args:
        paths: the files, in the order of the results.
        rulebook: the rules; sent to each process once.
        options: what is known about the reports.
        jobs: number of processes.
        seconds: time for one report; a process that takes longer is ended.

    Yields:
        For each file its results; see `checker.pipeline.check_file`.
    """
    greeting = pickle.dumps((known_patterns(), rulebook, options), pickle.HIGHEST_PROTOCOL)
    workers = [Worker("checker.parallel:answer", _MEMORY_BYTES, greeting) for _ in range(jobs)]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def check(path: Path) -> list[bytes]:
        worker = idle.get()
        try:
            return _check(worker, path, rulebook, seconds)
        finally:
            idle.put(worker)

    waiting: deque[tuple[Path, Future[list[bytes]]]] = deque()
    pool = ThreadPoolExecutor(jobs)  # threads that wait for processes
    patience = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        for path in paths:
            waiting.append((path, pool.submit(check, path)))
            if len(waiting) >= jobs * _AHEAD:
                yield from _unpacked(*waiting.popleft(), rulebook)
        while waiting:
            yield from _unpacked(*waiting.popleft(), rulebook)
    finally:
        sys.setswitchinterval(patience)
        for _, future in waiting:
            future.cancel()
        for worker in workers:
            worker.close()
        pool.shutdown()
        for worker in workers:  # a thread may have been about to ask
            worker.close()


def _check(worker: Worker, path: Path, rulebook: Rulebook, seconds: float) -> list[bytes]:
    """The packed results of a file; each reader may be the end of the process, so there are two attempts."""
    replies: list[bytes] = []
    try:
        try:
            return list(worker.ask(_WITHIN + os.fsencode(path), seconds))
        except WorkerDiedError as death:
            if death.hung:  # readers have shorter limits: it was not one of them
                raise
        for reply in worker.ask(_APART + os.fsencode(path), seconds):
            replies.append(reply)  # noqa: PERF402  # what came before a death is kept
    except WorkerDiedError as death:
        what = f"超过 {seconds:g} 秒没有结果，已停止" if death.hung else "检查它的进程中途退出"
        text = f"{what}，未能检查。请把文件另存为 .docx 再试，并反馈给开发者。"
        result = unreadable(rulebook, path.as_posix(), None, "timeout" if death.hung else "crashed", text)
        replies.append(pack(result))
    return replies


def _unpacked(
    path: Path, future: Future[list[bytes]], rulebook: Rulebook
) -> Iterator[tuple[Path, ReportResult]]:
    for packed in future.result():
        yield path, unpack(io.BytesIO(packed), rulebook.forms)
