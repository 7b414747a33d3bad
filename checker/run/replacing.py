"""Writing a result file in one step: whoever looks sees the old one or the whole new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import IO, Any, Final

_KEPT_OF_THE_NAME: Final = 40
"""Characters; a name of full length would be too long with what is added."""


@contextmanager
def replacing(file: Path) -> Iterator[IO[str]]:
    """A stream whose text takes the place of a file when it is complete; see `replacing_bytes`.

    Raises:
        OSError: it cannot be written.
    """
    with _replacing(file, {"encoding": "utf-8", "newline": ""}, "") as stream:
        yield stream


@contextmanager
def replacing_bytes(file: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes take the place of a file when it is complete, else the file stays as it was.

    What is no ordinary file, as /dev/stdout, is written where it is; so is a file in a folder that takes no new
    ones. A file that may not be written is refused, though its folder would let it be replaced.

    Args:
        file: where to; a link is followed.

    Raises:
        OSError: it cannot be written.
    """
    with _replacing(file, {}, "b") as stream:
        yield stream


@contextmanager
def _replacing(file: Path, how: dict[str, Any], mode: str) -> Iterator[Any]:
    place = Path(os.path.realpath(file))
    if file.exists() and not place.exists():  # /dev/fd/63 leads to a pipe without a name
        place = file
    part = place.with_name(f".{place.name[:_KEPT_OF_THE_NAME]}.{os.getpid()}.part")
    replaceable = place.is_file() and os.access(place, os.W_OK) and os.access(place.parent, os.W_OK)
    if place.exists() and not replaceable:
        with open(place, "w" + mode, opener=opened_for_writing, **how) as stream:  # it takes no opener
            yield stream
        return
    try:
        with part.open("x" + mode, **how) as stream:
            yield stream
        with suppress(FileNotFoundError):  # there was none
            part.chmod(S_IMODE(place.stat().st_mode))
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


def opened_for_writing(path: str, flags: int) -> int:
    """A descriptor of a file, as `open` asks for one; a pipe that nobody reads would keep it waiting for ever.

    Raises:
        OSError: `ENXIO` for such a pipe, or it cannot be opened.
    """
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)
    if hasattr(os, "set_blocking"):
        os.set_blocking(descriptor, True)
    return descriptor
