"""What a new report of a form begins with."""

from __future__ import annotations

from collections.abc import Mapping

from checker.startup.records import dataclass, field


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What a new report begins with.

    Attributes:
        opening: paragraphs of the opening; `{agency}` stands for the body, `{year}` for the year.
        carried: for a table, the rows that begin with the figures of a row of last year's report.
    """

    opening: tuple[str, ...] = ()
    carried: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
