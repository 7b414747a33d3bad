"""What a round of an office's season costs, and comparing the texts of a hundred thousand reports."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import ROOT, children_seconds, row, table

sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests" / "office"))

from county import (
    COUNTY,
    REPEATED,
    Unit,
    report,
    with_text,
    with_wrong_cell,
)  # the made-up county lives with the tests
from samples import SampleReport, write

_SIZES = (200, 1000)
_SECONDS = 120
_MEGABYTES = 100
_JOBS = 2
_EVERY = 4
"""One unit in so many has an error, and gets a notice with an annotated copy."""
_SIGNS = (
    "山川河谷林泉石云雨雪风霜松柏竹梅兰桂桃李杏枫杨柳江湖海塘桥亭"
    "台阁楼坊街巷村庄园圃田野坡岭峰崖洞潭溪涧滩洲岛港湾渡"
)
_REPORTS = 100_000
_COPY_SECONDS, _COPY_MEGABYTES = 60, 500


def season() -> str:
    """Fresh processes: `checker collect` on inboxes of Word documents, two processes each."""
    rows, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        for count in _SIZES:
            place = Path(folder) / str(count)
            _inbox(place, count)
            command = ["collect", "收件箱", "--units", "单位.csv", "-o", "结果", "--today", "2025-02-10"]
            clock, processor, peak = _run(place, [*command, "-j", str(_JOBS), "--no-config", "-q"])
            peaks.append(peak)
            bound = ""
            if count == _SIZES[-1]:
                bound = f"处理器不超过 {_SECONDS} 秒：{_met(processor, _SECONDS)}"
                bound += f"；不超过 {_MEGABYTES} MB：{_met(peak, _MEGABYTES)}"
            rows.append(row(f"{count} 家", clock, processor, peak, bound))
    rows.append(row("内存之比", "", "", peaks[-1] / peaks[0], ""))
    return table("收一轮年报（两个进程）", ("单位", "秒", "处理器秒", "峰值 MB", "要求"), rows)


def copied_text() -> str:
    """A fresh process: one report in a hundred has taken most of its sentences from another one."""
    done = subprocess.run(
        [sys.executable, "-c", _COPIES.format(reports=_REPORTS)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    found, planted, seconds, peak = map(float, done.stdout.split())
    rows = [
        row(
            "找到的雷同／安排的",
            f"{found:.0f}／{planted:.0f}",
            "应当相等：" + ("达到" if found == planted else "未达到"),
        ),
        row("处理器秒", seconds, f"不超过 {_COPY_SECONDS}：{_met(seconds, _COPY_SECONDS)}"),
        row("峰值 MB", peak, f"不超过 {_COPY_MEGABYTES}：{_met(peak, _COPY_MEGABYTES)}"),
    ]
    return table(f"{_REPORTS} 份报告比文字", ("项目", "数值", "要求"), rows)


def _met(value: float, bound: float) -> str:
    return "达到" if value <= bound else "未达到"


def _inbox(place: Path, count: int) -> None:
    """An inbox in which no two units say the same, each with a folder of its own, and the list."""
    lines = ["单位,类别,层级"]
    for number in range(count):
        chance = random.Random(number)  # noqa: S311  # the same in every run
        short = f"{_SIGNS[number % 50]}{_SIGNS[number // 50]}局"
        unit = Unit(COUNTY + short, short, "department", number)
        made = report(unit)
        for phrase in _phrases(made):
            made = with_text(made, phrase, "".join(chance.choices(_SIGNS, k=5)))
        if number % _EVERY == 0:
            made = with_wrong_cell(made)
        file = place / "收件箱" / short / f"{short}2024年年报.docx"
        file.parent.mkdir(parents=True)
        file.write_bytes(write(made, "docx"))
        lines.append(f"{unit.name},部门,县级")
    (place / "单位.csv").write_text("\n".join(lines), encoding="utf-8-sig")


def _phrases(made: SampleReport) -> list[str]:
    """The phrases in which reports of the made-up county repeat one another."""
    text = str(made)
    return [one for one in REPEATED if one in text]


def _run(place: Path, arguments: list[str]) -> tuple[float, float, float]:
    """Seconds on the clock and of processors, and the peak of the main process in MB, which holds what grows."""
    start, used = time.perf_counter(), children_seconds()
    done = subprocess.run(
        [sys.executable, "-c", _COLLECT, *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return time.perf_counter() - start, children_seconds() - used, int(done.stdout.split()[-1]) / 1024


_COLLECT = """
import re, sys
from pathlib import Path
from checker.cli import main
try:
    main()
except SystemExit as end:
    if end.code:
        raise
print(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])
"""
"""What the system reports of a process that has ended would count its parent's memory too."""
_COPIES = """
import random, re, time
from array import array
from base64 import b64encode
from pathlib import Path

from checker.api import load_rulebook
from checker.judging.figures import Figures
from checker.judging.run_subject import RunSubject
from checker.kinds.copying.prints import BEFORE_CLAUSES
from checker.kinds.kind import gathering_key
from checker.model.bodies import Bodies, Unit
from checker.model.report import Identity

SENTENCES = 18
rulebook = load_rulebook()
(check,) = [one for one in rulebook.rules["SET-05"].checks if one.kind == "copied_text"]
key, _ = check.gather
form = next(iter(rulebook.forms.values()))
chance = random.Random(1)

def packed(digests):
    numbers = array("H")
    for ordinal in range(SENTENCES):
        numbers.extend((1, ordinal, 40, 0, 0))
    columns = (array("H", [SENTENCES]), *(array("Q", digests) for _ in range(3)), numbers)
    return b64encode(b"".join(one.tobytes() for one in columns)).decode() + BEFORE_CLAUSES

units, reports, planted, last = [], [], 0, None
for number in range({reports}):
    digests = [chance.getrandbits(64) for _ in range(SENTENCES)]
    if number % 100 == 99:
        digests[:15] = last[:15]
        planted += 1
    last = digests
    name = f"云溪县{{number}}局"
    units.append(Unit(name))
    reports.append(
        Figures(
            f"{{number}}.docx", Identity(agency=name, year=2024), form, None, {{}}, gathered={{key: packed(digests)}}
        )
    )
subject = RunSubject(reports=reports, bodies=Bodies(units=tuple(units)))
before = time.process_time()
found = sum(one is not None for one in check.judge(subject))
peak = int(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1]) / 1024
print(found, planted, time.process_time() - before, peak)
"""
