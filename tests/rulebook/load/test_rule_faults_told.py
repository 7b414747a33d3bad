"""How faults of rule files are told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_rulebook import BASE, BASE_PROFILE, PROFILE, faults_of


@pytest.mark.parametrize("selected", ["national", "甲", "a", "b"])
def test_a_circle_of_profiles_is_told_whichever_is_used(selected):
    files = {"a.yaml": "profile: a\ntitle: 甲\nextends: b\n", "b.yaml": "profile: b\ntitle: 乙\nextends: a\n"}
    told = [fault.text for fault in faults_of(files, selected) if fault.file != "--profile"]
    assert told == ["规则集互相继承成了环：a → b → a", "规则集互相继承成了环：b → a → b"]


def test_an_unknown_profile():
    [fault] = faults_of({"p.yaml": PROFILE, "b.yaml": BASE_PROFILE}, "locale")
    assert str(fault) == "--profile:1:1 没有规则集“locale”，是否为“local”？"


@given(st.sampled_from(sorted(BASE)), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_nothing_but_faults_comes_of_damage(name, data):
    """A line left out, doubled, cut or indented: there are faults with places, or the file still is sound."""
    lines = BASE[name].splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    cut = data.draw(st.integers(0, len(line)))
    lines[number : number + 1] = data.draw(
        st.sampled_from(
            [
                [],
                [line, line],
                [line[:cut]],
                [line[:cut] + data.draw(st.sampled_from(":-{}[]'\"#：")) + line[cut:]],
                [" " + line],
            ]
        )
    )
    for fault in faults_of({name: "\n".join(lines)}):
        assert fault.text
        assert fault.line is None or fault.file != name or 1 <= fault.line <= len(lines) + 1
