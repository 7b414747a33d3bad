"""The schema that editors use: a Chinese word for everything, and what is there to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.kinds import KINDS
from checker.rulebook.load.strict_yaml import load_yaml
from checker.rulebook.store import builtin_rules, load_rulebook
from checker.workbench.editor_schema import editor_schema

HAN = re.compile(r"[\u4e00-\u9fff]")
SCHEMA = editor_schema(load_rulebook())
DEFINITIONS = SCHEMA["$defs"]
EXAMPLES = ("enum", "const", "required", "defaultSnippets")


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All schemas inside, but for conditions, which say nothing to anyone."""
    if isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from parts(part, f"{path}/{number}")
    elif isinstance(schema, dict):
        yield path, schema
        for key, part in schema.items():
            if key not in ("if", *EXAMPLES):
                yield from parts(part, f"{path}/{key}")


def properties() -> Iterator[tuple[str, Any]]:
    for path, schema in parts(SCHEMA):
        own = schema.get("properties")
        if isinstance(own, dict) and not path.endswith("/properties"):
            yield from ((f"{path}/{name}", part) for name, part in own.items())


def test_every_property_is_described_in_chinese():
    told = list(properties())

    assert len(told) > 600
    assert [path for path, part in told if not HAN.search(part.get("description", ""))] == []


def test_every_value_of_a_list_is_described_in_chinese():
    lists = [(path, schema) for path, schema in parts(SCHEMA) if isinstance(schema.get("enum"), list)]

    assert len(lists) > 60
    for path, schema in lists:
        meanings = schema.get("enumDescriptions", [])
        assert len(meanings) == len(schema["enum"]), path
        assert all(HAN.search(meaning) for meaning in meanings), path


def test_every_kind_is_described():
    assert DEFINITIONS["check"]["properties"]["kind"]["enumDescriptions"] == [
        f"{kind.title}：{kind.about}" for kind in KINDS.values()
    ]
    assert all(kind.about.endswith("。") for kind in KINDS.values())
    assert len({kind.about for kind in KINDS.values()}) == len(KINDS)


PROPOSED = {
    "scope": ("第五部分", "存在的主要问题及改进情况"),
    "place": ("T3[R1, total]", "表三.新收.总计"),
    "table": ("T4", "政府信息公开行政复议、行政诉讼情况"),
    "row": ("penalties", "表二：行政处罚"),
    "column": ("natural", "表三：自然人"),
    "item": ("表三.新收.总计", "T3[R1, total]"),
    "cell": ("W1[host, value]", "报表.主办单位"),
    "field_place": ("第五部分", "存在的主要问题及改进情况"),
    "section": ("5", "存在的主要问题及改进情况"),
    "section_number": (6, "其他需要报告的事项"),
    "field": ("signed_on", "落款日期"),
    "form": ("2021", "2021"),
    "sample_form": ("2019", "2019"),
    "line": ("S", "总计"),
    "source": ("F21", "国办公开办函〔2021〕30号"),
    "profile": ("wuwei", "武威市"),
    "quantity": ("received", "收到的申请"),
    "rule": ("T3-02", "表三"),
}


@pytest.mark.parametrize("format_name", PROPOSED)
def test_what_there_is_to_choose_from_is_proposed(format_name):
    value, meaning = PROPOSED[format_name]
    known = DEFINITIONS[f"known-{format_name}"]
    told = (
        dict(zip(known["enum"], known["enumDescriptions"], strict=True))
        if "enum" in known
        else {one["body"]: one["description"] for one in known["defaultSnippets"]}
    )

    assert meaning in told[value]


def test_what_is_proposed_is_referred_to():
    referred = {schema["$ref"] for _, schema in parts(SCHEMA) if "$ref" in schema}

    assert {f"#/$defs/known-{name}" for name in PROPOSED} <= referred
    assert {name for name in DEFINITIONS if name.startswith("known-")} == {f"known-{n}" for n in PROPOSED}


@pytest.mark.parametrize("file", sorted(builtin_rules().rglob("*.yaml")), ids=lambda file: file.name)
def test_the_built_in_files_are_fine_to_an_editor(file):
    loaded, faults = load_yaml(file.read_text(encoding="utf-8"), file.name)

    assert not faults
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(loaded.data)] == []


LOCAL = {
    "several scopes": "where: 第一部分、第五部分",
    "a part that only a local form has": "where: 第七部分",
}


@pytest.mark.parametrize("case", LOCAL)
def test_other_names_than_the_known_ones_may_be_written(case):
    scope = LOCAL[case].partition(": ")[2]
    rule = {
        "id": "LOC-01",
        "title": "甲",
        "severity": "警告",
        "basis": [{"source": "XIAN"}],
        "check": {"kind": "pattern", "where": scope, "patterns": ["甲"]},
        "message": "没有",
        "examples": [
            {"name": "甲", "expect": "合格", "given": {"cells": {"T9[a, b]": 1}, "text": {"9": "甲"}}}
        ],
    }
    errors = list(Draft202012Validator(SCHEMA).iter_errors({"group": "本县", "rules": [rule]}))

    assert errors == []
