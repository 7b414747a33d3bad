"""A county department's report for 2020, on the form then in force, without a fault."""

from __future__ import annotations

from typing import Final

from .model import SampleReport, SampleSection, filled_table

_T2: Final = filled_table("2019", "T2", {
    "normative_documents": "produced=2 disclosed=2 total_disclosed=11",
    "licensing": "last_year_items=9 change=+1 decisions=264",
    "other_services": "last_year_items=6 decisions=131",
    "penalties": "last_year_items=52 change=-2 decisions=37",
    "coercion": "last_year_items=4 decisions=1",
    "fees": "last_year_items=3",
    "procurement": "items=12 amount=418.07",
})  # fmt: skip
_T3: Final = filled_table("2019", "T3", {
    "R1": "natural=4 commercial=1",
    "R2": "natural=1",
    "A": "natural=2 commercial=1",
    "C4": "natural=1",
    "D2": "natural=1",
    "F": "natural=1",
})  # fmt: skip
_T4: Final = filled_table("2019", "T4", {"litigation_direct": "upheld=1"})

HEALTH_2020: Final = SampleReport(
    title="禾川县卫生健康局2020年政府信息公开工作年度报告",
    opening=(
        "本报告根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作"
        "年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制，由总体情况、主动公开政府信息情况、"
        "收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、"
        "其他需要报告的事项六部分组成。数据统计期限为2020年1月1日至2020年12月31日。"
        "报告电子版可从禾川县人民政府网站（www.hechuanxian.gov.cn）下载。联系单位：禾川县卫生健康局办公室，"
        "地址：禾川县城关镇康宁路15号，邮编：557312，电话：0855-5550133。",
    ),
    sections=(
        SampleSection("一、总体情况", (
            "2020年，禾川县卫生健康局在疫情防控最吃紧的时候坚持一日一报，让群众及时知道身边的情况。",
            "（一）主动公开。全年公开信息587条，其中疫情通报和防护提示243条、医疗机构许可结果96条，"
            "其余为采购、招聘和工作动态。",
            "（二）依申请公开。新收申请5件，上年结转1件，全部按期办结，没有结转下年度的申请。",
            "（三）政府信息管理。疫情数据由专人与疾控中心核对后发布，病人姓名和住址一律不出现。",
            "（四）平台建设。在微信公众号设“就医指南”菜单，发热门诊名单随时更新。",
            "（五）监督保障。局办公室逐月核对更新情况，年终考核中信息公开占5分。",
        )),
        SampleSection("二、主动公开政府信息情况", table=_T2),
        SampleSection("三、收到和处理政府信息公开申请情况", table=_T3),
        SampleSection("四、政府信息公开行政复议、行政诉讼情况", table=_T4),
        SampleSection("五、存在的主要问题及改进情况", (
            "主要问题是乡镇卫生院公开的收费项目不够完整，群众对照不便。",
            "改进情况：已将全县统一的收费目录发到各卫生院张贴，今后目录调整后五个工作日内同步更换。",
        )),
        SampleSection("六、其他需要报告的事项", ("没有其他需要报告的事项。",)),
    ),
    signature=("禾川县卫生健康局", "2021年1月20日"),
)  # fmt: skip
