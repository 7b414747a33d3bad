"""From a CheckRun to text: one record and one module an output format, the module imported on first use.

To add a format, write a module with `write(run: CheckRun, options: WritingOptions) -> Iterator[str]` and add one
record to `_BUILT_IN`, or call `register_output` from a package of your own. May import `model` and `startup`.
A format that is no text has `write_binary` instead, which yields bytes.

A writer is a pure function: the same run gives the same text, whatever the clock, the locale or the
terminal. It yields pieces, so that a long run is never in memory twice, and it goes through
`run.results` by index and keeps none of them, so that the sequence may load them as they are asked for.
It takes the names of things from `run.rulebook.vocabulary`, and treats every text of a report as hostile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Final, Protocol, cast

from checker.model.errors import UsageError
from checker.model.findings import CheckRun, ReportResult
from checker.startup.records import dataclass
from checker.writers.shared.options import FEW_REPORTS, WritingOptions


class Write(Protocol):
    """What every writer module calls `write`."""

    def __call__(self, run: CheckRun, options: WritingOptions, /) -> Iterator[str]:
        """Pieces of text; joined they are the whole output, with a line end at its end."""


class WriteBinary(Protocol):
    """What the module of a format that is no text calls `write_binary`."""

    def __call__(self, run: CheckRun, options: WritingOptions, /) -> Iterator[bytes]:
        """Pieces of the file."""


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
        binary: it is no text, and goes to files only.
        needs: a library that it cannot do without, None if it needs none; see `MISSING`.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    module: str
    whole: int = 0
    live: bool = False
    keys: bool = False
    binary: bool = False
    needs: str | None = None

    @property
    def write(self) -> Write:
        """The writer itself, of a format that is text.

        Raises:
            UsageError: it is none.
        """
        if self.binary:
            raise UsageError(f"{self.name} 不是文字，只能写到文件里。")
        return cast("Write", import_module(self.module).write)

    @property
    def write_binary(self) -> WriteBinary:
        """The writer of a format that is no text.

        Raises:
            UsageError: a library is missing that it needs.
        """
        self.refuse_if_missing()
        return cast("WriteBinary", import_module(self.module).write_binary)

    def refuse_if_missing(self) -> None:
        """Say so where it cannot be written here.

        Raises:
            UsageError: a library is missing that it needs.
        """
        if self.needs and find_spec(self.needs) is None:
            how = MISSING.get(self.needs, f"没有安装 {self.needs}")
            raise UsageError(f"不能写 {self.name}：{how}。")

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
    Output(
        "parquet",
        "数据部门",
        ("parquet",),
        "checker.writers.parquet.table",
        keys=True,
        binary=True,
        needs="pyarrow",
    ),
)
OUTPUTS: Final[dict[str, Output]] = {output.name: output for output in _BUILT_IN}
"""Every output format by name, in the order in which they are listed."""


MISSING: Final = {
    "pyarrow": "没有安装 pyarrow，联网时运行 pip install pyarrow；不能联网时，在能联网、系统和 Python 都相同的电脑上"
    "运行 pip download pyarrow，把下载的 .whl 文件拷来，运行 pip install 这个文件",
}
"""By library what is said where it is missing, and how to get it: a Chinese clause without full stop."""


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


def render(run: CheckRun, format_name: str, options: WritingOptions | None = None) -> Iterator[str]:
    """A run in one of the output formats, in pieces.

    Args:
        run: the run.
        format_name: as `--format` takes it: `text`, `json`, `html`, `csv`, …
        options: for `text`: width, colour and how much to show.

    Raises:
        UsageError: there is no such format, or it is no text: see `render_bytes`.
    """
    return output_named(format_name).write(run, options or WritingOptions())


def render_bytes(run: CheckRun, format_name: str, options: WritingOptions | None = None) -> Iterator[bytes]:
    """A run in one of the output formats, also in one that is no text (`parquet`), as the bytes of a file, in pieces.

    Arguments are those of `render`.

    Raises:
        UsageError: there is no such format, or a library is missing that it needs.
    """
    output = output_named(format_name)
    if output.binary:
        return output.write_binary(run, options or WritingOptions())
    return (piece.encode() for piece in output.write(run, options or WritingOptions()))
