"""A county department's report for 2023 that still uses the tables of the form of 2019."""

from __future__ import annotations

from typing import Final

from .model import SampleReport, SampleSection, filled_table

_T2: Final = filled_table("2019", "T2", {
    "normative_documents": "produced=1 disclosed=1 total_disclosed=6",
    "licensing": "last_year_items=14 decisions=73",
    "other_services": "last_year_items=5 decisions=21",
    "penalties": "last_year_items=38 decisions=9",
    "coercion": "last_year_items=11",
    "fees": "last_year_items=2",
    "procurement": "items=7 amount=86.35",
})  # fmt: skip
_T3: Final = filled_table("2019", "T3", {
    "R1": "natural=2 commercial=1",
    "A": "natural=1 commercial=1",
    "D1": "natural=1",
})  # fmt: skip
_T4: Final = filled_table("2019", "T4", {})

WATER_2023: Final = SampleReport(
    title="沅平县水利局2023年政府信息公开工作年度报告",
    opening=(
        "本报告依据《中华人民共和国政府信息公开条例》编制，反映沅平县水利局在2023年1月1日至2023年12月31日统计期内"
        "公开政府信息的情况，电子版可在沅平县人民政府网站（www.yuanpingxian.gov.cn）下载。联系地址：沅平县澧水路9号，"
        "邮编：418526，联系电话：0745-5550166。",
    ),
    sections=(
        SampleSection("一、总体情况", (
            "2023年，沅平县水利局围绕水库安全、农村供水和取水许可公开信息，回应群众关切。",
            "（一）主动公开。全年公开信息166条，其中汛期水情通报58条、水质检测结果24条、取水许可决定73条，"
            "其余为工程建设公告。",
            "（二）依申请公开。全年新收申请3件，已全部按期答复，没有上年结转和结转下年度的申请。",
            "（三）政府信息管理。对历年文件逐份核对，制发规范性文件1件，水库名录等基础信息更新到年底。",
            "（四）平台建设。在专栏中增设“供水停水通知”，停水前一天发布，乡镇水厂电话一并列出。",
            "（五）监督保障。局办公室每月检查一次更新情况，年底对各股室打分，未出现泄密和超期答复。",
        )),
        SampleSection("二、主动公开政府信息情况", table=_T2),
        SampleSection("三、收到和处理政府信息公开申请情况", table=_T3),
        SampleSection("四、政府信息公开行政复议、行政诉讼情况", table=_T4),
        SampleSection("五、存在的主要问题及改进情况", (
            "存在的主要问题：水质检测结果只有表格，缺少对指标含义的解释；取水许可决定上网时间偏晚。",
            "改进措施：自下一期起为检测结果附上通俗说明，许可决定在作出之日起三个工作日内上网。",
        )),
        SampleSection("六、其他需要报告的事项", ("本年度未收取信息处理费，没有其他需要报告的事项。",)),
    ),
    signature=("沅平县水利局", "2024年1月22日"),
)  # fmt: skip
