"""Checking files on a cluster of machines (dask.distributed), results in input order.

A worker of the cluster has a checking process of its own, as `checker.run.parallel` has them: a harmful file costs
that process, not the worker. A worker that dies costs its chunk a second attempt. Rules and options are sent once.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from threading import get_ident
from typing import Any, Final
from uuid import uuid4

from checker.judging.rules import Rulebook
from checker.model.errors import UsageError
from checker.model.findings import ReportResult
from checker.processes.worker import Worker, WorkerDiedError
from checker.run.parallel import FILE_SECONDS, Task, assignment_message, check_one, finished, new_worker
from checker.run.pipeline import CheckOptions
from checker.run.stores.address import from_text, to_text
from checker.startup.version import __version__

Reply = tuple[list[bytes], bool | None]
"""The results of a file as bytes, and how its process died: `hung` of `WorkerDiedError`, None if it did not."""
_FILES: Final = 20
_BYTES: Final = 4 << 20
"""A chunk has so many files, or is as large as that: starting one takes as long as a small report."""
_AHEAD: Final = 3
"""Chunks handed out for each worker beyond the one that is waited for."""
_RETRIES: Final = 3
_CONNECT_SECONDS: Final = 20
_LOCAL: Final = re.compile(r"local:([1-9][0-9]?)")
_RUNS: Final = 3
"""Checking processes that a thread keeps at a time: a run that was broken off has left its own behind."""
KEPT_WORKERS: Final[dict[tuple[int, str], Worker]] = {}
"""On a worker of the cluster: the checking processes by thread and run, of a thread the last used one last."""


def check_on_cluster(
    paths: Sequence[Path],
    rulebook: Rulebook,
    options: CheckOptions,
    address: str,
    *,
    notice: Callable[[str], None] | None = None,
) -> Iterator[tuple[Path, ReportResult]]:
    """Check files on a cluster; all of its machines must see them under the same paths.

    Args:
        paths: the files, in the order of the results.
        rulebook: the rules.
        options: what is known about the reports.
        address: of the scheduler, or `local:N` for N workers on this machine.
        notice: called with a Chinese sentence if files are checked in this process after all.

    Yields:
        For each file its results; see `checker.run.pipeline.check_file`.

    Raises:
        UsageError: there is no such cluster, or its machines do not have this program or the files.
    """
    with ExitStack() as stack:
        client = _client(address, stack)
        run = uuid4().hex  # others may use the cluster too, and their processes are theirs
        stack.callback(_end_whatever_comes, client.run, close_workers, run)
        assignment = client.scatter((run, assignment_message(rulebook, options)), broadcast=True)
        workers = sum(client.nthreads().values())
        for chunk, replies in in_order(client, assignment, paths, workers):
            for path, reply in zip(chunk, replies, strict=True):
                for result in results_of(path, reply, rulebook, options, notice):
                    yield path, result


def results_of(
    path: Path,
    reply: Reply | None,
    rulebook: Rulebook,
    options: CheckOptions,
    notice: Callable[[str], None] | None,
) -> Iterator[ReportResult]:
    """The results of a file; of one that no worker has done they are made here."""
    task = Task(path)
    failure: Exception | None = None
    if reply is None:
        worker = new_worker(assignment_message(rulebook, options))
        try:
            failure = check_one(worker, task, FILE_SECONDS)
        finally:
            worker.close()
    else:
        task.replies, died = reply
        failure = None if died is None else WorkerDiedError(hung=died)
    for result in finished(task, failure, rulebook, options, notice=notice):
        if result.problem and result.problem.code == "missing" and path.exists():
            raise UsageError(
                f"集群里的机器找不到“{path}”。请把文件放在各台机器用同一个路径都能读到的共享文件夹里。"
            )
        yield result


def in_order(
    client: Any, assignment: Any, paths: Sequence[Path], workers: int
) -> Iterator[tuple[list[Path], Sequence[Reply | None]]]:
    """Hand out chunks, some ahead, and yield them with their replies in order; None where a chunk was not done."""
    waiting: deque[tuple[list[Path], Any]] = deque()
    for chunk in chunks(paths):
        waiting.append((chunk, _handed_out(client, assignment, chunk)))
        if len(waiting) > workers * _AHEAD:
            yield _awaited(*waiting.popleft())
    while waiting:
        yield _awaited(*waiting.popleft())


def _handed_out(client: Any, assignment: Any, chunk: list[Path]) -> Any:
    """Submit a chunk: the future of its replies, None where the cluster is gone."""
    names = [to_text(path) for path in chunk]
    try:
        return client.submit(check_chunk, assignment, names, pure=False, retries=_RETRIES)
    except Exception:  # noqa: BLE001  # whatever has become of the cluster, the files are checked
        return None


def _awaited(chunk: list[Path], future: Any) -> tuple[list[Path], Sequence[Reply | None]]:
    with suppress(Exception):  # whatever has become of the workers, the files are checked
        replies = future.result() if future is not None else ()
        if len(replies) == len(chunk):
            return chunk, replies
    return chunk, [None] * len(chunk)


def chunks(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Files in their order, so many together that each chunk is worth sending and none takes long."""
    chunk: list[Path] = []
    size = 0
    for path in paths:
        chunk.append(path)
        with suppress(OSError):  # checking tells of it
            size += path.stat().st_size
        if len(chunk) >= _FILES or size >= _BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def check_chunk(assignment: tuple[str, bytes], names: Sequence[str]) -> list[Reply]:
    """What a worker of the cluster does: check files in the checking process that its thread has for a run.

    Args:
        assignment: which run it is, and `checker.run.parallel.assignment_message`.
        names: paths of the files.
    """
    worker = _checking_process(*assignment)
    replies: list[Reply] = []
    for name in names:
        task = Task(from_text(name))
        failure = check_one(worker, task, FILE_SECONDS)
        if failure is not None and not isinstance(failure, WorkerDiedError):
            raise failure
        replies.append((task.replies, failure.hung if failure else None))
    return replies


