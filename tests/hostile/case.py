"""What a hostile case consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

FORMATS: Final = (
    "txt", "md", "docx", "doc", "wps", "pdf", "html", "mhtml", "odt", "rtf", "ofd", "xlsx", "xls", "zip", "eml",
)  # fmt: skip
KINDS: Final[Mapping[str, str]] = {
    "plain": "没有毛病的对照",
    "damaged": "截断、损坏、大小写错",
    "bomb": "膨胀、嵌套、实体",
    "glued": "数字旁的上标、删除线、隐藏字",
    "characters": "部首、零宽、全角、自造字",
    "skipped": "读不出来却像无关文件",
    "lost": "包里丢了的成员",
    "names": "文件名和成员名",
    "growth": "四倍的输入",
    "hang": "管道、设备、极长的数字",
    "config": "影响结论的设置",
}
FALSE_GREEN: Final = frozenset(("config", "lost", "skipped", "glued", "damaged"))
"""A case of these kinds that falls short and ends with 0 is a false green."""
TARGET: Final = ("T2", "licensing", "decisions", 18234)
"""The cell that glued figures change, and what it holds."""


@dataclass(frozen=True)
class Case:
    """A case.

    Attributes:
        name: unique, `kind/what.format`.
        format: one of `FORMATS`, or `folder`.
        make: writes the input into an empty folder and returns the arguments of `checker check`.
        expect: what is right. Keys: `exit`, `status`, `verdict`, `code`: lists of what is right of the exit code and of
            each report; `values`, `never`: (table, row, column, figure) that must and must not be read; `doubt`:
            the cell may instead be said to be unreadable; `told`: whether it is said that something was not read; `reports`: number of reports; `of`: the same keys for
            reports whose path holds a name; `says`, `hides`: patterns in the text output; `seconds` (5), `mb` (400).
        quick: whether the quick part runs it.
        grown: the same input four times as large, whose cost may be `ratio` times as high.
    """

    name: str
    format: str
    make: Callable[[Path], list[str]]
    expect: Mapping[str, Any] = field(default_factory=dict)
    quick: bool = False
    grown: Callable[[Path], list[str]] | None = None

    @property
    def kind(self) -> str:
        """What is wrong with it, a key of `KINDS`."""
        return self.name.partition("/")[0]


def given(data: bytes | Callable[[], bytes], name: str) -> Callable[[Path], list[str]]:
    """Puts one file into the folder; large ones are made when they are needed."""

    def make(folder: Path) -> list[str]:
        place = folder / name
        place.write_bytes(data() if callable(data) else data)
        return [str(place)]

    return make


def reads_as_doubtful() -> dict[str, Any]:
    """The target cell is read as it is, or said to be unreadable; it is never another figure."""
    return {"status": ["checked"], "values": [TARGET], "doubt": True}


def one_file(
    name: str, format_name: str, data: bytes | Callable[[], bytes], *, quick: bool = False, **expect: Any
) -> Case:
    """A case of one file called 报告."""
    return Case(f"{name}.{format_name}", format_name, given(data, f"报告.{format_name}"), expect, quick)
