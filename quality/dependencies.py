"""The packages of a lock file, and their licences as docs/licences.md tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ENTRY: Final = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$")
_HASH: Final = re.compile(r"^    --hash=(sha256:[0-9a-f]{64})")
_PARENT: Final = re.compile(r"^    #(?: via|  ) ([\w.-]+)(?: \(pyproject\.toml\))?$")
_ROW: Final = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$")


@dataclass(frozen=True, slots=True)
class Locked:
    """One entry of a lock file.

    Attributes:
        marker: on which machines it counts, "" for all.
        hashes: digests of its files, `sha256:…`.
        parents: names of the packages that ask for it.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    parents: tuple[str, ...]


def locked(text: str) -> list[Locked]:
    """The entries of a lock file as uv writes it.

    Raises:
        ValueError: a line is none of those that are known.
    """
    entries: list[tuple[re.Match[str], list[str], list[str]]] = []
    for line in text.splitlines():
        if entry := _ENTRY.match(line):
            entries.append((entry, [], []))
        elif digest := _HASH.match(line):
            entries[-1][1].append(digest[1])
        elif parent := _PARENT.match(line):
            entries[-1][2].append(parent[1])
        elif not re.match(r"#|    # via$|    #   -c ", line):
            raise ValueError(f"not a line of a lock file: {line}")
    return [
        Locked(entry["name"], entry["version"], entry["marker"] or "", tuple(hashes), tuple(parents))
        for entry, hashes, parents in entries
    ]


def read_lock(path: Path) -> list[Locked]:
    """The entries of a lock file on disk."""
    return locked(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Licences:
    """What docs/licences.md says.

    Attributes:
        needed: from the name of a package that the checker needs to its SPDX expression.
        development: likewise for those that only development needs.
        bundled: package, name and expression of what lies compiled in packages.
    """

    needed: dict[str, str]
    development: dict[str, str]
    bundled: list[tuple[str, str, str]]


def read_licences(path: Path) -> Licences:
    """Read the tables of the page; the first column names the package."""
    needed, bundled, development = _tables(path.read_text(encoding="utf-8"))
    return Licences(
        {name: licence for name, licence, _ in needed},
        {name: licence for name, licence, _ in development},
        bundled,
    )


def _tables(text: str) -> Iterator[list[tuple[str, str, str]]]:
    rows: list[tuple[str, str, str]] = []
    for line in [*text.splitlines(), ""]:
        if row := _ROW.match(line):
            rows.append((row[1], row[2], row[3]))
        elif rows and not line.startswith("|"):
            yield rows[1:]
            rows = []
