"""Addresses of files outside of the file system, such as `s3://bucket/2024/a.docx` and `zip://a.docx::s3://bucket/b.zip`.

A stored file goes through the program in the place of a path: it has a name and an ending, and can be compared. What
is told of it is the address as it was given, without what could open the store: passwords and signatures.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import Any, Final

from checker.startup.digests import sha256_of
from checker.startup.lazy_re import compile_later

if sys.platform == "win32":
    from pathlib import WindowsPath as SystemPath
else:
    from pathlib import PosixPath as SystemPath

CHAIN: Final = "::"
"""Between an archive and the address where it lies."""
_ADDRESS: Final = compile_later(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::.*://)", re.DOTALL)
"""Two letters at least before the colon: one alone is a drive."""
_PART: Final = compile_later(r"(?P<protocol>[^:/]+)://(?:(?P<user>[^/]*)@)?(?P<rest>.*)", re.DOTALL)
_WEB: Final = ("http", "https", "ftp", "ftps", "sftp", "ssh", "webdav", "webdavs", "smb")
"""What stands before the @ is somebody; elsewhere it may be the name of a container."""
_QUERIES: Final = ("http", "https")
_DIGEST: Final = 8
"""Digits that tell one hidden query from another."""


def is_address(text: str) -> bool:
    """Whether an argument is an address and no path: it begins with a protocol."""
    return "://" in text and _ADDRESS.match(text) is not None


def protocols(address: str) -> list[str]:
    """The protocols of an address, that of the innermost file first."""
    return [part.partition("://")[0] for part in address.split(CHAIN)]


def shown(address: str) -> str:
    """An address as people may see it: without names and passwords, queries as a short digest."""
    return CHAIN.join(map(_shown, address.split(CHAIN)))


def _shown(part: str) -> str:
    parts = _PART.fullmatch(part)
    if parts is None:
        return part
    protocol, user, rest = parts["protocol"], parts["user"], parts["rest"]
    if user is not None and protocol not in _WEB and ":" not in user:
        rest = f"{user}@{rest}"
    if protocol in _QUERIES and "?" in rest:
        rest, _, query = rest.partition("?")
        rest += "?" + sha256_of(query.encode("utf-8", "surrogatepass"))[:_DIGEST]
    return f"{protocol}://{rest}"


class StoredFile(SystemPath):
    """A file at an address; as a path it exists nowhere.

    Args:
        address: see above.

    Attributes:
        address: with all that is needed to open it; never to be printed. Empty for what is made of one.
    """

    address: str = ""

    def __new__(cls, address: str) -> StoredFile:  # noqa: PYI034  # there are none derived from it
        """Make one; what it shows is what it is made of as a path."""
        made = super().__new__(cls, shown(address))
        made.address = address
        return made

    def __init__(self, address: str) -> None:
        if sys.version_info >= (3, 12):
            super().__init__(shown(address))

    def with_segments(self, *parts: str | os.PathLike[str]) -> Path:
        """What is made of it, as its folder, is a mere path."""
        return Path(*parts)

    def __str__(self) -> str:
        return shown(self.address) if self.address else super().__str__()  # older Pythons make their own kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoredFile) and self.address == other.address

    def __hash__(self) -> int:
        return hash(self.address)

    def __reduce__(self) -> tuple[Any, ...]:
        return StoredFile, (self.address,)

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """What is not on disk has no such thing.

        Raises:
            OSError: always, whether links are followed or not.
        """
        number = errno.ENOENT if follow_symlinks else errno.ENOTDIR
        raise OSError(number, os.strerror(number), str(self))

    @property
    def stays_here(self) -> bool:
        """Whether no other process can see it."""
        return "memory" in protocols(self.address)


def to_text(path: Path) -> str:
    """A path or stored file as one process tells another of it."""
    return path.address if isinstance(path, StoredFile) else str(path)


def from_text(text: str) -> Path:
    """The path or stored file that `to_text` wrote."""
    return StoredFile(text) if is_address(text) else Path(text)
