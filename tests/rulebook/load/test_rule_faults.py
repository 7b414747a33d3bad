"""Every way a rule file can be wrong, the sentence that says so, and the place it points at (▶)."""

from __future__ import annotations

import textwrap

import pytest
from small_rulebook import BASE, BASE_PROFILE, MARK, PROFILE, RULES, faults_of, marked

from checker.model.errors import RulebookError
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.store import load_rulebook

# What is changed in a sound rule, into what, and what is said about it.
IN_A_RULE = {
    # Keys and types
    "unknown key": ("severity: warning", "severity: warning\n    ▶sevrity: error", "没有“sevrity”这个键，是否为“severity”？"),
    "key of another world": ("message:", "▶author: 张三\n    message:", "没有“author”这个键；可用：id、title"),
    "missing title": ("- id: LOC-01\n    title: 写明用能人数", "- ▶id: LOC-01", "缺少“title”（一句话说要求什么）"),
    "missing message": ("id: LOC-01\n    title: 写明用能人数\n    severity: warning\n    basis: [{source: JN}]\n    applies: {levels: [department]}\n    check: {kind: pattern, where: 开头, patterns: ['用能人数']}\n    message: 没有写用能人数", "▶id: LOC-01\n    title: 写明用能人数\n    severity: warning\n    basis: [{source: JN}]\n    check: {kind: pattern, where: 开头, patterns: ['用能人数']}", "LOC-01 里缺少“message”"),
    "title is a number": ("title: 写明用能人数", "title: ▶12", "“title”应是文字（有特殊符号时加引号），现在是数字 12；请写成 '12'"),
    "title is empty": ("title: 写明用能人数", "title: ▶''", "“title”不能是空的"),
    "title is left out": ("title: 写明用能人数", "title:▶", "“title”应是文字（有特殊符号时加引号），现在没有写"),
    "title is a list": ("title: 写明用能人数", "title: ▶[写明, 用能人数]", "“title”应是文字（有特殊符号时加引号），现在是列表"),
    "exceptable is a word": ("message:", "exceptable: ▶off\n    message:", "“exceptable”应是 true 或 false，现在是文字“off”"),
    "examples are no list": ("applies: {levels: [department]}", "applies: {levels: ▶department}", "“levels”应是列表（[…] 或每行一个“- ”），现在是文字“department”"),
    "basis is empty": ("basis: [{source: JN}]", "basis: ▶[]", "“basis”至少要有 1 项"),
    "id in small letters": ("id: LOC-01", "id: ▶loc-1", "“id”应写成 T3-02 这样：大写字母、短横线、两三位数字，现在是“loc-1”"),
    "unknown severity": ("severity: warning", "severity: ▶warn", "“severity”不能是“warn”，是否为“warning”？"),
    "severity of another world": ("severity: warning", "severity: ▶严重", "“severity”不能是“严重”；可用：error、warning、info、off、错误、警告、提示、不报"),
    "verdict that no report gets": ("expect: fail", "expect: ▶程序出错", "“expect”不能是“程序出错”；可用：pass、fail、not_applicable、not_checked、合格"),
    "unknown level": ("levels: [department]", "levels: [▶departments]", "不能是“departments”，是否为“department”？"),
    "year out of range": ("levels: [department]", "years: {from: ▶21}", "“from”不能小于 2008，现在是 21"),
    "years the wrong way round": ("{levels: [department]}", "{years: ▶{from: 2022, to: 2020}}", "from（2022）比 to（2020）还晚"),
    "bad date": ("message:", "in_force: {from: ▶2021-13-01}\n    message:", "“2021-13-01”不是日期；应写成 2024-01-31 这样"),
    "date like on paper": ("message:", "in_force: {from: ▶2021年9月26日}\n    message:", "“2021年9月26日”不是日期"),
    "days the wrong way round": ("message:", "in_force: ▶{from: 2022-01-01, to: 2021-01-01}\n    message:", "from（2022-01-01）比 to（2021-01-01）还晚"),
    "suspended without reason": ("message:", "suspended: ▶{since: 2024-01-01}\n    message:", "suspended 里缺少“reason”"),
    # Names
    "unknown source": ("source: JN", "source: ▶JM", "没有依据“JM”；可用：JN、LOCAL"),
    "unknown kind": ("kind: pattern,", "kind: ▶patern,", "“kind”不能是“patern”，是否为“pattern”？"),
    "no kind": ("kind: pattern, where: 开头, patterns", "where: 开头, patterns", "check 里缺少“kind”"),
    "option of no kind": ("where: 开头,", "▶were: 开头,", "check 里没有“were”这个键，是否为“where”？"),
    "option of another kind": ("where: 开头,", "where: 开头, ▶at_most: 3,", "check 里没有“at_most”这个键；可用：kind、variant、where、patterns、unless、needs、at、replace"),
    "option is missing": ("check: {kind: pattern, where: 开头, patterns: ['用能人数']}", "check: ▶{kind: pattern, where: 开头}", "check 里缺少“patterns”（正则表达式，任一命中即算）"),
    "deadline without a day": ("check: {kind: pattern, where: 开头, patterns: ['用能人数']}", "check: ▶{kind: date_range, fields: [signed_on], earliest: 次年1月1日, deadline: true}", "“check”里写了 deadline，还要写 latest"),
    "list of patterns is empty": ("patterns: ['用能人数']", "patterns: ▶[]", "“patterns”至少要有 1 项"),
    "pattern without list": ("patterns: ['用能人数']", "patterns: ▶'用能人数'", "“patterns”应是列表（[…] 或每行一个“- ”），现在是文字“用能人数”"),
    "unknown scope": ("where: 开头", "where: ▶开始", "没有“开始”这个范围；可用：标题、部分标题、正文、落款、全文、开头、表格、第一部分…"),
    "section beyond the form": ("where: 开头", "where: ▶第九部分", "格式只有 3 个部分，没有“第九部分”"),
    "section with a figure": ("where: 开头", "where: ▶第1部分", "没有“第1部分”这个范围，是否为“第一部分”？"),
    "kind by its title": ("kind: pattern, where", "kind: ▶应出现的写法, where", "“kind”不能是“应出现的写法”，是否为“pattern”？"),
    "one of several scopes": ("where: 开头", "where: ▶开头、第一章", "没有“第一章”这个范围"),
    "unknown rule in explains": ("message:", "explains: [▶JN-11]\n    message:", "没有规则“JN-11”，是否为“JN-01”？"),
    "own id in explains": ("message:", "explains: [▶LOC-01]\n    message:", "explains 里不能写自己的编号"),
    "unknown form": ("levels: [department]", "forms: [▶jienen]", "没有格式“jienen”，是否为“jieneng”？"),
    # Patterns
    "lookahead": ("['用能人数']", "[▶'用能(?=人数)']", "第 3 字：不支持前后断言"),
    "lookbehind": ("['用能人数']", "[▶'(?<!不)用能']", "第 1 字：不支持前后断言"),
    "back reference": ("['用能人数']", "[▶'(用能)\\1']", "第 5 字：不支持反向引用 \\1"),
    "word boundary": ("['用能人数']", "[▶'\\b用能']", "第 1 字：不支持 \\b：中文没有单词边界"),
    "word class": ("['用能人数']", "[▶'用能\\w+']", "第 3 字：不支持转义 \\w"),
    "possessive": ("['用能人数']", "[▶'用能++']", "第 4 字：不支持占有量词"),
    "unclosed group": ("['用能人数']", "[▶'(用能']", "圆括号“(”没有配对的“)”"),
    "bracket too many": ("['用能人数']", "[▶'用能)']", "多了一个圆括号“)”"),
    "unclosed class": ("['用能人数']", "[▶'[用能']", "第 1 字：方括号“[”没有配对的“]”"),
    "range the wrong way round": ("['用能人数']", "[▶'[9-0]']", "方括号里的范围写反了"),
    "nothing to repeat": ("['用能人数']", "[▶'*用能']", "量词 * + ? 前面没有内容"),
    "two quantifiers": ("['用能人数']", "[▶'用能{2}{3}']", "连续写了两个量词"),
    "too many repetitions": ("['用能人数']", "[▶'用{1,5000}']", "第 2 字：重复次数最多 1000"),
    "braces": ("['用能人数']", "[▶'{单位}用能']", "第 1 字：花括号只能写次数"),
    "two groups of a name": ("['用能人数']", "[▶'(?P<a>用)(?P<a>能)']", "有两个同名的分组“a”"),
    "backslash at the end": ("['用能人数']", "[▶'用能\\']", "第 3 字：末尾多了一个反斜杠"),
    "pattern too long": ("['用能人数']", "[▶'" + "能" * 2001 + "']", "正则表达式有 2001 个字符，最多 2000 个；请拆成几条"),
    "repetition of a repetition": ("['用能人数']", "[▶'((能{900}){900}){900}']", "第 10 字：重复里又有重复，乘起来超过 1000 次"),
    "pattern that nothing matches too": ("['用能人数']", "[▶'用?能*']", "什么都没有也算匹配，等于没有要求"),
    # Messages and variants
    "unknown placeholder": ("message: 没有写用能人数", "message: ▶没有写 {txt}", "message 里的 {txt} 没有值，是否为“text”？"),
    "placeholder of a suggestion": ("message:", "suggestion: ▶请补 {数字}\n    message:", "suggestion 里的 {数字} 没有值；可用：text、agency、year、next_year、excerpt"),
    "no variants": ("severity: warning", "severity: {▶late: error, default: info}", "severity 里没有“late”这种情形；这条规则没有分情形，直接写一个值就行"),
    "unknown variant": ("check: {kind: pattern, where: 开头, patterns: ['用能人数']}\n    message: 没有写用能人数", "check: {kind: length, where: 开头, at_most: 90}\n    message: {▶to_long: 太长, default: 不合适}", "message 里没有“to_long”这种情形，是否为“too_long”？"),
    "variant left out": ("check: {kind: pattern, where: 开头, patterns: ['用能人数']}\n    message: 没有写用能人数", "check: {kind: length, where: 开头, at_most: 90}\n    message: ▶{too_long: 太长}", "message 没有规定这些情形：too_short（或写 default）"),
    "no severity at all": ("severity: warning", "severity: ▶{}", "“severity”里至少要写一项"),
    # Examples
    "unknown expectation": ("expect: fail", "expect: ▶failed", "“expect”不能是“failed”，是否为“fail”？"),
    "example without expectation": ("{name: 没写, expect: fail,", "▶{name: 没写,", "缺少“expect”"),
    "two examples of one name": ("name: 没写", "name: ▶写了", "例子“写了”重名（另一个在第 11 行）"),
    "unknown key in given": ("{text: {0: 编制本报告。}}", "{▶txet: {0: 编制本报告。}}", "given 里没有“txet”这个键，是否为“text”？"),
    "section that the form lacks": ("{text: {0: 编制本报告。}}", "▶{text: {7: 编制本报告。}}", "例子“没写”造不出来：格式只有 3 个部分，没有第 7 部分"),
    "section by name": ("{text: {0: 编制本报告。}}", "{text: {▶开头: 编制本报告。}}", "text 里的键应写部分的序号（0 为开头），现在是“开头”"),
    "unknown row in an example": ("{text: {0: 编制本报告。}}", "▶{cells: {'E1[ges, year]': 3}}", "格式 jieneng 的 E1 没有行“ges”，是否为“gas”（天然气）？"),
    "unknown table in an example": ("{text: {0: 编制本报告。}}", "▶{without: [E9]}", "看不懂 without 的“E9”；应写成 T4、T3[R2] 或 T3[, legal] 这样"),
    "cell without column": ("{text: {0: 编制本报告。}}", "▶{cells: {'E1[gas]': 3}}", "看不懂格子“E1[gas]”；应写成 表三.新收.总计 或 T3[R1, total] 这样"),
    "form that is not there": ("{text: {0: 编制本报告。}}", "▶{form: '2019'}", "没有格式“2019”；可用：jieneng"),
    "place that is not there": ("{text: {0: 编制本报告。}}", "{text: {0: 编制本报告。}}, findings: [{place: ▶第九部分}]", "格式只有 3 个部分，没有“第九部分”"),
    "place that is a scope": ("{text: {0: 编制本报告。}}", "{text: {0: 编制本报告。}}, findings: [{place: ▶落款}]", "“落款”里的问题，位置写“全文”"),
    "place in words": ("{text: {0: 编制本报告。}}", "{text: {0: 编制本报告。}}, findings: [{place: ▶第二段}]", "看不出“第二段”是什么位置；应写成"),
}  # fmt: skip


