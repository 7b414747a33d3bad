"""A made-up county's inbox, with every case that an office meets; `expected.yaml` says what it must come to.

python -m office.inbox FOLDER      # from the folder tests; to look at it with the program itself
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from samples import SampleReport, SampleSection
from samples.model import SampleTable, filled_table

COUNTY: Final = "云溪县"
GOVERNMENT: Final = f"{COUNTY}人民政府"
DEPARTMENTS: Final = (
    "发展和改革局", "教育局", "科学技术局", "工业和信息化局", "民族宗教事务局", "公安局", "民政局", "司法局", "财政局",
    "人力资源和社会保障局", "自然资源局", "生态环境局", "住房和城乡建设局", "交通运输局", "水利局", "农业农村局", "商务局",
    "文化和旅游局", "卫生健康局", "退役军人事务局", "应急管理局", "审计局", "市场监督管理局", "统计局", "医疗保障局",
    "林业局", "体育局", "信访局", "城市管理局", "行政审批服务局", "乡村振兴局", "粮食和物资储备局", "投资促进局",
    "大数据发展局", "气象局", "地方金融监督管理局", "机关事务服务局", "档案局", "外事办公室", "人民防空办公室",
)  # fmt: skip
TOWNS: Final = (
    "白鹭镇", "松坪镇", "石桥镇", "青杨镇", "柳林镇", "大坝镇", "双河镇", "金鸡镇", "高寨镇", "河口镇", "竹园乡", "麻柳乡",
    "桐木乡", "花溪乡", "罗汉乡", "黄泥乡",
)  # fmt: skip
STREETS: Final = ("南山街道", "北塔街道", "东门街道", "西园街道")
_MATTERS: Final = (
    "材料受理",
    "现场核查",
    "结果公示",
    "档案整理",
    "政策解读",
    "热线答复",
    "窗口轮岗",
    "信息校核",
)
_MEANS: Final = (
    "图文对照",
    "短视频",
    "明白纸",
    "村组广播",
    "大厅展板",
    "院坝会",
    "电话回访",
    "入户讲解",
    "问答手册",
)
_TIMES: Final = ("每周一", "每月上旬", "每季度末", "逢集当天", "受理当日", "次日上午", "半年一次")
REPEATED: Final = (*_MATTERS, *_MEANS, *_TIMES)
"""The phrases that reports share."""


@dataclass(frozen=True)
class Unit:
    """A unit with what its report is made of."""

    name: str
    short: str
    level: str
    number: int


def units() -> list[Unit]:
    """Everybody who should report, in the order of the list."""
    found = [Unit(GOVERNMENT, GOVERNMENT, "government", 0)]
    found.append(Unit(f"{GOVERNMENT}办公室", "政府办公室", "office", 1))
    for short in DEPARTMENTS:
        found.append(Unit(COUNTY + short, short, "department", len(found)))
    for short in TOWNS:
        found.append(Unit(f"{COUNTY}{short}人民政府", short, "township", len(found)))
    for short in STREETS:
        found.append(Unit(f"{COUNTY}{short}办事处", short, "subdistrict", len(found)))
    return found


UNITS: Final = {unit.name: unit for unit in units()}


def report(unit: Unit, *, name: str | None = None, year: int = 2024, signed: str = "1月16日") -> SampleReport:
    """A report without a fault; no two units say the same.

    Args:
        unit: whose.
        name: the name it bears, that of the unit by default.
        year: the report year.
        signed: month and day of the signature, in the next year.
    """
    body, n = name or unit.name, unit.number
    topic = unit.short
    new, old, granted = 3 + n % 7, n % 3, 1 + n % 3
    matter, means, time = _MATTERS[n % 8], _MEANS[n % 9], _TIMES[n % 7]
    table_three = {
        "R1": f"natural={new - 1} commercial=1",
        "R2": f"natural={old}",
        "A": f"natural={granted}",
        "D1": "commercial=1",
        "E2": f"natural={new - 1 + old - granted}",
    }
    return SampleReport(
        title=f"{body}{year}年政府信息公开工作年度报告",
        opening=(
            f"本报告由{body}依据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
            "（国办公开办函〔2021〕30号）编制。全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
            "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。"
            f"所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。报告电子版可在云溪县人民政府网站"
            "（www.yunxixian.gov.cn）查阅、下载。对报告有疑问的，请与"
            f"{body}联系（地址：云溪县文澜路{20 + n}号；邮编：418526；电话：0745-555{1000 + n}）。",
        ),
        sections=(
            SampleSection("一、总体情况", (
                f"{year}年，{body}围绕{topic}的{matter}，用{means}把群众常问的事讲明白，{time}集中更新。",
                f"（一）主动公开。全年公开{topic}各类信息{120 + 3 * n}条，{means}形式的解读占一成多，{matter}环节同步留痕。",
                f"（二）依申请公开。全年新收政府信息公开申请{new}件，"
                + (f"上年结转{old}件，" if old else "没有上年结转的申请，")
                + f"全部办结，{topic}经办人{time}核对一遍登记簿。",
                f"（三）政府信息管理。{topic}的信息发布先核后发，{matter}的口径由专人把关，{time}复查一次。",
                f"（四）平台建设。专栏按{topic}的办事顺序重排，{means}单列一栏，便于查找{matter}。",
                f"（五）监督保障。{topic}把公开列入年度考核，{time}通报{matter}的更新情况，培训{1 + n % 4}次，"
                f"社会评议中{topic}的结果为满意，没有责任追究的情形。",
            )),
            SampleSection("二、主动公开政府信息情况", table=filled_table("2021", "T2", {
                "licensing": f"decisions={30 + n}", "penalties": f"decisions={n % 9 + 1}",
            })),
            SampleSection("三、收到和处理政府信息公开申请情况", table=filled_table("2021", "T3", table_three)),
            SampleSection("四、政府信息公开行政复议、行政诉讼情况", table=filled_table("2021", "T4", {
                "review": f"upheld={n % 2}",
            })),
            SampleSection("五、存在的主要问题及改进情况", (
                f"主要问题：一是{topic}的{matter}说明偏专业，看懂不易；二是{means}做得还少，{time}更新时有遗漏。",
                f"改进情况：{topic}已给{matter}配上浅显的一页说明；下一步{time}补做{means}，由办公室逐条销号。",
            )),
            SampleSection("六、其他需要报告的事项", (
                f"{year}年，{body}未收取政府信息公开信息处理费。没有其他需要报告的事项。",
            )),
        ),
        signature=(body, f"{year + 1}年{signed}"),
    )  # fmt: skip


def with_wrong_cell(made: SampleReport, row: str = "S", column: str = "total", add: int = 1) -> SampleReport:
    """The report with one figure of table three too large."""
    return with_table(
        made, "T3", lambda figures: {**figures, (row, column): str(int(figures[row, column]) + add)}
    )


def with_table(made: SampleReport, key: str, change) -> SampleReport:
    """The report with other figures in one table."""

    def changed(table: SampleTable | None) -> SampleTable | None:
        return replace(table, figures=change(table.figures)) if table and table.key == key else table

    return replace(made, sections=tuple(replace(one, table=changed(one.table)) for one in made.sections))


def with_text(made: SampleReport, old: str, new: str) -> SampleReport:
    """The report with other words in its text."""

    def swap(text: str) -> str:
        return text.replace(old, new)

    sections = tuple(replace(one, paragraphs=tuple(map(swap, one.paragraphs))) for one in made.sections)
    return replace(made, opening=tuple(map(swap, made.opening)), sections=sections)


def on_old_form(made: SampleReport) -> SampleReport:
    """The report with the tables of the form of 2019."""
    old = {
        "T2": {"licensing": "last_year_items=9 change=+1 decisions=31"},
        "T3": {"R1": "natural=4", "A": "natural=4"},
        "T4": {},
    }
    return replace(made, sections=tuple(
        replace(one, table=filled_table("2019", one.table.key, old[one.table.key])) if one.table else one
        for one in made.sections
    ))  # fmt: skip
