"""`--watch`: a script of what happens to the file, told in ticks, and what is checked and shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import run_checker
from faults.changes import cell
from samples import DEPARTMENT_2024, write

from checker.api import run_of
from checker.cli.watch import Interrupt, ReportWatch, WatchEnvironment, stamp_of
from checker.model.findings import Finding, Problem, ReportResult, Severity, Status
from checker.model.place import Place
from checker.rulebook.store import load_rulebook
from checker.writers.shared.options import WritingOptions

FILE = Path("报告.docx")
GOOD, LOCKED = "good", "locked"


class Script:
    """A file whose state changes with every look at it; the end of the script is the user's Ctrl-C.

    Args:
        stamps: what each look sees: a number for a version of the file, None while it is not there.
        contents: what each check finds: rule ids, or `LOCKED` for a file that cannot be read.
    """

    def __init__(self, stamps, contents):
        self.stamps = iter(stamps)
        self._contents = iter(contents)
        self.checks = 0
        self.shown = []

    def stamp(self, _file):
        try:
            version = next(self.stamps)
        except StopIteration:
            raise KeyboardInterrupt from None
        return None if version is None else (version, version, version)

    def check(self, _file):
        self.checks += 1
        found = next(self._contents)
        if found == LOCKED:
            result = ReportResult(
                FILE.name, None, Status.UNREADABLE, Problem("no_permission", "没有读取这个文件的权限。")
            )
        else:
            findings = tuple(
                Finding(rule, rule, Severity.ERROR, rule, "", Place(), fingerprint=rule) for rule in found
            )
            result = ReportResult(FILE.name, None, Status.SKIPPED, Problem("x", "。"), findings=findings)
        return run_of(load_rulebook(), [result])

    def watch(self):
        environment = WatchEnvironment(
            stamp=self.stamp,
            sleep=lambda _seconds: None,
            show=self.shown.append,
            clock=lambda: "09:30:00",
            clears=False,
        )
        with pytest.raises(KeyboardInterrupt):
            ReportWatch(FILE, self.check, WritingOptions(), environment).forever()
        return self


def heads(script):
    """The lines that say how often it was checked and what has changed."""
    return [
        line.removeprefix("09:30:00 ").partition("，保存后")[0]
        for text in script.shown
        for line in text.splitlines()
        if line.startswith("09:30:00")
    ]


def test_a_save_is_checked_once_and_compared():
    script = Script([1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3], [["A", "B"], ["B", "C"], ["B", "C"]]).watch()

    assert script.checks == 3
    assert heads(script) == ["第 1 次检查", "第 2 次检查：改好 1 处，新增 1 处", "第 3 次检查：问题没有变化"]


def test_a_file_that_is_still_growing_is_waited_for():
    script = Script([1, 1, 1, 2, 3, 4, 5, 5, 5], [["A"], []]).watch()

    assert script.checks == 2
    assert heads(script)[-1] == "第 2 次检查：改好 1 处"


def test_an_editor_that_puts_a_new_file_in_its_place():
    script = Script([1, 1, 1, None, None, 2, 2, 2], [["A"], []]).watch()

    assert script.checks == 2
    assert not any("不在了" in text for text in script.shown)


def test_a_file_that_stays_away_is_told_once_and_checked_when_it_is_back():
    script = Script([1, 1, 1, *[None] * 12, 2, 2, 2], [["A"], []]).watch()

    assert script.checks == 2
    assert sum("不在了" in text for text in script.shown) == 1


def test_a_locked_or_half_written_file_is_tried_again():
    script = Script([1, 1, 1, 2, 2, 2, 2], [["A"], LOCKED, LOCKED, []]).watch()

    assert script.checks == 4
    assert heads(script) == ["第 1 次检查", "第 2 次检查：改好 1 处"]


def test_a_file_that_stays_unreadable_is_told():
    script = Script([1, 1, 1, 2, 2, 2, 2], [["A"], *[LOCKED] * 4]).watch()

    assert "没有读取这个文件的权限" in script.shown[-1]


def test_the_stamp_tells_a_new_file_of_the_same_size(tmp_path):
    file, other = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_text("甲", encoding="utf-8")
    other.write_text("乙", encoding="utf-8")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    before = stamp_of(file)
    other.replace(file)

    assert stamp_of(file) != before
    assert stamp_of(tmp_path / "absent") is None


@pytest.fixture
def handler():
    """Whatever a test does to the handler of Ctrl-C, it is undone."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class InterruptedWhileDying:
    """An object during whose end Ctrl-C is pressed; Python drops the exception."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("handler")
def test_an_interrupt_whose_exception_is_lost_ends_the_watch_all_the_same(monkeypatch):
    lost = []
    monkeypatch.setattr(sys, "unraisablehook", lambda event: lost.append(event.exc_type))
    script = Script([1] * 1000, [["A"]])
    interrupt = Interrupt()
    interrupt.listen()

    def show(text):
        script.shown.append(text)
        InterruptedWhileDying()

    environment = WatchEnvironment(script.stamp, interrupt.sleep, show, lambda: "09:30:00", clears=False)
    with pytest.raises(KeyboardInterrupt):
        ReportWatch(FILE, script.check, WritingOptions(), environment).forever()

    assert lost == [KeyboardInterrupt]
    assert next(script.stamps) == 1, "ended by the end of the script and not by the interrupt"


@pytest.mark.usefixtures("handler")
def test_an_interrupt_ends_what_is_being_done():
    interrupt = Interrupt()
    interrupt.listen()

    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupt.sleep(1000)


@pytest.mark.usefixtures("handler")
def test_a_process_that_ignores_interrupts_goes_on_ignoring_them():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    interrupt = Interrupt()
    interrupt.listen()
    signal.raise_signal(signal.SIGINT)

    interrupt.sleep(0)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("a.txt", "b.txt"), "只盯一份"),
        (("-",), "只盯一份"),
        (("a.txt", "--format", "json"), "不能和 --format"),
        (("a.txt", "-o", "a.html"), "不能和 --format"),
    ],
)
def test_what_cannot_be_watched(monkeypatch, capsys, tmp_path, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(write(DEPARTMENT_2024, "txt"))

    ran = run_checker(monkeypatch, capsys, "check", "--watch", *arguments)

    assert ran.code == 2
    assert sentence in ran.err


@pytest.mark.skipif(os.name == "nt", reason="sends an interrupt as a terminal does")
def test_a_real_file_is_watched_until_interrupted(tmp_path):
    file, log = tmp_path / "报告.txt", tmp_path / "log"
    file.write_bytes(write(cell("T3[S, natural]", "7")(DEPARTMENT_2024), "txt"))
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "checker", "check", file, "--watch"]
        process = subprocess.Popen(command, stdout=stream, stderr=stream)  # ours
    try:
        wait_for(log, "第 1 次检查")
        file.write_bytes(write(DEPARTMENT_2024, "txt"))
        wait_for(log, "第 2 次检查：改好 1 处")
        assert interrupted(process) == 0
    finally:
        process.kill()
        process.wait()
    assert log.read_text(encoding="utf-8").endswith("已停止。\n")


def interrupted(process):
    """Exit code after Ctrl-C, pressed again as a person would if nothing happens."""
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        try:
            return process.wait(3)
        except subprocess.TimeoutExpired:
            continue
    return None


def wait_for(log, words):
    """Wait until the program has said something."""
    for _ in range(200):
        if words in log.read_text(encoding="utf-8"):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
