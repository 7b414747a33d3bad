"""SECURITY.md says what is true: its limits are those of the code, and its promises are looked for in the code."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from checker.readers.limits import DEFAULT_LIMITS

ROOT = Path(__file__).resolve().parents[2]
HALVES = dict(zip(("中文", "English"), re.split(r"^# Security$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"),
                                               flags=re.MULTILINE), strict=True))  # fmt: skip
ROW = re.compile(r"^\| [^|]+ \| ([\d,]+)(?: (\S+))? \| `([\w.]+)` \|$", re.MULTILINE)
UNITS = {"MB": 2**20}


def in_the_code(name):
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module) if module else DEFAULT_LIMITS, attribute)


@pytest.mark.parametrize("language", HALVES)
def test_the_limits_are_those_of_the_code(language):
    told = {
        name: int(number.replace(",", "")) * UNITS.get(unit, 1)
        for number, unit, name in ROW.findall(HALVES[language])
    }

    assert told == {name: in_the_code(name) for name in told}
    assert set(DEFAULT_LIMITS.as_dict()) <= set(told), "a limit that the page does not tell"


def test_both_languages_say_as_much():
    chinese, english = HALVES.values()

    assert chinese.count("\n- **") == english.count("\n- **")
    assert [row[2] for row in ROW.findall(chinese)] == [row[2] for row in ROW.findall(english)]


NETWORK = {"asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl",
           "telnetlib", "urllib.request", "webbrowser", "xmlrpc"}  # fmt: skip
ON_THIS_COMPUTER = {"browser/serving.py": {"http"}, "cli/author/open.py": {"webbrowser"}}
"""What `checker open` needs: a server that only this computer reaches, and the browser of its user."""
STARTS_PROGRAMS = {
    "processes/worker.py": "itself",
    "readers/converter.py": "LibreOffice",
    "cli/changed.py": "git",
}
"""The modules that may start a program, and which."""
RUNS_CODE = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "os.system",
    "os.popen",
    "marshal.loads",
    "os.startfile",
}
MAKES_CLASSES = "startup/records.py"
"""It writes the methods of classes out and runs them, from the names of their fields."""
SOURCES = sorted((ROOT / "checker").rglob("*.py"))


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_reaches_the_network_or_runs_code(source):
    name = source.relative_to(ROOT / "checker").as_posix()
    tree = ast.parse(source.read_text(encoding="utf-8"))
    imported = set(imports(tree))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}

    reached = {module for module in imported if module in NETWORK or module.split(".")[0] in NETWORK}
    assert {module.split(".")[0] for module in reached} == ON_THIS_COMPUTER.get(name, set())
    assert called & RUNS_CODE == ({"exec"} if name == MAKES_CLASSES else set())
    starts = "subprocess" in {name.split(".")[0] for name in imported} or any(
        name.startswith(("os.exec", "os.spawn", "os.posix_spawn")) for name in called
    )
    assert starts == (name in STARTS_PROGRAMS)


BY_NAME = {
    "fsspec": {"run/stores/opening.py"},
    "distributed": {"run/cluster.py"},
    "pyarrow": {"writers/parquet/table.py"},
}
"""Libraries that are imported by their names, and could reach a network; and where."""


@pytest.mark.parametrize("library", BY_NAME)
def test_libraries_that_reach_a_network_are_imported_in_one_place(library):
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("import_module", "__import__")
            ):
                name = ast.unparse(node.args[0]).strip("'")
                if name.split(".")[0] == library:
                    found.add(source.relative_to(ROOT / "checker").as_posix())

    assert found == BY_NAME[library]


WATCHED = """
import os, sys
allowed = sys.argv.pop(1)
def watch(event, details):
    if event.startswith("socket.") or event in ("os.system", "os.exec", "os.startfile"):
        print("REACHED", event, details, flush=True)
    elif event in ("subprocess.Popen", "os.posix_spawn") and details[0] != sys.executable:
        print("REACHED", event, details, flush=True)
    elif event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        name = os.fspath(details[0]) if not isinstance(details[0], int) else os.devnull
        if name != os.devnull and not os.path.abspath(name).startswith(allowed):
            print("REACHED", event, details, flush=True)
sys.addaudithook(watch)
from checker.__main__ import main
main()
"""


def test_a_check_reaches_nothing_outside(tmp_path):
    """Every format is among the files; Python itself tells what is opened and started."""
    environment = {
        **os.environ,
        "CHECKER_CACHE_DIR": str(tmp_path / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": "/nowhere",
    }
    files = [str(ROOT / "reports_in"), str(ROOT / "tests" / "variants" / "kept.zip")]
    options = ["--no-config", "--fail-on", "never", "--jobs", "1", "--output", str(tmp_path / "out.txt")]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path), "check", *files, *options],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == ""
    assert (tmp_path / "out.txt").stat().st_size > 1000, done.stderr
