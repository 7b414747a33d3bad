"""Every format: how it is recognised, which module reads it, the endings by which it is found in folders.

To add a format, write a module with `read(data: bytes, name: str, limits: Limits) -> Document`, which raises
`UnreadableError` and nothing else, and add one record to `_BUILT_IN`; code outside this package calls `register`.
Everything else (searching folders, choosing a reader, opening packages, messages) follows from the record.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.limits import Limits
from checker.readers.signatures import (
    Probe,
    Signature,
    all_of,
    any_of,
    begins,
    but_not,
    compound,
    first_tag,
    has_at,
    has_plain_lines,
    holds,
    is_binary,
    is_pdf,
    named,
    opens,
    packs,
)
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read.

    Attributes:
        name: as in `Document.format`, such as `docx`.
        title: what people call it, in Chinese texts.
        signature: whether a file is of this format. Formats are tried in the order of the registry, so
            it need not exclude what those before it recognise.
        module: full name of the module that reads it, imported when the first such file is met: with `read`,
            see above, or for a package `members(data: bytes, limits: Limits) -> list[Member]`.
        suffixes: endings of file names, in lower case and without dot; no two formats share one.
        package: whether it packs files that are checked one by one.
        native: whether its reader is native code, which runs where it can die alone.
        converted_to: name of the format into which LibreOffice converts files too old for the reader.
    """

    name: str
    title: str
    signature: Signature
    module: str
    suffixes: tuple[str, ...]
    package: bool = False
    native: bool = False
    converted_to: str = ""

    def read(self, data: bytes, name: str, limits: Limits) -> Document:
        """Read a file of this format; the arguments and errors are those of `read_document`."""
        if self.native:
            from checker.readers.apart.native import read_native  # noqa: PLC0415  # most files are none

            return read_native(self.module, data, name, limits)
        document: Document = import_module(self.module).read(data, name, limits)
        return document


@dataclass(frozen=True, slots=True)
class UnreadFormat:
    """A format that is recognised and not read.

    Attributes:
        signature: as that of a `Format`.
        code: code of the problem.
        text: what the file is, and what to do.
    """

    signature: Signature
    code: str
    text: str


_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SAVE_AS: Final = "请用 WPS 或 Word 打开，「另存为」.docx 后再检查。"
_ONE_DOCUMENT: Final = "请把报告全文放进一个文字文档，「另存为」.docx 后再检查。"

_HTML_SUFFIXES: Final = ("html", "htm", "xhtml", "shtml", "shtm")
_MARKDOWN_SUFFIXES: Final = ("md", "markdown", "mdown", "mkd")
_IS_PAGE: Final = first_tag("!doctype html|html|head|body")
_HAS_PAGE_TAG: Final = first_tag(
    "meta|title|style|script|link|table|div|p|span|h[1-6]|center|ul|ol|font|form|section|article"
)
_IS_XML: Final = opens(r"<\?xml\b", "<")
_IS_MESSAGE: Final = all_of(
    # In UTF-16 it is a mail that was saved as text.
    lambda probe: probe.wide is None,
    opens(
        r"(?:from|to|cc|subject|date|received|return-path|reply-to|message-id|mime-version|content-type|delivered-to"
        r"|x-[a-z-]+|dkim-signature|authentication-results|arc-[a-z-]+|snapshot-content-location)"
        r":[^\n]*\n(?:[ \t][^\n]*\n)*[a-z][a-z-]{1,60}:[^\n]*\n",
        _LETTERS,
    ),
)
_IS_PAGE_IN_PARTS: Final = opens(
    r"(?:(?!\r?\n\r?\n)[\s\S])*?(?<![^\n])content-type:\s*multipart/related", _LETTERS
)


def _unsupported(signature: Signature, what: str, advice: str = _SAVE_AS) -> UnreadFormat:
    return UnreadFormat(signature, "unsupported", f"这是{what}，目前不能直接读取。{advice}")


