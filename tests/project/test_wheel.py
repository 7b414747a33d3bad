"""The built package works without the checkout: code, rules and data files are inside, the rules compiled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from checker.rulebook.store import compiled_profiles
from checker.workbench.catalogue import written_profiles

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports_in" / "禾川县松坪镇2024年年报.txt"


def build(target, source, folder):
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=source, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    [path] = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The contents of a wheel that was built from a source distribution, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(build("sdist", ROOT, folder / "sdist")) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder / "source")  # noqa: S202  # of our own making
    [source] = (folder / "source").iterdir()
    with zipfile.ZipFile(build("wheel", source, folder / "wheel")) as archive:
        archive.extractall(folder / "site")  # noqa: S202  # likewise
    return folder / "site"


@pytest.fixture(scope="module")
def no_compiler(tmp_path_factory):
    """A folder in front of which YAML cannot be read."""
    folder = tmp_path_factory.mktemp("blocked")
    (folder / "yaml.py").write_text('raise ImportError("a rule file is read")\n', encoding="utf-8")
    return folder


def run(installed, *arguments, before=(), **variables):
    environment = {name: value for name, value in os.environ.items() if name != "XDG_CACHE_HOME"} | {
        "PYTHONPATH": os.pathsep.join(map(str, (*before, installed))),
        "HOME": str(installed.parent / "home"),
        **variables,
    }
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


@pytest.fixture(scope="module")
def compiled():
    """The rules of the checkout, by profile."""
    return dict(compiled_profiles())


@pytest.mark.parametrize("profile", [profile.name for profile in written_profiles()])
def test_a_check_compiles_nothing_and_writes_nothing(installed, no_compiler, compiled, profile):
    """The first run costs what every other one costs."""
    done = run(
        installed, "check", str(REPORT), "--format", "json", "--profile", profile, before=[no_compiler]
    )

    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["rulebook"]["digest"] == compiled[profile]["digest"]
    assert not (installed.parent / "home").exists()


def test_rules_of_others_are_compiled(installed, no_compiler, tmp_path):
    """Else the test above would say nothing: it is YAML that cannot be read."""
    (tmp_path / "local.yaml").write_text("profile: local\ntitle: 本地\n", encoding="utf-8")
    arguments = ("check", str(REPORT), "--rules", str(tmp_path))

    blocked = run(installed, *arguments, before=[no_compiler])
    assert (blocked.returncode, "ImportError" in blocked.stderr) == (3, True)
    assert run(installed, *arguments, HOME=str(tmp_path)).returncode == 1
    assert (tmp_path / ".cache").is_dir()


@pytest.mark.parametrize(
    "variables", [{"HOME": os.devnull}, {"XDG_CACHE_HOME": os.devnull}, {"CHECKER_CACHE_DIR": os.devnull}]
)
def test_a_home_of_no_use_is_no_matter(installed, variables):
    done = run(installed, "check", str(REPORT), **variables)

    assert (done.returncode, done.stderr) == (1, "")


def test_every_profile_is_inside_compiled_from_the_rules_of_the_checkout(installed, compiled):
    """Each of them put together from the whole one and what differs from it."""
    program = (
        "import json, sys; from checker.rulebook import store; "
        "json.dump({name: store._read_shipped(name) for name in sys.argv[1:]}, sys.stdout)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, *compiled],
        cwd=installed.parent, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, check=True,
    )  # fmt: skip
    folder = installed / "checker" / "rules" / "compiled"
    sizes = {path.stem: path.stat().st_size for path in folder.iterdir()}

    assert json.loads(told.stdout) == compiled
    assert sizes.keys() == compiled.keys()
    assert sum(sizes.values()) < 1.2 * sizes["national"]  # the page that carries them goes by mail


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


def test_what_it_is_made_of_is_inside(installed):
    """The bill of materials as `make sbom` writes it."""
    (bill,) = installed.glob("*.dist-info/sboms/*.json")
    printed = subprocess.run(
        [sys.executable, "-m", "quality.sbom"], cwd=ROOT, capture_output=True, check=True
    ).stdout  # fmt: skip

    assert bill.read_bytes() == printed
