"""Requests and answers with their files as bytes, between the page and the server on this computer.

A message is the length of its head (four bytes, the highest first), the head as JSON with the `sizes` of the files,
and the files one after the other.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final

_LENGTH: Final = struct.Struct(">I")


def packed(head: Mapping[str, Any], files: Sequence[bytes]) -> bytes:
    """A message."""
    text = json.dumps({**head, "sizes": [len(data) for data in files]}, ensure_ascii=False).encode()
    return b"".join((_LENGTH.pack(len(text)), text, *files))


def unpacked(message: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The head and the files of a message.

    Raises:
        ValueError: it is none.
    """
    try:
        (length,) = _LENGTH.unpack_from(message)
        end = _LENGTH.size + length
        head = json.loads(message[_LENGTH.size : end].decode())
        sizes = list(head["sizes"])
    except (KeyError, RecursionError, TypeError, struct.error) as error:
        raise ValueError(message[:20]) from error
    files: list[bytes] = []
    for size in sizes:
        if not isinstance(size, int) or not 0 <= size <= len(message) - end:
            raise ValueError(size)
        files.append(message[end : end + size])
        end += size
    if end != len(message):
        raise ValueError(end)
    return head, files
