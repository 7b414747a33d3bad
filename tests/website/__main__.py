"""The second report in every format, clean and with each fault: `python -m website` in `tests/`.

Needs LibreOffice and Chromium. Every file must give the findings that the web page gives.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from checker.rulebook.store import load_rulebook
from checker.run.pipeline import CheckOptions, check_file

from .website_faults import FAULTS
from .website_sample import page

_OFFICE: Final = ("soffice", "--headless", "--convert-to")
# Target, what reads the source, and the ending of the source.
_CONVERSIONS: Final = (
    ("docx:MS Word 2007 XML", "HTML (StarWriter)", "html"),
    ("xlsx:Calc MS Excel 2007 XML", "HTML (StarCalc)", "html"),
    ("txt:Text (encoded):UTF8", None, "docx"),
    ("pdf:writer_pdf_Export", None, "docx"),
)
_BROWSER: Final = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
_OPTIONS: Final = CheckOptions(today=date(2024, 3, 1))

Found = list[tuple[str, str | None, str]]


def main() -> int:
    """Make all files, say which give other findings than their page, and return the exit code."""
    pages: dict[str, tuple[str, Found]] = {"clean": (page(), [])}
    for number, (changes, *expected) in enumerate(FAULTS.values(), 1):
        pages[f"fault_{number:02}"] = (page(**changes), [tuple(expected)])
    wrong = made = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, (text, _) in pages.items():
            (root / f"{name}.html").write_text(text, encoding="utf-8")
        for file in _all_formats(root, list(pages)):
            found = findings(file)
            made += 1
            if found != pages[file.stem.removesuffix("_printed")][1]:
                wrong += 1
                print(f"{file.name}: {found}")
    print(f"{made - wrong} of {made} the same")
    return 1 if wrong else 0


def findings(file: Path) -> Found:
    """Rule, row and severity of each finding in a file."""
    [result] = check_file(load_rulebook(), file, _OPTIONS)
    return [(one.rule, one.place.row, one.severity.value) for one in result.findings]


def _all_formats(root: Path, names: list[str]) -> Iterator[Path]:
    for target, reader, ending in _CONVERSIONS:
        sources = [str(root / f"{name}.{ending}") for name in names]
        command = [*_OFFICE, target, *([f"--infilter={reader}"] if reader else []), "--outdir", str(root)]
        profile = f"-env:UserInstallation=file://{root}/profile"
        subprocess.run([*command, profile, *sources], check=True, capture_output=True)
    for name in names:
        pdf = root / f"{name}_printed.pdf"
        data = f"--user-data-dir={root}/browser"
        subprocess.run(
            [*_BROWSER, data, f"--print-to-pdf={pdf}", str(root / f"{name}.html")],
            check=True,
            capture_output=True,
        )
    for name in names:
        yield from (root / f"{name}.{ending}" for ending in ("html", "docx", "xlsx", "txt", "pdf"))
        yield root / f"{name}_printed.pdf"


if __name__ == "__main__":
    sys.exit(main())
