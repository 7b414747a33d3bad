"""docs/api.md says what is true: its examples are run as they stand."""

from __future__ import annotations

import ast
import doctest
import re
from pathlib import Path

import pytest

import checker
from checker.writers import OUTPUTS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "api.md"


def test_the_examples_give_what_the_guide_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("checker.writers.OUTPUTS", dict(OUTPUTS))  # the guide registers one of its own
    code = "\n".join(re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL))
    test = doctest.DocTestParser().get_doctest(code, {}, "docs/api.md", str(GUIDE), 0)
    told = []

    outcome = doctest.DocTestRunner(verbose=False).run(test, out=told.append)

    assert outcome.attempted > 10
    assert outcome.failed == 0, "".join(told)


def test_every_public_name_is_in_the_guide():
    text = GUIDE.read_text(encoding="utf-8")

    assert [name for name in checker.__all__ if not name.startswith("_") and f"`{name}(" not in text] == []
    assert all(hasattr(checker, name) for name in checker.__all__)


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "checker" / "py.typed").exists()


BEHIND_THE_INTERFACE = {
    "engine",
    "pipeline",
    "readers",
    "understand",
    "results",
    "parallel",
    "linking",
    "inputs",
}


@pytest.mark.parametrize("command", ["check", "baseline", "compare/command", "watch", "running", "outputs"])
def test_commands_that_check_use_the_interface(command):
    tree = ast.parse((ROOT / "checker" / "cli" / f"{command}.py").read_text(encoding="utf-8"))
    parts = {
        node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("checker.")
    }

    assert not parts & BEHIND_THE_INTERFACE
