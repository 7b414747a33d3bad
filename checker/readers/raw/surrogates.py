"""Characters beyond the basic plane that arrive as two halves, as UTF-16 stores them."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")


def join_halves(text: str) -> str:
    """`text` with halves joined to characters; a half without its partner becomes U+FFFD."""
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
