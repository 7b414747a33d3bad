"""A check whose processes are killed while it works: a small one here, 2,000 files with `make chaos`."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys

import pytest

from quality.chaos import scenarios
from quality.chaos.folder import make_folder
from quality.chaos.processes import available
from quality.chaos.scenarios import Place, killing_workers, told_to_end, undisturbed

pytestmark = pytest.mark.skipif(not available(), reason="processes are found through /proc")


def test_nothing_is_lost_and_nothing_left_behind(tmp_path):
    place = Place(tmp_path / "files", tmp_path)
    poison = make_folder(place.folder, 60, seed=1)

    calm, expected = undisturbed(place, poison)
    killed = killing_workers(place, expected, kills=5, interval=calm.seconds / 15, seed=2)
    interrupted = told_to_end(place, signal.SIGINT, after=calm.seconds / 3, everybody=True)
    terminated = told_to_end(place, signal.SIGTERM, after=calm.seconds / 3)

    assert calm.faults == killed.faults == interrupted.faults == terminated.faults == []
    assert killed.killed > 0
    assert (interrupted.code, terminated.code) == (130, 143)
    assert {report["status"] for report in expected.values()} >= {"checked", "unreadable"}


INTERRUPTED_IMPORT = """
import sys
class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "checker.cli":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from checker.__main__ import main
main()
"""


def test_an_interrupt_before_anything_is_loaded_is_one_sentence():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "已中断。\n")


def test_the_same_seed_gives_the_same_files(tmp_path):
    first, second = (make_folder(tmp_path / name, 60, seed=3) for name in ("a", "b"))

    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


# --- what is wrong is seen --------------------------------------------------------------------------------

CHECKER = """
import json, os, signal, subprocess, sys, time
folder, output = sys.argv[2], sys.argv[sys.argv.index("--output") + 1]
problem = {"code": "damaged", "text": "打不开。"}
reports = [
    {"path": f"{folder}/{name}", "status": "unreadable" if "年报" not in name else "checked", "problem": problem}
    for name in sorted(os.listdir(folder))
]
def write():
    with open(output, "w", encoding="utf-8") as file:
        file.write(json.dumps({"reports": reports}) + "\\n")
"""
WAIT = "\ntime.sleep(20)"
END = "\nwrite()\nsys.exit(3)"
SAY = "\nsignal.signal(signal.SIGTERM, lambda *_: (sys.stderr.write({!r}), sys.stderr.flush(), {}))"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Runs a checker that is written here instead of ours."""
    monkeypatch.setattr(scenarios, "END_SECONDS", 1.0)
    monkeypatch.setattr(scenarios, "ORPHAN_SECONDS", 0.3)
    poison = make_folder(tmp_path / "files", 12, seed=1)

    def of(code):
        command = shlex.split(f"{shlex.quote(sys.executable)} -c {shlex.quote(CHECKER + code)}")
        return Place(tmp_path / "files", tmp_path, tuple(command))

    of.poison = poison
    return of


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (END, None),
        ("\nsys.stderr.write('Traceback\\nValueError: x')" + END, "追溯"),
        ("\nreports.pop()" + END, "没有结果"),
        ("\nreports.append(reports[0])" + END, "出现了几次"),
        ("\nfor one in reports: one['status'] = 'checked'" + END, "没有说明读不了"),
        ("\nproblem['text'] = 'damaged'" + END, "没有说明读不了"),
        ("\nwrite()", "退出码 0，应为 3"),
        ("\nsys.exit(3)", "没有写出结果"),
        ("\nsubprocess.Popen(['sleep', '20'], stdout=-3, stderr=-3)" + END, "还有 1 个进程"),
    ],
)  # fmt: skip
def test_faults_of_a_run_are_seen(place, code, fault):
    outcome, _ = undisturbed(place(code), place.poison)

    assert bool(outcome.faults) == bool(fault)
    assert (fault or "") in "".join(outcome.faults)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (SAY.format("已停止。\n", "sys.exit(143)") + WAIT, None),
        (SAY.format("Stopped.\n", "sys.exit(143)") + WAIT, "不是一句话"),
        (SAY.format("已停止。\n再见。\n", "sys.exit(143)") + WAIT, "不是一句话"),
        (SAY.format("已停止。\n", "sys.exit(1)") + WAIT, "退出码 1"),
        (SAY.format("已停止。\n", "open(output, 'w').close(), sys.exit(143)") + WAIT, "没有保住"),
        (SAY.format("已停止。\n", "None") + WAIT, "没有结束"),
    ],
)
def test_faults_of_an_end_are_seen(place, code, fault):
    outcome = told_to_end(place(code), signal.SIGTERM, after=0.3)

    assert bool(outcome.faults) == bool(fault)
    assert (fault or "") in "".join(outcome.faults)


def test_a_lost_file_is_seen(place):
    _, expected = undisturbed(place(END), place.poison)

    outcome = killing_workers(place("\nreports.pop()" + END), expected, kills=0, interval=1, seed=1)

    assert "丢了 1 份文件" in "".join(outcome.faults)


def test_a_file_that_is_judged_otherwise_is_seen(place):
    _, expected = undisturbed(place(END), place.poison)

    outcome = killing_workers(
        place("\nreports[-1]['verdict'] = 'pass'" + END), expected, kills=0, interval=1, seed=1
    )

    assert "结果不同" in "".join(outcome.faults)
