"""Made-up reports of a county's units of which some are copied from others, in the ways in which people copy."""

from __future__ import annotations

from random import Random

PLACES = (
    "白鹭",
    "松坪",
    "石桥",
    "青杨",
    "柳林",
    "大坝",
    "双河",
    "金鸡",
    "高寨",
    "河口",
    "竹园",
    "麻柳",
    "桐木",
    "花溪",
    "罗汉",
    "黄泥",
)
MATTERS = (
    "林业",
    "水利",
    "粮食",
    "档案",
    "体育",
    "渔业",
    "蚕桑",
    "茶叶",
    "气象",
    "供销",
    "农机",
    "旅游",
    "规划",
    "统计",
    "物价",
    "信访",
)
COMMON = (
    "{name}认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外。",
    "全年通过县政府网站主动公开各类信息{a}条，其中政策文件{b}件。",
    "依申请公开方面，进一步规范受理、登记、办理、答复的流程。",
    "政府信息管理方面，严格执行先审后发，落实三审三校。",
    "平台建设方面，指定专人负责栏目的日常更新和维护。",
    "监督保障方面，把政务公开纳入年度考核，全年组织培训{c}次。",
    "{name}全年未收到政府信息公开申请，未发生行政复议和行政诉讼。",
    "一是公开的内容还不够丰富，二是工作人员的业务水平有待提高。",
    "下一步，我单位将加强学习，不断提高政务公开的质量和水平。",
)
"""Sentences that most units take over from last year or from each other without a thought."""
_DID = (
    "整理",
    "核对",
    "补录",
    "公示",
    "拍照留存",
    "绘成图表",
    "改写",
    "翻译成方言",
    "装订成册",
    "逐户送达",
    "张贴",
    "朗读",
    "录成短片",
    "做成折页",
    "分类归档",
    "逐条批注",
)
_WHAT = (
    "年度计划",
    "收费清单",
    "巡查记录",
    "项目名册",
    "补贴发放表",
    "办事指南",
    "整改台账",
    "会议纪要",
    "采购合同",
    "应急预案",
    "信用承诺",
    "抽检结果",
    "听证意见",
    "价目牌",
    "责任分工",
    "档案目录",
)
_WHEN = (
    "逢集当天",
    "每月初五",
    "雨季之前",
    "秋收以后",
    "周三下午",
    "年中",
    "开学前",
    "清明前后",
    "入冬时",
    "换届之后",
    "汛期里",
    "节前一周",
)
_HOW = (
    "由村文书",
    "请退休教师",
    "和网格员一起",
    "托邮递员",
    "经法制员",
    "由值班领导",
    "请老党员",
    "通过广播站",
    "在便民点",
    "借文化站",
    "靠志愿者",
    "同司法所",
)


def sentence(random: Random, matter: str) -> str:
    """A sentence that hardly anybody else writes."""
    pick = random.choice
    return f"{pick(_WHEN)}{pick(_HOW)}把{matter}的{pick(_WHAT)}{pick(_DID)}，再把{pick(_WHAT)}{pick(_DID)}，共{random.randint(2, 90)}份。"


class Report:
    """One report: its sentences by section."""

    def __init__(self, random: Random, number: int) -> None:
        place, self.matter = PLACES[number % 16], MATTERS[number // 16 % 16]
        self.name = f"{place}县{self.matter}局"
        fill = {
            "name": self.name,
            "a": random.randint(40, 400),
            "b": random.randint(2, 30),
            "c": random.randint(1, 4),
        }
        common = [one.format(**fill) for one in COMMON]
        own = [sentence(random, self.matter) for _ in range(9)]
        self.sections = {1: common[:6] + own[:5], 3: common[6:7], 5: common[7:] + own[5:8], 6: [own[8]]}

    def named_by(self, other: Report, text: str) -> str:
        """A sentence of another report with the names changed."""
        return text.replace(other.name, self.name)

    def take(self, other: Report, section: int, texts: list[str]) -> None:
        """Have sentences of another report in the place of the own ones."""
        own = [one for one in self.sections[section] if one in _common_of(self)]
        self.sections[section] = own + [self.named_by(other, one) for one in texts]


def _common_of(report: Report) -> set[str]:
    heads = tuple(one[:6] for one in COMMON)
    return {
        one
        for texts in report.sections.values()
        for one in texts
        if one.replace(report.name, "{name}").startswith(heads)
    }


def copies(random: Random, reports: list[Report], many: int) -> set[frozenset[str]]:
    """Let some reports be copied from others, in turn in each of four ways; the pairs."""
    pairs = set()
    chosen = random.sample(range(len(reports)), 2 * many)
    for turn, (one, other) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        source, copy = reports[one], reports[other]
        own = {
            section: [t for t in texts if t not in _common_of(source)]
            for section, texts in source.sections.items()
        }
        if turn % 4 == 0:  # everything, names changed
            for section, texts in own.items():
                copy.take(source, section, texts)
        elif turn % 4 == 1:  # everything, and all figures changed too
            for section, texts in own.items():
                copy.take(source, section, [_other_figures(random, one) for one in texts])
        elif turn % 4 == 2:  # the problems alone
            copy.take(source, 5, own[5])
        else:  # most of the first section, in another order of its paragraphs
            copy.take(source, 1, [*own[1][1:], sentence(random, copy.matter)])
        pairs.add(frozenset((source.name, copy.name)))
    return pairs


def _other_figures(random: Random, text: str) -> str:
    head, _, tail = text.rpartition("共")
    return f"{head}共{random.randint(100, 900)}{tail.lstrip('0123456789')}"
