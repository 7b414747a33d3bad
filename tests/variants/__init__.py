"""One clean report of each form in every format, made by the programs that offices use.

`make test-formats` makes all of them and holds each to the same figures and findings; `python -m variants write`
(in `tests/`) also renews the few that are kept in `kept.zip`, so that `make test` needs none of these programs.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from samples import COUNTY_2023, HEALTH_2020

KEPT: Final = Path(__file__).parent / "kept.zip"
REPORTS: Final = {"county": COUNTY_2023, "health": HEALTH_2020}
"""One report of each form; file names begin with these words."""


def kept() -> dict[str, bytes]:
    """The files that are kept, by name."""
    with zipfile.ZipFile(KEPT) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
