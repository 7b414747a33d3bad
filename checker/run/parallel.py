"""Checking files in several processes, results in input order.

Each process has one file at a time. One that dies, or does not come to an end, costs that file and is replaced.
As it can die alone, native readers run inside it; a file that was its end is tried once more, and read apart.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from checker.judging.rules import Rulebook
from checker.model.findings import ReportResult
from checker.patterns.pattern import know_patterns, known_patterns
from checker.processes.packing import arrived, pack
from checker.processes.worker import Worker, WorkerDiedError
from checker.readers.apart.isolation import read_here_first
from checker.readers.formats import register, registered
from checker.run.pipeline import CheckOptions, check_file, unreadable
from checker.startup.records import dataclass, field

_AHEAD: Final = 8
"""Files handed out per process beyond the one that is waited for: keeps all busy, memory bounded."""
_SECONDS: Final = 180.0
"""Time for one report; reading apart and converting have shorter limits of their own."""
_MEMORY_BYTES: Final = 4 << 30
_OBJECTS_BETWEEN_COLLECTIONS: Final = 100_000
"""As in the main process: reports make hardly any circles of objects."""
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
        known, added, *state = pickle.loads(request)  # noqa: S301  # from the process that started this one
        know_patterns(known)
        for one in added:
            register(one)
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        _STATE.rulebook, _STATE.options = state
        return
    read_here_first(allowed=request[:1] == _WITHIN)
    for result in check_file(rulebook, Path(os.fsdecode(request[1:])), options):
        yield pack(result)


@dataclass(eq=False)
class _Task:
    """A file, and room for its packed results or for what went wrong with this program."""

    path: Path
    outcome: SimpleQueue[list[bytes] | Exception] = field(default_factory=SimpleQueue)


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
        For each file its results; see `checker.run.pipeline.check_file`.
    """
    greeting = pickle.dumps((known_patterns(), registered(), rulebook, options), pickle.HIGHEST_PROTOCOL)
    workers = [Worker("checker.run.parallel:answer", _MEMORY_BYTES, greeting) for _ in range(jobs)]
    tasks: SimpleQueue[_Task | None] = SimpleQueue()

    def checking(worker: Worker) -> Callable[[Path], list[bytes]]:
        return lambda path: _check(worker, path, rulebook, seconds)

    threads = [Thread(target=_work, args=(tasks, checking(worker))) for worker in workers]
    try:
        for thread in threads:
            thread.start()
        yield from _in_order(paths, tasks, jobs * _AHEAD, rulebook)
    finally:
        _forget(tasks)
        for _ in threads:
            tasks.put(None)
        for worker in workers:
            worker.close()
        for thread in threads:
            thread.join()
        for worker in workers:  # a thread may have been about to ask
            worker.close()


def _work(tasks: SimpleQueue[_Task | None], check: Callable[[Path], list[bytes]]) -> None:
    """Check one file after the other; what a thread does, which mostly waits for its process."""
    while (task := tasks.get()) is not None:
        try:
            task.outcome.put(check(task.path))
        except Exception as error:  # noqa: BLE001  # raised again where the results are awaited
            task.outcome.put(error)


def _in_order(
    paths: Sequence[Path], tasks: SimpleQueue[_Task | None], most: int, rulebook: Rulebook
) -> Iterator[tuple[Path, ReportResult]]:
    """Hand out files, at most so many ahead, and yield their results."""
    waiting: deque[_Task] = deque()
    for path in paths:
        waiting.append(_Task(path))
        tasks.put(waiting[-1])
        if len(waiting) >= most:
            yield from _unpacked(waiting.popleft(), rulebook)
    while waiting:
        yield from _unpacked(waiting.popleft(), rulebook)


def _unpacked(task: _Task, rulebook: Rulebook) -> Iterator[tuple[Path, ReportResult]]:
    outcome = task.outcome.get()
    if isinstance(outcome, Exception):
        raise outcome
    for packed in outcome:
        yield task.path, arrived(packed, rulebook.forms)


def _forget(tasks: SimpleQueue[_Task | None]) -> None:
    """Drop the files that no thread has begun with."""
    while True:
        try:
            tasks.get_nowait()
        except Empty:
            return


def _check(worker: Worker, path: Path, rulebook: Rulebook, seconds: float) -> list[bytes]:
    """The packed results of a file; its reader may be the end of the process, so there are two attempts."""
    replies: list[bytes] = []
    hung = False
    for way in (_WITHIN, _APART):
        replies.clear()
        try:
            for reply in worker.ask(way + os.fsencode(path), seconds):
                replies.append(reply)  # noqa: PERF402  # what came before a death is kept
        except WorkerDiedError as death:
            hung = death.hung
            if hung:  # readers have shorter limits: it was not one of them
                break
        else:
            return replies
    what = f"超过 {seconds:g} 秒没有结果，已停止" if hung else "检查它的进程中途退出"
    text = f"{what}，未能检查。请把文件另存为 .docx 再试，并反馈给开发者。"
    result = unreadable(rulebook, path.as_posix(), None, "timeout" if hung else "crashed", text)
    replies.append(pack(result))
    return replies
