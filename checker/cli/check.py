"""`checker check`: the command everything else is for."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from checker import api
from checker.cli.console import terminal_width, wants_colour
from checker.errors import UsageError
from checker.findings import CheckRun, ReportResult, Severity
from checker.inputs import find_inputs
from checker.pipeline import CheckOptions, check_bytes
from checker.rulebook.model import Rulebook
from checker.rulebook.store import load_rulebook
from checker.writers import WRITERS, writer
from checker.writers.options import TerminalOptions

_LEVELS: Final = ("auto", "government", "office", "department", "township", "subdistrict", "central", "other")
_TIERS: Final = ("auto", "national", "province", "prefecture", "county", "township")
_MANY_FILES: Final = 6
_STDIN: Final = "-"


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，应写成 2025-01-31 这样") from None


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every command that loads rules."""
    for option in (
        click.option("--no-builtin-rules", is_flag=True, help="不用自带规则，只用 --rules 给出的。"),
        click.option("--rules", "rules", multiple=True, metavar="目录", type=click.Path(path_type=Path),
                     help="另加规则文件夹；同编号的规则被替换。可多次使用。"),
    ):  # fmt: skip
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class _Output:
    """Where and how results are written."""

    format: str
    file: Path | None
    terminal: TerminalOptions


@click.command(
    "check", options_metavar="[选项]", help="检查报告：文件、文件夹（含下级）或通配符；“-”读标准输入。"
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(WRITERS)),
    default="text",
    show_default=True,
    help="输出格式。",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="结果写入文件。"
)
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), default="error", show_default=True,
              help="出现哪一级问题时退出码为 1。")  # fmt: skip
@click.option(
    "--form",
    default="auto",
    metavar="auto|2019|2021",
    show_default=True,
    help="按哪个格式读表，默认自动识别。",
)
@click.option(
    "--level",
    type=click.Choice(_LEVELS),
    default="auto",
    show_default=True,
    help="机关类别，默认由标题判断。",
)
@click.option(
    "--tier", type=click.Choice(_TIERS), default="auto", show_default=True, help="行政级别，默认由标题判断。"
)
@click.option(
    "--today", callback=_day, metavar="日期", help="判断公布期限用的“今天”，如 2025-02-01；默认为当天。"
)
@rule_options
@click.option(
    "--select", multiple=True, metavar="编号", help="只用这些规则：编号或开头，如 T3、SEC-01。可多次使用。"
)
@click.option("--ignore", multiple=True, metavar="编号", help="不用这些规则：编号或开头。可多次使用。")
@click.option("--jobs", "-j", type=click.IntRange(0, 64), default=0, metavar="数量",
              help="同时检查的进程数；默认 0：文件多时按处理器个数。")  # fmt: skip
@click.option("--name", metavar="文件名", help="标准输入的文件名，用来判断格式。")
@click.option("--verbose", "-v", is_flag=True, help="显示全部报告的详情和每条未判断的规则。")
@click.option("--quiet", "-q", is_flag=True, help="只显示结论。")
@click.option("--no-color", is_flag=True, help="不用颜色。")
@click.help_option("--help", "-h", help="显示帮助。")
def check_command(
    *,
    paths: tuple[str, ...],
    format_name: str,
    output: Path | None,
    fail_on: str,
    form: str,
    level: str,
    tier: str,
    today: date | None,
    rules: tuple[Path, ...],
    no_builtin_rules: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int,
    name: str | None,
    verbose: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Check and write; returns the exit code."""
    rulebook = load_rulebook(rules, builtin=not no_builtin_rules)
    rulebook = api.select_rules(rulebook, select, ignore)
    if form != "auto" and form not in rulebook.forms:
        raise UsageError(f"没有格式“{form}”；--form 可用 auto、{'、'.join(rulebook.forms)}。")
    options = CheckOptions(
        form=None if form == "auto" else form,
        level=None if level == "auto" else level,
        tier=None if tier == "auto" else tier,
        today=today or date.today(),  # noqa: DTZ011  # deadlines are days on the local calendar
    )
    run = _run(paths, rulebook, options, jobs=jobs, name=name, quiet=quiet)
    terminal = TerminalOptions(
        width=terminal_width(),
        colour=output is None and wants_colour(disabled=no_color),
        verbose=verbose,
        quiet=quiet,
    )
    _write(run, _Output(format_name, output, terminal))
    return api.exit_code(run, None if fail_on == "never" else Severity(fail_on))


def _run(
    paths: tuple[str, ...],
    rulebook: Rulebook,
    options: CheckOptions,
    *,
    jobs: int,
    name: str | None,
    quiet: bool,
) -> CheckRun:
    if _STDIN in paths:
        if len(paths) > 1:
            raise UsageError("“-”（标准输入）只能单独使用，不能和别的路径放在一起。")
        data = sys.stdin.buffer.read()
        return api.run_of(rulebook, (check_bytes(rulebook, data, name or "标准输入", options),))
    files = find_inputs(paths)
    many = len(files) >= _MANY_FILES
    workers = jobs or ((os.cpu_count() or 1) if many else 1)
    with _progress(len(files), shown=many and not quiet and sys.stderr.isatty()) as advance:
        return api.check_files(files, rulebook, options, jobs=workers, progress=advance)


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


def _write(run: CheckRun, output: _Output) -> None:
    pieces = writer(output.format)(run, output.terminal)
    if output.file is None:
        for piece in pieces:
            click.echo(piece, nl=False, color=output.terminal.colour)
        return
    try:
        with output.file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise UsageError(
            f"结果写不进“{output.file}”（{error.strerror}）。请检查文件夹是否存在、有没有权限。"
        ) from None
