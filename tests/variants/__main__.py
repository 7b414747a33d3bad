"""Make every variant and compare it: `python -m variants` in `tests/`; `write` also renews the kept ones."""

from __future__ import annotations

import sys
from typing import Final

from . import KEPT, REPORTS
from .comparing import differences
from .making import RULES, as_ofd, as_page, converted, packed, printed

HEADER = 3
"""Lines of the head of table three, which stay together."""
KEPT_BREAKS = (4, 11, 19)
"""Rows of table three before which a kept print begins a new sheet."""
RULED_BREAK: Final = 12
"""The same for tables with fewer lines."""


def main() -> int:
    """Compare all, say what differs, and return the exit code."""
    kept: dict[str, bytes] = {}
    failures = made = 0
    for name, report in REPORTS.items():
        table = report.sections[2].table
        assert table
        rows = range(HEADER, len(table.drawn().rows))
        variants = [(f"{name}.{suffix}", data) for suffix, data in converted(report)]
        variants.append((f"{name}_plain.html", as_page(report).encode()))
        variants.append((f"{name}_printed.pdf", printed(report)))
        variants.append((f"{name}.ofd", as_ofd(variants[-1][1])))
        kept.update(variants)
        variants.extend((f"{name}_{rules}.pdf", printed(report, rules=rules)) for rules in RULES)
        kept[f"{name}_rows.ofd"] = as_ofd(printed(report, rules="rows"))
        for row in rows:
            data = printed(report, row)
            variants.append((f"{name}_break_{row}.pdf", data))
            if row in KEPT_BREAKS and name == "county":
                kept[variants[-1][0]] = data
            for rules in RULES:
                data = printed(report, row, rules)
                variants.append((f"{name}_{rules}_break_{row}.pdf", data))
                if row == RULED_BREAK and name == "county" and rules == "rows":
                    kept[f"{name}_{rules}_break_{row}.ofd"] = as_ofd(data)
        for file_name, data in variants:
            found = differences(report, data, file_name)
            made += 1
            failures += bool(found)
            print("\n".join(found) or f"{file_name}: same")
    if "write" in sys.argv[1:]:
        KEPT.write_bytes(packed(kept))
    print(f"{made - failures} of {made} the same")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
