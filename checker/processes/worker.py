"""Processes of this program that answer requests one at a time and may die at any of them.

A crash, a hang or memory running out then costs the one request; the next one finds a new process. Neither
`multiprocessing` nor `concurrent.futures` gives that: a pool is broken by the death of one process, and
importing them takes longer than all of this. Nothing here needs `fork`.

Messages are bytes, each with its length in front. A request may have any number of replies; an empty one
marks the end.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Condition, Lock, Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from subprocess import Popen

Answer = Callable[[bytes], Iterator[bytes]]

_HEAD: Final = struct.Struct("<Qd")
_LENGTH: Final = struct.Struct("<Q")
_BOOT: Final = (
    "import sys; entry, memory, preload, *sys.path = sys.argv[1:]; "
    "from checker.processes.worker import serve; serve(entry, int(memory), preload)"
)
_LONGEST_SLEEP: Final = 3600.0
_GRACE_SECONDS: Final = 5.0
"""After so much more time a process ends itself, should whoever asked be gone."""


class WorkerDiedError(Exception):
    """The process ended without having answered.

    Args:
        hung: it was ended because its time was over.
    """

    def __init__(self, *, hung: bool) -> None:
        super().__init__("time is over" if hung else "crashed")
        self.hung = hung


class Worker:
    """One process, started when it is needed and again after it died. Threads take turns.

    Args:
        entry: the function that answers, as `module:name`; the process imports nothing else.
        memory: bytes of address space it may have, where the system can limit that.
        greeting: a request that every new process gets first; its replies are not looked at.
        preload: a function, as `module:name`, that a new process calls while it waits for its first request.
    """

    def __init__(self, entry: str, memory: int, greeting: bytes | None = None, preload: str = "") -> None:
        self._arguments = (entry, str(memory), preload)
        self._greeting = greeting
        self._greeted = False
        self._process: Popen[bytes] | None = None
        self._watch: _Watch | None = None
        self._owner = 0
        self._lock = Lock()

    def start(self) -> None:
        """Start the process now, so that it is ready by the time it is needed."""
        with self._lock:
            self._running()

    def ask(self, request: bytes, seconds: float) -> Iterator[bytes]:
        """Send a request and yield its replies as they come.

        Args:
            request: what the entry function takes.
            seconds: how long each reply may take.

        Raises:
            WorkerDiedError: the process ended, by itself or because time was over.
        """
        with self._lock:
            process, watch = self._running()
            complete = False
            try:
                if self._greeting is not None and not self._greeted:
                    for _ in _exchange(process, self._greeting, seconds, watch):
                        pass
                    self._greeted = True
                yield from _exchange(process, request, seconds, watch)
                complete = True
            except (OSError, EOFError):
                raise WorkerDiedError(hung=watch.late) from None
            finally:
                # Half an answer, also one that nobody wanted to the end, leaves the pipe useless.
                if not complete:
                    self._end()

    def close(self) -> None:
        """End the process, if there is one; a thread that waits for it is told that it died."""
        process = self._process
        if process is not None and self._owner == os.getpid():
            process.kill()
        with self._lock:
            self._end()

    def _running(self) -> tuple[Popen[bytes], _Watch]:
        # After a fork both sides hold the same pipes: the child has to have a process of its own.
        process, watch = self._process, self._watch
        if (
            process is not None
            and watch is not None
            and self._owner == os.getpid()
            and process.poll() is None
        ):
            return process, watch
        self._end()
        process = _started(self._arguments)
        watch = _Watch(process)
        self._process, self._watch, self._owner = process, watch, os.getpid()
        self._greeted = False
        return process, watch

    def _end(self) -> None:
        process, self._process = self._process, None
        watch, self._watch = self._watch, None
        if process is None or self._owner != os.getpid():
            return
        if watch is not None:
            watch.end()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)


def _started(arguments: tuple[str, ...]) -> Popen[bytes]:
    import subprocess  # noqa: PLC0415  # most runs start no process

    paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109  # for sys.path, which takes strings
    return subprocess.Popen(  # noqa: S603  # this interpreter, with arguments made here
        [sys.executable, "-I", "-S", "-c", _BOOT, *arguments, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Python opens nothing that children inherit; elsewhere than on Windows this is the quick way to start.
        close_fds=sys.platform == "win32",
    )


def _exchange(process: Popen[bytes], request: bytes, seconds: float, watch: _Watch) -> Iterator[bytes]:
    """Send a request and yield its replies."""
    with watch.awaiting(seconds):
        _send(process.stdin, _HEAD.pack(len(request), seconds), request)
    while True:
        with watch.awaiting(seconds):
            reply = _receive(process.stdout)
        if not reply:
            return
        yield reply


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was not sent is lost, as is the process
        return


class _Watch:
    """Ends a process that takes too long over a piece of work.

    Its thread sleeps as long as it may: starting one for each piece, or waking this one, takes longer than
    most pieces do.

    Attributes:
        late: whether the process was ended.
    """

    def __init__(self, process: Popen[bytes]) -> None:
        self.late = False
        self._process = process
        self._condition = Condition()
        self._seconds = _LONGEST_SLEEP
        self._deadline: float | None = None
        self._wakes = 0.0
        self._ended = False
        Thread(target=self._run, daemon=True).start()

    @contextmanager
    def awaiting(self, seconds: float) -> Iterator[None]:
        """A piece of work that may take so long."""
        with self._condition:
            self._seconds = seconds
            self._deadline = monotonic() + seconds
            if self._deadline < self._wakes:
                self._condition.notify()
        try:
            yield
        finally:
            with self._condition:
                self._deadline = None

    def end(self) -> None:
        """Stop watching."""
        with self._condition:
            self._ended = True
            self._condition.notify()

    def _run(self) -> None:
        with self._condition:
            while not self._ended:
                now = monotonic()
                if self._deadline is not None and now >= self._deadline:
                    self.late = True
                    self._process.kill()
                    return
                # Work that begins later, and may take as long as the last, has not run out by then.
                self._wakes = self._deadline or now + self._seconds
                self._condition.wait(self._wakes - now)


def _send(pipe: IO[bytes] | None, *pieces: bytes) -> None:
    if pipe is None:
        raise EOFError
    for piece in pieces:
        pipe.write(piece)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> bytes:
    if pipe is None:
        raise EOFError
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def serve(entry: str, memory: int, preload: str) -> None:
    """Answer requests until there are no more; what a worker process runs. For the arguments see `Worker`."""
    # Libraries may print; what they print must not get between the replies.
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    _limit_memory(memory)
    answer: Answer = _named(entry)
    if preload:
        _named(preload)()
    while head := requests.read(_HEAD.size):
        length, seconds = _HEAD.unpack(head)
        request = _exactly(requests, length)
        _set_alarm(seconds)
        for reply in answer(request):
            _send(replies, _LENGTH.pack(len(reply)), reply)
            _set_alarm(seconds)
        _send(replies, _LENGTH.pack(0))
        _set_alarm(0)


def _named(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


def _limit_memory(size: int) -> None:
    try:
        resource: Any = import_module("resource")
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _set_alarm(seconds: float) -> None:
    """End this process after some time, whatever it is doing; 0 for never. Windows has no such thing."""
    set_timer: Any = getattr(signal, "setitimer", None)
    if set_timer:
        set_timer(signal.ITIMER_REAL, seconds + _GRACE_SECONDS if seconds else 0)
