"""A county government's report for 2023, without a fault; published on the county's site."""

from __future__ import annotations

from typing import Final

from .model import SampleReport, SampleSection, filled_table

_T2: Final = filled_table("2021", "T2", {
    "normative_documents": "made=6 repealed=3 valid=41",
    "licensing": "decisions=18234",
    "penalties": "decisions=2716",
    "coercion": "decisions=133",
    "fees": "amount=3186.42",
})  # fmt: skip
_T3: Final = filled_table("2021", "T3", {
    "R1": "natural=74 commercial=11 public_welfare=1 legal=3 other=2",
    "R2": "natural=4 commercial=1",
    "A": "natural=31 commercial=5 legal=2 other=1",
    "B": "natural=9 commercial=2",
    "C4": "natural=2 commercial=1",
    "C7": "natural=3",
    "C8": "natural=4 legal=1",
    "D1": "natural=12 commercial=2 public_welfare=1",
    "D2": "natural=3",
    "E1": "natural=5",
    "E2": "natural=2",
    "F1": "natural=2 commercial=1",
    "F3": "natural=1 other=1",
    "R4": "natural=4 commercial=1",
})  # fmt: skip
_T4: Final = filled_table("2021", "T4", {
    "review": "upheld=5 corrected=1 other=1 pending=1",
    "litigation_direct": "upheld=1",
    "litigation_after_review": "upheld=1 pending=1",
})  # fmt: skip

COUNTY_2023: Final = SampleReport(
    title="禾川县人民政府2023年政府信息公开工作年度报告",
    opening=(
        "根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号），"
        "禾川县人民政府办公室汇总县直部门和各乡镇上一年度情况，编成本报告。报告包括总体情况、主动公开政府信息情况、"
        "收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、"
        "其他需要报告的事项等六个部分。除特别说明外，统计期限从2023年1月1日至2023年12月31日。"
        "报告全文可在禾川县人民政府门户网站（http://www.hechuanxian.gov.cn）下载。如有疑问，"
        "请联系禾川县人民政府办公室政务公开股（地址：禾川县城关镇府前街1号，邮政编码：557312，"
        "联系电话：0855-5550101，传真：0855-5550102，邮箱：zwgk@hechuanxian.gov.cn）。",
    ),
    sections=(
        SampleSection("一、总体情况", (
            "2023年，禾川县人民政府把信息公开当作听民声、解民忧的日常渠道，各项任务按期完成。",
            "（一）主动公开。县政府门户网站全年公开政府信息9126条，解读文件63份，办理网民留言1407条；"
            "就供水管网改造、义务教育学位、农村公路养护等事项公开征求意见8次，逐条公布采纳情况。",
            "（二）依申请公开。全县新收政府信息公开申请91件，上年结转5件，办结91件，结转下年度继续办理5件。"
            "县政府办公室统一答复文书格式，对疑难申请组织会商12次。",
            "（三）政府信息管理。全年制发行政规范性文件6件，废止3件，现行有效41件，"
            "文件库每季度核对一次，失效文件当日标注。",
            "（四）平台建设。完成门户网站改版，开设“惠民补贴”“食品抽检”两个专区；"
            "全县22家政务新媒体全部纳入监测，关停长期不更新的账号3个。",
            "（五）监督保障。县政府办公室配备专职人员2名，全年培训3次、320人次。政府信息公开占县直部门和乡镇年度绩效考核"
            "总分的4%，考核结果已在县政府网站通报，3家单位因更新滞后被扣分。委托第三方开展社会评议，"
            "收回有效问卷612份，群众满意度为93.6%。全年没有发生因信息公开不力被追究责任的情形，责任追究结果为零。",
        )),
        SampleSection("二、主动公开政府信息情况", table=_T2),
        SampleSection("三、收到和处理政府信息公开申请情况", table=_T3),
        SampleSection("四、政府信息公开行政复议、行政诉讼情况", table=_T4),
        SampleSection("五、存在的主要问题及改进情况", (
            "过去一年的工作还有不足：部分乡镇公开的惠农资金明细过于简单，群众要到镇上才能问清楚；"
            "少数部门解读文件习惯摘抄原文，看完仍不知道怎么办。",
            "下一步主要做两件事：统一惠农资金公开样表，把发放标准、户数、金额和咨询电话一次列全；"
            "把解读质量交给群众打分，得分低的退回重写，结果每半年公布一次。",
        )),
        SampleSection("六、其他需要报告的事项", (
            "全县各行政机关本年度未收取信息处理费。除此以外，没有其他需要报告的事项。",
        )),
    ),
    signature=("禾川县人民政府", "2024年3月12日"),
    published="2024-03-14",
)  # fmt: skip
