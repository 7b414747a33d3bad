"""The last resort against a document that would never come to an end.

What ordinary documents can meet is limited by counting, so that results are the same on every machine; nothing
that is written by people comes near this.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Event, Lock, Thread, get_ident
from time import process_time
from typing import Any, Final

from checker.model.errors import OutOfTimeError

STEP_SECONDS: Final = 14.0
"""Processor time for reading one document, and as much for judging it: together within half a minute."""
_AGAIN: Final = 1.0
"""Seconds after which it is said once more, should somebody have swallowed it."""
_TURNS: Final = 1000
"""Turns of a loop; what is raised from outside arrives at the first."""


def time_limited(seconds: float = STEP_SECONDS) -> AbstractContextManager[None]:
    """Stop what is inside after so many seconds of this process's processor time.

    A timer of the system does, which also stops a search that takes for ever. Where there is none (Windows), or
    in threads other than the main one, a thread watches, which cannot stop such a search. Without effect in a
    browser, which has neither; the page has a limit of its own.

    Raises:
        OutOfTimeError: the time is over.
    """
    try:
        before = signal.signal(_timer().SIGPROF, _stop)
    except (AttributeError, ValueError):
        watch = _WatchingThread(seconds)
        return _between(watch.begin, watch.end)
    timer = _timer()

    def end() -> None:
        timer.setitimer(timer.ITIMER_PROF, 0)
        timer.signal(timer.SIGPROF, before)

    return _between(lambda: timer.setitimer(timer.ITIMER_PROF, seconds, _AGAIN), end)


def _timer() -> Any:
    """The module with timers, None if the system has none."""
    return signal if hasattr(signal, "setitimer") else None


def _stop(_number: int, _frame: object) -> None:
    raise OutOfTimeError


@contextmanager
def _between(begin: Callable[[], object], end: Callable[[], None]) -> Iterator[None]:
    """Begin to limit, and end it whatever happens, also if the time is over just then."""
    try:
        begin()
        yield
    finally:
        try:
            end()
        except OutOfTimeError:
            end()
            raise


class _WatchingThread:
    """A thread that raises `OutOfTimeError` in the one that made it, once that has had its processor time."""

    def __init__(self, seconds: float) -> None:
        self._until = process_time() + seconds
        self._thread = get_ident()
        self._lock = Lock()
        self._over = Event()
        self._said = False

    def begin(self) -> None:
        """Start watching, if there is a thread to be had."""
        with suppress(RuntimeError):
            Thread(target=self._run, daemon=True).start()

    def end(self) -> None:
        """Stop watching; what was raised and has not arrived arrives here, and has no effect.

        It is not taken back: CPython 3.11 would go on looking for it, and for ever under a profiler or tracer.
        """
        with self._lock:
            self._over.set()
        if self._said:
            with suppress(OutOfTimeError):
                self._raise()
                for _ in range(_TURNS):
                    pass

    def _run(self) -> None:
        left = self._until - process_time()
        while not self._over.wait(max(left, 0.0)):
            left = self._until - process_time()
            if left > 0:
                continue
            left = _AGAIN
            with self._lock:
                if not self._over.is_set():
                    self._said = True
                    self._raise()

    def _raise(self) -> None:
        import ctypes  # noqa: PLC0415 - not where the system has timers

        with suppress(AttributeError):  # another Python than the usual one
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self._thread), ctypes.py_object(OutOfTimeError)
            )
