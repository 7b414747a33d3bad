"""Run the command line inside the test's process."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest

from checker.cli import main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def run_checker(monkeypatch, capsys, *arguments) -> Ran:
    """Exit code and output of `checker` with these arguments."""
    monkeypatch.setattr(sys, "argv", ["checker", *map(str, arguments)])
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop:
        main()
    return Ran(int(stop.value.code or 0), *capsys.readouterr())
