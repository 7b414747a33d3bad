"""`checker show`: what was read from a file, so that a person can compare it with the original."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker import api
from checker.cli.console import complete_path, help_option, terminal_width
from checker.cli.settings import form_option, load_rules, name_option, rule_options
from checker.model.errors import UsageError
from checker.model.findings import Status
from checker.run.pipeline import CheckOptions, contents_of_stream


@click.command(
    "show",
    options_metavar="[选项]",
    help="显示从文件里读到了什么：单位和年度、要素、各部分、三张表。用来和原文对照；“-”读标准输入。",
)
@click.argument("path", metavar="文件", shell_complete=complete_path)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="输出格式。",
)
@click.option("--claims", is_flag=True, help="再列出正文里说到的数量。")
@form_option
@name_option
@rule_options
@help_option
def show_command(
    *,
    path: str,
    format_name: str,
    claims: bool,
    form: str | None,
    name: str | None,
    rules: tuple[Path, ...],
    no_builtin_rules: bool,
) -> int:
    """Show every report in a file; returns the exit code."""
    rulebook = load_rules(rules, builtin=not no_builtin_rules)
    form = None if form == "auto" else form
    if form is not None and form not in rulebook.forms:
        raise UsageError(f"没有格式“{form}”；--form 可用 auto、{'、'.join(rulebook.forms)}。")
    options = CheckOptions(form=form)
    source: bytes | Path = contents_of_stream(sys.stdin.buffer) if path == "-" else Path(path)
    readings = list(
        api.read(
            source, name=name or ("标准输入" if path == "-" else None), rulebook=rulebook, options=options
        )
    )
    if format_name == "json":
        from checker.cli.show.as_json import shown_as_json  # noqa: PLC0415  # one of two

        click.echo(shown_as_json(readings, rulebook, with_claims=claims), nl=False)
    else:
        from checker.cli.show.as_text import shown_as_text  # noqa: PLC0415  # one of two

        for line in shown_as_text(readings, rulebook, terminal_width(), with_claims=claims):
            click.echo(line)
    if any(reading.status is Status.UNREADABLE for reading in readings):
        return api.EXIT_UNREADABLE
    return api.EXIT_CLEAN if any(reading.report for reading in readings) else api.EXIT_USAGE
