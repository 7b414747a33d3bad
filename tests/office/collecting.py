"""Runs `checker collect` inside the test's process, for fixtures that live longer than a test."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from checker.cli import console, main


class Round(NamedTuple):
    """What a round has come to: exit code, what was said, and the files that were written."""

    code: int
    out: str
    err: str
    files: dict[str, bytes]

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.files["结果.json"])

    @property
    def reports(self) -> list[dict[str, Any]]:
        """The lines of 结果.jsonl."""
        return [json.loads(line) for line in self.files["结果.jsonl"].decode().splitlines()]

    @property
    def units(self) -> dict[str, dict[str, Any]]:
        return {unit["name"]: unit for unit in self.told["units"]}

    def unit(self, name: str) -> dict[str, Any]:
        return self.units[name]

    def roles(self, name: str) -> dict[str, str]:
        """Role by path, without the folder of the inbox."""
        return {one["path"].partition("/")[2]: one["role"] for one in self.unit(name)["submissions"]}


def collect(folder: Path, *arguments: object, results: str = "结果", columns: int = 100) -> Round:
    """Run the command in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", str(columns))
        patch.setattr(console, "_discard", lambda _: None)  # there is no descriptor behind the stream
        patch.setattr(
            sys, "argv", ["checker", "collect", *map(str, arguments), "-o", results, "--no-config", "-j", "1"]
        )
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as end,
        ):
            main()
    written = folder / results
    files = {
        file.relative_to(written).as_posix(): file.read_bytes()
        for file in sorted(written.rglob("*"))
        if file.is_file() and not file.suffix.startswith(".db")
    }
    return Round(int(end.value.code or 0), out.getvalue(), err.getvalue(), files)
