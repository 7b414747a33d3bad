"""Which documents both versions check."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from checker.readers.formats import suffixes
from checker.readers.signatures import suffix_of

KEPT: Final = ("reports_in", "tests")
SETS: Final = ("reports_in",)
"""Folders that are also checked as a whole, for what is said of several reports together."""
_NO_DOCUMENTS: Final = frozenset({"golden", "expected", "__pycache__"})
"""Folders of the tests with what the checker writes."""


def documents(root: Path, folders: Sequence[str]) -> list[str]:
    """Paths of all documents in some folders, relative to `root` where they lie in it; each once, in a fixed order.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    found: dict[str, None] = {}
    for folder in folders:
        if not (root / folder).is_dir():
            raise FileNotFoundError(folder)
        for path in _walk(root / folder):
            found[os.path.relpath(path, root) if path.is_relative_to(root) else str(path)] = None
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    wanted = suffixes()
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NO_DOCUMENTS)
        for name in sorted(names):
            if suffix_of(name) in wanted:
                yield Path(place, name)
