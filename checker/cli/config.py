"""`checker config show`: every setting in force and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from checker.cli.console import complete_path, help_option
from checker.cli.settings import (
    Request,
    fail_on_option,
    max_warnings_option,
    settings_for,
    settings_options,
)
from checker.writers.shared.text_cells import harmless, pad

if TYPE_CHECKING:
    from checker.settings.config import Settings

_NAMES: Final = (
    "profile", "as_of", "level", "tier", "form", "rules", "severity",
    "select", "ignore", "fail_on", "max_warnings", "exceptions", "previous", "renames",
    "units", "paths",
)  # fmt: skip
_NAME_CELLS: Final = 18
_VALUE_CELLS: Final = 26


@click.group("config", options_metavar="[选项]", subcommand_metavar="命令 …", help="查看配置。")
@help_option
def config_command() -> None:
    """Group of commands on the configuration."""


@config_command.command(
    "show",
    options_metavar="[选项]",
    help="显示每一项设置现在的值，以及出自哪里：默认、配置文件第几行，或命令行。",
)
@click.argument("paths", nargs=-1, metavar="[路径…]", shell_complete=complete_path)
@fail_on_option
@max_warnings_option
@settings_options
@help_option
def show_command(*, paths: tuple[str, ...], request: Request) -> None:
    """Print the settings that `checker check` would use for the same command line."""
    settings, _rulebook, found = settings_for(request, paths)
    for ignored in found.ignored:
        click.echo(f"没有采用 {harmless(ignored)}：它在要检查的文件里面；要用它，请加 --config。")
    for name, value, origin in _rows(settings):
        click.echo(f"{pad(name, _NAME_CELLS)}  {pad(harmless(value), _VALUE_CELLS)}  {harmless(origin)}")


def _rows(settings: Settings) -> Iterator[tuple[str, str, str]]:
    for name in _NAMES:
        if name == "severity" and settings.severity:
            for rule, grade in settings.severity.items():
                yield f"severity.{rule}", grade, settings.origin(f"severity.{rule}")
        else:
            yield name, _words(getattr(settings, name)), settings.origin(name)


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(_words(item) for item in value) or "（无）"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.as_posix()
    return "（无）" if value is None else str(value)
