"""Build a program to copy, for a machine like this one.

`python -m quality.packaging.build program` makes a folder with a program that needs no Python; it is packed as a ZIP
too. `… pyz` makes one file for machines that have Python. Both hold the wheel, which is built first, and the packages
of `requirements/run.lock`, each known by its hash; they are put together in an environment of their own, so that
nothing of the developer's gets in. What packs them is in `requirements/packaging.lock`.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from checker.startup.version import __version__
from quality.dependencies import read_lock

ROOT: Final = Path(__file__).resolve().parents[2]
DIST: Final = ROOT / "dist"
PROGRAM: Final = "年报检查"
PYZ: Final = DIST / "checker.pyz"
_ENTRY: Final = Path(__file__).with_name("entry.py")
_HIDDEN: Final = ("re2", "xlsxwriter", "yaml", "jsonschema", "rich", "pypdfium2", "selectolax.lexbor")
"""What is imported where it is needed, out of PyInstaller's sight."""
_WITH_DATA: Final = (
    "checker",
    "pypdfium2",
    "pypdfium2_raw",
    "jsonschema",
    "jsonschema_specifications",
    "rich",
)
_NOT_NEEDED: Final = ("tkinter", "unittest", "pydoc", "pip", "setuptools", "numpy", "PIL")
_LEFT_OUT: Final = ("pyarrow",)
"""Extras that would be the larger part of a file to copy; who wants them installs the checker."""
_READ_ME: Final = """\
年报检查 {version}

双击“{program}”：在浏览器里打开检查页面。
把一份年报拖到“{program}”上：打开页面并检查这一份。
把收件箱文件夹拖到“{program}”上：检查里面的全部报告，结果写在文件夹旁边；
文件夹里或旁边有“单位.xlsx”时，按单位清单收年报。
在终端里：{program} --help

不联网，不装任何东西；删掉这个文件夹就是卸载。许可证见 _internal 里各个组件。
"""


def main() -> None:
    """Build what the command line names."""
    makers = {"program": program, "pyz": pyz}
    if len(sys.argv) != 2 or sys.argv[1] not in makers:  # the program's name and what to make
        sys.exit(f"请写明做哪一种：{'、'.join(makers)}")
    with TemporaryDirectory() as folder:
        work = Path(folder)
        made = makers[sys.argv[1]](work, _environment(work))
    size = sum(
        file.stat().st_size for file in (made.rglob("*") if made.is_dir() else (made,)) if file.is_file()
    )
    print(f"{made.relative_to(ROOT)}　{size / 1e6:.1f} MB")


def program(work: Path, python: Path) -> Path:
    """The folder with the program, and beside it the folder packed."""
    collected = [part for name in _WITH_DATA for part in ("--collect-all", name)]
    hidden = [part for name in _HIDDEN for part in ("--hidden-import", name)]
    left_out = [part for name in _NOT_NEEDED for part in ("--exclude-module", name)]
    _run(
        python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--onedir", "--name", PROGRAM,
        "--optimize", "2",  # nobody reads docstrings there, and without them it starts sooner
        "--distpath", work / "made", "--workpath", work / "work", "--specpath", work,
        *collected, *hidden, *left_out, _ENTRY,
        folder=work,  # where there is no checkout to take for the package
    )  # fmt: skip
    made = work / "made" / PROGRAM
    text = _READ_ME.format(version=__version__, program=PROGRAM)
    (made / "说明.txt").write_text(text, encoding="utf-8-sig", newline="\r\n")
    target = DIST / f"{PROGRAM}-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"
    shutil.rmtree(target, ignore_errors=True)
    DIST.mkdir(exist_ok=True)
    shutil.copytree(made, target, symlinks=True)
    shutil.make_archive(str(target), "zip", DIST, target.name)
    return target


def pyz(work: Path, python: Path) -> Path:
    """One file for machines with Python; packages with compiled parts are those of this machine."""
    packed = work / "site"
    _install(python, work, "--target", packed)
    DIST.mkdir(exist_ok=True)
    _run(
        python, "-m", "shiv.cli", "--site-packages", packed, "--entry-point", "checker.__main__:main",
        "--python", "/usr/bin/env python3", "--reproducible", "--output-file", PYZ,
    )  # fmt: skip
    return PYZ


def _environment(work: Path) -> Path:
    """An environment with the wheel of this checkout, what it needs and what packs it; its Python."""
    _run(Path(sys.executable), "-m", "hatchling", "build", "--target", "wheel", "--directory", work)
    venv.create(work / "environment", with_pip=True)
    python = next((work / "environment").glob("[Sb][ci][rn]*/python*"))
    _pip(python, "--require-hashes", "--requirement", ROOT / "requirements/packaging.lock")
    _install(python, work)
    return python


def _install(python: Path, work: Path, *where: str | Path) -> None:
    """Install the wheel in the work folder, and what it needs, into an environment or elsewhere."""
    [wheel] = work.glob("*.whl")
    wanted = work / "wanted.txt"
    wanted.write_text(requirements(), encoding="utf-8")
    _pip(python, *where, "--require-hashes", "--requirement", wanted)
    _pip(python, *where, "--no-deps", wheel)


def requirements() -> str:
    """What is packed, as pip takes it: the lock file without what would be the larger part of it."""
    return "".join(
        f"{one.name}=={one.version}{f' ; {one.marker}' if one.marker else ''}"
        f" {' '.join(f'--hash={digest}' for digest in one.hashes)}\n"
        for one in read_lock(ROOT / "requirements/run.lock")
        if one.name not in _LEFT_OUT
    )


def _pip(python: Path, *arguments: str | Path) -> None:
    _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*command: str | Path, folder: Path = ROOT) -> str:
    """What a command prints; ends with what it says if it fails."""
    ran = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(f"{ran.stdout}{ran.stderr}\n没有做成：{' '.join(map(str, command[:4]))} …")
    return ran.stdout


if __name__ == "__main__":
    main()
