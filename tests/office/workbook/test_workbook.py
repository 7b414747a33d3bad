"""The workbook: what stands where, that formulas are live and right, and that nothing in it runs."""

from __future__ import annotations

import re
from datetime import date

import pytest
from county import GOVERNMENT
from season_samples import CIVIL, EDUCATION, FINANCE, LIST_SAYS, POLICE, season
from workbook_reading import MAIN, Reading, tree

from checker.judging.publication import Publication, PublishedLink, PublishedPage
from checker.model.document import Location
from checker.model.place import Place, Related
from checker.model.report import MISSING_CELL
from checker.model.season import Aggregate, AggregateCell
from checker.office.filing.decisions import load_decisions
from checker.office.outputs import write_season
from checker.office.result_folder import ResultFolder
from checker.office.words import STATE_WORDS
from checker.office.workbook.figures import column_letters
from checker.office.workbook.workbook import workbook
from checker.startup.records import replace

pytest.importorskip("xlsxwriter")


@pytest.fixture(scope="module")
def book():
    return Reading(workbook(season()))


def test_same_season_same_bytes():
    assert workbook(season()) == workbook(season())


def test_sheets_in_their_order(book):
    assert book.names == [
        "总览",
        "单位",
        "问题",
        "汇总核对",
        "各单位表",
        "雷同",
        "未能判断",
        "发布链接",
        "统计与排名",
    ]


def test_exactly_one_row_a_unit(book):
    table = book.table("单位")

    assert [row["单位"] for row in table] == [one.unit.name for one in season().units]
    assert [row["状态"] for row in table] == [STATE_WORDS[one.state] for one in season().units]
    by_name = {row["单位"]: row for row in table}
    assert (by_name[EDUCATION]["错误"], by_name[POLICE]["错误"]) == ("1", "")
    assert by_name[POLICE]["待定的文件"] == "收件箱/公安局一.txt；收件箱/公安局二.txt"
    assert by_name[CIVIL]["可能是它的报告"] == "收件箱/民政周.txt（写的是云溪县民政周）"
    assert {head: by_name[FINANCE][head] for head in LIST_SAYS} == LIST_SAYS


def test_columns_of_the_list_that_are_called_like_ours_are_told_apart():
    (unit, *_) = season().units
    named = replace(unit, unit=replace(unit.unit, more={"状态": "正常"}))
    table = Reading(workbook(replace(season(), units=(named,)))).table("单位")

    assert (table[0]["状态"], table[0]["状态（清单）"]) == ("已报合格", "正常")


def test_text_is_never_a_formula(book):
    """What looks like one is kept from becoming one when a person edits the cell."""
    assert not [text for text in book.formulas.values() if "1+1" in text or "已电话" in text]
    styles = tree(book.package.read("xl/styles.xml"))
    assert [one for one in styles.iter(f"{MAIN}xf") if one.get("quotePrefix") == "1"]
    functions = {name for text in book.formulas.values() for name in re.findall(r"[A-Z]+(?=\()", text)}
    assert functions <= {"IF", "SUM", "SUMIFS", "COUNT", "COUNTIF", "COUNTIFS", "RANK", "ROUND"}
    assert not [
        name for name in book.package.namelist() if "external" in name.lower() or "vba" in name.lower()
    ]


def test_findings_with_what_was_found_and_what_should_be(book):
    table = book.table("问题")
    row = next(row for row in table if row["单位"] == EDUCATION and row["级别"] == "错误")

    assert int(row["查到"]) - int(row["应为"]) == int(row["相差"]) == 1
    assert row["处理意见"] == "=已电话通知"
    assert row["文件"] == "收件箱/教育局.txt"
    assert table[-1]["单位"] == f"{FINANCE}、{EDUCATION}"
    assert {row["文件"] for row in table if row["单位"] == POLICE} <= {
        "收件箱/公安局一.txt",
        "收件箱/公安局二.txt",
    }


def figures(name, table, row, column):
    """The number in the version in force of a unit, None if there is none."""
    found = {one.unit.name: result for one, result in season().in_force()}
    return found[name].report.tables[table].cell(row, column).value if name in found else None


PARTS = [one.unit.name for one in season().units if one.unit.name != GOVERNMENT]


