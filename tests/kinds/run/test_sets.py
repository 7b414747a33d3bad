"""Rules about a set over whole files: what is planted is found under its rule with its units, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from chains import GOVERNMENT, UNITS, UNITS_FILE, added, seeded, tree
from package_files import rows, xlsx

from checker.api import check_files, load_bodies, load_rulebook, run_of, select_rules
from checker.model.errors import UsageError
from checker.model.findings import Verdict
from checker.run.pipeline import CheckOptions
from checker.run.set_material import SetMaterial, load_model_text, load_publication
from checker.writers import output_named
from checker.writers.shared.options import WritingOptions

DUE = date(2025, 5, 1)


def checked(folder, reports, *, units=UNITS_FILE, today=DUE, rules=("SET", "PUB"), jobs=1, **more):
    """The run on some reports."""
    (folder / "units.yaml").write_text(units, encoding="utf-8")
    inbox = folder / "in"
    inbox.mkdir(exist_ok=True)
    rulebook = select_rules(load_rulebook(), rules, ())
    bodies = load_bodies(units=folder / "units.yaml")
    options = CheckOptions(bodies=bodies, today=today)
    if "published" in more:
        found = load_publication(more.pop("published"), rulebook, bodies, print)
        more["material"] = SetMaterial(publication=found)
    files = [report.save(inbox) for report in reports]
    return check_files(files, rulebook, options, jobs=jobs, **more)


def told(run):
    """Rule and units of every finding about the set."""
    return [(finding.rule, finding.units) for finding in run.findings]


def outcome(run, rule):
    """What a rule about the set came to."""
    return next(one for one in run.outcomes if one.rule == rule)


@pytest.fixture(scope="module")
def county():
    return tree(seeded(5))


def test_a_set_without_fault_is_quiet_and_says_what_was_judged(tmp_path, county):
    whole, units = county

    run = checked(tmp_path, [whole, *units])

    assert run.findings == ()
    assert outcome(run, "SET-04").verdict is Verdict.PASS
    assert outcome(run, "SET-02").reason == "2024 年度有 9 家的报告没有日期"


def test_nobody_is_missing_before_the_last_day(tmp_path, county):
    _, units = county

    early = checked(tmp_path, units[:-1], today=date(2025, 1, 10))
    later = checked(tmp_path, units[:-1], today=date(2025, 2, 1))

    assert told(early) == []
    assert outcome(early, "SET-01").reason == "2024 年度还有2 家还没有到期"
    assert told(later) == [("SET-01", (UNITS[-1],))]  # the government has until the end of March


def test_a_bound_is_no_pass(tmp_path, county):
    whole, units = county

    run = checked(tmp_path, [whole, *units[:-2]], rules=("SET-04",))
    text = "".join(output_named("text").write(run, WritingOptions(width=100)))

    assert run.findings == ()
    assert outcome(run, "SET-04").verdict is Verdict.NOT_CHECKED
    assert "只核对了不少于（缺 2 家）" in text


@pytest.mark.parametrize("name", ["json", "html", "csv", "markdown", "sarif", "junit", "gitlab", "github"])
def test_every_output_says_what_was_only_a_bound(tmp_path, county, name):
    whole, units = county
    run = checked(tmp_path, [whole, *units[:-2]], rules=("SET-04",))

    text = "".join(output_named(name).write(run, WritingOptions(unjudged=True)))

    assert "只核对了不少于（缺 2 家）" in text


def test_an_unreadable_cell_does_not_silence_its_row(tmp_path, county):
    whole, units = county
    spoilt = replace(
        units[0], tables={**units[0].tables, "T3": {**units[0].tables["T3"], ("A", "natural"): "不清"}}
    )
    less = whole.with_cell("T3", "A", "natural", 0)
    assert sum(unit.tables["T3"]["A", "natural"] for unit in units[1:]) > 0

    run = checked(tmp_path, [less, spoilt, *units[1:]], rules=("SET-04",))

    (finding,) = [one for one in run.findings if one.place.row == "A"]
    assert finding.evidence["cells"] == ("T3[A, natural]",)
    assert finding.evidence["without_number"] == (UNITS[0],)


def test_the_unit_that_explains_most_is_named_with_what_it_leaves(tmp_path, county):
    whole, units = county
    left_out = units[2]
    cells = {
        address: value - left_out.tables["T3"].get(address, 0)
        for address, value in whole.tables["T3"].items()
    }
    for address in (
        ("A", "natural"),
        ("A", "total"),
        ("S", "natural"),
        ("S", "total"),
        ("R1", "natural"),
        ("R1", "total"),
    ):
        cells[address] += 2
    wrong = replace(whole, tables={**whole.tables, "T3": cells})

    run = checked(tmp_path, [wrong, *units], rules=("SET-04",))

    (finding,) = run.findings
    assert finding.units == (GOVERNMENT, left_out.agency)
    assert (finding.evidence["unit"], finding.evidence["remainder"]) == (left_out.agency, 12)
    assert f"像是漏计了{left_out.agency}" in finding.message


def test_one_large_cell_of_somebody_else_does_not_hide_the_unit_that_was_left_out(tmp_path, county):
    whole, units = county
    left_out = units[2]
    cells = {
        address: value - left_out.tables["T3"].get(address, 0)
        for address, value in whole.tables["T3"].items()
    }
    wrong = replace(whole, tables={**whole.tables, "T3": cells})
    loud = units[4].with_cell("T3", "S", "total", 9000)

    run = checked(tmp_path, [wrong, *units[:4], loud, *units[5:]], rules=("SET-04",))

    (finding,) = run.findings
    assert finding.evidence["unit"] == left_out.agency


def test_nobody_is_named_for_having_a_number_of_about_the_size_of_one_gap(tmp_path, county):
    whole, units = county
    written = 40 * max(1, *(unit.tables["T2"].get(("licensing", "decisions"), 0) for unit in units))
    wrong = units[1].with_cell("T2", "licensing", "decisions", written)

    run = checked(tmp_path, [whole, units[0], wrong, *units[2:]], rules=("SET-04",))

    (finding,) = run.findings
    assert (finding.units, finding.evidence["unit"]) == ((GOVERNMENT,), None)


def test_nobody_is_named_on_a_guess_where_figures_are_missing(tmp_path, county):
    """What the missing unit has is in the difference: here it has what the first one has, which is counted once."""
    _, units = county
    units = [*units[:-1], replace(units[-1], tables={**units[-1].tables, "T3": units[0].tables["T3"]})]
    sums = added(units)["T3"]
    short = next(cell for cell, value in sums.items() if value and not units[0].tables["T3"].get(cell))
    wrong = replace(county[0], tables={**county[0].tables, "T3": {**sums, short: sums[short] - 1}})

    run = checked(tmp_path, [wrong, *units[:-1]], rules=("SET-04",))

    (finding,) = run.findings
    assert finding.units == (GOVERNMENT,)
    assert (finding.evidence["unit"], "像是" in finding.message) == (None, False)


def test_versions_that_differ_are_told_and_not_counted(tmp_path, county):
    whole, units = county
    (tmp_path / "in").mkdir()
    other = units[0].with_cell("T3", "A", "natural", 555)
    (tmp_path / "in" / "另一份.txt").write_bytes(other.data())
    paths = [report.save(tmp_path / "in") for report in (whole, *units)]
    (tmp_path / "units.yaml").write_text(UNITS_FILE, encoding="utf-8")
    for order in (1, -1):  # the order of the files decides nothing
        run = check_files(
            [*paths, tmp_path / "in" / "另一份.txt"][::order],
            select_rules(load_rulebook(), ("SET",), ()),
            CheckOptions(bodies=load_bodies(units=tmp_path / "units.yaml"), today=DUE),
        )

        assert told(run) == [("SET-09", (UNITS[0],))]
        assert run.findings[0].evidence["cells"] == ("T3[A, natural]",)
        assert "缺 1 家" in outcome(run, "SET-04").reason


def test_processes_gather_what_one_process_gathers(tmp_path, county):
    _, units = county
    copied = "把预算、决算和专项资金都放进同一个目录，可以按科目逐级往下查询。每季度检查一次栏目，更新不及时的发提醒单。全年组织三次培训，请法制员来讲答复文书的写法。村里的公开栏都加装了雨棚，由文书每月拍照上报一次。"
    twins = [replace(unit, text=copied) for unit in units[1:3]]

    one, two = (
        checked(tmp_path, [units[0], *twins, *units[3:]], rules=("SET-05",), jobs=jobs) for jobs in (1, 2)
    )

    assert told(one) == [("SET-05", (UNITS[1], UNITS[2]))]
    assert one.findings == two.findings


def test_what_the_model_text_says_is_no_copy(tmp_path, county):
    _, units = county
    copied = "把预算、决算和专项资金都放进同一个目录，可以按科目逐级往下查询。每季度检查一次栏目，更新不及时的发提醒单。全年组织三次培训，请法制员来讲答复文书的写法。村里的公开栏都加装了雨棚，由文书每月拍照上报一次。"
    twins = [replace(unit, text=copied) for unit in units[1:3]]
    model = tmp_path / "范文.txt"
    model.write_text(f"××局{copied}", encoding="utf-8")

    run = checked(tmp_path, twins, rules=("SET-05",), material=SetMaterial(load_model_text(model)))

    assert run.findings == ()


LINKS = (
    ("单位", "链接", "标题", "发布日期"),
    (
        GOVERNMENT,
        "https://www.yuanping.gov.cn/0.html",
        f"{GOVERNMENT}2024年政府信息公开工作年度报告",
        "2025-03-20",
    ),
    *(
        (
            unit,
            f"https://www.yuanping.gov.cn/{number}.html",
            f"{unit}2024年政府信息公开工作年度报告",
            "2025-01-20",
        )
        for number, unit in enumerate(UNITS, 1)
    ),
)


def with_line(number, column, text):
    lines = [list(line) for line in LINKS]
    lines[number][column] = text
    return lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (LINKS, []),
        (LINKS[:-1], [("PUB-01", (UNITS[-1],))]),
        (with_line(1, 1, "附件"), [("PUB-01", (GOVERNMENT,))]),
        (with_line(2, 3, "2025年2月3日"), [("PUB-03", (UNITS[0],))]),
        (with_line(3, 1, "https://www.yuanping.gov.cn/1.html"), [("PUB-06", (UNITS[0], UNITS[1]))]),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_of_links(tmp_path, county, lines, expected, ending):
    whole, units = county
    file = tmp_path / f"发布.{ending}"
    if ending == "csv":
        file.write_text("\n".join(",".join(line) for line in lines), encoding="gb18030")
    else:
        file.write_bytes(xlsx(rows(*lines)))

    run = checked(tmp_path, [whole, *units], rules=("PUB",), published=file)

    assert told(run) == expected


def test_a_folder_of_pages(tmp_path, county):
    whole, units = county
    pages = tmp_path / "网页"
    pages.mkdir()
    (pages / "1.txt").write_bytes(units[0].data())
    (pages / "2.txt").write_bytes(units[1].with_cell("T3", "A", "natural", 444).data())
    (pages / "3.txt").write_text("见附件。", encoding="utf-8")

    run = checked(tmp_path, [whole, *units], published=pages)

    assert sorted(told(run)) == [("PUB-02", ()), ("SET-09", (UNITS[1],))]


@pytest.mark.parametrize(
    ("text", "told_words"),
    [
        ("单位,备注\n甲,乙\n", "没有表头为"),
        (f"单位,链接,发布日期\n{UNITS[0]},https://a.cn,昨天\n", "看不懂发布日期“昨天”"),
    ],
)
def test_a_faulty_list_is_refused(tmp_path, county, text, told_words):
    file = tmp_path / "发布.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=told_words):
        checked(tmp_path, county[1], published=file)


def test_without_a_list_of_units_nothing_is_said_of_the_set():
    assert run_of(load_rulebook(), ()).outcomes == ()
