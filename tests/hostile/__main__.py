"""Run the cases and print what falls short, with a table by kind; exit with 1 if any does.

usage: python -m hostile [--write] [--jobs N] [part of a name …]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from .case import FALSE_GREEN, FORMATS, KINDS, Case
from .corpus import corpus
from .known import KNOWN
from .running import shortcomings_of
from .verdicts import Ran

PAGE: Final = Path(__file__).parents[2] / "docs" / "reliability.md"
Outcome = tuple[list[str], Ran]


def main() -> int:
    """Run them, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m hostile")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/reliability.md")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("parts", nargs="*", help="parts of names of cases")
    given = parser.parse_args()
    chosen = {
        name: case
        for name, case in corpus().items()
        if not given.parts or any(one in name for one in given.parts)
    }
    outcomes: dict[str, Outcome] = {}
    with ThreadPoolExecutor(given.jobs) as pool:
        for case, outcome in zip(chosen.values(), pool.map(shortcomings_of, chosen.values()), strict=True):
            outcomes[case.name] = outcome
            if outcome[0] and case.name in KNOWN:
                print(f"已知 {case.name}: {KNOWN[case.name]}", flush=True)
            elif outcome[0]:
                green = "假通过 " if case.kind in FALSE_GREEN and outcome[1].code == 0 else ""
                print(f"{green}{case.name}: {'; '.join(outcome[0])[:300]}", flush=True)
    tables = by_kind(chosen, outcomes) + "\n" + by_format(chosen, outcomes)
    print(tables)
    if given.write:
        write_block("corpus", tables)
    mended = [name for name in KNOWN if name in outcomes and not outcomes[name][0]]
    if mended:
        print(f"已做到，应从 known.py 删去：{'、'.join(mended)}")
    return 1 if mended or any(bad and name not in KNOWN for name, (bad, _) in outcomes.items()) else 0


def by_kind(cases: Mapping[str, Case], outcomes: Mapping[str, Outcome]) -> str:
    """A line a kind."""
    lines = [
        "| 类别 | 用例 | 符合预期 | 假通过 | 最长耗时（秒） | 最大内存（MB） |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for kind, title in {**KINDS, "": "合计"}.items():
        names = [name for name, case in cases.items() if kind in ("", case.kind)]
        if not names:
            continue
        found = [outcomes[name] for name in names]
        greens = sum(
            cases[name].kind in FALSE_GREEN and bool(outcomes[name][0]) and outcomes[name][1].code == 0
            for name in names
        )
        held = sum(not bad for bad, _ in found)
        seconds, memory = max(ran.seconds for _, ran in found), max(ran.mebibytes for _, ran in found)
        lines.append(f"| {title} | {len(names)} | {held} | {greens} | {seconds:.1f} | {memory:.0f} |")
    return "\n".join(lines) + "\n"


def by_format(cases: Mapping[str, Case], outcomes: Mapping[str, Outcome]) -> str:
    """A line a format."""
    lines = ["| 格式 | 用例 | 符合预期 |", "|---|---:|---:|"]
    for name in (*FORMATS, "folder"):
        found = [outcomes[key] for key, case in cases.items() if case.format == name]
        if found:
            title = "文件夹与设置" if name == "folder" else name.upper()
            lines.append(f"| {title} | {len(found)} | {sum(not bad for bad, _ in found)} |")
    return "\n".join(lines) + "\n"


def write_block(name: str, content: str) -> None:
    """Replace the block of that name in the page; it stands between two comments."""
    begin, end = f"<!-- {name}: 由脚本写入 -->\n", f"<!-- {name}: 完 -->"
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(begin)
    _, tail = rest.split(end)
    PAGE.write_text(f"{head}{begin}\n{content}\n{end}{tail}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
