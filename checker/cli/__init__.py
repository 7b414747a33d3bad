"""The command line: thin commands over `checker.api`, the only place that prints or exits."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from checker.cli.console import help_option, run_and_exit, terminal_width, version_option

COMMANDS: Final = {
    "check": "checker.cli.check:check_command",
    "annotate": "checker.cli.annotate:annotate_command",
    "open": "checker.cli.open:open_command",
    "baseline": "checker.cli.baseline:baseline_command",
    "collect": "checker.cli.office.collect:collect_command",
    "compare": "checker.cli.compare.command:compare_command",
    "config": "checker.cli.config:config_command",
    "show": "checker.cli.show.command:show_command",
    "explain": "checker.cli.explain:explain_command",
    "rules": "checker.cli.rules.commands:rules_command",
    "schema": "checker.cli.schema:schema_command",
}
"""Command name to where it is defined; imported on first use."""


class ChineseContext(click.Context):
    """A context whose help is written in Chinese."""

    def make_formatter(self) -> click.HelpFormatter:
        """The formatter of help texts, imported when somebody asks for help."""
        from checker.cli.help_text import ChineseHelp  # noqa: PLC0415  # on first use

        return ChineseHelp(width=terminal_width())


click.Command.context_class = ChineseContext  # for every command of this program


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Names of all commands, in the order people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        """The command of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(
    cls=LazyGroup,
    help="政府信息公开工作年度报告合规检查。",
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
)
@version_option
@help_option
def cli() -> None:
    """Entry group."""


def main() -> None:
    """Run the command line; never shows a traceback for wrong input."""
    run_and_exit(cli)
