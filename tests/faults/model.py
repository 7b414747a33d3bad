"""What an injected fault is, and the clean reports that faults are put into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from samples import COUNTY_2023, DEPARTMENT_2024, HEALTH_2020, TOWNSHIP_2024, SampleReport, write
from samples.model import filled_table

from .changes import Change, both, put_table, say, sign

_UNCHANGED: Final = both()

TOWNSHIP_CLEAN: Final = both(
    say(0, "2023年1月1日至2023年12月31日", "2024年1月1日至2024年12月31日"),
    say(0, "5550188", "0855-5550188"),
    say(1, "公开信息条", "公开信息174条"),
    say(1, "考核结果为全镇各村均达标", "考核结果为全镇各村均达标；年中请村民代表对公开情况作社会评议，满意率九成；全年无责任追究情形"),
    put_table(filled_table("2021", "T3", {
        "R1": "natural=5 commercial=1",
        "A": "natural=3",
        "D1": "natural=1 commercial=1",
        "E1": "natural=1",
    })),
    say(5, "，，", "，"),
    say(6, "无其他", "本年度未收取信息处理费，无其他"),
    sign("禾川县松坪镇人民政府", "2025年1月19日"),
)(TOWNSHIP_2024)  # fmt: skip
"""The township's report with its faults mended."""

BASES: Final = {
    "department": DEPARTMENT_2024,
    "county": COUNTY_2023,
    "township": TOWNSHIP_CLEAN,
    "old form": HEALTH_2020,
}


@dataclass(frozen=True)
class Fault:
    """A change of a clean report that one rule must report, once.

    Attributes:
        name: what is wrong, in Chinese.
        rule: id of the rule that must report it.
        change: the change of the report.
        base: which clean report is changed.
        severity: severity that the finding must have, None if that is left open.
        place: where the finding must stand: a section number, a table or a cell such as `T3[R1, natural]`.
        suffix: the format in which the report is written.
        damage: what then happens to the file.
    """

    name: str
    rule: str
    change: Change = _UNCHANGED
    base: str = "department"
    severity: str | None = None
    place: str | int | None = None
    suffix: str = "txt"
    damage: Callable[[bytes], bytes] | None = None

    @property
    def report(self) -> SampleReport:
        """The report with the fault."""
        return self.change(BASES[self.base])

    @property
    def file_name(self) -> str:
        """Name of the file."""
        return f"{self.rule} {self.name}.{self.suffix}"

    def data(self) -> bytes:
        """The file with the fault."""
        data = write(self.report, self.suffix)
        return self.damage(data) if self.damage else data
