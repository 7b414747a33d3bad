"""A change of rules shows what it changes: `reports_in/` against the result that is checked in.

If a difference is meant, `make expected` writes the new result; commit it together with the rules.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from checker.api import CheckOptions, check_files, find_inputs, load_rulebook, render
from checker.cli.compare.command import comparison_lines
from checker.run.comparison import ResultComparison

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = Path(__file__).parents[1].joinpath("expected") / "reports_in.json"


def test_the_sample_reports_give_the_expected_findings(monkeypatch):
    monkeypatch.chdir(ROOT)
    run = check_files(find_inputs(["reports_in"]), load_rulebook(), CheckOptions(today=date(2025, 3, 1)))
    found = json.loads("".join(render(run, "json")))

    comparison = ResultComparison(json.loads(EXPECTED.read_text(encoding="utf-8")), found)

    told = "\n".join(comparison_lines(comparison, load_rulebook().vocabulary, 100))
    assert not comparison.differs, f"{told}\nIf that is meant: make expected"
