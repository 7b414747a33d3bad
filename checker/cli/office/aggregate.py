"""`checker aggregate`: the tables of a body out of those of its units."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from checker import api
from checker.cli.console import FILE, end_in_order, help_option
from checker.cli.office.collect import own_files
from checker.cli.running import MANY_FILES, progress_bar
from checker.cli.settings import Request, jobs_option, prepare, settings_options, today_option
from checker.model.errors import UsageError, system_words
from checker.model.findings import Severity
from checker.office.aggregate.writing import BodyTables, check_ending, written
from checker.office.collect import Checking, season_now
from checker.office.filing.intake import SENT_INSTEAD, Inbox
from checker.run.replacing import replacing_bytes


@click.command(
    "aggregate",
    options_metavar="[选项]",
    help="汇总：把所属各单位的三张表加成政府的，写成 Word、Excel 或 JSON，再与政府的报告核对。",
)
@click.argument("inbox", nargs=-1, required=True, metavar="收件箱…")
@click.option("--of", "of", required=True, metavar="单位", help="汇总到哪个单位，用单位清单里的名称。")
@click.option(
    "--output",
    "-o",
    "output",
    type=FILE,
    required=True,
    metavar="文件",
    help="写进哪个文件：.docx、.xlsx 或 .json。",
)
@click.option(
    "--ledger",
    type=FILE,
    metavar="文件",
    help="collect 的台账：前几轮收到的也计入，按台账决定采用哪一份；只读不写。",
)
@click.option(
    "--year",
    type=click.IntRange(2008, 2100),
    metavar="年度",
    help="汇总哪一年度的；默认按台账或收件箱里最多的年度。",
)
@settings_options
@today_option
@jobs_option
@click.option("--quiet", "-q", is_flag=True, help="不显示小结。")
@help_option
def aggregate_command(
    *,
    inbox: tuple[str, ...],
    of: str,
    output: Path,
    ledger: Path | None,
    year: int | None,
    request: Request,
    today: date | None,
    jobs: int,
    quiet: bool,
) -> int:
    """Add up, write and tell; returns the exit code."""
    check_ending(output)
    prepared = prepare(request, inbox, today)
    if not prepared.options.bodies.units:
        raise UsageError("没有单位清单，不知道汇总哪些单位。请用 --units 给出（YAML、Excel 或 CSV）。")
    if ledger is not None and not ledger.is_file():
        raise UsageError(f"台账“{ledger}”不存在。请检查路径；没有台账就不写 --ledger。")
    own = os.path.realpath(output)
    files = [
        file
        for file in api.find_inputs(inbox, allow_none=True, also=SENT_INSTEAD)
        if os.path.realpath(file) != own
    ]
    given = Inbox(
        arguments=inbox,
        files=tuple(files),
        as_of=prepared.options.today or date.today(),  # noqa: DTZ011  # deadlines are days on the local calendar
        folder=output,
        ledger=ledger,
        year=year,
        own_files=own_files(prepared.settings),
    )
    many = len(files) >= MANY_FILES
    if many:
        end_in_order()
    with progress_bar(shown=many and not quiet and sys.stderr.isatty()) as progress:
        season, bodies = season_now(
            given,
            Checking(
                rulebook=prepared.rulebook,
                options=prepared.options,
                jobs=jobs or ((os.cpu_count() or 1) if many else 1),
                exceptions=prepared.exceptions,
                configuration=prepared.configuration,
                progress=progress,
                notice=lambda text: click.echo(text, err=True),
            ),
        )
    found = written(season, bodies, of, prepared.rulebook, output)
    try:
        with replacing_bytes(output) as stream:
            stream.write(found.data)
    except OSError as error:
        raise UsageError(f"“{output}”写不了（{system_words(error)}）。请检查路径和权限。") from None
    if not quiet:
        _tell(found, output)
    wrong = any(finding.severity is Severity.ERROR for finding in found.findings)
    return api.EXIT_FINDINGS if wrong else api.EXIT_CLEAN


def _tell(found: BodyTables, output: Path) -> None:
    totals = found.totals
    state = "各格都有准数" if totals.aggregate.complete else "有的格只是下限，是草稿"
    click.echo(f"{totals.of.name} {totals.year} 年度汇总表：{state}。")
    for note in found.notes:
        click.echo(note)
    click.echo(f"写在“{output}”里。")
