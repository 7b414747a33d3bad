"""Inputs of one shape and any size; fourfold text may cost at most 4.5 times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from .case import Case, given
from .drawing import draw, packed

RATIO: Final = 4.5
SMALL, LARGE = 50_000, 200_000
"""Characters."""


def _many(text: str, size: int) -> str:
    return text * (size // len(text))


def _varied(size: int) -> str:
    """Sentences that differ in their figures and words."""
    subjects, verbs, objects = (
        "县局镇街村委办股站所",
        "公开受理答复登记核对更新解读回应",
        ("信息", "申请", "文件", "栏目", "问题", "建议", "事项"),
    )
    made: list[str] = []
    length = number = 0
    while length < size:
        number += 1
        subject, verb = (
            subjects[number * 7 % 10] + subjects[number * 3 % 7],
            verbs[2 * (number % 8) : 2 * (number % 8) + 2],
        )
        made.append(
            f"{subject}{verb}{objects[number % 7]}{number * 37 % 9973}件，比去年增加{number * 13 % 97}件。"
            + ("\n" if number % 6 == 0 else "")
        )
        length += len(made[-1])
    return "".join(made)


SHAPES: Final[Mapping[str, Callable[[int], str]]] = {
    "varied": _varied,
    "commas": lambda n: _many("全年受理申请6件，办结5件，其中予以公开4件、不予公开1件，", n) + "。",
    "figures": lambda n: "其中" + _many("2件，", n) + "。",
    "sentence": lambda n: _many("全年共收到政府信息公开申请6件，办结5件。", n),
    "sentences": lambda n: _many("全年共收到政府信息公开申请6件，办结5件。" * 10 + "\n", n),
    "headings": lambda n: _many("一、总体情况\n二、主动公开政府信息情况\n", n),
    "subheadings": lambda n: _many("（一）主动公开。\n（二）依申请公开。\n", n),
    "quotes": lambda n: _many("“公开”《条例》（国办〔2021〕30号）", n),
    "open_quotes": lambda n: _many("“公开《条例（国办〔", n),
    "titles": lambda n: _many("禾川县人民政府2023年政府信息公开工作年度报告\n", n),
    "contradictions": lambda n: "\n".join(f"2023年共收到政府信息公开申请{k % 977}件，办结{k % 89}件，行政许可{k % 1013}件。" for k in range(n // 33)),
    "dates": lambda n: _many("2023年1月1日至2023年12月31日，", n) + "。",
    "list_marks": lambda n: _many("、", n) + "件。",
    "numerals": lambda n: _many("一百二十三件，", n) + "。",
    "signatures": lambda n: _many("禾川县人民政府\n2024年3月12日\n", n),
    "slips": lambda n: _many("受理12、、3件。\n", n),
    "short_lines": lambda n: _many("公开\n", n),
    "contacts": lambda n: _many("地址：禾川县1号，邮编：557312，电话：0855-5550101，邮箱：a@b.cn。", n),
    "digits": lambda n: _many("1 ", n),
}  # fmt: skip
"""Text of about so many characters."""


def in_report(text: str) -> bytes:
    """The report as text with more paragraphs before its second heading of the first section."""
    report = draw("txt").decode()
    mark = "\n（二）依申请公开"
    assert mark in report
    return report.replace(mark, f"\n{text}{mark}", 1).encode()


def _page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return draw("html").replace(
        "<p>（二）依申请公开".encode(), f"{paragraphs}<p>（二）依申请公开".encode(), 1
    )


def _word(text: str) -> bytes:
    from .drawing import repacked  # noqa: PLC0415  # beside its use

    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))

    def change(parts: dict[str, bytes]) -> None:
        head, tail = parts["word/document.xml"].decode().split("<w:tbl>", 1)
        parts["word/document.xml"] = f"{head}{paragraphs}<w:tbl>{tail}".encode()

    return repacked(draw("docx"), change)


def table_page(cells: int) -> bytes:
    """A page with a further table of so many cells in eight columns."""
    row = "<tr>" + "<td>1</td>" * 8 + "</tr>"
    page = draw("html").decode()
    return page.replace("<!-- 正文结束 -->", f"<table>{row * (cells // 8)}</table>", 1).encode()


def cases() -> Iterator[Case]:
    """All of this module."""
    for name, shape in SHAPES.items():
        yield _growing(f"growth/{name}", "txt", lambda n, shape=shape: in_report(shape(n)))  # type: ignore[misc]
    for name in ("varied", "sentences", "commas"):
        yield _growing(f"growth/{name}", "html", lambda n, name=name: _page(SHAPES[name](n)))  # type: ignore[misc]
        yield _growing(f"growth/{name}", "docx", lambda n, name=name: _word(SHAPES[name](n)))  # type: ignore[misc]
    yield _growing("growth/cells", "html", lambda n: table_page(n // 10))
    yield _growing(
        "growth/members", "zip", lambda n: packed({f"{k}.txt": draw("txt") for k in range(n // 10_000)})
    )


def _growing(name: str, format_name: str, make: Callable[[int], bytes]) -> Case:
    def sized(size: int) -> Callable[[Path], list[str]]:
        return given(lambda: make(size), f"报告.{format_name}")

    expect = {"exit": [0, 1, 3], "seconds": 5 if format_name != "zip" else 15}
    return Case(f"{name}.{format_name}", format_name, sized(SMALL), expect, grown=sized(LARGE))
