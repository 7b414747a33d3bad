"""`checker schema`: the published JSON Schemas."""

from __future__ import annotations

import json

import click


@click.command(
    "schema", options_metavar="[选项]", help="输出 JSON Schema：result 为检查结果，rules 为规则文件。"
)
@click.argument("which", type=click.Choice(["result", "rules"]), metavar="result|rules")
@click.help_option("--help", "-h", help="显示帮助。")
def schema_command(*, which: str) -> None:
    """Print one of the schemas."""
    if which == "result":
        from checker.writers.json_result import schema_text  # noqa: PLC0415  # one of two

        click.echo(schema_text(), nl=False)
        return
    from checker.rulebook.schema import published_schema  # noqa: PLC0415  # one of two

    click.echo(json.dumps(published_schema(), ensure_ascii=False, indent=2))
