"""Which files git says have changed, for checks of a commit or a pull request."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from checker.model.errors import UsageError

_SECONDS: Final = 60


def changed_files(since: str) -> frozenset[str]:
    """Absolute paths of the files that differ from where this branch left `since`, new ones included.

    Args:
        since: a branch, tag or commit.

    Raises:
        UsageError: git is not there, this is no repository, or it does not know `since`.
    """
    if since.startswith("-"):
        raise UsageError(f"--changed-since 后面要写分支、标签或提交，“{since}”不是。")
    root = _git("rev-parse", "--show-toplevel").rstrip("\n")
    base = _git("merge-base", since, "HEAD", unknown=since).strip()
    names = _git("diff", "--name-only", "--no-renames", "--diff-filter=d", "-z", base, "--").split("\0")
    names += _git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", root).split("\0")
    return frozenset(place(Path(root) / name) for name in names if name)


def place(path: Path) -> str:
    """A path in the one form in which paths are compared."""
    return os.path.normcase(os.path.realpath(path))


def _git(*arguments: str, unknown: str | None = None) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # fixed arguments, and one that cannot be an option
            ["git", *arguments],  # noqa: S607  # the user's own git
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise UsageError(
            "--changed-since 要用 git，没有找到或没有回应。请安装 git，或直接写出要检查的文件。"
        ) from None
    if done.returncode == 0:
        return done.stdout
    if unknown is not None:
        raise UsageError(
            f"git 里找不到“{unknown}”，或它与当前分支没有共同的祖先。"
            f"请先取到它（git fetch；在 CI 里检出时取全部历史）。"
        )
    raise UsageError("--changed-since 只能在 git 仓库里用，当前文件夹不是。")
