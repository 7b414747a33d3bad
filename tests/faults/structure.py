"""Faults of form, title, sections and opening."""

from __future__ import annotations

from typing import Final

from samples import WATER_2023
from samples.model import SampleReport, SampleTable, filled_table

from .changes import (
    add,
    both,
    drop_section,
    drop_table,
    head,
    insert_section,
    lead,
    order,
    put_table,
    say,
    title,
    write,
)
from .model import Fault


def _table_of(report: SampleReport, number: int) -> SampleTable:
    table = report.sections[number - 1].table
    assert table
    return table


_OLD_T2: Final = _table_of(WATER_2023, 2)
_OLD_T3: Final = filled_table("2019", "T3", {
    "R1": "natural=6 commercial=2 other=1",
    "R2": "natural=1",
    "A": "natural=3 commercial=1",
    "B": "natural=1",
    "C7": "commercial=1",
    "D1": "natural=1 other=1",
    "E2": "natural=1",
    "R4": "natural=1",
})  # fmt: skip
_NEW_T2: Final = filled_table(
    "2021", "T2", {"normative_documents": "made=2 valid=11", "licensing": "decisions=264"}
)
_NEW_T3: Final = filled_table("2021", "T3", {
    "R1": "natural=4 commercial=1",
    "R2": "natural=1",
    "A": "natural=2 commercial=1",
    "C4": "natural=1",
    "D2": "natural=1",
    "F3": "natural=1",
})  # fmt: skip
# The text is written to agree with the tables that take the place of its own.
_OLD_T2_TOLD: Final = both(
    put_table(_OLD_T2), say(1, "行政规范性文件2件，废止1件，现行有效9件", "行政规范性文件1件，现行有效6件")
)
_OLD_TABLES_WITH_NAMES: Final = both(_OLD_T2_TOLD, put_table(_OLD_T3))

DOCUMENT: Final = (
    Fault("整套旧表", "DOC-01", _OLD_TABLES_WITH_NAMES, severity="error", place="T2"),
    Fault("政府报告用整套旧表", "DOC-01", both(
        put_table(_OLD_T2),
        say(1, "行政规范性文件6件，废止3件，现行有效41件", "行政规范性文件1件，现行有效6件"),
        put_table(filled_table("2019", "T3", {"R1": "natural=20", "A": "natural=20"})),
        say(1, "申请91件，上年结转5件，办结91件，结转下年度继续办理5件", "申请20件，办结20件"),
    ), base="county", severity="error"),
    Fault("表三是旧表", "DOC-02", put_table(_OLD_T3), severity="error"),
    Fault("表二是旧表", "DOC-02", _OLD_T2_TOLD, severity="error"),
    Fault("旧年度用新表", "DOC-03", both(put_table(_NEW_T2), put_table(_NEW_T3)), base="old form", severity="warning"),
    Fault("标题写成工作报告", "DOC-04", title("沅平县自然资源局2024年政府信息公开工作报告"), severity="warning"),
    Fault("标题写成年报", "DOC-04", title("沅平县自然资源局2024年政府信息公开年报"), severity="warning"),
    Fault("标题重复年度", "DOC-04", title("沅平县自然资源局2024年度政府信息公开工作年度报告"), severity="warning"),
    Fault("标题带关于", "DOC-04", title("沅平县自然资源局关于2024年政府信息公开工作年度报告"), severity="warning"),
    Fault("标题缺单位", "DOC-04", title("2024年政府信息公开工作年度报告"), severity="warning"),
    Fault("正文写成上一年", "DOC-05", both(
        say(1, "2024年，", "2023年，"), say(1, "全年在县政府", "2023年在县政府")
    ), severity="error"),
    Fault("标题忘了改年份", "DOC-05", title("沅平县自然资源局2023年政府信息公开工作年度报告"), severity="error"),
    Fault("带着报送函的抬头", "DOC-07", lead("沅平县人民政府：", "现将我局的报告呈上，请审阅。"), severity="info"),
    Fault("带着印发通知", "DOC-07", lead(
        "沅平县自然资源局关于印发2024年政府信息公开工作年度报告的通知", "各股室、各自然资源所："
    ), severity="info"),
)  # fmt: skip

