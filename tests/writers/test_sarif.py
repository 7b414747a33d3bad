"""SARIF 2.1.0: the shape, what stands where, and nothing a viewer could take for a link or a placeholder.

`SARIF_SCHEMA=sarif-schema-2.1.0.json pytest tests/writers/test_sarif.py` holds every output to the official
schema as well; it is not part of this repository.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import writer_samples as samples
from formats import ATTACKS, RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given
from jsonschema import Draft4Validator, Draft202012Validator


def members(required, **properties):
    """The shape of an object that has these members and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def many(items):
    return {"type": "array", "items": items}


TEXT = {"type": "string", "minLength": 1}
MESSAGE = members("text", text={"type": "string"})
BAG = {"type": "object"}
ARTIFACT_LOCATION = members("uri", uri={"type": "string", "pattern": "^[!-~]+$"}, uriBaseId=TEXT)
REGION = members("startLine", startLine={"type": "integer", "minimum": 1}, snippet=MESSAGE)
LOCATION = members(
    "logicalLocations",
    id={"type": "integer", "minimum": 0},
    physicalLocation=members("artifactLocation", artifactLocation=ARTIFACT_LOCATION, region=REGION),
    logicalLocations=many(members("fullyQualifiedName kind", fullyQualifiedName=TEXT, kind=TEXT)),
    message=MESSAGE,
)
LEVEL = {"enum": ["error", "warning", "note"]}
SUPPRESSION = members(
    "kind status justification", kind={"const": "external"}, status={"const": "accepted"},
    justification={"type": "string"}, properties=BAG,
)  # fmt: skip
RESULT = members(
    "ruleId level message locations properties",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=many(LOCATION),
    relatedLocations=many(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=many(SUPPRESSION),
    properties=BAG,
)
RULE = members(
    "id shortDescription help defaultConfiguration properties",
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=members("level", level=LEVEL),
    properties=members("tags basis", tags=many({"type": "string"}), basis={"type": "string"}),
)
NOTIFICATION = members(
    "level message locations properties",
    level=LEVEL,
    message=MESSAGE,
    locations=many(
        members(
            "physicalLocation",
            physicalLocation=members("artifactLocation", artifactLocation=ARTIFACT_LOCATION),
        )
    ),
    associatedRule=members("id", id=TEXT),
    properties=BAG,
)
RUN = members(
    "tool language columnKind originalUriBaseIds results artifacts invocations",
    tool=members(
        "driver",
        driver=members(
            "name version rules properties", name=TEXT, version=TEXT, rules=many(RULE), properties=BAG
        ),
    ),
    language={"const": "zh-CN"},
    columnKind={"const": "unicodeCodePoints"},
    originalUriBaseIds={"type": "object"},
    results=many(RESULT),
    artifacts=many(members("location roles", location=ARTIFACT_LOCATION, roles=many(TEXT), hashes=BAG)),
    invocations=many(
        members(
            "executionSuccessful toolExecutionNotifications",
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=many(NOTIFICATION),
        )
    ),
)
STRUCTURE = Draft202012Validator(
    {
        **members("$schema version runs"),
        "properties": {"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": many(RUN)},
    }
)


def log(run):
    data = json.loads(written("sarif", run))
    STRUCTURE.validate(data)
    return data["runs"][0]


@pytest.mark.parametrize("name", RUNS)
def test_the_shape_is_right(name):
    log(RUNS[name]())


@pytest.mark.skipif("SARIF_SCHEMA" not in os.environ, reason="SARIF_SCHEMA names no official schema")
def test_the_official_schema_agrees():
    schema = Draft4Validator(json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text(encoding="utf-8")))

    for run in (*(make() for make in RUNS.values()), *map(hostile_run, ATTACKS)):
        schema.validate(json.loads(written("sarif", run)))


@pytest.mark.parametrize("name", ["failing", "excepted", "many"])
def test_output_is_the_one_looked_at(name):
    assert_golden("sarif", name)


def test_rules_carry_title_basis_and_level():
    rules = {rule["id"]: rule for rule in log(RUNS["failing"]())["tool"]["driver"]["rules"]}

    assert list(rules) == list(samples.RULES)
    assert rules["T3-02"]["shortDescription"]["text"] == samples.RULES["T3-02"].title
    assert "依据：表三勾稽关系" in rules["T3-02"]["help"]["text"]
    assert rules["EXC-01"]["defaultConfiguration"] == {"level": "warning"}


def test_results_point_to_rule_file_line_and_cell():
    run = log(RUNS["failing"]())
    by_rule = {result["ruleId"]: result for result in run["results"]}
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    opening, cell = by_rule["INT-07"], by_rule["T3-02"]

    assert rules[cell["ruleIndex"]] == "T3-02"
    assert "ruleIndex" not in opening  # a rule that the rulebook does not list
    assert opening["locations"][0]["physicalLocation"]["region"]["startLine"] == 12
    assert "region" not in cell["locations"][0]["physicalLocation"]
    assert cell["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith("第三部分 表三「")
    assert {"table": "T3", "row": "S", "column": "natural", "page": 4}.items() <= cell["properties"].items()
    assert cell["partialFingerprints"] == {"checkerFinding/v1": "f1"}
    assert [one["message"]["text"] for one in cell["relatedLocations"]] == ["1288", "447", "62", "1133"]


def test_accepted_findings_are_suppressed_results():
    run = log(RUNS["excepted"]())
    suppressed = [result for result in run["results"] if "suppressions" in result]

    assert len(suppressed) == len(samples.excepted().suppressed)
    assert suppressed[0]["suppressions"][0]["justification"] == "合计按上级口径填报"
    assert (
        run["results"][-1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 12
    )  # the exceptions file


def test_what_was_not_judged_is_a_notification_and_no_result():
    run = log(RUNS["many"]())
    invocation = run["invocations"][0]
    notes = [note["properties"] for note in invocation["toolExecutionNotifications"]]

    assert invocation["executionSuccessful"] is False
    assert {note["kind"] for note in notes} == {"unreadable", "skipped", "broken", "not_checked"}
    assert {"kind": "not_checked", "rules": ["T4-01", "T4-02"]} in notes
    assert log(RUNS["clean"]())["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("年报/a b.docx", {"uri": "%E5%B9%B4%E6%8A%A5/a%20b.docx", "uriBaseId": "ROOT"}),
        ("a#1?.txt", {"uri": "a%231%3F.txt", "uriBaseId": "ROOT"}),
        ("名\udce4.txt", {"uri": "%E5%90%8D%E4.txt", "uriBaseId": "ROOT"}),
        ("/srv/a.txt", {"uri": "file:///srv/a.txt"}),
        ("C:/年/a.txt", {"uri": "file:///C:/%E5%B9%B4/a.txt"}),
        ("C:\\b\\a.txt", {"uri": "file:///C:/b/a.txt"}),
    ],
)
def test_files_are_valid_uris(path, location):
    run = log(samples.run(samples.clean(path)))

    assert run["artifacts"][0]["location"] == location


@given(hostile_words)
def test_hostile_text_is_no_link_and_no_placeholder(words):
    text = written("sarif", hostile_run(words))
    STRUCTURE.validate(json.loads(text))
    text.encode("utf-8")
    for result in json.loads(text)["runs"][0]["results"]:
        message = result["message"]["text"]
        assert "](" not in message
        assert not re.search(r"[{}]", message.replace("{{", "").replace("}}", ""))
