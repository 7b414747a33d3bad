"""The end of a season: everybody has reported, the government too; with last year's reports, and what is published.

`expected_last.yaml` says what it must come to.

cd tests && python -m office.last_inbox FOLDER      # to try the program on it
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

from county import COUNTY, GOVERNMENT, UNITS, report, with_table, with_text
from inbox import listed, put, scan, xlsx_of
from samples import SampleReport, write

OFFICE: Final = f"{GOVERNMENT}办公室"
_EXEMPT: Final = f"{COUNTY}粮食和物资储备局"
_RENAMED: Final = f"{COUNTY}乡村振兴局"
_SITE: Final = "https://www.yunxixian.gov.cn/xxgk/"
RENAMES: Final = f"renames:\n  - {{old: {COUNTY}扶贫开发办公室, new: {_RENAMED}, year: 2024}}\n"
NOTICE: Final = "关于报送年度报告的通知\n各单位：\n2024年度应公布年度报告的单位共70家，请于1月31日前报送。\n2025年1月6日\n"
WEBSITE: Final = f"""<html><body><h1>{COUNTY}财政局网站工作年度报表（2024年度）</h1><table>
<tr><td>填报单位</td><td>{COUNTY}财政局</td></tr><tr><td>网站名称</td><td>{COUNTY}财政局网站</td></tr>
<tr><td>首页网址</td><td>https://czj.yunxixian.gov.cn</td></tr></table></body></html>"""


def reports() -> dict[str, SampleReport]:
    """What everybody but the government has sent in, by name."""
    return {name: report(unit) for name, unit in UNITS.items() if name not in (GOVERNMENT, _EXEMPT)}


def government(figures: dict[str, dict[tuple[str, str], str]], signed: str = "3月20日") -> SampleReport:
    """The report of the government with these figures, by table; the text says the same."""
    made = report(UNITS[GOVERNMENT], signed=signed)
    for key, cells in figures.items():
        made = with_table(made, key, lambda _own, cells=cells: cells)
    new, old = (figures["T3"][row, "total"] for row in ("R1", "R2"))
    made = with_text(
        made,
        "全年新收政府信息公开申请3件，没有上年结转的申请",
        f"全年新收政府信息公开申请{new}件，上年结转{old}件",
    )
    return replace(
        made, opening=(f"{made.opening[0]}本报告由{OFFICE}汇总各部门、各乡镇（街道）的数据编制。",)
    )


def added(every: dict[str, SampleReport]) -> dict[str, dict[tuple[str, str], str]]:
    """The figures of all tables, added up."""
    sums: dict[str, Counter[tuple[str, str]]] = {}
    for one in every.values():
        for key, cells in figures_of(one).items():
            sums.setdefault(key, Counter()).update({cell: int(text) for cell, text in cells.items()})
    return {key: {cell: str(sums[key][cell]) for cell in sums[key]} for key in sums}


def figures_of(made: SampleReport) -> dict[str, dict[tuple[str, str], str]]:
    """The figures of a report by table."""
    return {one.table.key: dict(one.table.figures) for one in made.sections if one.table}


def first_round() -> dict[str, bytes]:
    """Everybody's files; the government has lawsuits that no unit has."""
    every = reports()
    whole = added(every)
    for column in ("upheld", "total"):
        whole["T4"]["litigation_direct", column] = "2"
    files = {f"{UNITS[name].short}/{name}2024年报.docx": write(made, "docx") for name, made in every.items()}
    return files | {
        "政府/年报.docx": write(government(whole), "docx"),
        "财政局/网站年报.html": WEBSITE.encode(),
        "通知.txt": NOTICE.encode(),
        "说明.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(600),
    }


def second_round() -> dict[str, bytes]:
    """The government sends its report once more, and has put the figures of its office into it."""
    own = figures_of(report(UNITS[OFFICE]))
    return {"政府年报改.docx": write(government(own, "3月21日"), "docx")}


