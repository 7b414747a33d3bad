"""Measure every shape and step, and exit with 1 if any grows faster than allowed."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from hostile.__main__ import write_block
from hostile.growth import SHAPES

from .counting import MOST, READERS, Growth, reading, understanding

SIZES: Final = (50_000, 100_000, 200_000)


def main() -> int:
    """Measure, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scaling")
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    parser.add_argument("shapes", nargs="*", default=[*SHAPES])
    given = parser.parse_args()
    measured: dict[str, list[Growth]] = {}
    for shape in given.shapes:
        measured[shape] = [*understanding(shape, SIZES), *(reading(name, shape, SIZES) for name in READERS)]
        for one in measured[shape]:
            if one.ratio > MOST:
                print(f"{shape}, {one.step}: {one.calls}, {one.ratio:.1f} times", flush=True)
    measured["cells"] = [reading("html", "cells", SIZES)]
    table = _table(measured)
    print(table)
    if given.write:
        write_block("scaling", table)
    return 1 if any(one.ratio > MOST for found in measured.values() for one in found) else 0


def _table(measured: dict[str, list[Growth]]) -> str:
    lines = ["| 文本的样子 | 步骤 | 增长最快的一步 | 四倍输入的调用次数之比 |", "|---|---:|---|---:|"]
    for shape, found in measured.items():
        worst = max(found, key=lambda one: one.ratio)
        lines.append(f"| {shape} | {len(found)} | {worst.step} | {worst.ratio:.2f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
