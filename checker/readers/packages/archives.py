"""ZIP archives of reports."""

from __future__ import annotations

import re
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.formats import suffixes
from checker.readers.limits import Limits
from checker.readers.packages.choice import (
    OTHERS,
    is_left_behind,
    may_be_reports,
    pictures_among,
    told_as_others,
)
from checker.readers.packages.member import Member
from checker.readers.raw.archive import Archive, Entry
from checker.readers.signatures import suffix_of

_NAMELESS: Final = "没有名称的文件"
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def members(data: bytes, limits: Limits) -> list[Member]:
    """Files of an archive that may be reports, each with its content or with why that cannot be had; last, what else.

    Raises:
        UnreadableError: as `Archive`: the archive as a whole cannot be opened.
    """
    archive = Archive(data, limits)
    names = [_file_name(entry) for entry in archive.entries]
    wanted = may_be_reports(filter(None, names))
    found = [Member(name, _content(archive, index)) for index, name in enumerate(names) if name in wanted]
    kept = [
        one for one in found if not (isinstance(one.content, bytes) and is_left_behind(one.name, one.content))
    ]
    others = told_as_others({"图片": pictures_among(filter(None, names))}) if kept else None
    return [*kept, Member(OTHERS, others)] if others else kept


def _file_name(entry: Entry) -> str:
    """The name of a file, empty for a folder; a document is a file, though its name may end as that of a folder."""
    name = entry.name.rstrip("/")
    if entry.name.endswith("/") and not (entry.info.file_size and suffix_of(name) in suffixes()):
        return ""
    return name or _NAMELESS


def _content(archive: Archive, index: int) -> bytes | UnreadableError:
    name = archive.entries[index].name
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        text = "文件名指向压缩包外的位置，为安全未读取。请重新打包后再检查。"
        return UnreadableError("unsafe_path", text)
    try:
        return archive.read_entry(index)
    except UnreadableError as error:
        return error
