"""A form of 2027, added by YAML alone: which form a report must follow is told by the years of the forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from checker.judging.engine import run
from checker.model.findings import Verdict
from checker.rulebook.store import load_rulebook
from checker.workbench.sample_subject import sample_subject
from checker.writers.shared.reports import recognised

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


@pytest.fixture(scope="module")
def renamed(tmp_path_factory):
    """The built-in rules with a form for 2027 that calls a section otherwise, asks for one more and has a new table two."""
    form = yaml.safe_load((FORMS / "2021.yaml").read_text(encoding="utf-8"))
    form |= {"form": "2027", "title": TITLE, "years": {"from": 2027}, "in_force": {"from": "2027-09-01"}}
    form["sections"][5] = {"title": "其他报告事项", "near": ["其他需要报告的事项"]}
    form["sections"].append({"title": "公众监督情况", "accepted": ["社会监督情况"]})
    [two] = [table for table in form["tables"] if table["key"] == "T2"]
    two["blocks"][0]["columns"][2] = {"key": "valid", "label": "年末有效件数", "name": "现行有效"}
    folder = tmp_path_factory.mktemp("renamed")
    text = yaml.safe_dump(form, allow_unicode=True, sort_keys=False)
    (folder / "2027.yaml").write_text(text, encoding="utf-8")
    return load_rulebook([folder])


SEVEN = {"year": 2027, "form": "2027"}
SIX = {"year": 2027, "form": "2021"}
TITLES_OF_FORMS = {
    # what the report is, the rules on sections and forms that find something, whether all tables could be compared
    "a year before the new form": ({"year": 2026}, set()),
    "the new form": (SEVEN, set()),
    "the new titles above an old table": (SEVEN | {"tables_from": {"T2": "2021"}}, {"DOC-01"}),
    "the old form, its titles too": (SIX, {"DOC-01"}),
    "the new form with a title of the old one": (
        SEVEN | {"headings": {"6": "六、其他需要报告的事项"}},
        {"SEC-04"},
    ),
    "the old form with a title of the new one": (
        {"year": 2026, "headings": {"6": "六、其他报告事项"}},
        {"SEC-04"},
    ),
    "table three as before 2021": (SEVEN | {"tables_from": {"T3": "2019"}}, {"DOC-02"}),
}


@pytest.mark.parametrize("case", TITLES_OF_FORMS)
def test_titles_are_read_and_judged_by_the_form_that_the_report_follows(renamed, case):
    given, rules = TITLES_OF_FORMS[case]
    subject = sample_subject(renamed, given)
    outcomes, findings = run(renamed, subject.report)
    assert {one.rule for one in findings if one.rule[:3] in ("SEC", "DOC")} == rules
    assert not [one for one in outcomes if one.verdict is Verdict.BROKEN]
    assert [one.verdict for one in outcomes if one.rule == "DOC-02"] != [Verdict.NOT_CHECKED]


def test_what_a_finding_on_a_title_says_follows_the_titles(renamed):
    """Above old tables, too: the report is judged by its sections, the tables by their form."""
    findings = found(renamed, **SEVEN, tables_from={"T2": "2021"}, headings={"5": None}, text={"5": None})
    assert findings["SEC-01"].title == "七个部分齐全"
    assert TITLE in findings["SEC-01"].basis
    subject = sample_subject(renamed, SEVEN | {"tables_from": {"T2": "2021"}})
    assert recognised(subject.report, renamed.vocabulary).endswith(f"{TITLE}，表是另一版格式的")
