"""Reading with native code: the one place that says in which process it runs.

Python code is kept in check by counting what it does. A library written in C++ is not: a hostile file may
crash it, keep it busy for ever or make it take all memory. So it runs

- in a process of its own, which is started for the first such file and kept for the next ones;
- in a process that may itself die, which one that checks for a run of several jobs is: first there, see `within`;
- in this process, where nothing can be started or `READ_IN_PROCESS` says so. A crash then is the program's end.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Final

from checker.model.document import Document
from checker.processes.start import can_start
from checker.readers.limits import Limits

READ_IN_PROCESS: Final = "CHECKER_READ_IN_PROCESS"
"""Environment variable: `1` has native readers run in this process, whatever that may cost."""


class _ThisProcess:
    """What is known of this process."""

    may_crash = False


def set_may_crash(*, allowed: bool) -> None:
    """Say whether a file may crash this process, because whoever started it expects that."""
    _ThisProcess.may_crash = allowed


def read_native(module: str, data: bytes, name: str, limits: Limits) -> Document:
    """Read a file with `module.read`, where that costs least if the worst happens.

    Args:
        module: a reader.
        data: the file.
        name: its name, a hint only.
        limits: how much reading may cost; `seconds` is the time for the whole file, if it can be measured.

    Raises:
        UnreadableError: what the reader raises, or `crashed`, `timeout`, `too_large` or `reader_not_started`,
            see `checker.readers.apart.refusals`.
    """
    if reads_in_this_process():
        document: Document = import_module(module).read(data, name, limits)
        return document
    if _ThisProcess.may_crash:
        from checker.readers.apart.within import read_within  # noqa: PLC0415  # only in runs of several jobs

        found = read_within(import_module(module).read, data, name, limits)
        if found is not None:
            return found
    from checker.readers.apart.reading_process import read_apart  # noqa: PLC0415  # not where one of these is enough

    return read_apart(module, data, name, limits)


def warm_up() -> None:
    """Start the process that reads, if there is to be one, so that it is ready when the first file comes."""
    if not reads_in_this_process():
        from checker.readers.apart.reading_process import start  # noqa: PLC0415  # likewise

        start()


def reads_in_this_process() -> bool:
    """Whether native readers run here for want of another process, or because somebody wants it."""
    return os.environ.get(READ_IN_PROCESS, "0") not in ("", "0") or not can_start()
