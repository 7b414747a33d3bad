"""Changes of a clean report that break no requirement, though a hasty check would stumble over them."""

from __future__ import annotations

from typing import Final

from faults.changes import Change, add, both, cell, cells, head, label, lead, publish, say, sign, write

HARMLESS: Final[dict[str, tuple[str, Change]]] = {
    # titles of sections and of rows
    "标题用“和”": ("department", head(4, "四、政府信息公开行政复议和行政诉讼情况")),
    "标题用长写法": ("department", head(4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼的情况")),
    "标题带行政机关": ("department", both(
        head(2, "二、行政机关主动公开政府信息情况"), head(3, "三、行政机关收到和处理政府信息公开申请情况")
    )),
    "标题少个的": ("department", both(head(5, "五、存在主要问题及改进情况"), head(6, "六、其他需要报告事项"))),
    "标题写成其他需要说明": ("county", head(6, "六、其他需要说明的事项")),
    "标题是总体工作情况": ("county", head(1, "一、总体工作情况")),
    "标题前有残留书签": ("department", head(6, "[bookmark: _GoBack]六、其他需要报告的事项")),
    "标题用圆点": ("department", both(head(1, "一．总体情况"), head(2, "二．主动公开政府信息情况"))),
    "小标题像部分标题": ("department", both(
        say(1, "（一）主动公开。", "（一）主动公开情况。"), say(1, "（二）依申请公开。", "（二）收到和处理政府信息公开申请情况。")
    )),
    "小标题单独成行": ("department", write(
        1,
        "2024年，沅平县自然资源局按时完成各项公开任务。",
        "（一）主动公开政府信息情况",
        "全年在县政府网站公开各类信息438条，其中征地信息27条。",
        "（二）依申请公开情况",
        "新收政府信息公开申请9件，上年结转1件，办结9件，结转下年度继续办理1件。",
        "（三）政府信息资源管理情况",
        "制发行政规范性文件2件，废止1件，现行有效9件，发布前均经保密审查。",
        "（四）信息公开平台建设情况",
        "专栏改版一次，新增“征地信息”入口。",
        "（五）监督保障情况",
        "信息公开列入年度考核，组织业务培训2次。",
    )),
    "开头的目录不是标题": ("department", lead(
        "目录", "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    )),
    "多写一个方面": ("department", add(1, "（六）重点领域。惠农补贴、征地补偿等信息按月更新。")),
    "行名有空格和换行": ("department", both(label("T2", "规章", "规 章"), label("T3", "商业企业", "商业\n企业"))),
    "行名是旧叫法": ("department", label("T2", "行政规范性文件", "规范性文件")),
    "列名换了写法": ("department", both(
        label("T2", "本年收费金额（单位：万元）", "本年收费金额(万元)"), label("T2", "现行有效件数", "现行有效件")
    )),
    "总计写成合计": ("department", both(label("T3", "总计", "合计"), label("T4", "总计", "合计"))),
    "三安全没有引号": ("department", label("T3", "3.危及“三安全一稳定”", "3.危及三安全一稳定")),
    # figures
    "千分位": ("county", cells({"T2[licensing, decisions]": "18,234", "T2[penalties, decisions]": "2，716"})),
    "全角数字": ("department", cells({"T2[licensing, decisions]": "３１６", "T3[R1, natural]": "６"})),
    "数字中间有空格": ("department", cell("T3[R1, total]", " 9 ")),
    "收费没有小数": ("county", cell("T2[fees, amount]", "3186")),
    "收费是一位小数": ("county", cell("T2[fees, amount]", "3186.4")),
    "收费为零写两位小数": ("department", cell("T2[fees, amount]", "0.00")),
    "规章一行划斜杠": ("township", cell("T2[regulations]", "/")),
    "规章一行写无": ("department", cell("T2[regulations]", "无")),
    "没有的都划横线": ("department", cells({"T3[C1]": "—", "T3[C2]": "-", "T4[litigation_direct]": "—"})),
    "制发等于现行有效加废止": ("department", both(cells({
        "T2[normative_documents, made]": "2", "T2[normative_documents, repealed]": "2", "T2[normative_documents, valid]": "0",
    }), say(1, "废止1件，现行有效9件", "废止2件，现行有效0件"))),
    "旧表增减写加减号": ("old form", cells({"T2[licensing, change]": "＋1", "T2[penalties, change]": "-2"})),
    # period and contact
    "统计期用短横": ("department", say(0, "自2024年1月1日起至2024年12月31日止", "为2024年1月1日—12月31日")),
    "统计期省了后面的年": ("department", say(0, "自2024年1月1日起至2024年12月31日止", "从2024年1月1日起到12月31日止")),
    "统计期是全角数字": ("department", say(0, "自2024年1月1日起至2024年12月31日止", "自２０２４年１月１日至２０２４年１２月３１日")),
    "电话区号带长横": ("department", say(0, "0745-5550126", "0745—5550126")),
    "两个电话": ("department", say(0, "0745-5550126", "0745-5550126、0745-5550128")),
    "编制依据加令号": ("county", say(
        0, "《中华人民共和国政府信息公开条例》", "《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）"
    )),
    # years
    "与上年比较": ("county", say(1, "政府信息9126条", "政府信息9126条，比2022年的8410条增加8.5%")),
    "说到上年决算": ("department", say(1, "其余为工作动态和通知公告", "其余为工作动态、2023年部门决算和通知公告")),
    "文件名是下一年的": ("department", say(
        1, "发布图文解读5篇", "发布图文解读5篇，印发《沅平县2025年度土地供应计划》并同步公开"
    )),
    "下一步写明下一年": ("department", say(5, "下一步逐步补齐历年图件", "2025年将逐步补齐历年图件")),
    "回看本年的问题": ("department", say(5, "下一步逐步补齐", "下一步，结合2024年排查出的问题逐步补齐")),
    "部分数用括号夹注": ("department", say(0, "六个部分组成", "六个部分（含三张统计表）组成")),
    # signature and dates
    "日期有空格": ("department", sign("沅平县自然资源局", "2025年1月16 日")),
    "日期是汉字": ("department", sign("沅平县自然资源局", "二〇二五年一月十六日")),
    "落款与日期同一行": ("department", sign("沅平县自然资源局　2025年1月16日")),
    "落款在期限最后一天": ("department", sign("沅平县自然资源局", "2025年1月31日")),
    "政府报告三月底公布": ("county", both(sign("禾川县人民政府", "2024年3月29日"), publish("2024-03-31"))),
    "政府报告由办公室落款": ("county", sign("禾川县人民政府办公室", "2024年3月12日")),
    # words
    "写收到信件不是申请": ("county", add(1, "县长信箱全年收到来信238件，办结231件，其余按规定转办。")),
    "条例条款不是漏填数字": ("department", say(
        1, "在村务公开栏同步张贴", "对照条例、条款逐项公开条件和依据，在村务公开栏同步张贴"
    )),
    "写了收费情况": ("department", say(
        6, "沅平县自然资源局未收取政府信息公开信息处理费。",
        "沅平县自然资源局发出信息处理费收费通知1件，通知金额400元，实际收取信息处理费400元。",
    )),
    "收费写在第一部分": ("department", both(
        say(1, "登记、分办", "没有产生信息处理费。登记、分办"), write(6, "没有其他需要报告的事项。")
    )),
    "增长率超过百分之百": ("county", say(1, "办理网民留言1407条", "办理网民留言1407条，同比增长136.2%")),
    "带序号的列举": ("department", say(1, "登记、分办、审核、答复各环节", "1）登记，2）分办，3）审核，4）答复，各环节")),
    "按时答复率百分之百": ("department", say(1, "登记、分办", "按期答复率100%。登记、分办")),
}  # fmt: skip
