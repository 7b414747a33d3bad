"""Files that somebody names for the program to read: ordinary ones only, for a pipe or a device may never end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

MOST_BYTES: Final = 64 << 20
"""More than any file holds that says how reports are checked."""


def open_ordinary(path: Path) -> BinaryIO:
    """An ordinary file, opened for reading.

    Raises:
        OSError: it cannot be opened; `ESPIPE` for a pipe, a device or the like.
    """
    # Opening a pipe waits for a writer, unless it is opened like this.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        number = errno.EISDIR if stat.S_ISDIR(mode) else errno.ESPIPE
        raise OSError(number, os.strerror(number), str(path))
    return open(descriptor, "rb")  # noqa: PTH123  # a descriptor, no path


def read_ordinary(path: Path) -> bytes:
    """The contents of an ordinary file.

    Raises:
        OSError: as `open_ordinary`; `EFBIG` for more than `MOST_BYTES`.
    """
    with open_ordinary(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data
