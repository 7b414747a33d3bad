"""Results come over without the reports' text, otherwise as they were, and only as results."""

from __future__ import annotations

import pickle
import zlib

import pytest
from samples import COUNTY_2023, HEALTH_2020, TOWNSHIP_2024, write

from checker.api import check, load_rulebook
from checker.run.kept import light_results
from checker.run.kept.light_results import deserialise, serialise, slim

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


WRITTEN = serialise(RESULTS["findings"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        pickle.dumps("a"),
        WRITTEN[:-1],
        WRITTEN + b"x",
        zlib.compress(b"nonsense"),
        zlib.decompress(WRITTEN),
    ],
    ids=["nothing", "nonsense", "pickle", "torn", "more", "compressed nonsense", "not compressed"],
)
def test_anything_else_is_no_result(data):
    with pytest.raises(ValueError, match=r"."):
        deserialise(data, RULEBOOK.forms)


def test_bytes_that_unfold_into_more_than_a_process_may_say(monkeypatch):
    monkeypatch.setattr(light_results, "MOST_BYTES", len(zlib.decompress(WRITTEN)) - 1)
    with pytest.raises(ValueError, match="not all of it"):
        deserialise(WRITTEN, RULEBOOK.forms)


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_takes_few_bytes(name):
    assert len(serialise(RESULTS[name])) <= 10_000


def test_a_form_that_there_is_not():
    with pytest.raises(ValueError, match="no such form"):
        deserialise(serialise(RESULTS["findings"]), {})
