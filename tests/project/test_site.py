"""The menu of the documentation site has every page once."""

from __future__ import annotations

from pathlib import Path

from quality.site.__main__ import gather

ROOT = Path(__file__).resolve().parents[2]


def test_the_menu_has_every_page(tmp_path):
    gather(tmp_path)
    pages = sorted(str(page.relative_to(tmp_path).with_suffix("")) for page in tmp_path.rglob("*.md"))
    menus = (tmp_path / "README.md").read_text(encoding="utf-8").split("```{toctree}")[1:]
    named = [
        line for menu in menus for line in menu.split("```")[0].splitlines() if line[:1] not in ("", ":")
    ]
    assert sorted([*named, "README"]) == pages
    assert all((ROOT / f"{page}.md").exists() for page in named)
