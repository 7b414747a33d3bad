"""The reports of `reports_in/`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from website.website_sample import page as website_page

from . import COUNTY_2023, DEPARTMENT_2024, TOWNSHIP_2024, WATER_2023
from .write_docx import report_as_docx
from .write_html import report_as_html
from .write_text import report_as_text

FOLDER: Final = Path(__file__).parents[2] / "reports_in"


def build() -> dict[str, bytes]:
    """Each file by its name."""
    return {
        "沅平县自然资源局2024年年报.docx": report_as_docx(DEPARTMENT_2024),
        "沅平县水利局2023年年报.txt": report_as_text(WATER_2023),
        "禾川县人民政府2023年年报.html": report_as_html(COUNTY_2023, "gb18030"),
        "禾川县人民政府网站2023年度报表.html": website_page().encode(),
        "禾川县松坪镇2024年年报.txt": report_as_text(TOWNSHIP_2024),
    }
