"""One version over all documents, each in a run of its own: none hides what happens to another."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from quality.releases.versions import Version

SECONDS: Final = 240
"""For one document; the checker's own limits are lower."""
SECONDS_OF_A_FOLDER: Final = 3600
_NOTHING: Final[dict[str, Any]] = {"reports": [], "findings": []}


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended, and what it said.

    Attributes:
        code: exit code, None where it had to be ended.
        complaint: first and last line of what it wrote to the error stream.
        result: the result as the JSON contract has it; no reports if none was written.
    """

    code: int | None
    complaint: str = ""
    result: dict[str, Any] = field(default_factory=lambda: _NOTHING)


def run_all(version: Version, paths: Sequence[str], *, root: Path, today: str, jobs: int) -> list[Ran]:
    """Check each document, and each folder, in a run of its own.

    Args:
        version: what checks.
        paths: the documents and folders, relative ones to `root`.
        root: where to run.
        today: the day that counts for deadlines.
        jobs: how many at once.
    """
    with TemporaryDirectory(prefix="compare-releases-") as folder, ThreadPoolExecutor(jobs) as pool:
        environment = {**os.environ, "CHECKER_CACHE_DIR": str(Path(folder, "cache"))}

        def run(number: int, path: str) -> Ran:
            output = Path(folder, f"{number}.json")
            command = [
                *version.command, "check", "--no-config", "--today", today, "--fail-on", "never",
                "--format", "json", "--output", str(output), "--", path,
            ]  # fmt: skip
            return _ran(command, output, root, environment)

        return list(pool.map(run, range(len(paths)), paths))


def _ran(command: Sequence[str], output: Path, root: Path, environment: dict[str, str]) -> Ran:
    path = root / command[-1]
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=SECONDS_OF_A_FOLDER if path.is_dir() else SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Ran(None)
    lines = done.stderr.strip().splitlines()
    complaint = "…".join(dict.fromkeys([lines[0], lines[-1]])) if lines else ""
    if not output.exists():
        return Ran(done.returncode, complaint)
    return Ran(done.returncode, complaint, json.loads(output.read_text(encoding="utf-8")))
