"""`python -m quality.chaos`: see the package. Prints a table; the exit code is 1 if anything was not right."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from quality.chaos.folder import make_folder
from quality.chaos.processes import available
from quality.chaos.scenarios import Place, all_scenarios

HEAD = "| 怎样干扰 | 秒 | 退出码 | 杀死 | 没查成 | 留下的进程 | 不对的地方 |\n|---|--:|--:|--:|--:|--:|---|"


def main() -> int:
    """Run every scenario."""
    parser = argparse.ArgumentParser(prog="quality.chaos", description=__doc__)
    parser.add_argument(
        "--files", type=int, default=2000, help="how many files, one in a hundred of them poison"
    )
    parser.add_argument("--kills", type=int, default=60, help="how many processes are killed")
    parser.add_argument("--interval", type=float, default=0.3, help="seconds between two of them, on average")
    parser.add_argument("--seed", type=int, default=20250131)
    asked = parser.parse_args()
    if not available():
        print("只能在 Linux 上运行：要从 /proc 查看进程。", file=sys.stderr)
        return 2
    wrong = 0
    with TemporaryDirectory(prefix="chaos-") as folder:
        place = Place(Path(folder, "files"), Path(folder))
        poison = make_folder(place.folder, asked.files, asked.seed)
        print(f"{asked.files} 份文件，其中 {len(poison)} 份有害；两个进程；种子 {asked.seed}。\n\n{HEAD}")
        lost: Counter[str] = Counter()
        for outcome in all_scenarios(
            place, poison, kills=asked.kills, interval=asked.interval, seed=asked.seed
        ):
            wrong += len(outcome.faults)
            lost.update(outcome.lost)
            cells = (outcome.name, f"{outcome.seconds:.1f}", outcome.code, outcome.killed, len(outcome.lost),
                     len(outcome.left), "；".join(outcome.faults) or "无")  # fmt: skip
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
        if lost:
            print("\n没查成的文件说：\n")
        for text, count in lost.most_common():
            print(f"- {count} 份：{text}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
