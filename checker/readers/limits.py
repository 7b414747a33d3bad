"""How much one hostile file may cost."""

from __future__ import annotations

from checker.model.errors import UnreadableError
from checker.startup.records import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for reading one file; every reader counts while it reads and never trusts a header.

    Attributes:
        file_bytes: size of the file itself.
        part_bytes: size of one unpacked part of an archive.
        total_bytes: size of all unpacked parts together.
        expansion: unpacked size divided by packed size, beyond the first mebibyte.
        entries: members of an archive.
        depth: nesting of elements.
        cells: grid places of all tables together, merged cells counted at their full area.
        paragraphs: paragraphs of one document.
        characters: characters of all its paragraphs together.
        pages: pages of one document.
        seconds: time for one file, where it is read in a process that can be ended.
    """

    file_bytes: int = 64 * _MEBIBYTE
    part_bytes: int = 32 * _MEBIBYTE
    total_bytes: int = 96 * _MEBIBYTE
    expansion: int = 200
    entries: int = 5000
    depth: int = 2000
    cells: int = 200_000
    paragraphs: int = 50_000
    characters: int = 2_000_000
    pages: int = 400
    seconds: float = 30

    def as_dict(self) -> dict[str, float]:
        """The limits by name."""
        return dict(vars(self))


DEFAULT_LIMITS = Limits()


def too_large(what: str) -> UnreadableError:
    """The error for a broken limit; `what` names the excess in Chinese, such as 「解压后超过 96 MB」."""
    return UnreadableError("too_large", f"文件{what}，超出安全上限，未读取。请另存为普通文档后再检查。")
