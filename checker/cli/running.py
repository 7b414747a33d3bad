"""Running a check for any command: standard input or files, one process or several, progress for a person."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import click

from checker import api
from checker.cli.console import end_in_order
from checker.cli.settings import Prepared
from checker.judging.rules import Rulebook
from checker.model.errors import UsageError
from checker.model.findings import CheckRun
from checker.run.pipeline import CheckOptions, contents_of_stream
from checker.run.progress import OF_UNITS, Phase, Progress, Step
from checker.run.stores.address import is_address
from checker.startup.records import replace
from checker.writers.shared.text_cells import column_text

if TYPE_CHECKING:
    from checker.accepted import AcceptedFindings
    from checker.run.kept.resume import KeptResults, OnResult
    from checker.run.set_material import SetMaterial

MANY_FILES: Final = 6
"""From so many files on several processes are worth starting, and a person wants to see how far they are."""
_STDIN: Final = "-"
_PHASES: Final = {
    Phase.EARLIER: "正在读往年的报告",
    Phase.FILES: "正在检查",
    Phase.AGAIN: "正在与往年对照",
    Phase.TOGETHER: "正在汇总",
    Phase.WRITING: "正在写结果",
}
_NAME_CELLS: Final = 30
"""Terminal cells for the name of the file."""
_FILES_TO_TELL: Final = 5
"""So many files tell how fast a phase goes."""
_SIXTY: Final = 60
"""Seconds of a minute, minutes of an hour."""


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
    if changed_since is not None and any(map(is_address, prepared.paths)):
        raise UsageError("--changed-since 只用于本机 git 仓库里的文件，不能和地址一起用。")
    files = api.find_inputs(prepared.paths, allow_none=allow_none, tell_others=True)
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
    material: SetMaterial | None = None,
    resume: KeptResults | None = None,
    on_result: OnResult | None = None,
    cluster: str | None = None,
) -> CheckRun:
    """Check what was asked for.

    Args:
        prepared: rules, options and exceptions.
        files: the files, None for standard input.
        jobs: number of processes, 0 to choose by the number of files.
        name: file name of standard input.
        quiet: no progress bar.
        baseline: findings of an earlier result that are set aside.
        material: what rules about a set of reports may take into account.
        resume: what an earlier run has kept.
        on_result: called with every result as it comes; not for standard input.
        cluster: where to check files, None for this machine.
    """
    rulebook, options, exceptions = prepared.rulebook, prepared.options, prepared.exceptions
    if files is None:
        data = contents_of_stream(sys.stdin.buffer)
        results = api.check_all(data, name=name or "标准输入", rulebook=rulebook, options=options)
        return configured(api.run_of(rulebook, results, exceptions=exceptions, baseline=baseline), prepared)
    run = check_with_progress(
        files,
        rulebook,
        options,
        jobs=jobs,
        quiet=quiet,
        exceptions=exceptions,
        baseline=baseline,
        previous=prepared.previous,
        material=material,
        resume=resume,
        on_result=on_result,
        cluster=cluster,
    )
    return configured(run, prepared)


def check_with_progress(
    files: Sequence[Path],
    rulebook: Rulebook,
    options: CheckOptions,
    *,
    jobs: int = 0,
    quiet: bool = False,
    previous: Sequence[Path] = (),
    **more: Any,
) -> CheckRun:
    """Check files in as many processes as are worth it, with a bar for a person and notices.

    Args:
        files: the files.
        rulebook: the rules.
        options: how to check.
        jobs: number of processes, 0 to choose by the number of files.
        quiet: no progress bar.
        previous: reports of earlier years.
        more: see `checker.api.check_files`.
    """
    many = len(files) >= MANY_FILES
    workers = jobs or ((os.cpu_count() or 1) if many else 1)
    if many or workers > 1:
        end_in_order()
    many = many or len(previous) >= MANY_FILES
    with progress_bar(shown=many and not quiet and sys.stderr.isatty()) as progress:
        return api.check_files(
            files,
            rulebook,
            options,
            jobs=workers,
            progress=progress,
            previous=previous,
            notice=lambda text: click.echo(text, err=True),
            **more,
        )


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
def progress_bar(*, shown: bool) -> Iterator[Progress | None]:
    """One bar for all phases of a run, on the error stream, with the time that is left; cleared at the end.

    Args:
        shown: whether anybody wants to see it; None is yielded if not.
    """
    if not shown:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  # only for a person with many files
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415  # likewise
    from rich.progress import Progress as Bars  # noqa: PLC0415  # likewise

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        task = bar.add_task(_PHASES[Phase.FILES], total=None, left="", name="")
        pace = Pace()

        def tell(step: Step) -> None:
            left = pace.seconds_left(step, monotonic())
            earlier = 0 if step.phase in OF_UNITS and step.total else pace.earlier_files
            bar.update(
                task,
                description=_PHASES[step.phase],
                completed=earlier + step.done,
                total=earlier + step.total + step.ahead,
                left="" if left is None else time_left_words(left),
                name=column_text(Path(step.name).name, _NAME_CELLS),
            )

        yield tell


class Pace:
    """How fast a run goes, and from that how long it will still take.

    Attributes:
        earlier_files: files of the phases that are over.
    """

    def __init__(self) -> None:
        self.earlier_files = 0
        self._last = Step(Phase.FILES, 0, 0)
        self._since = 0.0
        self._seconds_a_file: float | None = None

    def seconds_left(self, step: Step, now: float) -> float | None:
        """How long the files that are known will take; None as long as nobody can tell.

        Phases differ in speed: what is said goes by the present one, at its beginning by the one before if both
        go through files.

        Args:
            step: where the run stands.
            now: seconds on any clock that only goes forward.
        """
        if step.phase is not self._last.phase:
            self.earlier_files += self._last.total
        if step.done == 0:
            self._since = now
        self._last = step
        if step.done >= _FILES_TO_TELL:
            self._seconds_a_file = (now - self._since) / step.done
        elif step.phase in OF_UNITS:
            return None
        if self._seconds_a_file is None or not step.total:
            return None
        return self._seconds_a_file * (step.total - step.done + step.ahead)


def time_left_words(seconds: float) -> str:
    """How long something will take, roughly, as a person says it."""
    if round(seconds) < _SIXTY:
        return f"还需 {max(1, round(seconds))} 秒"
    hours, minutes = divmod(round(seconds / _SIXTY), _SIXTY)
    return "还需" + (f" {hours} 小时" if hours else "") + (f" {minutes} 分钟" if minutes else "")
