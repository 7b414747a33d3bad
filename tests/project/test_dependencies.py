"""What the project is made of: lock files, licences, the bill of materials, and how developers install."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from quality.dependencies import locked, read_licences, read_lock
from quality.sbom import bill

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: read_lock(ROOT / "requirements" / f"{name}.lock") for name in ("run", "dev")}
PROJECT = WheelBuilder(str(ROOT)).metadata.core
LICENCES = read_licences(ROOT / "docs" / "licences.md")
LISTED = LICENCES.needed | LICENCES.development


def wanted(name):
    more = PROJECT.optional_dependencies["dev"] if name == "dev" else []
    return [Requirement(text) for text in [*PROJECT.dependencies, *more]]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_what_the_project_asks_for(name):
    """If not: `make lock`."""
    versions = {}
    for entry in LOCKS[name]:
        versions.setdefault(entry.name, []).append(entry.version)
    for requirement in wanted(name):
        found = versions[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in found), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_somebody_who_asks_for_it(name):
    names = {entry.name for entry in LOCKS[name]} | {PROJECT.name}

    assert all(entry.hashes and entry.parents for entry in LOCKS[name])
    assert {parent for entry in LOCKS[name] for parent in entry.parents} <= names


def test_the_checker_runs_with_what_it_was_tested_with():
    tested = {(entry.name, entry.version, entry.hashes) for entry in LOCKS["dev"]}

    assert {(entry.name, entry.version, entry.hashes) for entry in LOCKS["run"]} <= tested


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name):
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")

    assert not re.search(r"://|^-|index|find-links|trusted", text, re.MULTILINE)


@pytest.mark.parametrize("line", ["--index-url somewhere", "click", "click @ git+somewhere", "    # via   "])
def test_a_line_that_is_not_understood_is_not_passed_over(line):
    with pytest.raises(ValueError, match="not a line"):
        locked(line)


# --- licences ---------------------------------------------------------------------------------------------

ALLOWED = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0", "CNRI-Python"}
ALLOWED_IN_DEVELOPMENT = ALLOWED | {"MPL-2.0"}
COPYLEFT = re.compile(r"\b[AL]?GPL", re.IGNORECASE)


def test_every_locked_package_is_listed_and_no_other():
    needed = {entry.name for entry in LOCKS["run"]}

    assert needed == set(LICENCES.needed)
    assert {entry.name for entry in LOCKS["dev"]} - needed == set(LICENCES.development)


@pytest.mark.parametrize(("package", "licence"), LISTED.items())
def test_licences_are_among_those_allowed(package, licence):
    allowed = ALLOWED if package in LICENCES.needed else ALLOWED_IN_DEVELOPMENT

    assert set(re.split(r" (?:AND|OR) ", licence)) <= allowed


def test_nothing_compiled_in_is_copyleft():
    assert {package for package, _, _ in LICENCES.bundled} <= set(LICENCES.needed)
    assert [row for row in LICENCES.bundled if COPYLEFT.search(row[2])] == []


@pytest.mark.parametrize(("package", "licence"), LISTED.items())
def test_licences_are_those_that_packages_state(package, licence):
    """Those that are installed, as far as they state one in a form that can be compared."""
    try:
        stated = metadata(package)
    except PackageNotFoundError:
        pytest.skip("not for this machine")
    if expression := stated["License-Expression"]:
        assert expression == licence
    words = " ".join([stated["License"] or "", *(stated.get_all("Classifier") or [])])
    assert not COPYLEFT.search(words[:500])


# --- the bill of materials --------------------------------------------------------------------------------

LOCK = """\
one==1.0 \\
    --hash=sha256:{0}
    # via tool (pyproject.toml)
two==2.0 ; python_full_version < '3.11' \\
    --hash=sha256:{0} \\
    --hash=sha256:{0}
    # via
    #   -c requirements/dev.lock
    #   one
    #   tool (pyproject.toml)
two==3.0 ; python_full_version >= '3.11' \\
    --hash=sha256:{0}
    # via
    #   one
    #   tool (pyproject.toml)
""".format("0" * 64)


def test_the_bill_tells_packages_licences_and_who_needs_whom(tmp_path):
    page = tmp_path / "licences.md"
    page.write_text(
        "| 包 | 许可 | 用处 |\n|---|---|---|\n| one | MIT | x |\n| two | ISC | x |\n\n"
        "| 包 | 内含 | 许可 |\n|---|---|---|\n| one | inner | Zlib |\n\n"
        "| 包 | 许可 | 用处 |\n|---|---|---|\n| test | MIT | x |\n",
        encoding="utf-8",
    )
    made = bill({"name": "tool", "version": "5", "licence": "MIT"}, locked(LOCK), read_licences(page))

    one, two, newer = made["components"]
    assert (one["purl"], one["licenses"]) == ("pkg:pypi/one@1.0", [{"expression": "MIT"}])
    assert [inner["name"] for inner in one["components"]] == ["inner"]
    assert two["properties"] == [{"name": "python:marker", "value": "python_full_version < '3.11'"}]
    assert newer["version"] == "3.0"
    assert made["dependencies"][0] == {
        "ref": "pkg:generic/tool@5",
        "dependsOn": ["pkg:pypi/one@1.0", "pkg:pypi/two@2.0", "pkg:pypi/two@3.0"],
    }
    assert made["dependencies"][1]["dependsOn"] == ["pkg:pypi/two@2.0", "pkg:pypi/two@3.0"]
    assert made["dependencies"][2]["dependsOn"] == []


def test_a_package_without_a_licence_stops_the_build():
    with pytest.raises(KeyError):
        bill(
            {"name": "tool", "version": "5", "licence": "MIT"},
            locked(LOCK),
            read_licences(ROOT / "docs" / "licences.md"),
        )


def test_the_bill_names_nothing_of_the_machine_and_no_time():
    made = subprocess.run(
        [sys.executable, "-m", "quality.sbom"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert str(Path.home()) not in made
    assert "timestamp" not in made
    assert {entry["bom-ref"] for entry in json.loads(made)["components"]} == {
        f"pkg:pypi/{entry.name}@{entry.version}" for entry in LOCKS["run"]
    }


# --- how developers install -------------------------------------------------------------------------------

FALSE_PYTHON = """#!/bin/sh
echo "$*" >> asked
case "$*" in *require-hashes*) echo "{refusal}" >&2; exit {code} ;; esac
"""


@pytest.mark.parametrize(
    ("refusal", "lock", "code", "asked"),
    [
        ("", "", 0, ["--require-hashes", "--no-deps --no-build-isolation --editable ."]),
        ("No matching distribution found for click==0", "", 0, ["--require-hashes", "--editable .[dev]"]),
        ("No matching distribution found for click==0", "strict", 1, ["--require-hashes"]),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE", "", 1, ["--require-hashes"]),
    ],
    ids=["as locked", "not to be had", "not to be had, strict", "another hash"],
)
def test_what_is_installed(tmp_path, refusal, lock, code, asked):
    folder = tmp_path / "requirements"
    folder.mkdir()
    (folder / "install.sh").write_bytes((ROOT / "requirements" / "install.sh").read_bytes())
    python = tmp_path / "python"
    python.write_text(FALSE_PYTHON.format(refusal=refusal, code=int(bool(refusal))), encoding="utf-8")
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", folder / "install.sh", python],
        env={**os.environ, "LOCK": lock}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    calls = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()

    assert done.returncode == code
    assert len(calls) == len(asked)
    assert all(words in call for call, words in zip(calls, asked, strict=True))
    assert done.stderr.startswith(refusal)
