"""Pages and lines of real reports, seen while rules were written and later ones: what was right stays right."""

from __future__ import annotations

from pathlib import Path

from benchmarks.world import measure

WORLD = Path(__file__).parent
LAST = "fourth"

# What is still wrong of each aspect; a number here only ever becomes smaller.
WRONG = {
    "page: agency": 1,
    "page: tier": 3,
    "page: year": 2,
    "page: title": 2,
    "page: published": 1,
    "page: address": 1,
    "page: expected finding": 5,
    "page: no false warning": 5,
    "title: year": 1,
}
WRONG_OF_LAST = {
    "page: form": 1,
    "page: title": 1,
    "page: period": 1,
    "page: expected finding": 3,
}
"""Of the batch collected last; what it had at its first run is in docs/accuracy.md."""


def test_no_more_is_wrong_than_was():
    last = tuple(path.stem for path in (WORLD / "pages" / LAST).glob("*.yaml"))
    agreement = measure(WORLD)
    wrong = {
        (name, of_last): [line for line in aspect.wrong if line.startswith(last) is of_last]
        for name, aspect in agreement.items()
        for of_last in (False, True)
    }

    assert len(last) == 66
    assert len(agreement) > len(WRONG)
    assert {
        name: lines
        for (name, of_last), lines in wrong.items()
        if len(lines) > (WRONG_OF_LAST if of_last else WRONG).get(name, 0)
    } == {}
