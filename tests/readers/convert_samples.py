"""Convert the sample report and the page of traps with LibreOffice; run by hand, results are checked in.

    python tests/readers/convert_samples.py

The converted files are kept in one archive, `data/converted/converted.zip`.
"""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from sample_report import build, to_html

DATA = Path(__file__).parent / "data" / "converted"
TEXT = "HTML (StarWriter)"
SHEET = "HTML (StarCalc)"
WANTED = [
    ("report.html", TEXT, "doc:MS Word 97"),
    ("report.html", TEXT, "odt"),
    ("report.html", TEXT, "rtf"),
    ("report.html", SHEET, "xlsx"),
    ("report.html", SHEET, "xls"),
    ("traps.fodt", None, "doc:MS Word 97"),
    ("traps.fodt", None, "odt"),
    ("traps.fodt", None, "rtf"),
]
"""Source, import filter and target of every conversion."""


def main() -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "report.html").write_text(to_html(build()), encoding="utf-8")
        (place / "traps.fodt").write_bytes((DATA / "traps.fodt").read_bytes())
        for source, import_filter, target in WANTED:
            options = [f"--infilter={import_filter}"] if import_filter else []
            profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
            command = ["soffice", "--headless", profile, *options, "--convert-to", target, source]
            subprocess.run(command, cwd=place, check=True, timeout=120)
        with zipfile.ZipFile(DATA / "converted.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for source, _, target in WANTED:
                name = f"{source.partition('.')[0]}.{target.partition(':')[0]}"
                archive.writestr(zipfile.ZipInfo(name), (place / name).read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
