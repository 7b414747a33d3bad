"""Running a check for any command: standard input or files, one process or several, progress for a person."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from checker import api
from checker.cli.console import end_in_order
from checker.cli.settings import Prepared
from checker.model.errors import UsageError
from checker.model.findings import CheckRun, ReportResult
from checker.startup.records import replace

if TYPE_CHECKING:
    from checker.accepted import AcceptedFindings

_MANY_FILES: Final = 6
_STDIN: Final = "-"


def find_files(
    prepared: Prepared, *, changed_since: str | None = None, allow_none: bool = False
) -> list[Path] | None:
    """The files to check, None for standard input.

    Args:
        prepared: what was asked for.
        changed_since: only files that git says have changed since then.
        allow_none: it is all right if there are none.

    Raises:
        UsageError: a path names nothing, or there is nothing to check.
    """
    if _STDIN in prepared.paths:
        if len(prepared.paths) > 1:
            raise UsageError("“-”（标准输入）只能单独使用，不能和别的路径放在一起。")
        if changed_since is not None:
            raise UsageError("--changed-since 只用于文件，不能和“-”（标准输入）一起用。")
        return None
    files = api.find_inputs(prepared.paths, allow_none=allow_none)
    if changed_since is None:
        return files
    from checker.cli.changed import changed_files, place  # noqa: PLC0415  # only this option asks git

    changed = changed_files(changed_since)
    return [file for file in files if place(file) in changed]


def run_check(
    prepared: Prepared,
    files: Sequence[Path] | None,
    *,
    jobs: int,
    name: str | None,
    quiet: bool,
    baseline: AcceptedFindings | None = None,
) -> CheckRun:
    """Check what was asked for.

    Args:
        prepared: rules, options and exceptions.
        files: the files, None for standard input.
        jobs: number of processes, 0 to choose by the number of files.
        name: file name of standard input.
        quiet: no progress bar.
        baseline: findings of an earlier result that are set aside.
    """
    rulebook, options, exceptions = prepared.rulebook, prepared.options, prepared.exceptions
    if files is None:
        data = sys.stdin.buffer.read()
        results = api.check_all(data, name=name or "标准输入", rulebook=rulebook, options=options)
        return configured(api.run_of(rulebook, results, exceptions=exceptions, baseline=baseline), prepared)
    many = len(files) >= _MANY_FILES
    workers = jobs or ((os.cpu_count() or 1) if many else 1)
    if many or workers > 1:
        end_in_order()
    with _progress(len(files), shown=many and not quiet and sys.stderr.isatty()) as advance:
        run = api.check_files(
            files,
            rulebook,
            options,
            jobs=workers,
            progress=advance,
            exceptions=exceptions,
            baseline=baseline,
            previous=prepared.previous,
            notice=lambda text: click.echo(text, err=True),
        )
    return configured(run, prepared)


def configured(run: CheckRun, prepared: Prepared) -> CheckRun:
    """The run with what made it differ from a plain one; a pass says what it is worth then."""
    used = prepared.configuration
    if used is None:
        return run
    words = run.rulebook.vocabulary
    if used.limit:
        passed = {"pass": f"{words.results.name('pass')}（{used.limit}）"}
        words = replace(words, results=replace(words.results, names={**words.results.names, **passed}))
    return replace(run, configuration=used, rulebook=replace(run.rulebook, vocabulary=words))


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
