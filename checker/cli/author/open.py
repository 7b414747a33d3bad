"""`checker open`: the page in the browser, answered by this program."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from checker.cli.console import help_option
from checker.model.errors import UsageError


@click.command(
    "open",
    options_metavar="[选项]",
    help="在浏览器里打开检查页面，可带一份报告；只有这台电脑上打开的那一页能用，不联网。",
)
@click.argument("file", required=False, metavar="[文件]", type=click.Path(path_type=Path))
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只写出地址。")
@help_option
def open_command(*, file: Path | None, no_browser: bool) -> int:
    """Serve the page until it is closed; returns the exit code."""
    if file is not None and file.is_dir():
        raise UsageError(
            f"“{file}”是文件夹，页面上一次看一份报告。请写明哪一份，或运行 checker check {file} 检查全部。"
        )
    if file is not None and not file.is_file():
        raise UsageError(f"没有“{file}”这个文件。请检查路径，或直接运行 checker open 再选择文件。")
    from checker.browser.local import local_page  # noqa: PLC0415  # a server is costly to import

    server = local_page(file)
    click.echo(f"检查页面：{server.address}")
    click.echo("这个地址只能打开一次。关掉网页或按 Ctrl-C 结束。")
    if not no_browser:
        webbrowser.open(server.address)
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("已结束。")
    return 0
