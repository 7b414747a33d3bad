"""A township's report for 2024 with the faults that such reports often have.

Period and signature bear the year before, a column of table three does not add up, the phone number lacks
its area code, a figure was never filled in, and neither the public's opinion, nor whether anybody was held
responsible, nor fees are spoken of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .model import SampleReport, SampleSection, SampleTable, filled_table

_T2: Final = filled_table("2021", "T2", {"licensing": "decisions=58", "penalties": "decisions=4"})
_T3: Final = filled_table("2021", "T3", {
    "R1": "natural=5 commercial=1",
    "A": "natural=3",
    "D1": "natural=1 commercial=1",
    "E1": "natural=1",
})  # fmt: skip
_T4: Final = filled_table("2021", "T4", {})


def _with_wrong_total(table: SampleTable) -> SampleTable:
    return replace(table, figures={**table.figures, ("S", "natural"): "6"})


TOWNSHIP_2024: Final = SampleReport(
    title="禾川县松坪镇人民政府2024年政府信息公开工作年度报告",
    opening=(
        "按照《中华人民共和国政府信息公开条例》的规定，松坪镇党政综合办公室整理了本镇一年来的信息公开情况，形成本报告。"
        "报告数据统计期限为2023年1月1日至2023年12月31日，可在禾川县人民政府网站（www.hechuanxian.gov.cn）查阅、下载。"
        "如有疑问请联系松坪镇党政综合办公室（地址：禾川县松坪镇正街88号，邮编：557306，电话：5550188）。",
    ),
    sections=(
        SampleSection("一、总体情况", (
            "2024年，松坪镇人民政府结合山区群众居住分散的实际，把网上公开和院坝会、赶场天宣讲结合起来。",
            "（一）主动公开情况。全年通过县政府网站公开信息条，其中惠农补贴、低保救助、项目招标等民生信息占六成以上；"
            "镇村两级公开栏张贴公示210余份。",
            "（二）依申请公开情况。收到申请后先打电话核实需求，能当场说清的当场说清，需要书面答复的按期答复。",
            "（三）政府信息管理情况。落实“先审后发”，文字由经办人校对、内容由分管领导把关，涉及村民个人信息的一律隐去。",
            "（四）平台建设情况。镇政务服务大厅设信息查阅点1处，各村配备流动公示板，方便老人就近查看。",
            "（五）监督保障情况。镇纪委每季度抽查公开栏，对更新不及时的两个村作了提醒；年度考核中信息公开占3分，"
            "考核结果为全镇各村均达标。",
        )),
        SampleSection("二、主动公开政府信息情况", table=_T2),
        SampleSection("三、收到和处理政府信息公开申请情况", table=_with_wrong_total(_T3)),
        SampleSection("四、政府信息公开行政复议、行政诉讼情况", table=_T4),
        SampleSection("五、存在的主要问题及改进情况", (
            "主要问题是村级公开人员多为兼职，更换频繁，公示格式五花八门，，群众反映看着费劲。",
            "下一步将统一公示模板，并由包村干部每月上门指导一次，帮助新接手的同志尽快熟悉。",
        )),
        SampleSection("六、其他需要报告的事项", ("无其他需要报告的事项。",)),
    ),
    signature=("松坪镇人民政府", "2024年1月19日"),
)  # fmt: skip
