"""`make bench-scale`: a province's reports on one machine, and what that says of a hundred thousand.

`python -m benchmarks.scale [N] [--write]` makes N mixed reports (10,000 unless told otherwise; fewer show the same
ratios sooner) and has the command line check them in fresh processes. CPU is that of all processes together; memory
is the peak of the main process and that of its largest helper.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.keeping import keep
from benchmarks.measure import ROOT, children_seconds, machine, row, table

sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests" / "office"))

from county import COUNTY, Unit, report, with_wrong_cell  # the made-up county lives with the tests
from samples import write

USUAL: Final = 10_000
_PROVINCE: Final = 100_000
_FORMATS: Final = ("docx", "html", "docx", "txt", "html", "docx", "md", "html", "docx", "pdf")
"""What offices hand in; every PDF is the same print, with other bytes at its end."""
_PDF: Final = ROOT / "tests" / "readers" / "data" / "pdf" / "chrome.pdf"
_EVERY: Final = 4
"""One report in so many has an error."""
_WRITTEN: Final = ("json", "html", "text", "sarif", "csv")
_MOST_WRITTEN: Final = 1000
_YEARS: Final = (2023, 2024)
_SIGNS: Final = "山川河谷林泉石云雨雪风霜松柏竹梅兰桂桃李杏枫杨柳江湖海塘桥亭"


_LETTERS: Final = 4
"""Of a name; enough for nearly a million units."""
_KNOWN: Final = 0.85
"""So many reports tell whose they are: all but the PDF, which are one print. Else two years would not meet."""


class Cost(NamedTuple):
    """What a command took: seconds on the clock and of processors, peaks in MB of the main process and a helper."""

    clock: float
    processor: float
    main: float
    helper: float


def make_reports(folder: Path, count: int) -> Path:
    """Reports of two years, a folder each, from units that are all in a list; returns the list."""
    names = []
    for number in range(count):
        chance = random.Random(number)  # noqa: S311  # the same in every run
        short = _name_of(number) + chance.choice(("水利局", "林业局", "文化局", "审计局"))
        unit = Unit(COUNTY + short, short, "department", number)
        names.append(f"{unit.name},部门,县级")
        for year in _YEARS:
            ending = _FORMATS[number % len(_FORMATS)]
            file = folder / str(year) / f"{number % 100:02}" / f"{short}{year}年年报.{ending}"
            file.parent.mkdir(parents=True, exist_ok=True)
            if ending == "pdf":
                file.write_bytes(_PDF.read_bytes() + b"%% %d %d\n" % (number, year))
                continue
            made = report(unit, year=year)
            file.write_bytes(write(made if number % _EVERY else with_wrong_cell(made), ending))
    listed = folder / "单位.csv"
    listed.write_text("\n".join(["单位,类别,层级", *names]), encoding="utf-8-sig")
    return listed


def _name_of(number: int) -> str:
    """A name that no other number has, without digits: with them it would not be taken for that of a body."""
    signs = []
    for _ in range(_LETTERS):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(reversed(signs))


def run(folder: Path, *arguments: str) -> Cost:
    """Run the command line in a fresh process, and look at its memory and that of its helpers while it runs."""
    command = [sys.executable, "-m", "checker", *arguments]
    before, start = children_seconds(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    peaks: dict[int, float] = {}
    watching = threading.Thread(target=_watch, args=(process, peaks))
    watching.start()
    code = process.wait()
    watching.join()
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)}: {code}")
    clock, processor = time.perf_counter() - start, children_seconds() - before
    helpers = [peak for number, peak in peaks.items() if number != process.pid]
    return Cost(clock, processor, peaks.get(process.pid, 0.0), max(helpers, default=0.0))


def _watch(process: subprocess.Popen[bytes], peaks: dict[int, float]) -> None:
    while process.poll() is None:
        for number in (process.pid, *_descendants(process.pid)):
            try:
                status = Path(f"/proc/{number}/status").read_text(encoding="utf-8")
            except OSError:
                continue
            peak = re.search(r"VmHWM:\s+(\d+)", status)
            peaks[number] = max(peaks.get(number, 0.0), int(peak[1]) / 1024 if peak else 0.0)
        time.sleep(0.2)


def _descendants(number: int) -> Iterator[int]:
    for task in Path(f"/proc/{number}/task").glob("*"):  # each thread has the children that it has started
        try:
            children = (task / "children").read_text(encoding="utf-8").split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from _descendants(child)


def scale(count: int) -> str:
    """All tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_reports(folder, count)
        costs = _runs(folder)
        _refuse_strangers(folder / "一个进程.jsonl", count)
        same = {(folder / f"{name}.jsonl").read_bytes() for name in ("一个进程", "两个进程", "集群")}
        costs["compare（同一批的两次结果）"] = run(folder, "compare", "一个进程.jsonl", "两个进程.jsonl")
        written = _writers(folder, min(count, _MOST_WRITTEN))
    rows = [
        row(what, cost.clock, cost.processor, _each(what, cost, count), cost.main, cost.helper)
        for what, cost in costs.items()
    ]
    title = "一省的规模"
    made = f"{dt.datetime.now(dt.timezone.utc):%Y-%m-%d}，{machine()}；{count} 家单位，各有两年的年报。"
    header = ("命令", "秒", "处理器秒", "一份的处理器毫秒", "主进程峰值 MB", "最大的工作进程 MB")
    alike = f"三种跑法的结果{'逐字节相同' if len(same) == 1 else '不相同！'}。{_ratios(costs)}"
    return "\n\n".join(
        (table(title, header, rows).rstrip(), made, alike, written, _extrapolated(costs, count))
    )


