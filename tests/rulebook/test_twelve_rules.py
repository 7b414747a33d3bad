"""Requirements of local notices, twelve and twelve, each said in at most ten lines of YAML, with examples that hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run_checker

HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize(("folder", "group"), [("twelve_rules", "LOC"), ("twelve_others", "LOD")])
def test_they_can_be_said_and_their_examples_hold(folder, group, monkeypatch, capsys):
    text = (HERE / folder / "rules.yaml").read_text(encoding="utf-8")
    rules = text.split("\n  - id: ")[1:]
    assert len(rules) == 12
    assert all(len(rule.strip().splitlines()) <= 10 for rule in rules)
    result = run_checker(monkeypatch, capsys, "rules", "check", str(HERE / folder))
    assert result.code == 0, result.err
    result = run_checker(monkeypatch, capsys, "rules", "test", "--rules", str(HERE / folder), group)
    assert result.code == 0, result.out
    assert "12 条规则" in result.out
