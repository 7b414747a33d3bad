"""Write the reports in `reports_in/` anew: `python -m samples`, run in `tests/`."""

from __future__ import annotations

from .folder import FOLDER, build

for name, data in build().items():
    (FOLDER / name).write_bytes(data)
    print(FOLDER / name)
