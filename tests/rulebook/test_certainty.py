"""How certain a rule's basis is: every built-in rule says so, and what it says fits its sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run_checker

from checker.rulebook.load.sources import sound_sources
from checker.rulebook.store import decode_rules, load_rulebook, rule_files
from checker.workbench.catalogue import rules_written_in

RULES = list(rules_written_in(sound_sources(decode_rules(rule_files()))))
OWN_TRUTH = {"LOGIC", "CHECKING"}
"""Sources that are no documents."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_how_certain_its_basis_is(rule):
    certainty = rule.data.get("certainty")
    sources = {item["source"] for item in rule.data["basis"]}

    assert certainty, f"{rule.file}:{rule.line}"
    assert not sources <= OWN_TRUTH or certainty == "logic"
    assert certainty != "logic" or sources & OWN_TRUTH
    assert certainty == "practice" or sources != {"PRACTICE"} or certainty == "C"


def test_lists_and_explanations_say_it(monkeypatch, capsys):
    listed = json.loads(run_checker(monkeypatch, capsys, "rules", "list", "--format", "json").out)
    certainties = load_rulebook().vocabulary.certainties
    explained = run_checker(monkeypatch, capsys, "explain", "STY-10").out

    assert {rule["certainty"] for rule in listed} == set(certainties.names)
    assert certainties.name("logic") in "".join(explained.split())


@pytest.mark.parametrize(
    ("word", "key"),
    [("见过原文", "A"), ("有旁证", "B"), ("待核", "C"), ("通行做法", "practice"), ("不靠文件", "logic")],
)
def test_the_words_of_the_guide_are_accepted(word, key):
    guide = (Path(__file__).resolve().parents[2] / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    assert f"`{key}` {word}" in guide
    assert load_rulebook().vocabulary.certainties.key(word) == key


def test_another_basis_makes_the_certainty_unknown(tmp_path, monkeypatch, capsys):
    profile = (
        "profile: benxian\ntitle: 本县\nextends: national\nwording: {Q-01: {basis: [{source: PRACTICE}]}}\n"
    )
    (tmp_path / "benxian.yaml").write_text(profile, encoding="utf-8")
    listed = run_checker(
        monkeypatch, capsys, "rules", "list", "--format", "json", "--rules", tmp_path, "--profile", "benxian"
    )

    assert {rule["id"]: rule["certainty"] for rule in json.loads(listed.out)}["Q-01"] is None
