"""`checker check --watch`: the report is checked again whenever it is saved, beside the open editor.

The file is asked for its size and time a few times a second. A save is over when both stay the same for a
moment; editors that write a new file in place of the old one, files that are locked while being written, and
half-written ones are waited for.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

import click

from checker.model.findings import CheckRun, Status
from checker.startup.records import dataclass
from checker.writers import output_named
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.text_cells import harmless

_POLL_SECONDS: Final = 0.25
_QUIET_SECONDS: Final = 0.4
_ATTEMPTS: Final = 4
_CLEAR: Final = "\x1b[H\x1b[2J\x1b[3J"

Check = Callable[[Path], CheckRun]
Stamp = tuple[int, int, int]
"""Time of change in nanoseconds, size and file number."""


@dataclass(frozen=True)
class WatchEnvironment:
    """What watching needs of terminal and file system; tests replace it.

    Attributes:
        stamp: the stamp of a file, None if it is not there or may not be looked at.
        sleep: waits for so many seconds.
        show: writes text to the terminal.
        clock: the time of day, as people read it.
        clears: whether the terminal is cleared before each result.
    """

    stamp: Callable[[Path], Stamp | None]
    sleep: Callable[[float], None]
    show: Callable[[str], None]
    clock: Callable[[], str]
    clears: bool


def stamp_of(file: Path) -> Stamp | None:
    """The stamp of a file on disk."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class Interrupt:
    """Ctrl-C, which counts even where its exception is lost.

    Python drops an exception that is raised while it tidies up (in a `__del__`, in what a weak reference
    calls, as after an import), and the user's Ctrl-C with it. Here it is also remembered, until the next
    pause.
    """

    def __init__(self) -> None:
        self._pressed = False

    def listen(self) -> None:
        """Take note from now on, unless this process is to take no notice of Ctrl-C at all."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._press)

    def _press(self, number: int, frame: FrameType | None) -> None:
        self._pressed = True
        signal.default_int_handler(number, frame)

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed, now or since `listen`.
        """
        if not self._pressed:
            time.sleep(seconds)
        if self._pressed:
            raise KeyboardInterrupt


def watch_report(file: Path, check: Check, terminal: WritingOptions) -> None:
    """Check a file again and again until the user interrupts.

    Args:
        file: the report.
        check: checks it.
        terminal: how to show the result.
    """
    interrupt = Interrupt()
    environment = WatchEnvironment(
        stamp=stamp_of,
        sleep=interrupt.sleep,
        show=lambda text: click.echo(text, nl=False, color=terminal.colour),
        clock=lambda: time.strftime("%H:%M:%S"),
        clears=os.isatty(1),
    )
    try:
        interrupt.listen()
        ReportWatch(file, check, terminal, environment).forever()
    except KeyboardInterrupt:
        click.echo("\n已停止。")


class ReportWatch:
    """One watched file.

    Args:
        file: the report.
        check: checks it.
        terminal: how to show the result.
        environment: terminal and file system.
    """

    def __init__(
        self, file: Path, check: Check, terminal: WritingOptions, environment: WatchEnvironment
    ) -> None:
        self._file = file
        self._check = check
        self._terminal = terminal
        self._environment = environment
        self._known: Counter[str] | None = None
        self._count = 0

    def forever(self) -> None:
        """Check now and after every save; ends only by an exception such as an interrupt."""
        while True:
            stamp = self._settled()
            self._redraw(self._result())
            self._wait_for_change(stamp)

    def _settled(self) -> Stamp:
        """Wait until the file is there and no longer changing; its stamp then."""
        last = self._environment.stamp(self._file)
        missing = 0
        while True:
            self._environment.sleep(_QUIET_SECONDS if self._count or missing else 0)
            now = self._environment.stamp(self._file)
            if now is not None and now == last:
                return now
            missing = missing + 1 if now is None else 0
            if missing == _ATTEMPTS:
                self._environment.show(f"“{harmless(str(self._file))}”现在不在了，等它回来。\n")
            last = now

    def _wait_for_change(self, stamp: Stamp) -> None:
        while self._environment.stamp(self._file) == stamp:
            self._environment.sleep(_POLL_SECONDS)

    def _result(self) -> CheckRun:
        """The result; a file that cannot be read is tried again, for it may still be half-written or locked."""
        for attempt in range(_ATTEMPTS):
            run = self._check(self._file)
            if run.results[0].status is not Status.UNREADABLE or not self._count:
                return run
            if attempt < _ATTEMPTS - 1:
                self._environment.sleep(_QUIET_SECONDS)
        return run

    def _redraw(self, run: CheckRun) -> None:
        self._count += 1
        pieces = "".join(output_named("text").write(run, self._terminal))
        time_of_day = self._environment.clock()
        head = (
            f"{time_of_day} 第 {self._count} 次检查{self._compared(run)}，保存后自动重查，按 Ctrl-C 结束。\n"
        )
        clear = _CLEAR if self._environment.clears else "\n" if self._count > 1 else ""
        self._environment.show(f"{clear}{pieces}\n{head}")

    def _compared(self, run: CheckRun) -> str:
        """What has changed since the last result, in words."""
        found = Counter(finding.fingerprint for finding in run.results[0].findings)
        known, self._known = self._known, found
        if known is None:
            return ""
        mended, new = (known - found).total(), (found - known).total()
        parts = [f"改好 {mended} 处" if mended else "", f"新增 {new} 处" if new else ""]
        return f"：{'，'.join(part for part in parts if part) or '问题没有变化'}"
