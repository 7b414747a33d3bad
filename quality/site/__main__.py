"""Build the site into `dist/site`: README.md is its first page, every other page stands in the menu.

A link that leads nowhere, a picture that is missing or a page that nothing leads to stops it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SITE: Final = ROOT / "dist/site"
LOCK: Final = ROOT / "requirements/site.lock"
TOOLS: Final = ROOT / ".venv/site"
MENU: Final = {
    "使用": ("install", "page", "annotate", "formats", "stores", "config-and-exceptions", "years-and-units"),
    "办公室": ("office", "office-outputs", "aggregate", "website-report"),
    "规则": ("writing-rules", "rules/README", "localisation", "claims", "accuracy"),
    "程序": ("api", "ci", "parquet", "reliability", "architecture", "licences"),
}
"""Pages of `docs/` by what they are for."""
BESIDE: Final = ("CHANGELOG", "SECURITY", "CONTRIBUTING", "benchmarks/README")
"""Pages outside of it."""


def main() -> None:
    """Put the pages together as they lie in the repository, and build."""
    with TemporaryDirectory() as folder:
        source = Path(folder)
        gather(source)
        shutil.rmtree(SITE, ignore_errors=True)
        command = [tool(), "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet",
                   "--conf-dir", ROOT / "quality/site", source, SITE]  # fmt: skip
        ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    if ended.returncode:
        sys.exit(ended.returncode)
    (SITE / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>年报检查</title>'
        '<meta http-equiv="refresh" content="0; url=README.html"><a href="README.html">年报检查</a>\n',
        encoding="utf-8",
    )
    print(f"{SITE.relative_to(ROOT)}/index.html")


def gather(target: Path) -> None:
    """Copy all pages; the first one gets the menu."""
    shutil.copytree(ROOT / "docs", target / "docs")
    for page in BESIDE:
        (target / page).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / f"{page}.md", target / f"{page}.md")
    first = (ROOT / "README.md").read_text(encoding="utf-8")
    (target / "README.md").write_text(f"{first}\n{menu()}", encoding="utf-8")


def menu() -> str:
    """The pages of the site in their order; those of the rules stand behind their overview."""
    rules = sorted(f"rules/{page.stem}" for page in (ROOT / "docs/rules").glob("[a-z]*.md"))
    parts = {
        name: [f"docs/{page}" for page in (*pages, *(rules if name == "规则" else ()))]
        for name, pages in MENU.items()
    } | {"其他": list(BESIDE)}
    return "\n".join(
        "\n".join(("```{toctree}", ":hidden:", f":caption: {name}", "", *pages, "```", ""))
        for name, pages in parts.items()
    )


def tool() -> Path:
    """A Python that has what `requirements/site.lock` names."""
    python = TOOLS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = TOOLS / "installed"
    if not done.exists() or done.stat().st_mtime < LOCK.stat().st_mtime:
        venv.create(TOOLS, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "--requirement", LOCK], check=True)
        done.touch()
    return python


if __name__ == "__main__":
    main()
