"""Sentences of real reports, re-worded: what is read rightly stays right, and what is not is known by name.

The first batch was seen while tuning. The others were collected afterwards, and are seen by now.
docs/accuracy.md has their first runs.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from choice import THOROUGH

from benchmarks.labels import read_labels
from benchmarks.world_claims import measure
from checker.rulebook.store import load_rulebook

pytestmark = pytest.mark.long

SENTENCES = Path(__file__).parents[1] / "world" / "sentences"
KNOWN = read_labels(SENTENCES / "known.yaml")
BATCHES = {
    "seen": (218, 473),
    "second": (270, 298),
    "third": (243, 367),
    "fourth": (340, 414),
    "fifth": (183, 335),
    "sixth": (385, 755),
    "seventh": (320, 517),
    "eighth": (250, 344),
    "ninth": (339, 275),
}
"""Sentences and figures of each batch."""
EVERY = 1 if THOROUGH else 3


@pytest.mark.parametrize("group", BATCHES)
def test_nothing_is_misread_but_what_is_known(group: str):
    score = measure(load_rulebook(), SENTENCES, group, EVERY)
    misread = {one.key: one.text for one in score.misses}

    assert {key: text for key, text in misread.items() if key not in KNOWN[group]} == {}
    if THOROUGH:
        assert (score.entries, score.changed.total()) == BATCHES[group]
        assert [key for key in KNOWN[group] if key not in misread] == [], "改好了的请从 known.yaml 里删掉"


def test_every_batch_is_measured():
    assert {path.name.split("-")[0] for path in SENTENCES.glob("*-*.yaml")} == set(BATCHES) == set(KNOWN)
