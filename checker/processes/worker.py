"""Processes of this program that answer requests one at a time and may die at any of them.

A crash, a hang or memory running out then costs the one request; the next one finds a new process. Neither
`multiprocessing` nor `concurrent.futures` gives that: a pool is broken by the death of one process, and
importing them takes longer than all of this. Nothing here needs `fork`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Condition, Lock, Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Final, cast

from checker.processes.protocol import (
    BYTES_OF_A_REPLY,
    MOST_BYTES,
    MOST_BYTES_IN_ALL,
    receive_ready,
    receive_reply,
    send_request,
)
from checker.processes.start import command

if TYPE_CHECKING:
    from subprocess import Popen

_LONGEST_SLEEP: Final = 3600.0
_START_SECONDS: Final = 60.0
"""Time for a process to be ready: a second on most machines, more where many start at once."""


class WorkerDiedError(Exception):
    """The process ended without having answered.

    Args:
        hung: it was ended because its time was over.
    """

    def __init__(self, *, hung: bool) -> None:
        super().__init__("time is over" if hung else "crashed")
        self.hung = hung


class NotStartedError(Exception):
    """The process could not be started, or ended before it was ready; it has not seen the request."""


class Worker:
    """One process, started when it is needed and again after it died. Threads take turns.

    Args:
        module: has the function `answer`, which takes a request and yields replies that are not empty, and may
            have `get_ready`, which is called in a new process before there is a request.
        memory: bytes of address space it may have, where the system can limit that.
        greeting: a request that every new process gets first; its replies are not looked at.
    """

    def __init__(self, module: str, memory: int, greeting: bytes | None = None) -> None:
        self._module = module
        self._memory = memory
        self._greeting = greeting
        self._process: _Process | None = None
        self._is_closed = False
        self._lock = Lock()

    def start(self) -> None:
        """Start the process now, so that it is ready by the time it is needed.

        Raises:
            NotStartedError: it could not be started.
        """
        with self._lock:
            self._running()

    def ask(self, request: bytes, seconds: float) -> Iterator[bytes]:
        """Send a request and yield its replies as they come.

        Args:
            request: what `answer` takes.
            seconds: how long each reply may take.

        Raises:
            NotStartedError: there is no process to ask.
            WorkerDiedError: the process ended, by itself or because time was over.
        """
        with self._lock:
            process = self._running()
            complete = False
            try:
                process.await_ready(self._greeting)
                yield from process.exchange(request, seconds)
                complete = True
            except (OSError, EOFError):
                raise WorkerDiedError(hung=process.is_late) from None
            finally:
                # Half an answer, also one that nobody wanted to the end, leaves the pipe useless.
                if not complete:
                    self._end()

    def close(self, *, for_good: bool = False) -> None:
        """End the process, if there is one; a thread that waits for it is told that it died.

        Args:
            for_good: start none any more: a thread that tries again is told that it cannot be started.
        """
        self._is_closed = self._is_closed or for_good
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def _running(self) -> _Process:
        if self._process is None or not self._process.is_running:
            self._end()
            self._process = _Process(self._module, self._memory)
            if self._is_closed:  # looked at last: whoever closes either sees the process or is seen here
                self._end()
                raise NotStartedError
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _Process:
    """A process that was started, with the pipes to it.

    Raises:
        NotStartedError: it could not be started.
    """

    def __init__(self, module: str, memory: int) -> None:
        import subprocess  # noqa: PLC0415  # most runs start no process

        self._owner = os.getpid()
        self._is_ready = False
        try:
            self._popen: Popen[bytes] = subprocess.Popen(  # noqa: S603  # this program, with arguments made here
                command(module, memory),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Python opens nothing that children inherit; elsewhere than on Windows this is the quick way.
                close_fds=sys.platform == "win32",
            )
        except (MemoryError, OSError):
            raise NotStartedError from None
        self._requests = cast("IO[bytes]", self._popen.stdin)
        self._replies = cast("IO[bytes]", self._popen.stdout)
        try:
            self._watch = _Watch(self._popen)
        except RuntimeError:  # threads count where processes are counted
            self._reap()
            raise NotStartedError from None

    @property
    def is_running(self) -> bool:
        """Whether it is alive and was started by this process: after a fork both sides hold the same pipes."""
        return self._owner == os.getpid() and self._popen.poll() is None

    @property
    def is_late(self) -> bool:
        """Whether it was ended because its time was over."""
        return self._watch.late

    def await_ready(self, greeting: bytes | None) -> None:
        """Wait until it can work, and greet it, if that has not been done.

        Raises:
            NotStartedError: it ended, or says something else.
        """
        if self._is_ready:
            return
        try:
            with self._watch.awaiting(_START_SECONDS):
                receive_ready(self._replies)
            for _ in self.exchange(greeting, _START_SECONDS) if greeting is not None else ():
                pass
        except (OSError, EOFError):
            raise NotStartedError from None
        self._is_ready = True

    def exchange(self, request: bytes, seconds: float) -> Iterator[bytes]:
        """Send a request and yield its replies.

        Raises:
            EOFError: it ended, or replies more than it may; `OSError` likewise.
        """
        with self._watch.awaiting(seconds):
            send_request(self._requests, request, seconds)
        left = MOST_BYTES_IN_ALL
        while True:
            with self._watch.awaiting(seconds):
                reply = receive_reply(self._replies, min(left, MOST_BYTES))
            if not reply:
                return
            left = max(left - len(reply) - BYTES_OF_A_REPLY, 0)
            yield reply

    def kill(self) -> None:
        """Have it die."""
        if self._owner == os.getpid():
            self._popen.kill()

    def end(self) -> None:
        """Have it die and give back what it needed."""
        if self._owner == os.getpid():
            self._watch.end()
            self._reap()

    def _reap(self) -> None:
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._requests, self._replies):
            with suppress(OSError):  # what was not sent is lost, as is the process
                pipe.close()


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