def last_year() -> dict[str, bytes]:
    """Some reports of the year before; what they carry over is what their units begin with, with two exceptions."""

    def carried(short: str, count: int, **how: str) -> SampleReport:
        return with_table(
            report(UNITS[COUNTY + short], year=2023, **how), "T3", lambda own: _carried(own, count)
        )

    police = with_text(carried("公安局", 4), "明白纸", "宣传页")
    made = {
        "财政局": carried("财政局", 1),
        "民政局": carried("民政局", 5),
        "公安局一": carried("公安局", 1),
        "公安局二": police,
        "扶贫办": carried("乡村振兴局", 4, name=f"{COUNTY}扶贫开发办公室"),
    }
    return {f"{name}.docx": write(one, "docx") for name, one in made.items()}


def _carried(own: dict[tuple[str, str], str], count: int) -> dict[tuple[str, str], str]:
    """Figures of table three of which so many requests are left to the next year."""
    changed = {**own, ("R1", "natural"): str(int(own["R1", "natural"]) + count)}
    changed |= {("R1", "total"): str(int(own["R1", "total"]) + count)}
    return changed | dict.fromkeys((("R4", "natural"), ("R4", "total")), str(count))


def published() -> dict[str, bytes]:
    """A list of links and saved pages, with every fault that there is a rule about."""
    lines = [["单位", "链接", "标题", "发布日期"]]
    for name, unit in UNITS.items():
        if unit.short in ("信访局", "粮食和物资储备局"):
            continue
        url, title, day = _link(unit.short, unit.number, name)
        lines.append([name, url, title, day])
        if unit.short == "财政局":
            lines += [
                [name, f"{_SITE}{year}_10.html", f"{name}{year}年年度报告", f"{year + 1}-01-20"]
                for year in (2022, 2023)
            ]
    health, emergency, city = (
        report(UNITS[COUNTY + short]) for short in ("卫生健康局", "应急管理局", "城市管理局")
    )
    other = with_table(emergency, "T2", lambda own: {**own, ("licensing", "decisions"): "999"})
    sections = tuple(
        replace(one, table=None) if one.table and one.table.key == "T3" else one for one in city.sections
    )
    return {
        "清单.xlsx": xlsx_of(*lines),
        "卫健.html": write(health, "html"),
        "应急.html": write(other, "html"),
        "城管.html": write(replace(city, sections=sections), "html"),
        "医保.pdf": scan(),
    }


def _link(short: str, number: int, name: str) -> tuple[str, str, str]:
    """Address, title and day of publication of a unit."""
    url, title, day = f"{_SITE}{number}.html", f"{name}2024年政府信息公开工作年度报告", "2025-01-20"
    if short == GOVERNMENT:
        day = "2025-03-21"
    changes = {
        "公安局": ("见县政府网站", title, day),
        "司法局": ("https://mp.example.com/s/1", title, day),
        "教育局": (f"{_SITE}教育局定稿.docx", title, day),
        "松坪镇": (f"{_SITE}{UNITS[f'{COUNTY}白鹭镇人民政府'].number}.html", title, day),
        "审计局": (url, f"{name}政府信息公开工作年度报告", day),
        "统计局": (url, f"{name}2023年政府信息公开工作年度报告", day),
        "水利局": (url, "", day),
        "商务局": (url, title, ""),
        "林业局": (url, title, "2025-01-10"),
        "体育局": (url, title, "2025-02-10"),
    }
    return changes.get(short, (url, title, day))


def put_all(folder: Path) -> Path:
    """Both inboxes with everything that belongs to them."""
    put(folder / "收件箱", first_round())
    put(folder / "收件箱2", second_round())
    put(folder / "2023年度", last_year())
    put(folder / "网上", published())
    return put(folder, {"单位.xlsx": listed(), "更名.yaml": RENAMES.encode()})


if __name__ == "__main__":
    put_all(Path(sys.argv[1]))
