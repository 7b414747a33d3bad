"""`python -m checker` and the installed command `checker`."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

_OBJECTS_BETWEEN_COLLECTIONS: Final = 100_000
_CODES: Final = (0, 1, 2, 3)
"""Exit codes of runs that came to their end."""
_INTERRUPTED: Final = 130
_WORKERS: Final = frozenset(
    ("checker.readers.apart.reading_worker", "checker.annotate.pdf.worker", "checker.run.parallel")
)
"""What a frozen program may be started as, by this program; the command line can have nothing else run."""


def main() -> None:
    """Run the command line in a process that does nothing else.

    Such a process need not look for garbage often, nor take itself apart in the end: of the 130 ms that a
    check of one file takes, these two are 16.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    if getattr(sys, "frozen", False):
        from checker.processes.serve import serve_if_asked  # noqa: PLC0415  # otherwise workers are started otherwise

        if serve_if_asked(sys.argv[1:], _WORKERS):
            return
    try:
        from checker import cli  # noqa: PLC0415  # importing makes many objects, none of them garbage

        cli.main()
    except KeyboardInterrupt:  # Ctrl-C before the command line could take note of it
        sys.stderr.write("已中断。\n")
        sys.exit(_INTERRUPTED)
    except SystemExit as end:
        if end.code in _CODES:
            _leave(int(end.code or 0))
        raise


def _leave(code: int) -> None:
    """End the process at once; comes back only if what was written cannot be delivered."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError:  # the ordinary way to end reports it
        return
    os._exit(code)


if __name__ == "__main__":
    main()
