"""Packages of several files: ZIP archives of reports and e-mails with attachments."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from checker.model.document import Block, Document, Location, Paragraph
from checker.model.errors import UnreadableError
from checker.readers.formats import Format, identify
from checker.readers.limits import Limits, too_large
from checker.startup.records import replace

Member = tuple[str, bytes]
"""Name inside the package with `/` between folders, and content."""

_DEPTH: Final = 2
"""A package inside a package is opened, one inside that is not."""


def members(data: bytes, name: str, limits: Limits) -> list[Member]:
    """The files in a package that may be reports.

    Args:
        data: the file.
        name: its name, a hint only.
        limits: how much opening may cost; packages inside share it.

    Returns:
        The files in the order of the package, packages inside it opened; empty if `data` is no package.

    Raises:
        UnreadableError: a damaged, encrypted or oversized package, one with names that point outside it,
            or one without any file that may be a report.
    """
    kind = _kind(data, name)
    if kind is None:
        return []
    found: list[Member] = []
    waiting: list[tuple[str, bytes, Format, int]] = [("", data, kind, 1)]
    total = 0
    while waiting:
        prefix, content, kind, depth = waiting.pop()
        try:
            inside: list[Member] = import_module(kind.module).members(content, limits)
        except UnreadableError:
            if depth == 1:
                raise
            found.append((prefix.rstrip("/"), content))
            continue
        total += sum(len(member) for _, member in inside)
        if total > limits.total_bytes:
            raise too_large(f"解压后超过 {limits.total_bytes // 1_048_576} MB")
        for path, member in inside:
            inner = _kind(member, path) if member else None
            if inner is not None and depth < _DEPTH:
                waiting.append((f"{prefix}{path}/", member, inner, depth + 1))
            else:
                found.append((prefix + path, member))
    if not found:
        raise UnreadableError("empty_package", "压缩包或邮件里没有可检查的文档。请确认报告已放进去。")
    return found


def placed_in(document: Document, member: str) -> Document:
    """A document as a part of its package: every location says in which file, and on which sheet of it."""

    def placed(location: Location) -> Location:
        return replace(location, path=member if location.path is None else f"{member}/{location.path}")

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return replace(one, location=placed(one.location))
        rows = tuple(tuple(replace(c, location=placed(c.location)) for c in row) for row in one.rows)
        return replace(one, rows=rows, location=placed(one.location))

    return Document(
        tuple(map(block, document.blocks)),
        document.format,
        {**document.properties, "member": member},
        tuple(replace(note, location=placed(note.location)) for note in document.notes),
    )


def _kind(data: bytes, name: str) -> Format | None:
    """The kind of package `data` is, None if it is none; what cannot be read is for its reader to refuse."""
    try:
        kind = identify(data, name)
    except UnreadableError:
        return None
    return kind if kind.package else None
