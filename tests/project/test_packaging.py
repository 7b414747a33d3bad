"""Wheels to carry: exactly what is locked for the system they are for."""

from __future__ import annotations

import pytest

from quality.dependencies import read_lock
from quality.packaging import build
from quality.packaging.wheels import ROOT, TARGETS, requirements

LOCK = read_lock(ROOT / "requirements/run.lock")


FOR_OLDER_PYTHONS = {"importlib-metadata", "lazy-importer", "zipp"}
"""What newer ones bring themselves."""
NOT_FOR = {"windows-arm64": {"pyarrow"}}
"""Of these nobody has built wheels for those systems."""


@pytest.mark.parametrize("target", TARGETS)
def test_each_package_once_and_with_its_hashes(target):
    lines = requirements(target, "3.12").splitlines()
    names = [line.split("==")[0] for line in lines]
    assert sorted(names) == sorted(
        {one.name for one in LOCK} - FOR_OLDER_PYTHONS - NOT_FOR.get(target, set())
    )
    assert all("--hash=sha256:" in line for line in lines)


def test_what_is_copied_leaves_out_what_would_be_the_larger_part_of_it():
    lines = build.requirements().splitlines()
    assert {line.split("==")[0] for line in lines} == {one.name for one in LOCK} - {"pyarrow"}
    assert all(line.count("--hash=sha256:") for line in lines)
    assert "importlib-metadata" in "".join(line for line in lines if " ; python_full_version" in line)


def test_versions_follow_the_python_they_are_for():
    """Newer ones of a package may have given up on an old Python."""
    versions = {
        python: {line.split(" ")[0] for line in requirements("windows-x64", python).splitlines()}
        for python in ("3.10", "3.12")
    }
    split = {
        one.name for one in LOCK if "python_full_version" in one.marker and "3.11" in one.marker
    } - FOR_OLDER_PYTHONS
    assert split, "nothing in the lock depends on Python's version any more: this test can go"
    for name in split:
        old, new = (
            {one for one in versions[python] if one.startswith(f"{name}==")} for python in ("3.10", "3.12")
        )
        assert old != new
