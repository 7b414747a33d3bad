"""Run mutants and print a table by format; exit with 1 if any showed a fault."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from typing import Final

from hostile.__main__ import write_block
from hostile.case import FORMATS

from .judging import judge
from .oracle import COMPARED

FAULTS: Final = {
    "internal": "内部错误", "broken": "规则出错", "lost": "丢了表仍通过", "escape": "异常逃逸", "hang": "不结束", "different": "数字读得不同",
}  # fmt: skip
_PRINTED: Final = 12


@dataclass
class Tally:
    """What was seen of one format."""

    mutants: int = 0
    read: int = 0
    compared: int = 0
    slowest: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)


def main() -> int:
    """Run them, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--mutants", type=int, default=20_000, help="how many in all")
    parser.add_argument(
        "--seconds", type=float, default=3600, help="time for all of them; what is left is left out"
    )
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant of each format")
    parser.add_argument("--one", help="one mutant, as docx:17")
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    given = parser.parse_args()
    if given.one:
        name, _, seed = given.one.partition(":")
        print(judge(name, int(seed)))
        return 0
    formats = given.formats.split(",")
    tallies = {name: Tally() for name in formats}
    end = time.monotonic() + given.seconds
    # Round by round, so that a shorter time gives fewer mutants of every format.
    for seed in range(given.first, given.first + -(-given.mutants // len(formats))):
        if time.monotonic() > end:
            break
        for name in formats:
            _one(name, seed, tallies[name])
    table = _table(tallies)
    print(table)
    if given.write:
        write_block("fuzz", table)
    return 1 if any(tally.faults for tally in tallies.values()) else 0


def _one(name: str, seed: int, tally: Tally) -> None:
    judged = judge(name, seed)
    tally.mutants += 1
    tally.read += judged.read
    tally.compared += judged.compared
    tally.slowest = max(tally.slowest, judged.seconds)
    for kind, text in judged.faults:
        tally.faults[kind] = tally.faults.get(kind, 0) + 1
        if tally.faults[kind] <= _PRINTED:
            print(f"{name}:{seed} {kind}: {text[:200]}", flush=True)


def _table(tallies: dict[str, Tally]) -> str:
    lines = [
        f"| 格式 | 变异文件 | 仍读作报告 | 与第二种读法比对 | {' | '.join(FAULTS.values())} | 最长耗时（秒） |",
        "|---|" + "---:|" * (len(FAULTS) + 4),
    ]
    whole = Tally()
    for name, tally in tallies.items():
        lines.append(_line(name.upper(), tally, compared=name in COMPARED))
        whole.mutants += tally.mutants
        whole.read += tally.read
        whole.compared += tally.compared
        whole.slowest = max(whole.slowest, tally.slowest)
        for kind, count in tally.faults.items():
            whole.faults[kind] = whole.faults.get(kind, 0) + count
    return "\n".join([*lines, _line("合计", whole, compared=True)]) + "\n"


def _line(title: str, tally: Tally, *, compared: bool) -> str:
    faults = " | ".join(str(tally.faults.get(kind, 0)) for kind in FAULTS)
    return f"| {title} | {tally.mutants} | {tally.read} | {tally.compared if compared else '—'} | {faults} | {tally.slowest:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
