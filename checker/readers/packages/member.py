"""One file in a package."""

from __future__ import annotations

from datetime import date

from checker.model.errors import NotAReportError, UnreadableError
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a package.

    Attributes:
        name: its name in the package, `/` between folders.
        content: its bytes, or why they cannot be had, or what is to be said of files that are not read.
        mailed_on: the day of the mail that it came with, None if it came otherwise.
    """

    name: str
    content: bytes | UnreadableError | NotAReportError
    mailed_on: date | None = None