# A check in place of the sound one; `message` fits.
IN_A_CHECK = {
    "unknown table": ("{kind: sum, table: ▶E2, direction: down}", "没有代号为“E2”的表；可用：E1"),
    "unknown direction": ("{kind: sum, table: E1, direction: ▶up}", "“direction”不能是“up”"),
    "unknown row in an equation": ("▶{kind: equation, table: E1, equation: gas + ges = all, each: column}", "E1 没有代号为“ges”的行，是否为“gas”（天然气）？"),
    "row for column": ("▶{kind: equation, table: E1, equation: gas + heat = all, each: row}", "等式里写的都是行，each 应写 column（在每列成立）"),
    "no equation": ("▶{kind: equation, table: E1, equation: gas + heat, each: column}", "看不懂等式“gas + heat”；应写成 甲 + 乙 = 丙 + 丁、R1 + R2 = S + R4 这样"),
    "unknown column of `only`": ("▶{kind: equation, table: E1, equation: gas = all, each: column, only: [summer]}", "E1 没有代号为“summer”的列；可用：first_half（上半年）、second_half（下半年）、year（全年）"),
    "rows that no form has": ("▶{kind: allowed_values, table: E1, rows: [oil], at_most: 0}", "E1 没有代号为“oil”的行"),
    "no bound for a number": ("▶{kind: allowed_values, table: E1}", "at_most 与 at_least 至少写一个"),
    "bound is no number": ("{kind: allowed_values, table: E1, at_most: ▶许多}", "“at_most”应是数字，现在是“许多”"),
    "no bound for a length": ("▶{kind: length, where: 第一部分}", "至少写一个，否则什么也查不出"),
    "bound below zero": ("{kind: length, where: 第一部分, at_most: ▶-5}", "“at_most”不能小于 0，现在是 -5"),
    "unknown field": ("{kind: required, of: fields, fields: [▶headcount]}", "没有要素“headcount”，是否为“head_count”（用能人数）？"),
    "one field of several": ("{kind: required, of: fields, fields: [▶'head_count|phone']}", "没有要素“phone”"),
    "fields left out": ("▶{kind: required, of: fields}", "of: fields 要写明 fields"),
    "table for sections": ("▶{kind: required, of: sections, table: E1}", "table 只能与 of: lines 一起用"),
    "unknown day": ("{kind: date_range, fields: [signed_on], latest: ▶次年2月30日}", "没有“次年2月30日”这一天"),
    "day of another shape": ("{kind: date_range, fields: [signed_on], latest: ▶2月底}", "看不懂日期“2月底”；应写成 次年1月31日、本年12月31日 这样"),
    "no day at all": ("▶{kind: date_range, fields: [signed_on]}", "要写明以下各项中的一项：earliest、latest、first、last、not_after"),
    "unknown item": ("{kind: compare, left: ▶落款日起, relation: 等于, right: 年度}", "没有数据项“落款日起”，是否为“落款日期”？"),
    "unknown relation": ("{kind: compare, left: 年度, relation: ▶大过, right: 标题年份}", "“relation”不能是“大过”；可用：等于、"),
    "items of two types": ("▶{kind: compare, left: 年度, relation: 等于, right: 落款日期}", "年度是数，落款日期是日期，不能比较"),
    "texts by size": ("▶{kind: compare, left: 单位, relation: 大于, right: 落款单位}", "文字不分大小，relation 只能用 等于 或 不等于"),
    "one item": ("{kind: consistent, items: ▶[年度]}", "“items”至少要有 2 项"),
    "number without group": ("▶{kind: text_number, where: 全文, patterns: ['[0-9]+人'], at_least: 1}", "要用 (?P<number>…) 标出数字"),
    "topic without words": ("▶{kind: mentions, where: 第一部分, topics: [{topic: 节水}]}", "topics 中的“节水”要有 any（词）或 patterns（正则表达式）"),
    "within without near": ("▶{kind: mentions, where: 第一部分, topics: [{topic: 节水, any: [水], within: 9}]}", "写了 within 却没有 near"),
    "no checks": ("▶[]", "“check”至少要有 1 项"),
    "check is a word": ("▶pattern", "“check”应是若干“键: 值”或列表（[…] 或每行一个“- ”），现在是文字“pattern”"),
    "kind in a list of checks": ("[{kind: filled, table: E1}, {kind: ▶lenght, where: 开头, at_most: 2}]", "“kind”不能是“lenght”，是否为“length”？"),
    "notes for sections": ("▶{kind: no_other, of: sections, unless_noted: [image]}", "unless_noted 只能与 of: rows 一起用"),
    "pairs of one sign": ("{kind: balanced, where: 正文, pairs: [▶'（']}", "第 1 项要正好 2 个字符，现在是“（”"),
}  # fmt: skip


