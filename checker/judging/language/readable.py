"""What items and expressions read, and what they read there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from checker.judging.figures import Figures
from checker.judging.language.scope import TextView
from checker.model.place import Place
from checker.model.report import Report, ReportTable
from checker.startup.records import dataclass

ItemValue = int | Decimal | str | date | bool

NUMBER, TEXT, DATE, TRUTH = "数", "文字", "日期", "是非"


class Readable(Protocol):
    """A report under examination, as far as items and expressions read it; see `checker.judging.subject.Subject`."""

    report: Report

    def table(self, key: str, /) -> ReportTable:
        """The table with that key."""

    def view(self, scope: str, /) -> TextView:
        """The text of a scope."""

    @property
    def previous(self) -> Figures:
        """The figures of last year's report."""


Trail = dict[str, tuple[ItemValue, Place]]
"""Items read while an expression ran, with values and places."""

Evaluate = Callable[[Readable, Trail], Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A resolved name: its type, one of 数, 文字, 日期, 是非, and how to get its value and place."""

    type: str
    get: Callable[[Readable], tuple[ItemValue, Place]]
