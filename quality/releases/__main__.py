"""`python -m quality.releases REF`: see the package."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Final

from quality.releases.changes import changes
from quality.releases.documents import KEPT, SETS, documents
from quality.releases.running import run_all
from quality.releases.telling import data, lines
from quality.releases.versions import of_commit, work_tree

ROOT: Final = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Compare and tell.

    Returns:
        0, whatever differs: a person judges it; 2 if there was nothing to compare.
    """
    asked = _parser().parse_args(arguments)
    try:
        paths = [*documents(ROOT, [*KEPT, *asked.docs]), *SETS, *asked.docs]
        new = work_tree(ROOT)
        with of_commit(ROOT, asked.reference) as old:
            ran = [
                run_all(version, paths, root=ROOT, today=asked.today, jobs=asked.jobs)
                for version in (old, new)
            ]
    except FileNotFoundError as error:
        print(f"没有这个文件夹：{error}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError:
        print(f"没能取出或装上 {asked.reference}（见上）。", file=sys.stderr)
        return 2
    found = changes(paths, *ran)
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    content = data(found, old, new, paths, asked.today)
    asked.output.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for line in lines(found, old, new, len(paths), str(asked.output)):
        print(line)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="quality.releases", description=__doc__)
    parser.add_argument("reference", help="the version to compare with: a commit, branch or tag")
    parser.add_argument("--docs", nargs="*", default=[], metavar="FOLDER", help="more folders of documents")
    parser.add_argument(
        "--today", default=str(datetime.now(timezone.utc).date()), type=_day, help="the day for deadlines"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("dist/compare-releases.json"), help="where everything goes"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at a time")
    return parser


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


if __name__ == "__main__":
    sys.exit(main())
