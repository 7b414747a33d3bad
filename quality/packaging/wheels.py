"""Wheels to carry to a machine without a network: `python -m quality.packaging.wheels windows-x64 3.12`.

The folder has the checker, what it needs for that system and Python, each known by its hash, and how to install it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from packaging.markers import Marker

from checker.startup.version import __version__
from quality.dependencies import read_lock

ROOT: Final = Path(__file__).resolve().parents[2]
DIST: Final = ROOT / "dist"
_MANYLINUX: Final = ("manylinux2014", *(f"manylinux_2_{minor}" for minor in range(17, 29)))
TARGETS: Final = {
    "windows-x64": (("win_amd64",), "AMD64"),
    "windows-arm64": (("win_arm64",), "ARM64"),
    "linux-x86_64": (tuple(f"{tag}_x86_64" for tag in _MANYLINUX), "x86_64"),
    "linux-aarch64": (tuple(f"{tag}_aarch64" for tag in _MANYLINUX), "aarch64"),
}
"""Systems to their wheels' tags and to what they call their processor; Kylin and UOS are Linux with glibc 2.28 or
newer."""
_HOW: Final = """\
年报检查 {version}，用于 {target}、Python {python}。不用联网。

1. 把整个文件夹复制到那台电脑，在文件夹里打开终端（Windows：按住 Shift 点右键，“在终端中打开”）。
2. 运行：{program} -m pip install --no-index --find-links . "./{wheel}[all]"
3. 运行：{program} -m checker 年报.docx
"""


def main() -> None:
    """Collect what the command line names."""
    arguments = sys.argv[1:]
    if len(arguments) != 2 or arguments[0] not in TARGETS or not re.fullmatch(r"3\.1\d", arguments[1]):
        sys.exit(f"请写明系统和 Python 版本，如 {next(iter(TARGETS))} 3.12。系统可用：{'、'.join(TARGETS)}")
    target, python = arguments
    folder = DIST / f"wheels-{target}-py{python}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tags, _ = TARGETS[target]
    platforms = [part for tag in tags for part in ("--platform", tag)]
    with TemporaryDirectory() as work:
        wanted = Path(work, "wanted.txt")
        wanted.write_text(requirements(target, python), encoding="utf-8")
        _run(
            "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
            "--require-hashes", "--requirement", str(wanted), "--dest", str(folder),
            "--python-version", python, *platforms,
        )  # fmt: skip
    _run("hatchling", "build", "--target", "wheel", "--directory", str(folder))
    program = "py" if target.startswith("windows") else f"python{python}"
    [wheel] = (path.name for path in folder.glob("nianbao_checker-*.whl"))
    text = _HOW.format(version=__version__, wheel=wheel, target=target, python=python, program=program)
    (folder / "安装.txt").write_text(text, encoding="utf-8-sig", newline="\r\n")
    print(f"{folder.relative_to(ROOT)}　{len(list(folder.glob('*.whl')))} 个安装包")


def requirements(target: str, python: str) -> str:
    """The locked packages that count on a system, with their hashes; pip would look at this machine instead.

    Args:
        target: one of `TARGETS`.
        python: its Python, such as `3.12`.
    """
    windows = target.startswith("windows")
    there = {
        "sys_platform": "win32" if windows else "linux",
        "platform_system": "Windows" if windows else "Linux",
        "os_name": "nt" if windows else "posix",
        "platform_machine": TARGETS[target][1],
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    return "".join(
        f"{one.name}=={one.version} {' '.join(f'--hash={digest}' for digest in one.hashes)}\n"
        for one in read_lock(ROOT / "requirements/run.lock")
        if not one.marker or Marker(one.marker).evaluate(there)
    )


def _run(*module: str) -> None:
    ran = subprocess.run([sys.executable, "-m", *module], cwd=ROOT, check=False)
    if ran.returncode:
        sys.exit("没有收齐：上面写着哪个包没有这个系统或这个 Python 的安装包。")


if __name__ == "__main__":
    main()
