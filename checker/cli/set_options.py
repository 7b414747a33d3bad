"""Options for commands that look at the reports of many units together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.console import ANY_PATH, FILE
from checker.cli.settings import Prepared
from checker.model.errors import UsageError

if TYPE_CHECKING:
    from checker.run.set_material import SetMaterial


def set_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options `--model-text` and `--published`; the command gets them as `model_text` and `published`."""
    for option in (
        click.option("--published", type=ANY_PATH, metavar="路径",
                     help="发布清单（单位、链接、标题、发布日期），或存有清单和网页的文件夹；和 --units 一起用。"),
        click.option("--model-text", type=FILE, metavar="文件",
                     help="发给各单位的范文：里面的句子相同不算雷同；和 --units 一起用。"),
    ):  # fmt: skip
        command = option(command)
    return command


def set_material(prepared: Prepared, model_text: Path | None, published: Path | None) -> SetMaterial | None:
    """What was given, None if nothing was.

    Raises:
        UsageError: there is no list of units that it could be held to, or a file cannot be read or has faults.
    """
    if model_text is None and published is None:
        return None
    from checker.run.set_material import SetMaterial, load_model_text, load_publication  # noqa: PLC0415  # only for these options

    bodies = prepared.options.bodies
    if not bodies.units:
        option = "--published" if published else "--model-text"
        raise UsageError(f"{option} 要有单位清单才用得上。请用 --units 给出。")
    return SetMaterial(
        load_model_text(model_text) if model_text else (),
        load_publication(published, prepared.rulebook, bodies, _tell) if published else None,
    )


def _tell(text: str) -> None:
    click.echo(text, err=True)