def test_sums_are_the_truth_cell_by_cell_and_live(book):
    table = book.table("汇总核对")
    form = season().results[0].report.form
    addresses = [(key, *address) for key, one in form.tables.items() for address in one.addresses()]

    assert len(table) == len(addresses)
    for number, (row, address) in enumerate(zip(table, addresses, strict=True), 2):
        known = [value for name in PARTS if (value := figures(name, *address)) is not None]
        own = figures(GOVERNMENT, *address)
        assert row["汇总到"] == GOVERNMENT
        assert (int(row["各单位之和"]), int(row["汇总报告的数"]), int(row["相差"])) == (
            sum(known),
            own,
            own - sum(known),
        )
        assert (int(row["应有几家"]), int(row["有数的"]), int(row["缺"])) == (6, len(known), 6 - len(known))
        assert row["能说到什么程度"] == f"≥{sum(known)}（缺{6 - len(known)}家）"
        assert book.formulas["汇总核对", f"F{number}"].startswith("SUMIFS('各单位表'!$")


def test_figures_of_a_unit_stand_in_one_row(book):
    table = book.rows["各单位表"]

    assert [row[0] for row in table[3:]] == [one.unit.name for one in season().units]
    finance = next(row for row in table[3:] if row[0] == FINANCE)
    police = next(row for row in table[3:] if row[0] == POLICE)
    column = next(
        n for n, heads in enumerate(zip(*table[:3], strict=True)) if heads == ("表三", "一、新收", "自然人")
    )
    assert finance[column] == str(figures(FINANCE, "T3", "R1", "natural"))
    assert set(police[4:]) == {""}  # nobody knows which version counts


def test_without_bodies_above_everybody_is_added_up():
    flat = tuple(replace(one, unit=replace(one.unit, parent=None)) for one in season().units[1:3])
    (first, *_) = Reading(workbook(replace(season(), units=flat))).table("汇总核对")

    assert (first["汇总到"], first["汇总报告的数"], first["缺"]) == ("（清单上的全部单位）", "", "0")


def test_what_reports_share_is_listed_without_a_direction(book):
    (row,) = book.table("雷同")

    assert (row["涉及单位"], row["家数"]) == (f"{FINANCE}、{EDUCATION}", "2")
    assert row["在哪里"].count("次日上午集中更新") == 2


def test_a_table_that_reports_share_has_its_name():
    """And a place is told once, though a finding may point to it twice."""
    places = [Place(Location(path=path), 2, "T2") for path in ("收件箱/财政局.txt", "收件箱/教育局.txt")]
    equal = replace(
        season().findings[0],
        rule="SET-14",
        place=places[0],
        related=tuple(map(Related, [*places, places[1]])),
    )
    shared = Reading(workbook(replace(season(), findings=(equal,))))

    (row,) = shared.table("雷同")
    assert row["在哪里"] == "；".join(f"第二部分 表二，在“{one.location.path}”内" for one in places)
    assert shared.table("问题")[-1]["位置"] == "第二部分 表二，在“收件箱/财政局.txt”内"


def test_what_was_not_judged_is_told_by_reason(book):
    finance = [row for row in book.table("未能判断") if row["单位"] == FINANCE]

    assert sum(int(row["几条规则"]) for row in finance) == season().units[1].counts.not_checked > 0


def test_rates_show_their_denominators(book):
    heads, government, departments, total = book.rows["统计与排名"][2:6]

    assert heads[:6] == ["机关类别", "应报", "已报", "按期", "按期率", "合格"]
    assert government[:4] == ["县级以上人民政府", "1", "1", "1"]
    assert departments[:4] == ["部门", "6", "4", "3"]
    assert total[:4] == ["合计", "7", "5", "4"]
    assert float(departments[4]) == 0.5


def ranks(book: Reading) -> list[dict[str, str]]:
    names = [row[0] if row else "" for row in book.rows["统计与排名"]]
    heads, *rows = book.rows["统计与排名"][names.index("单位") :]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_few_units_are_not_ranked(book):
    table = ranks(book)

    assert {row["名次"] for row in table} == {""}
    assert {row["不排名的原因"] for row in table if row["已判规则"]} == {"可比的不足 10 家"}
    assert {row["单位"]: row["不排名的原因"] for row in table if not row["已判规则"]} == {
        POLICE: "有多份待定", "云溪县审计局": "读不出", CIVIL: "未报已逾期",
    }  # fmt: skip


def test_equals_share_a_rank():
    good, bad = season().units[1], season().units[2]
    units = tuple(
        replace(one, unit=replace(one.unit, name=f"{number}局"))
        for number, one in enumerate([bad] * 2 + [good] * 9)
    )
    table = ranks(Reading(workbook(replace(season(), units=units))))

    assert [row["名次"] for row in table] == ["1"] * 9 + ["10"] * 2


def test_heads_stay_and_repeat_and_lists_have_filters(book):
    for number, name in enumerate(book.names):
        xml = tree(book.package.read(f"xl/worksheets/sheet{number + 1}.xml"))
        if name in ("总览", "发布链接", "统计与排名"):
            continue
        assert xml.find(f".//{MAIN}pane").get("state") == "frozen"
        assert xml.find(f"{MAIN}autoFilter") is not None
        assert ("_xlnm.Print_Titles", number) in book.defined


