"""Word documents whose tables have few lines or none, as LibreOffice prints them."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from samples import SampleReport, write

SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
LINES: Final = {
    "none": (),
    "rows": ("top", "bottom", "insideH"),
    "three": ("top", "bottom"),
    "open": ("top", "bottom", "insideH", "insideV"),
}
"""Which lines a table has; with `three`, one more below its head."""
ALIGNMENTS: Final = ("middle", "left", "top", "right")
"""How text stands in its cell: `top` is at the left too, `right` means numbers only, with words at the left."""
LOWER: Final = range(0, 400, 80)
"""Twentieths of a point by which text begins lower on each page, so that pages end elsewhere."""
_DOCUMENT: Final = "word/document.xml"
_LINE: Final = '<w:{} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
_NO_LINE: Final = '<w:{} w:val="nil"/>'
_STYLE: Final = '<w:pStyle w:val="TableText"/>'
_NUMBER: Final = re.compile(
    _STYLE + r'(<w:jc[^>]*/>)?(</w:pPr><w:r><w:t xml:space="preserve">[-+\d.]+</w:t>)'
)
_ROW: Final = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_CELL: Final = re.compile(r"<w:tcW [^>]*/>(?:<w:gridSpan[^>]*/>)?(?:<w:vMerge[^>]*/>)?")


def as_word(report: SampleReport, lines: str, alignment: str, lower: int) -> bytes:
    """The report as a Word document whose tables have these lines."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(write(report, "docx"))) as plain,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in plain.namelist():
            text = plain.read(name)
            if name == _DOCUMENT:
                changed = re.sub(
                    r"<w:tbl>.*?</w:tbl>",
                    lambda table: _table(table[0], lines, alignment),
                    text.decode(),
                    flags=re.DOTALL,
                )
                changed = re.sub(r'w:top="(\d+)"', lambda top: f'w:top="{int(top[1]) + lower}"', changed)
                text = changed.encode()
            archive.writestr(name, text)
    return made.getvalue()


def _table(table: str, lines: str, alignment: str) -> str:
    drawn = "".join((_LINE if side in LINES[lines] else _NO_LINE).format(side) for side in SIDES)
    centred = '<w:jc w:val="center"/>'
    table = table.replace(centred, f"{centred}<w:tblBorders>{drawn}</w:tblBorders>", 1)
    if lines == "three":
        first = next(
            row for row in _ROW.findall(table) if re.search(r">[-+\d.]+</w:t>(?!.*<w:t)", row, re.DOTALL)
        )
        rule = f"<w:tcBorders>{_LINE.format('top')}</w:tcBorders>"
        table = table.replace(first, _CELL.sub(rf"\g<0>{rule}", first), 1)
    if alignment != "middle":
        table = table.replace(_STYLE, _STYLE + '<w:jc w:val="left"/>')
    if alignment == "right":
        table = _NUMBER.sub(rf'{_STYLE}<w:jc w:val="right"/>\2', table)
    return table.replace('w:vAlign w:val="center"', 'w:vAlign w:val="top"') if alignment == "top" else table


def office_prints(report: SampleReport) -> Iterator[tuple[str, bytes]]:
    """Lines, alignment and how much lower, joined by `_`, and what LibreOffice prints."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for lines in LINES:
            for alignment in ALIGNMENTS:
                for lower in LOWER:
                    document = place / f"{lines}_{alignment}_{lower}.docx"
                    document.write_bytes(as_word(report, lines, alignment, lower))
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        documents = sorted(str(document) for document in place.glob("*.docx"))
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *documents]
        subprocess.run(command, check=True, timeout=600, capture_output=True)
        for printed in sorted(place.glob("*.pdf")):
            yield printed.stem, printed.read_bytes()