EXPRESSIONS = {
    "unknown item": ("能耗表.天燃气.全年 > 0", "第 1 字：没有数据项“能耗表.天燃气.全年”，是否为“能耗表.天然气.全年”？", 0),
    "text for a number": ("年度 = '二〇二四'", "第 4 字：“=”左边是数、右边是文字，不能比较", 3),
    "order of texts": ("单位 > 落款单位", "第 4 字：文字不分大小，只能用 = 或 ≠ 比较", 3),
    "missing bracket": ("(年度 > 2020", "第 11 字：这里应有“)”", 10),
    "chain": ("2019 < 年度 < 2030", "第 11 字：不能连续比较；请用“且”连接", 10),
    "unknown function": ("包含(开头, '节水')", "第 1 字：没有函数“包含”；可用：含、匹配、字数、次数、有、值", 0),
    "text behind": ("年度 > 2020 年度", "第 11 字：多出来“年度”", 10),
    "too deep": ("(" * 60 + "年度" + ")" * 60 + " > 1", "括号套得太深，最多 40 层", 40),
    "no truth": ("年度 + 1", "表达式的结果应是是非，这里是数；请写成比较", None),
    "adding a text": ("单位 + 1 > 2", "“+”两边应是数，这里是文字", 3),
    "adding a day to a day": ("次年1月31日 + 次年1月31日 > 次年1月31日", "日期后面的“+”右边应是天数，这里是日期", 8),
    "a number of days before a day": ("10 + 次年1月31日 > 次年1月31日", "“+”两边应是数，这里是日期", 3),
    "and between numbers": ("年度 且 年度 > 2020", "“且”两边应是是非，这里是数", None),
    "unknown scope": ("含(第八部分, '节水')", "格式只有 3 个部分，没有“第八部分”", 2),
    "no words": ("含(开头)", '含(范围, "词") 要写明找什么词', None),
    "a sign that means nothing": ("年度 ~ 2020", "第 4 字：看不懂“~”", 3),
    "unclosed quote": ("含(开头, '节水)", "第 7 字：看不懂“'”", 6),
    "ends too early": ("年度 >", "表达式不完整", 4),
    "period as a whole": ("次年2月30日 > 落款日期", "没有“次年2月30日”这一天", 0),
}  # fmt: skip


