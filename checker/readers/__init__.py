"""From bytes to a Document: one module a format, chosen by what the bytes are; see `formats` on how to add one.

Readers know no forms and no rules. They may import `model`, `patterns`, `processes` and `startup`.
"""

from __future__ import annotations

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.formats import Format, identify
from checker.readers.limits import DEFAULT_LIMITS, Limits, too_large
from checker.readers.losses import with_losses_noted
from checker.startup.records import replace


def format_of(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Format:
    """The format of a file.

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
    return identify(data, name)


def read_document(
    data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, *, kind: Format | None = None
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
    if kind.package:
        raise UnreadableError("package", "这是压缩包或邮件，里面的文件要分别检查。请解压或取出附件后再检查。")
    return _named(with_losses_noted(kind.read(data, name, limits)), name)


def _named(document: Document, name: str) -> Document:
    """The document with its file name, folders left out, among its properties."""
    file_name = name.replace("\\", "/").rpartition("/")[2]
    return replace(document, properties={**document.properties, "file_name": file_name})
