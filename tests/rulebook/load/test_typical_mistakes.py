"""What clerks type wrong in a local rule: each mistake is told once, at its line and column, with what to type."""

from __future__ import annotations

import pytest
from small_rulebook import RULES, faults_of, marked

BRACKETS = "方括号、花括号要用英文（半角）的 [ ]、{ }"
COLON = "冒号要用英文（半角）的“:”，后面留一个空格"
QUOTES = "引号要用英文（半角）的 ' 或 \"；引号是文字的一部分时，在外面再加一对英文引号"
QUOTE = "中文引号 “ 没有配对；引号要用英文（半角）的 ' 或 \"，前后一样"
CHECK = "{kind: pattern, where: 开头, patterns: ['用能人数']}"

MISTAKES = {
    # what is meant, what is typed with ▶ where the mistake is told, what is said: all of it
    "full-width colon": ("title: 写明", "title▶：写明", COLON),
    "full-width colon behind id": ("- id: LOC", "- id▶：LOC", COLON),
    "full-width colon in braces": ("{source: JN}", "{▶source：JN}", "“source”的冒号要用英文（半角）的“:”，后面要留一个空格"),
    "no space behind the colon": ("title: 写明", "title▶:写明", "冒号后面要留一个空格"),
    "no space behind the colon of a message": ("message: 没有", "message▶:没有", "冒号后面要留一个空格"),
    "no space behind the colon in braces": ("{source: JN}", "{▶source:JN}", "“source”的冒号要用英文（半角）的“:”，后面要留一个空格"),
    "full-width comma in a list": ("['用能人数']", "[▶用能人数，能耗]", "方括号里的“，”算作文字，这里只有一项；各项之间用英文逗号“,”，文字里有“，”请加引号"),
    "full-width comma in braces": ("kind: pattern, where", "kind: pattern▶， where", "括号里各项之间要用英文逗号“,”"),
    "Chinese quotes": ("message: 没有写用能人数", "message: ▶“没有写用能人数”", QUOTES),
    "Chinese quote left open": ("message: 没有写用能人数", "message: ▶“没有写用能人数", QUOTE),
    "Chinese quotes in a list": ("['用能人数']", "[▶‘用能人数’]", QUOTES),
    "full-width brackets": ("[{source: JN}]", "▶［{source: JN}］", BRACKETS),
    "full-width braces": ("applies: {levels: [department]}", "applies: ▶｛levels: [department]｝", BRACKETS),
    "title brackets": ("['用能人数']", "▶【用能人数】", f"“patterns”应是列表（[…] 或每行一个“- ”），现在是文字“【用能人数】”；{BRACKETS}"),
    "no space behind the dash": ("- id: LOC", "▶-id: LOC", "“-”后面要留一个空格"),
    "long dash": ("- id: LOC", "▶－ id: LOC", "列表的“-”要用英文（半角）的短横线，后面留一个空格"),
    "no dash": ("  - id: LOC", "    ▶id: LOC", "“rules”应是列表（[…] 或每行一个“- ”），现在是若干“键: 值”"),
    "a space short": ("    severity", "   ▶severity", "缩进不对：这一行前面空 3 格，第 4 行空 4 格；同级的内容要左边对齐"),
    "a space too many": ("    severity", "     ▶severity", "缩进不对：这一行前面空 5 格，第 4 行空 4 格；同级的内容要左边对齐"),
    "tab": ("    severity", "▶\tseverity", "缩进里有制表符（Tab），请改用空格"),
    "full-width indent": ("    severity", "▶　　severity", "缩进里有全角空格，请改用半角空格"),
    "no line rules": ("rules:\n  - id", "  ▶- id", "这里的列表没有归属：第 1 行“group”已经有值；是不是缺少“rules:”这样的一行？"),
    "text that begins with a brace": ("message: 没有", "message: ▶{agency}没有", "文字以 { 开头时，要给整段文字加引号"),
    "number sign in a text": ("没有写用能人数\n", "没有写 ▶#用能人数\n", "空格加“#”后面的字不算内容；文字里有 # 请给整段加引号，是说明请在 # 后面留一个空格"),
    "colon in a text": ("message: 没有写用能人数", "message: 没有写▶: 用能人数", "冒号的位置不对：文字中若有“: ”请给整段文字加引号，或检查缩进"),
    "per cent at the start": ("message: 没有写", "message: ▶%没有写", "“%”不能作为文字的开头；请给整段文字加引号"),
    "star at the start": ("['用能人数']", "[*▶用能人数]", "以 * 或 & 开头的文字请加引号"),
    "quote left open": ("['用能人数']", "[▶'用能人数]", "这里的引号没有配对"),
    "bracket left open": ("['用能人数']", "▶['用能人数'", "这里的方括号没有配对，或少了逗号（读到第 8 行发现）"),
    "key misspelt": ("title: 写明", "▶titel: 写明", "rules 里没有“titel”这个键，是否为“title”？"),
    "key in Chinese": ("levels:", "▶级别:", "applies 里没有“级别”这个键；可用：kinds（报告的种类）、forms（格式）、levels（哪几类机关）、tiers（哪几级）、years（报告年度范围）"),
    "unknown severity": ("severity: warning", "severity: ▶严重", "“severity”不能是“严重”；可用：error、warning、info、off、错误、警告、提示、不报"),
    "severity cut short": ("severity: warning", "severity: ▶warn", "“severity”不能是“warn”，是否为“warning”？"),
    "level without brackets": ("levels: [department]", "levels: ▶department", "“levels”应是列表（[…] 或每行一个“- ”），现在是文字“department”；请写成 [department]"),
    "unknown level": ("levels: [department]", "levels: [▶departement]", "“levels”的第 1 项不能是“departement”，是否为“department”？"),
    "id in small letters": ("id: LOC-01", "id: ▶loc01", "“id”应写成 T3-02 这样：大写字母、短横线、两三位数字，现在是“loc01”"),
    "no message": ("    message: 没有写用能人数\n", "", "LOC-01 里缺少“message”（查出问题时怎么说；{名字} 会换成查到的值）"),
    "kind misspelt": ("kind: pattern", "kind: ▶patern", "“kind”不能是“patern”，是否为“pattern”？"),
    "kind by its title": ("kind: pattern", "kind: ▶篇幅", "“kind”不能是“篇幅”，是否为“length”？"),
    "no kind": (
        "check: {kind: pattern, ",
        "check: ▶{",
        "check 里缺少“kind”（检查的种类，如 length（篇幅）；各种类见 docs/rules/check-kinds.md）",
    ),
    "part in figures": ("where: 开头", "where: ▶第1部分", "没有“第1部分”这个范围，是否为“第一部分”？"),
    "part that the form has not": ("where: 开头", "where: ▶第九部分", "格式只有 3 个部分，没有“第九部分”"),
    "unknown basis": ("source: JN", "source: ▶条例", "没有依据“条例”；可用：JN、LOCAL"),
    "basis as text": ("[{source: JN}]", "▶《条例》第五十条", "“basis”应是列表（[…] 或每行一个“- ”），现在是文字“《条例》第五十条”"),
    "pattern with a bracket left open": ("['用能人数']", "[▶'(用能人数']", "正则表达式第 1 字：圆括号“(”没有配对的“)”"),
    "backslash in double quotes": ("['用能人数']", '["▶\\d人"]', "双引号里的反斜杠有特殊含义；正则表达式请用单引号"),
    "pattern without quotes": ("['用能人数']", "[用能▶[0-9]+人]", "列表里的文字含有“[”（如正则表达式）时，要用单引号括起来：['…[0-9]+…']"),
    "pattern that begins with a bracket without quotes": ("['用能人数']", "[▶[一二三]]", "“patterns”的第 1 项应是文字（有特殊符号时加引号），现在是列表；以方括号开头的正则表达式要用单引号括起来"),
    "decimals where there are none": (CHECK, "{kind: length, where: 开头, at_most: ▶1.5}", "“at_most”应是整数，现在是小数 1.5"),
    "factor in words": (CHECK, "{kind: jump, table: E1, rows: [gas], columns: [year], factor: ▶一倍半, at_least: 1}", "“factor”应是数字，现在是“一倍半”"),
    "factor of one": (CHECK, "▶{kind: jump, table: E1, rows: [gas], columns: [year], factor: 1.0, at_least: 1}", "“factor”要大于 1，或者在 0 和 1 之间，现在是 1.0"),
    "row in an equation": (CHECK, "▶{kind: equation, table: 能耗表, equation: 天燃气 = 总计, each: column}", "E1 没有“天燃气”这一行，是否为“天然气”（gas）？"),
    "number with its unit": (CHECK, "{kind: length, where: 开头, at_most: ▶800字}", "“at_most”应是整数，现在是文字“800字”；只写数字，不带单位"),
    "yes for true": ("    check:", "    exceptable: ▶yes\n    check:", "“exceptable”应是 true 或 false，现在是文字“yes”"),
    "day in words": ("    check:", "    in_force: {from: ▶2024年1月1日}\n    check:", "“2024年1月1日”不是日期；应写成 2024-01-31 这样"),
    "year without from": ("[department]}", "[department], years: ▶2024}", "“years”应是若干“键: 值”，现在是数字 2024；里面可以写 from、to"),
    "option of another kind": ("['用能人数']", "['用能人数'], ▶at_most: 800", "check 里没有“at_most”这个键；可用：kind、variant、where、patterns、unless、needs、at、replace"),
    "unknown verdict": ("expect: fail", "expect: ▶failed", "“expect”不能是“failed”，是否为“fail”？"),
    "part in an example by name": ("{text: {0: 编制", "{text: {▶开头: 编制", "text 里的键应写部分的序号（0 为开头），现在是“开头”"),
    "placeholder that means the opposite of the nearest": ("message: 没有写用能人数", "message: ▶没有写{last_year}", "message 里的 {last_year} 没有值；可用：text、agency、year、next_year、excerpt、section_count、section_count_zh、table_count、table_count_zh、table_sections、table_sections_zh、where、patterns"),
    "key written twice": ("    message: 没有写用能人数\n", "    message: 没有写用能人数\n    ▶message: 没有写\n", "“message”写了两次（第一次在第 9 行），请删去一个"),
    "unknown placeholder": ("message: 没有写用能人数", "message: ▶没有写{agenci}", "message 里的 {agenci} 没有值，是否为“agency”？"),
}  # fmt: skip

