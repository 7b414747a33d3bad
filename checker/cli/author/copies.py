"""Where annotated copies go: never over a file that was given, unless that is asked for by name."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checker.annotate import Annotated
from checker.model.errors import UsageError, system_words
from checker.readers.formats import formats
from checker.run.replacing import replacing_bytes
from checker.run.stores.address import StoredFile
from checker.startup.records import dataclass

_COPY: Final = ".批注"
_ORIGINAL: Final = ".原件"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the copy of one file goes.

    Attributes:
        file: the file to write, without regard to the ending that its format asks for.
        is_named: a person has written this very name.
        replaces: it takes the place of the source, whose bytes are kept beside it.
        has_namesake: another file has the same name but for the ending.
    """

    file: Path
    is_named: bool = False
    replaces: bool = False
    has_namesake: bool = False

    def takes(self, copy: Annotated) -> bool:
        """Whether a copy may be written there: a name that somebody wrote asks for a format."""
        return not (self.is_named or self.replaces) or _fits(self.file, copy.suffix)


def destinations(files: Sequence[Path], output: str | None, *, in_place: bool) -> list[Destination]:
    """Where the copies of files go.

    Args:
        files: the sources.
        output: the file or folder that was named, None if none was.
        in_place: copies take the place of their sources.

    Raises:
        UsageError: these do not go together, or a copy would stand over a source or over another copy.
    """
    if in_place and output is not None:
        raise UsageError("--in-place 写回原文件，不能和 --output 一起用。")
    if any(isinstance(file, StoredFile) for file in files) and (in_place or output is None):
        raise UsageError("地址上的文件只读不写。请用 -o 写明副本放在本机哪个文件或文件夹。")
    if in_place:
        return [Destination(file, replaces=True) for file in files]
    if output is None:
        if len(files) > 1:
            raise UsageError(
                f"有 {len(files)} 份文件，请用 -o 写明副本放在哪个文件夹；要写回原文件，用 --in-place。"
            )
        return [Destination(files[0].with_name(f"{files[0].stem}{_COPY}{files[0].suffix}"))]
    place = Path(output)
    if len(files) > 1 or place.is_dir() or output.endswith(("/", os.sep)) or not place.suffix:
        if place.exists() and not place.is_dir():
            raise UsageError(f"“{output}”是文件；有 {len(files)} 份副本，请用 -o 写一个文件夹。")
        stems = Counter(os.path.normcase(file.stem) for file in files)
        found = [
            Destination(place / file.name, has_namesake=stems[os.path.normcase(file.stem)] > 1)
            for file in files
        ]
    else:
        found = [Destination(place, is_named=True)]
    _refuse_collisions(files, found)
    return found


def _refuse_collisions(files: Sequence[Path], found: Sequence[Destination]) -> None:
    sources = {_place(file): file for file in files}
    seen: set[str] = set()
    for destination in found:
        place = _place(destination.file)
        if place in sources:
            raise UsageError(
                f"“{destination.file}”是原文件，副本不能写在上面。请换一个名字或文件夹；要写回原文件，用 --in-place。"
            )
        if place in seen:
            raise UsageError(f"有两份文件都叫“{destination.file.name}”，副本会互相覆盖。请分开批注。")
        seen.add(place)


def _place(file: Path) -> str:
    return os.path.normcase(os.path.realpath(file))


def write_copy(source: Path, destination: Destination, copy: Annotated) -> Path:
    """Write a copy.

    Returns:
        Where it was written: with the ending of its format if the source has another one.

    Raises:
        UsageError: the name asks for another format, or it cannot be written.
    """
    file = destination.file
    if copy.beside and destination.replaces:
        raise UsageError(f"“{file}”里写不进批注，只能另写一个网页，不能用 --in-place。")
    if not _fits(file, copy.suffix):
        if destination.is_named or destination.replaces:
            raise UsageError(
                f"“{file}”：这份文件的副本是 .{copy.suffix} 格式，与扩展名不符。请用 -o 换一个名字。"
            )
        name = file.name if destination.has_namesake else file.stem
        file = file.with_name(f"{name}.{copy.suffix}")
        if _place(file) == _place(source):
            raise UsageError(f"“{file}”是原文件，副本不能写在上面。请用 -o 换一个名字。")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if destination.replaces:
            _keep_original(source)
        with replacing_bytes(file) as stream:
            stream.write(copy.data)
    except OSError as error:
        raise UsageError(
            f"副本写不进“{file}”（{system_words(error)}）。请检查文件夹有没有写入的权限、磁盘有没有空间。"
        ) from None
    return file


def _fits(file: Path, suffix: str) -> bool:
    """Whether a file name has the ending of a format, or another one of the same family (.docx, .docm)."""
    own = file.suffix.lower().removeprefix(".")
    return own == suffix or any(own in one.suffixes and suffix in one.suffixes for one in formats())


def _keep_original(source: Path) -> None:
    """Copy the bytes of a file beside it, under a name that nothing has."""
    data = source.read_bytes()
    number = 1
    while True:
        name = f"{source.stem}{_ORIGINAL}{number if number > 1 else ''}{source.suffix}"
        try:
            with source.with_name(name).open("xb") as stream:
                stream.write(data)
        except FileExistsError:
            number += 1
        else:
            return