IN_A_PROFILE = {
    "unknown rule": ("severity: {JN-01: warning}", "severity: {▶JN-91: warning}", "没有规则“JN-91”，是否为“JN-01”？"),
    "rule off without reason": ("{JN-06: 本县不作要求}", "{JN-06: ▶''}", "“JN-06”不能是空的"),
    "unknown rule switched off": ("{JN-06: 本县不作要求}", "{▶JN-66: 本县不作要求}", "没有规则“JN-66”"),
    "name that is no rule": ("{JN-06: 本县不作要求}", "{▶节能: 本县不作要求}", "off 里的键应写规则编号，如 T3-02，现在是“节能”"),
    "unknown severity": ("{JN-01: warning}", "{JN-01: ▶严重}", "“JN-01”不能是“严重”"),
    "unknown parameter": ("{latest: 次年1月31日}", "{▶last_day: 次年1月31日}", "JN-07 的检查没有参数“last_day”"),
    "parameter of another type": ("{latest: 次年1月31日}", "{latest: ▶31}", "“latest”应是文字（有特殊符号时加引号），现在是数字 31"),
    "parameter with an unknown day": ("{latest: 次年1月31日}", "{latest: ▶次年1月32日}", "没有“次年1月32日”这一天"),
    "parameter with an unknown table": ("JN-07: {latest: 次年1月31日}", "JN-04: {table: ▶E4}", "没有代号为“E4”的表"),
    "parameters without any": ("JN-07: {latest: 次年1月31日}", "JN-07: ▶{}", "“JN-07”里至少要写一项"),
    "parameter of an unknown rule": ("{JN-07:", "{▶JN-77:", "没有规则“JN-77”，是否为“JN-07”？"),
    "unknown base": ("extends: base", "extends: ▶bass", "没有规则集“bass”，是否为“base”？"),
    "circle": ("extends: base", "extends: ▶local", "规则集互相继承成了环：local → local"),
    "name in capitals": ("profile: local", "profile: ▶Local", "“profile”只能用小写字母、数字、短横线"),
    "unknown key": ("extends: base", "▶extend: base", "没有“extend”这个键，是否为“extends”？"),
}  # fmt: skip


