"""Clean reports with one fault each.

    from faults import FAULTS

`python -m faults FOLDER`, run in `tests/`, writes one file for each fault.
"""

from __future__ import annotations

from typing import Final

from .model import BASES, Fault
from .structure import DOCUMENT, OPENING, SECTIONS
from .tables import TABLE_FOUR, TABLE_THREE, TABLE_TWO
from .wording import DATES, OVERVIEW, PROBLEMS, READING, STYLE

__all__ = ["BASES", "FAULTS", "Fault"]

FAULTS: Final = (
    *DOCUMENT, *SECTIONS, *OPENING, *OVERVIEW, *TABLE_TWO, *TABLE_THREE, *TABLE_FOUR, *PROBLEMS, *DATES, *STYLE, *READING,
)  # fmt: skip
