"""From a CheckRun to text: one record and one module an output format, the module imported on first use.

To add a format, write a module with `write(run: CheckRun, options: WritingOptions) -> Iterator[str]` and add one
record to `_BUILT_IN`, or call `register_output` from a package of your own. May import `model` and `startup`.

A writer is a pure function: the same run gives the same text, whatever the clock, the locale or the
terminal. It yields pieces, so that a long run is never in memory twice, and it goes through
`run.results` by index and keeps none of them, so that the sequence may load them as they are asked for.
It takes the names of things from `run.rulebook.vocabulary`, and treats every text of a report as hostile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final, Protocol, cast

from checker.model.errors import UsageError
from checker.model.findings import CheckRun, ReportResult
from checker.startup.records import dataclass
from checker.writers.shared.options import FEW_REPORTS, WritingOptions


class Write(Protocol):
    """What every writer module calls `write`."""

    def __call__(self, run: CheckRun, options: WritingOptions, /) -> Iterator[str]:
        """Pieces of text; joined they are the whole output, with a line end at its end."""


class LineWriter(Protocol):
    """A writer module whose lines can be written while the run goes on."""

    def report_line(self, result: ReportResult, resume: Mapping[str, str | None] | None = None, /) -> str:
        """The line for a report, with what a later run must know to take it."""

    def run_line(self, run: CheckRun, /) -> str:
        """The last line."""


@dataclass(frozen=True, slots=True)
class Output:
    """An output format.

    Attributes:
        name: as `--format` takes it.
        title: who it is for, in Chinese.
        endings: endings of its files, without a dot, the usual one first. A file without a stated format gets
            the first format that has its ending.
        module: dotted name of the module that has `write`.
        whole: up to how many reports it shows with their whole text; results must then still have it, which
            those that come from other processes do not.
        live: its lines are written while the run goes on; the module is a `LineWriter`.
        keys: it is for programs: it has the keys of the vocabulary, not its words.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    module: str
    whole: int = 0
    live: bool = False
    keys: bool = False

    @property
    def write(self) -> Write:
        """The writer itself."""
        return cast("Write", import_module(self.module).write)

    @property
    def line_writer(self) -> LineWriter:
        """The module of a live format."""
        return cast("LineWriter", import_module(self.module))


_BUILT_IN: Final = (
    Output("text", "终端前的人", ("txt", "log"), "checker.writers.terminal.text"),
    Output("json", "程序", ("json",), "checker.writers.json_result", keys=True),
    Output(
        "jsonl", "程序，边检查边读", ("jsonl", "ndjson"), "checker.writers.json_lines", live=True, keys=True
    ),
    Output("html", "领导、作者", ("html", "htm"), "checker.writers.html.result", FEW_REPORTS),
    Output("csv", "Excel、WPS", ("csv",), "checker.writers.csv_table"),
    Output("markdown", "合并请求的评论", ("md", "markdown"), "checker.writers.markdown"),
    Output("sarif", "GitHub 代码扫描、编辑器", ("sarif", "json"), "checker.writers.sarif", keys=True),
    Output("junit", "Jenkins、GitLab 等", ("xml",), "checker.writers.junit"),
    Output("gitlab", "GitLab", ("json",), "checker.writers.gitlab"),
    Output("github", "GitHub Actions", ("txt", "log"), "checker.writers.github"),
)
OUTPUTS: Final[dict[str, Output]] = {output.name: output for output in _BUILT_IN}
"""Every output format by name, in the order in which they are listed."""


def register_output(output: Output) -> None:
    """Add an output format, for `render` and for `--format` and `--output` on the command line.

    Raises:
        UsageError: there is one of that name.
    """
    if output.name in OUTPUTS:
        raise UsageError(f"已经有“{output.name}”这种输出格式。")
    OUTPUTS[output.name] = output


def output_named(name: str) -> Output:
    """The output format of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in OUTPUTS:
        raise UsageError(f"没有“{name}”这种输出格式，可用 {'、'.join(OUTPUTS)}。")
    return OUTPUTS[name]


def output_for(ending: str) -> Output | None:
    """The first output format whose files have this ending (without a dot, small letters), None if there is none."""
    return next((output for output in OUTPUTS.values() if ending in output.endings), None)
