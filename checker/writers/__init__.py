"""From a CheckRun to text: one module a format, imported on first use.

To add a format, write `checker/writers/<name>.py` with
`write(run: CheckRun, options: TerminalOptions) -> Iterator[str]` and add one line to `WRITERS`.

A writer is a pure function: the same run gives the same text, whatever the clock, the locale or the
terminal. It yields pieces, so that a long run is never in memory twice, and it goes through
`run.results` by index and keeps none of them, so that the sequence may load them as they are asked for.
It imports findings, report and document only, and it treats every text in them as hostile.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final, Protocol, cast

from checker.model.errors import UsageError
from checker.model.findings import CheckRun
from checker.writers.shared.options import TerminalOptions

WRITERS: Final = {
    "text": "checker.writers.terminal.text",
    "json": "checker.writers.json_result",
    "html": "checker.writers.html.result",
    "csv": "checker.writers.csv_table",
    "markdown": "checker.writers.markdown",
    "sarif": "checker.writers.sarif",
    "junit": "checker.writers.junit",
    "gitlab": "checker.writers.gitlab",
    "github": "checker.writers.github",
}
"""Format name, as `--format` takes it, to writer module."""

ENDINGS: Final = {
    "text": ("txt", "log"),
    "json": ("json",),
    "html": ("html", "htm"),
    "csv": ("csv",),
    "markdown": ("md", "markdown"),
    "sarif": ("sarif", "json"),
    "junit": ("xml",),
    "gitlab": ("json",),
    "github": ("txt", "log"),
}
"""Endings of files for each format; a file without a stated format gets the first one that has its ending."""


class Write(Protocol):
    """What every writer module calls `write`."""

    def __call__(self, run: CheckRun, options: TerminalOptions, /) -> Iterator[str]:
        """Pieces of text; joined they are the whole output, with a line end at its end."""


def writer(name: str) -> Write:
    """The writer of a format.

    Args:
        name: a key of `WRITERS`.

    Raises:
        UsageError: there is no such format.
    """
    if name not in WRITERS:
        raise UsageError(f"没有“{name}”这种输出格式，可以用：{'、'.join(WRITERS)}。")
    return cast("Write", import_module(WRITERS[name]).write)
