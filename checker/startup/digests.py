"""SHA-256 without loading OpenSSL.

`hashlib` loads and relocates OpenSSL's libraries, 2 ms of a check of one file that takes 80. The interpreter
has an implementation of its own for where OpenSSL is missing; the standard `random` imports it the same way.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

_MODULES: Final = ("_sha2", "_sha256", "hashlib")
"""Where it is: from Python 3.12 on, before, and always."""


def sha256_of(data: bytes) -> str:
    """SHA-256 of some bytes, as 64 hexadecimal digits."""
    text: str = _IMPLEMENTATION(data).hexdigest()
    return text


def _implementation() -> Any:
    for name in _MODULES[:-1]:
        try:
            return import_module(name).sha256
        except (ImportError, AttributeError):
            continue
    return import_module(_MODULES[-1]).sha256


_IMPLEMENTATION: Final = _implementation()
