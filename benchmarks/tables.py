"""The tables of `make bench`."""

from __future__ import annotations

import compileall
import io
import shutil
import sys
import tempfile
import xml.parsers.expat
import zipfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from benchmarks.measure import ROOT, milliseconds, peak_megabytes, process_milliseconds, row, table
from benchmarks.pdf_floor import hand_over
from checker.judging.engine import run
from checker.judging.subject import Subject
from checker.model.document import Document, Paragraph
from checker.readers import read_document
from checker.rulebook.store import load_rulebook
from checker.run.pipeline import CheckOptions, check_bytes
from checker.startup.records import replace
from checker.understand import understand

sys.path.insert(0, str(ROOT / "tests"))

from samples import DEPARTMENT_2024, write  # the sample reports live with the tests

_COLD = 1.7
PDF = ROOT / "tests" / "readers" / "data" / "pdf" / "chrome.pdf"


def cold_start() -> str:
    """A whole process from the command line to JSON, beside one that imports two libraries."""
    compileall.compile_dir(str(ROOT / "checker"), quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "one.txt"
        report.write_bytes(write(DEPARTMENT_2024, "txt"))
        base = process_milliseconds([sys.executable, "-c", "import click, yaml"])
        rows = [row('`python -c "import click, yaml"`', *base, 1.0, 1.0, "")]
        for name, command in (
            ("`checker check one.txt --format json`", ["--format", "json"]),
            ("`checker check one.txt`", []),
        ):
            spent = process_milliseconds([sys.executable, "-m", "checker", "check", str(report), *command])
            ratios = [mine / its for mine, its in zip(spent, base, strict=True)]
            met = "达到" if ratios[1] <= _COLD else "未达到"
            rows.append(row(name, *spent, *ratios, f"处理器倍数不超过 {_COLD}：{met}" if command else ""))
    return table("冷启动", ("命令", "毫秒", "处理器毫秒", "倍数", "处理器倍数", "要求"), rows)


def rulebook_loading() -> str:
    """Rule files to rulebook: kept from an earlier run; and whole runs in a checkout, the first one and the next.

    An installed program brings its rules compiled: its first run compiles nothing.
    """
    load_rulebook()
    rows = [row("规则集已编译，新进程首次载入（处理器）", _first_load(), "不超过 15")]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "one.txt"
        report.write_bytes(write(DEPARTMENT_2024, "txt"))
        command = [sys.executable, "-m", "checker", "check", str(report), "--format", "json"]
        anew = process_milliseconds(["env", f"XDG_CACHE_HOME={folder}", "sh", "-c", _ANEW, "sh", *command], 3)
        again = process_milliseconds(command, 5)
    rows += [
        row("源码里改了规则后的第一次检查（处理器）", anew[1], ""),
        row("以后各次（处理器）", again[1], ""),
        row("第一次是以后的几倍（安装的程序自带编译好的规则，没有这一步）", anew[1] / again[1], ""),
    ]
    return table("载入规则", ("情形", "毫秒", "要求"), rows)


_ANEW = 'rm -rf "$XDG_CACHE_HOME"/*/rulebooks; exec "$@"'


def _first_load() -> float:
    """Loading the kept rulebook as the first thing a process does, imports not counted."""
    program = (
        "import time; from checker.rulebook.store import load_rulebook as load; start = time.process_time();"
        "load(); print('peak', (time.process_time() - start) * 1000000)"
    )
    import statistics  # noqa: PLC0415  # only here
    import subprocess  # noqa: PLC0415  # only here

    times = []
    for _ in range(9):
        done = subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
        )
        times.append(float(done.stdout.split()[1]) / 1000)
    return statistics.median(times)


