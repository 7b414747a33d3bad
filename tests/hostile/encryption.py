"""PDF files with an owner's password only, which opens for everybody (ISO 32000-1, 7.6; RC4 of 128 bits)."""

from __future__ import annotations

import re
from functools import partial
from hashlib import md5
from itertools import cycle
from typing import Final

_digest: Final = partial(md5, usedforsecurity=False)
_PAD: Final = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID: Final = bytes(range(16))
_OWNER: Final = bytes(range(32))
_ALLOWED: Final = -44
_OBJECT: Final = re.compile(rb"(\d+) 0 obj\n(.*?)endobj", re.DOTALL)
_STREAM: Final = re.compile(rb"(stream\n)(.*)(\nendstream)", re.DOTALL)
_STRING: Final = re.compile(rb"\((?:\\.|[^\\()])*\)|(?<!<)<[0-9A-Fa-f \n]*>(?!>)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\(.)", re.DOTALL)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, at = list(range(256)), 0
    for index, byte in zip(range(256), cycle(key)):
        at = (at + state[index] + byte) % 256
        state[index], state[at] = state[at], state[index]
    made, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        made.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(made)


def _key() -> bytes:
    key = _digest(_PAD + _OWNER + _ALLOWED.to_bytes(4, "little", signed=True) + _ID).digest()
    for _ in range(50):
        key = _digest(key).digest()
    return key


def _user(key: bytes) -> bytes:
    made = _digest(_PAD + _ID).digest()
    for number in range(20):
        made = _rc4(bytes(byte ^ number for byte in key), made)
    return made + bytes(16)


def encrypted(data: bytes) -> bytes:
    """A plain file with all its strings and streams encrypted; its table of places is left for readers to rebuild."""
    key = _key()

    def changed(match: re.Match[bytes]) -> bytes:
        number = int(match[1])
        own = _digest(key + number.to_bytes(3, "little") + bytes(2)).digest()

        def string(one: re.Match[bytes]) -> bytes:
            inside = one[0][1:-1]
            raw = _ESCAPE.sub(rb"\1", inside) if one[0][:1] == b"(" else bytes.fromhex(inside.decode())
            return b"<" + _rc4(own, raw).hex().encode() + b">"

        head, mark, rest = match[2].partition(b"stream\n")
        head = _STRING.sub(string, head)
        body = mark + rest
        body = _STREAM.sub(lambda one: one[1] + _rc4(own, one[2]) + one[3], body) if mark else b""
        return b"%d 0 obj\n%s%sendobj" % (number, head, body)

    head = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P %d /O <%s> /U <%s> >>"
    described = head % (_ALLOWED, _OWNER.hex().encode(), _user(key).hex().encode())
    place = data.index(b"xref\n0 ")
    made = _OBJECT.sub(changed, data[:place]) + b"999 0 obj\n" + described + b"\nendobj\n" + data[place:]
    identity = b"<" + _ID.hex().encode() + b">"
    return re.sub(rb"/Root ", b"/Encrypt 999 0 R /ID [" + identity * 2 + b"] /Root ", made, count=1)
