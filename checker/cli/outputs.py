"""Which formats are written and to which files: `--format` and `--output`, as often as wanted."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import click

from checker.cli.console import ListingOption
from checker.model.errors import UsageError, system_words
from checker.model.findings import CheckRun
from checker.run.replacing import replacing, replacing_bytes
from checker.startup.records import dataclass, replace
from checker.writers import OUTPUTS, output_for, output_named
from checker.writers.shared.options import WritingOptions

_STDOUT: Final = "-"
_FILE_WIDTH: Final = 100
"""Cells of a line of text in a file: the same whatever the terminal is."""


@dataclass(frozen=True, slots=True)
class Target:
    """The name of an output format and the file to write, None for standard output."""

    format: str
    file: Path | None


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format` and `--output`; the command gets them as `outputs`, a tuple of `Target`."""

    @functools.wraps(command)
    def with_outputs(*, formats: tuple[str, ...], files: tuple[str, ...], **values: Any) -> Any:
        return command(outputs=paired(formats, files), **values)

    for option in (
        click.option("--output", "-o", "files", multiple=True, metavar="文件",
                     help="结果写入文件，“-”为屏幕；第几个 --output 配第几个 --format，"
                     "没有写 --format 的由扩展名决定。"),
        click.option("--format", "formats", multiple=True, metavar="格式", callback=_known_formats,
                     cls=ListingOption, choices=lambda: {name: one.title for name, one in OUTPUTS.items()},
                     help="输出格式，默认 text。可多次使用，各配一个 --output；最后一个可以不配，输出到屏幕。"),
    ):  # fmt: skip
        with_outputs = option(with_outputs)
    return with_outputs


def _known_formats(
    _context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    """A click callback for names of output formats."""
    try:
        return tuple(output_named(name).name for name in names)
    except UsageError as error:
        raise click.BadParameter(str(error)) from None


def paired(formats: Sequence[str], files: Sequence[str]) -> tuple[Target, ...]:
    """Formats with their files, in order.

    Args:
        formats: as given.
        files: as given; there may be one less than formats, or more, which get formats by their endings.

    Raises:
        UsageError: they do not fit together.
    """
    outputs = [
        Target(formats[number] if number < len(formats) else _format_of(file), _file(file))
        for number, file in enumerate(files)
    ]
    rest = formats[len(files) :]
    if len(rest) > 1:
        raise UsageError(
            f"--format 有 {len(formats)} 个，--output 只有 {len(files)} 个：最多一个格式输出到屏幕，"
            "其余各写一个 --output。"
        )
    outputs += [Target(name, None) for name in rest or (() if files else ("text",))]
    _refuse_mistakes(outputs)
    return tuple(outputs)


def _file(text: str) -> Path | None:
    return None if text == _STDOUT else Path(text)


def _ending(file: Path) -> str:
    return file.suffix.lower().removeprefix(".")


def _format_of(text: str) -> str:
    """The format for a file without a stated one."""
    if text == _STDOUT:
        return "text"
    known = output_for(_ending(Path(text)))
    if known is None:
        raise UsageError(f"从文件名“{text}”看不出用什么格式，请在前面写 --format（{'、'.join(OUTPUTS)}）。")
    return known.name


def _refuse_mistakes(outputs: Sequence[Target]) -> None:
    if sum(output.file is None for output in outputs) > 1:
        raise UsageError("最多一个格式输出到屏幕，其余各写一个 --output。")
    seen: set[str] = set()
    for output in outputs:
        known = output_named(output.format)
        known.refuse_if_missing()
        if output.file is None:
            if known.binary:
                raise UsageError(
                    f"{known.name} 不是文字，不能输出到屏幕：请写到文件，如 -o 结果.{known.endings[0]}。"
                )
            continue
        place = _place(output.file)
        if place in seen:
            raise UsageError(f"两种格式写到同一个文件“{output.file}”，后一个会盖掉前一个。请换一个文件名。")
        seen.add(place)
        ending = _ending(output.file)
        if output_for(ending) and ending not in known.endings:
            raise UsageError(
                f"文件“{output.file}”配的格式是 {output.format}，与扩展名不符："
                "第几个 --output 配第几个 --format，请把两者的次序写对。"
            )


def refuse_overwriting(outputs: Sequence[Target], inputs: Iterable[Path]) -> None:
    """Keep a run from writing its result over a file that it checks.

    Raises:
        UsageError: an output is one of the inputs.
    """
    places = {_place(output.file): output.file for output in outputs if output.file is not None}
    for path in inputs if places else ():
        if _place(path) in places:
            raise UsageError(
                f"“{path}”是要检查的文件，结果不能写在上面。请给结果换一个名字，或放到别的文件夹。"
            )


def jobs_for(outputs: Iterable[Target], files: int, jobs: int) -> int:
    """How many processes to use: one where an output shows whole texts, which other processes keep to themselves.

    Args:
        outputs: what will be written.
        files: number of files to check.
        jobs: as asked for, 0 to leave it to the number of files.
    """
    return 1 if shows_whole(outputs, files) else jobs


def shows_whole(outputs: Iterable[Target], files: int) -> bool:
    """Whether an output shows so many files with their whole text."""
    return files <= max((output_named(output.format).whole for output in outputs), default=0)


def _place(file: Path) -> str:
    return os.path.normcase(os.path.realpath(file))


def write_outputs(run: CheckRun, outputs: Sequence[Target], terminal: WritingOptions) -> None:
    """Write a run in every format asked for, those to files first.

    Raises:
        UsageError: a file cannot be written.
    """
    for output in sorted(outputs, key=lambda one: one.file is None):
        options = (
            terminal
            if output.file is None
            else replace(terminal, colour=False, width=_FILE_WIDTH, whole_paths=True)
        )
        known = output_named(output.format)
        if known.binary and output.file is not None:
            _write_binary(known.write_binary(run, options), output.file)
        else:
            write_pieces(known.write(run, options), output.file, colour=options.colour)


def _write_binary(pieces: Iterable[bytes], file: Path) -> None:
    try:
        with replacing_bytes(file) as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise _refusal(file, error) from None


def write_pieces(pieces: Iterable[str], file: Path | None, *, colour: bool = False) -> None:
    """Write to a file, or to standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    if file is None:
        for piece in pieces:
            click.echo(piece, nl=False, color=colour)
        return
    try:
        with replacing(file) as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise _refusal(file, error) from None


def _refusal(file: Path, error: OSError) -> UsageError:
    return UsageError(f"结果写不进“{file}”（{system_words(error)}）。请检查文件夹是否存在、有没有权限。")
