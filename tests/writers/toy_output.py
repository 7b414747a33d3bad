"""An output format as somebody else would add it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.findings import CheckRun
from checker.writers.shared.options import WritingOptions


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """One line a file."""
    for result in run.results:
        yield f"{run.rulebook.vocabulary.results.name(result.verdict or result.status.value)} {result.path}\n"
