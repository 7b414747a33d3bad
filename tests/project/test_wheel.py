"""The built package works without the checkout: code, rules and data files are inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The contents of the wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(installed), "CHECKER_CACHE_DIR": str(installed / "cache")}
    return subprocess.run(
        [sys.executable, "-m", "checker", *arguments],
        cwd=installed.parent, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_package_is_the_one_that_runs(installed):
    """Else the other tests would say nothing about it."""
    program = "import checker; print(checker.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=installed.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(told.stdout.strip()).is_relative_to(installed)


@pytest.mark.parametrize(
    ("name", "code"), [("沅平县自然资源局2024年年报.docx", 0), ("禾川县松坪镇2024年年报.txt", 1)]
)
def test_it_checks_a_report_with_its_own_rules(installed, name, code):
    done = run(installed, "check", str(ROOT / "reports_in" / name), "--format", "json")

    assert done.returncode == code, done.stderr
    assert json.loads(done.stdout)["rulebook"]["rules"] > 100


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "T3-02"),
        ("schema", "result"),
        ("rules", "list"),
        ("rules", "new", "LOC-01", "--kind", "length"),
    ],
)
def test_its_data_files_are_inside(installed, arguments):
    done = run(installed, *arguments)

    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_every_rule_file_is_inside(installed):
    inside = {
        path.relative_to(installed / "checker" / "rules")
        for path in (installed / "checker" / "rules").rglob("*.yaml")
    }

    assert inside == {path.relative_to(ROOT / "rules") for path in (ROOT / "rules").rglob("*.yaml")}
