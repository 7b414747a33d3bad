"""Cases that fall short at present, with what keeps them from it; the runner counts them apart."""

from __future__ import annotations

from typing import Final

KNOWN: Final[dict[str, str]] = {}
