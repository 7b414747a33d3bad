"""A table that cannot have been read rightly is one warning; slips of the author are told as such."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.api import check, load_rulebook, select_rules
from checker.model.findings import Verdict

TABLE_RULES = ("T3-02", "T3-03", "T3-04")


def with_figures(report, figures):
    """The report with another table three."""
    sections = tuple(
        replace(section, table=replace(section.table, figures=figures(section.table.figures)))
        if section.table and section.table.key == "T3"
        else section
        for section in report.sections
    )
    return replace(report, sections=sections)


def lines(figures):
    """Row keys and column keys, in order."""
    return list(dict.fromkeys(row for row, _ in figures)), list(
        dict.fromkeys(column for _, column in figures)
    )


def shifted_right(figures):
    rows, columns = lines(figures)
    before = dict(zip(columns[1:], columns, strict=False))
    return {(r, c): figures[r, before[c]] if c in before else "0" for r in rows for c in columns}


def shifted_from(row, figures):
    """As when a page ends and the cells of the next one stand one column too far."""
    rows, _ = lines(figures)
    right = shifted_right(figures)
    return {(r, c): (right if rows.index(r) >= row else figures)[r, c] for r, c in figures}


def first_and_last_exchanged(figures):
    rows, columns = lines(figures)
    other = {columns[0]: columns[-1], columns[-1]: columns[0]}
    return {(r, c): figures[r, other.get(c, c)] for r in rows for c in columns}


def words(figures):
    return {
        address: "见附件" if number % 2 else text for number, (address, text) in enumerate(figures.items())
    }


MISREAD = {
    "shifted": shifted_right,
    "shifted from row 4": lambda figures: shifted_from(3, figures),
    "shifted from row 9": lambda figures: shifted_from(8, figures),
    "columns exchanged": first_and_last_exchanged,
    "words": words,
}


def checked(report, **given):
    return check(write(report, "html"), name="年报.html", **given)


@pytest.mark.parametrize("way", MISREAD)
def test_a_misread_table_is_one_warning(way):
    result = checked(with_figures(COUNTY_2023, MISREAD[way]))
    assert [(finding.rule, finding.severity.value) for finding in result.findings] == [("READ-02", "warning")]
    (finding,) = result.findings
    assert finding.place.table == "T3"
    assert "表三读取可疑" in finding.message
    assert "对照原文" in finding.suggestion.text
    if way != "words":
        assert "T3-04" in finding.explains


def test_the_other_rules_of_the_table_are_not_judged_and_those_of_other_tables_are():
    outcomes = {o.rule: o for o in checked(with_figures(COUNTY_2023, shifted_right)).outcomes}
    assert {outcomes[rule].verdict.value for rule in ("T3-01", "T3-05", "T3-06", "TXT-01")} == {"not_checked"}
    assert "表三读取可疑" in outcomes["T3-06"].reason
    assert outcomes["T3-04"].verdict.value == "fail"
    assert outcomes["T4-02"].verdict.value == "pass"


def test_without_the_rule_the_sums_speak_for_themselves():
    rulebook = select_rules(load_rulebook(), (), ("READ-02",))
    rules = {
        finding.rule
        for finding in checked(with_figures(COUNTY_2023, shifted_right), rulebook=rulebook).findings
    }
    assert rules & set(TABLE_RULES)


@pytest.mark.parametrize("report", [COUNTY_2023, DEPARTMENT_2024], ids=["county", "department"])
@pytest.mark.parametrize("wrong", [1, 2, 3, 4])
def test_a_few_wrong_figures_are_the_authors(report, wrong):
    chance = random.Random(f"{report.title} {wrong}")  # noqa: S311  # slips, no secrets
    for _ in range(6):

        def slips(figures):
            chosen = chance.sample(sorted(figures), wrong)
            return {
                a: str(int(t) + chance.choice((1, 2, 9, 10))) if a in chosen else t
                for a, t in figures.items()
            }

        rules = [finding.rule for finding in checked(with_figures(report, slips)).findings]
        assert "READ-02" not in rules
        assert set(rules) & set(TABLE_RULES)


def test_a_column_of_totals_that_was_forgotten_is_the_authors():
    def forgotten(figures):
        return {(r, c): "0" if c == "total" else text for (r, c), text in figures.items()}

    rules = [finding.rule for finding in checked(with_figures(COUNTY_2023, forgotten)).findings]
    assert "READ-02" not in rules
    assert set(rules) & set(TABLE_RULES)


PICTURE = '<p><img src="biao3.png" width="600" height="400" alt="表三"></p>'


def without_table(page, replacement):
    """The page with its table three replaced."""
    text = page.decode()
    start = text.index("<table", text.index("三、收到"))
    return (text[:start] + replacement + text[text.index("</table>", start) + 8 :]).encode()


def test_a_table_that_is_a_picture_is_named_once():
    """It may well be there: whether it is missing is left open, and that is said."""
    page = without_table(write(COUNTY_2023, "html"), PICTURE)
    result = check(page, name="年报.html")
    missing = next(outcome for outcome in result.outcomes if outcome.rule == "SEC-06")
    assert [finding.rule for finding in result.findings] == ["READ-03"]
    assert "未找到表三" in result.findings[0].message
    assert (missing.verdict, missing.reason) == (Verdict.NOT_CHECKED, "表三没有找到，可能在没有读取的内容里")


def test_a_table_that_is_just_missing_is_missing():
    page = without_table(write(COUNTY_2023, "html"), "")
    assert [finding.rule for finding in check(page, name="年报.html").findings] == ["SEC-06"]


def test_a_picture_beside_a_whole_report_is_nothing():
    page = write(COUNTY_2023, "html").replace(b"</h1>", b"</h1>" + PICTURE.encode(), 1)
    assert check(page, name="年报.html").findings == ()


def test_a_page_that_only_links_to_the_report():
    page = (
        f"<html><body><h1>{COUNTY_2023.title}</h1><p>年度报告见附件。</p>"
        '<p><a href="nb.pdf">年度报告全文.pdf</a></p></body></html>'
    )
    rules = {finding.rule: finding for finding in check(page.encode(), name="年报.html").findings}
    assert "年度报告全文.pdf" in rules["READ-03"].message
    assert not {"SEC-01", "SEC-06"} & set(rules)