def _refuse_strangers(file: Path, count: int) -> None:
    with file.open(encoding="utf-8") as lines:
        known = sum(bool(json.loads(line).get("identity", {}).get("agency")) for line in lines)
    if known < count * _KNOWN:
        raise SystemExit(f"only {known} of {count} reports tell whose they are: nothing could be compared")


def _runs(folder: Path) -> dict[str, Cost]:
    plain = ("--no-config", "--today", "2025-02-10", "-q", "--format", "jsonl", "-o")
    last, this = map(str, _YEARS)
    quarter = [f"{this}/{number:02}" for number in range(25)]
    return {
        "四分之一，--jobs 1": run(folder, "check", *quarter, *plain, "四分之一.jsonl", "-j", "1"),
        "--jobs 1": run(folder, "check", this, *plain, "一个进程.jsonl", "-j", "1"),
        "--jobs 2": run(folder, "check", this, *plain, "两个进程.jsonl", "-j", "2"),
        "--cluster local:2": run(folder, "check", this, *plain, "集群.jsonl", "--cluster", "local:2"),
        "--units，--jobs 2": run(
            folder, "check", this, *plain, "清单.jsonl", "-j", "2", "--units", "单位.csv"
        ),
        "上一年，--jobs 2": run(folder, "check", last, *plain, "上一年.jsonl", "-j", "2"),
        "--previous，--jobs 2": run(
            folder, "check", this, *plain, "对照.jsonl", "-j", "2", "--previous", last
        ),
        "两年一起，--jobs 2": run(folder, "check", last, this, *plain, "两年.jsonl", "-j", "2"),
    }


def _each(what: str, cost: Cost, count: int) -> float:
    """Milliseconds of processors that a report took."""
    return cost.processor * 1000 / (count * (0.25 if "四分之一" in what else 2 if "两年" in what else 1))


def _ratios(costs: dict[str, Cost]) -> str:
    one, two, years = (costs[name] for name in ("--jobs 1", "--jobs 2", "两年一起，--jobs 2"))
    apart = two.processor + costs["上一年，--jobs 2"].processor
    return (
        f"处理器时间：--jobs 2 是 --jobs 1 的 {two.processor / one.processor:.2f} 倍，集群是"
        f" {costs['--cluster local:2'].processor / one.processor:.2f} 倍，--units 是"
        f" {costs['--units，--jobs 2'].processor / two.processor:.2f} 倍，--previous 是"
        f" {costs['--previous，--jobs 2'].processor / two.processor:.2f} 倍；两年一起是两年分开的"
        f" {years.processor / apart:.2f} 倍（要求不超过 1.15）。"
    )


def _writers(folder: Path, count: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _WRITE, str(count), *_WRITTEN],
        check=True, capture_output=True, text=True, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return f"写结果（{count} 份，一份的处理器毫秒）：{done.stdout.strip()}。"


_WRITE: Final = """
import sys, time
from pathlib import Path
from checker.api import check_files, load_rulebook
from checker.run.pipeline import CheckOptions
from checker.writers import output_named
from checker.writers.shared.options import WritingOptions
count = int(sys.argv[1])
files = sorted(path for path in Path("2024").rglob("*") if path.is_file())[:count]
run = check_files(files, load_rulebook(), CheckOptions())
told = []
for name in sys.argv[2:]:
    begun = time.process_time()
    for _ in output_named(name).write(run, WritingOptions()):
        pass
    told.append(f"{name} {(time.process_time() - begun) * 1000 / count:.2f}")
print("；".join(told))
"""


def _extrapolated(costs: dict[str, Cost], count: int) -> str:
    """What a hundred thousand would take, from this run and a quarter of it."""
    whole, part = costs["--jobs 1"], costs["四分之一，--jobs 1"]
    files, fewer = count, count / 4
    each = (whole.processor - part.processor) / (files - fewer)
    growth = max(whole.main - part.main, 0.0) / (files - fewer)
    hours = each * _PROVINCE / 3600
    return (
        f"推算 {_PROVINCE} 份：多查一份要 {each * 1000:.1f} 毫秒处理器时间（四分之一与全部之差），"
        f"共 {hours:.1f} 个处理器小时，八个处理器约 {hours / 8 * 60:.0f} 分钟；主进程的内存每千份多"
        f" {growth * 1000:.1f} MB，约 {whole.main + growth * (_PROVINCE - files):.0f} MB（不到几千份时推得偏大）。"
        "这样推算的前提：格式的比例和长短与这里相同；一份的用时不随份数增加"
        f"（四分之一时一份 {part.processor * 1000 / fewer:.1f} 毫秒，全部时"
        f" {whole.processor * 1000 / files:.1f} 毫秒）；处理器各做各的，磁盘跟得上；"
        "两年对照、清单和雷同另算，比例见上。"
    )


def main() -> None:
    """Measure, print, and keep the tables if asked to."""
    numbers = [argument for argument in sys.argv[1:] if argument.isdecimal()]
    told = scale(int(numbers[0]) if numbers else USUAL)
    print(told)
    if "--write" in sys.argv:
        keep([told])


if __name__ == "__main__":
    main()
