"""Surrogate pairs whose halves were decoded one by one."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")


def join_halves(text: str) -> str:
    """`text` with surrogate pairs joined to characters; an unpaired surrogate becomes U+FFFD."""
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
