"""How this program starts itself as a worker, and whether it can."""

from __future__ import annotations

import os
import sys
from typing import Final

WORKER: Final = "--checker-worker"
"""First argument of a frozen program that is to be a worker."""

_WITHOUT_PROCESSES: Final = frozenset(("emscripten", "wasi"))
_BOOT: Final = (
    "import sys; module, memory, *sys.path = sys.argv[1:]; "
    "from checker.processes.serve import serve; serve(module, int(memory))"
)


class _ThisProgram:
    """What is known of the program that this process runs."""

    recognises_workers = False


def recognise_workers() -> None:
    """Say that this program, should it be frozen, knows the argument `WORKER`."""
    _ThisProgram.recognises_workers = True


def can_start() -> bool:
    """Whether there may be workers: the system has processes, and this program would know what it is to do.

    `sys.executable` of a frozen program is that program. One that somebody else has made of this package would
    begin its own work once more.
    """
    if sys.platform in _WITHOUT_PROCESSES:
        return False
    return _ThisProgram.recognises_workers or not getattr(sys, "frozen", False)


def command(module: str, memory: int) -> list[str]:
    """The command that starts a worker; for the arguments see `checker.processes.worker.Worker`.

    Raises:
        OSError: there is no program to start.
    """
    if not (sys.executable and can_start()):
        raise FileNotFoundError
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER, module, str(memory)]
    paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109  # for sys.path, which takes strings
    return [sys.executable, "-I", "-S", "-c", _BOOT, module, str(memory), *paths]
