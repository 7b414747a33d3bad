"""Stop-watches: in this process, in fresh processes, and the memory a process needs."""

from __future__ import annotations

import os
import platform
import resource
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


def process_milliseconds(command: list[str], rounds: int = 21) -> tuple[float, float]:
    """Median times of a fresh process, byte code being there already: on the clock, and of the processor.

    The processor's time says more while other programs are running.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    clock, processor = [], []
    for _ in range(rounds + 2):
        start, used = time.perf_counter(), children_seconds()
        subprocess.run(command, check=False, capture_output=True, env=environment, cwd=ROOT)
        clock.append(time.perf_counter() - start)
        processor.append(children_seconds() - used)
    return statistics.median(clock[2:]) * 1000, statistics.median(processor[2:]) * 1000


def children_seconds() -> float:
    """Processor time of all processes that this one has started and seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
