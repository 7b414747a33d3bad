"""Stop-watches: in this process, in fresh processes, and the memory a process needs."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def milliseconds(work: Callable[[], object], rounds: int = 21) -> float:
    """Median time of some runs in this process, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def process_milliseconds(command: list[str], rounds: int = 21) -> float:
    """Median time of a fresh process, byte code being there already."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for number in range(rounds + 2):
        start = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True, env=environment, cwd=ROOT)
        if number > 1:
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def peak_megabytes(program: str) -> float:
    """Peak memory of a fresh Python process that runs `program`."""
    ending = "\nimport resource; print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    done = subprocess.run(
        [sys.executable, "-c", program + ending], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return int(done.stdout.rsplit("peak", 1)[1]) / 1024


def machine() -> str:
    """The machine in a few words."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{model}，{os.cpu_count()} 核，{platform.system()} {platform.machine()}，Python {platform.python_version()}"


def row(*cells: object) -> str:
    """One line of a Markdown table; floats with two significant decimals."""
    return "| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"


def table(title: str, header: tuple[str, ...], rows: list[str]) -> str:
    """A titled Markdown table."""
    return "\n".join((f"\n## {title}\n", row(*header), row(*("---" for _ in header)), *rows, ""))
