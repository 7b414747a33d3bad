"""Small runs for the tests of the writers, built by hand: no reader, no rule, no engine."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import yaml

from checker.model.document import Cell, Document, Location, Paragraph, Table
from checker.model.findings import (
    CellChange,
    CheckRun,
    Finding,
    Outcome,
    Problem,
    ReportResult,
    Rival,
    RulebookInfo,
    RuleInfo,
    Severity,
    Status,
    Suggestion,
    Suppressed,
    Verdict,
)
from checker.model.forms import form_from_data
from checker.model.numerals import parse_cell
from checker.model.place import Place, Related
from checker.model.report import MISSING_CELL, CellValue, Field, Identity, Report, ReportTable, Text
from checker.rulebook.store import load_rulebook
from checker.startup.records import replace

FORMS = Path(__file__).resolve().parents[2] / "rules" / "forms"
FORM = form_from_data(yaml.safe_load((FORMS / "2021.yaml").read_text(encoding="utf-8")))

RULES = {
    rule.id: rule
    for rule in (
        RuleInfo("SEC-06", "二、三、四部分各有对应的表", Severity.ERROR, "国办公开办函〔2021〕30号", "结构"),
        RuleInfo("T3-02", "新收加上年结转等于总计加结转下年", Severity.ERROR, "表三勾稽关系", "表三"),
        RuleInfo("T3-03", "总计等于各项处理结果之和", Severity.ERROR, "表三勾稽关系", "表三"),
        RuleInfo("T3-04", "每行总计等于各类申请人之和", Severity.ERROR, "表三勾稽关系", "表三"),
        RuleInfo("T4-01", "总计等于四种结果之和", Severity.ERROR, "表四填报说明", "表四"),
        RuleInfo("EXC-01", "例外没有过期", Severity.WARNING, "通行做法", "例外清单"),
        RuleInfo("YOY-01", "上年结转等于上一年度的结转", Severity.ERROR, "表三填报说明", "跨年"),
    )
}
VOCABULARY = load_rulebook().vocabulary
RULEBOOK = RulebookInfo("national", "sha256:" + "0" * 64, RULES, VOCABULARY)


def table(key, figures=None, rest="0", page=None):
    """A table of the form: `figures` maps addresses to raw text, every other cell holds `rest`."""
    form = FORM.tables[key]
    figures = figures or {}
    cells = {}
    for number, address in enumerate(form.addresses(), 1):
        raw = figures.get(address, rest)
        location = Location(table_index=form.section - 1, grid_row=number, grid_column=1, page=page)
        cells[address] = MISSING_CELL if raw is None else CellValue(raw, parse_cell(raw), location)
    source = Table(((Cell("", 1, 1),),), Location(table_index=form.section - 1, page=page))
    return ReportTable(form, "2021", cells, {}, {}, (), (source,), "filled")


def text(words, paragraph, section, role="body", line=None):
    return Text(Paragraph(words, Location(paragraph=paragraph, line=line)), section, role)


OPENING = "本报告所列数据的统计期限自2024年1月1日起至12月31日止。"


def report(agency="临河市水务局", tables=None, *, texts=None, fields=None, form_id="2021", **identity):
    """A report of 2024 of an invented office."""
    texts = texts or (
        text(f"{agency}2024年政府信息公开工作年度报告", 1, None, "title"),
        text("根据有关规定编制本报告。", 2, 0, line=11),
        text(OPENING, 3, 0, line=12),
        text("一、总体情况", 4, 1, "heading"),
        text("全年公开信息36条。", 5, 1),
        text(f"{agency}", 6, None, "signature"),
        text("（此件公开发布）", 7, None, "stray"),
    )
    tables = {"T2": table("T2"), "T3": table("T3"), "T4": table("T4")} if tables is None else tables
    known = {"level": "department", "tier": "county", "year": 2024, **identity}
    return Report(
        document=Document((), "docx"),
        form=FORM,
        form_id=form_id,
        identity=Identity(title=texts[0].paragraph.text, agency=agency, **known),
        title=texts[0],
        texts=texts,
        sections=(),
        tables=tables,
        fields=fields if fields is not None else all_fields(),
    )


def field(name, value):
    return Field(name, value, str(value), Place(Location(paragraph=3), 0))


def all_fields():
    return {
        "period": (field("period", (date(2024, 1, 1), date(2024, 12, 31))),),
        "address": (field("address", "临河市湖滨路1号"),),
        "postcode": (field("postcode", "362200"),),
        "phone": (field("phone", ("0595-85680000", "0595-85680001")),),
        "signature": (field("signature", "临河市水务局"),),
        "signed_on": (field("signed_on", date(2025, 1, 20)),),
    }


def checked(path="年报/临河市水务局.docx", understood=None, findings=(), outcomes=()):
    return ReportResult(
        path, "a" * 64, Status.CHECKED, None, understood or report(), tuple(outcomes), tuple(findings)
    )


def without_report(path, status, code, words):
    return ReportResult(path, None, status, Problem(code, words))


def run(*results, findings=()):
    return CheckRun(RULEBOOK, tuple(results), tuple(findings), "0.1.0")


BROKEN_SUM = {
    ("R1", "natural"): "2921",
    ("R1", "total"): "2921",
    ("R2", "natural"): "9",
    ("R2", "total"): "9",
    ("A", "natural"): "1288",
    ("A", "total"): "1288",
    ("B", "natural"): "447",
    ("B", "total"): "447",
    ("C5", "natural"): "62",
    ("C5", "total"): "62",
    ("D1", "natural"): "1133",
    ("D1", "total"): "1133",
    ("S", "natural"): "2932",
    ("S", "total"): "2930",
}


def broken_sum_report():
    return report(tables={"T2": table("T2"), "T3": table("T3", BROKEN_SUM, page=4), "T4": table("T4")})


def sum_finding(understood):
    """One wrong total that breaks three rules, with its only good explanation."""
    figures = understood.tables["T3"]
    parts = ("A", "B", "C5", "D1")
    return Finding(
        rule="T3-02",
        title="新收加上年结转应等于总计加结转下年",
        severity=Severity.ERROR,
        message="“自然人”列的各项处理结果 1288＋447＋62＋1133 ＝ 2930，表中 2932，差 2。",
        basis="国办公开办函〔2021〕30号表三：第一项加第二项之和，等于第三项加第四项之和",
        place=figures.place("S", "natural"),
        related=tuple(
            Related(figures.place(row, "natural"), figures.cell(row, "natural").value) for row in parts
        ),
        evidence={
            "left": 2930,
            "right": 2932,
            "difference": -2,
            "formula": "1288＋447＋62＋1133 ＝ 2930，表中 2932，差 2",
        },
        explains=("T3-03", "T3-04"),
        suggestion=Suggestion(
            text="把 2932 改为 2930，三个等式就都成立。",
            cells=(CellChange("T3", "S", "natural", 2932, 2930),),
            unique=True,
            pattern="digit_slip",
        ),
        fingerprint="f1",
    )


RIVALS = {
    ("review", "upheld"): "3",
    ("review", "corrected"): "1",
    ("review", "total"): "5",
    ("litigation_direct", "upheld"): "2",
    ("litigation_direct", "total"): "2",
}


def rivals_finding(understood):
    """A sum with two equally good explanations, in the table whose rows are printed as columns."""
    figures = understood.tables["T4"]
    return Finding(
        rule="T4-01",
        title="总计应等于四种结果之和",
        severity=Severity.ERROR,
        message="行政复议 3＋1＋0＋0 ＝ 4，表中总计 5，差 1。",
        basis="国办公开办函〔2021〕30号表四",
        place=figures.place("review", "total"),
        related=(
            Related(figures.place("review", "upheld"), 3),
            Related(figures.place("review", "corrected"), 1),
        ),
        evidence={"left": 4, "right": 5, "difference": -1},
        suggestion=Suggestion(
            text="单凭这张表分不出错在哪一格，请与台账核对；最省的改法如下。",
            cells=(CellChange("T4", "review", "total", 5, 4),),
            rivals=(
                Rival((CellChange("T4", "review", "upheld", 3, 4),), 2),
                Rival((CellChange("T4", "review", "pending", 0, 1),), 3),
            ),
            pattern="other",
        ),
        fingerprint="f2",
    )


def unreadable_cell_finding(understood):
    """A cell with a unit in it: no sum takes part, the rows around it are the context."""
    return Finding(
        rule="T3-06",
        title="单元格里只填数字",
        severity=Severity.WARNING,
        message="“约3件”不是一个数，合计时无法使用。",
        basis="国办公开办函〔2021〕30号表三填报说明",
        place=understood.tables["T3"].place("C4", "public_welfare"),
        suggestion=Suggestion("只填阿拉伯数字，不写单位和“约”。"),
        fingerprint="f3",
    )


def text_finding(severity=Severity.WARNING):
    """A finding in the opening, with the words it is about."""
    return Finding(
        rule="INT-07",
        title="联系电话应带区号",
        severity=severity,
        message="联系电话 85680000 没有区号，外地的申请人拨不通。",
        basis="国办公开办函〔2021〕30号“开头”部分",
        place=Place(
            Location(paragraph=3, line=12, start=30, end=38), 0, excerpt="…联系电话：85680000，邮编…"
        ),
        suggestion=Suggestion("写成“区号-号码”，如 0595-85680000。"),
        fingerprint="f4",
    )


def whole_report_finding():
    return Finding(
        rule="DATE-06",
        title="报告没有落款日期",
        severity=Severity.INFO,
        message="报告没有落款日期",
        basis="《党政机关公文格式》GB/T 9704-2012",
        place=Place(),
        fingerprint="f5",
    )


UNJUDGED = (
    Outcome("T4-01", Verdict.NOT_CHECKED, 0, "第四部分没有找到表四"),
    Outcome("T4-02", Verdict.NOT_CHECKED, 0, "第四部分没有找到表四"),
    Outcome("GEN-06", Verdict.NOT_CHECKED, 0, "从名称看不出是县级市还是设区的市"),
    Outcome("DATE-02", Verdict.NOT_CHECKED, 0, "报告没有落款日期"),
    Outcome("YOY-01", Verdict.NOT_CHECKED, 0, "没有上一年度的报告"),
)
BROKEN = Outcome("Q-05", Verdict.BROKEN, 0, "规则的表达式除以了零（ZeroDivisionError）")


def excepted():
    """The same with its errors accepted; a finding on the exceptions file itself."""
    result = failing()
    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    suppressed = tuple(
        Suppressed(finding, "合计按上级口径填报", "王某", date(2025, 12, 31), f"例外.yaml:{number}")
        for number, finding in enumerate(errors, 3)
    )
    standing = tuple(finding for finding in result.findings if finding not in errors)
    return replace(result, findings=standing, suppressed=suppressed)


EXPIRED = Finding(
    rule="EXC-01",
    title="例外没有过期",
    severity=Severity.WARNING,
    message="临河市水务局 2024 年度 T3-02（T3[R1, total]）的例外已于 2024-12-31 到期，不再生效",
    basis="通行做法",
    place=Place(Location(path="例外.yaml", line=12)),
    fingerprint="00000000000000ec",
)


def failing():
    """Findings of every severity in several sections, unjudged and broken rules."""
    understood = broken_sum_report()
    cells = {
        **BROKEN_SUM,
        ("C4", "public_welfare"): "约3件",
        ("C4", "total"): "3",
        ("C3", "natural"): "7",
    }
    understood = replace(
        understood,
        tables={
            "T2": table("T2", {("fees", "amount"): "96171.60"}),
            "T3": table("T3", cells, page=4),
            "T4": table("T4", RIVALS),
        },
    )
    findings = (
        text_finding(),
        sum_finding(understood),
        unreadable_cell_finding(understood),
        rivals_finding(understood),
        whole_report_finding(),
    )
    outcomes = (Outcome("T3-02", Verdict.FAIL, 7), Outcome("T2-01", Verdict.PASS, 12), *UNJUDGED, BROKEN)
    return checked("年报/2024/临河市水务局.docx", understood, findings, outcomes)


def clean(path="年报/2024/临河市林业局.docx", agency="临河市林业局"):
    return checked(path, report(agency), (), (Outcome("T3-02", Verdict.PASS, 7),))


UNREADABLE = without_report(
    "年报/2024/加密.docx",
    Status.UNREADABLE,
    "encrypted",
    "文件加了密码。请在 Word 里取消密码后另存一份，再检查。",
)
SKIPPED = without_report(
    "年报/2024/说明.txt", Status.SKIPPED, "not_a_report", "这份文件不是年度报告，没有检查。"
)


def many():
    """More than a handful of reports of every fate."""
    warned = checked(
        "年报/2024/临河市住房和城乡建设局/正文.docx",
        report("临河市住房和城乡建设局"),
        (text_finding(),),
    )
    blank_totals = checked("年报/2024/清溪镇.html", report("清溪镇人民政府"), (whole_report_finding(),))
    set_finding = Finding(
        rule="SET-01",
        title="缺少应当报告的单位",
        severity=Severity.ERROR,
        message="单位清单里的临河市审计局没有年度报告。",
        basis="《中华人民共和国政府信息公开条例》第四十九条",
        place=Place(),
        suggestion=Suggestion("补上这份报告，或者从单位清单里去掉这个单位。"),
        fingerprint="f6",
    )
    return run(clean(), warned, failing(), UNREADABLE, blank_totals, SKIPPED, findings=(set_finding,))


def wide_sum():
    """A row whose total is wrong, with figures in all seven columns: too wide for a narrow terminal."""
    columns = ("natural", "commercial", "research", "public_welfare", "legal", "other")
    figures = {("A", column): str(number * 1000) for number, column in enumerate(columns, 1)}
    figures[("A", "total")] = "21010"
    understood = report(tables={"T3": table("T3", figures, page=12)})
    found = understood.tables["T3"]
    change = CellChange("T3", "A", "total", 21010, 21000)
    finding = Finding(
        rule="T3-04",
        title="每行总计应等于各类申请人之和",
        severity=Severity.ERROR,
        message="1000＋2000＋3000＋4000＋5000＋6000 ＝ 21000，表中 21010，差 10。",
        basis="国办公开办函〔2021〕30号表三",
        place=found.place("A", "total"),
        related=tuple(Related(found.place("A", column), found.cell("A", column).value) for column in columns),
        suggestion=Suggestion("总计改为 21000。", (change,), unique=True),
    )
    return checked(understood=understood, findings=(finding,))


def blank_totals():
    """One finding that proposes more cells than a person wants to see at once."""
    form = FORM.tables["T3"]
    figures = {(row, "total"): "" for row in form.rows} | {("A", "natural"): "5", ("S", "natural"): "5"}
    understood = report(tables={"T3": table("T3", figures)})
    found = understood.tables["T3"]
    changes = tuple(CellChange("T3", row, "total", None, 5 if row in ("A", "S") else 0) for row in form.rows)
    finding = Finding(
        rule="T3-05",
        title="总计列没有填",
        severity=Severity.WARNING,
        message="各类申请人的数字都填了，总计列空着。",
        basis="国办公开办函〔2021〕30号表三",
        place=found.place(None, "total"),
        suggestion=Suggestion("按各列之和补上总计。", changes, unique=True, pattern="blank"),
    )
    return checked(understood=understood, findings=(finding,))


def without_colour(output):
    """The text without colour codes and without the spaces that end a coloured line."""
    return "".join(re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() + "\n" for line in output.splitlines())
