"""Outputs whose lines are written while a run goes on: whoever stops it finds every report that was done."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from checker.cli.outputs import Target
from checker.model.errors import UsageError, system_words
from checker.model.findings import CheckRun, ReportResult
from checker.run.replacing import opened_for_writing
from checker.writers import LineWriter, output_named

if TYPE_CHECKING:
    from checker.run.kept.resume import KeptResults, OnResult, Origin

_KEPT_OF_THE_NAME: Final = 40
"""Characters; a name of full length would be too long with what is added."""


class LiveOutputs:
    """The live ones among the outputs of a run; to be closed in the end, however it ends.

    Args:
        outputs: all outputs of the run.
        resume: the file that the run goes on from, None if it begins at the beginning.
        kept: what is in that.

    Attributes:
        others: the outputs that are written when the run is complete.

    Raises:
        UsageError: a file cannot be written; so does everything that writes.
    """

    def __init__(
        self, outputs: Sequence[Target], resume: Path | None = None, kept: KeptResults | None = None
    ) -> None:
        live = [one for one in outputs if output_named(one.format).live]
        self.others = tuple(one for one in outputs if one not in live)
        self._targets: list[tuple[LineWriter, _LineFile]] = []
        for one in live:
            same = one.file is not None and resume is not None and _is_same(one.file, resume)
            lines = kept.lines if kept is not None and same else 0
            self._targets.append((output_named(one.format).line_writer, _LineFile(one.file, lines)))

    @property
    def on_result(self) -> OnResult | None:
        """What wants to know each result, None if nothing does."""
        return self._tell if self._targets else None

    def _tell(self, result: ReportResult, origin: Origin | None) -> None:
        resume = _resume_json(origin) if origin else None
        for writer, file in self._targets:
            file.write(writer.report_line(result, resume))

    def finish(self, run: CheckRun) -> None:
        """Write the last line: the run is complete."""
        for writer, file in self._targets:
            file.write(writer.run_line(run))
            file.take_place()

    def close(self) -> None:
        """Close the files."""
        for _, file in self._targets:
            file.close()


def refuse_emptying(outputs: Sequence[Target], baseline: Path) -> None:
    """Keep a run that writes as it goes from emptying the earlier result that it compares with.

    Raises:
        UsageError: a live output is that file.
    """
    for one in outputs:
        if one.file is not None and output_named(one.format).live and _is_same(one.file, baseline):
            raise UsageError(f"“{baseline}”是 --baseline 的文件，边检查边写会把它清空。请给结果换一个名字。")


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _resume_json(origin: Origin) -> Mapping[str, str | None]:
    from base64 import b64encode  # noqa: PLC0415  # only for these outputs

    kept = None if origin.kept is None else b64encode(origin.kept).decode("ascii")
    return {
        "source": origin.source,
        "sha256": origin.sha256,
        "conditions": origin.conditions,
        "result": kept,
    }


class _LineFile:
    """A file that is written a line at a time, or standard output.

    A file that the run itself goes on from is replaced only when the new one has as many lines: until then these
    stand beside it, so that whoever stops the run again loses nothing.

    Args:
        file: where to, None for standard output.
        earlier: how many lines of an earlier run it has that must not be lost.
    """

    def __init__(self, file: Path | None, earlier: int) -> None:
        self._file = Path(os.path.realpath(file)) if file is not None else None
        self._earlier = earlier
        self._lines = 0
        self._beside: Path | None = None
        self._stream: IO[str] | None = None
        if self._file is None:
            return
        if earlier:
            self._beside = self._file.with_name(f".{self._file.name[:_KEPT_OF_THE_NAME]}.part")
        try:
            if self._beside:
                self._beside.unlink(missing_ok=True)  # of a run that was stopped
            self._open("x" if self._beside else "w")
        except OSError as error:
            raise self._refusal(error) from None

    def _open(self, mode: str) -> None:
        place = self._beside or self._file
        if place is not None:
            self._stream = open(  # noqa: SIM115  # a path takes no opener; closed by `close`
                place, mode, encoding="utf-8", newline="", opener=opened_for_writing
            )

    def write(self, line: str) -> None:
        """Write a line; it is there when this returns."""
        if self._stream is None:
            click.echo(line, nl=False)
            return
        try:
            self._stream.write(line)
            self._stream.flush()
        except OSError as error:
            raise self._refusal(error) from None
        self._lines += 1
        if self._lines == self._earlier:
            with suppress(OSError):  # a system that does not replace open files: at the end then
                self._replace()

    def take_place(self) -> None:
        """Replace the earlier file, if that has not been done."""
        try:
            self._replace()
        except OSError as error:
            raise self._refusal(error) from None

    def _replace(self) -> None:
        if self._beside is None or self._file is None:
            return
        self.close()
        try:
            self._beside.replace(self._file)
            self._beside = None
        finally:
            self._open("a")

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            with suppress(OSError):  # what could not be written was told when it was
                self._stream.close()

    def _refusal(self, error: OSError) -> UsageError:
        return UsageError(
            f"结果写不进“{self._file}”（{system_words(error)}）。请检查文件夹是否存在、有没有权限、磁盘是否已满。"
        )
