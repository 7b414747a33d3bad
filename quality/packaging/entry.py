"""Where the program begins that is copied to machines without Python."""

from __future__ import annotations

import sys
from pathlib import Path

from checker.__main__ import main
from checker.cli.first_steps.dropped import command_line

_NOT_DONE = 2
"""From this exit code on nothing was written that could be shown."""


def _show(arguments: list[str], page: Path) -> int:
    """Run a command of this very program, and show the page that it has written; returns the exit code."""
    import subprocess  # noqa: PLC0415  # a command in a terminal starts without them
    import webbrowser  # noqa: PLC0415  # likewise

    code = subprocess.run([sys.executable, *arguments], check=False).returncode
    if page.is_file():
        webbrowser.open(page.as_uri())
    if code >= _NOT_DONE and sys.stdin and sys.stdin.isatty():
        input("按回车键关闭。")
    return code


if __name__ == "__main__":
    arguments, shown = command_line(sys.argv[1:])
    if shown is not None:
        sys.exit(_show(arguments, shown))
    sys.argv[1:] = arguments
    main()
