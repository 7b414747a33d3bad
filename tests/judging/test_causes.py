"""Faults put into the tables of a clean report, and exactly what is said about them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from faults.changes import cell, cells
from samples import COUNTY_2023, HEALTH_2020, SampleReport, write

from checker.api import check, load_rulebook, select_rules
from checker.judging.engine import findings_of, judge
from checker.judging.judgement import Witness
from checker.judging.root_causes import BrokenSum, Contradiction, Evidence, merge_sums
from checker.judging.subject import Subject
from checker.model.findings import Finding, Severity
from checker.model.place import Place
from checker.readers import read_document
from checker.startup.records import replace
from checker.understand import understand


@dataclass(frozen=True)
class Told:
    """One finding: its rule and place, what it explains, what it suggests."""

    rule: str
    place: str
    text: str
    explains: tuple[str, ...] = ()
    cells: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    unique: bool = True
    rivals: int = 0
    pattern: str | None = None


def address(row: str | None, column: str | None, table: str | None = "T3") -> str:
    return f"{table}[{row or ''}, {column or ''}]"


def told(finding: Finding) -> Told:
    suggestion = finding.suggestion
    assert suggestion is not None
    return Told(
        finding.rule,
        address(finding.place.row, finding.place.column, finding.place.table),
        suggestion.text,
        finding.explains,
        {address(c.row, c.column, c.table): (c.current, c.proposed) for c in suggestion.cells},
        suggestion.unique,
        len(suggestion.rivals),
        suggestion.pattern,
    )


def tables_checked(report: SampleReport) -> tuple[Finding, ...]:
    """The findings of the rules about tables alone: the text says nothing."""
    rulebook = select_rules(load_rulebook(), ("T3-02", "T3-03", "T3-04", "T4-02"), ())
    return check(write(report, "txt"), name="年报.txt", rulebook=rulebook).findings


def findings_in(report: SampleReport) -> list[Told]:
    return [told(finding) for finding in tables_checked(report)]


CERTAIN = {
    "数字颠倒": (
        {"T3[R1, natural]": "47"},
        Told("T3-02", "T3[R1, natural]", "“一、新收”行“自然人”列应为 74（现为 47），像是数字位序颠倒。",
             ("T3-04",), {"T3[R1, natural]": (47, 74)}, pattern="transposed"),
    ),
    "漏写一位": (
        {"T3[D1, natural]": "2"},
        Told("T3-03", "T3[D1, natural]", "“1.不掌握”行“自然人”列应为 12（现为 2），像是漏写一位数字。",
             ("T3-04",), {"T3[D1, natural]": (2, 12)}, pattern="digit_slip"),
    ),
    "重复一位": (
        {"T3[A, natural]": "311"},
        Told("T3-03", "T3[A, natural]", "“（一）予以公开”行“自然人”列应为 31（现为 311），像是重复写了一位数字。",
             ("T3-04",), {"T3[A, natural]": (311, 31)}, pattern="digit_slip"),
    ),
    "混入页码": (
        {"T3[R2, natural]": "412"},
        Told("T3-02", "T3[R2, natural]",
             "“二、上年结转”行“自然人”列应为 4（现为 412），像是混入了别处的数字，如页码、序号。",
             ("T3-04",), {"T3[R2, natural]": (412, 4)}, pattern="digit_slip"),
    ),
    "只有一位的数写错": (
        {"T3[B, natural]": "5"},
        Told("T3-03", "T3[B, natural]", "“（二）部分公开”行“自然人”列应为 9（现为 5）。",
             ("T3-04",), {"T3[B, natural]": (5, 9)}, pattern="digit_slip"),
    ),
    "空了一格": (
        {"T3[R1, natural]": ""},
        Told("T3-02", "T3[R1, natural]", "“一、新收”行“自然人”列空白，应为 74。",
             ("T3-04",), {"T3[R1, natural]": (None, 74)}, pattern="blank"),
    ),
    "总计行全为零": (
        {"T3[S, ]": "0"},
        Told("T3-02", "T3[S, ]",
             "“（七）总计”行现均为 0，应为：自然人 74、商业企业 11、社会公益组织 1、法律服务机构 3、其他 2、总计 91，"
             "像是总计行未填。",
             ("T3-03",),
             {"T3[S, natural]": (0, 74), "T3[S, commercial]": (0, 11), "T3[S, public_welfare]": (0, 1),
              "T3[S, legal]": (0, 3), "T3[S, other]": (0, 2), "T3[S, total]": (0, 91)},
             pattern="total_forgotten"),
    ),
    "总计重复计入一项": (
        {"T3[S, natural]": "83"},
        Told("T3-02", "T3[S, natural]", "“（七）总计”行“自然人”列应为 74（现为 83），像是重复计入“（二）部分公开”。",
             ("T3-03", "T3-04"), {"T3[S, natural]": (83, 74)}, pattern="other"),
    ),
    "总计漏计一列": (
        {"T3[R1, total]": "80"},
        Told("T3-02", "T3[R1, total]", "“一、新收”行“总计”列应为 91（现为 80），像是漏计“商业企业”。",
             ("T3-04",), {"T3[R1, total]": (80, 91)}, pattern="other"),
    ),
    "整行右移一格": (
        {"T3[R1, natural]": "0", "T3[R1, commercial]": "74", "T3[R1, research]": "11", "T3[R1, public_welfare]": "0",
         "T3[R1, legal]": "1", "T3[R1, other]": "3", "T3[R1, total]": "2"},
        Told("T3-02", "T3[R1, ]",
             "“一、新收”行应为：自然人 74（现为 0）、商业企业 11（现为 74）、科研机构 0（现为 11）、"
             "社会公益组织 1（现为 0）、法律服务机构 3（现为 1）、其他 2（现为 3）、总计 91（现为 2），像是整行错位。",
             ("T3-04",),
             {"T3[R1, natural]": (0, 74), "T3[R1, commercial]": (74, 11), "T3[R1, research]": (11, 0),
              "T3[R1, public_welfare]": (0, 1), "T3[R1, legal]": (1, 3), "T3[R1, other]": (3, 2),
              "T3[R1, total]": (2, 91)},
             pattern="shifted"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CERTAIN)
def test_a_certain_cause_is_told_as_a_fact(name):
    changes, expected = CERTAIN[name]

    assert findings_in(cells(changes)(COUNTY_2023)) == [expected]


def test_independent_faults_are_findings_of_their_own():
    found = findings_in(cells({"T3[R1, natural]": "47", "T3[C7, natural]": "13"})(COUNTY_2023))

    assert [(one.rule, one.place, one.cells) for one in found] == [
        ("T3-02", "T3[R1, natural]", {"T3[R1, natural]": (47, 74)}),
        ("T3-03", "T3[C7, natural]", {"T3[C7, natural]": (13, 3)}),
    ]


def test_the_old_form_has_the_same_causes():
    (found,) = findings_in(cell("T3[F, natural]", "11")(HEALTH_2020))

    assert found == Told(
        "T3-03", "T3[F, natural]", "“（六）其他处理”行“自然人”列应为 1（现为 11），像是重复写了一位数字。",
        ("T3-04",), {"T3[F, natural]": (11, 1)}, pattern="digit_slip",
    )  # fmt: skip


def test_several_equally_small_repairs_are_listed_and_none_is_asserted():
    (found,) = findings_in(cells({"T3[D1, natural]": "10", "T3[D1, commercial]": "4"})(COUNTY_2023))

    assert not found.unique
    assert found.rivals == 2
    assert found.text == (
        "最省的解释有 3 种，请对照原始数据选定："
        "（1）“（一）予以公开”行应为：自然人 33（现为 31）、商业企业 3（现为 5），像是填到了相邻一列；"
        "（2）“（二）部分公开”行应为：自然人 11（现为 9）、商业企业 0（现为 2），像是填到了相邻一列；"
        "（3）“1.不掌握”行应为：自然人 12（现为 10）、商业企业 2（现为 4），像是填到了相邻一列。"
    )


def test_two_neighbouring_figures_exchanged_have_a_rival():
    (found,) = findings_in(cells({"T3[A, natural]": "9", "T3[B, natural]": "31"})(COUNTY_2023))

    assert not found.unique
    assert (
        "“自然人”列应为：（一）予以公开 31（现为 9）、（二）部分公开 9（现为 31），像是相邻两行的数填反"
        in found.text
    )


def test_in_table_four_no_cell_is_asserted_without_a_witness():
    (found,) = findings_in(cell("T4[review, total]", "6")(COUNTY_2023))

    assert found == Told(
        "T4-02", "T4[review, total]",
        "最省的解释有 2 种，请对照原始数据选定：（1）“行政复议”行“结果维持”列应为 3（现为 5）；"
        "（2）“行政复议”行“总计”列应为 8（现为 6）。",
        (), {"T4[review, upheld]": (5, 3)}, unique=False, rivals=1, pattern="digit_slip",
    )  # fmt: skip


def test_too_many_wrong_cells_list_the_sums_and_doubt_the_reading():
    wrong = {
        "T3[R1, natural]": "1", "T3[A, natural]": "2", "T3[B, commercial]": "3", "T3[C4, natural]": "14",
        "T3[D1, natural]": "15", "T3[S, total]": "7", "T3[R4, total]": "77",
    }  # fmt: skip
    (finding,) = tables_checked(cells(wrong)(COUNTY_2023))

    assert finding.suggestion.text.startswith("要改的格子多，推不出唯一的原因：可能是表格读取有误")
    assert finding.suggestion.cells == ()
    assert (finding.place.table, finding.place.row) == ("T3", None)
    assert finding.explains == ("T3-03", "T3-04")
    assert finding.evidence["also"].startswith(
        "T3-02 “总计”列：91＋5 ＝ 96，7＋77 ＝ 84，差 12；T3-03 “自然人”列："
    )
    assert finding.evidence["also"].endswith("；……等 11 处")


def test_what_else_the_cause_breaks_is_told_with_its_figures():
    (finding,) = tables_checked(cell("T3[R1, natural]", "47")(COUNTY_2023))

    assert finding.evidence["also"] == "T3-04 “一、新收”行：47＋11＋0＋1＋3＋2 ＝ 64，表中 91，差 27"


def merged(report: SampleReport, *, agreed=(), contradicted=()) -> list[Finding]:
    """What comes of the sums of a report when figures for its cells are known from elsewhere."""
    rulebook = load_rulebook()
    understood = understand(read_document(write(report, "txt"), "年报.txt"), rulebook.library)
    subject = Subject(understood, rulebook.language)
    broken, held = [], []
    for order, rule in enumerate(rulebook.rules.values()):
        if rule.id in ("T3-02", "T3-03", "T3-04", "T4-02"):
            judged = judge(rulebook, rule, subject)
            held += judged.held
            for breach, finding in zip(
                judged.breaches, findings_of_each(rule, judged, understood), strict=True
            ):
                broken.append(BrokenSum(order, breach, breach.identity, finding))
    known = Evidence(held, agreed, contradicted)
    return merge_sums(understood, broken, known)


def findings_of_each(rule, judged, report):
    return [
        findings_of(rule, replace(judged, breaches=(breach,), held=()), report)[0]
        for breach in judged.breaches
    ]


REVIEWS = ("T4", "review", "total")


def test_a_witness_makes_a_cell_of_table_four_certain():
    (finding,) = merged(cell("T4[review, total]", "6")(COUNTY_2023), contradicted=[contradiction(REVIEWS, 8)])

    assert finding.suggestion.unique
    assert finding.suggestion.text == "“行政复议”行“总计”列应为 8（现为 6）。"
    assert finding.explains == ("TXT-06",)
    assert finding.evidence["also"] == "TXT-06 正文说 8 件"


def test_a_witness_for_the_figure_that_stands_points_at_the_others():
    found = merged(cell("T4[litigation_direct, upheld]", "2")(COUNTY_2023),
                   agreed=[Witness(("T4", "litigation_direct", "total"), 1)])  # fmt: skip

    assert [change.column for change in found[0].suggestion.cells] == ["upheld"]


def test_a_contradiction_that_no_sum_explains_stands_for_itself():
    found = merged(cell("T3[R1, natural]", "47")(COUNTY_2023), contradicted=[contradiction(REVIEWS, 9)])

    assert [finding.rule for finding in found] == ["T3-02", "TXT-06"]
    assert found[0].explains == ("T3-04",)


def test_witnesses_that_differ_are_none():
    (first, *others) = merged(
        cell("T4[review, total]", "6")(COUNTY_2023),
        contradicted=[contradiction(REVIEWS, 8), contradiction(REVIEWS, 9)],
    )

    assert not first.suggestion.unique
    assert [finding.rule for finding in others] == ["TXT-06", "TXT-06"]


def contradiction(cell_key, value: int) -> Contradiction:
    place = Place(table=cell_key[0], row=cell_key[1], column=cell_key[2])
    finding = Finding("TXT-06", "正文与表四一致", Severity.WARNING, f"正文说 {value} 件", "", place)
    return Contradiction(Witness(cell_key, value), finding)


def test_what_the_text_says_is_explained_by_the_cell_that_is_wrong():
    (finding,) = check(write(cell("T3[R1, total]", "80")(COUNTY_2023), "txt"), name="年报.txt").findings

    assert finding.suggestion.text.startswith("“一、新收”行“总计”列应为 91（现为 80）")
    assert finding.explains == ("T3-04", "TXT-01")
