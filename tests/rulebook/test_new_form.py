"""A form of 2027, added by YAML alone: which form a report must follow is told by the years of the forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from checker.judging.engine import run
from checker.rulebook.store import load_rulebook
from checker.workbench.sample_subject import sample_subject

FORMS = Path(__file__).resolve().parents[2] / "rules" / "forms"
TITLE = "2027年格式（国办公开办函〔2027〕5号）"


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory):
    """The built-in rules with a form of seven sections for 2027, in which one row of table three is new."""
    form = yaml.safe_load((FORMS / "2021.yaml").read_text(encoding="utf-8"))
    form |= {"form": "2027", "title": TITLE, "years": {"from": 2027}, "in_force": {"from": date(2027, 9, 1)}}
    form["in_force"] = {"from": "2027-09-01"}
    form["sections"].append({"title": "公众监督情况", "accepted": ["社会监督情况"]})
    [three] = [table for table in form["tables"] if table["key"] == "T3"]
    three["rows"][2]["members"].insert(2, {"key": "N1", "label": "（三）引导公开", "name": "引导公开"})
    folder = tmp_path_factory.mktemp("rules")
    text = yaml.safe_dump(form, allow_unicode=True, sort_keys=False)
    (folder / "2027.yaml").write_text(text, encoding="utf-8")
    return load_rulebook([folder])


def found(rulebook, **given):
    subject = sample_subject(rulebook, given)
    _, findings = run(rulebook, subject.report)
    return {one.rule: one for one in findings}


def test_a_report_on_the_form_of_its_year(rulebook):
    assert not {"DOC-01", "DOC-02", "DOC-03", "T3-01", "SEC-01"} & set(found(rulebook, year=2027))
    assert not {"DOC-01", "DOC-02", "DOC-03", "T3-01", "SEC-01"} & set(found(rulebook, year=2026))


def test_an_old_table_in_a_report_of_2027(rulebook):
    """The whole old form: one error, which speaks of the new form alone."""
    findings = found(rulebook, year=2027, form="2021")
    error = findings["DOC-01"]
    assert (error.severity.value, error.place.table) == ("error", "T3")
    assert error.basis == TITLE
    assert TITLE in error.message
    assert "2021年格式" in error.message
    assert TITLE in error.suggestion.text
    assert "T3-01" not in findings


def test_one_old_table_among_new_ones(rulebook):
    """The other tables are the same in both forms, so that the old one is told as the old form's."""
    findings = found(rulebook, year=2027, form="2027", tables_from={"T3": "2021"})
    assert findings["DOC-01"].place.table == "T3"


def test_the_new_form_too_early(rulebook):
    early = found(rulebook, year=2025, form="2027")["DOC-03"]
    assert (early.severity.value, early.place.table) == ("warning", "T3")
    assert "2025 年度的报告应使用2021年格式" in early.message


def test_a_label_that_is_broken_into_lines_is_told_in_one(rulebook):
    """The message quotes labels: 公开数量 of the old form, as a narrow column has it."""
    labels = {"本年新公开数量": "本年新\n公开数量"}
    error = found(rulebook, year=2023, form="2019", labels=labels)["DOC-01"]
    assert "本年新公开数量" in error.message
    assert "\n" not in error.message


def test_titles_and_basis_follow_the_form_of_the_report(rulebook):
    """Six sections for one report and seven for another, in one run."""
    new = found(rulebook, year=2027, headings={"7": None}, text={"7": None})["SEC-01"]
    old = found(rulebook, year=2026, headings={"6": None}, text={"6": None})["SEC-01"]
    assert (new.title, old.title) == ("七个部分齐全", "六个部分齐全")
    assert "〔2021〕30号" not in new.basis
    assert TITLE in new.basis
    assert "〔2021〕30号" in old.basis
