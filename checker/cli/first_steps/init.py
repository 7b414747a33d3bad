"""`checker init`: a configuration file with every setting in it, each explained and none in force."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from checker.cli.console import FOLDER, help_option
from checker.model.errors import UsageError, system_words
from checker.settings.config import CONFIG_NAME, SCHEMA
from checker.writers.shared.text_cells import pad

_EXAMPLES: Final = {
    "profile": "national",
    "level": "部门",
    "tier": "县级",
    "form": "auto",
    "rules": "[本县规则]",
    "severity": "{GEN-07: 警告, STY-08: off}",
    "select": "[T2, T3, T4]",
    "ignore": "[STY]",
    "fail_on": "warning",
    "max_warnings": "10",
    "exceptions": "例外.yaml",
    "previous": "[去年]",
    "renames": "更名.yaml",
    "units": "单位.xlsx",
    "paths": "[报告]",
    "as_of": "2025-01-31",
}
_HEAD: Final = """\
# checker 的设置。去掉行首的“# ”，那一项就生效；路径都相对于这个文件所在的文件夹。
# 检查文件夹时，要检查的文件夹里面的这个文件不采用；放在它的上一级，或者用 --config 指定。
# 现在各项的值和出处：checker config show

"""
_CELLS: Final = 44


def template() -> str:
    """The file: a line for each setting, as a comment."""
    lines = (
        f"# {pad(f'{name}: {_EXAMPLES[name]}', _CELLS)}  # {setting['description']}"
        if "description" in setting
        else f"# {name}: {_EXAMPLES[name]}"
        for name, setting in SCHEMA["properties"].items()
    )
    return _HEAD + "\n".join(lines) + "\n"


@click.command(
    "init", options_metavar="[选项]", help="在文件夹里写一个带说明的 .checker.yaml，各项先都不生效。"
)
@click.argument("folder", type=FOLDER, default=".", metavar="[文件夹]")
@help_option
def init_command(*, folder: Path) -> None:
    """Write the file where there is none."""
    path = folder / CONFIG_NAME
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise UsageError(f"已经有 {path.as_posix()}，没有改动它。要重写，请先把它改名或删除。") from None
    except OSError as error:
        raise UsageError(f"{path.as_posix()} 写不了（{system_words(error)}）。请检查文件夹和权限。") from None
    click.echo(f"写好了 {path.as_posix()}：打开它，去掉要用的那几行行首的“# ”。")
