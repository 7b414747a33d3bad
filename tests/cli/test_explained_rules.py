"""`checker explain`: a rule in the words of the office, without keys and regular expressions."""

from __future__ import annotations

import re

import pytest
from command_line import run_checker

from checker.rulebook.store import load_rulebook

RULES = load_rulebook().rules


@pytest.fixture
def explained(monkeypatch, capsys):
    """Labels and texts of what is told of a rule."""
    monkeypatch.setenv("COLUMNS", "4000")

    def labels_and_texts(rule):
        ran = run_checker(monkeypatch, capsys, "explain", rule)
        assert ran.code == 0
        return [line.strip().split("  ", 1) for line in ran.out.splitlines() if "  " in line.strip()]

    return labels_and_texts


@pytest.mark.parametrize("rule", RULES)
def test_how_a_rule_judges_is_told_without_keys_and_patterns(rule, explained):
    ways = [text for label, text in explained(rule) if label == "怎么判"]

    assert ways
    assert [way for way in ways if re.search(r"\[\^|\(\?|[A-Za-z]_[a-z]|last\.|：[A-Z][0-9]\b", way)] == []


def test_a_rule_of_another_profile_is_explained_with_that_profile(monkeypatch, capsys):
    """Whoever sees such a rule in a result is not told that there is none."""
    ran = run_checker(monkeypatch, capsys, "explain", "WEB-53")
    assert (ran.code, ran.err.strip()) == (2, "规则“WEB-53”在规则集 hunan 里，请加 --profile hunan。")

    ran = run_checker(monkeypatch, capsys, "explain", "WEB-53", "INT-04", "--profile", "sichuan")
    assert ran.code == 2

    ran = run_checker(monkeypatch, capsys, "explain", "INT-04", "--profile", "sichuan")
    assert "DB51/T 2660—2019" in ran.out


def test_severities_and_texts_of_several_outcomes_stand_without_their_keys(explained):
    lines = explained("TXT-11")

    assert ["级别", "警告"] in [[label, text.strip()] for label, text in lines]
    assert sum(label == "问题写作" for label, _ in lines) == len(RULES["TXT-11"].messages)


def test_exceptions_from_the_severity_stand_below_it(explained):
    assert any(label == "其中" and text.strip().endswith("警告") for label, text in explained("T2-04"))
