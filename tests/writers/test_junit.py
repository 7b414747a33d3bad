"""JUnit XML: well formed, counts that add up, errors fail and nothing else does."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import writer_samples as samples
from formats import RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given


def parsed(run):
    """The document, after a check of what readers of the format rely on."""
    root = ET.fromstring(written("junit", run))  # noqa: S314  # our own output
    assert root.tag == "testsuites"
    for suite in root:
        cases = list(suite)
        assert {case.tag for case in cases} <= {"testcase"}
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[attribute]) == sum(case.find(tag) is not None for case in cases)
        assert int(suite.attrib["tests"]) == len(cases)
        assert all({"name", "classname"} <= set(case.attrib) for case in cases)
    return root


def kinds(suite):
    """What became of each case, by the rule its name begins with."""
    return {case.attrib["name"].split(" ")[0]: [child.tag for child in case] or ["passed"] for case in suite}


@pytest.mark.parametrize("name", RUNS)
def test_the_document_is_sound(name):
    parsed(RUNS[name]())


@pytest.mark.parametrize("name", ["failing", "excepted", "unreadable"])
def test_output_is_the_one_looked_at(name):
    assert_golden("junit", name)


def test_only_errors_fail():
    suite = parsed(RUNS["failing"]())[0]

    assert kinds(suite) == {
        "T3-02": ["failure"],
        "T2-01": ["passed"],
        "T4-01": ["skipped"],
        "T4-02": ["skipped"],
        "GEN-06": ["skipped"],
        "DATE-02": ["skipped"],
        "YOY-01": ["skipped"],
        "Q-05": ["error"],
        "INT-07": ["system-out"],
        "T3-06": ["system-out"],
        "DATE-06": ["system-out"],
    }


def test_accepted_findings_are_skipped_with_their_reason():
    suites = parsed(RUNS["excepted"]())
    case = next(case for case in suites[0] if case.attrib["name"].startswith("T3-02"))

    assert case.find("skipped").attrib["message"] == "已列为例外：合计按上级口径填报"
    assert suites[1].attrib["name"] == "几份报告放在一起看"


def test_a_file_that_is_no_report_is_one_skipped_case():
    suite = parsed(samples.run(samples.SKIPPED))[0]

    assert kinds(suite) == {"整份文件": ["skipped"]}


@given(hostile_words)
def test_hostile_text_stays_text(words):
    root = parsed(hostile_run(words))

    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out",
    }  # fmt: skip
