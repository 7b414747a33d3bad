"""Write one file for each fault: `python -m faults FOLDER`, run in `tests/`."""

from __future__ import annotations

import sys
from pathlib import Path

from . import FAULTS

if len(sys.argv) != 2:
    sys.exit("python -m faults FOLDER")
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for fault in FAULTS:
    (folder / fault.file_name).write_bytes(fault.data())
print(f"{len(FAULTS)} files in {folder}")
