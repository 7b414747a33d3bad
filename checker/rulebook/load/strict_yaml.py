"""YAML without surprises: what is written is what is meant, and every value knows its line.

Only `true` and `false` are booleans, only decimal integers without leading zeros are numbers, everything
else is text: `off`, `010`, `22:30` and `2024-01-01` stay as typed. Duplicate keys, anchors, aliases and
tags are refused, size and nesting are capped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from checker.model.errors import Fault
from checker.rulebook.load.typing_slips import chinese_quotes, one_for_many, swallowed_text
from checker.rulebook.load.yaml_faults import (
    control_character,
    place_of,
    syntax_fault,
    too_deep_at,
    unsupported_marks,
)
from checker.startup.records import dataclass, field

Path = tuple[str | int, ...]
"""Keys and indices from the top of a file to a value."""

_MAX_CHARACTERS: Final = 1_000_000
_MAX_DEPTH: Final = 40
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_TOO_DEEP: Final = f"层次套得太深，最多 {_MAX_DEPTH} 层"
_ODD_SPACES: Final = "\u3000\xa0"


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


def load_yaml(text: str, name: str, *, max_characters: int = _MAX_CHARACTERS) -> tuple[YamlFile, list[Fault]]:
    """Parse one file.

    Args:
        text: its contents.
        name: how to name it in messages.
        max_characters: the longest text that is parsed.

    Returns:
        The file, and its faults; data of a file with syntax faults is None.
    """
    if len(text) > max_characters:
        text_limit = f"文件有 {len(text)} 字，最多 {max_characters} 字；请拆成几个文件"
        return YamlFile(name, None), [Fault(name, 1, 1, text_limit)]
    wrong = control_character(text)
    deep = too_deep_at(text, _MAX_DEPTH)
    if wrong is None and deep is not None:
        wrong = place_of(text, deep), _TOO_DEEP
    if wrong:
        return YamlFile(name, None), [Fault(name, *wrong[0], wrong[1])]
    import yaml  # noqa: PLC0415  # only needed when rule files changed

    loader = _loader(yaml)
    marks = unsupported_marks(text, yaml, loader)
    if marks:
        return YamlFile(name, None), [Fault(name, *place, sentence) for place, sentence in marks]
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        place, sentence = syntax_fault(error, text)
        return YamlFile(name, None), [Fault(name, *place, sentence)]
    builder = _Builder(YamlFile(name, None), text.split("\n"))
    data = None if node is None else builder.build(node, (), 0)
    return YamlFile(name, data, builder.file.values, builder.file.keys), builder.faults


def _loader(yaml: Any) -> Any:
    """The loader of libyaml, eight times as fast; else the one written in Python."""
    if hasattr(yaml, "CSafeLoader"):
        return yaml.CSafeLoader
    from checker.rulebook.load.pure_loader import PureLoader  # noqa: PLC0415  # only without libyaml

    return PureLoader


class _Builder:
    """Turns nodes into plain data and keeps their places."""

    def __init__(self, file: YamlFile, lines: list[str]) -> None:
        self.file = file
        self._lines = lines
        self.faults: list[Fault] = []

    def build(self, node: Any, path: Path, depth: int) -> Any:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.file.values[path] = place
        if depth > _MAX_DEPTH:
            self._fault(place, _TOO_DEEP)
            return None
        if node.id == "mapping":
            return dict(self._pairs(node, path, depth))
        slip = one_for_many(node) if node.id == "sequence" else None
        if node.id == "scalar" and not node.style:
            slip = swallowed_text(self._lines, node) or chinese_quotes(node)
        if slip:
            self._fault(slip[:2], slip[2])
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
            if key[:1] in _ODD_SPACES and key:
                self._fault(place, "缩进里有全角空格，请改用半角空格")
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