def _checking_process(run: str, assignment: bytes) -> Worker:
    """The process of this thread for a run; of other runs only the last ones keep theirs."""
    thread = get_ident()
    worker = KEPT_WORKERS.pop((thread, run), None) or new_worker(assignment)
    own = [key for key in tuple(KEPT_WORKERS) if key[0] == thread]
    _close(own[: max(len(own) + 1 - _RUNS, 0)])
    KEPT_WORKERS[thread, run] = worker
    return worker


def close_workers(run: str) -> None:
    """On a worker of the cluster: end the checking processes of a run."""
    _close([key for key in tuple(KEPT_WORKERS) if key[1] == run])


def _close(keys: Sequence[tuple[int, str]]) -> None:
    for key in keys:
        worker = KEPT_WORKERS.pop(key, None)
        if worker is not None:
            worker.close()


def program_version() -> str:
    """On a worker of the cluster: the version of this program."""
    return __version__


def _client(address: str, stack: ExitStack) -> Any:
    """A client of the cluster, whose workers have this version of the program; closed by `stack`."""
    local = _LOCAL.fullmatch(address)
    if address.startswith("local") and local is None:
        raise UsageError(f"“{address}”应写成 local:2 这样，数字是本机的工作进程数，最多 99。")
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise UsageError(
            "没有安装 dask.distributed，不能用 --cluster：运行 pip install 'dask[distributed]'，各台机器都要装；"
            "只用一台机器，写 --jobs 就够了。"
        ) from None
    for name in ("distributed", "distributed.client"):  # the second has a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)
    place: Any = address
    if local is not None:
        place = distributed.LocalCluster(
            n_workers=int(local[1]),
            threads_per_worker=1,
            memory_limit=None,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
        stack.callback(_end_whatever_comes, place.close)
    try:
        client = distributed.Client(place, timeout=_CONNECT_SECONDS)
    except (OSError, TimeoutError, TypeError, ValueError):  # TypeError: TLS without certificates
        tls = "；tls:// 的地址要先在 Dask 的设置里配好证书" if address.startswith("tls:") else ""
        raise UsageError(
            f"连不上集群的调度器“{address}”。请检查地址，如 tcp://10.0.0.5:8786，看 dask scheduler 是否在运行{tls}。"
        ) from None
    stack.callback(_end_whatever_comes, client.close)
    _refuse_others(client)
    return client


def _refuse_others(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        versions = set(client.run(program_version).values())
    except TimeoutError:
        raise UsageError("集群里没有工作进程。请在各台机器上运行 dask worker。") from None
    except Exception:  # noqa: BLE001  # whatever keeps a worker from importing this module
        raise UsageError("集群的工作进程里没有装这个程序，或装坏了。请在各台机器上装同一个版本。") from None
    others = versions - {__version__}
    if others:
        raise UsageError(
            f"集群里有 {'、'.join(sorted(others))} 版的程序，这里是 {__version__} 版。请装同一个版本。"
        )


def _end_whatever_comes(end: Callable[..., object], *arguments: object) -> None:
    """End something that may have ended already."""
    with suppress(Exception):
        end(*arguments)
