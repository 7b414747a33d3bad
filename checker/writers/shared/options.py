"""What whoever asked wants to see, and what the terminal can show."""

from __future__ import annotations

from typing import Final

from checker.startup.records import dataclass

FEW_REPORTS: Final = 5
"""So many are read one by one, each with its whole text; of more an index is wanted first."""


@dataclass(frozen=True, slots=True)
class WritingOptions:
    """How an output is written; each format heeds what concerns it.

    Attributes:
        width: terminal cells in a line; a Chinese character takes two.
        colour: whether ANSI colours may be used.
        verbose: everything: passed reports in full, every rule that could not be judged, uncut lists.
        quiet: one verdict a file and nothing else.
        whole_paths: quiet lines give every path in full, however long: a program or a file takes them.
        unjudged: a table also has a row for every rule that could not be judged.
    """

    width: int = 80
    colour: bool = False
    verbose: bool = False
    quiet: bool = False
    whole_paths: bool = False
    unjudged: bool = False
