"""What a double click on the program, or files dropped on it, ask for.

Windows and desktops hand over paths and nothing else; somebody at a terminal writes commands, which stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checker.cli import COMMANDS

_LISTS: Final = ("单位.xlsx", "单位.yaml", "单位清单.xlsx", "单位清单.yaml")
"""What a list of units is called, in a folder that is dropped or beside it."""


def command_line(given: Sequence[str]) -> tuple[list[str], Path | None]:
    """The command line that is meant, and the page to show when it has been run.

    Args:
        given: what the program was started with.

    Returns:
        Nothing opens the page; one file opens it there; a folder with a list of its units is collected; another
        folder, or several files, are checked into a page beside them.
    """
    if not given:
        return ["open"], None
    paths = [Path(one) for one in given]
    if given[0] in COMMANDS or not all(path.is_absolute() and path.exists() for path in paths):
        return list(given), None
    first = paths[0]
    if len(paths) == 1 and first.is_file():
        return ["open", str(first)], None
    units = next(
        (place / name for place in (first, first.parent) for name in _LISTS if (place / name).is_file()), None
    )
    if len(paths) == 1 and units is not None:
        folder = first.with_name(f"{first.name}_检查结果")
        return ["collect", str(first), "--units", str(units), "-o", str(folder)], folder / "总览.html"
    page = first.with_name(f"{first.name if first.is_dir() else '报告'}_检查结果.html")
    return ["check", *map(str, paths), "--format", "html", "-o", str(page), "--format", "text"], page
