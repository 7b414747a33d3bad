"""The YAML files of a folder that somebody names: it may be any folder, so that what is looked at is counted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SUFFIXES: Final = (".yaml", ".yml")
MAX_BYTES: Final = 16 << 20
"""All rule files of a folder or a pack together; the built-in ones are a thirtieth of that."""
MAX_FILES: Final = 500
_MAX_FOLDERS: Final = 2_000
_MAX_DEPTH: Final = 10
_UNLIKE: Final = "不像规则文件夹；请写放规则的那个文件夹"


class FolderError(ValueError):
    """A folder that is refused; the text is a Chinese clause about it."""


def yaml_files(folder: Path) -> Iterator[Path]:
    """YAML files below a folder, shallow ones first, in a fixed order.

    Links to folders are not followed, hidden folders and files passed over.

    Raises:
        FolderError: it holds more than rule files can be.
    """
    size = files = 0
    for number, (root, folders, names) in enumerate(os.walk(folder), 1):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if number > _MAX_FOLDERS:
            raise FolderError(f"里的文件夹超过 {_MAX_FOLDERS} 个，{_UNLIKE}")
        if len(Path(root).relative_to(folder).parts) > _MAX_DEPTH:
            raise FolderError(f"里的文件夹套了 {_MAX_DEPTH} 层以上，{_UNLIKE}")
        for name in sorted(names):
            if not name.endswith(SUFFIXES) or name.startswith("."):
                continue
            path = Path(root) / name
            files += 1
            size += _size(path)
            if files > MAX_FILES:
                raise FolderError(f"里的 .yaml 文件超过 {MAX_FILES} 个，{_UNLIKE}")
            if size > MAX_BYTES:
                raise FolderError(f"里的 .yaml 文件合起来超过 {MAX_BYTES >> 20} MB，{_UNLIKE}")
            yield path


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it says what is wrong
