"""Documents built by hand for the tests of understanding."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from checker.model.document import Cell, Document, Location, Paragraph, Table
from checker.understand import Library, library_from_data, understand

RULES = Path(__file__).parents[2] / "rules"

COLUMNS = ("natural", "commercial", "research", "public_welfare", "legal", "other", "total")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
GROUPS = ("review", "litigation_direct", "litigation_after_review")
TITLE = "青禾县农业农村局2024年政府信息公开工作年度报告"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def load(name: str):
    return yaml.safe_load((RULES / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def library() -> Library:
    return library_from_data(
        [load("forms/2019.yaml"), load("forms/2021.yaml")], load("fields.yaml"), load("bodies.yaml")
    )


def table(rows: str, *, aligned: bool = True) -> Table:
    """A table drawn as lines of cells: `|` between cells, `<` for merged to the left, `^` for upwards.

    A line feed in a label is written `/n`.
    """
    drawn = [[cell.strip() for cell in line.split("|")] for line in rows.strip("\n").splitlines()]
    cells: list[list[Cell]] = []
    for number, line in enumerate(drawn):
        cells.append([])
        for column, text in enumerate(line):
            if text in ("<", "^"):
                continue
            right = 1
            while column + right < len(line) and line[column + right] == "<":
                right += 1
            down = 1
            while number + down < len(drawn) and drawn[number + down][column : column + 1] == ["^"]:
                down += 1
            place = Location(grid_row=number + 1, grid_column=column + 1, table_index=1)
            cells[-1].append(Cell(text.replace("/n", "\n"), number + 1, column + 1, down, right, place))
    return Table(tuple(tuple(line) for line in cells), Location(table_index=1), aligned)


def document(*blocks: str | Table, **properties: str) -> Document:
    """Paragraphs (as text) and tables in order."""
    placed = []
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            placed.append(Table(block.rows, Location(table_index=tables), block.aligned))
        else:
            paragraphs += 1
            placed.append(Paragraph(block, Location(paragraph=paragraphs)))
    return Document(tuple(placed), "txt", properties)


def report(*blocks: str | Table, **options):
    """What is understood of these blocks."""
    return understand(document(*blocks), library(), **options)


def in_section(number: int, *blocks: str | Table):
    """A report with all headings, and these blocks in one section."""
    parts: list[str | Table] = [TITLE]
    for ordinal, heading in enumerate(HEADINGS, 1):
        parts.append(heading)
        parts.extend(blocks if ordinal == number else ("本局按要求完成了有关工作。",))
    return report(*parts)


def opened(*paragraphs: str):
    """A report with these opening paragraphs."""
    return report(TITLE, *paragraphs, *(part for h in HEADINGS for part in (h, "本局按要求完成了有关工作。")))


def figures(found, key: str) -> dict[tuple[str, str], object]:
    """The numbers of one table, by row and column."""
    return {address: cell.value for address, cell in found.tables[key].cells.items()}


def counted(rows, columns) -> dict[tuple[str, str], int]:
    """Every cell another number, from 1, row by row."""
    addresses = [(row, column) for row in rows for column in columns]
    return dict(zip(addresses, range(1, len(addresses) + 1), strict=True))


LEAVES = ["R1", "R2", "A", "B", *(f"C{n}" for n in range(1, 9)), *(f"D{n}" for n in range(1, 4))]
LEAVES += [f"E{n}" for n in range(1, 6)]
ROWS_2021 = [*LEAVES, "F1", "F2", "F3", "S", "R4"]
ROWS_2019 = [*LEAVES, "F", "S", "R4"]

_HEAD = """
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|<|<|申请人情况|<|<|<|<|<|<
^ | ^ | ^ | 自然人 | 法人或其他组织 | < | < | < | < | 总计
^ | ^ | ^ | ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^
"""
_BODY = """
一、本年新收政府信息公开申请数量 | < | < | R1
二、上年结转政府信息公开申请数量 | < | < | R2
三、本年度办理结果 | （一）予以公开 | < | A
^ | （二）部分公开（区分处理的，只计这一情形，不计其他情形） | < | B
^ | （三）不予公开 | 1.属于国家秘密 | C1
^ | ^ | 2.其他法律行政法规禁止公开 | C2
^ | ^ | 3.危及“三安全一稳定” | C3
^ | ^ | 4.保护第三方合法权益 | C4
^ | ^ | 5.属于三类内部事务信息 | C5
^ | ^ | 6.属于四类过程性信息 | C6
^ | ^ | 7.属于行政执法案卷 | C7
^ | ^ | 8.属于行政查询事项 | C8
^ | （四）无法提供 | 1.本机关不掌握相关政府信息 | D1
^ | ^ | 2.没有现成信息需要另行制作 | D2
^ | ^ | 3.补正后申请内容仍不明确 | D3
^ | （五）不予处理 | 1.信访举报投诉类申请 | E1
^ | ^ | 2.重复申请 | E2
^ | ^ | 3.要求提供公开出版物 | E3
^ | ^ | 4.无正当理由大量反复申请 | E4
^ | ^ | 5.要求行政机关确认或重新出具已获取信息 | E5
"""
_END_2021 = """
^ | （六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | F1
^ | ^ | 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | F2
^ | ^ | 3.其他 | F3
^ | （七）总计 | < | S
四、结转下年度继续办理 | < | < | R4
"""
_END_2019 = """
^ | （六）其他处理 | < | F
^ | （七）总计 | < | S
四、结转下年度继续办理 | < | < | R4
"""


def drawn_t3(form: str = "2021", *, fill=str) -> str:
    """Table three with merged cells, every cell another number; `fill` writes the number."""
    rows = ROWS_2021 if form == "2021" else ROWS_2019
    values = counted(rows, COLUMNS)
    lines = _HEAD.strip("\n").splitlines()
    for line in (_BODY.strip("\n") + (_END_2021 if form == "2021" else _END_2019)).strip("\n").splitlines():
        label, row = line.rsplit("|", 1)
        lines.append(label + "| " + " | ".join(fill(values[row.strip(), column]) for column in COLUMNS))
    return "\n".join(lines)


def without_merges(drawing: str) -> str:
    """The same table with blanks in the places that were merged."""
    return "\n".join(
        " | ".join("" if cell.strip() in ("<", "^") else cell.strip() for cell in line.split("|"))
        for line in drawing.splitlines()
    )


def dumped(drawing: str) -> str:
    """The same table as a text dump shows it: cells merged across once, merged downwards as blanks."""
    return "\n".join(
        " | ".join(
            "" if cell.strip() == "^" else cell.strip() for cell in line.split("|") if cell.strip() != "<"
        )
        for line in drawing.splitlines()
    )


T4 = """
行政复议 | < | < | < | < | 行政诉讼 | < | < | < | < | < | < | < | < | <
结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|<|<|<|<|复议后起诉|<|<|<|<
^|^|^|^|^|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15
"""

T2_2021 = """
第二十条第（一）项 | < | < | <
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 1 | 2 | 3
行政规范性文件 | 4 | 5 | 6
第二十条第（五）项 | < | < | <
信息内容 | 本年处理决定数量 | < | <
行政许可 | 7 | < | <
第二十条第（六）项 | < | < | <
信息内容 | 本年处理决定数量 | < | <
行政处罚 | 8 | < | <
行政强制 | 9 | < | <
第二十条第（八）项 | < | < | <
信息内容 | 本年收费金额（单位：万元） | < | <
行政事业性收费 | 10.50 | < | <
"""

T2_2019 = """
第二十条第（一）项 | < | < | <
信息内容 | 本年新/n制作数量 | 本年新/n公开数量 | 对外公开总数量
规章 | 1 | 2 | 3
规范性文件 | 4 | 5 | 6
第二十条第（五）项 | < | < | <
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政许可 | 7 | -8 | 9
其他对外管理服务事项 | 10 | 11 | 12
第二十条第（六）项 | < | < | <
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政处罚 | 13 | 14 | 15
行政强制 | 16 | 17 | 18
第二十条第（八）项 | < | < | <
信息内容 | 上一年项目数量 | 本年增/减 | <
行政事业性收费 | 19 | 20 | <
第二十条第（九）项 | < | < | <
信息内容 | 采购项目数量 | 采购总金额 | <
政府集中采购 | 21 | 22.5 | <
"""
