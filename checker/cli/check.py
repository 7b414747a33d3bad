"""`checker check`: the command everything else is for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from checker import api
from checker.cli.console import terminal_width, wants_colour
from checker.cli.running import run_check
from checker.cli.settings import (
    Request,
    fail_on_option,
    jobs_option,
    name_option,
    prepare,
    settings_options,
    today_option,
)
from checker.errors import UsageError
from checker.findings import Severity
from checker.writers import WRITERS, writer
from checker.writers.options import TerminalOptions


@click.command(
    "check", options_metavar="[选项]", help="检查报告：文件、文件夹（含下级）或通配符；“-”读标准输入。"
)
@click.argument("paths", nargs=-1, metavar="[路径…]")
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
@fail_on_option
@settings_options
@today_option
@jobs_option
@name_option
@click.option("--verbose", "-v", is_flag=True, help="显示全部报告的详情和每条未判断的规则。")
@click.option("--quiet", "-q", is_flag=True, help="只显示结论。")
@click.option("--no-color", is_flag=True, help="不用颜色。")
@click.help_option("--help", "-h", help="显示帮助。")
def check_command(
    *,
    paths: tuple[str, ...],
    request: Request,
    format_name: str,
    output: Path | None,
    today: date | None,
    jobs: int,
    name: str | None,
    verbose: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Check and write; returns the exit code."""
    prepared = prepare(request, paths, today)
    run = run_check(prepared, jobs=jobs, name=name, quiet=quiet)
    terminal = TerminalOptions(
        width=terminal_width(),
        colour=output is None and wants_colour(disabled=no_color),
        verbose=verbose,
        quiet=quiet,
    )
    write_pieces(writer(format_name)(run, terminal), output, colour=terminal.colour)
    fail_on = prepared.settings.fail_on
    return api.exit_code(run, None if fail_on == "never" else Severity(fail_on))


def write_pieces(pieces: Iterable[str], file: Path | None, *, colour: bool = False) -> None:
    """Write to a file, or to standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    if file is None:
        for piece in pieces:
            click.echo(piece, nl=False, color=colour)
        return
    try:
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise UsageError(
            f"结果写不进“{file}”（{error.strerror}）。请检查文件夹是否存在、有没有权限。"
        ) from None
