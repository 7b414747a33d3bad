"""ZIP archives of reports."""

from __future__ import annotations

import re

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits
from checker.readers.packages.choice import may_be_reports
from checker.readers.raw.archive import Archive


def members(data: bytes, limits: Limits) -> list[tuple[str, bytes]]:
    """Files of an archive that may be reports, by name.

    Raises:
        UnreadableError: as `Archive`, or `unsafe_path` if a name points outside the archive.
    """
    archive = Archive(data, limits)
    names = {raw: _readable(raw) for raw in archive.names if not raw.endswith("/")}
    for name in names.values():
        if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
            raise UnreadableError(
                "unsafe_path", "压缩包里有指向包外位置的文件名，为安全未读取。请重新打包后再检查。"
            )
    wanted = may_be_reports(names.values())
    return [(readable, archive.read(raw)) for raw, readable in names.items() if readable in wanted]


def _readable(name: str) -> str:
    """A name as it was meant: Windows writes GBK, and unmarked names arrive as code page 437."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
