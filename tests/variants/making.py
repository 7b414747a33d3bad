"""Making the variants: LibreOffice converts, Chromium prints."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from samples import SampleReport, write

from checker.model.document import Table
from checker.readers.page.pdf_ink import Tally, read_ink
from checker.readers.page.pdfium import open_pdf
from checker.readers.page.printed.ink import Glyph, PageInk

OFFICE: Final = ("doc:MS Word 97", "odt", "rtf", "pdf", "html:HTML (StarWriter)")
SHEETS: Final = ("xlsx", "xls")
MILLIMETRES: Final = 25.4 / 72
STYLE: Final = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font-family: FangSong, "Noto Serif CJK SC", serif; font-size: 16pt; line-height: 1.75; margin: 0 }
h1 { font-size: 22pt; text-align: center; font-weight: normal; margin: 0 1em 1em }
h2 { font-size: 16pt; font-weight: bold; margin: 0; text-indent: 2em }
p { margin: 0; text-indent: 2em; text-align: justify } p.signature { text-align: right; text-indent: 0 }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.3; margin: 0 }
td { border: 0.75pt solid black; padding: 3pt; text-align: center; vertical-align: middle }
tr { break-inside: avoid }
"""
"""As WPS sets such reports: large text, small tables, frames as thin as a hair."""
RULES: Final = {
    "none": """body { font-family: "Droid Sans Fallback" } table, td { border: none }""",
    "rows": """body { font-family: "Droid Sans Fallback" }
table { border-left: none; border-right: none } td { border-left: none; border-right: none }""",
    "three": """body { font-family: "Droid Sans Fallback" }
table { border: none; border-top: 1.5pt solid black; border-bottom: 1.5pt solid black }
td { border: none } td.foot { border-bottom: 0.75pt solid black }""",
}
"""Tables without frames around cells: no lines at all, lines between rows only, three lines; in another font."""


