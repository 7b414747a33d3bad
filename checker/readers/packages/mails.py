"""E-mails with their attachments."""

from __future__ import annotations

import re
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits
from checker.readers.packages.choice import may_be_reports
from checker.readers.packages.member import Member
from checker.readers.raw.archive import damaged
from checker.readers.raw.mime import mailed_on, read_parts

_FORBIDDEN: Final = re.compile(r'[\x00-\x1f<>:"|?*\\/]+')


def members(data: bytes, limits: Limits) -> list[Member]:
    """Attachments that may be reports, and the text of the mail: as a page if it has one, else plain.

    Raises:
        UnreadableError: as `read_parts`.
    """
    attached: list[tuple[str, bytes | UnreadableError]] = []
    texts: dict[str, bytes] = {}
    for number, part in enumerate(read_parts(data, limits), 1):
        name = _FORBIDDEN.sub("_", part.file_name).strip(" .")
        if name:
            attached.append((name, part.body if part.is_decoded else damaged("附件的编码方式不认得")))
        elif part.kind in ("text/html", "text/plain"):
            if part.body.strip():
                texts.setdefault(part.kind, part.body)
        elif part.kind == "application/octet-stream":
            attached.append((f"附件{number}", part.body))
    wanted = may_be_reports(name for name, _ in attached)
    day = mailed_on(data)
    files = [Member(name, body, day) for name, body in attached if name in wanted]
    body_names = {"text/html": "正文.html", "text/plain": "正文.txt"}
    shown = next((kind for kind in body_names if kind in texts), None)
    text = [Member(body_names[shown], texts[shown], day)] if shown else []
    return [*text, *files]
