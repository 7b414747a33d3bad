"""Processes of a run, found through /proc, and a thread that kills some of them."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Final

_PROC: Final = Path("/proc")
MARK: Final = "CHECKER_CHAOS"
"""Variable by whose value a run's processes are known, also after their parent is gone."""


def available() -> bool:
    """Whether this system tells of its processes."""
    return Path("/proc/self/environ").exists()


def marked(mark: str) -> list[int]:
    """Ids of the processes that carry a mark; dead ones that wait for their parent are left out."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in _PROC.glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return sorted(found)


@dataclass
class Killer:
    """Kills processes of a run one by one, never the first.

    Attributes:
        mark: the run's.
        parent: id of its first process.
        most: how many to kill.
        interval: seconds between two, on average.
        seed: for when and whom.
        killed: how many were.
    """

    mark: str
    parent: int
    most: int
    interval: float
    seed: int
    killed: int = 0
    _stop: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def start(self) -> None:
        """Begin to kill."""
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Have an end of it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        random = Random(self.seed)
        while self.killed < self.most and not self._stop.wait(random.uniform(0, 2 * self.interval)):
            others = [process for process in marked(self.mark) if process != self.parent]
            if others:
                with suppress(ProcessLookupError):
                    os.kill(random.choice(others), signal.SIGKILL)
                    self.killed += 1