_BUILT_IN: Final[tuple[Format | UnreadFormat, ...]] = (
    Format("pdf", "PDF", is_pdf, "checker.readers.page.pdf", ("pdf",), native=True),
    UnreadFormat(
        compound("EncryptedPackage"),
        "encrypted",
        "文件设了打开密码，无法读取。请在 Word 或 WPS 中取消密码并保存后再检查。",
    ),
    Format(
        "doc", "Word 97—2003", compound("WordDocument"), "checker.readers.word.doc", ("doc", "wps", "wpt"),
        converted_to="docx",
    ),
    Format(
        "xls", "Excel 97—2003", compound("Workbook", "Book"), "checker.readers.sheet.xls", ("xls", "et"),
        converted_to="xlsx",
    ),
    _unsupported(compound("PowerPoint Document"), "旧版演示文件（.ppt、.dps）", _ONE_DOCUMENT),
    _unsupported(compound(), "旧版 Office 或其他复合文件"),
    Format("rtf", "RTF", begins(b"{\\rtf"), "checker.readers.word.rtf", ("rtf",)),
    Format("docx", "Word", packs("word/document", ".xml"), "checker.readers.word.docx", ("docx", "docm")),
    _unsupported(
        packs("xl/workbook.bin"), "二进制工作簿（.xlsb）", "请用 WPS 或 Excel 打开，「另存为」.xlsx 后再检查。"
    ),
    Format(
        "xlsx", "Excel", any_of(packs("xl/workbook", ".xml"), packs("xl/worksheets/", ".xml")),
        "checker.readers.sheet.xlsx", ("xlsx", "xlsm"),
    ),
    _unsupported(packs("ppt/presentation", ".xml"), "演示文件（.pptx）", _ONE_DOCUMENT),
    Format("ofd", "OFD", packs("ofd.xml"), "checker.readers.page.ofd", ("ofd",)),
    Format(
        "odt", "ODT",
        all_of(
            packs("mimetype"), packs("content.xml"),
            # Packed again by hand, its type is compressed like the rest.
            any_of(holds(b"opendocument.text"), all_of(named("odt"), but_not(holds(b"opendocument")))),
        ),
        "checker.readers.word.odt", ("odt",),
    ),
    _unsupported(
        all_of(packs("mimetype"), packs("content.xml"), holds(b"opendocument")),
        "OpenDocument 表格或演示文件（.ods、.odp）",
        _ONE_DOCUMENT,
    ),
    UnreadFormat(
        all_of(begins(b"PK\x03\x04"), but_not(packs(""))),
        "damaged",
        "文件不完整或已损坏，可能没有下载完。请重新下载或重新保存后再检查。",
    ),
    Format("zip", "压缩包", packs(""), "checker.readers.packages.archives", ("zip",), package=True),
    _unsupported(
        any_of(
            begins(
                b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0",
                b"\x28\xb5\x2f\xfd",
            ),
            has_at(257, b"ustar"),
        ),
        "压缩包",
        "请解压后检查里面的文件。",
    ),
    _unsupported(
        any_of(
            begins(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"),
            all_of(begins(b"BM"), has_at(6, b"\0\0\0\0")),
            all_of(begins(b"RIFF"), has_at(8, b"WEBP")),
            has_at(4, b"ftypheic", b"ftypmif1", b"ftypavif"),
        ),
        "图片",
        "图片里的文字无法检查，请用原始的 Word 或 WPS 文档。",
    ),
    _unsupported(
        any_of(
            all_of(begins(b"MZ"), holds(b"\0")),
            begins(b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0"),
        ),
        "程序或快捷方式",
        "请选择年度报告的文档本身。",
    ),
    _unsupported(is_binary, "无法识别的二进制文件"),
    # A mail may be built like a web archive, and then has attachments all the same.
    Format(
        "mhtml", "网页存档", all_of(_IS_MESSAGE, _IS_PAGE_IN_PARTS, but_not(named("eml"))),
        "checker.readers.web.mhtml", ("mht", "mhtml"),
    ),
    Format("eml", "邮件", _IS_MESSAGE, "checker.readers.packages.mails", ("eml",), package=True),
    Format(
        "html",
        "网页",
        any_of(
            _IS_PAGE,
            all_of(_HAS_PAGE_TAG, but_not(named(*_MARKDOWN_SUFFIXES))),
            all_of(named(*_HTML_SUFFIXES), but_not(_IS_XML), but_not(has_plain_lines)),
        ),
        "checker.readers.web.html",
        _HTML_SUFFIXES,
    ),
    _unsupported(_IS_XML, "XML 文件"),
    Format("markdown", "Markdown", named(*_MARKDOWN_SUFFIXES), "checker.readers.plain.markdown", _MARKDOWN_SUFFIXES),
    Format("txt", "纯文本", lambda _: True, "checker.readers.plain.text", ("txt", "text")),
)  # fmt: skip
"""In the order in which they are tried; the last one takes whatever is left."""
_FORMATS: list[Format | UnreadFormat] = [*_BUILT_IN]


def formats() -> list[Format]:
    """All formats that are read."""
    return [known for known in _FORMATS if isinstance(known, Format)]


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        KeyError: there is none.
    """
    return {known.name: known for known in formats()}[name]


def register(added: Format) -> None:
    """Add a format, which is tried before all others, or replace the one of the same name in its place.

    It counts in this process and in the checking processes that it starts from then on. Those import the
    module that defines the signature: it has to be a named function there, not a lambda.

    Raises:
        ValueError: another format has one of its suffixes.
    """
    others = {
        suffix: known.name for known in formats() if known.name != added.name for suffix in known.suffixes
    }
    if taken := [suffix for suffix in added.suffixes if suffix in others]:
        raise ValueError(f"suffix {taken[0]!r} belongs to {others[taken[0]]!r}")
    for place, known in enumerate(_FORMATS):
        if isinstance(known, Format) and known.name == added.name:
            _FORMATS[place] = added
            return
    _FORMATS.insert(0, added)


def registered() -> list[Format]:
    """The formats that `register` was given, in the order in which another process has to register them."""
    return [known for known in reversed(formats()) if known not in _BUILT_IN]


def identify(data: bytes, name: str) -> Format:
    """Recognise the format of a file.

    Args:
        data: the whole file.
        name: its name, a hint only.

    Raises:
        UnreadableError: a format that is known but not read, an encrypted or damaged file, or no text.
    """
    probe = Probe(data, name)
    found = next(known for known in _FORMATS if known.signature(probe))
    if isinstance(found, UnreadFormat):
        raise UnreadableError(found.code, found.text)
    return found


def suffixes(*names: str) -> frozenset[str]:
    """Endings of the formats of these names; without any, of all formats."""
    return frozenset(
        suffix for known in formats() if not names or known.name in names for suffix in known.suffixes
    )
