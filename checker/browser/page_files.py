"""The page's own files, as the server on this computer sends them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from checker.model.errors import UsageError

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_TYPES: Final = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_STYLE_OF_REPORTS: Final = "fragments.css"
_ONLY_IN_A_BROWSER: Final = "worker.js"


def page_files() -> dict[str, tuple[str, bytes]]:
    """Type and contents of each file of the page, by the path under which it is asked for.

    They lie inside the installed package, or beside it in a checkout.

    Raises:
        UsageError: they are not there.
    """
    inside = _PACKAGE / "web"
    folder = inside if inside.is_dir() else _PACKAGE.parent / "web/src"
    found = {
        f"/{path.name}": (f"{_TYPES[path.suffix]}; charset=utf-8", path.read_bytes())
        for path in sorted(folder.glob("*"))
        if path.suffix in _TYPES and path.name != _ONLY_IN_A_BROWSER
    }
    if "/index.html" not in found:
        raise UsageError("这次安装里没有网页的文件，打不开页面。请重新安装，或用 checker check 检查。")
    style = files("checker.writers.html").joinpath(_STYLE_OF_REPORTS).read_bytes()
    return {**found, "/": found["/index.html"], f"/{_STYLE_OF_REPORTS}": ("text/css; charset=utf-8", style)}
