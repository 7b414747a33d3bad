"""Values of items as evidence."""

from __future__ import annotations

from datetime import date

from checker.judging.language.readable import ItemValue
from checker.model.place import Scalar


def as_scalar(value: ItemValue) -> Scalar:
    """A value in the form in which it can stand in evidence and in JSON."""
    return value.isoformat() if isinstance(value, date) else value
