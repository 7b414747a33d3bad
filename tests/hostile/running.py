"""A case in a process of its own, with limits."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from .case import Case
from .growth import RATIO
from .verdicts import Ran, shortcomings

TODAY: Final = "2025-03-01"
_ADDRESS_SPACE: Final = 4 << 30
_PATIENCE: Final = 40
"""Seconds by the clock after which a run is ended; others may use the machine too."""


def arguments(case: Case, paths: Sequence[str], format_name: str) -> list[str]:
    """The command line after `checker`."""
    settled = [] if case.expect.get("config") else ["--no-config"]
    # What is handed in stands last: a name that looks like an option is one only if it is given by name.
    return ["check", *settled, "--today", TODAY, "--format", format_name, *paths]


def shortcomings_of(case: Case) -> tuple[list[str], Ran]:
    """What falls short, and the run that was looked at."""
    if case.grown is not None:
        return _growth(case)
    as_text = as_json = None
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        try:
            paths = case.make(folder)
            if not case.expect.get("plain"):
                as_json = launch(arguments(case, paths, "json"), folder)
            if case.expect.get("plain") or case.expect.get("says") or case.expect.get("hides"):
                as_text = launch(arguments(case, paths, "text"), folder)
        finally:
            _unlocked(folder)
    ran = as_json or as_text
    assert ran is not None
    return shortcomings(case, as_json, as_text), ran


def _growth(case: Case) -> tuple[list[str], Ran]:
    """Both sizes; a ratio near the limit is measured again, and the better counts."""
    small, large = _measured(case, case.make), _measured(case, case.grown)
    ratio = large.seconds / small.seconds
    if ratio > RATIO:
        ratio = min(ratio, _measured(case, case.grown).seconds / _measured(case, case.make).seconds)
    bad = [*shortcomings(case, small, None), *shortcomings(case, large, None)]
    if ratio > RATIO:
        bad.append(f"{small.seconds:.2f} s → {large.seconds:.2f} s")
    return bad, large


def _measured(case: Case, make: Callable[[Path], list[str]] | None) -> Ran:
    assert make is not None
    with tempfile.TemporaryDirectory() as place:
        return launch([*arguments(case, make(Path(place)), "json"), "--jobs", "1"], Path(place))


def launch(arguments: Sequence[str], folder: Path) -> Ran:
    """Run the checker with limits, as a user with a home of his own would."""
    environment = {
        **os.environ,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(folder.parent),
    }
    start = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "checker", *arguments], cwd=folder.parent, stdin=subprocess.DEVNULL, stdout=out,
            stderr=err, env=environment, preexec_fn=_limited,  # noqa: PLW1509 - sets limits and nothing else
            start_new_session=True,
        )  # fmt: skip
        code: int | None = None
        while True:
            ended, state, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                process.returncode = code = os.waitstatus_to_exitcode(state)
                break
            if time.monotonic() - start > _PATIENCE:
                os.killpg(process.pid, signal.SIGKILL)
                _, state, used = os.wait4(process.pid, 0)
                process.returncode = -signal.SIGKILL
                break
            time.sleep(0.02)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "replace"))
    return Ran(code, *texts, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unlocked(folder: Path) -> None:
    """Nothing in the folder keeps it from being removed."""
    for place, folders, _ in os.walk(folder):
        for name in folders:
            path = Path(place) / name
            if not path.is_symlink():
                path.chmod(0o755)
