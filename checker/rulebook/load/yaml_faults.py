"""What is wrong with YAML that cannot be parsed, in a sentence that says what to type instead."""

from __future__ import annotations

import re
from typing import Any, Final

from checker.rulebook.load.typing_slips import indent_slip, slip_at

Place = tuple[int, int]
"""Line and column, from 1."""

_CONTROL: Final = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INDICATOR: Final = re.compile(r"(?:^|[\s\[\]{},:'\"\ufeff])[&*!]")
_UNSUPPORTED: Final = {
    "<anchor>": "不支持用 & 给内容起名；以 & 开头的文字请加引号",
    "<alias>": "不支持用 * 引用别处的内容，请把内容写出来；以 * 开头的文字请加引号",
    "<tag>": "不支持 ! 开头的类型标记，请去掉；以 ! 开头的文字请加引号",
}


def place_of(text: str, offset: int) -> Place:
    """Line and column of a character."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def control_character(text: str) -> tuple[Place, str] | None:
    """The first character that YAML does not allow."""
    match = _CONTROL.search(text)
    if match is None:
        return None
    sentence = f"这里有看不见的控制字符（U+{ord(match[0]):04X}），请删去，或另存为 UTF-8 纯文本"
    return place_of(text, match.start()), sentence


def unsupported_marks(text: str, yaml: Any, loader: Any) -> list[tuple[Place, str]]:
    """Anchors, aliases and tags; they are refused before anything is built, so nothing can be multiplied."""
    if _INDICATOR.search(text) is None:
        return []
    found: list[tuple[Place, str]] = []
    try:
        for token in yaml.scan(text, Loader=loader):
            sentence = _UNSUPPORTED.get(token.id)
            if sentence:
                found.append(((token.start_mark.line + 1, token.start_mark.column + 1), sentence))
    except yaml.YAMLError:
        pass  # the parser will say what is wrong
    return found


def too_deep_at(text: str, most: int) -> int | None:
    """Offset at which the text nests so deeply that parsing it is not safe; None if it does not.

    Brackets and list marks may nest `most` deep, indented lines twice as deep; quotes are not considered.
    """
    depth = 0
    for match in re.finditer(r"[\[{\]}]", text):
        depth = depth + 1 if match[0] in "[{" else max(0, depth - 1)
        if depth > most:
            return match.start()
    marks = re.search(rf"(?:[-?] ){{{most},}}", text)
    if marks:
        return marks.start()
    indents: list[int] = []
    for line in re.finditer(r"^( *)[^ \n]", text, re.MULTILINE):
        while indents and indents[-1] >= len(line[1]):
            indents.pop()
        indents.append(len(line[1]))
        if len(indents) > 2 * most:
            return line.start()
    return None


def syntax_fault(error: Any, text: str) -> tuple[Place, str]:
    """Place and sentence for an error of the parser (`yaml.MarkedYAMLError`)."""
    lines = text.split("\n")
    found = error.problem_mark or error.context_mark
    if found is None:
        return (1, 1), _OTHER
    # libyaml ends a last line that has no line feed and then stands on the next one.
    number, column = (
        (found.line, found.column) if found.line < len(lines) else (len(lines) - 1, len(lines[-1]))
    )
    line = lines[number]
    if re.match(r"^ *\t", line):
        return (number + 1, line.index("\t") + 1), "缩进里有制表符（Tab），请改用空格"
    problem = str(error.problem)
    begin = error.context_mark.line if error.context_mark else number
    slip = slip_at(lines, number, _above(lines, number), begin)
    if not slip and _OUT_OF_LINE.search(problem) and not line[:column].strip():
        slip = indent_slip(lines, number)
    if slip:
        return slip[:2], slip[2]
    return _as_the_parser_says(error, lines, number, column)


def _as_the_parser_says(error: Any, lines: list[str], number: int, column: int) -> tuple[Place, str]:
    line, here, problem = lines[number], (number + 1, column + 1), str(error.problem)
    if "mapping values are not allowed" in problem:
        return _colon_fault(lines, number, column)
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return here, _UNALIGNED if "collection" in str(error.context) else _key_sentence(line[:column])
    if "node content" in problem and not "\n".join((line[column:], *lines[number + 1 :])).strip():
        return here, "文件到这里就完了，上面的括号没有配对"
    if "unknown escape" in problem:  # libyaml stands on the backslash, PyYAML's own parser behind it
        here = (number + 1, max(line.rfind("\\", 0, column + 1), 0) + 1)
    placeholder = _PLACEHOLDER.search(line)
    if placeholder and "expected ',' or" in problem:
        return (number + 1, placeholder.start(1) + 1), _UNQUOTED_PLACEHOLDER
    nested = _NESTED.search(line)
    if nested and "expected ',' or" in problem:
        return (number + 1, nested.end()), _UNQUOTED_BRACKETS
    for english, at_beginning, chinese in _SYNTAX:
        if english in problem:
            begin = error.context_mark if at_beginning else None
            place = (begin.line + 1, begin.column + 1) if begin else here
            return place, chinese.format(line=number + 1, sign=line[column : column + 1])
    return here, _OTHER


# A placeholder of a message that stands in brackets without quotes; a mapping begins after a sign, not a word.
_PLACEHOLDER: Final = re.compile(r"[^\s:：,{\[-] ?(\{\w+\})")
_UNQUOTED_PLACEHOLDER: Final = "方括号、花括号里面的文字含有“{…}”时，要给这段文字加引号"
_NESTED: Final = re.compile(r"[\[,] ?[^\s'\"\[\],{}:][^'\"\[\],{}:]*\[")
"""A bracket behind a word of a list, as in a pattern that stands there without quotes."""
_UNQUOTED_BRACKETS: Final = "列表里的文字含有“[”（如正则表达式）时，要用单引号括起来：['…[0-9]+…']"
_OTHER: Final = "不合 YAML 语法，请对照上一行检查缩进、冒号和引号"
_OUT_OF_LINE: Final = re.compile(r"did not find expected (?:key|'-')|expected <block end>")
_UNALIGNED: Final = "列表没有对齐：同一列表每一项的“-”要左边对齐"
_SYNTAX: Final = (
    # What the parser says, whether the fault is where the construct begins, and what to say.
    ("could not find expected ':'", True, "这一行缺少冒号；键和值写成“键: 值”，冒号后留一个空格"),
    ("found unexpected end of stream", True, "这里的引号没有配对"),
    ("found unexpected document indicator", True, "这里的引号没有配对"),
    ("expected ',' or ']'", True, "这里的方括号没有配对，或少了逗号（读到第 {line} 行发现）"),
    ("expected ',' or '}'", True, "这里的花括号没有配对，或少了逗号（读到第 {line} 行发现）"),
    ("did not find expected '-' indicator", False, _UNALIGNED),
    ("cannot start any token", False, "“{sign}”不能作为文字的开头；请给整段文字加引号"),
    ("expected alphabetic or numeric", False, "以 * 或 & 开头的文字请加引号"),
    ("found unknown escape character", False, "双引号里的反斜杠有特殊含义；正则表达式请用单引号"),
    ("sequence entries are not allowed", False, "“-”的位置不对：列表要另起一行"),
    ("did not find expected node content", False, "这里少了一项：括号和逗号之间不能空着"),
    ("expected the node content", False, "这里少了一项：括号和逗号之间不能空着"),
    ("but found another document", False, "“---”把文件分成了几份；一个文件只能有一份内容，请删去“---”"),
)


def _above(lines: list[str], number: int) -> int:
    """Index of the nearest line above that is neither empty nor a comment, -1 if there is none."""
    above = number - 1
    while above >= 0 and not lines[above].split("#")[0].strip():
        above -= 1
    return above


def _key_sentence(before: str) -> str:
    if before.rstrip()[-1:] in ("'", '"') and before.strip():
        return "引号后面多了文字；请把整段文字放进引号里"
    return "缩进不对：与上面同级的内容要左边对齐"


_VALUE: Final = re.compile(r"[\w-]+: +[^\s|>]")
"""A key with its value on the same line."""


def _colon_fault(lines: list[str], number: int, column: int) -> tuple[Place, str]:
    """A colon where none may stand: mostly because of the colon that the line above lacks."""
    above = _above(lines, number)
    line = lines[above] if above >= 0 else ""
    content = line.strip().removeprefix("- ")
    first = lines[number][:column].split(": ")
    if lines[number].lstrip().startswith("- ") and _VALUE.match(content):
        key = content.partition(":")[0]
        text = f"这里的列表没有归属：第 {above + 1} 行“{key}”已经有值；是不是缺少“rules:”这样的一行？"
        return (number + 1, lines[number].index("-") + 1), text
    slip = indent_slip(lines, number) if len(first) == 1 else None
    if slip and _VALUE.match(content):
        return slip[:2], slip[2]
    if content and ":" not in content and len(first) == 1:
        start = len(line) - len(line.lstrip()) + 1
        return (above + 1, start), "这一行缺少冒号；键和值写成“键: 值”，冒号后留一个空格"
    return (number + 1, column + 1), "冒号的位置不对：文字中若有“: ”请给整段文字加引号，或检查缩进"
