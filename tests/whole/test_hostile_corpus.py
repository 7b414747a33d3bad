"""The quick part of the hostile corpus, in this process; `make test-hostile` runs all of it."""

from __future__ import annotations

from collections import Counter

import pytest
from command_line import run_checker
from hostile.case import FORMATS
from hostile.corpus import corpus
from hostile.known import KNOWN
from hostile.running import arguments
from hostile.verdicts import Ran, shortcomings


@pytest.mark.parametrize(
    "kind", ["plain", "damaged", "bomb", "glued", "characters", "skipped", "lost", "names", "config"]
)
def test_quick_cases(monkeypatch, capsys, tmp_path, kind):
    quick = [case for case in corpus().values() if case.quick and case.kind == kind]
    assert quick
    fell_short = {}
    for number, case in enumerate(quick):
        folder = tmp_path / str(number)
        folder.mkdir()
        paths = case.make(folder)
        as_json = run_checker(monkeypatch, capsys, *arguments(case, paths, "json"))
        looked_at = case.expect.get("says") or case.expect.get("hides")
        as_text = run_checker(monkeypatch, capsys, *arguments(case, paths, "text")) if looked_at else None
        bad = shortcomings(case, Ran(*as_json), Ran(*as_text) if as_text else None)
        if bad and case.name not in KNOWN:
            fell_short[case.name] = bad
    assert not fell_short


def test_the_corpus_is_large_enough():
    """At least 400 cases, and 20 of every format."""
    counts = Counter(case.format for case in corpus().values())
    assert sum(counts.values()) >= 400
    assert {name for name in FORMATS if counts[name] < 20} == set()


def test_known_shortcomings_are_cases():
    assert set(KNOWN) <= set(corpus())