def as_page(
    report: SampleReport, *, break_before: int | None = None, printed: bool = False, rules: str | None = None
) -> str:
    """The report as a plain page.

    Args:
        report: the report.
        break_before: row of table three, from 0, that begins a new sheet.
        printed: with the style of a printed report.
        rules: which lines the tables have, by the names in `RULES`; frames around all cells by default.
    """
    tables = 0
    style = (STYLE if printed else "") + (RULES[rules] if rules else "")
    parts = [f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{style}</style><body>']
    for kind, item in report.flow():
        if isinstance(item, Table):
            tables += 1
            parts.append(_table(item, break_before if tables == 2 else None, mark_head=rules is not None))
        else:
            tag = {"title": "h1", "heading": "h2"}.get(kind, "p")
            parts.append(f'<{tag} class="{kind}">{escape(item)}</{tag}>')
    return "".join([*parts, "</body></html>"])


def _table(table: Table, break_before: int | None, *, mark_head: bool) -> str:
    head = next(number for number, row in enumerate(table.rows) if row[-1].text.isdigit())
    rows = []
    for number, row in enumerate(table.rows):
        cells = "".join(
            f'<td rowspan="{c.row_span}" colspan="{c.column_span}"'
            + (' class="foot"' if mark_head and number + c.row_span == head else "")
            + (' style="width:1.2em"' if c.row_span > 12 else "")
            + f">{escape(c.text)}</td>"
            for c in row
        )
        start = '<tr style="break-before:page">' if number == break_before else "<tr>"
        rows.append(f"{start}{cells}</tr>")
    return f'<table border="1" cellspacing="0">{"".join(rows)}</table>'


def converted(report: SampleReport) -> Iterator[tuple[str, bytes]]:
    """Suffix and content of what LibreOffice makes of the report."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "word.docx").write_bytes(write(report, "docx"))
        (place / "sheet.html").write_text(as_page(report), encoding="utf-8")
        wanted = [("word.docx", target, ()) for target in OFFICE]
        wanted += [("sheet.html", target, ("--infilter=HTML (StarCalc)",)) for target in SHEETS]
        for source, target, options in wanted:
            profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
            command = ["soffice", "--headless", profile, *options, "--convert-to", target, source]
            subprocess.run(command, cwd=place, check=True, timeout=180, capture_output=True)
            suffix = target.partition(":")[0]
            yield suffix, (place / f"{source.partition('.')[0]}.{suffix}").read_bytes()


def printed(report: SampleReport, break_before: int | None = None, rules: str | None = None) -> bytes:
    """The report as Chromium prints it; for the arguments see `as_page`."""
    return _print(
        as_page(report, break_before=break_before, printed=True, rules=rules).encode(),
        "--no-pdf-header-footer",
    )


def printed_site(report: SampleReport) -> bytes:
    """The page of a web site with the report as Chromium prints it: menu, running head and all."""
    return _print(write(report, "html"))


def _print(page: bytes, *options: str) -> bytes:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "page.html").write_bytes(page)
        profile = f"--user-data-dir={place / 'profile'}"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", profile, *options]
        command += ["--print-to-pdf=page.pdf", "page.html"]
        subprocess.run(command, cwd=place, check=True, timeout=180, capture_output=True)
        return (place / "page.pdf").read_bytes()


def as_ofd(pdf: bytes) -> bytes:
    """The characters and lines of a PDF as an OFD file."""
    tally = Tally()
    parts: dict[str, str] = {}
    with open_pdf(pdf) as document:
        for index in range(document.page_count):
            with document.page(index) as page:
                parts[f"Doc_0/Pages/{index}.xml"] = _ofd_page(read_ink(page, index + 1, tally))
    pages = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(parts)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    content = f"<ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>"
    parts["Doc_0/Document.xml"] = _root("Document", content)
    parts["OFD.xml"] = _root(
        "OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    )
    return packed({name: text.encode() for name, text in parts.items()})


def _root(name: str, content: str) -> str:
    return f'<ofd:{name} xmlns:ofd="http://www.ofdspec.org/2016">{content}</ofd:{name}>'


def _ofd_page(ink: PageInk) -> str:
    objects = [_ofd_text(run, ink.height) for run in _runs(ink)]
    for line in ink.rulings:
        x, y = _millimetres(line.left), _millimetres(ink.height - line.top)
        width, height = _millimetres(line.right - line.left), _millimetres(line.top - line.bottom)
        end = f"{round(x + width, 3)} {y}" if width >= height else f"{x} {round(y + height, 3)}"
        data = f"<ofd:AbbreviatedData>M {x} {y} L {end}</ofd:AbbreviatedData>"
        objects.append(f'<ofd:PathObject Boundary="0 0 210 297">{data}</ofd:PathObject>')
    return _root("Page", f"<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content>")


def _runs(ink: PageInk) -> Iterator[list[Glyph]]:
    """Characters that follow each other on a line, all as high as the font."""
    run: list[Glyph] = []
    for char, left, low, right, high in ink.glyphs:
        # Browsers declare some characters apart from their glyphs; their boxes are those of the ink.
        half = max(high - low, right - left) / 2
        glyph = (char, left, (low + high) / 2 - half, right, (low + high) / 2 + half)
        alike = run and abs(run[-1][4] - run[-1][2] - 2 * half) < half / 3
        if run and not (
            alike and abs(run[-1][2] - glyph[2]) < 3 and 0 <= left - run[-1][1] < 2 * (high - low)
        ):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _ofd_text(run: list[Glyph], height: float) -> str:
    left, bottom, right, top = run[0][1], run[0][2], run[-1][3], run[0][4]
    # The size of type is the width of an ideograph; the font is higher.
    points = max(
        [end - begin for char, begin, _, end, _ in run if char > "\u2000"], default=(top - bottom) * 0.87
    )
    x, y = _millimetres(left), _millimetres(height - (top + bottom + points) / 2)
    size = _millimetres(points)
    steps = " ".join(str(_millimetres(after[1] - before[1])) for before, after in pairwise(run))
    delta = f'DeltaX="{steps}"' if steps else ""
    words = escape("".join(glyph[0] for glyph in run))
    code = f'<ofd:TextCode X="0" Y="{round(size * 0.88, 3)}" {delta}>{words}</ofd:TextCode>'
    boundary = f"{x} {y} {_millimetres(right - left)} {size}"
    return f'<ofd:TextObject Boundary="{boundary}" Size="{size}">{code}</ofd:TextObject>'


def _millimetres(points: float) -> float:
    return round(points * MILLIMETRES, 3)


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, the same bytes each time."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
