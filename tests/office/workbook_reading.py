"""A workbook as its XML has it: what cells show, their formulas, and how they are stored."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def tree(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314  # of our own making


class Reading:
    """The cells of a workbook: what they show, and their formulas."""

    def __init__(self, data: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(data))
        book = tree(self.package.read("xl/workbook.xml"))
        self.names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
        self.defined = {
            (one.get("name"), int(one.get("localSheetId"))): one.text
            for one in book.iter(f"{MAIN}definedName")
        }
        self.rows, self.formulas, self.values, self.types = {}, {}, {}, {}
        for number, name in enumerate(self.names, 1):
            self.xml = tree(self.package.read(f"xl/worksheets/sheet{number}.xml"))
            self.rows[name] = [self._row(name, row) for row in self.xml.iter(f"{MAIN}row")]

    def _row(self, name, row):
        shown = []
        for cell in row:
            formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            text = (
                "".join(one.text or "" for one in cell.iter(f"{MAIN}t"))
                if cell.get("t") == "inlineStr"
                else value.text
                if value is not None
                else ""
            )
            if formula is not None:
                self.formulas[name, cell.get("r")] = formula.text
            self.types[name, cell.get("r")] = cell.get("t", "n")
            self.values[name, cell.get("r")] = text or ""
            shown.append(text or "")
        return shown

    def table(self, name, first=0):
        heads, *rows = self.rows[name][first:]
        return [dict(zip(heads, row, strict=True)) for row in rows]
