"""What a process and its workers say to each other: messages of bytes, each with its length in front.

A worker says `READY` once it can work. Then it takes requests, one after the other: a head, a line of JSON, and
whatever follows as data. Each gets any number of replies, the last of which is empty; what is in them is written
by a `Serialiser`. A worker trusts whoever started it. It is not trusted itself, for it may have read a hostile
file with native code: it can neither announce more than is allowed, nor reply for ever.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any, Final

READY: Final = b"checker worker is ready"
MOST_BYTES: Final = 128 << 20
"""Of one message from a worker: the largest document allowed takes half of it."""
MOST_BYTES_IN_ALL: Final = 1 << 30
"""Of all replies to one request: the reports of a whole package."""
BYTES_OF_A_REPLY: Final = 100
"""What a reply takes besides its content."""

_REQUEST: Final = struct.Struct("<Qd")
_REPLY: Final = struct.Struct("<Q")


def request(*head: Any, data: bytes = b"") -> bytes:
    """A request as bytes.

    Args:
        head: what to do; anything that JSON can show.
        data: what to do it with.
    """
    return json.dumps(head).encode("ascii") + b"\n" + data


def parts_of(message: bytes) -> tuple[Sequence[Any], bytes]:
    """Head and data of a request."""
    head, _, data = message.partition(b"\n")
    return json.loads(head), data


def send_request(pipe: IO[bytes], content: bytes, seconds: float) -> None:
    """Send a request, each reply to which may take so long."""
    _send(pipe, _REQUEST.pack(len(content), seconds), content)


def receive_request(pipe: IO[bytes]) -> tuple[bytes, float] | None:
    """A request and how long each reply to it may take, None if there are no more."""
    head = pipe.read(_REQUEST.size)
    if not head:
        return None
    length, seconds = _REQUEST.unpack(head)
    return _exactly(pipe, length), seconds


def send_reply(pipe: IO[bytes], content: bytes) -> None:
    """Send a reply; an empty one says that there are no more."""
    _send(pipe, _REPLY.pack(len(content)), content)


def receive_reply(pipe: IO[bytes], most: int = MOST_BYTES) -> bytes:
    """A reply of at most so many bytes.

    Raises:
        EOFError: the worker ended, or announces a longer one.
    """
    (length,) = _REPLY.unpack(_exactly(pipe, _REPLY.size))
    if length > most:
        raise EOFError
    return _exactly(pipe, length)


def receive_ready(pipe: IO[bytes]) -> None:
    """Wait for `READY`.

    Raises:
        EOFError: the worker ended, or says something else.
    """
    if receive_reply(pipe, len(READY)) != READY:
        raise EOFError


def _send(pipe: IO[bytes], *pieces: bytes) -> None:
    for piece in pieces:
        pipe.write(piece)
    pipe.flush()


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
