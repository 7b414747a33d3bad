"""The last resort against a document that would never come to an end.

What ordinary documents can meet is limited by counting, so that results are the same on every machine; nothing
that is written by people comes near this.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from checker.model.errors import OutOfTimeError

STEP_SECONDS: Final = 14.0
"""Processor time for reading one document, and as much for judging it: together within half a minute."""


@contextmanager
def time_limited(seconds: float = STEP_SECONDS) -> Iterator[None]:
    """Stop what is inside after so many seconds of this process's processor time.

    Without effect on Windows and in a browser, which have no such timer, and in threads other than the main one; a
    check in several processes has a limit of its own there, see `checker.run.parallel`, and so has the page.

    Raises:
        OutOfTimeError: the time is over.
    """
    timer: Any = signal
    try:
        set_timer = timer.setitimer
        before = timer.signal(timer.SIGPROF, _stop)
    except (AttributeError, ValueError):
        yield
        return
    set_timer(timer.ITIMER_PROF, seconds, 1.0)  # again each second, should somebody have swallowed it
    try:
        yield
    finally:
        set_timer(timer.ITIMER_PROF, 0)
        timer.signal(timer.SIGPROF, before)


def _stop(_number: int, _frame: object) -> None:
    raise OutOfTimeError
