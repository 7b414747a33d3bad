"""Two rounds of a made-up county come to what `expected.yaml` says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from collecting import collect
from inbox import UNITS, put_all

from checker.office.contract import collect_schema
from checker.writers.json_result import schema_text

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8"))
FIRST, SECOND = EXPECTED["units"], EXPECTED["second"]["units"]
GIVEN = ("--units", "单位.xlsx", "--renames", "更名.yaml")


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return put_all(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def first(county):
    return collect(county, "收件箱", *GIVEN, "--received", "登记.csv", "--today", EXPECTED["as_of"])


@pytest.fixture(scope="module")
def second(county, first):
    assert first.code == 0
    return collect(county, "收件箱2", *GIVEN, "--today", EXPECTED["second"]["as_of"])


def test_the_inbox_is_as_large_as_that_of_a_county(county):
    assert len(UNITS) >= 60
    assert sum(file.is_file() for file in (county / "收件箱").rglob("*")) >= 70


def test_every_unit_is_told_once_in_the_order_of_the_list(first):
    assert [unit["name"] for unit in first.told["units"]] == list(UNITS)


@pytest.mark.parametrize("name", FIRST)
def test_a_unit_of_the_first_round(first, name):
    holds(first, name, FIRST[name])


@pytest.mark.parametrize("name", SECOND)
def test_a_unit_of_the_second_round(second, name):
    holds(second, name, SECOND[name])


def holds(came, name, expected):
    """A unit is as it should be, and nothing else was taken for its own."""
    unit = came.unit(name)
    assert unit["state"] == expected["state"], unit["why"]
    if "files" in expected:
        assert came.roles(name) == expected["files"]
    if "late" in expected:
        assert unit["days_late"] == expected["late"]
    if "progress" in expected:
        whole = unit["counts"]["error"] + unit["counts"]["warning"]
        wanted = {key: whole if n == "all" else n for key, n in expected["progress"].items()}
        assert {key: unit["since_last_round"][key] for key in wanted} == wanted
        assert sum(unit["since_last_round"].values()) == sum(wanted.values())
    for key, value in expected.get("counts", {}).items():
        assert unit["counts"][key] == value
    if "due" in expected:
        assert unit["due"] == expected["due"]
    if "received" in expected:
        assert [unit["received"]["on"], unit["received"]["by"]] == expected["received"]


def test_all_others_have_passed_in_time_with_one_file(first):
    others = [unit for unit in first.told["units"] if unit["name"] not in FIRST]

    assert len(others) > 30
    for unit in others:
        assert unit["state"] == "passed", unit
        assert [one["role"] for one in unit["submissions"]] == ["in_force"]
        assert unit["days_late"] == 0
        assert unit["counts"]["error"] == 0


def test_strangers_are_told_with_the_nearest_names(first):
    told = {one["path"].removeprefix("收件箱/"): one for one in first.told["strangers"]}

    assert {path: {key: one[key] for key in ("agency", "nearest")} for path, one in told.items()} == EXPECTED[
        "strangers"
    ]


def test_every_case_is_found_by_its_rule_and_nothing_else_is(first):
    told = sorted([one["rule"], *sorted(one["units"])] for one in first.told["findings"])

    assert told == sorted([rule, *sorted(units)] for rule, *units in EXPECTED["findings"])


@pytest.mark.parametrize("came", ["first", "second"])
def test_the_results_are_as_the_contract_says(request, came):
    came = request.getfixturevalue(came)
    result_schema = json.loads(schema_text())
    of_a_report = {**result_schema["$defs"]["report"], "$defs": result_schema["$defs"]}

    jsonschema.validate(came.told, collect_schema(result_schema))
    lines = came.files["结果.jsonl"].decode().splitlines()
    for line in lines[::7]:
        jsonschema.validate(json.loads(line), of_a_report)
    assert len(lines) >= 60


def test_the_list_comes_through_with_its_own_columns(first):
    assert first.unit("云溪县财政局")["more"] == {"序号": "10", "联系人": "联系人10"}


def test_the_register_counts_and_the_earliest_line_of_a_unit(first):
    assert first.unit("云溪县财政局")["received"] == {"on": "2025-01-20", "by": "register"}


def test_rounds_are_counted(first, second):
    assert (first.told["round"], second.told["round"]) == (1, 2)
    rounds = {one["round"] for unit in second.told["units"] for one in unit["submissions"]}
    assert rounds == {1, 2}


def test_a_terminal_is_told_the_counts_first_and_then_who(first, second):
    lines = first.out.splitlines()

    assert "已报合格 46" in lines[1]
    assert len(lines) <= 30
    assert "云溪县信访局" in first.out
    assert "已改 2 处" in second.out
