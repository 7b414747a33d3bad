"""What a file is, by its bytes; its name decides only between formats that are all plain text.

`_RECOGNISERS` is the whole knowledge, tried from top to bottom. A new format is one row: how to tell it,
and either its key in `READERS` or what a person can do instead.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from functools import cached_property
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.raw.encoding import marked_encoding, unmarked_utf16
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_HEAD_BYTES: Final = 16_384
_MOST_ENTRIES: Final = 5000
_CONTROL_SHARE: Final = 0.01
_NO_CONTROLS: Final = bytes(code for code in range(256) if code >= 32 or code in b"\t\n\v\f\r\x1a\x1b")  # noqa: PLR2004 - 32 is the space
_SAVE_AS: Final = "请用 WPS 或 Word 打开，「另存为」.docx 后再检查。"
_ONE_DOCUMENT: Final = "请把报告全文放进一个文字文档，「另存为」.docx 后再检查。"


class _Evidence:
    """What recognisers may look at; the costlier views are made on first use."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.head = data[:_HEAD_BYTES]
        self.suffix = name.rpartition(".")[2].lower() if "." in name else ""

    @cached_property
    def entries(self) -> frozenset[str]:
        """Lower-case entry names of a ZIP archive; empty for anything else or a damaged one."""
        return frozenset(_entry_names(self.data)) if self.data.startswith(b"PK") else frozenset()

    @cached_property
    def wide(self) -> str | None:
        """The encoding, if it is one with more than one byte for an ASCII character."""
        encoding = marked_encoding(self.data) or unmarked_utf16(self.data)
        return None if encoding == "utf-8" else encoding

    @cached_property
    def text(self) -> str:
        """The beginning as text of which only the ASCII part can be relied on; no leading white space."""
        return self.head.decode(self.wide or "latin-1", "replace").lstrip("\ufeff\xef\xbb\xbf \t\r\n\f")

    @cached_property
    def markup(self) -> str:
        """`text` without the comments and processing instructions that may stand before a first tag."""
        text = self.text
        while text.startswith(("<!--", "<?")):
            _, closed, rest = text.partition("-->" if text.startswith("<!--") else ">")
            if not closed:
                break
            text = rest.lstrip()
        return text


def sniff(data: bytes, name: str) -> str:
    """Tell the format of a file.

    Args:
        data: the whole file.
        name: its name, a hint only.

    Returns:
        A key of `READERS`.

    Raises:
        UnreadableError: a format that is known but not read, an encrypted or damaged file, or no text.
    """
    evidence = _Evidence(data, name)
    answer = next(row.answer for row in _RECOGNISERS if row.recognises(evidence))
    if isinstance(answer, _Refusal):
        raise UnreadableError(answer.code, answer.text)
    return answer


