"""What is done to a check while it works, and what may not come of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from quality.chaos.processes import MARK, Killer, marked

END_SECONDS: Final = 10.0
"""In which a check that is told to end has ended."""
_DONE_SECONDS: Final = 0.5
"""A check that ends so soon after a signal, with its result, was done when it came."""
ORPHAN_SECONDS: Final = 3.0
"""In which its processes have ended too."""
_EXIT_UNREADABLE: Final = 3
_OLD: Final = "以前的结果"

Reports = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        name: what was done to it.
        seconds: how long it took.
        code: its exit code; negative for a death by a signal.
        complaint: what it wrote to the error stream.
        written: what its output file holds in the end.
        left: processes that were still there some time later.
        killed: how many were killed.
        lost: for each file that could not be checked, only because of what was done, what its result says.
        faults: what should not have happened, in words.
    """

    name: str
    seconds: float = 0
    code: int = 0
    complaint: str = ""
    written: str = ""
    left: list[int] = field(default_factory=list)
    killed: int = 0
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the runs take place.

    Attributes:
        folder: the files.
        work: for outputs and the cache of rules.
        command: starts the checker.
    """

    folder: Path
    work: Path
    command: tuple[str, ...] = (sys.executable, "-m", "checker")


class _Running:
    """A check that works on the folder, and all that is known about it in the end."""

    def __init__(self, place: Place, name: str) -> None:
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as for what a script starts in the background
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.outcome = Outcome(name)
        self.mark = uuid.uuid4().hex
        self._output = place.work / f"{self.mark}.json"
        self._output.write_text(_OLD, encoding="utf-8")
        self._began = time.monotonic()
        self.process = subprocess.Popen(
            [*place.command, "check", str(place.folder), "--no-config", "--jobs", "2", "--today", "2025-03-01",
             "--fail-on", "never", "--format", "json", "--output", str(self._output)],
            env={**os.environ, MARK: self.mark, "CHECKER_CACHE_DIR": str(place.work / "cache")},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip

    def end(self, seconds: float | None = None) -> Outcome:
        """Wait for the end; a check that does not come to it in time is killed with all its processes."""
        outcome = self.outcome
        try:
            _, outcome.complaint = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            outcome.faults.append(f"{seconds:g} 秒内没有结束")
            os.killpg(self.process.pid, signal.SIGKILL)
            _, outcome.complaint = self.process.communicate()
        outcome.seconds = time.monotonic() - self._began
        outcome.code = self.process.returncode
        outcome.left = _left(self.mark)
        for process in outcome.left:
            os.kill(process, signal.SIGKILL)
        outcome.written = self._output.read_text(encoding="utf-8")
        self._output.unlink()
        if outcome.left:
            outcome.faults.append(f"{ORPHAN_SECONDS:g} 秒后还有 {len(outcome.left)} 个进程")
        if "Traceback" in outcome.complaint:
            outcome.faults.append(f"错误输出里有追溯：{outcome.complaint.splitlines()[-1]}")
        return outcome


def _left(mark: str) -> list[int]:
    end = time.monotonic() + ORPHAN_SECONDS
    while (left := marked(mark)) and time.monotonic() < end:
        time.sleep(0.02)
    return left


def undisturbed(place: Place, poison: Sequence[Path]) -> tuple[Outcome, Reports]:
    """A run that nothing happens to; what it says, the other runs have to say."""
    _compile_rules(place)
    outcome = _Running(place, "不受干扰").end()
    reports = _reports(outcome, _EXIT_UNREADABLE)
    files = {path.as_posix() for path in place.folder.iterdir()}
    outcome.faults += [f"没有结果：{path}" for path in sorted(files - _files(reports))[:3]]
    for path in poison:
        told = [report for name, report in reports.items() if name.partition("!")[0] == path.as_posix()]
        if not all(report["status"] != "checked" and _is_told(report) for report in told):
            outcome.faults.append(f"没有说明读不了：{path.name}")
    return outcome, reports


def _compile_rules(place: Place) -> None:
    """Once for all runs, which then take about as long as each other."""
    environment = {**os.environ, "CHECKER_CACHE_DIR": str(place.work / "cache")}
    subprocess.run([*place.command, "rules", "list"], env=environment, capture_output=True, check=False)


def killing_workers(place: Place, expected: Reports, *, kills: int, interval: float, seed: int) -> Outcome:
    """Its processes are killed at random; only files that one was busy with may have no verdict, and say so."""
    running = _Running(place, "随机杀死工作进程")
    killer = Killer(running.mark, running.process.pid, kills, interval, seed)
    killer.start()
    outcome = running.end()
    killer.stop()
    outcome.killed = killer.killed
    reports = _reports(outcome, _EXIT_UNREADABLE)
    if outcome.complaint and not _is_one_sentence(outcome.complaint):
        outcome.faults.append(f"错误输出不止一句：{outcome.complaint[:200]}")
    if missing := sorted(_files(expected) - _files(reports)):
        outcome.faults.append(f"丢了 {len(missing)} 份文件，如 {missing[0]}")
    for name, report in reports.items():
        if report == expected.get(name):
            continue
        if report["status"] != "unreadable":
            outcome.faults.append(f"结果不同：{name}")
        elif not _is_told(report):
            outcome.faults.append(f"没有说明：{name}")
        outcome.lost.append((report["problem"] or {}).get("text", ""))
    if len(outcome.lost) > outcome.killed:
        outcome.faults.append(f"杀死 {outcome.killed} 个进程，却有 {len(outcome.lost)} 份文件没有查成")
    return outcome


def told_to_end(place: Place, number: signal.Signals, *, after: float, everybody: bool = False) -> Outcome:
    """A signal comes; the check ends soon, says so in one sentence, and leaves the old result alone.

    Args:
        place: where.
        number: the signal.
        after: seconds after the start; halved as long as the check is done by then.
        everybody: it comes to all processes, as Ctrl-C does.
    """
    words = "全部进程" if everybody else "主进程"
    running = _Running(place, f"{after:.2f} 秒后{words}收到 {number.name}")
    time.sleep(after)
    if running.process.poll() is None:
        (os.killpg if everybody else os.kill)(running.process.pid, number)
    outcome = running.end(END_SECONDS)
    if outcome.code == _EXIT_UNREADABLE and outcome.seconds < after + _DONE_SECONDS:
        return told_to_end(place, number, after=after / 2, everybody=everybody)
    if outcome.code not in (128 + number, -number):
        outcome.faults.append(f"退出码 {outcome.code}，应为 {128 + number}")
    if not _is_one_sentence(outcome.complaint):
        outcome.faults.append(f"不是一句话：{outcome.complaint[:200]!r}")
    if outcome.written != _OLD and not outcome.written.endswith("}\n"):
        outcome.faults.append("原有的结果没有保住，新的也不全")
    return outcome


def _is_one_sentence(text: str) -> bool:
    """Whether it is one line in Chinese; Ctrl-C puts an empty one in front of it."""
    return "\n" not in text.strip() and text.endswith("。\n")


def _reports(outcome: Outcome, code: int) -> Reports:
    """The reports of a run that came to its end, by their names."""
    if outcome.code != code:
        outcome.faults.append(f"退出码 {outcome.code}，应为 {code}")
    try:
        reports = json.loads(outcome.written)["reports"]
    except ValueError:
        outcome.faults.append("没有写出结果")
        return {}
    names = [report["path"] for report in reports]
    if len(set(names)) != len(names):
        outcome.faults.append("有的文件出现了几次")
    return dict(zip(names, reports, strict=True))


def _files(reports: Reports) -> set[str]:
    return {name.partition("!")[0] for name in reports}


def _is_told(report: dict[str, Any]) -> bool:
    """Whether it says in Chinese why there is no verdict."""
    problem = report["problem"]
    return problem is not None and problem["text"].endswith("。")


def all_scenarios(
    place: Place, poison: Sequence[Path], *, kills: int, interval: float, seed: int
) -> Iterator[Outcome]:
    """Every scenario, one after the other."""
    outcome, expected = undisturbed(place, poison)
    yield outcome
    yield killing_workers(place, expected, kills=kills, interval=interval, seed=seed)
    for part in (0.15, 0.4, 0.7):
        after = min(part * outcome.seconds, 20 * part)
        yield told_to_end(place, signal.SIGINT, after=after)
        yield told_to_end(place, signal.SIGINT, after=after, everybody=True)
        yield told_to_end(place, signal.SIGTERM, after=after)
