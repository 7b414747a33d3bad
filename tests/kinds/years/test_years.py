"""A body over several years: what fits stays quiet, one wrong figure is found with its year and side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from chains import COLUMNS, Made, chain, seeded, with_row_totals

from checker.api import check, check_files, load_bodies, load_rulebook, select_rules
from checker.judging.figures import figures_of
from checker.model.errors import UsageError
from checker.model.findings import CheckRun, Finding, ReportResult
from checker.run import pipeline
from checker.run.kept import results
from checker.run.kept.light_results import slim
from checker.run.pipeline import CheckOptions

SEEDS = range(8)
YEARS = range(2021, 2024)


def checked(
    reports: list[Made], folder: Path, *, previous: list[Made] = (), renames: str = "", jobs: int = 1
) -> CheckRun:
    rulebook = select_rules(load_rulebook(), ("T3", "T4", "YOY", "DOC-01"), ())
    options = CheckOptions()
    if renames:
        file = folder / "renames.yaml"
        file.write_text(renames, encoding="utf-8")
        options = CheckOptions(bodies=load_bodies(renames=file))
    (folder / "earlier").mkdir()
    return check_files(
        [report.save(folder) for report in reports],
        rulebook,
        options,
        jobs=jobs,
        previous=[report.save(folder / "earlier") for report in previous],
    )


def told(run: CheckRun) -> dict[int, list[Finding]]:
    """Findings by year, years without any left out."""
    return {result.report.identity.year: list(result.findings) for result in run.results if result.findings}


def spot(finding: Finding) -> tuple[str | None, str | None, str | None]:
    return finding.place.table, finding.place.row, finding.place.column


def reasons(result: ReportResult) -> set[str | None]:
    return {outcome.reason for outcome in result.outcomes if outcome.rule.startswith("YOY")}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("years", [YEARS, range(2019, 2023)], ids=["new form", "old form into new"])
def test_a_chain_that_fits_is_quiet(tmp_path, seed, years):
    assert told(checked(chain(seeded(seed), years), tmp_path)) == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_figure_that_was_carried_over_is_named_in_the_year_that_wrote_it(tmp_path, seed):
    random = seeded(seed)
    reports = chain(random, YEARS)
    year, row = random.choice([(2021, "R4"), (2022, "R2"), (2022, "R4"), (2023, "R2")])
    column = random.choice([*COLUMNS, "total"])
    index = year - YEARS.start
    right = reports[index].tables["T3"][row, column]
    wrong = right + random.randint(1, 30)
    reports[index] = reports[index].with_cell("T3", row, column, wrong)

    found = told(checked(reports, tmp_path))

    (own,) = found[year]
    assert spot(own) == ("T3", row, column)
    assert [(c.current, c.proposed) for c in own.suggestion.cells] == [(wrong, right)]
    carried = "YOY-01" if column == "total" else "YOY-02"
    if row == "R2":
        assert set(found) == {year}
        assert carried in own.explains
    else:
        assert set(found) == {year, year + 1}
        (next_year,) = found[year + 1]
        assert (next_year.rule, spot(next_year)) == (carried, ("T3", "R2", column))
        assert f"{year} 年度一侧更可能有误" in next_year.message
        assert next_year.related[0].place.location.path.endswith(reports[index].name)
        assert next_year.related[0].value == wrong


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_stock_in_the_middle_year_is_named_from_both_sides(tmp_path, seed):
    random = seeded(seed)
    reports = chain(random, YEARS)
    cell = ("normative_documents", "valid")
    wrong = reports[1].tables["T2"][cell] + random.choice([-7, -3, 5, 40])
    reports[1] = reports[1].with_cell("T2", *cell, wrong)

    found = told(checked(reports, tmp_path))

    assert set(found) == {2022, 2023}
    assert [(f.rule, spot(f)) for f in found[2022]] == [("YOY-03", ("T2", *cell))]
    assert "是本年填错" in found[2022][0].message
    assert [(f.rule, spot(f)) for f in found[2023]] == [("YOY-03", ("T2", *cell))]
    assert "2022 年度一侧更可能有误" in found[2023][0].message


def test_two_tables_that_each_add_up_leave_the_side_open(tmp_path):
    reports = chain(seeded(3), YEARS)
    cells = dict(reports[1].tables["T3"])
    cells["R4", "legal"] += 2
    cells["R1", "legal"] += 2
    cells = with_row_totals({a: v for a, v in cells.items() if a[1] != "total"})
    reports[1] = replace(reports[1], tables={**reports[1].tables, "T3": cells})

    found = told(checked(reports, tmp_path))

    (finding,) = found[2023]
    assert set(found) == {2023}
    assert (finding.rule, finding.explains, spot(finding)) == ("YOY-01", ("YOY-02",), ("T3", "R2", "total"))
    assert "看不出是哪一年填错" in finding.message


def test_reports_of_earlier_years_are_compared_with_and_not_checked(tmp_path):
    *earlier, last = chain(seeded(5), YEARS)
    right = last.tables["T3"]["R2", "natural"]
    run = checked([last.with_cell("T3", "R2", "natural", right + 4)], tmp_path, previous=earlier)

    assert [result.report.identity.year for result in run.results] == [2023]
    (finding,) = run.results[0].findings
    assert (finding.rule, finding.explains) == ("T3-02", ("T3-04", "YOY-02"))
    assert f"2022 年度报告结转下年 {right} 件" in finding.evidence["also"]


def test_processes_give_the_same_as_one(tmp_path):
    reports = chain(seeded(7), YEARS)
    reports[1] = reports[1].with_cell("T3", "R4", "total", 99)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    one, two = (checked(reports, tmp_path / name, jobs=jobs) for name, jobs in (("a", 1), ("b", 2)))

    assert [f.message for r in one.results for f in r.findings] == [
        f.message for r in two.results for f in r.findings
    ]
    assert told(one)


@pytest.mark.parametrize(("kept", "reads"), [(50, 3), (1, 5)], ids=["at hand", "on disk"])
def test_reports_that_are_still_at_hand_are_not_read_again(tmp_path, monkeypatch, kept, reads):
    """Which way the neighbours are found makes no difference to what is told."""
    reports = chain(seeded(7), YEARS)
    reports[1] = reports[1].with_cell("T3", "R4", "total", 99)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    expected = checked(reports, tmp_path / "a")
    names = []
    read_bytes = pipeline.read_bytes
    monkeypatch.setattr(pipeline, "read_bytes", lambda *given: names.append(given[2]) or read_bytes(*given))
    monkeypatch.setattr(results, "_IN_MEMORY", kept)

    run = checked(reports, tmp_path / "b")

    assert len(names) == reads
    assert told(expected)
    for before, after in zip(expected.results, run.results, strict=True):
        assert before.outcomes == after.outcomes
        assert [(f.rule, f.message, spot(f)) for f in before.findings] == [
            (f.rule, f.message, spot(f)) for f in after.findings
        ]


def test_what_is_kept_of_a_result_tells_other_reports_the_same():
    (made,) = chain(seeded(1), range(2023, 2024))
    result = check(made.data(), name=made.name)

    assert figures_of(slim(result).report, "") == figures_of(result.report, "")
    assert figures_of(result.report, "").prose[5]


def test_without_last_years_report_there_is_one_reason(tmp_path):
    run = checked([chain(seeded(1), YEARS)[0]], tmp_path)

    assert reasons(run.results[0]) <= {"没有上一年的报告", "只适用于格式 2019"}


def test_a_missing_year_is_no_neighbour(tmp_path):
    first, _, third = chain(seeded(1), YEARS)

    assert told(checked([first, third], tmp_path)) == {}


RENAMED = "renames:\n  - {old: 沅平县林业局, new: 沅平县林业和草原局, year: 2023}\n"


def renamed_chain() -> list[Made]:
    *earlier, last = chain(seeded(2), YEARS)
    return [*earlier, replace(last, agency="沅平县林业和草原局")]


def test_a_declared_rename_joins_the_years(tmp_path):
    found = told(checked(renamed_chain(), tmp_path, renames=RENAMED))

    assert [(f.rule, f.evidence["old"]) for f in found[2023]] == [("YOY-10", "沅平县林业局")]


def test_a_rename_that_the_text_tells_is_quiet(tmp_path):
    *earlier, last = renamed_chain()
    explained = replace(last, opening="根据机构改革方案，沅平县林业局更名为沅平县林业和草原局。")

    assert told(checked([*earlier, explained], tmp_path, renames=RENAMED)) == {}


def test_without_the_declaration_two_names_are_two_bodies(tmp_path):
    *_, last = checked(renamed_chain(), tmp_path).results

    assert "没有上一年的报告" in reasons(last)


def test_two_bodies_that_became_one_are_not_compared(tmp_path):
    first, last = chain(seeded(2), range(2022, 2024))
    other = replace(first, agency="沅平县草原站")
    renames = "renames:\n  - {old: 沅平县草原站, new: 沅平县林业局}\n"

    assert told(checked([first, other, last], tmp_path, renames=renames)) == {}


def test_earlier_files_that_are_no_reports_stop_the_run(tmp_path):
    note = tmp_path / "说明.txt"
    note.write_text("这里没有报告。", encoding="utf-8")
    (report,) = chain(seeded(1), range(2023, 2024))

    with pytest.raises(UsageError, match="没有认得出单位和年度的报告"):
        check_files([report.save(tmp_path)], load_rulebook(), CheckOptions(), previous=[note])


def test_an_earlier_file_that_cannot_be_read_is_told(tmp_path):
    earlier, last = chain(seeded(1), range(2022, 2024))
    (tmp_path / "坏的.docx").write_bytes(b"PK\x03\x04 broken")
    run = check_files(
        [last.save(tmp_path)],
        select_rules(load_rulebook(), ("READ", "YOY"), ()),
        CheckOptions(),
        previous=[earlier.save(tmp_path), tmp_path / "坏的.docx"],
    )

    assert [(f.rule, f.place.location.path) for f in run.findings] == [
        ("READ-01", (tmp_path / "坏的.docx").as_posix())
    ]
    assert not run.results[0].findings
