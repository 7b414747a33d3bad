"""Messages in parts (MIME), the form of e-mails and of web archives; imported when the first one is met.

The standard parser does the work. What hostile input could make long is bounded: lines, parts, their nesting,
and headers, whose parameters it takes apart in quadratic time.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta, timezone
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Compat32, Policy
from email.utils import parsedate_to_datetime
from itertools import count
from typing import Any, Final, cast

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits, too_large
from checker.readers.raw.encoding import decode
from checker.startup.records import dataclass

_DEPTH: Final = 12
_MOST_LINES: Final = 1_000_000
"""The largest file that may be read has 900,000, if it is one attachment in base64."""
_CHUNK_BYTES: Final = 1 << 16
_HEADER_CHARACTERS: Final = 2000
_MOST_PARAMETERS: Final = 50
_ENCODINGS: Final = frozenset((
    "", "7bit", "8bit", "binary", "base64", "quoted-printable", "uue", "uuencode", "x-uue", "x-uuencode",
))  # fmt: skip
"""Transfer encodings that `email` undoes, and those that need not be."""
_BEFORE_HEADERS: Final = b"\xef\xbb\xbf \t\r\n\f"
_HEAD: Final = re.compile(rb"(?:[^\r\n]+(?:\r\n|\r|\n)){1,1000}")
_DATE_HEADER: Final = re.compile(rb"(?im)^date[ \t]*:[ \t]*([^\r\n]{6,80})")
_CHINA: Final = timezone(timedelta(hours=8))
_NO_HEADER: Final = re.compile(rb"(?:\A|(?<=[\r\n]))(?![!-9;-~]+:|[ \t])[^\r\n]+(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class MessagePart:
    """A part that holds content and no further parts.

    Attributes:
        kind: media type in lower case, such as `text/html`.
        file_name: the name the sender gave it, empty without one; may hold path separators.
        body: content with its transfer encoding undone.
        is_decoded: whether that encoding is one that is known.
    """

    kind: str
    file_name: str
    body: bytes
    is_decoded: bool = True


class _Parsed(Message):
    """What `email` makes of the message itself and of each part in it."""

    depth = 0

    def attach(self, payload: Any) -> None:
        """Add an inner part; what `email` calls as soon as one begins."""
        payload.depth = self.depth + 1
        if payload.depth > _DEPTH:
            raise too_large(f"嵌套超过 {_DEPTH} 层")
        super().attach(payload)

    def get_boundary(self, failobj: Any = None) -> Any:
        """The text between parts, `failobj` without one."""
        with suppress(TypeError):  # `email` compares the numbers of its pieces, of which some have none
            return super().get_boundary(failobj)
        return failobj

    def parts(self) -> list[_Parsed]:
        """The parts right inside this one."""
        inner: Any = self.get_payload() if self.is_multipart() else []
        return list(inner)

    def transfer_encoding(self) -> str:
        """In lower case, such as `base64`; empty without one."""
        return self.get("content-transfer-encoding", "").strip().lower()

    def file_name(self) -> str:
        """The first name that is not empty."""
        for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
            values: list[Any] = []
            with suppress(TypeError):  # as above
                values = [value for key, value in self.get_params((), header) if key.lower() == parameter]
            # A name in two spellings: the one with its own charset (RFC 2231) is the exact one.
            for value in sorted(values, key=lambda value: isinstance(value, str)):
                if name := _parameter(value):
                    return name
        return ""

    def take_body(self) -> bytes:
        """The content, once: its transfer encoding is gone afterwards."""
        if self.transfer_encoding() == "base64":
            # Decoded here: `email` gives up on one with a damaged end.
            del self["content-transfer-encoding"]
            return _base64(self.take_body())
        content = self.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""


class _RawHeaders(Compat32):
    """Headers as they stand, bytes outside ASCII as surrogates, and no longer than anybody needs."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        short = " ".join(line.strip() for line in value[:_HEADER_CHARACTERS].splitlines())
        return name, ";".join(short.split(";")[:_MOST_PARAMETERS])

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  # the interface of policies
        return value


