"""Compliance checker for the annual reports on government information disclosure.

Public names are those of `__all__`, described in `checker.api` and docs/api.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checker.startup.version import __version__

if TYPE_CHECKING:
    from checker.api import (
        CheckOptions,
        Output,
        check,
        check_files,
        compare,
        exit_code,
        load_baseline,
        load_exceptions,
        load_rulebook,
        register_output,
        render,
        render_bytes,
    )

__all__ = [
    "CheckOptions",
    "Output",
    "__version__",
    "check",
    "check_files",
    "compare",
    "exit_code",
    "load_baseline",
    "load_exceptions",
    "load_rulebook",
    "register_output",
    "render",
    "render_bytes",
]


def __getattr__(name: str) -> Any:
    """Import public names on first use: `import checker` alone stays cheap."""
    if name in __all__:
        from checker import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
