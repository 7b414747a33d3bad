"""`checker baseline`: an exceptions file from a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from checker import api
from checker.cli.console import FILE, complete_path, help_option
from checker.cli.outputs import write_pieces
from checker.cli.running import find_files, run_check
from checker.cli.settings import (
    Request,
    day,
    jobs_option,
    name_option,
    prepare,
    settings_options,
    today_option,
)
from checker.model.errors import UsageError


@click.command(
    "baseline",
    options_metavar="[选项]",
    help="把现有的问题写成例外清单，以后只报新的和变了的；理由、负责人、期限都要写明。",
)
@click.argument("paths", nargs=-1, metavar="[路径…]", shell_complete=complete_path)
@click.option("--reason", required=True, metavar="理由", help="为什么可以接受。")
@click.option("--owner", required=True, metavar="人", help="谁负责。")
@click.option(
    "--until", required=True, callback=day, metavar="日期", help="有效到哪一天（含当天），如 2025-12-31。"
)
@click.option(
    "--output",
    "-o",
    type=FILE,
    metavar="文件",
    help="写入文件；已有的文件不会被覆盖。",
)
@settings_options
@today_option
@jobs_option
@name_option
@help_option
def baseline_command(
    *,
    paths: tuple[str, ...],
    reason: str,
    owner: str,
    until: date,
    output: Path | None,
    request: Request,
    today: date | None,
    jobs: int,
    name: str | None,
) -> int:
    """Check, and write what stands as accepted; findings do not touch the exit code."""
    from checker.accepted.baseline import Acceptance, baseline  # noqa: PLC0415  # only this command writes one

    for option, value in (("--reason", reason), ("--owner", owner)):
        if not value.strip():
            raise UsageError(f"{option} 不能是空的：例外要写明理由和负责人。")
    if output is not None and output.exists():
        raise UsageError(f"“{output}”已经存在，不覆盖：里面的理由会丢失。请换一个文件名，或先把它移走。")
    prepared = prepare(request, paths, today)
    if prepared.options.today and until < prepared.options.today:
        raise UsageError(f"--until 的日期 {until.isoformat()} 已经过去，写出来的例外不会起作用。")
    run = run_check(prepared, find_files(prepared), jobs=jobs, name=name, quiet=False)
    acceptance = Acceptance(reason.strip(), owner.strip(), until)
    folder = output.parent if output else Path()
    written = baseline(run, prepared.rulebook, acceptance, folder)
    write_pieces(written.pieces, output)
    refused = f"；另有 {written.refused} 处不允许列为例外" if written.refused else ""
    where = f"，写入 {output}" if output else ""
    click.echo(f"共 {written.count} 条例外{where}{refused}。", err=True)
    return api.exit_code(run, None)
