"""Pages and lines of real reports, seen while rules were written and later ones: what was right stays right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benchmarks.world import Agreement, measure

pytestmark = pytest.mark.long

WORLD = Path(__file__).parent
LATER = {"fourth": 66, "fifth": 96, "sixth": 71, "seventh": 72, "eighth": 97, "ninth": 99}
"""Batches collected after the rules were written, with their pages; their first runs are in docs/accuracy.md."""

SEEN = ""

# What is still wrong of each aspect in each batch; a number here only ever becomes smaller.
WRONG: Mapping[str, Mapping[str, int]] = {
    SEEN: {
        "page: agency": 1,
        "page: tier": 1,
        "page: year": 2,
        "page: title": 1,
        "page: address": 1,
        "page: expected finding": 5,
        "page: no false warning": 4,
        "title: year": 1,
    },
    "fourth": {
        "page: form": 1,
        "page: title": 1,
        "page: period": 1,
        "page: expected finding": 1,
    },
    "fifth": {
        "page: form": 1,
        "page: expected finding": 2,
        "page: no false error": 1,
        "page: no false warning": 1,
    },
    "sixth": {
        "page: expected finding": 4,
        "page: no false warning": 1,
    },
    "seventh": {},
    # Its first run; nothing was changed after it.
    "eighth": {
        "page: agency": 9,
        "page: level": 9,
        "page: tier": 7,
        "page: title": 1,
        "page: published": 1,
        "page: address": 1,
        "page: expected finding": 6,
        "page: no false warning": 5,
    },
    "ninth": {
        "page: expected finding": 1,
    },
}


def test_no_more_is_wrong_than_was():
    agreement = measure(WORLD)

    assert {batch: len(stems(batch)) for batch in LATER} == LATER
    assert len(agreement) > len(WRONG[SEEN])
    assert {
        (batch, name): lines
        for batch, name, lines in wrong_by_batch(agreement)
        if len(lines) > WRONG[batch].get(name, 0)
    } == {}


def wrong_by_batch(agreement: Agreement) -> Iterator[tuple[str, str, list[str]]]:
    """What is wrong of each aspect, each batch by itself."""
    for name, aspect in agreement.items():
        rest = aspect.wrong
        for batch in LATER:
            of_batch = [line for line in rest if line.startswith(stems(batch))]
            rest = [line for line in rest if line not in of_batch]
            yield batch, name, of_batch
        yield SEEN, name, rest


def stems(batch: str) -> tuple[str, ...]:
    """The pages of a batch by name."""
    return tuple(path.stem for path in (WORLD / "pages" / batch).glob("*.yaml"))
