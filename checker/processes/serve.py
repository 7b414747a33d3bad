"""The other side: a process that is a worker, and answers requests until there are no more."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection, Sequence
from importlib import import_module
from typing import Any, Final

from checker.processes.protocol import READY, receive_request, send_reply
from checker.processes.start import WORKER, recognise_workers

_START_SECONDS: Final = 60.0
_GRACE_SECONDS: Final = 5.0
"""After so much more time a worker ends itself, should whoever asked be gone."""


def serve_if_asked(arguments: Sequence[str], modules: Collection[str]) -> bool:
    """Be a worker if this program, which is frozen, was started as one.

    Args:
        arguments: those of the command line.
        modules: what workers may be of; the command line can name nothing else.

    Returns:
        Whether this was a worker, whose work is done.
    """
    recognise_workers()
    wanted, module, memory = arguments if len(arguments) == 3 else ("", "", "")  # noqa: PLR2004  # as named
    if wanted != WORKER or module not in modules or not memory.isdecimal():
        return False
    serve(module, int(memory))
    return True


def serve(module: str, memory: int) -> None:
    """Answer requests until there are no more; for the arguments see `checker.processes.worker.Worker`."""
    # Libraries may print; what they print must not get between the replies.
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    _set_alarm(_START_SECONDS)
    _limit_memory(memory)
    worker: Any = import_module(module)
    if hasattr(worker, "get_ready"):
        worker.get_ready()
    _set_alarm(0)
    send_reply(replies, READY)
    while received := receive_request(requests):
        request, seconds = received
        _set_alarm(seconds + _GRACE_SECONDS)
        for reply in worker.answer(request):
            send_reply(replies, reply)
            _set_alarm(seconds + _GRACE_SECONDS)
        send_reply(replies, b"")
        _set_alarm(0)


def _limit_memory(size: int) -> None:
    try:
        resource: Any = import_module("resource")
    except ImportError:  # Windows has no such limits
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        size = min(size, most)
    resource.setrlimit(resource.RLIMIT_AS, (size, most))


def _set_alarm(seconds: float) -> None:
    """End this process after some time, whatever it is doing; 0 for never. Windows has no such thing."""
    set_timer: Any = getattr(signal, "setitimer", None)
    if set_timer:
        set_timer(signal.ITIMER_REAL, seconds)
