"""`checker schema`: the published JSON Schemas."""

from __future__ import annotations

import json
from typing import Any, Final

import click

from checker.cli.console import help_option
from checker.rulebook.store import load_rulebook

_NAMES: Final = ("result", "jsonl", "compare", "collect", "rules", "exceptions", "config")


@click.command(
    "schema",
    options_metavar="[选项]",
    help="输出 JSON Schema：result、jsonl、compare、collect、rules、exceptions、config。",
)
@click.argument("which", type=click.Choice(_NAMES), metavar="|".join(_NAMES))
@help_option
def schema_command(*, which: str) -> None:
    """Print one of the schemas."""
    if which == "result":
        from checker.writers.json_result import schema_text  # noqa: PLC0415  # one of the schemas

        click.echo(schema_text(), nl=False)
        return
    click.echo(json.dumps(_schema(which), ensure_ascii=False, indent=2))


def _schema(which: str) -> Any:
    if which == "jsonl":
        from checker.writers.json_lines import lines_schema  # noqa: PLC0415  # one of the schemas
        from checker.writers.json_result import schema_text  # noqa: PLC0415  # likewise

        return lines_schema(json.loads(schema_text()))
    if which == "compare":
        from checker.cli.compare.as_json import comparison_schema  # noqa: PLC0415  # one of the schemas
        from checker.writers.json_result import schema_text  # noqa: PLC0415  # likewise

        return comparison_schema(json.loads(schema_text()))
    if which == "collect":
        from checker.office.contract import collect_schema  # noqa: PLC0415  # one of the schemas
        from checker.writers.json_result import schema_text  # noqa: PLC0415  # likewise

        return collect_schema(json.loads(schema_text()))
    if which == "exceptions":
        from checker.accepted.schema import SCHEMA  # noqa: PLC0415  # one of the schemas

        return SCHEMA
    if which == "config":
        from checker.settings import config  # noqa: PLC0415  # one of the schemas

        return config.published_schema(load_rulebook().vocabulary)
    from checker.workbench.editor_schema import editor_schema  # noqa: PLC0415  # one of the schemas

    return editor_schema(load_rulebook())
