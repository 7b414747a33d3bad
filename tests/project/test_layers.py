"""Imports go one way: nothing on the right of the house is imported by anything on the left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "checker"

LAYERS = {
    "errors": set(),
    "document": set(),
    "numerals": set(),
    "text": {"numerals"},
    "pattern_literals": {"patterns"},
    "pattern_syntax": {"errors"},
    "patterns": {"errors", "pattern_syntax", "text"},
    "findings": {"document", "report"},
    "forms": set(),
    "report": {"document", "findings", "forms", "numerals", "text"},
    "bodies": {"report", "text"},
    "worker": set(),
    "readers": {"document", "errors", "numerals", "text", "worker"},
    "understand": {"document", "errors", "findings", "forms", "numerals", "patterns", "report", "text"},
    "solver": set(),
    "kinds": {
        "bodies", "document", "errors", "findings", "forms", "numerals", "patterns", "report", "solver", "text",
        "understand",
    },
    "causes": {"findings", "kinds", "numerals", "report", "solver"},
    "exceptions": {"document", "errors", "findings", "kinds", "numerals", "rulebook", "text"},
    "rulebook": {
        "bodies", "document", "engine", "errors", "exceptions", "findings", "forms", "kinds", "numerals",
        "pattern_literals", "patterns", "report", "understand",
    },
    "messages": {"findings", "report"},
    "engine": {"causes", "findings", "kinds", "messages", "report", "rulebook", "solver", "text"},
    "writers": {"document", "errors", "findings", "forms", "numerals", "report"},
}  # fmt: skip
"""Which parts of the package a part may import; parts that are not named (api, cli, …) may import all."""


def imported_parts(path: Path) -> set[str]:
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        parts.update(name.split(".")[1] for name in names if name.startswith("checker."))
    return parts


def files_of(part: str) -> list[Path]:
    folder = PACKAGE / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{part}.py"]


@pytest.mark.parametrize("part", LAYERS)
def test_a_part_imports_only_what_stands_before_it(part):
    """The message names the file and the part it must not know."""
    wrong = {
        f"{file.relative_to(PACKAGE)} imports checker.{other}"
        for file in files_of(part)
        for other in imported_parts(file) - LAYERS[part] - {part, "records", "lazy_re", "digests"}
    }

    assert not wrong, "; ".join(sorted(wrong))


HEAVY = {"rich", "jsonschema", "yaml", "selectolax", "pypdfium2"}


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda f: str(f.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_on_first_use(file):
    """At the top of a module they would cost every run its start-up time."""
    top = ast.parse(file.read_text(encoding="utf-8")).body
    names = {alias.name.split(".")[0] for node in top if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module.split(".")[0] for node in top if isinstance(node, ast.ImportFrom) and node.module}

    assert not names & HEAVY


OWN_FILES = sorted(
    file for folder in ("checker", "tests", "benchmarks") for file in (PACKAGE.parent / folder).rglob("*.py")
)


@pytest.mark.parametrize("file", OWN_FILES, ids=lambda file: str(file.relative_to(PACKAGE.parent)))
def test_files_stay_small(file):
    """Split a file that grows past 400 lines by what it is about."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400
