"""The result a line at a time: the contract of each line, and the schema that describes it."""

from __future__ import annotations

import json

import pytest
from formats import ATTACKS, RUNS, hostile_run, hostile_words, written
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from checker.writers.json_lines import lines_schema, report_line
from checker.writers.json_result import schema_text

SCHEMA = Draft202012Validator(lines_schema(json.loads(schema_text())))
RESUME = {"source": "甲.zip", "sha256": "0" * 64, "conditions": "1" * 64, "result": None}


def lines(run):
    text = written("jsonl", run)
    assert text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA.schema)


@pytest.mark.parametrize("name", RUNS)
def test_the_lines_are_the_parts_of_the_whole_result(name):
    run = RUNS[name]()
    whole = json.loads(written("json", run))
    *reports, last = lines(run)

    assert [error.message for line in (*reports, last) for error in SCHEMA.iter_errors(line)] == []
    assert reports == [
        {"type": "report", "version": 1, **report, "resume": None} for report in whole.pop("reports")
    ]
    assert last == {"type": "run", **whole}


@pytest.mark.parametrize("words", ATTACKS)
def test_hostile_words_stay_in_their_line(words):
    assert len(lines(hostile_run(words))) == 3


@given(hostile_words)
@settings(max_examples=50)
def test_any_words_stay_in_their_line(words):
    run = hostile_run(words)
    assert [line["type"] for line in lines(run)] == ["report", "report", "run"]
    assert all(SCHEMA.is_valid(line) for line in lines(run))


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        (lambda line: line, True),
        (lambda line: line.update(resume=RESUME), True),
        (lambda line: line.update(resume={**RESUME, "result": "eJw="}), True),
        (lambda line: line.update(resume={**RESUME, "sha256": "x"}), False),
        (lambda line: line.update(resume={**RESUME, "more": 1}), False),
        (lambda line: line.update(type="run"), False),
        (lambda line: line.update(version=2), False),
        (lambda line: line.pop("type"), False),
        (lambda line: line.pop("resume"), False),
        (lambda line: line.update(verdict="good"), False),
    ],
)
def test_the_schema_tells_a_line_from_what_is_none(change, valid):
    (line, _) = lines(RUNS["failing"]())
    change(line)

    assert SCHEMA.is_valid(line) is valid


def test_what_a_later_run_must_know_stands_in_the_line():
    result = RUNS["failing"]().results[0]

    assert json.loads(report_line(result, RESUME))["resume"] == RESUME