IN_THE_FORM = {
    "row key twice": ("{key: diesel,", "{key: ▶petrol,", "代号“petrol”用了两次（另一处在第 36 行）"),
    "section without its table": ("table: E1\n", "table: ▶E7\n", "没有代号为“E7”的表；可用：E1"),
    "table beyond the sections": ("section: 2", "section: ▶5", "这份格式只有 3 个部分，没有第 5 部分"),
    "two totals": ("name: 外购热力}", "name: 外购热力, total: siblings}", "同级已经有一个合计"),
    "total of nothing": ("name: 总计, total: siblings}", "name: 总计, total: sum}", "“total”只能写“siblings”"),
    "years the wrong way round": ("{from: 2020}", "{from: 2020, to: 2019}", "from（2020）比 to（2019）还晚"),
    "no rows": ("layout: grid", "layout: ▶list", "“layout”不能是“list”"),
    "name with a dot": ("name: 天然气}", "name: ▶天然.气}", "“name”不能有空格、点和括号，现在是“天然.气”"),
    "no report name": ("report_names: [公共机构节能年度报告]", "report_names: ▶[]", "“report_names”至少要有 1 项"),
}  # fmt: skip


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sound file"
    return text.replace(old, new)


def check_fault(name: str, text: str, expected: str, others: dict[str, str] | None = None, **options) -> None:
    """The file has exactly one fault: that sentence, at the mark if there is one."""
    plain, *place = marked(text) if MARK in text else (text,)
    faults = faults_of({**(others or {}), name: plain}, **options)
    assert len(faults) == 1, [str(fault) for fault in faults]
    assert expected in faults[0].text
    assert faults[0].file == name
    if place:
        assert [faults[0].line, faults[0].column] == place, faults[0]


