"""Faults of the text: the five aspects, problems, fees, dates, style; and of the file itself."""

from __future__ import annotations

from typing import Final

from .changes import add, both, drop_paragraph, publish, say, sign, write
from .model import Fault

_LONG: Final = "".join(
    f"围绕第{number}项重点工作，局里召开现场会，把流程、时限、责任人逐项写进公示牌，放在办事大厅门口供群众对照。"
    for number in range(1, 16)
)

OVERVIEW: Final = (
    Fault("没写主动公开", "GEN-01", drop_paragraph(1, "（一）"), severity="warning", place=1),
    Fault("没写依申请公开", "GEN-02", drop_paragraph(1, "（二）"), severity="warning", place=1),
    Fault("没写信息管理", "GEN-03", drop_paragraph(1, "（三）"), severity="warning", place=1),
    Fault("没写平台建设", "GEN-04", drop_paragraph(1, "（四）"), severity="warning", place=1),
    Fault("没写监督保障", "GEN-05", drop_paragraph(1, "（五）"), severity="warning", place=1),
    Fault("没写考核和评议", "GEN-06", both(
        say(1, "政府信息公开占县直部门和乡镇年度绩效考核总分的4%，考核结果已在县政府网站通报，3家单位因更新滞后被扣分。", ""),
        say(1, "委托第三方开展社会评议，收回有效问卷612份，群众满意度为93.6%。", ""),
    ), base="county", severity="warning", place=1),
    Fault("没写责任追究", "GEN-06", say(
        1, "全年没有发生因信息公开不力被追究责任的情形，责任追究结果为零。", ""
    ), base="county", severity="warning", place=1),
    Fault("乡镇没写社会评议", "GEN-06", say(
        1, "年中请村民代表对公开情况作社会评议，满意率九成；", ""
    ), base="township", severity="warning", place=1),
    Fault("篇幅过长", "GEN-07", add(1, _LONG), severity="info", place=1),
    Fault("公开数量空着", "GEN-12", say(1, "公开各类信息438条，", "公开各类信息条，"), severity="warning", place=1),
    Fault("受理数量空着", "GEN-12", say(1, "全年新收政府信息公开申请9件，", "全年共受理申请件，"), severity="warning", place=1),
    Fault("政府公开数量空着", "GEN-12", say(1, "公开政府信息9126条，", "公开政府信息条，"), base="county",
          severity="warning", place=1),
)  # fmt: skip

PROBLEMS: Final = (
    Fault("没写问题", "Q-01", write(
        5, "一年来群众对我局公开工作给予肯定。下一步将继续完善图件公开方式，改进公示流程，让群众看得懂、查得到。"
    ), severity="error", place=5),
    Fault("没写改进", "Q-02", write(
        5, "存在的主要问题是规划图件多为专业格式，普通群众看不懂；个别乡镇自然资源所公示不够及时。"
    ), severity="error", place=5),
    Fault("下一步写成本年", "Q-05", say(5, "下一步逐步补齐", "2024年下一步将逐步补齐"), severity="warning", place=5),
    Fault("没写信息处理费", "O-01", write(6, "2024年没有其他需要报告的事项，也没有需要说明的例外。"), severity="warning"),
    Fault("收了费没写通知件数", "O-02", say(
        6, "沅平县自然资源局未收取政府信息公开信息处理费。", "沅平县自然资源局依法向申请人收取了信息处理费。"
    ), severity="info"),
    Fault("收费不是整十", "O-03", say(
        6, "沅平县自然资源局未收取政府信息公开信息处理费。",
        "沅平县自然资源局发出信息处理费收费通知1件，通知金额385元，实际收取信息处理费385元。",
    ), severity="info"),
    Fault("第六节只有无", "O-04", both(say(1, "登记、分办", "未收取信息处理费。登记、分办"), write(6, "无")), severity="info",
          place=6),
)  # fmt: skip