def _entry_names(data: bytes) -> list[str]:
    """Names from a ZIP's central directory; lies in it lead to fewer names, never to an error."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(data):
        return []
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    # Counted back from the end record rather than from the file's start: right also with bytes in front.
    position = end - size
    names: list[str] = []
    while position >= 0 and position + 46 <= end and len(names) < _MOST_ENTRIES:
        if data[position : position + 4] != b"PK\x01\x02":
            break
        name_size, extra_size, comment_size = struct.unpack_from("<HHH", data, position + 28)
        raw = data[position + 46 : position + 46 + name_size]
        names.append(raw.decode("utf-8", "replace").replace("\\", "/").lower())
        position += 46 + name_size + extra_size + comment_size
    return names


_Recogniser = Callable[[_Evidence], bool]


@dataclass(frozen=True, slots=True)
class _Refusal:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    recognises: _Recogniser
    answer: str | _Refusal


def _unsupported(what: str, advice: str = _SAVE_AS) -> _Refusal:
    return _Refusal("unsupported", f"这是{what}，目前不能直接读取。{advice}")


def _begins(*magics: bytes) -> _Recogniser:
    return lambda evidence: evidence.data.startswith(magics)


def _has_at(offset: int, *magics: bytes) -> _Recogniser:
    return lambda evidence: evidence.data.startswith(magics, offset)


def _holds(piece: bytes) -> _Recogniser:
    return lambda evidence: piece in evidence.head


def _pdf_mark(evidence: _Evidence) -> bool:
    """Within the first kilobyte, as every viewer takes it."""
    return b"%PDF-" in evidence.head and re.match(rb"[\s\S]{0,1024}%PDF-\d\.\d", evidence.head) is not None


def _opens(pattern: str, first: str) -> _Recogniser:
    """The text begins like this; `first` are the characters it can begin with, which saves most compilations."""
    compiled = compile_later(pattern, re.IGNORECASE)
    return lambda evidence: evidence.text[:1] in first and compiled.match(evidence.text) is not None


def _first_tag(pattern: str) -> _Recogniser:
    compiled = compile_later(rf"<(?:{pattern})\b[^<>]*>", re.IGNORECASE)
    return lambda evidence: evidence.markup.startswith("<") and compiled.match(evidence.markup) is not None


def _packs(prefix: str) -> _Recogniser:
    return lambda evidence: any(name.startswith(prefix) for name in evidence.entries)


def _named(*suffixes: str) -> _Recogniser:
    return lambda evidence: evidence.suffix in suffixes


def _all(*parts: _Recogniser) -> _Recogniser:
    return lambda evidence: all(part(evidence) for part in parts)


def _any(*parts: _Recogniser) -> _Recogniser:
    return lambda evidence: any(part(evidence) for part in parts)


def _not(part: _Recogniser) -> _Recogniser:
    return lambda evidence: not part(evidence)


def _compound(*streams: str) -> _Recogniser:
    """An OLE compound file in whose directory one of `streams` stands; without any, any such file."""
    names = [stream.encode("utf-16-le") + b"\0\0" for stream in streams]
    return _all(
        _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        lambda evidence: not names or any(name in evidence.data for name in names),
    )


def _binary(evidence: _Evidence) -> bool:
    """No text in any encoding: NUL bytes that are not UTF-16, or many control characters."""
    if evidence.wide:
        return False
    return b"\0" in evidence.data or len(evidence.head.translate(None, _NO_CONTROLS)) > _CONTROL_SHARE * len(
        evidence.head
    )


_ANY_TAG: Final = compile_later(r"<[A-Za-z/!?]")


def _plain_lines(evidence: _Evidence) -> bool:
    """Several lines and no tag: as a page they would all run together."""
    return _ANY_TAG.search(evidence.text) is None and "\n" in evidence.text.strip()


_PAGE: Final = _first_tag("!doctype html|html|head|body")
_HTML_TAG: Final = _first_tag(
    "meta|title|style|script|link|table|div|p|span|h[1-6]|center|ul|ol|font|form|section|article"
)
_MARKDOWN_NAME: Final = _named("md", "markdown", "mdown", "mkd")
_HTML_NAME: Final = _named("html", "htm", "xhtml", "shtml", "shtm")
_MAIL_HEADER: Final = _opens(
    r"(?:from|to|cc|subject|date|received|return-path|reply-to|message-id|mime-version|content-type|delivered-to"
    r"|x-[a-z-]+|dkim-signature|authentication-results|arc-[a-z-]+|snapshot-content-location)"
    r":[^\n]*\n(?:[ \t][^\n]*\n)*[a-z][a-z-]{1,60}:[^\n]*\n",
    _LETTERS,
)
_PARTS_OF_A_PAGE: Final = _opens(r"(?:(?!\r?\n\r?\n)[\s\S])*?\ncontent-type:\s*multipart/related", _LETTERS)

_RECOGNISERS: Final = (
    _Row(
        _pdf_mark,
        "pdf",
    ),
    _Row(
        _compound("EncryptedPackage"),
        _Refusal("encrypted", "文件设了打开密码，无法读取。请在 Word 或 WPS 中取消密码并保存后再检查。"),
    ),
    _Row(_compound("WordDocument"), "doc"),
    _Row(_compound("Workbook", "WORKBOOK", "Book", "BOOK"), "xls"),
    _Row(_compound("PowerPoint Document"), _unsupported("旧版演示文件（.ppt、.dps）", _ONE_DOCUMENT)),
    _Row(_compound(), _unsupported("旧版 Office 或其他复合文件")),
    _Row(_begins(b"{\\rtf"), "rtf"),
    _Row(_packs("word/document"), "docx"),
    _Row(_packs("xl/"), "xlsx"),
    _Row(_packs("ppt/"), _unsupported("演示文件（.pptx）", _ONE_DOCUMENT)),
    _Row(_packs("ofd.xml"), "ofd"),
    _Row(
        _all(_packs("mimetype"), _packs("content.xml"), _holds(b"opendocument.text")),
        "odt",
    ),
    _Row(
        _all(_packs("mimetype"), _packs("content.xml"), _holds(b"opendocument")),
        _unsupported("OpenDocument 表格或演示文件（.ods、.odp）", _ONE_DOCUMENT),
    ),
    _Row(
        _all(_begins(b"PK\x03\x04"), _not(_packs(""))),
        _Refusal("damaged", "文件不完整或已损坏，可能没有下载完。请重新下载或重新保存后再检查。"),
    ),
    _Row(_packs(""), "zip"),
    _Row(
        _any(
            _begins(
                b"PK\x05\x06",
                b"Rar!\x1a\x07",
                b"7z\xbc\xaf\x27\x1c",
                b"\x1f\x8b\x08",
                b"BZh9",
                b"\xfd7zXZ\0",
                b"\x28\xb5\x2f\xfd",
            ),
            _has_at(257, b"ustar"),
        ),
        _unsupported("压缩包", "请解压后检查里面的文件。"),
    ),
    _Row(
        _any(
            _begins(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"),
            _all(_begins(b"BM"), _has_at(6, b"\0\0\0\0")),
            _all(_begins(b"RIFF"), _has_at(8, b"WEBP")),
            _has_at(4, b"ftypheic", b"ftypmif1", b"ftypavif"),
        ),
        _unsupported("图片", "图片里的文字无法检查，请用原始的 Word 或 WPS 文档。"),
    ),
    _Row(
        _any(
            _all(_begins(b"MZ"), _holds(b"\0")),
            _begins(b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0"),
        ),
        _unsupported("程序或快捷方式", "请选择年度报告的文档本身。"),
    ),
    _Row(_binary, _unsupported("无法识别的二进制文件")),
    _Row(_any(_PAGE, _all(_HTML_TAG, _not(_MARKDOWN_NAME))), "html"),
    _Row(_all(_MAIL_HEADER, _PARTS_OF_A_PAGE), "mhtml"),
    _Row(_MAIL_HEADER, "eml"),
    _Row(_opens(r"<\?xml\b", "<"), _unsupported("XML 文件")),
    _Row(_all(_HTML_NAME, _not(_plain_lines)), "html"),
    _Row(_MARKDOWN_NAME, "markdown"),
    _Row(lambda _: True, "txt"),
)
