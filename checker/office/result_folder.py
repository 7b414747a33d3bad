"""The folder of the results: files take the place of older ones in one step, and none lands outside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from checker.model.errors import UsageError, system_words
from checker.run.replacing import replacing, replacing_bytes

_FORBIDDEN: Final = frozenset('\\/:*?"<>|')
_LONGEST: Final = 60
"""Characters of a file name; with three bytes each a name may have 255 bytes on most systems."""
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)
"""Names that Windows keeps for devices."""


def file_name(text: str) -> str:
    """Any text as the name of a file on every system, without ending; equal texts give equal names."""
    kept = "".join("_" if one in _FORBIDDEN or not one.isprintable() else one for one in text)
    kept = kept.strip(" .")[:_LONGEST].strip(" .")
    return f"_{kept}" if not kept or kept.lower() in _RESERVED else kept


class ResultFolder:
    """A folder that results are written into.

    Args:
        path: the folder; it is made when the first file is written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def write_text(self, name: str, pieces: Iterable[str]) -> str:
        """Write a text file (UTF-8).

        Args:
            name: path relative to the folder with `/`; names taken from data must come from `file_name`.
            pieces: the text.

        Returns:
            The name.

        Raises:
            UsageError: it cannot be written.
        """
        try:
            with replacing(self._place(name)) as stream:
                stream.writelines(pieces)
        except OSError as error:
            raise self._refusal(name, error) from None
        return name

    def write_bytes(self, name: str, data: bytes) -> str:
        """Write a file; arguments, return and errors are those of `write_text`."""
        try:
            with replacing_bytes(self._place(name)) as stream:
                stream.write(data)
        except OSError as error:
            raise self._refusal(name, error) from None
        return name

    def files(self, folder: str) -> list[str]:
        """Names of the files in a folder of the results, none if there is no such folder."""
        try:
            return sorted(file.name for file in (self.path / folder).iterdir())
        except OSError:
            return []

    def remove(self, names: Iterable[str]) -> None:
        """Remove what an earlier run has written and this one has not; files of others are left alone.

        Args:
            names: as `write_text` takes them; there need not be such files.

        Raises:
            UsageError: a file cannot be removed.
        """
        for name in names:
            try:
                (self.path / name).unlink(missing_ok=True)
            except OSError as error:
                raise self._refusal(name, error) from None

    def _place(self, name: str) -> Path:
        place = self.path.joinpath(*name.split("/"))
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def _refusal(self, name: str, error: OSError) -> UsageError:
        return UsageError(
            f"结果写不进“{(self.path / name).as_posix()}”（{system_words(error)}）。"
            "请检查文件夹的权限和磁盘空间；文件正在 Excel、Word 里打开的，请先关闭。"
        )
