"""From bytes to a Document: one module a format, chosen by what the bytes are.

To add a format, write `checker/readers/<name>.py` with
`read(data: bytes, name: str, limits: Limits) -> Document`, and add it to `READERS` and to `sniff`.
Readers know no forms and no rules. They raise `UnreadableError` and nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS, Limits, too_large
from checker.readers.losses import with_losses_noted
from checker.readers.sniff import sniff
from checker.startup.records import replace

CONTAINERS: Final = ("zip", "eml")
"""Formats that are packages of files; `checker.readers.packages` opens them."""

READERS: Final = {
    "txt": "checker.readers.plain.text",
    "markdown": "checker.readers.plain.markdown",
    "html": "checker.readers.web.html",
    "docx": "checker.readers.word.docx",
    "doc": "checker.readers.word.doc",
    "odt": "checker.readers.word.odt",
    "rtf": "checker.readers.word.rtf",
    "xlsx": "checker.readers.sheet.xlsx",
    "xls": "checker.readers.sheet.xls",
    "mhtml": "checker.readers.web.mhtml",
    "ofd": "checker.readers.page.ofd",
    "pdf": "checker.readers.page.pdf",
}
"""Format name to reader module; modules are imported on first use."""
_NATIVE: Final = frozenset(("pdf",))
"""Formats whose reader is native code, and runs where it can die alone."""


def format_of(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """The format of a file: a key of `READERS`, or one of `CONTAINERS`.

    Args:
        data: its bytes.
        name: its file name, used as a hint only; the bytes decide.
        limits: how large it may be.

    Raises:
        UnreadableError: encrypted, too large, empty, or of a format that is not read.
    """
    if not data:
        raise UnreadableError("empty", "文件是空的（0 字节）。请确认已保存，或重新导出后再检查。")
    if len(data) > limits.file_bytes:
        raise too_large(f"有 {len(data) // (1024 * 1024)} MB")
    return sniff(data, name)


def read_document(
    data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, *, kind: str | None = None
) -> Document:
    """Read one file.

    Args:
        data: its bytes.
        name: its file name, used as a hint only; the bytes decide.
        limits: how much reading may cost.
        kind: what `format_of` says, if that is known already.

    Raises:
        UnreadableError: damaged, encrypted, too large, empty, or of a format that is not read; its text
            says what to do.
    """
    kind = kind or format_of(data, name, limits)
    if kind in CONTAINERS:
        raise UnreadableError("package", "这是压缩包或邮件，里面的文件要分别检查。请解压或取出附件后再检查。")
    module = READERS[kind]
    if kind in _NATIVE:
        from checker.readers.apart.isolation import read_isolated  # noqa: PLC0415  # most runs need no process

        document = read_isolated(module, data, name, limits)
    else:
        document = import_module(module).read(data, name, limits)
    return _named(with_losses_noted(document), name)


def _named(document: Document, name: str) -> Document:
    """The document with its file name, folders left out, among its properties."""
    file_name = name.replace("\\", "/").rpartition("/")[2]
    return replace(document, properties={**document.properties, "file_name": file_name})
