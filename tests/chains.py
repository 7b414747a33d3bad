"""Made-up reports that fit together: one body over several years, one government with its units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from samples import SampleReport, SampleSection, SampleTable, write
from samples.model import load_form

Cells = dict[tuple[str, str], int]

COLUMNS: Final = ("natural", "commercial", "research", "public_welfare", "legal", "other")
KINDS_OF_DOCUMENTS: Final = ("regulations", "normative_documents")
DECISIONS: Final = ("licensing", "penalties", "coercion")


def seeded(seed: int) -> Random:
    """A source of figures and faults."""
    return Random(seed)  # noqa: S311 - figures, not secrets


def results(form: str) -> list[str]:
    """Rows of table three whose figures add up to the total of what was done."""
    (down,) = (one for one in load_form(form).tables["T3"].sums if one.axis == "rows")
    return list(down.parts)


@dataclass(frozen=True)
class Made:
    """One report in figures.

    Attributes:
        opening: whose figures it gives.
        text: what every section says behind the name of the body.
        tables: figures by table, totals included.
    """

    agency: str
    year: int
    tables: dict[str, Cells]
    opening: str = "本报告按统一格式编制。"
    text: str = "把该做的事情都做了。"

    @property
    def form(self) -> str:
        return "2021" if self.year >= 2021 else "2019"

    @property
    def name(self) -> str:
        return f"{self.agency}{self.year}年.txt"

    def with_cell(self, table: str, row: str, column: str, value: int) -> Made:
        """The same report with one figure written differently."""
        return replace(self, tables={**self.tables, table: {**self.tables[table], (row, column): value}})

    def save(self, folder: Path) -> Path:
        """Write the report as plain text."""
        path = folder / self.name
        path.write_bytes(self.data())
        return path

    def data(self) -> bytes:
        """The report as plain text."""
        return write(self._sample(), "txt")

    def _sample(self) -> SampleReport:
        sections = []
        for number, section in enumerate(load_form(self.form).sections):
            heading = f"{'一二三四五六'[number]}、{section.title}"
            text = (f"{self.agency}{self.text}",)
            table = section.table and SampleTable(section.table, self.form, self._texts(section.table))
            sections.append(SampleSection(heading, text, table or None))
        title = f"{self.agency}{self.year}年政府信息公开工作年度报告"
        return SampleReport(title, (self.opening,), tuple(sections))

    def _texts(self, key: str) -> dict[tuple[str, str], str]:
        addresses = load_form(self.form).tables[key].addresses()
        return {address: str(self.tables[key].get(address, 0)) for address in addresses}


def table_two(random: Random, form: str, last: Cells | None) -> Cells:
    """Table two that follows from last year's."""
    cells = {(row, "decisions"): random.randint(100, 400) for row in DECISIONS}
    for row in KINDS_OF_DOCUMENTS[1:]:
        if form == "2019":
            cells |= {(row, "produced"): 1, (row, "disclosed"): 1, (row, "total_disclosed"): 9}
            continue
        made, valid = random.randint(0, 9), (last or {}).get((row, "valid"), random.randint(40, 80))
        repealed = random.randint(0, 9)
        cells |= {(row, "made"): made, (row, "repealed"): repealed, (row, "valid"): valid + made - repealed}
    return cells


def table_three(random: Random, form: str, last: Cells | None, largest: int = 40) -> Cells:
    """Table three whose sums hold and that takes up what last year's left."""
    rows = results(form)
    cells: Cells = {}
    for column in COLUMNS:
        for row in rows:
            cells[row, column] = random.randint(1, largest) if random.random() < 0.5 else 0
        taken_up = (last or {}).get(("R4", column), random.randint(0, 5))
        cells["A", column] += taken_up  # so that there was enough to do
        cells["S", column] = sum(cells[row, column] for row in rows)
        cells["R2", column] = taken_up
        cells["R4", column] = random.randint(1, 9)
        cells["R1", column] = cells["S", column] + cells["R4", column] - taken_up
    return with_row_totals(cells)


def with_row_totals(cells: Cells) -> Cells:
    """The cells with the totals of their rows."""
    rows = dict.fromkeys(row for row, _ in cells)
    return {**cells, **{(row, "total"): sum(cells[row, column] for column in COLUMNS) for row in rows}}


def chain(random: Random, years: range, agency: str = "沅平县林业局") -> list[Made]:
    """One body over several years."""
    reports: list[Made] = []
    for year in years:
        form = "2021" if year >= 2021 else "2019"
        last = reports[-1].tables if reports else {}
        tables = {
            "T2": table_two(random, form, last.get("T2")),
            "T3": table_three(random, form, last.get("T3")),
            "T4": {},
        }
        reports.append(Made(agency, year, tables))
    return reports


GOVERNMENT: Final = "沅平县人民政府"
UNITS: Final = (
    "沅平县人民政府办公室",
    "沅平县财政局",
    "沅平县民政局",
    "沅平县林业局",
    "沅平县水利局",
    "沅平县城关镇人民政府",
    "沅平县石桥镇人民政府",
    "沅平县河西街道办事处",
)
WHOLE_AREA: Final = "本报告由沅平县人民政府办公室汇总各部门、各乡镇数据编制而成。"


def tree(random: Random, year: int = 2024) -> tuple[Made, list[Made]]:
    """A government whose report covers eight units, and their reports."""
    units = [
        Made(
            name,
            year,
            {"T2": table_two(random, "2021", None), "T3": table_three(random, "2021", None), "T4": {}},
        )
        for name in UNITS
    ]
    return Made(GOVERNMENT, year, added(units), WHOLE_AREA), units


def added(reports: list[Made]) -> dict[str, Cells]:
    """The figures of several reports added up."""
    tables: dict[str, Cells] = {"T2": {}, "T3": {}, "T4": {}}
    for report in reports:
        for key, cells in report.tables.items():
            for address, value in cells.items():
                tables[key][address] = tables[key].get(address, 0) + value
    return tables


UNITS_FILE: Final = "units:\n" + "".join(
    f"  - {{unit: {name}" + ("" if name == GOVERNMENT else f", parent: {GOVERNMENT}") + "}\n"
    for name in (GOVERNMENT, *UNITS)
)
