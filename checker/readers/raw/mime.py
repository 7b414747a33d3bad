"""Messages in parts (MIME), the form of e-mails and of web archives."""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote_to_bytes

from checker.readers.limits import Limits, too_large
from checker.readers.raw.encoding import decode
from checker.startup.records import dataclass

_HEADER_BYTES: Final = 256 * 1024
_DEPTH: Final = 12
_BLANK_LINE: Final = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_FOLD: Final = re.compile(r"\r?\n[ \t]+")
_PARAMETER: Final = re.compile(r';\s*([\w!#$&^.+*-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')
_ENCODED_WORD: Final = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS: Final = re.compile(r"(\?=)[ \t\r\n]+(=\?)")
_NUMBERED: Final = re.compile(r"\*(\d{1,3})\*?$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds content and no further parts.

    Attributes:
        headers: values by lower-case name, the first of each name.
        body: content with its transfer encoding undone.
    """

    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """Media type in lower case, such as `text/html`."""
        return _media_type(self.headers)

    @property
    def file_name(self) -> str:
        """The name the sender gave the part, empty without one; may hold path separators."""
        for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
            name = _parameter(self.headers.get(header, ""), parameter)
            if name:
                return name
        return ""


def read_parts(data: bytes, limits: Limits) -> list[Part]:
    """All parts of a message with content, in order, those of forwarded messages included.

    Raises:
        UnreadableError: too many parts, or nested too deep.
    """
    parts: list[Part] = []
    waiting = [(data, 0)]
    while waiting:
        raw, depth = waiting.pop()
        headers, body = _split_head(raw)
        kind = _media_type(headers)
        boundary = _parameter(headers.get("content-type", ""), "boundary")
        inner: list[bytes] = []
        if kind.startswith("multipart/") and boundary:
            inner = _split_body(body, boundary)
        elif kind == "message/rfc822":
            inner = [_undo(body, headers)]
        if inner and depth >= _DEPTH:
            raise too_large(f"嵌套超过 {_DEPTH} 层")
        waiting.extend((part, depth + 1) for part in reversed(inner))
        if not inner and not kind.startswith("multipart/"):
            parts.append(Part(headers, _undo(body, headers)))
        if len(parts) + len(waiting) > limits.entries:
            raise too_large(f"里的部件多于 {limits.entries} 个")
    return parts


def decode_words(text: str) -> str:
    """A header with its encoded words (`=?gb2312?B?…?=`) as text."""

    def word(match: re.Match[str]) -> str:
        charset, way, content = match.groups()
        raw = content.encode("ascii", "replace")
        if way in "bB":
            return _text(_base64(raw), charset)
        return _text(binascii.a2b_qp(raw, header=True), charset)

    return _ENCODED_WORD.sub(word, _BETWEEN_WORDS.sub(r"\1\2", text))


def _split_head(data: bytes) -> tuple[dict[str, str], bytes]:
    data = data.lstrip(b"\r\n")
    end = _BLANK_LINE.search(data, 0, _HEADER_BYTES)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data[:_HEADER_BYTES], b"")
    headers: dict[str, str] = {}
    for line in re.split(r"\r\n|\n|\r", _FOLD.sub(" ", decode(head)[0])) if head else ():
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers, body


def _split_body(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the lines that repeat the boundary."""
    mark = re.escape(boundary.encode("utf-8", "replace"))
    lines = re.compile(rb"(?:\A|\r?\n)--" + mark + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    parts: list[bytes] = []
    start: int | None = None
    for line in lines.finditer(body):
        if start is not None:
            parts.append(body[start : line.start()])
        start = None if line[1] else line.end()
        if line[1]:
            break
    if start is not None:
        parts.append(body[start:])
    return parts


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "text/plain").partition(";")[0].strip().lower()


def _parameter(header: str, name: str) -> str:
    """A parameter of a header, also one cut into pieces or written in per cent signs."""
    plain = ""
    pieces: dict[int, str] = {}
    for match in _PARAMETER.finditer(header):
        key = match[1].lower()
        value = match[2]
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        base, star, _ = key.partition("*")
        if base != name:
            continue
        numbered = _NUMBERED.search(key)
        if star:
            pieces.setdefault(int(numbered[1]) if numbered else 0, value)
        else:
            plain = plain or decode_words(value)
    if not pieces:
        return plain
    joined = "".join(pieces[number] for number in sorted(pieces))
    charset, quote, rest = joined.partition("'")
    if not quote:
        return joined
    return _text(unquote_to_bytes(rest.partition("'")[2]), charset)


def _undo(body: bytes, headers: Mapping[str, str]) -> bytes:
    way = headers.get("content-transfer-encoding", "").strip().lower()
    if way == "base64":
        return _base64(body)
    return binascii.a2b_qp(body) if way == "quoted-printable" else body


def _base64(data: bytes) -> bytes:
    """Decode; a broken end is left out."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    whole = len(clean) - (len(clean) % 4 == 1)
    return binascii.a2b_base64(clean[:whole] + b"=" * (-whole % 4))


def _text(data: bytes, charset: str) -> str:
    return decode(data, charset)[0] if data else ""