SECTIONS: Final = (
    Fault("缺总体情况", "SEC-01", drop_section(1), severity="error", place=1),
    Fault("缺复议诉讼", "SEC-01", drop_section(4), severity="error", place=4),
    Fault("缺问题改进", "SEC-01", drop_section(5), severity="error", place=5),
    Fault("缺其他事项", "SEC-01", both(
        say(1, "（五）", "本年度未收取信息处理费。（五）"), drop_section(6)
    ), severity="error", place=6),
    Fault("问题与其他事项颠倒", "SEC-02", order(1, 2, 3, 4, 6, 5), severity="warning"),
    Fault("表三与表四两节颠倒", "SEC-02", order(1, 2, 4, 3, 5, 6), severity="warning"),
    Fault("编号跳到七", "SEC-03", head(6, "七、其他需要报告的事项"), severity="warning", place=6),
    Fault("两个五", "SEC-03", head(6, "五、其他需要报告的事项"), severity="warning", place=6),
    Fault("两个二", "SEC-03", head(3, "二、收到和处理政府信息公开申请情况"), severity="warning", place=3),
    Fault("标题缺改进", "SEC-04", head(5, "五、存在问题"), severity="warning", place=5),
    Fault("标题写成依申请公开情况", "SEC-04", head(3, "三、依申请公开情况"), severity="warning", place=3),
    Fault("标题语序不同", "SEC-04", head(2, "二、政府信息主动公开情况"), severity="warning", place=2),
    Fault("标题写成概述", "SEC-04", head(1, "一、概述"), severity="warning", place=1),
    Fault("旧条例的申诉", "SEC-04", head(4, "四、复议、诉讼和申诉情况"), severity="warning", place=4),
    Fault("总体情况是空的", "SEC-05", write(1), place=1),
    Fault("问题改进是空的", "SEC-05", write(5), place=5),
    Fault("问题改进只有占位文字", "SEC-05", write(5, "（文字描述）"), place=5),
    Fault("缺表二", "SEC-06", drop_table("T2"), severity="error"),
    Fault("缺表三", "SEC-06", drop_table("T3"), severity="error"),
    Fault("缺表四", "SEC-06", drop_table("T4"), severity="error"),
    Fault("表四换成一句话", "SEC-06", both(
        drop_table("T4"), write(4, "本年度行政复议和行政诉讼情况详见附件中的统计表。")
    ), severity="error"),
    Fault("说五个部分", "SEC-07", say(0, "六个部分", "五个部分"), severity="warning", place=0),
    Fault("说七个部分", "SEC-07", say(0, "六个部分", "七个部分"), base="county", severity="warning", place=0),
    Fault("少列一个部分", "SEC-07", say(0, "存在的主要问题及改进情况、", ""), severity="warning", place=0),
    Fault("多了收费减免一节", "SEC-08", insert_section(
        5, "政府信息公开的收费及减免情况", "本年度没有向申请人收取任何费用。"
    ), severity="warning"),
    Fault("多了工作打算一节", "SEC-08", insert_section(
        7, "明年的工作打算", "继续完善专栏分类，方便群众查找。"
    ), severity="warning"),
)  # fmt: skip

OPENING: Final = (
    Fault("没有依据", "INT-01", say(
        0, "依据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制", "编制"
    ), severity="info"),
    Fault("条例名称少了政府", "INT-01", say(0, "《中华人民共和国政府信息公开条例》", "《中华人民共和国信息公开条例》"),
          severity="warning", place=0),
    Fault("文号写错", "INT-01", say(0, "〔2021〕30号", "〔2021〕13号"), severity="warning", place=0),
    Fault("依据旧格式", "INT-02", say(0, "〔2021〕30号", "〔2019〕60号"), severity="warning", place=0),
    Fault("依据旧通知", "INT-02", say(
        0, "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）", "《关于政府信息公开工作年度报告有关事项的通知》"
    ), severity="warning", place=0),
    Fault("引旧条例的令号", "INT-03", say(
        0, "《中华人民共和国政府信息公开条例》", "《中华人民共和国政府信息公开条例》（国务院令第492号）"
    ), severity="warning"),
    Fault("引旧条例的条文", "INT-03", say(
        0, "《中华人民共和国政府信息公开条例》", "《中华人民共和国政府信息公开条例》第三十二条"
    ), severity="warning"),
    Fault("写旧的收费名目", "INT-03", say(6, "未收取", "未向申请人收取检索费、复制费、邮寄费，也未收取"), severity="warning"),
    Fault("统计期是上一年", "INT-04", say(
        0, "2024年1月1日起至2024年12月31日", "2023年1月1日起至2023年12月31日"
    ), severity="error", place=0),
    Fault("统计期少一个月", "INT-04", say(0, "至2024年12月31日", "至2024年11月30日"), severity="error", place=0),
    Fault("没有统计期", "INT-04", say(
        0, "所列数据的统计期限自2024年1月1日起至2024年12月31日止。", ""
    ), severity="info", place=0),
    Fault("统计期写了两种", "INT-05", add(
        0, "其中公开数量的统计时间为2024年1月1日至2024年11月30日。"
    ), severity="info", place=0),
    Fault("没有获取途径", "INT-06", both(
        say(0, "报告电子版可在沅平县人民政府网站（www.yuanpingxian.gov.cn）“政府信息公开年报”栏目查阅、下载。", ""),
    ), severity="info", place=0),
    Fault("电话没有区号", "INT-07", say(0, "电话：0745-5550126", "电话：5550126"), severity="info", place=0),
    Fault("缺邮编", "INT-07", say(0, "邮编：418526；", ""), severity="info", place=0),
    Fault("缺地址", "INT-07", say(0, "地址：沅平县文澜路26号；", ""), severity="info", place=0),
    Fault("邮编少一位", "INT-07", say(0, "418526", "41852"), severity="info", place=0),
    Fault("个人邮箱", "INT-08", say(0, "zrzyj@yuanpingxian.gov.cn", "825550126@qq.com"), severity="info", place=0),
    Fault("个人手机号", "INT-08", say(0, "0745-5550126", "13955501260"), severity="info", place=0),
)  # fmt: skip
