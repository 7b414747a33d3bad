"""Made-up reports, each described once and written in every format.

    from samples import DEPARTMENT_2024, write

    data = write(DEPARTMENT_2024, "docx")

`python -m samples`, run in `tests/`, writes the reports in `reports_in/` anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .county_2023 import COUNTY_2023
from .department_2024 import DEPARTMENT_2024
from .health_2020 import HEALTH_2020
from .model import SampleReport, SampleSection, SampleTable
from .township_2024 import TOWNSHIP_2024
from .water_2023 import WATER_2023
from .write_docx import report_as_docx
from .write_html import report_as_html
from .write_text import report_as_markdown, report_as_text

__all__ = [
    "COUNTY_2023", "DEPARTMENT_2024", "HEALTH_2020", "TOWNSHIP_2024", "WATER_2023", "WRITERS",
    "SampleReport", "SampleSection", "SampleTable", "write",
]  # fmt: skip

WRITERS: Final[Mapping[str, Callable[[SampleReport], bytes]]] = {
    "txt": report_as_text,
    "docx": report_as_docx,
    "html": report_as_html,
    "md": report_as_markdown,
}


def write(report: SampleReport, suffix: str) -> bytes:
    """The report as a file whose name ends in `suffix`."""
    return WRITERS[suffix](report)
