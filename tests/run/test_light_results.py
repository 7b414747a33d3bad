"""Results come over without the reports' text, otherwise as they were, and only as results."""

from __future__ import annotations

import pickle

import pytest
from samples import COUNTY_2023, HEALTH_2020, TOWNSHIP_2024, write

from checker.api import check, load_rulebook
from checker.run.light_results import deserialise, serialise, slim

RULEBOOK = load_rulebook()
RESULTS = {
    "government": check(write(COUNTY_2023, "docx"), name="年报.docx", rulebook=RULEBOOK),
    "old form": check(write(HEALTH_2020, "html"), name="年报.html", rulebook=RULEBOOK),
    "findings": check(write(TOWNSHIP_2024, "txt"), name="年报.txt", rulebook=RULEBOOK),
    "no report": check("没有标题的一段话。".encode(), name="说明.txt"),
    "unreadable": check(b"", name="空.txt"),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_a_result_comes_over(result):
    expected = slim(result)
    back = deserialise(serialise(result), RULEBOOK.forms)
    assert back == expected
    if result.report:
        assert back.report.form is result.report.form
        assert back.report.tables.keys() == result.report.tables.keys()


def test_the_samples_have_what_may_go_wrong():
    findings = [finding for result in RESULTS.values() for finding in result.findings]
    assert any(finding.suggestion and finding.suggestion.cells for finding in findings)
    assert {result.status.value for result in RESULTS.values()} == {"checked", "skipped", "unreadable"}


@pytest.mark.parametrize("data", [b"", b"nonsense", pickle.dumps("a"), serialise(RESULTS["findings"])[:-1]])
def test_anything_else_is_no_result(data):
    with pytest.raises(ValueError, match=r"."):
        deserialise(data, RULEBOOK.forms)


def test_a_form_that_there_is_not():
    with pytest.raises(ValueError, match="no such form"):
        deserialise(serialise(RESULTS["findings"]), {})