def test_the_sound_files_have_no_fault():
    assert not faults_of(
        {"local.yaml": RULES, "p.yaml": PROFILE, "b.yaml": BASE_PROFILE}, "local", strict=False
    )


@pytest.mark.parametrize("case", IN_A_RULE)
def test_rule(case):
    old, new, expected = IN_A_RULE[case]
    check_fault("local.yaml", changed(RULES, old, new), expected)


@pytest.mark.parametrize("case", IN_A_CHECK)
def test_check(case):
    check, expected = IN_A_CHECK[case]
    text = changed(RULES, "{kind: pattern, where: 开头, patterns: ['用能人数']}", check)
    check_fault("local.yaml", text, expected)


@pytest.mark.parametrize("case", EXPRESSIONS)
def test_expression(case):
    source, expected, offset = EXPRESSIONS[case]
    check = f'{{kind: expr, expr: ▶"{source}"}}'.replace(
        '▶"' + source + '"', '▶"' + source.replace('"', '\\"') + '"'
    )
    text = changed(RULES, "{kind: pattern, where: 开头, patterns: ['用能人数']}", check)
    plain, line, column = marked(text)
    faults = faults_of({"local.yaml": plain})
    assert len(faults) == 1, [str(fault) for fault in faults]
    fault = faults[0]
    assert expected in fault.text
    assert (fault.line, fault.column) == (line, column)
    if offset is not None:
        _, shown, caret = fault.text.split("\n")
        assert shown.strip() == source
        assert caret_offset(shown, caret) == offset