DATES: Final = (
    Fault("部门二月才公布", "DATE-01", sign("沅平县自然资源局", "2025年2月20日"), severity="error"),
    Fault("政府四月才公布", "DATE-02", both(sign("禾川县人民政府", "2024年4月12日"), publish(None)), base="county",
          severity="error"),
    Fault("政府网页四月才发布", "DATE-02", publish("2024-04-09"), base="county", severity="error", suffix="html"),
    Fault("乡镇二月才公布", "DATE-03", sign("禾川县松坪镇人民政府", "2025年2月18日"), base="township", severity="warning"),
    Fault("统计期没完就落款", "DATE-04", sign("沅平县自然资源局", "2024年12月20日"), severity="error"),
    Fault("网页发布早于统计期末", "DATE-04", publish("2023-12-25"), base="county", severity="error", suffix="html"),
    Fault("落款忘了改年份", "DATE-04", sign("沅平县自然资源局", "2024年1月16日"), severity="error"),
    Fault("落款年份写大了", "DATE-05", both(sign("禾川县人民政府", "2025年3月12日"), publish("2024-03-14")), base="county",
          severity="error", suffix="html"),
    Fault("乡镇落款年份写大了", "DATE-05", sign("禾川县松坪镇人民政府", "2026年1月19日"), base="township", severity="error"),
    Fault("落款晚于发布", "DATE-05", publish("2024-03-01"), base="county", severity="warning", suffix="html"),
    Fault("没有落款", "DATE-06", sign(), severity="info"),
    Fault("没有落款日期", "DATE-06", sign("沅平县自然资源局"), severity="info"),
    Fault("落款是别的单位", "DATE-06", sign("沅平县林业局", "2025年1月16日"), severity="warning"),
)  # fmt: skip

STYLE: Final = (
    Fault("同一句写了两遍", "STY-07", add(
        1, "信息发布实行股室初审、办公室复核、分管领导签发三道关口。"
    ), severity="info", place=1),
    Fault("残留书签", "STY-08", say(1, "（四）平台建设", "[bookmark: _GoBack]（四）平台建设"), severity="info"),
    Fault("残留扫一扫", "STY-08", add(5, "扫一扫在手机打开当前页"), severity="info"),
    Fault("残留图注", "STY-08", add(1, "图为工作人员向群众讲解规划公示图"), severity="info"),
    Fault("两个句号", "STY-09", say(1, "同步张贴。", "同步张贴。。"), severity="info", place=1),
    Fault("分号接句号", "STY-09", say(5, "一并说明。", "一并说明；。"), severity="info", place=5),
    Fault("括号不成对", "STY-09", say(1, "不动产登记大厅设查询机2台", "不动产登记大厅（一楼设查询机2台"), severity="info",
          place=1),
    Fault("满意度超过百分之百", "STY-10", say(1, "93.6%", "193.6%"), base="county", severity="warning", place=1),
    Fault("办结率是负数", "STY-10", say(1, "登记、分办", "按期办结率为-98%。登记、分办"), severity="warning", place=1),
    Fault("有身份证号", "STY-11", say(
        1, "登记、分办", "申请人身份证号为110101199003070011。登记、分办"
    ), severity="warning", place=1),
    Fault("有申请人姓名", "STY-11", say(1, "登记、分办", "其中申请人李建国要求公开补偿清单。登记、分办"), severity="warning",
          place=1),
)  # fmt: skip


def _cut_in_half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _with_lost_characters(data: bytes) -> bytes:
    lost = "\ufffd".encode()
    return data.replace("土地出让结果".encode(), lost * 3, 1)


READING: Final = (
    Fault("文档只下载了一半", "READ-01", suffix="docx", damage=_cut_in_half, severity="error"),
    Fault("空文件", "READ-01", damage=lambda _: b"", severity="error"),
    Fault("有丢失的字", "READ-01", damage=_with_lost_characters, severity="warning"),
)  # fmt: skip