def test_an_empty_season_has_its_sheets():
    empty = replace(season(), units=(), unmatched=(), findings=(), results=[])

    assert Reading(workbook(empty)).table("单位") == []


@pytest.mark.parametrize(("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_names_of_columns(number, letters):
    assert column_letters(number) == letters


def test_without_the_library_everything_else_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("checker.office.outputs.find_spec", lambda _name: None)
    told = []
    write_season(season(), ResultFolder(tmp_path), notice=told.append)

    assert not (tmp_path / "台账.xlsx").exists()
    assert (tmp_path / "结果.json").exists()
    assert len(told) == 1
    assert re.match("没有写台账.xlsx：没有安装 XlsxWriter：.*pip install.*whl.*其余结果都写了。$", told[0])


def test_a_cell_counts_as_in_the_table_of_the_body_above():
    """A blank that counts as 0 there is 0 here; a number that does not count there is no number here."""
    finance = season().units[1]
    cells = {
        ("R1", "natural"): AggregateCell(0, lower_bound=True, units=0, missing=(FINANCE,)),
        ("R1", "research"): AggregateCell(0, lower_bound=False, units=1),
    }
    blank = with_blank(season().results[1], "research")
    made = replace(
        season(),
        units=(season().units[0], finance),
        results=[season().results[0], blank, *season().results[2:]],
        aggregate=Aggregate(GOVERNMENT, complete=False, tables={"T3": cells}),
    )
    book = Reading(workbook(made))
    heads = list(zip(*book.rows["各单位表"][:3], strict=True))
    row = book.rows["各单位表"][4]
    number = {column: heads.index(("表三", "一、新收", column)) for column in ("自然人", "科研机构")}
    types = {column: book.types["各单位表", f"{column_letters(at)}5"] for column, at in number.items()}

    assert row[0] == FINANCE
    assert (row[number["科研机构"]], types["科研机构"]) == ("0", "n")
    assert types["自然人"] == "inlineStr"
    sums = {(one["行"], one["列"]): one for one in book.table("汇总核对") if one["表"] == "表三"}
    assert sums["一、本年新收政府信息公开申请数量", "自然人"]["能说到什么程度"] == "≥0（缺1家）"


def with_blank(result, column):
    """The result with nothing written in a cell of 一、新收 of table three."""
    table = result.report.tables["T3"]
    cells = {**table.cells, ("R1", column): replace(MISSING_CELL, raw="")}
    return replace(
        result,
        report=replace(result.report, tables={**result.report.tables, "T3": replace(table, cells=cells)}),
    )


def test_what_the_office_has_written_is_read_back(tmp_path):
    police = season().units[3]
    decided = replace(
        police, chosen="公安局二.txt", unit=replace(police.unit, aliases=("县公安局", "公安分局"))
    )
    file = tmp_path / "台账.xlsx"
    file.write_bytes(workbook(replace(season(), units=(*season().units[:3], decided, *season().units[4:]))))
    decisions = load_decisions(file)

    assert decisions.opinions == season().opinions
    assert decisions.versions == {POLICE: "公安局二.txt"}
    assert decisions.aliases == {POLICE: "县公安局、公安分局"}


def test_links_with_what_was_found_at_them(book):
    assert book.rows["发布链接"][1] == ["没有给出发布清单和网页（--published），没有核对发布。"]

    link = PublishedLink(FINANCE, "=http://www.yunxixian.gov.cn/1", "年报", date(2025, 2, 3), "链接.csv", 2)
    page = PublishedPage("网页/2.html", None, "是扫描件")
    told = replace(
        season().findings[0],
        message="题目不对",
        place=Place(Location(path="链接.csv", line=2)),
        units=(FINANCE,),
    )
    of_page = replace(told, message="读不出", place=Place(Location(path="网页/2.html")), units=(POLICE,))
    made = replace(season(), findings=(told, of_page))
    heads, *rows = Reading(workbook(made, Publication((link,), (page,)))).rows["发布链接"]
    table = [dict(zip(heads, row, strict=False)) for row in rows]

    assert [row["单位"] for row in table] == [*(one.unit.name for one in season().units), POLICE]
    by_name = {row["单位"]: row for row in table[:-1]}
    assert (by_name[FINANCE]["链接"], by_name[FINANCE]["晚几天"], by_name[FINANCE]["问题"]) == (
        link.url,
        "3",
        "题目不对",
    )
    assert by_name[EDUCATION]["问题"] == "没有给链接"
    assert (table[-1]["问题"], table[-1]["在哪里"]) == ("读不出", "网页/2.html")
