"""Which of many like cases an ordinary run of the tests takes; `make test-thorough` takes all of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final, TypeVar

THOROUGH: Final = os.environ.get("THOROUGH") == "1"

T = TypeVar("T")


def some(cases: Iterable[T], every: int) -> list[T]:
    """The first case and every so manieth after it; in a thorough run all of them."""
    return list(cases)[:: 1 if THOROUGH else every]
