"""Kind about signs that come in pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.kinds.base import (
    NOTE_CODES,
    SCOPE,
    Breach,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    options_schema,
)
from checker.model.numerals import half_width
from checker.startup.lazy_re import compile_later


def judge_balanced(subject: Subject, options: Options) -> Iterator[Judgement]:
    """In each paragraph of the scope brackets come in pairs; a list mark such as `1）` is no bracket.

    One whose other half may be elsewhere is left open if the reader left one of the `unless_noted` notes.
    """
    scattered = subject.is_noted(options.get("unless_noted", ()))
    view = subject.view(options["where"])
    opening = {pair[0]: pair for pair in options["pairs"]}
    closing = {pair[1]: pair for pair in options["pairs"]}
    for text in view.texts:
        stack: list[tuple[str, int]] = []
        fault: tuple[str, int] | None = None
        squeezed = text.squeezed.text
        for position, character in enumerate(squeezed):
            if character in opening:
                stack.append((opening[character], position))
            elif character in closing:
                if stack and _same_shape(stack[-1][0], closing[character]):
                    stack.pop()
                elif not _LIST_MARK.search(squeezed[max(0, position - 3) : position]):
                    fault = fault or (character, position)
        if stack and fault is None:
            fault = (stack[0][0][0], stack[0][1])
        if fault is None:
            yield None
        elif scattered:
            yield Unjudged(f"“{fault[0]}”的另一半可能在没有读成表格的行里")
        else:
            yield Breach(text.place(fault[1], fault[1] + 1), {"found": fault[0]})


_LIST_MARK: Final = compile_later(r"(?:^|[。；：，、\s])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[A-Za-z])$")
_SHAPES: Final = str.maketrans("（）【】［］〔〕", "()[][][]")


def _same_shape(left: str, right: str) -> bool:
    """Whether two pairs may close each other: half- and full-width brackets are often mixed."""
    return half_width(left).translate(_SHAPES) == half_width(right).translate(_SHAPES)


_PAIR: Final = {"type": "string", "minLength": 2, "maxLength": 2}

BALANCED: Final = Kind(
    judge_balanced,
    "成对的符号",
    options_schema(
        ("where", "pairs"),
        where=SCOPE,
        pairs={"type": "array", "minItems": 1, "items": _PAIR},
        unless_noted={**NOTE_CODES, "description": "读取时有这些提示，不成对的就不判断"},
    ),
    ("found",),
)
