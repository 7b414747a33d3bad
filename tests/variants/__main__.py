"""Make every variant and compare it: `python -m variants` in `tests/`; `write` also renews the kept ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from samples import SampleReport

from . import KEPT, REPORTS
from .comparing import differences
from .making import RULES, as_ofd, as_page, converted, packed, printed, printed_site
from .office_lines import office_prints

KEPT_BREAKS = (4, 11, 19)
"""Rows of table three before which a kept print begins a new sheet."""
KEPT_PRINTS: Final = ("none_middle_0", "none_left_160", "none_top_80", "three_right_320", "rows_middle_240")
"""Kept prints of tables with few lines."""
RULED_BREAK: Final = 12
"""The row for a kept print with lines between rows only."""
Variant = tuple[str, bytes, bool]
"""File name, content, and whether it is kept."""


def main() -> int:
    """Compare all, say what differs, and return the exit code."""
    kept: dict[str, bytes] = {}
    failures = made = 0
    for name, report in REPORTS.items():
        for file_name, data, keep in variants(name, report):
            found = differences(report, data, file_name)
            made += 1
            failures += bool(found)
            print("\n".join(found) or f"{file_name}: same")
            if keep:
                kept[file_name] = data
    if "write" in sys.argv[1:]:
        KEPT.write_bytes(packed(kept))
    print(f"{made - failures} of {made} the same")
    return 1 if failures else 0


def variants(name: str, report: SampleReport) -> Iterator[Variant]:
    """Every variant of one report."""
    for suffix, data in converted(report):
        yield f"{name}.{suffix}", data, True
    yield f"{name}_plain.html", as_page(report).encode(), True
    ruled = printed(report)
    yield f"{name}_printed.pdf", ruled, True
    yield f"{name}.ofd", as_ofd(ruled), True
    yield f"{name}_site.pdf", printed_site(report), False
    for rules in RULES:
        data = printed(report, rules=rules)
        yield f"{name}_{rules}.pdf", data, False
        yield f"{name}_{rules}.ofd", as_ofd(data), True
    for kind, data in office_prints(report):
        yield f"{name}_office_{kind}.pdf", data, False
        yield f"{name}_office_{kind}.ofd", as_ofd(data), kind in KEPT_PRINTS
    yield from _broken(name, report)


def _broken(name: str, report: SampleReport) -> Iterator[Variant]:
    """Prints in which a row of table three begins a new sheet."""
    table = report.sections[2].table
    assert table
    for row in range(len(table.drawn().rows)):
        yield f"{name}_break_{row}.pdf", printed(report, row), name == "county" and row in KEPT_BREAKS
        for rules in RULES:
            data = printed(report, row, rules)
            yield f"{name}_{rules}_break_{row}.pdf", data, False
            yield f"{name}_{rules}_break_{row}.ofd", as_ofd(data), name == "county" and row == RULED_BREAK


if __name__ == "__main__":
    sys.exit(main())