def caret_offset(shown: str, caret: str) -> int:
    """Which character of the line above the caret points at, where Chinese characters are two columns wide."""
    column = sum(2 if character == "　" else 1 for character in caret[:-1]) - 4
    for offset, character in enumerate(shown[4:] + " "):
        if column <= 0:
            return offset
        column -= 2 if ord(character) > 0x2E7F else 1
    raise AssertionError("the caret points behind the expression")


@pytest.mark.parametrize("case", IN_A_PROFILE)
def test_profile(case):
    old, new, expected = IN_A_PROFILE[case]
    profile = "base" if "profile" in new else "local"
    check_fault("p.yaml", changed(PROFILE, old, new), expected, {"b.yaml": BASE_PROFILE}, profile=profile)


@pytest.mark.parametrize("case", IN_THE_FORM)
def test_form(case):
    old, new, expected = IN_THE_FORM[case]
    check_fault("form.yaml", changed(BASE["form.yaml"], old, new), expected)


def test_a_sentence_of_every_sort_is_told_at_once():
    """A fault hides no other: not in the same file, not in another one, not a deeper one behind a shallow one."""
    local = """\
        group: 本单位
        rules:
          - id: LOC-01
            title: 键写错
            sevrity: warning
            severity: warning
            basis: [{source: JN}]
            check: {kind: filled, table: E1}
            message: 空
            examples: []
          - id: LOC-02
            title: 值写错
            severity: warning
            basis: [{source: JN}]
            check: {kind: filled, table: E1}
            message: 表 {tabel} 是空的
            explains: [LOC-01, LOC-09]
            examples: []
          - id: LOC-02
            title: 编号重了
            severity: warning
            basis: [{source: JN}]
            check: {kind: sum, table: E1, direction: down}
            message: 不对
            examples: []
        """
    files = {
        "b.yaml": "profile: b\ntitle: 乙\nseverity: {LOC-01: warning, LOC-05: error}\n",
        "a.yaml": textwrap.dedent(local),
    }
    assert [
        f"{fault.file}:{fault.line} {fault.text.partition('”')[0]}" for fault in faults_of(files, "b")
    ] == [
        "a.yaml:5 rules 里没有“sevrity",
        "a.yaml:16 message 里的 {tabel} 没有值，是否为“table",
        "a.yaml:17 没有规则“LOC-09",
        "a.yaml:19 编号“LOC-02",
        "b.yaml:3 没有规则“LOC-05",
    ]


def test_names_are_not_judged_while_a_file_cannot_be_parsed():
    """It may hold the very rule or source that seems to be lacking; everything else is told."""
    local = changed(RULES, "source: JN", "source: NEW").replace(
        "message: 没有", "explains: [NEW-01]\n    message: 没有 {x}"
    )
    faults = faults_of({"a.yaml": "sources: [甲\n", "b.yaml": "", "local.yaml": local})
    assert [f"{fault.file}:{fault.line} {fault.text.partition('}')[0]}" for fault in faults] == [
        "a.yaml:1 这里的方括号没有配对，或少了逗号（读到第 2 行发现）",
        "b.yaml:1 文件是空的；请写规则，或删去这个文件",
        "local.yaml:10 message 里的 {x",
    ]


