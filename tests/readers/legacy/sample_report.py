"""A whole report of an invented office: what it says, and the page it is written on.

`build_fixtures.py` turns the page into the formats under test; the tests compare what is read from them
with the values here.
"""

from __future__ import annotations

from html import escape

TITLE = "清溪县林草局2024年政府信息公开工作年度报告"

LABELS = [
    ("一、本年新收政府信息公开申请数量",),
    ("二、上年结转政府信息公开申请数量",),
    ("三、本年度办理结果", "（一）予以公开"),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("", "（三）不予公开", "1.属于国家秘密"),
    ("", "", "2.其他法律行政法规禁止公开"),
    ("", "", "3.危及“三安全一稳定”"),
    ("", "", "4.保护第三方合法权益"),
    ("", "", "5.属于三类内部事务信息"),
    ("", "", "6.属于四类过程性信息"),
    ("", "", "7.属于行政执法案卷"),
    ("", "", "8.属于行政查询事项"),
    ("", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("", "", "2.没有现成信息需要另行制作"),
    ("", "", "3.补正后申请内容仍不明确"),
    ("", "（五）不予处理", "1.信访举报投诉类申请"),
    ("", "", "2.重复申请"),
    ("", "", "3.要求提供公开出版物"),
    ("", "", "4.无正当理由大量反复申请"),
    ("", "", "5.要求行政机关确认或重新出具已获取信息"),
    ("", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("", "", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("", "", "3.其他"),
    ("", "（七）总计"),
    ("四、结转下年度继续办理",),
]
NEW = [37, 12, 2, 0, 5, 1, 57]
CARRIED = [3, 1, 0, 0, 0, 0, 4]
GRANTED = [31, 9, 1, 0, 4, 1, 46]
PARTLY = [2, 1, 0, 0, 1, 0, 4]
UNHELD = [4, 2, 1, 0, 0, 0, 7]
ALL = [37, 12, 2, 0, 5, 1, 57]
LEFT = [3, 1, 0, 0, 0, 0, 4]
ROWS = {0: NEW, 1: CARRIED, 2: GRANTED, 3: PARTLY, 12: UNHELD, 23: ALL, 24: LEFT}
HEAD = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
DISPUTES = [2, 1, 0, 0, 3, 1, 0, 0, 1, 2, 0, 0, 1, 0, 1]

PARAGRAPHS = [
    TITLE,
    "本报告由清溪县林草局编制，数据统计期限为2024年1月1日至2024年12月31日，电话0000-1234567。",
    "一、总体情况",
    "我局全年通过门户网站发布信息86条，其中造林绿化类41条，防火预警类45条；规范目录3个，栏目更新及时。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "栏目之间有重复，检索不便。下一年将合并栏目，增设按林区检索的入口，并由专人每周核对一次。",
    "六、其他需要报告的事项",
    "本年收取信息处理费0元，没有其他事项。",
]
"""Every paragraph outside tables, in order."""

DISCLOSED = [
    [("第二十条第（一）项", 1, 4)],
    [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
    [("规章", 1, 1), ("0", 1, 1), ("0", 1, 1), ("0", 1, 1)],
    [("行政规范性文件", 1, 1), ("2", 1, 1), ("1", 1, 1), ("14", 1, 1)],
    [("第二十条第（五）项", 1, 4)],
    [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)],
    [("行政许可", 1, 1), ("318", 1, 3)],
    [("第二十条第（六）项", 1, 4)],
    [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)],
    [("行政处罚", 1, 1), ("27", 1, 3)],
    [("行政强制", 1, 1), ("0", 1, 3)],
    [("第二十条第（八）项", 1, 4)],
    [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 3)],
    [("行政事业性收费", 1, 1), ("12.50", 1, 3)],
]


def requests() -> list[list[tuple[str, int, int]]]:
    """The table of requests as rows of (text, row span, column span)."""
    rows = [
        [(CORNER, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(text, 1, 1) for text in HEAD],
    ]
    for index, labels in enumerate(LABELS):
        row = []
        for level, text in enumerate(labels):
            if not text:
                continue
            down = next(
                (n for n, later in enumerate(LABELS[index + 1 :], 1) if len(later) <= level or later[level]),
                len(LABELS) - index,
            )
            row.append((text, down, 3 - level if level == len(labels) - 1 else 1))
        row += [(str(value), 1, 1) for value in ROWS.get(index, [0] * 7)]
        rows.append(row)
    return rows


def disputes() -> list[list[tuple[str, int, int]]]:
    """The table of disputes, likewise."""
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [(text, 2, 1) for text in RESULTS] + [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(text, 1, 1) for text in RESULTS * 2],
        [(str(value), 1, 1) for value in DISPUTES],
    ]


TABLES = [DISCLOSED, requests(), disputes()]
"""The three tables as rows of (text, row span, column span)."""


def placed(table: list[list[tuple[str, int, int]]]) -> list[tuple[str, int, int, int, int]]:
    """Every cell of a table as (text, row, column, row span, column span), counted from 1."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for number, row in enumerate(table, 1):
        column = 1
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            cells.append((text, number, column, down, across))
            taken |= {(number + r, column + c) for r in range(down) for c in range(across)}
    return cells


def page() -> str:
    """The report as a plain web page."""
    tables = iter(TABLES)
    parts = []
    for text in PARAGRAPHS:
        tag = "h1" if text == TITLE else "p"
        parts.append(f"<{tag}>{escape(text)}</{tag}>")
        if text[:2] in ("二、", "三、", "四、"):
            rows = "".join(
                "<tr>" + "".join(f'<td rowspan="{r}" colspan="{c}">{escape(t)}</td>' for t, r, c in row) + "</tr>"
                for row in next(tables)
            )
            parts.append(f'<table border="1" cellspacing="0" width="100%">{rows}</table>')
    style = "<style>td { font-size: 8pt; border: 1px solid black }</style>"
    return f'<html><head><meta charset="utf-8"><title>{TITLE}</title>{style}</head><body>{"".join(parts)}</body></html>'