def read_parts(data: bytes, limits: Limits) -> list[MessagePart]:
    """All parts of a message with content, in order, those of forwarded messages included.

    Raises:
        UnreadableError: too many lines or parts, or nested too deep.
    """
    if max(data.count(b"\n"), data.count(b"\r")) > _MOST_LINES:
        raise too_large(f"多于 {_MOST_LINES} 行")
    parts: list[MessagePart] = []
    parse = _parser(limits)
    data = data.lstrip(_BEFORE_HEADERS)
    if head := _HEAD.match(data):
        # Where a line of the head is none, such as a subject that goes on unmarked, `email` takes all for text.
        data = _NO_HEADER.sub(b"", head[0]) + data[head.end() :]
    waiting = [parse(data, 0)]
    while waiting:
        part = waiting.pop()
        inner = part.parts()
        if inner and part.get_content_type() == "message/rfc822" and part.transfer_encoding() == "base64":
            inner = [parse(_base64(inner[0].take_body()), part.depth + 1)]
        waiting.extend(reversed(inner))
        if not inner and part.get_content_maintype() != "multipart":
            known = part.transfer_encoding() in _ENCODINGS
            parts.append(MessagePart(part.get_content_type(), part.file_name(), part.take_body(), known))
    return parts


def mailed_on(data: bytes) -> date | None:
    """The day in China on which a message says it was sent, None if it does not say."""
    head = _HEAD.match(data.lstrip(_BEFORE_HEADERS))
    found = _DATE_HEADER.search(head[0]) if head else None
    if found is None:
        return None
    try:
        moment = parsedate_to_datetime(found[1].decode("ascii", "replace"))
        return (moment if moment.tzinfo is None else moment.astimezone(_CHINA)).date()
    except (ValueError, IndexError, OverflowError):
        return None


def decode_words(text: str) -> str:
    """A header with its encoded words (`=?gb2312?B?…?=`) as text."""
    try:
        pieces = decode_header(text)
    except HeaderParseError:
        return text
    return "".join(
        piece
        if isinstance(piece, str)
        else _text(charset, piece)
        if charset
        else piece.decode("raw-unicode-escape", "replace")
        for piece, charset in pieces
    )


def _parser(limits: Limits) -> Callable[[bytes, int], _Parsed]:
    """What parses messages, with one count of their parts; its second argument is how deep the message lies."""
    numbers = count()

    def parse(data: bytes, depth: int) -> _Parsed:
        def part(policy: Policy) -> _Parsed:
            if next(numbers) > limits.entries:
                raise too_large(f"里的部件多于 {limits.entries} 个")
            made = _Parsed(policy)
            made.depth = depth
            return made

        # Typed as if it could make plain messages only.
        parser = cast("Any", BytesFeedParser)(part, policy=_RawHeaders())
        for start in range(0, len(data), _CHUNK_BYTES):  # half the memory that it takes at once
            parser.feed(data[start : start + _CHUNK_BYTES])
        message: _Parsed = parser.close()
        return message

    return parse


def _parameter(value: str | tuple[str | None, str | None, str]) -> str:
    """A parameter as text: one with its own charset, or with encoded words, which no standard allows there."""
    charset, _, raw = value if isinstance(value, tuple) else (None, None, value)
    text = _text(charset, raw.encode("latin-1", "surrogateescape"))
    return text if isinstance(value, tuple) else decode_words(text)


def _base64(data: bytes) -> bytes:
    """Decode; a broken end is left out."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    whole = len(clean) - (len(clean) % 4 == 1)
    return binascii.a2b_base64(clean[:whole] + b"=" * (-whole % 4))


def _text(charset: str | None, data: bytes) -> str:
    """Bytes of a name as text; one that is illegible does not cost the mail."""
    try:
        return decode(data, (charset or "").partition("*")[0])[0] if data else ""
    except UnreadableError:
        return data.decode("gb18030", "replace")
