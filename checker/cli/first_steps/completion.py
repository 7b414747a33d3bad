"""`checker completion SHELL`: the script that lets a shell complete commands, options and file names."""

from __future__ import annotations

import os
from typing import Final

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
)

from checker.cli.console import help_option

PROGRAM: Final = "checker"
VARIABLE: Final = "_CHECKER_COMPLETE"
"""Set by the script when it asks for completions; click looks for it."""

_POWERSHELL: Final = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $command, $cursor)
    $env:%(complete_var)s = "powershell_complete"
    $env:COMP_WORDS = ($command.CommandElements | ForEach-Object { $_.ToString() }) -join "`n"
    $env:COMP_CWORD = $word
    %(prog_name)s | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
    }
    Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_CWORD
}
"""
_HOW: Final = {
    "bash": "checker completion bash > ~/.local/share/bash-completion/completions/checker",
    "zsh": "checker completion zsh >> ~/.zshrc",
    "fish": "checker completion fish > ~/.config/fish/completions/checker.fish",
    "powershell": "checker completion powershell >> $PROFILE",
}
"""How to install each script; shells read them when they start."""


class PowerShellComplete(ShellComplete):
    """Completion for PowerShell, which completes names of files itself where it is given nothing."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to complete, and that one."""
        words = os.environ.get("COMP_WORDS", "").split("\n")[1:]
        begun = os.environ.get("COMP_CWORD", "")
        return (words[:-1] if begun and words and words[-1] == begun else words), begun

    def format_completion(self, item: CompletionItem) -> str:
        """One line for a completion: what is put in, a tab, what it means."""
        return f"{item.value}\t{item.help or item.value}"

    def complete(self) -> str:
        """All completions; none for names of files."""
        found = self.get_completions(*self.get_completion_args())
        return "\n".join(self.format_completion(item) for item in found if item.type == "plain")


add_completion_class(PowerShellComplete)


@click.command(
    "completion", options_metavar="[选项]", help="输出命令补全的脚本：bash、zsh、fish、powershell。"
)
@click.argument("shell", type=click.Choice(tuple(_HOW)), metavar="|".join(_HOW))
@help_option
@click.pass_context
def completion_command(context: click.Context, *, shell: str) -> None:
    """Print the script for one shell."""
    cls = get_completion_class(shell)
    if cls is None:  # all of those above have one
        raise LookupError(shell)
    # Not the class's own `source`: that of bash asks bash for its version, in English.
    script = ShellComplete.source(cls(context.find_root().command, {}, PROGRAM, VARIABLE))
    click.echo(f"# 装好补全：{_HOW[shell]}\n# 然后新开一个终端。\n{script.strip()}")
