"""A county department's report for 2024, without a fault."""

from __future__ import annotations

from typing import Final

from .model import SampleReport, SampleSection, filled_table

_T2: Final = filled_table("2021", "T2", {
    "normative_documents": "made=2 repealed=1 valid=9",
    "licensing": "decisions=316",
    "penalties": "decisions=42",
    "coercion": "decisions=3",
    "fees": "amount=218.6",
})  # fmt: skip
_T3: Final = filled_table("2021", "T3", {
    "R1": "natural=6 commercial=2 other=1",
    "R2": "natural=1",
    "A": "natural=3 commercial=1",
    "B": "natural=1",
    "C7": "commercial=1",
    "D1": "natural=1 other=1",
    "E2": "natural=1",
    "R4": "natural=1",
})  # fmt: skip
_T4: Final = filled_table("2021", "T4", {"review": "upheld=1", "litigation_after_review": "pending=1"})

DEPARTMENT_2024: Final = SampleReport(
    title="沅平县自然资源局2024年政府信息公开工作年度报告",
    opening=(
        "本报告由沅平县自然资源局依据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        "（国办公开办函〔2021〕30号）编制。全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
        "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。"
        "所列数据的统计期限自2024年1月1日起至2024年12月31日止。报告电子版可在沅平县人民政府网站"
        "（www.yuanpingxian.gov.cn）“政府信息公开年报”栏目查阅、下载。对报告有疑问的，请与沅平县自然资源局办公室联系"
        "（地址：沅平县文澜路26号；邮编：418526；电话：0745-5550126；传真：0745-5550127；"
        "电子邮箱：zrzyj@yuanpingxian.gov.cn）。",
    ),
    sections=(
        SampleSection("一、总体情况", (
            "2024年，沅平县自然资源局围绕耕地保护、规划许可、不动产登记三件群众最常打听的事，把该公开的公开到位、"
            "把该讲明的讲明白。",
            "（一）主动公开。全年在县政府网站公开各类信息438条，其中征地批后实施公告27条、土地出让结果64条、"
            "规划许可批前公示112条，其余为工作动态和通知公告。围绕宅基地审批新规发布图文解读5篇，"
            "在村务公开栏同步张贴。",
            "（二）依申请公开。全年新收政府信息公开申请9件，上年结转1件，共办结9件，结转下年度继续办理1件。"
            "登记、分办、审核、答复各环节均留有记录，答复书由法规股统一审核后发出。",
            "（三）政府信息管理。全年制发行政规范性文件2件，废止1件，现行有效9件，均在专栏集中展示并标注效力。"
            "信息发布实行股室初审、办公室复核、分管领导签发三道关口。",
            "（四）平台建设。专栏按群众办事顺序重新分类，新增“征地信息”入口；不动产登记大厅设查询机2台，"
            "可现场打印公开目录。",
            "（五）监督保障。把信息公开列入股室年度考核，每季度通报一次更新情况；全年组织业务培训2次，"
            "参训56人次。",
        )),
        SampleSection("二、主动公开政府信息情况", table=_T2),
        SampleSection("三、收到和处理政府信息公开申请情况", table=_T3),
        SampleSection("四、政府信息公开行政复议、行政诉讼情况", table=_T4),
        SampleSection("五、存在的主要问题及改进情况", (
            "对照群众需要，工作中还存在两个问题：一是规划图件多为专业格式，普通群众看不懂、打不开；"
            "二是个别乡镇自然资源所更新公示不够及时，有时批准后十来天才上网。",
            "针对第一个问题，已为新批规划配上手绘示意图和一页说明，下一步逐步补齐历年图件；针对第二个问题，"
            "改为由县局窗口在批准当日统一上传，自然资源所只负责核对，改进效果在每季度通报中一并说明。",
        )),
        SampleSection("六、其他需要报告的事项", (
            "2024年，沅平县自然资源局未收取政府信息公开信息处理费。没有其他需要报告的事项。",
        )),
    ),
    signature=("沅平县自然资源局", "2025年1月16日"),
)  # fmt: skip
