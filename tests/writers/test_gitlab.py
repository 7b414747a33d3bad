"""The GitLab code quality report: the members GitLab asks for, fingerprints that are unique and stay."""

from __future__ import annotations

import json

import pytest
from formats import RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given
from jsonschema import Draft202012Validator

REPORT = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "minLength": 1},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)
"""What GitLab's documentation of the format asks for."""


def entries(run):
    data = json.loads(written("gitlab", run))
    REPORT.validate(data)
    fingerprints = [entry["fingerprint"] for entry in data]
    assert len(set(fingerprints)) == len(fingerprints)
    return data


@pytest.mark.parametrize("name", RUNS)
def test_the_report_is_as_documented(name):
    entries(RUNS[name]())


@pytest.mark.parametrize("name", ["failing", "many"])
def test_output_is_the_one_looked_at(name):
    assert_golden("gitlab", name)


def test_findings_have_grade_file_and_line():
    by_rule = {entry["check_name"]: entry for entry in entries(RUNS["failing"]())}

    assert (by_rule["T3-02"]["severity"], by_rule["INT-07"]["severity"]) == ("major", "minor")
    assert by_rule["INT-07"]["location"] == {"path": "年报/2024/临河市水务局.docx", "lines": {"begin": 12}}
    assert by_rule["not_checked"]["severity"] == "info"
    assert by_rule["broken"]["severity"] == "critical"


def test_accepted_findings_are_left_out():
    assert "T3-02" not in {entry["check_name"] for entry in entries(RUNS["excepted"]())}


def test_a_fingerprint_does_not_depend_on_other_files():
    alone = {entry["fingerprint"] for entry in entries(RUNS["failing"]())}
    among_others = {entry["fingerprint"] for entry in entries(RUNS["many"]())}

    assert alone < among_others


@given(hostile_words)
def test_hostile_text_stays_text(words):
    assert entries(hostile_run(words))
    written("gitlab", hostile_run(words)).encode("utf-8")