RIGHT = {
    "factor with decimals": (
        CHECK,
        "{kind: jump, table: E1, rows: [gas], columns: [year], factor: 1.5, at_least: 1}",
    ),
    "factor below one": (
        CHECK,
        "{kind: jump, table: 能耗表, rows: [天然气], columns: [全年], factor: 0.8, at_least: 1}",
    ),
    "severity in Chinese": ("severity: warning", "severity: 警告"),
    "not told": ("severity: warning", "severity: off"),
    "level in Chinese": ("[department]", "[部门]"),
    "marks inside a text": ("message: 没有写用能人数", "message: 没有写：“用能人数”，请补充"),
    "quoted words around a text": ("message: 没有写用能人数", "message: “人数”应为“用能人数”"),
    "comment": ("message: 没有写用能人数", "message: 没有写用能人数 # 说明"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_once_where_it_is(mistake):
    meant, typed, sentence = MISTAKES[mistake]
    assert meant in RULES
    text, place = RULES.replace(meant, typed, 1), [3, 5]  # the rule, where something is missing
    if typed:
        text, *place = marked(text)

    faults = faults_of({"local.yaml": text})

    assert [(fault.file, fault.line, fault.column, fault.text) for fault in faults] == [
        ("local.yaml", *place, sentence)
    ]


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_is_accepted(case):
    meant, typed = RIGHT[case]
    assert meant in RULES
    assert not faults_of({"local.yaml": RULES.replace(meant, typed, 1)})