def test_rules_are_checked_although_what_they_refer_to_is_faulty():
    """Names cannot be judged then, so nothing false is said of them."""
    fields = changed(BASE["fields.yaml"], "  target: 节能目标\n", "")
    faults = faults_of(
        {"fields.yaml": fields, "local.yaml": changed(RULES, "severity: warning", "severity: bad")}
    )
    assert [(fault.file, fault.text.partition("；")[0]) for fault in faults] == [
        ("fields.yaml", "titles 里没有“target”的中文名"),
        ("local.yaml", "“severity”不能是“bad”"),
    ]


WHOLE_FILES = {
    "empty": ("", "文件是空的；请写规则，或删去这个文件"),
    "only a comment": ("# 以后再写\n", "文件是空的"),
    "a sentence": ("本县的规则\n", "看不出是什么文件：最外层应是若干“键: 值”"),
    "a list": ("- id: LOC-01\n", "看不出是什么文件：最外层应是若干“键: 值”"),
    "key misspelt": ("group: 甲\nrule: []\n", "现在有 group、rule，是否为“rules”？"),
    "no rules": ("group: 甲\n", "看不出是什么文件：最外层应有以下键之一：rules、form、"),
    "rules are no list": ("group: 甲\nrules: {id: LOC-01}\n", "“rules”应是列表"),
    "a rule is no mapping": ("group: 甲\nrules: [LOC-01]\n", "第 1 项应是若干“键: 值”，现在是文字“LOC-01”"),
    "no group": ("rules: []\n", "缺少“group”"),
    "unknown key beside the rules": ("group: 甲\nrules: []\nauthor: 张三\n", "没有“author”这个键"),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE_FILES)
def test_whole_file(case):
    text, expected = WHOLE_FILES[case]
    check_fault("local.yaml", text, expected)


def test_files_that_cannot_be_read_do_not_hide_faults_of_others(tmp_path):
    for name, text in BASE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "gbk.yaml").write_bytes("# 说明\ngroup: 本县\n".encode("gb18030"))
    (tmp_path / "large.yaml").write_bytes(b"# " + b"x" * 1_000_001)
    (tmp_path / "local.yaml").write_text(changed(RULES, "kind: pattern", "kind: patern"), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load_rulebook([tmp_path], builtin=False)
    told = {fault.file.rpartition("/")[2]: (fault.line, fault.text) for fault in caught.value.faults}
    assert told["gbk.yaml"] == (1, "不是 UTF-8 编码，请在编辑器里另存为 UTF-8")
    assert told["large.yaml"] == (None, "文件超过 1 MB，不像规则文件")
    assert told["local.yaml"][0] == 8
    assert len(told) == 3


def test_what_the_rulebook_lacks():
    with pytest.raises(RulebookError) as caught:
        compile_rulebook({"local.yaml": RULES})
    assert (
        str(caught.value)
        == "rules 规则文件夹里缺少格式（form: …）、要素（fields: …）、单位（levels: …）、用词（vocabulary: …）"
    )


def test_strict_asks_for_examples():
    text = changed(RULES, "      - {name: 学校, expect: not_applicable, given: {agency: 某县中学校}}\n", "")
    told = [fault.text for fault in faults_of({"local.yaml": text}, strict=True)]
    assert "LOC-01 缺少不适用（expect: not_applicable）的例子" in told
    assert "LOC-01 例子“没写”没有写预期的问题（findings）" in told
    assert not faults_of({"local.yaml": text})


def test_a_parameter_that_contradicts_the_rule_is_told_at_the_profile():
    rules = changed(
        RULES,
        "{kind: pattern, where: 开头, patterns: ['用能人数']}",
        "{kind: required, of: fields, fields: [target]}",
    )
    profile = "profile: p\ntitle: 甲\nparameters: {LOC-01: ▶{of: sections}}\n"
    plain, line, column = marked(profile)
    [fault] = faults_of({"local.yaml": rules, "p.yaml": plain}, "p")
    assert (fault.file, fault.line, fault.column) == ("p.yaml", line, column)
    assert fault.text == "LOC-01改了参数以后：fields 只能与 of: fields 一起用"
