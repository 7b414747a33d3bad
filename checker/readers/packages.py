"""Packages of several files: ZIP archives of reports and e-mails with attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from checker.model.document import Block, Document, Location, Paragraph
from checker.model.errors import UnreadableError
from checker.readers import CONTAINERS
from checker.readers.limits import Limits, too_large
from checker.readers.raw.archive import Archive
from checker.readers.raw.mime import decode_words, read_parts
from checker.readers.sniff import sniff
from checker.startup.records import replace

Member = tuple[str, bytes]
"""Name inside the package with `/` between folders, and content."""

_DEPTH: Final = 2
"""A package inside a package is opened, one inside that is not."""
_NO_REPORTS: Final = frozenset(
    (
        "bmp", "css", "db", "dll", "dtd", "exe", "gif", "heic", "ico", "ics", "ini", "jpeg", "jpg", "js",
        "json", "lnk", "map", "mp3", "mp4", "p7s", "png", "svg", "tif", "tiff", "ttf", "vcf", "webp", "wmf",
        "woff", "woff2", "xsd", "xsl", "yaml", "yml",
    )
)  # fmt: skip
"""Suffixes of what stands beside reports and is none."""
_PAGE_FOLDER: Final = re.compile(r"(?P<page>.+?)(?:_files|\.files|_file)/", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f<>:"|?*\\/]+')


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
    waiting: list[tuple[str, bytes, str, int]] = [("", data, kind, 1)]
    total = 0
    while waiting:
        prefix, content, kind, depth = waiting.pop()
        try:
            inside = _zip_members(content, limits) if kind == "zip" else _mail_members(content, limits)
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


def _kind(data: bytes, name: str) -> str | None:
    """The kind of package `data` is, None if it is none; what cannot be read is for its reader to refuse."""
    try:
        kind = sniff(data, name)
    except UnreadableError:
        return None
    return kind if kind in CONTAINERS else None


def _zip_members(data: bytes, limits: Limits) -> list[Member]:
    archive = Archive(data, limits)
    names = {raw: _readable(raw) for raw in archive.names if not raw.endswith("/")}
    for name in names.values():
        if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
            raise UnreadableError(
                "unsafe_path", "压缩包里有指向包外位置的文件名，为安全未读取。请重新打包后再检查。"
            )
    wanted = _may_be_reports(names.values())
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


def _mail_members(data: bytes, limits: Limits) -> list[Member]:
    """Attachments, and the text of the mail: as a page if it has one, else plain."""
    attached: list[Member] = []
    texts: dict[str, bytes] = {}
    for number, part in enumerate(read_parts(data, limits), 1):
        name = _FORBIDDEN.sub("_", decode_words(part.file_name)).strip(" .")
        if name:
            attached.append((name, part.body))
        elif part.kind in ("text/html", "text/plain"):
            if part.body.strip():
                texts.setdefault(part.kind, part.body)
        elif part.kind == "application/octet-stream":
            attached.append((f"附件{number}", part.body))
    wanted = _may_be_reports(name for name, _ in attached)
    files = [(name, body) for name, body in attached if name in wanted]
    body_names = {"text/html": "正文.html", "text/plain": "正文.txt"}
    shown = next((kind for kind in body_names if kind in texts), None)
    return [*([(body_names[shown], texts[shown])] if shown else []), *_distinct(files)]


def _may_be_reports(names: Iterable[str]) -> set[str]:
    """Names without pictures, program files, hidden files and the folders that belong to saved pages."""
    listed = list(names)
    pages = {
        name.rpartition(".")[0]
        for name in listed
        if name.lower().endswith((".htm", ".html", ".mht", ".mhtml", ".xhtml"))
    }
    kept: set[str] = set()
    for name in listed:
        folders, _, last = name.rpartition("/")
        suffix = last.rpartition(".")[2].lower() if "." in last else ""
        belongs_to_page = any(match["page"] in pages for match in _PAGE_FOLDER.finditer(name))
        hidden = last.startswith((".", "~$")) or "__MACOSX" in folders.split("/")
        if last and not hidden and not belongs_to_page and suffix not in _NO_REPORTS:
            kept.add(name)
    return kept


def _distinct(files: list[Member]) -> list[Member]:
    """Files with the same name told apart by a number."""
    seen: dict[str, int] = {}
    told: list[Member] = []
    for name, body in files:
        seen[name] = seen.get(name, 0) + 1
        stem, dot, suffix = name.rpartition(".")
        told.append((name if seen[name] == 1 else f"{stem}({seen[name]}){dot}{suffix}", body))
    return told
