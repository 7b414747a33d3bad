"""The JSON output: the contract, its schema, and the exact digits."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
import writer_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from checker.model.document import Location
from checker.model.findings import Finding, Severity
from checker.model.place import Place, Related
from checker.writers import output_named
from checker.writers.json_result import schema_text
from checker.writers.shared.json_text import json_text
from checker.writers.shared.options import WritingOptions

SCHEMA = Draft202012Validator(json.loads(schema_text()))


def written(run):
    return "".join(output_named("json").write(run, WritingOptions()))


RUNS = {
    "failing": lambda: samples.run(samples.failing()),
    "clean": lambda: samples.run(samples.clean()),
    "many": samples.many,
    "no table": lambda: samples.run(samples.checked(understood=samples.report(tables={}, form_id=None))),
    "no field": lambda: samples.run(samples.checked(understood=samples.report(fields={}))),
    "blank totals": lambda: samples.run(samples.blank_totals()),
    "nothing": samples.run,
    "excepted": lambda: samples.run(samples.excepted(), findings=(samples.EXPIRED,)),
}


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA.schema)


@pytest.mark.parametrize("name", RUNS)
def test_output_keeps_the_contract(name):
    SCHEMA.validate(json.loads(written(RUNS[name]())))


@pytest.mark.parametrize("name", RUNS)
def test_the_same_run_gives_the_same_bytes(name):
    assert written(RUNS[name]()) == written(RUNS[name]())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("summary"),
        lambda data: data.update(extra=1),
        lambda data: data["reports"][0].update(verdict=None),
        lambda data: data["reports"][0].update(status="skipped"),
        lambda data: data["reports"][0]["findings"][0].update(severity="fatal"),
        lambda data: data["reports"][0]["findings"][0]["location"].update(line=0),
        lambda data: data["reports"][0]["findings"][0]["location"].pop("row"),
        lambda data: data["reports"][0]["tables"]["T3"]["R1"].update(natural="3"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(spoil):
    data = json.loads(written(samples.run(samples.failing())))
    spoil(data)

    with pytest.raises(ValidationError):
        SCHEMA.validate(data)


def test_keys_stand_in_the_order_of_the_contract():
    data = json.loads(written(samples.run(samples.failing())))
    report = data["reports"][0]
    finding = report["findings"][1]

    assert list(data) == ["version", "tool", "rulebook", "configuration", "summary", "findings", "reports"]
    assert " ".join(data["summary"]) == (
        "reports passed failed unreadable skipped error warning info suppressed not_checked broken"
    )
    assert " ".join(report) == (
        "path sha256 status problem identity verdict fields tables cells outcomes findings"
    )
    assert " ".join(report["identity"]) == "kind title agency level tier year form"
    assert " ".join(report["fields"]) == (
        "period address postcode phone fax email website signature signed_on"
    )
    assert " ".join(finding) == (
        "rule title severity message basis location related evidence explains suggestion fingerprint"
    )
    assert " ".join(finding["location"]) == (
        "section table row row_label column column_label path page box paragraph line start end "
        "table_index grid_row grid_column excerpt"
    )
    assert " ".join(finding["suggestion"]) == "cells unique rivals pattern text"


def test_summary_counts_files_findings_and_rules():
    assert json.loads(written(samples.many()))["summary"] == {
        "reports": 6,
        "passed": 3,
        "failed": 1,
        "unreadable": 1,
        "skipped": 1,
        "error": 3,
        "warning": 3,
        "info": 2,
        "suppressed": 0,
        "not_checked": 5,
        "broken": 1,
    }


def test_accepted_findings_are_only_counted():
    data = json.loads(written(samples.run(samples.excepted())))

    assert data["summary"]["suppressed"] == len(samples.excepted().suppressed) > 0
    assert (data["summary"]["error"], data["summary"]["passed"]) == (0, 1)
    assert {finding["severity"] for finding in data["reports"][0]["findings"]} == {"warning", "info"}


def test_money_keeps_its_digits_and_odd_cells_are_listed():
    tables = {
        "T2": samples.table("T2", {("fees", "amount"): "96,171.60", ("licensing", "decisions"): "1,024"}),
        "T3": samples.table(
            "T3", {("R1", "other"): "/", ("R2", "other"): "", ("A", "other"): "无", ("B", "other"): None}
        ),
    }
    text = written(samples.run(samples.checked(understood=samples.report(tables=tables))))
    report = json.loads(text)["reports"][0]

    assert '"fees": {"amount": 96171.60}' in text
    assert '"licensing": {"decisions": 1024}' in text
    assert list(report["tables"]) == ["T2", "T3"]
    assert report["tables"]["T3"]["R1"]["other"] is None
    assert [(cell["row"], cell["raw"], cell["state"]) for cell in report["cells"]] == [
        ("R1", "/", "slash"),
        ("R2", "", "blank"),
        ("A", "无", "none_word"),
        ("B", "", "missing"),
    ]


def test_fields_that_were_not_read_are_null_and_half_a_period_stays_half():
    fields = {
        "period": (samples.field("period", (None, date(2024, 12, 31))),),
        "phone": (samples.field("phone", "0595-85680000"), samples.field("phone", ("0595-85680001",))),
        "fax": (samples.field("fax", "0595-85680002"), samples.field("fax", "0595-85680003")),
    }
    text = written(samples.run(samples.checked(understood=samples.report(fields=fields))))

    assert json.loads(text)["reports"][0]["fields"] == {
        "period": [None, "2024-12-31"],
        "address": None,
        "postcode": None,
        "phone": ["0595-85680000", "0595-85680001"],
        "fax": "0595-85680002",
        "email": None,
        "website": None,
        "signature": None,
        "signed_on": None,
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (-3, "-3"),
        (Decimal("96171.60"), "96171.60"),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), "null"),
        (510.5, "510.5"),
        (float("inf"), "null"),
        ('引号"和\\和\n', '"引号\\"和\\\\和\\n"'),
        ("\x1b[31m\x9b\u202e", '"\\u001b[31m\\u009b\\u202e"'),
        ("名\udce4", '"名\ufffd"'),
        ([], "[]"),
        ({}, "{}"),
        ([1, 2], "[1, 2]"),
        ({"a": [1]}, '{\n  "a": [1]\n}'),
        ({"a": {}, "b": "}"}, '{\n  "a": {},\n  "b": "}"\n}'),
    ],
)
def test_json_text(value, text):
    assert json_text(value) == text


def test_values_that_json_does_not_have_are_refused():
    with pytest.raises(TypeError, match="date"):
        json_text(date(2024, 1, 1))


hostile = st.text(st.characters(), max_size=80)
scalars = st.none() | st.booleans() | st.integers() | hostile | st.decimals(allow_nan=False, places=2)


@settings(deadline=None)
@given(hostile, hostile, st.dictionaries(hostile, scalars, max_size=4), scalars)
def test_hostile_text_cannot_break_the_json(agency, words, evidence, value):
    place = Place(Location(box=(1.0, 2.0, 3.0, 4.0)), 1, excerpt=words)
    finding = Finding(
        "X-01", words, Severity.ERROR, words, words, place, (Related(place, value),), evidence, (words,)
    )
    result = samples.checked(agency, samples.report(agency), (finding,))
    text = written(samples.run(result))

    SCHEMA.validate(json.loads(text))
    text.encode("utf-8")
    assert not set(text) & {chr(code) for code in (*range(10), *range(11, 32), *range(0x7F, 0xA0))}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text("abc{}[]"), inner, max_size=5),
    max_leaves=20,
)


@settings(deadline=None)
@given(json_values)
def test_json_text_says_what_the_value_is(value):
    assert json.loads(json_text(value)) == value


def test_json_does_without_the_heavy_libraries():
    code = (
        "import sys; from checker.writers import output_named; output_named('json').write;"
        "print([name for name in ('rich', 'jsonschema', 'yaml', 'click') if name in sys.modules])"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert finished.stdout.strip() == "[]"
