"""`checker collect`: one round of an office's season."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from checker import api
from checker.cli.console import (
    FILE,
    FOLDER,
    ListingOption,
    complete_path,
    end_in_order,
    help_option,
    terminal_width,
    wants_colour,
)
from checker.cli.running import MANY_FILES, progress_bar
from checker.cli.set_options import set_material, set_options
from checker.cli.settings import (
    Request,
    cluster_option,
    day,
    jobs_option,
    prepare,
    settings_options,
    today_option,
)
from checker.model.errors import UsageError
from checker.model.season import State
from checker.office.collect import Checking, collect
from checker.office.filing.intake import SENT_INSTEAD, Inbox
from checker.office.summary import summary_lines
from checker.office.words import STATE_WORDS
from checker.writers.shared.options import WritingOptions

if TYPE_CHECKING:
    from checker.settings.config import Settings

_FIRST_YEAR: Final = 2008
_LAST_YEAR: Final = 2100


def _states(
    _context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]
) -> tuple[State, ...]:
    """A click callback for names of states, in English or as they are printed."""
    known = {
        **{state.value: state for state in State},
        **{word: state for state, word in STATE_WORDS.items()},
    }
    names = [name for word in words for name in word.replace("，", ",").split(",") if name]
    unknown = [name for name in names if name not in known]
    if unknown:
        listed = "、".join(f"{state.value}（{word}）" for state, word in STATE_WORDS.items())
        raise click.BadParameter(f"没有“{unknown[0]}”这种状态；可用 {listed}")
    return tuple(known[name] for name in names)


def own_files(settings: Settings) -> tuple[Path, ...]:
    """Files of the office that may lie in its inbox and are no submissions."""
    return tuple(file for file in (settings.units, settings.renames, settings.exceptions) if file is not None)


@click.command(
    "collect",
    options_metavar="[选项]",
    help="收报告：谁报了、谁没报、哪份要改；每来一批运行一次，台账记着前几轮。",
)
@click.argument("inbox", nargs=-1, required=True, metavar="收件箱…", shell_complete=complete_path)
@click.option(
    "--output", "-o", "folder", type=FOLDER, required=True, metavar="文件夹", help="结果写进哪个文件夹。"
)
@click.option(
    "--kind",
    metavar="类别",
    help="收哪一类报告，默认 annual_report；别的类别的只列出来。",
)
@click.option(
    "--year",
    type=click.IntRange(_FIRST_YEAR, _LAST_YEAR),
    metavar="年度",
    help="收哪一年度的报告；默认接着台账，新台账按收件箱里最多的年度。",
)
@click.option(
    "--received",
    type=FILE,
    metavar="文件",
    help="收件登记（CSV 或 Excel）：单位、收到日期、文件（可空），一个单位可以有几行。",
)
@click.option("--ledger", type=FILE, metavar="文件", help="台账，默认为结果文件夹里的 台账.db。")
@click.option(
    "--decisions", type=FILE, metavar="文件", help="填好的 台账.xlsx：读回“处理意见”“采用版本”“别名”。"
)
@click.option(
    "--letter-template",
    type=FILE,
    metavar="文件",
    help="信函的模板（.docx），照结果文件夹里的 信函模板.docx 改；占位符有 {单位}、{期限}、{问题表}、{正文} 等。",
)
@click.option(
    "--sender", default="", metavar="单位", help="信函的落款单位，填进模板的 {发文单位}；默认只留盖章处。"
)
@click.option(
    "--reply-by",
    callback=day,
    metavar="日期",
    help="要求各单位改好、补报的最后一天；默认写收到本通知后 5 个工作日内。到期日更晚的按到期日。",
)
@click.option(
    "--fail-on-state",
    multiple=True,
    callback=_states,
    cls=ListingOption,
    metavar="状态",
    choices=lambda: {state.value: word for state, word in STATE_WORDS.items()},
    help="有单位是这种状态时退出码为 1；可多次使用，或用逗号隔开。",
)
@settings_options
@set_options
@today_option
@jobs_option
@cluster_option
@click.option("--quiet", "-q", is_flag=True, help="不显示小结。")
@click.option("--no-color", is_flag=True, help="不用颜色。")
@help_option
def collect_command(
    *,
    inbox: tuple[str, ...],
    folder: Path,
    kind: str | None,
    year: int | None,
    received: Path | None,
    ledger: Path | None,
    decisions: Path | None,
    letter_template: Path | None,
    sender: str,
    reply_by: date | None,
    fail_on_state: tuple[State, ...],
    request: Request,
    model_text: Path | None,
    published: Path | None,
    today: date | None,
    jobs: int,
    cluster: str | None,
    quiet: bool,
    no_color: bool,
) -> int:
    """Collect and tell; returns the exit code."""  # fmt: skip
    prepared = prepare(request, inbox, today)
    if not prepared.options.bodies.units:
        raise UsageError("没有单位清单，不知道谁该报。请用 --units 给出（YAML、Excel 或 CSV）。")
    as_of = prepared.options.today or date.today()  # noqa: DTZ011  # deadlines are days on the local calendar
    if reply_by is not None and reply_by < as_of:
        raise UsageError(f"--reply-by {reply_by.isoformat()} 已经过了（今天是 {as_of.isoformat()}）。")
    files = api.find_inputs(inbox, allow_none=True, also=SENT_INSTEAD)
    given = Inbox(
        arguments=inbox,
        files=tuple(files),
        as_of=as_of,
        folder=folder,
        ledger=ledger,
        year=year,
        register=received,
        decisions=decisions,
        kind=kind,
        letter_template=letter_template,
        sender=sender,
        reply_by=reply_by,
        own_files=own_files(prepared.settings),
    )
    many = len(files) + len(prepared.previous) >= MANY_FILES
    if many:
        end_in_order()
    with progress_bar(shown=many and not quiet and sys.stderr.isatty()) as progress:
        season = collect(
            given,
            Checking(
                rulebook=prepared.rulebook,
                options=prepared.options,
                jobs=jobs or ((os.cpu_count() or 1) if many else 1),
                cluster=cluster,
                previous=prepared.previous,
                exceptions=prepared.exceptions,
                configuration=prepared.configuration,
                material=set_material(prepared, model_text, published),
                progress=progress,
                notice=lambda text: click.echo(text, err=True),
            ),
        )
    if not quiet:
        options = WritingOptions(width=terminal_width(), colour=wants_colour(disabled=no_color))
        for line in summary_lines(season, folder, options):
            click.echo(line, nl=False, color=options.colour)
    failed = any(standing.state in fail_on_state for standing in season.units)
    return api.EXIT_FINDINGS if failed else api.EXIT_CLEAN
