"""A made-up full report of the 2021 form as paragraphs and tables, and as a web page to print.

The tables are laid out from the form's own file; figures are counted up, so that no two cells are alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import count
from pathlib import Path

import yaml

FORM = Path(__file__).parents[2] / "rules" / "forms" / "2021.yaml"

TITLE = "青禾县林草局2024年政府信息公开工作年度报告"
TEXTS = {
    0: [
        (
            "本报告由青禾县林草局依照《中华人民共和国政府信息公开条例》的要求编写，内容分为六个部分。"
            "报告中的数字起于2024年1月1日，止于2024年12月31日。阅读中如有疑问，欢迎来信来电"
            "（地址：青禾县松涛路18号，邮编：356789，电话：0999-7654321，邮箱：lincao.gongkai@qinghe-sample.gov.cn）。"
        )
    ],
    1: [
        (
            "一年来，全局把公开当作日常工作的一环，凡是能让群众看到的，都在形成之日起二十个工作日内放到网上，"
            "并安排专人逐条复核标题、正文与附件是否一致，做到当日发现、当日更正。"
        ),
        (
            "（一）主动公开。全年在门户网站登载各类信息426条，其中规划与统计类57条，林木采伐审批结果132条；"
            "另以短视频、长图等方式讲解新出台的办法9次，阅读量合计超过3万人次。"
        ),
        (
            "（二）依申请公开。收件登记、分办、答复、归档四个环节各有台账，每月底由法规股抽查一次，"
            "全年没有出现超期答复的情形，申请人对答复内容不清楚的，承办人当面解释。"
        ),
    ],
    5: [
        (
            "对照群众的期待，仍有两处短板：一是部分林场的公开栏更新偏慢，个别村组一个季度才更换一次；"
            "二是解读材料专业词汇较多，普通读者不易看懂。"
        ),
        "下一年将把公开栏更新列入季度检查，并请基层护林员试读解读材料，读不懂的地方改到能懂为止。",
    ],
    6: ["本年度没有收取信息处理费。除以上各项外，没有其他需要报告的事项。"],
}
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class SampleCell:
    text: str
    row_span: int = 1
    column_span: int = 1


Rows = list[list[SampleCell]]


@dataclass
class Sample:
    """The report: `flow` holds ("h1" | "h2" | "p", text) and ("table", rows) in order."""

    flow: list[tuple[str, object]] = field(default_factory=list)

    def paragraphs(self) -> list[str]:
        return [str(item) for kind, item in self.flow if kind != "table"]

    def tables(self) -> list[Rows]:
        return [item for kind, item in self.flow if kind == "table"]  # type: ignore[misc]


def grid_texts(rows: Rows) -> list[list[str]]:
    """The table as a rectangle of texts, merged cells repeated."""
    width = sum(cell.column_span for cell in rows[0])
    grid: list[list[str | None]] = [[None] * width for _ in rows]
    for number, row in enumerate(rows):
        for cell in row:
            column = grid[number].index(None)
            for covered in range(number, number + cell.row_span):
                grid[covered][column : column + cell.column_span] = [cell.text] * cell.column_span
    return grid  # type: ignore[return-value]


def build(first_number: int = 3001) -> Sample:
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    builders = {"stacked": _stacked, "grid": _grid, "across": _across}
    tables = {
        table["section"]: builders[table["layout"]](table, count(first_number)) for table in form["tables"]
    }
    sample = Sample([("h1", TITLE)])
    for number in range(7):
        if number:
            sample.flow.append(("h2", f"{NUMERALS[number - 1]}、{form['sections'][number - 1]['title']}"))
        sample.flow += [("p", text) for text in TEXTS.get(number, [])]
        if number in tables:
            sample.flow.append(("table", tables[number]))
    return sample


def _stacked(table: dict, numbers: count) -> Rows:
    width = 1 + max(len(block["columns"]) for block in table["blocks"])
    rows: Rows = []
    for block in table["blocks"]:
        rows.append([SampleCell(block["heading"], column_span=width)])
        columns = block["columns"]
        last = width - len(columns)
        rows.append(
            [SampleCell(block["corner"])]
            + [SampleCell(c["label"], column_span=last if c is columns[-1] else 1) for c in columns]
        )
        rows += [
            [SampleCell(row["label"])]
            + [SampleCell(str(next(numbers)), column_span=last if c is columns[-1] else 1) for c in columns]
            for row in block["rows"]
        ]
    return rows


def _leaves(members: list[dict]) -> int:
    return sum(_leaves(member["members"]) if "members" in member else 1 for member in members)


def _grid(table: dict, numbers: count) -> Rows:
    (group,) = table["columns"]
    names = group["members"]
    inner = next(member for member in names if "members" in member)
    columns = _leaves(names)
    rows: Rows = [
        [SampleCell(table["corner"], 3, 3), SampleCell(group["label"], 1, columns)],
        [
            SampleCell(m["label"], 1, len(m["members"])) if m is inner else SampleCell(m["label"], 2)
            for m in names
        ],
        [SampleCell(m["label"]) for m in inner["members"]],
    ]

    def add(members: list[dict], lead: list[SampleCell], width: int) -> None:
        for position, member in enumerate(members):
            before = lead if position == 0 else []
            if "members" in member:
                label = SampleCell(member["label"], _leaves(member["members"]))
                add(member["members"], [*before, label], width - 1)
            else:
                figures = [SampleCell(str(next(numbers))) for _ in range(columns)]
                rows.append([*before, SampleCell(member["label"], 1, width), *figures])

    add(table["rows"], [], 3)
    return rows


def _across(table: dict, numbers: count) -> Rows:
    columns = table["columns"]
    first, second = table["rows"]
    width = len(columns)
    names = [SampleCell(column["label"], 2) for column in columns]
    rows: Rows = [
        [
            SampleCell(first["label"], 1, width),
            SampleCell(second["label"], 1, width * len(second["members"])),
        ],
        names + [SampleCell(member["label"], 1, width) for member in second["members"]],
        [SampleCell(column["label"]) for _ in second["members"] for column in columns],
    ]
    rows.append([SampleCell(str(next(numbers) % 90)) for _ in range(width * (1 + len(second["members"])))])
    return rows


STYLE = """
@page { size: A4 %(orientation)s; margin: 28mm 24mm 25mm 26mm }
body { font-family: "Noto Serif CJK SC", serif; font-size: %(body)spt; line-height: 1.75; margin: 0 }
h1 { font-size: %(title)spt; text-align: center; font-weight: normal; margin: 0 2em 1em }
h2 { font-size: %(body)spt; font-weight: bold; margin: 0; text-indent: %(indent)spt }
p { margin: 0; text-indent: %(indent)spt; text-align: justify }
table { border-collapse: collapse; width: 100%%; font-size: %(cell)spt; line-height: 1.3; margin: 0 }
td { border: %(border)s; padding: 3pt; text-align: center; vertical-align: middle }
tr { break-inside: %(rows)s }
"""


def to_html(
    sample: Sample,
    *,
    body: float = 16,
    cell: float = 10.5,
    orientation: str = "portrait",
    border: str = "0.75pt solid black",
    break_before_row: int | None = None,
    keep_rows: bool = True,
    spacer: float = 0,
    extra: str = "",
) -> str:
    """The report as a page to print.

    Args:
        sample: the report.
        body: font size of the text in points.
        cell: font size of the tables.
        orientation: `portrait` or `landscape`.
        border: how cells are framed.
        break_before_row: row of the second table, from 0, that begins a new page.
        keep_rows: whether rows may not be cut by a page end.
        spacer: points of empty space before the tables, to move page ends.
        extra: more style rules.
    """
    style = STYLE % {
        "orientation": orientation, "body": body, "indent": 2 * body, "title": body * 1.375, "cell": cell,
        "border": border, "rows": "avoid" if keep_rows else "auto",
    }  # fmt: skip
    parts = [f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{style}{extra}</style><body>']
    tables = 0
    for kind, item in sample.flow:
        if kind != "table":
            parts.append(f"<{kind}>{escape(str(item))}</{kind}>")
            continue
        tables += 1
        parts.append(f'<div style="height:{spacer}pt"></div><table border="1" cellspacing="0">')
        for number, row in enumerate(item):  # type: ignore[arg-type]
            cut = tables == 2 and number == break_before_row
            parts.append('<tr style="break-before:page">' if cut else "<tr>")
            for c in row:
                vertical = ' style="width:1.2em"' if c.row_span > 12 else ""
                spans = f'rowspan="{c.row_span}" colspan="{c.column_span}"'
                parts.append(f"<td {spans}{vertical}>{escape(c.text)}</td>")
            parts.append("</tr>")
        parts.append("</table>")
    parts.append("</body></html>")
    return "".join(parts)
