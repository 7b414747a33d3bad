"""Imports go one way: a room imports only rooms that stand below it, and no files import each other in a circle.

Imports inside functions and those for types alone count as well.
"""

from __future__ import annotations

import ast
from functools import cache, lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "checker"

FLOORS = (
    {"startup"},
    {"model", "solver"},
    {"patterns", "processes"},
    {"readers"},
    {"understand"},
    {"judging"},
    {"kinds"},
    {"rulebook"},
    {"accepted", "settings", "writers"},
    {"annotate"},
    {"run"},
    {"api"},
    {"office"},
    {"browser"},
    {"workbench"},
    {"cli"},
)
"""Rooms from the ground up; a room imports itself and rooms on lower floors."""

NARROWER = {
    "writers": {"startup", "model"},
    "readers": {"startup", "model", "processes"},
    "solver": {"startup"},
    "kinds": {"startup", "model", "solver", "patterns", "understand", "judging"},
}
"""Rooms that must know less than their floor would let them."""

UNSEEN = {"workbench": {"cli"}}
"""Rooms that only these others may import."""


@lru_cache(maxsize=1)
def modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """What a file consists of; several tests look at every file."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


@cache
def imported(module: str) -> frozenset[str]:
    """Modules of the package that a module imports anywhere in its text."""
    return imports(modules()[module])


def imports(file: Path) -> frozenset[str]:
    """The same for any file."""
    found = set()
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "checker":
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in modules() else node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name in modules())
    return frozenset(found - {"checker"})


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def allowed(name: str) -> set[str]:
    if name in ("", "__main__"):
        return set().union(*FLOORS)
    below = set()
    for floor in FLOORS:
        if name in floor:
            break
        below |= floor
    hidden = {unseen for unseen, viewers in UNSEEN.items() if name not in viewers}
    return (NARROWER.get(name, below) | {name}) - (hidden - {name})


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_rooms_below_its_own(module):
    """The message names the modules that it must not know."""
    assert sorted(other for other in imported(module) if room(other) not in allowed(room(module))) == []


def test_every_room_has_its_floor():
    assert {room(module) for module in modules()} - {"", "__main__"} == set().union(*FLOORS)


def test_no_modules_import_each_other_in_a_circle():
    """Modules are taken away whose imports are gone already; what is left holds a circle."""
    left = {module: set(imported(module)) for module in modules()}
    while free := [module for module, others in left.items() if not others & left.keys()]:
        for module in free:
            del left[module]
    assert left == {}


def test_no_two_classes_have_one_name():
    """Whoever reads a name knows which class is meant; private ones count, and an underscore makes no other name."""
    places: dict[str, list[str]] = {}
    for module, path in modules().items():
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.strip("_"), []).append(module)

    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_names_of_modules_in_texts_exist():
    """Modules that are imported by their names in a text, and those that docstrings speak of."""
    for module, path in modules().items():
        for node in nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                name = node.value.partition(":")[0]
                if name.startswith("checker.") and name.replace(".", "").replace("_", "").isalnum():
                    assert name in modules(), f"{module} speaks of {name}"


HEAVY = {"rich", "jsonschema", "yaml", "selectolax", "pypdfium2", "email"}
IMPORTED_LATE = {"checker/readers/raw/mime.py": {"email"}, "checker/rulebook/load/pure_loader.py": {"yaml"}}
"""Themselves imported on first use, with what they build upon; see `test_format_registry` for mails."""


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda f: str(f.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_on_first_use(file):
    """At the top of a module they would cost every run its start-up time."""
    top = ast.parse(file.read_text(encoding="utf-8")).body
    names = {alias.name.split(".")[0] for node in top if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module.split(".")[0] for node in top if isinstance(node, ast.ImportFrom) and node.module}

    assert not names & HEAVY - IMPORTED_LATE.get(file.relative_to(ROOT).as_posix(), set())


OWN_FILES = sorted(
    file for folder in ("checker", "tests", "benchmarks", "quality") for file in (ROOT / folder).rglob("*.py")
)
FEWEST_LINES_OF_A_LONG_FILE = 401
MODULES_OF_A_FOLDER = 15


@pytest.mark.parametrize("file", OWN_FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_files_stay_small(file):
    """Split a file that grows past 400 lines by what it is about."""
    assert len(file.read_text(encoding="utf-8").splitlines()) < FEWEST_LINES_OF_A_LONG_FILE


FOLDERS = sorted({file.parent for file in PACKAGE.rglob("*.py")})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_folders_stay_small_and_say_what_they_hold(folder):
    """A folder with more modules than a person keeps in mind hides what it is about."""
    held = [file for file in folder.glob("*.py") if file.name != "__init__.py"]
    assert len(held) <= MODULES_OF_A_FOLDER, "part the folder by topic"
    assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))


TESTS = ROOT / "tests"
OVER_ALL_ROOMS = {"project", "second_form", "website", "whole", "world"}
"""Folders of tests that are about the repository, or about the program from end to end."""

TEST_FILES = sorted(
    file for file in TESTS.rglob("test_*.py") if file.relative_to(TESTS).parts[0] not in OVER_ALL_ROOMS
)


@pytest.mark.parametrize("file", TEST_FILES, ids=lambda file: str(file.relative_to(TESTS)))
def test_tests_lie_in_the_rooms_of_what_they_test(file):
    """A room's tests are found by its name: whatever looks at one inner room only lies in the folder of that one."""
    folder = file.parent.relative_to(TESTS)
    assert (PACKAGE / folder / "__init__.py").is_file(), f"there is no room checker/{folder}"

    own = ["checker", *folder.parts]
    inside = {
        modules()[module].relative_to(PACKAGE / folder).parts[0]
        for module in imports(file)
        if module.split(".")[: len(own)] == own
    }
    rooms = {name for name in inside if (PACKAGE / folder / name).is_dir()}
    assert len(inside) != 1 or not rooms, f"it belongs to tests/{folder}/{rooms.pop()}"
