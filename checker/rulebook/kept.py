"""The compiled rulebook kept between runs: for local rules, and for a checkout whose rules change.

What is kept decides what a check reports, so it is used only if nobody but the user can have written it: the
folder and the file are the user's own, neither is a link, and nobody else may write to them. The checksum in
the first line tells that a file was cut short or damaged. Against somebody who can write the file it is
worth nothing, since he can reckon it too; that is what the look at owner and mode is for. Nothing executable
is ever stored or loaded.

Whatever goes wrong here costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from zlib import crc32

_FILES: Final = 24
"""So many are kept; the oldest go first."""
_MAX_BYTES: Final = 32_000_000
_OPEN: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def read_kept(name: str) -> Any:
    """The data kept under a name, None if there are none that can be trusted."""
    folder = _folder()
    try:
        if folder is None or not _is_own(folder.lstat(), stat.S_ISDIR):
            return None
        checksum, _, content = _bytes_of(folder / name).partition(b"\n")
        # As text: from bytes `json` would guess the encoding and decode leniently.
        return json.loads(content.decode()) if checksum == checksum_of(content) else None
    except (OSError, ValueError, RecursionError):
        return None


def keep(name: str, data: Any) -> None:
    """Keep data under a name, in place of what was kept there, if that is possible."""
    folder = _folder()
    if folder is None:
        return
    temporary = folder / f"{name}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder.lstat(), stat.S_ISDIR):
            return
        content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        temporary.unlink(missing_ok=True)
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"%b\n%b" % (checksum_of(content), content))
        temporary.replace(folder / name)
        kept = sorted(folder.glob("rulebook-*"), key=lambda path: path.lstat().st_mtime)
        for old in kept[:-_FILES]:
            old.unlink()
    except (OSError, UnicodeError):  # or a file of rules has a name that is no text
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def checksum_of(content: bytes) -> bytes:
    """What stands in the first line: for damage that nobody intends it is as good as a digest, and costs a tenth."""
    return b"%08x" % crc32(content)


def _bytes_of(path: Path) -> bytes:
    """The contents of a regular file of the user's own; it is looked at after it was opened, so that it stays the same.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no such file.
    """
    with os.fdopen(os.open(path, _OPEN), "rb") as file:
        status = os.fstat(file.fileno())
        if not _is_own(status, stat.S_ISREG) or status.st_size > _MAX_BYTES:
            raise ValueError(path)
        return file.read()


def _is_own(status: os.stat_result, is_right_type: Callable[[int], bool]) -> bool:
    """Whether a file or folder is of the right type, the user's own, and closed to the writing of others."""
    if os.name == "nt":  # modes say nothing there
        return is_right_type(status.st_mode)
    own = status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return own and is_right_type(status.st_mode)


def _folder() -> Path | None:
    """A folder of its own in the cache folder; it may not exist and may not be writable. None without a home."""
    given = os.environ.get("CHECKER_CACHE_DIR")
    if given:
        return Path(given) / "rulebooks"
    variable, usual = (
        ("LOCALAPPDATA", "~/AppData/Local") if os.name == "nt" else ("XDG_CACHE_HOME", "~/.cache")
    )
    base = Path(os.environ.get(variable, ""))
    with contextlib.suppress(RuntimeError):  # nobody knows where the home is
        base = base if base.is_absolute() else Path(usual).expanduser()
    return base / "nianbao-checker" / "rulebooks" if base.is_absolute() else None
