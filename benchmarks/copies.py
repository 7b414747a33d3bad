"""What writing the author's copy costs beside checking alone."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import ROOT, process_milliseconds, row, table

sys.path.insert(0, str(ROOT / "tests"))

from faults import FAULTS  # the made-up reports live with the tests
from samples import write
from variants import kept

from checker.api import annotate, check

_PAGES = 20
_CHARACTERS_OF_A_PAGE = 700
_ROUNDS = 7
_BOUND = 1.5


def author_copies() -> str:
    """Fresh processes: `checker annotate` beside `checker check`, a report a format."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, data in _files():
            file = Path(folder) / name
            file.write_bytes(data)
            commands = (
                ["check", str(file), "--fail-on", "never"],
                ["annotate", str(file), "--propose", "-o", folder + "/copies/"],
            )
            times = [
                process_milliseconds([sys.executable, "-m", "checker", *command], _ROUNDS)
                for command in commands
            ]
            ratio = times[1][1] / times[0][1]
            met = "达到" if ratio <= _BOUND else "未达到"
            rows.append(
                row(name, len(data) // 1024, times[0][1], times[1][1], ratio, f"不超过 {_BOUND}：{met}")
            )
    header = ("文件", "KB", "检查（处理器毫秒）", "检查并写副本（处理器毫秒）", "倍数", "要求")
    return table("批注的副本", header, rows)


def _files() -> list[tuple[str, bytes]]:
    report = next(fault for fault in FAULTS if fault.rule == "T3-02" and fault.place).report
    first, *others = report.sections
    text = first.paragraphs[0]
    times = _PAGES * _CHARACTERS_OF_A_PAGE // len(text)
    long = replace(
        report, sections=(replace(first, paragraphs=(*first.paragraphs, *[text] * times)), *others)
    )
    word = write(long, "docx")
    return [
        ("20 页.docx", word),
        ("20 页（已有批注和修订）.docx", annotate(word, check(word, name="20 页.docx"), propose=True)),
        ("一份.txt", write(report, "txt")),
        *((f"一份.{suffix}", kept()[f"health.{suffix}"]) for suffix in ("pdf", "xlsx")),
    ]
