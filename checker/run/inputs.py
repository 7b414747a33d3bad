"""Which files to check: files, folders and patterns from the command line."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from checker.model.errors import UsageError
from checker.readers.formats import formats, suffixes
from checker.readers.packages.choice import OTHERS, is_left_behind
from checker.readers.signatures import suffix_of
from checker.run.others import PACKED, others_in
from checker.run.stores.address import is_address

_BEGINNING: Final = 2048


def find_inputs(
    arguments: Sequence[str],
    *,
    allow_none: bool = False,
    also: Collection[str] = (),
    tell_others: bool = False,
) -> list[Path]:
    """The files behind command-line arguments, each once, in a fixed order.

    Folders are searched to any depth; packages that cannot be opened are found too. Passed over is what systems and
    office programs leave beside documents, and what is no document. Links to folders are not followed. They, and
    folders that may not be opened, are listed, so that they are told.

    Args:
        arguments: paths of files and folders, or patterns with `*`, `?` and `[…]`; addresses such as `s3://bucket/`.
        allow_none: it is all right if the folders hold no documents.
        also: endings of files in folders that are wanted too, though they cannot be read, without dots.
        tell_others: `OTHERS` in a folder stands behind all others for those of its files that nobody looks at.

    Raises:
        UsageError: an argument names nothing, or there is nothing to check in all of them.
    """
    found: dict[Path, None] = {}
    folders: list[Path] = []
    for argument in arguments:
        if is_address(argument):
            from checker.run.stores.opening import stored_files  # noqa: PLC0415  # most files are on disk

            found.update(dict.fromkeys(stored_files(argument, _wanted(also))))
            continue
        for path in _paths(argument):
            if path.is_dir():
                found.update(dict.fromkeys(_documents(path, also)))
                folders.append(path)
            else:
                if is_special(path):
                    raise UsageError(f"“{path}”是管道、设备一类的特殊文件，不是文档。请写文档的路径。")
                found[path] = None
    if not found and not allow_none:
        listed = "、".join(arguments)
        known = "、".join(known.title for known in formats())
        raise UsageError(f"“{listed}”里没有可以检查的报告。能读的有：{known}。请检查路径。")
    if tell_others and found:
        found.update((folder / OTHERS, None) for folder in folders if others_in(folder))
    return list(found)


def _paths(argument: str) -> list[Path]:
    path = Path(argument)
    if path.exists() or path.is_symlink():
        return [path]
    import glob  # noqa: PLC0415  # most arguments are names of files

    matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207  # patterns may be absolute
    if not matches:
        raise UsageError(f"找不到“{argument}”。请检查路径和文件名。")
    return [Path(match) for match in matches]


def _documents(folder: Path, also: Collection[str]) -> Iterator[Path]:
    wanted = _wanted(also)
    closed: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        yield from (Path(root, name) for name in sorted(folders) if _leads_out(Path(root, name), folder))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if suffix_of(name) in wanted and not _is_left_behind(Path(root) / name):
                yield Path(root) / name
    yield from closed


def _wanted(also: Collection[str]) -> set[str]:
    """Endings of what is looked for in folders."""
    return {*suffixes(), *PACKED, *also}


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a folder inside another is a link to somewhere else, whose documents are not found there."""
    if not path.is_symlink():
        return False
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return True


def _is_left_behind(path: Path) -> bool:
    if not path.name.startswith((".", "~$")) or is_special(path):
        return False
    try:
        with path.open("rb") as file:
            return is_left_behind(path.name, file.read(_BEGINNING))
    except FileNotFoundError:
        return True
    except OSError:
        return False


def is_special(path: Path) -> bool:
    """Whether a path is a pipe, a device, a socket or the like, or a link to one."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
