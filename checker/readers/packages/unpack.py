"""Packages of several files: ZIP archives of reports and e-mails with attachments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import import_module

from checker.model.document import Block, Document, Location, Paragraph
from checker.model.errors import UnreadableError
from checker.readers.formats import Format, identify
from checker.readers.limits import Limits, too_large
from checker.readers.packages.member import Member
from checker.startup.records import replace


def members(data: bytes, name: str, limits: Limits) -> list[Member]:
    """The files in a package that may be reports.

    Args:
        data: the file.
        name: its name, a hint only.
        limits: how much opening may cost; packages inside share it.

    Returns:
        The files in the order of the package, packages inside it opened, each with its content or with why that
        cannot be had; of files of one name all but the first are numbered. Empty if `data` is no package.

    Raises:
        UnreadableError: a package that cannot be opened as a whole, or one without any file that may be a report.
    """
    kind = _kind(data, name)
    if kind is None:
        return []
    room = _Room(limits.total_bytes)
    found: list[Member] = []
    for member in _inside(kind, data, limits, room):
        inner = _kind(member.content, member.name) if isinstance(member.content, bytes) else None
        if inner is None or not isinstance(member.content, bytes):
            found.append(member)
            continue
        try:  # a package inside a package is opened, one inside that is not
            opened = list(_inside(inner, member.content, limits, room))
        except UnreadableError as error:
            opened = []
            found.append(replace(member, content=error))
        found.extend(
            replace(one, name=f"{member.name}/{one.name}", mailed_on=one.mailed_on or member.mailed_on)
            for one in opened
        )
    if not found:
        raise _empty()
    return found


class _Room:
    """How many bytes the files of a package may still take, packages inside it counted."""

    def __init__(self, most: int) -> None:
        self.most = self.left = most


def _inside(kind: Format, data: bytes, limits: Limits, room: _Room) -> Iterator[Member]:
    """The files of one package; the second of a name is called 名称（第2个）.

    Raises:
        UnreadableError: it cannot be opened as a whole, or holds no file that may be a report.
    """
    inside: list[Member] = import_module(kind.module).members(data, limits)
    if not inside:
        raise _empty()
    seen: Counter[str] = Counter()
    for member in inside:
        seen[member.name] += 1
        name = f"{member.name}（第{seen[member.name]}个）" if seen[member.name] > 1 else member.name
        content = member.content
        if isinstance(content, bytes):
            room.left -= len(content)
            if room.left < 0:
                content = too_large(f"连同包里的其他文件，解压后超过 {room.most >> 20} MB")
        yield replace(member, name=name, content=content)


def _empty() -> UnreadableError:
    return UnreadableError("empty_package", "压缩包或邮件里没有可检查的文档。请确认报告已放进去。")


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
