"""Checking files in several processes, results in input order.

Each process has one file at a time. One that dies, or does not come to an end, costs that file and is replaced.
As it can die alone, native readers run inside it; a file that was its end is tried once more, and read apart.
A file for which no process can be started is checked in this one.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from checker.judging.rules import Rulebook
from checker.model.findings import ReportResult
from checker.patterns.pattern import know_patterns, known_patterns
from checker.processes.protocol import parts_of, request
from checker.processes.worker import NotStartedError, Worker, WorkerDiedError
from checker.readers.apart.native import set_may_crash
from checker.readers.formats import register, registered
from checker.run.kept.light_results import deserialise, serialise
from checker.run.pipeline import CheckOptions, check_file, unreadable
from checker.run.stores.address import from_text, to_text
from checker.startup.records import dataclass, field

_AHEAD: Final = 8
"""Files handed out per process beyond the one that is waited for: keeps all busy, memory bounded."""
FILE_SECONDS: Final = 180.0
"""Time for one report; reading apart and converting have shorter limits of their own."""
_MEMORY_BYTES: Final = 4 << 30
_OBJECTS_BETWEEN_COLLECTIONS: Final = 100_000
"""As in the main process: reports make hardly any circles of objects."""
_NOT_STARTED: Final = "检查用的进程没能启动，改在本进程里逐份检查：结果相同，只是慢些。"


@dataclass
class _Assignment:
    """What a checking process keeps between files."""

    rulebook: Rulebook | None = None
    options: CheckOptions | None = None


_ASSIGNMENT = _Assignment()


def answer(message: bytes) -> Iterator[bytes]:
    """What a checking process does: the first request holds rules and options, each later one names a file.

    It gives the file's path, and whether native readers may run, and die, inside this process.
    """
    rulebook, options = _ASSIGNMENT.rulebook, _ASSIGNMENT.options
    if rulebook is None or options is None:
        known, added, folder, *assignment = pickle.loads(message)  # noqa: S301  # from the process that started this one
        with suppress(OSError):  # files are then not found, which is told
            os.chdir(folder)
        know_patterns(known)
        for one in added:
            register(one)
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        _ASSIGNMENT.rulebook, _ASSIGNMENT.options = assignment
        return
    (path, inside), _ = parts_of(message)
    set_may_crash(allowed=inside)
    for result in check_file(rulebook, from_text(path), options):
        yield serialise(result)


@dataclass(eq=False)
class Task:
    """A file, the results that came as bytes, and room for what went wrong, which is put there in the end."""

    path: Path
    replies: list[bytes] = field(default_factory=list)
    failure: SimpleQueue[Exception | None] = field(default_factory=SimpleQueue)


def check_in_parallel(
    paths: Sequence[Path],
    rulebook: Rulebook,
    options: CheckOptions,
    jobs: int,
    *,
    seconds: float = FILE_SECONDS,
    notice: Callable[[str], None] | None = None,
) -> Iterator[tuple[Path, ReportResult]]:
    """Check files in `jobs` processes.

    Args:
        paths: the files, in the order of the results.
        rulebook: the rules; sent to each process once.
        options: what is known about the reports.
        jobs: number of processes.
        seconds: time for one report; a process that takes longer is ended.
        notice: called once, with a Chinese sentence, if files are checked in this process after all.

    Yields:
        For each file its results; see `checker.run.pipeline.check_file`.
    """
    assignment = assignment_message(rulebook, options)
    workers = [new_worker(assignment) for _ in range(jobs)]
    tasks: SimpleQueue[Task | None] = SimpleQueue()
    threads: list[Thread] = []
    try:
        for worker in workers:
            thread = Thread(target=_work, args=(tasks, worker, seconds))
            with suppress(RuntimeError):  # threads count where processes are counted
                thread.start()
                threads.append(thread)
        for task in _in_order(paths, tasks if threads else None, jobs * _AHEAD):
            failure = task.failure.get()
            for result in finished(task, failure, rulebook, options, seconds=seconds, notice=notice):
                yield task.path, result
            if isinstance(failure, NotStartedError):
                notice = None
    finally:
        _forget(tasks)
        for _ in threads:
            tasks.put(None)
        for worker in workers:
            worker.close(for_good=True)
        for thread in threads:
            thread.join()


def assignment_message(rulebook: Rulebook, options: CheckOptions) -> bytes:
    """What a checking process must know before its first file."""
    assignment = known_patterns(), registered(), str(Path.cwd()), rulebook, options
    return pickle.dumps(assignment, pickle.HIGHEST_PROTOCOL)


def new_worker(assignment: bytes) -> Worker:
    """A checking process with its assignment; it starts when it is asked for the first time."""
    return Worker("checker.run.parallel", _MEMORY_BYTES, assignment)


def _work(tasks: SimpleQueue[Task | None], worker: Worker, seconds: float) -> None:
    """Check one file after the other; what a thread does, which mostly waits for its process."""
    while (task := tasks.get()) is not None:
        task.failure.put(check_one(worker, task, seconds))


def check_one(worker: Worker, task: Task, seconds: float) -> Exception | None:
    """Have a file checked; its results come as bytes into the task, and what went wrong comes back."""
    try:
        _check(worker, task, seconds)
    except Exception as error:  # noqa: BLE001  # looked at where the results are awaited
        return error
    return None


def _check(worker: Worker, task: Task, seconds: float) -> None:
    """Have a file checked; its reader may be the end of the process, so there are two attempts."""
    for inside in (True, False):
        task.replies.clear()
        try:
            for reply in worker.ask(request(to_text(task.path), inside), seconds):
                task.replies.append(reply)  # what came before a death is kept
        except WorkerDiedError as death:
            if death.hung or not inside:  # readers have shorter limits: it was not one of them that hung
                raise
        else:
            return


def _in_order(paths: Sequence[Path], tasks: SimpleQueue[Task | None] | None, most: int) -> Iterator[Task]:
    """Hand out files, at most so many ahead, and yield them in their order; without `tasks` there is nobody."""
    waiting: deque[Task] = deque()
    for path in paths:
        task = Task(path)
        waiting.append(task)
        if tasks is None:
            task.failure.put(NotStartedError())
        else:
            tasks.put(task)
        if len(waiting) >= most:
            yield waiting.popleft()
    yield from waiting


def finished(
    task: Task,
    failure: Exception | None,
    rulebook: Rulebook,
    options: CheckOptions,
    *,
    seconds: float = FILE_SECONDS,
    notice: Callable[[str], None] | None = None,
) -> Iterator[ReportResult]:
    """The results of a file that came, and one that says what became of the others; see `check_in_parallel`."""
    if isinstance(failure, NotStartedError):
        if notice:
            notice(_NOT_STARTED)
        yield from check_file(rulebook, task.path, options)
        return
    if failure is not None and not isinstance(failure, WorkerDiedError):
        raise failure
    try:
        for reply in task.replies:
            yield deserialise(reply, rulebook.forms)
    except ValueError:  # a process that a file has taken over may say anything
        failure = failure or WorkerDiedError(hung=False)
    if failure is not None:
        what = f"超过 {seconds:g} 秒没有结果，已停止" if failure.hung else "检查它的进程中途退出"
        text = f"{what}，未能检查。请把文件另存为 .docx 再试，并反馈给开发者。"
        code = "timeout" if failure.hung else "crashed"
        yield unreadable(rulebook, task.path.as_posix(), None, code, text)


def _forget(tasks: SimpleQueue[Task | None]) -> None:
    """Drop the files that no thread has begun with."""
    with suppress(Empty):
        while True:
            tasks.get_nowait()
