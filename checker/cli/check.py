"""`checker check`: the command everything else is for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker import api
from checker.cli.console import FILE, complete_path, has_width, help_option, terminal_width, wants_colour
from checker.cli.live_outputs import LiveOutputs, refuse_emptying
from checker.cli.outputs import (
    Target,
    jobs_for,
    output_options,
    refuse_overwriting,
    shows_whole,
    write_outputs,
)
from checker.cli.running import find_files, run_check
from checker.cli.set_options import set_material, set_options
from checker.cli.settings import (
    Prepared,
    Request,
    cluster_option,
    fail_on_option,
    jobs_option,
    max_warnings_option,
    name_option,
    prepare,
    settings_options,
    today_option,
)
from checker.model.errors import UsageError
from checker.model.findings import CheckRun, Severity
from checker.run.stores.address import StoredFile
from checker.writers.shared.options import WritingOptions

if TYPE_CHECKING:
    from checker.run.kept.resume import KeptResults


@click.command(
    "check",
    options_metavar="[选项]",
    help="检查报告：文件、文件夹（含下级）、通配符或地址（如 s3://桶/文件夹/）；“-”读标准输入。",
)
@click.argument("paths", nargs=-1, metavar="[路径…]", shell_complete=complete_path)
@output_options
@fail_on_option
@max_warnings_option
@click.option(
    "--baseline",
    type=FILE,
    metavar="文件",
    help="以前的结果（--format json 或 jsonl 写出的）：里面已有的问题只计数，只报新的。",
)
@click.option(
    "--changed-since", metavar="提交", help="只检查 git 里从这个分支或提交以来改动过的文件，如 origin/main。"
)
@click.option(
    "--resume",
    type=FILE,
    metavar="文件",
    help="接着以前没有做完的检查：--format jsonl 写出的文件里，文件、规则和选项都没有变的不再检查。",
)
@click.option("--allow-none", is_flag=True, help="没有可以检查的报告时，退出码为 0 而不是 2。")
@click.option("--watch", is_flag=True, help="盯住一份报告，每次保存后重新检查；按 Ctrl-C 结束。")
@settings_options
@set_options
@today_option
@jobs_option
@cluster_option
@name_option
@click.option("--verbose", "-v", is_flag=True, help="显示全部报告的详情和每条未判断的规则。")
@click.option("--quiet", "-q", is_flag=True, help="只显示结论。")
@click.option("--no-color", is_flag=True, help="不用颜色。")
@click.option(
    "--with-unjudged",
    is_flag=True,
    help="CSV 里未能判断的每条规则也占一行；默认一行一个问题，没有问题的报告占一行。",
)
@help_option
def check_command(
    *,
    paths: tuple[str, ...],
    request: Request,
    outputs: tuple[Target, ...],
    baseline: Path | None,
    changed_since: str | None,
    resume: Path | None,
    allow_none: bool,
    watch: bool,
    model_text: Path | None,
    published: Path | None,
    today: date | None,
    jobs: int,
    cluster: str | None,
    name: str | None,
    verbose: bool,
    quiet: bool,
    no_color: bool,
    with_unjudged: bool,
) -> int:
    """Check and write; returns the exit code.

    Raises:
        UsageError: options that do not go together, or anything that keeps the check from starting.
    """
    if with_unjudged and all(output.format != "csv" for output in outputs):
        raise UsageError("--with-unjudged 只用于 CSV，请加 --format csv，或用 -o 写到 .csv 文件。")
    if len(paths) == 1:
        api.warm_up(paths[0])
    prepared = prepare(request, paths, today)
    allow_none = allow_none or changed_since is not None
    files = find_files(prepared, changed_since=changed_since, allow_none=allow_none)
    refuse_overwriting(outputs, files or ())
    if baseline:
        refuse_emptying(outputs, baseline)
    known = api.load_baseline(baseline, prepared.rulebook) if baseline else None
    colour = wants_colour(disabled=no_color)
    terminal = WritingOptions(
        width=terminal_width(),
        colour=colour,
        verbose=verbose,
        quiet=quiet,
        whole_paths=not has_width(),
        unjudged=with_unjudged,
    )
    if watch:
        for option, given in (("--resume", resume), ("--cluster", cluster)):
            if given is not None:
                raise UsageError(f"--watch 和 {option} 不能一起用。")
        from checker.cli.watch import watch_report  # noqa: PLC0415  # only for this option

        watch_report(
            _watched(outputs, files),
            lambda file: run_check(prepared, (file,), jobs=1, name=None, quiet=True, baseline=known),
            terminal,
        )
        return 0
    if files is None and cluster is not None:
        raise UsageError("--cluster 只用于文件，不能和“-”（标准输入）一起用。")
    kept = _kept(resume, prepared, files, outputs)
    with closing(LiveOutputs(outputs if files is not None else (), resume, kept)) as live:
        run = run_check(
            prepared,
            files,
            jobs=jobs_for(outputs, len(files or ()), jobs),
            name=name,
            quiet=quiet,
            baseline=known,
            material=set_material(prepared, model_text, published),
            resume=kept,
            on_result=live.on_result,
            cluster=None if shows_whole(outputs, len(files or ())) else cluster,
        )
        write_outputs(run, live.others if files is not None else outputs, terminal)
        live.finish(run)
    return _exit_code(run, prepared, allow_none=allow_none)


def _kept(
    resume: Path | None, prepared: Prepared, files: Sequence[Path] | None, outputs: Sequence[Target]
) -> KeptResults | None:
    """What an earlier run has kept; nothing where an output shows whole texts, which are not kept.

    Raises:
        UsageError: it cannot be used.
    """
    if resume is None:
        return None
    if files is None:
        raise UsageError("--resume 只用于文件，不能和“-”（标准输入）一起用。")
    kept = api.load_kept(resume, prepared.rulebook)
    return None if shows_whole(outputs, len(files)) else kept


def _exit_code(run: CheckRun, prepared: Prepared, *, allow_none: bool) -> int:
    """The exit code; says so where it is the number of warnings that fails the run."""
    settings = prepared.settings
    fail_on = None if settings.fail_on == "never" else Severity(settings.fail_on)
    code = api.exit_code(run, fail_on, max_warnings=settings.max_warnings, allow_none=allow_none)
    if code == api.EXIT_FINDINGS and api.exit_code(run, fail_on, allow_none=allow_none) == api.EXIT_CLEAN:
        click.echo(f"警告多于 {settings.max_warnings} 处（--max-warnings），不予通过。", err=True)
    return code


def _watched(outputs: Sequence[Target], files: Sequence[Path] | None) -> Path:
    """The one file to watch.

    Raises:
        UsageError: it is not one file, or the result should go elsewhere than to the terminal.
    """
    if files is None or len(files) != 1 or isinstance(files[0], StoredFile):
        raise UsageError("--watch 一次只盯一份报告，请只写一个本机的文件。")
    if [(output.format, output.file) for output in outputs] != [("text", None)]:
        raise UsageError("--watch 只在屏幕上显示，不能和 --format、--output 一起用。")
    return files[0]
