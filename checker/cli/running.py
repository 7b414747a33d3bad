"""Running a check for any command: standard input or files, one process or several, progress for a person."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from checker import api
from checker.cli.settings import Prepared
from checker.errors import UsageError
from checker.findings import CheckRun, ReportResult
from checker.inputs import find_inputs
from checker.pipeline import check_bytes

_MANY_FILES: Final = 6
_STDIN: Final = "-"


def run_check(prepared: Prepared, *, jobs: int, name: str | None, quiet: bool) -> CheckRun:
    """Check what was asked for.

    Args:
        prepared: paths, rules and options.
        jobs: number of processes, 0 to choose by the number of files.
        name: file name of standard input.
        quiet: no progress bar.

    Raises:
        UsageError: a path names nothing.
    """
    rulebook, options, exceptions = prepared.rulebook, prepared.options, prepared.exceptions
    if _STDIN in prepared.paths:
        if len(prepared.paths) > 1:
            raise UsageError("“-”（标准输入）只能单独使用，不能和别的路径放在一起。")
        result = check_bytes(rulebook, sys.stdin.buffer.read(), name or "标准输入", options)
        return api.run_of(rulebook, (result,), exceptions=exceptions)
    files = find_inputs(prepared.paths)
    many = len(files) >= _MANY_FILES
    workers = jobs or ((os.cpu_count() or 1) if many else 1)
    with _progress(len(files), shown=many and not quiet and sys.stderr.isatty()) as advance:
        return api.check_files(
            files,
            rulebook,
            options,
            jobs=workers,
            progress=advance,
            exceptions=exceptions,
            previous=prepared.previous,
        )


@contextlib.contextmanager
def _progress(total: int, *, shown: bool) -> Iterator[Callable[[ReportResult], None] | None]:
    """A progress bar on the error stream, cleared at the end."""
    if not shown:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  # only for a person with many files
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415  # likewise

    columns = (
        TextColumn("正在检查"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, name="")
        yield lambda result: bar.update(task, advance=1, name=Path(result.path).name[:30])