def warm_check() -> str:
    """One report after another in one process: reading, understanding and all rules."""
    rulebook = load_rulebook()
    options = CheckOptions()
    rows = []
    for suffix, floor, limit in (
        ("txt", lambda data: data.decode("utf-8"), "不超过 12 毫秒"),
        ("md", lambda data: data.decode("utf-8"), "不超过 12 毫秒"),
        ("docx", _docx_floor, "不超过 3 ×（最省＋8）"),
        ("html", _html_floor, "不超过 3 ×（最省＋8）"),
        ("pdf", hand_over, "读取不超过最省的 1.5 倍"),
    ):
        data = PDF.read_bytes() if suffix == "pdf" else write(DEPARTMENT_2024, suffix)
        name = f"one.{suffix}"
        cheapest = milliseconds(lambda data=data, floor=floor: floor(data))
        reading = milliseconds(lambda data=data, name=name: read_document(data, name))
        whole = milliseconds(lambda data=data, name=name: list(check_bytes(rulebook, data, name, options)))
        bound = 1.5 * cheapest if suffix == "pdf" else 12 if suffix in ("txt", "md") else 3 * (cheapest + 8)
        met = "达到" if (reading if suffix == "pdf" else whole) <= bound else "未达到"
        rows.append(
            row(suffix, len(data) // 1024, cheapest, reading, whole, reading / cheapest, f"{limit}：{met}")
        )
    document = read_document(write(DEPARTMENT_2024, "txt"), "one.txt")
    report = understand(document, rulebook.library)
    rules = milliseconds(lambda: run(rulebook, report))
    understanding = milliseconds(lambda: understand(document, rulebook.library))
    long_report = understand(_lengthened(document, 5000), rulebook.library)
    language = rulebook.language
    claims = milliseconds(lambda: Subject(long_report, language).claims)
    parts = [
        row("理解（文字到报告）", understanding, ""),
        row("从五千字的正文里读出数", claims, "不超过 5"),
        row(f"全部 {len(rulebook.rules)} 条规则", rules, "不超过 5"),
    ]
    header = ("格式", "KB", "最省读取", "读取", "全部", "读取／最省", "要求")
    return table("检查一份报告（毫秒）", header, rows) + table("其中", ("步骤", "毫秒", "要求"), parts)


def _lengthened(document: Document, characters: int) -> Document:
    """The document with its longer paragraphs repeated until its text has so many characters."""
    blocks = list(document.blocks)
    long = [block for block in blocks if isinstance(block, Paragraph) and len(block.text) > 60]
    length = sum(len(block.text) for block in blocks if isinstance(block, Paragraph))
    for paragraph in cycle(long):
        if length >= characters:
            break
        blocks.insert(blocks.index(paragraph) + 1, paragraph)
        length += len(paragraph.text)
    return replace(document, blocks=tuple(blocks))


def _docx_floor(data: bytes) -> None:
    """Unpack the document part and parse it with expat, without handlers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml.parsers.expat.ParserCreate().Parse(archive.read("word/document.xml"), 1)


def _html_floor(data: bytes) -> None:
    """Parse with the C parser and look at nothing."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  # as the reader does, on first use

    LexborHTMLParser(data.decode("gb18030", "replace"))


def many_reports() -> str:
    """Memory and throughput of many reports in one run."""
    with tempfile.TemporaryDirectory() as folder:
        counts = (100, 1000)
        for count in counts:
            _copies(Path(folder) / str(count), count)
        peaks = [peak_megabytes(_run_all(Path(folder) / str(count))) for count in counts]
        rows = [
            row(f"{count} 份的内存峰值（MB）", peak, "") for count, peak in zip(counts, peaks, strict=True)
        ]
        rows.append(row("1000 份与 100 份之比", peaks[1] / peaks[0], "不超过 1.2"))
        # What starting two processes takes weighs less the more reports there are; an office receives hundreds.
        for count, wanted in ((60, ""), (200, "不低于 1.8")):
            pdfs = Path(folder) / f"pdf{count}"
            pdfs.mkdir()
            for number in range(count):
                shutil.copy(PDF, pdfs / f"{number}.pdf")
            command = [sys.executable, "-m", "checker", "check", str(pdfs), "--format", "json", "--jobs"]
            one, two = (process_milliseconds([*command, jobs], rounds=3)[0] for jobs in ("1", "2"))
            rows.append(row(f"{count} 份 PDF，--jobs 2 与 1 的速度之比", one / two, wanted))
    return table("许多报告", ("项目", "数值", "要求"), rows)


def _copies(folder: Path, count: int) -> None:
    folder.mkdir()
    writers: list[Callable[[], bytes]] = [
        lambda s=s: write(DEPARTMENT_2024, s) for s in ("txt", "docx", "html", "md")
    ]
    contents = [writer() for writer in writers]
    for number in range(count):
        suffix = ("txt", "docx", "html", "md")[number % 4]
        (folder / f"{number}.{suffix}").write_bytes(contents[number % 4])


def _run_all(folder: Path) -> str:
    return (
        "from pathlib import Path\n"
        "from checker.api import check_files, load_rulebook\n"
        "from checker.run.pipeline import CheckOptions\n"
        "from checker.writers import output_named\n"
        "from checker.writers.shared.options import WritingOptions\n"
        f"files = sorted(Path({str(folder)!r}).iterdir())\n"
        "run = check_files(files, load_rulebook(), CheckOptions())\n"
        "size = sum(map(len, output_named('json').write(run, WritingOptions())))\n"
    )
