"""`make bench`: what checking costs, beside the cheapest possible full read of the same file.

`python -m benchmarks` prints the tables; `--write` also keeps them in `benchmarks/README.md`.
"""

from __future__ import annotations

import sys

from benchmarks.copies import author_copies
from benchmarks.keeping import keep
from benchmarks.measure import machine
from benchmarks.reading import reading
from benchmarks.season import copied_text, season
from benchmarks.tables import cold_start, many_reports, rulebook_loading, warm_check

INTRODUCTION = """# 速度和内存

由 `make bench` 量得（`python -m benchmarks --write` 更新本页）。时间是多次运行的中位数；“倍数”是与
“同一文件最省的完整读取”或所写基准相比。机器忙时各项都会变慢，倍数比毫秒可靠。

机器：{machine}
"""


def main() -> None:
    """Measure everything and print it as Markdown."""
    parts = [INTRODUCTION.format(machine=machine())]
    for table in (
        cold_start,
        rulebook_loading,
        reading,
        warm_check,
        many_reports,
        author_copies,
        season,
        copied_text,
    ):
        parts.append(table())
        print(parts[-1], flush=True)
    if "--write" in sys.argv:
        keep(parts[1:], parts[0])


if __name__ == "__main__":
    main()
