"""Where the program begins that is copied to machines without Python."""

from __future__ import annotations

import subprocess
import sys
import webbrowser

from checker.__main__ import main
from checker.cli.first_steps.dropped import command_line

_NOT_DONE = 2
"""From this exit code on nothing was written that could be shown."""


def _run(arguments: list[str]) -> int:
    """Run a command of this very program, and wait for its end."""
    return subprocess.run([sys.executable, *arguments], check=False).returncode


if __name__ == "__main__":
    arguments, page = command_line(sys.argv[1:])
    if page is None:
        sys.argv[1:] = arguments
        main()
    else:
        code = _run(arguments)
        if page.is_file():
            webbrowser.open(page.as_uri())
        if code >= _NOT_DONE and sys.stdin and sys.stdin.isatty():
            input("按回车键关闭。")
        sys.exit(code)
