"""`balanced`: 成对的符号."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import NOTE_CODES, SCOPE, options_schema
from checker.model.numerals import half_width
from checker.startup.lazy_re import compile_later


def compile_balanced(options: Options, _language: Language) -> Judge:
    """In each paragraph of the scope brackets come in pairs; a list mark such as `1）` is no bracket.

    A single `一）` among marks such as `（二）` has lost its bracket; several of them are a way to count. One whose other half may be elsewhere is left open if the reader left one of the `unless_noted` notes.
    """
    opening = {pair[0]: pair for pair in options["pairs"]}
    closing = {pair[1]: pair for pair in options["pairs"]}

    def judge(subject: Subject) -> Iterator[Judgement]:
        scattered = subject.is_noted(options.get("unless_noted", ()))
        view = subject.view(options["where"])
        lost = len(_CHINESE_MARK.findall(view.text)) == 1 and _BRACKETED_MARK.search(view.text) is not None
        list_mark = _FIGURE_MARK if lost else _LIST_MARK
        for text in view.texts:
            fault = _unpaired(text.squeezed.text, opening, closing, list_mark)
            if fault is None:
                yield None
            elif scattered:
                yield Unjudged(f"“{fault[0]}”的另一半可能在没有读成表格的行里")
            else:
                yield Breach(text.place(fault[1], fault[1] + 1), {"found": fault[0]})

    return judge


def _unpaired(
    text: str, opening: Mapping[str, str], closing: Mapping[str, str], list_mark: re.Pattern[str]
) -> tuple[str, int] | None:
    """The first sign without its other half and where it stands, None if all are paired."""
    stack: list[tuple[str, int]] = []
    fault: tuple[str, int] | None = None
    for position, character in enumerate(text):
        if character in opening:
            stack.append((opening[character], position))
        elif character in closing:
            if stack and _same_shape(stack[-1][0], closing[character]):
                stack.pop()
            elif not list_mark.search(text[max(0, position - 3) : position]):
                fault = fault or (character, position)
    if stack and fault is None:
        fault = (stack[0][0][0], stack[0][1])
    return fault


_LIST_MARK: Final = compile_later(r"(?:^|[。；：，、\s])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[A-Za-z])$")
_FIGURE_MARK: Final = compile_later(r"(?:^|[。；：，、\s])(?:[0-9]{1,2}|[A-Za-z])$")
_CHINESE_MARK: Final = compile_later(r"(?:^|[。；：，、\s])[一二三四五六七八九十]{1,2}[）)]")
_BRACKETED_MARK: Final = compile_later(r"[（(][一二三四五六七八九十]{1,2}[）)]")
_SHAPES: Final = str.maketrans("（）【】［］〔〕", "()[][][]")


def _same_shape(left: str, right: str) -> bool:
    """Whether two pairs may close each other: half- and full-width brackets are often mixed."""
    return half_width(left).translate(_SHAPES) == half_width(right).translate(_SHAPES)


_PAIR: Final = {"type": "string", "minLength": 2, "maxLength": 2}
KIND: Final = Kind(
    title="成对的符号",
    about="每一段里的括号、引号、书名号成对。",
    compile=compile_balanced,
    options=options_schema(
        ("where", "pairs"),
        where=SCOPE,
        pairs={
            "type": "array",
            "minItems": 1,
            "items": _PAIR,
            "description": "成对的符号，一对一项，如 《》",
        },
        unless_noted={**NOTE_CODES, "description": "读取时有这些提示，不成对的就不判断"},
    ),
    evidence=("found",),
    skeleton=r"""
title: 书名号成对
check: {where: 正文, pairs: [《》]}
message: “{found}”没有配对
examples:
  - {name: 成对, expect: pass, given: {text: {1: 印发《公开目录》。}}}
  - {name: 只有一半, expect: fail, given: {text: {1: 印发《公开目录。}}, findings: [{place: 第一部分, evidence: {found: 《}}]}
""",
)
