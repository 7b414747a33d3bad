"""Every formula of the workbook, calculated by LibreOffice, has the value that was written beside it.

make test-office          # not among the ordinary tests: it needs LibreOffice
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile

import pytest
from season_samples import season
from workbook_reading import Reading

from checker.office.workbook.workbook import workbook
from checker.startup.records import replace

VALUE = re.compile(r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(?: t="str")?(><f>[^<]*</f>)<v>[^<]*</v>')


def without_values(data):
    """The workbook with formulas alone, so that they must be calculated."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as bare:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = VALUE.sub(r"\1\2", content.decode()).encode()
            bare.writestr(name, content)
    return made.getvalue()


def calculated(data, folder):
    """Formulas and their values as LibreOffice finds them, by sheet and cell."""
    (folder / "台账.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "xlsx",
        "--outdir",
        folder / "out",
        folder / "台账.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Reading((folder / "out" / "台账.xlsx").read_bytes())


def ranked():
    """A season in which there are enough units to be ranked."""
    good, bad = season().units[1], season().units[2]
    many = [
        replace(one, unit=replace(one.unit, name=f"{number}局"))
        for number, one in enumerate([bad] * 3 + [good] * 9)
    ]
    return replace(season(), units=(*season().units, *many))


@pytest.mark.parametrize("made", [season(), ranked()], ids=["few", "many"])
def test_values_are_those_that_libreoffice_calculates(made, tmp_path):
    data = workbook(made)
    written, found = Reading(data), calculated(without_values(data), tmp_path)

    assert len(written.formulas) > 200
    assert {place: shown(written, place) for place in written.formulas} == {
        place: shown(found, place) for place in written.formulas
    }


def shown(read, place):
    value = read.values[place]
    try:
        return round(float(value), 9)
    except ValueError:
        return value
