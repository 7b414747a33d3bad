"""The versions that are compared: the work tree, and another one in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True, slots=True)
class Version:
    """A version that can be run.

    Attributes:
        name: what a person calls it.
        commit: the commit, abbreviated.
        command: how to start it; arguments of `checker` follow.
    """

    name: str
    commit: str
    command: tuple[str, ...]


def work_tree(root: Path) -> Version:
    """The code as it lies here, with the libraries of this environment."""
    changed = bool(_git(root, "status", "--porcelain", "--untracked-files=no"))
    commit = _git(root, "rev-parse", "--short", "HEAD")
    return Version(
        "工作树", f"{commit}，有未提交的改动" if changed else commit, (sys.executable, "-I", "-m", "checker")
    )


@contextmanager
def of_commit(root: Path, reference: str) -> Iterator[Version]:
    """A version of the past, installed for as long as it is needed; pip may ask its index for libraries.

    Args:
        root: the repository.
        reference: a commit, branch or tag.

    Raises:
        subprocess.CalledProcessError: there is no such commit, or it cannot be installed.
    """
    commit = _git(root, "rev-parse", "--verify", "--short", f"{reference}^{{commit}}")
    with TemporaryDirectory(prefix="compare-releases-") as folder:
        source, environment = Path(folder, "source"), Path(folder, "environment")
        _git(root, "worktree", "add", "--quiet", "--detach", str(source), commit)
        try:
            _run(sys.executable, "-m", "venv", str(environment))
            python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
            pip = (str(python), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            lock = source / "requirements" / "run.lock"
            if lock.exists():
                _run(*pip, "--require-hashes", "--requirement", str(lock))
            _run(*pip, str(source))
            yield Version(reference, commit, (str(python), "-I", "-m", "checker"))
        finally:
            _git(root, "worktree", "remove", "--force", str(source))


def _git(root: Path, *arguments: str) -> str:
    return _run("git", "-C", str(root), *arguments).strip()


def _run(*command: str) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True).stdout
