"""The end of a season comes to what `expected_last.yaml` says: every planted case under its rule, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from collecting import collect
from inbox import UNITS
from last_inbox import put_all

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected_last.yaml").read_text(encoding="utf-8"))
GIVEN = ("--units", "单位.xlsx", "--renames", "更名.yaml", "--previous", "2023年度", "--published", "网上")


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return put_all(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def first(county):
    return collect(county, "收件箱", *GIVEN, "--today", EXPECTED["as_of"])


@pytest.fixture(scope="module")
def second(county, first):
    assert first.code == 0
    return collect(county, "收件箱2", *GIVEN, "--today", EXPECTED["second"]["as_of"])


def about_the_set(came):
    return Counter((one["rule"], *sorted(one["units"])) for one in came.told["findings"])


def listed(findings):
    return Counter((rule, *sorted(units)) for rule, *units in findings)


def test_every_unit_stands_as_it_should(first):
    assert len(UNITS) >= 60
    assert {name: unit["state"] for name, unit in first.units.items()} == {
        name: EXPECTED["states"].get(name, "passed") for name in UNITS
    }


def test_what_is_no_report_of_the_season_is_listed(first):
    inside = {one["path"].partition("/")[2]: one["kind"] for one in first.told["other_kind"]}

    assert inside == EXPECTED["other_kind"]
    assert [one["path"].partition("/")[2] for one in first.told["strangers"]] == EXPECTED["strangers"]


def test_every_case_is_found_by_its_rule_and_nothing_else_is(first):
    assert about_the_set(first) == listed(EXPECTED["findings"])


def test_the_figures_of_the_office_in_the_report_of_the_government(first, second):
    assert about_the_set(second) == about_the_set(first) - listed(EXPECTED["second"]["gone"]) + listed(
        EXPECTED["second"]["new"]
    )


def test_what_last_year_says_is_compared_where_it_is_one_report(first):
    lines = {one["path"]: one for one in first.reports}
    judged = {
        unit["name"]: {one["rule"]: one for one in lines[unit["submissions"][0]["path"]]["outcomes"]}
        for unit in first.told["units"]
        if unit["submissions"]
    }
    found = {name: outcomes["YOY-01"]["verdict"] for name, outcomes in judged.items()}

    assert found.pop("云溪县财政局") == "pass"
    assert found.pop("云溪县民政局") == found.pop("云溪县乡村振兴局") == "fail"
    assert judged[EXPECTED["not_compared"]]["YOY-01"]["reason"] != judged["云溪县司法局"]["YOY-01"]["reason"]
    assert set(found.values()) == {"not_checked"}
