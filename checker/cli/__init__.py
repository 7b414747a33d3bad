"""The command line: thin commands over `checker.api`, the only place that prints or exits."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from checker.cli.console import help_option, run_and_exit, terminal_width, version_option
from checker.model.errors import UsageError

COMMANDS: Final = {
    "check": "checker.cli.check:check_command",
    "annotate": "checker.cli.author.annotate:annotate_command",
    "open": "checker.cli.author.open:open_command",
    "baseline": "checker.cli.baseline:baseline_command",
    "collect": "checker.cli.office.collect:collect_command",
    "aggregate": "checker.cli.office.aggregate:aggregate_command",
    "compare": "checker.cli.compare.command:compare_command",
    "config": "checker.cli.config:config_command",
    "show": "checker.cli.show.command:show_command",
    "explain": "checker.cli.explain:explain_command",
    "rules": "checker.cli.rules.commands:rules_command",
    "schema": "checker.cli.schema:schema_command",
    "init": "checker.cli.first_steps.init:init_command",
    "completion": "checker.cli.first_steps.completion:completion_command",
}
"""Command name to where it is defined; imported on first use."""
_DEFAULT: Final = "check"
_OF_PATHS: Final = frozenset("./\\*?[")
_FIRST: Final = """\
检查一份或一批报告：      checker 报告.docx
打开页面，边看边改：      checker open 报告.docx
其他命令和选项：          checker --help
"""


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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; a path where a command would stand is checked.

        Raises:
            UsageError: there is no such command.
        """
        name = args[0]
        if name in COMMANDS:
            return super().resolve_command(ctx, args)
        if name == "-" or _OF_PATHS & set(name) or Path(name).exists():
            return _DEFAULT, self.get_command(ctx, _DEFAULT), args
        from checker.rulebook.load.sentences import nearest  # noqa: PLC0415  # only for a slip

        near = nearest(name, COMMANDS)
        hint = f"，是否为 {near}？" if near else "。"
        raise UsageError(f"没有命令 {name}{hint}用 checker --help 查看用法。")


@click.group(
    cls=LazyGroup,
    help="检查政府公开的报告和报表是否合规。",
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    invoke_without_command=True,
)
@version_option
@help_option
@click.pass_context
def cli(context: click.Context) -> None:
    """Entry group; without a command it says what to do first."""
    if context.invoked_subcommand is None:
        click.echo(_FIRST, nl=False)


def main() -> None:
    """Run the command line; never shows a traceback for wrong input."""
    if "_CHECKER_COMPLETE" in os.environ:  # a shell asks; only then its own ways of asking need to be known
        import_module("checker.cli.first_steps.completion")
    run_and_exit(cli)
