"""Break the sums of made-up tables in every known way and count how often the cause is found.

    python benchmarks/localise.py > docs/localisation.md

Each kind of fault is put into tables of four sizes and of both forms; `--cases` is the number for each
kind, size and form. The tables are made here; nothing is read but the forms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from table_faults import IN_TABLE_FOUR, IN_TABLE_THREE, SIZES, WITNESSED, Board, Fault, board, filled

from checker.solver import CellKey, Explanation
from checker.solver.explain import explain

HEADER = """# 错格定位：实测

由 `python benchmarks/localise.py` 生成，不要手改。向自造的表三（2021、2019 两种格式，四种规模）和表四注入
{cases} 处差错（随机种子 {seed}），看能否从恒等式找出错在哪一格、应为多少。

- 断言（“应为 13”）{assertions} 次，其中错误 {false} 次（{share}%）；最慢 {worst} ms（处理器时间）。
- 唯一且正确：只有一个最省的解释，并且就是真相；候选中有：真相在列出的解释之中。百分比以“发现”的例数为底。
- 放弃：需改四格以上或在限度内无解，只列出不成立的恒等式，提示核对表格是否读错。
- 断言的条件：唯一，且不超过两格，或是一个可辨认的成因，或只是空格未填；没有冗余的格（表四）须有旁证。
- 整行互换中不影响任何恒等式的，算术上无法发现。
"""


@dataclass
class Tally:
    """What became of one kind of fault."""

    cases: int = 0
    detected: int = 0
    unique_right: int = 0
    first: int = 0
    among: int = 0
    silent: int = 0
    assertions: int = 0
    false: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, explanations: tuple[Explanation, ...], truth: dict[CellKey, int], seconds: float) -> None:
        """Count one case; `truth` holds the wrong cells with their right values."""
        self.cases += 1
        self.seconds.append(seconds)
        if not explanations:
            return
        self.detected += 1
        first, among, unique = {}, {}, True
        for explanation in explanations:
            answers = [
                {change.cell: change.proposed for change in answer.changes} for answer in explanation.answers
            ]
            first |= answers[0] if answers else {}
            unique &= explanation.unique
            among |= next((answer for answer in answers if answer.items() <= truth.items()), {})
            if explanation.assertable:
                self.assertions += 1
                self.false += not answers[0].items() <= truth.items()
        self.first += first == truth
        self.among += among == truth
        self.unique_right += unique and first == truth
        self.silent += any(explanation.gave_up for explanation in explanations)


def measure(
    boards: list[Board], kinds: Mapping[str, Fault], cases: int, rng: random.Random
) -> dict[tuple[str, str], Tally]:
    """Inject every kind of fault `cases` times into each table and size."""
    tallies: dict[tuple[str, str], Tally] = {}
    for kind, fault in kinds.items():
        for size, scale in SIZES.items():
            tally = tallies[kind, size] = Tally()
            for of in boards:
                for _ in range(cases):
                    right = filled(of, scale, rng)
                    values = dict(right)
                    fault(of, values, rng)
                    truth = {cell: right[cell] for cell in right if (values[cell] or 0) != right[cell]}
                    if not truth:
                        continue
                    witnesses = {}
                    if kind in WITNESSED:
                        witnesses = {
                            cell: right[cell] for cell in right if cell[2] in of.layout.total_columns
                        }
                    start = time.process_time()
                    found = explain(of.identities, values, [of.layout], witnesses=witnesses)
                    tally.add(found, truth, time.process_time() - start)
    return tallies


def table(tallies: dict[tuple[str, str], Tally], *, by_size: bool) -> str:
    """The tallies as a Markdown table, sizes together or apart."""
    heads = ("差错", "例数", "发现 %", "唯一且正确 %", "首选正确 %", "候选中有 %", "放弃 %")
    heads += ("断言数", "错误断言", "中位 ms", "最慢 ms")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    groups: dict[str, list[Tally]] = {}
    for (kind, size), tally in tallies.items():
        groups.setdefault(f"{kind}，{size}" if by_size else kind, []).append(tally)
    groups["合计"] = list(tallies.values())
    for name, group in groups.items():
        seconds = [value for tally in group for value in tally.seconds] or [0.0]
        cases, detected = (sum(getattr(t, what) for t in group) for what in ("cases", "detected"))
        shares = [
            f"{100 * sum(getattr(t, what) for t in group) / max(1, detected):.1f}"
            for what in ("unique_right", "first", "among", "silent")
        ]
        lines.append(
            f"| {name} | {cases} | {100 * detected / max(1, cases):.1f} | {' | '.join(shares)} | "
            f"{sum(t.assertions for t in group)} | {sum(t.false for t in group)} | "
            f"{1000 * statistics.median(seconds):.2f} | {1000 * max(seconds):.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=125)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by-size", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - faults, not secrets
    forms = ("2021", "2019")

    def chosen(kinds: Mapping[str, Fault]) -> dict[str, Fault]:
        return {kind: fault for kind, fault in kinds.items() if options.only in kind}

    tallies = measure([board(form, "T3") for form in forms], chosen(IN_TABLE_THREE), options.cases, rng)
    tallies |= measure([board("2021", "T4")], chosen(IN_TABLE_FOUR | WITNESSED), options.cases, rng)
    assertions, false = (sum(getattr(t, what) for t in tallies.values()) for what in ("assertions", "false"))
    print(
        HEADER.format(
            cases=sum(tally.cases for tally in tallies.values()),
            seed=options.seed,
            assertions=assertions,
            false=false,
            share=f"{100 * false / max(1, assertions):.3f}",
            worst=f"{1000 * max(second for tally in tallies.values() for second in tally.seconds):.1f}",
        )
    )
    print(table(tallies, by_size=options.by_size))


if __name__ == "__main__":
    main()
