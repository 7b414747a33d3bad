"""Reading a native format inside a process that may itself die: no second process, nothing to hand over.

The checking processes of a run with several jobs are such processes: whoever started them has a file that was
their end tried again, and then read apart. Whatever else is unusual about a file makes this module refuse it,
so that reading apart, with the limits that hold there, says what is to be said. A file gets the same answer
either way.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.limits import Limits

_MOST_BYTES: Final = 128 << 20
"""Address space that a file may take beyond what the process has; reading apart allows more."""
_USUAL_BYTES: Final = 96 << 20
"""Of a file that took more, it is not sure that reading never lacked memory without saying so."""
_STATUS: Final = Path("/proc/self/status")
_SIZES: Final = re.compile(rb"VmPeak:\s*(\d+) kB\nVmSize:\s*(\d+) kB")

Read = Callable[[bytes, str, Limits], Document]


def read_within(read: Read, data: bytes, name: str, limits: Limits) -> Document | None:
    """Read a file in this process, within narrow limits; the process may die of it.

    Args:
        read: the reader.
        data: the file.
        name: its name, a hint only.
        limits: how much reading may cost; the process ends when `seconds` are over.

    Returns:
        The document; None if the file has to be read apart: the system cannot set limits, the file needs much
        memory, or its reader failed.

    Raises:
        UnreadableError: what the reader raises.
    """
    sizes = _address_space()
    if sizes is None or sizes[0] - sizes[1] > _USUAL_BYTES:
        return None
    refusal: UnreadableError | None = None
    document: Document | None = None
    try:
        with _memory_limited(sizes[1] + _MOST_BYTES), _time_limited(limits.seconds):
            document = read(data, name, limits)
    except UnreadableError as error:
        refusal = error
    except Exception:  # noqa: BLE001  # a fault of the reader, or no memory: reading apart will tell
        return None
    after = _address_space()
    if after is None or after[0] - sizes[1] > _USUAL_BYTES:
        return None
    if refusal is not None:
        raise refusal
    return document


def _address_space() -> tuple[int, int] | None:
    """The most bytes this process ever had and what it has now, None where the system does not tell."""
    try:
        found = _SIZES.search(_STATUS.read_bytes())
    except OSError:
        return None
    return (int(found[1]) << 10, int(found[2]) << 10) if found else None


@contextmanager
def _memory_limited(size: int) -> Iterator[None]:
    resource: Any = import_module("resource")  # there, for /proc is
    before, hardest = resource.getrlimit(resource.RLIMIT_AS)
    if before != resource.RLIM_INFINITY:
        size = min(size, before)
    resource.setrlimit(resource.RLIMIT_AS, (size, hardest))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hardest))


@contextmanager
def _time_limited(seconds: float) -> Iterator[None]:
    """End this process after some time, whatever it is doing; an alarm that was set goes on afterwards."""
    timer: Any = signal
    begin = time.monotonic()
    others, _ = timer.setitimer(timer.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        rest = max(others - (time.monotonic() - begin), _SOON) if others else 0.0
        timer.setitimer(timer.ITIMER_REAL, rest)


_SOON: Final = 0.001
