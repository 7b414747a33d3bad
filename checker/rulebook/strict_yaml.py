"""YAML without surprises: what is written is what is meant, and every value knows its line.

Only `true` and `false` are booleans, only decimal integers without leading zeros are numbers, everything
else is text: `off`, `010`, `22:30` and `2024-01-01` stay as typed. Duplicate keys, anchors, aliases and
tags are refused, size and nesting are capped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from checker.errors import Fault
from checker.records import dataclass, field

Path = tuple[str | int, ...]
"""Keys and indices from the top of a file to a value."""

_MAX_CHARACTERS: Final = 1_000_000
_MAX_DEPTH: Final = 40
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DEEP_SEQUENCE: Final = re.compile(rf"(?:[-?] ){{{_MAX_DEPTH},}}")


@dataclass(frozen=True)
class YamlFile:
    """A parsed file.

    Attributes:
        name: how to name it in messages.
        data: plain dicts, lists, strings, integers, booleans and None.
        values: line and column (from 1) of each value, by path.
        keys: line and column of each mapping key, by the path of its value.
    """

    name: str
    data: Any
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def fault(self, path: Path, text: str, *, at_key: bool = False) -> Fault:
        """A fault at the value (or key) of `path`, or at its nearest enclosing value."""
        while path and path not in (self.keys if at_key else self.values):
            path = path[:-1]
        line, column = (self.keys if at_key and path in self.keys else self.values).get(path, (1, 1))
        return Fault(self.name, line, column, text)


def load_yaml(
    text: str, name: str, *, max_characters: int = _MAX_CHARACTERS
) -> tuple[YamlFile, list[Fault]]:
    """Parse one file.

    Args:
        text: its contents.
        name: how to name it in messages.
        max_characters: the longest text that is parsed.

    Returns:
        The file, and its faults; data of a file with syntax faults is None.
    """
    too_deep = len(text) > max_characters or _flow_depth(text) > _MAX_DEPTH or _DEEP_SEQUENCE.search(text)
    if too_deep:
        return YamlFile(name, None), [Fault(name, 1, 1, "文件过大，或层次套得太深；规则文件请拆开写")]
    import yaml  # noqa: PLC0415  # only needed when rule files changed

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return YamlFile(name, None), [
            Fault(name, line, column, _syntax_sentence(str(error.problem), text, line))
        ]
    except yaml.YAMLError:
        return YamlFile(name, None), [
            Fault(name, 1, 1, "文件里有 YAML 不允许的控制字符，请另存为 UTF-8 纯文本")
        ]
    builder = _Builder(YamlFile(name, None))
    data = None if node is None else builder.build(node, (), 0)
    return YamlFile(name, data, builder.file.values, builder.file.keys), builder.faults


def _flow_depth(text: str) -> int:
    """Deepest nesting of `[` and `{`, quotes not considered: an upper bound is enough."""
    depth = deepest = 0
    for match in re.finditer(r"[\[{\]}]", text):
        depth = depth + 1 if match[0] in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


class _Builder:
    """Turns nodes into plain data and keeps their places."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._seen: set[int] = set()
        self._kept: list[Any] = []

    def build(self, node: Any, path: Path, depth: int) -> Any:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.file.values[path] = place
        if id(node) in self._seen:
            self._fault(place, "不支持用 & 和 * 引用别处的内容，请把内容写出来")
            return None
        self._seen.add(id(node))
        self._kept.append(node)
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self._fault(place, "不支持 ! 开头的类型标记，请去掉")
        if depth > _MAX_DEPTH:
            self._fault(place, f"层次套得太深，最多 {_MAX_DEPTH} 层")
            return None
        if node.id == "mapping":
            return dict(self._pairs(node, path, depth))
        if node.id == "sequence":
            return [self.build(child, (*path, index), depth + 1) for index, child in enumerate(node.value)]
        return _scalar(node)

    def _pairs(self, node: Any, path: Path, depth: int) -> Iterator[tuple[str, Any]]:
        names: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key_node.id != "scalar":
                self._fault(place, "键只能是文字")
                continue
            key = str(key_node.value)
            if key == "<<":
                self._fault(place, "不支持 << 合并，请把内容写出来")
                continue
            if key in names:
                self._fault(place, f"“{key}”写了两次（第一次在第 {names[key]} 行），请删去一个")
                continue
            names[key] = place[0]
            inner = (*path, key)
            self.file.keys[inner] = place
            yield key, self.build(value_node, inner, depth + 1)

    def _fault(self, place: tuple[int, int], text: str) -> None:
        self.faults.append(Fault(self.file.name, *place, text))


def _scalar(node: Any) -> str | int | bool | None:
    value: str = node.value
    if node.style:  # quoted, or a block; plain is None or empty by parser
        return value
    if value in ("true", "false"):
        return value == "true"
    if value in ("", "null"):
        return None
    return int(value) if _INTEGER.fullmatch(value) else value


_SYNTAX: Final = (
    ("found character '\\t'", "缩进里有制表符（Tab），请改用空格"),
    (
        "found character that cannot start any token",
        "这里的符号不能作为开头；若是文字请加引号，缩进请用空格而不是 Tab",
    ),
    ("mapping values are not allowed", "冒号的位置不对：文字中若有“: ”请给整段文字加引号，或检查缩进"),
    ("could not find expected ':'", "这一行缺少冒号；键和值写成“键: 值”，冒号后留一个空格"),
    ("did not find expected key", "缩进不对，或引号后面多了文字"),
    ("did not find expected '-' indicator", "列表的缩进不齐：每一项的“-”要对齐"),
    ("did not find expected ',' or ']'", "方括号没有配对，或少了逗号"),
    ("did not find expected ',' or '}'", "花括号没有配对，或少了逗号"),
    ("found unexpected end of stream", "引号没有配对"),
    ("found undefined alias", "以 * 开头的文字请加引号"),
    ("did not find expected alphabetic or numeric character", "以 * 或 & 开头的文字请加引号"),
    ("found unknown escape character", "双引号里的反斜杠有特殊含义；正则表达式请用单引号"),
    ("block sequence entries are not allowed", "“-”的位置不对，列表要另起一行"),
    ("expected <block end>", "缩进不对：与上面同级的内容要对齐"),
    ("expected ',' or", "括号没有配对，或少了逗号"),
)


def _syntax_sentence(problem: str, text: str, line: int) -> str:
    lines = text.split("\n")
    if line <= len(lines) and re.match(r"^ *\t", lines[line - 1]):
        return _SYNTAX[0][1]
    return next(
        (chinese for english, chinese in _SYNTAX if english in problem),
        "不合 YAML 语法，请对照上一行检查缩进、冒号和引号",
    )
