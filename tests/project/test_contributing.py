"""CONTRIBUTING.md and docs/architecture.md are true: what they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("CONTRIBUTING.md", "docs/architecture.md")
PATH = re.compile(r"(?<![\w/])((?:checker|rules|tests|docs|benchmarks|reports_in)/[\w./-]*\w|[A-Z]+\.md)")
LINK = re.compile(r"\]\(([^)#]+)?(?:#([\w-]+))?\)")


def text(page):
    return (ROOT / page).read_text(encoding="utf-8")


def anchors(page):
    return {
        line.lstrip("# ").strip().lower().replace(" ", "-")
        for line in text(page).splitlines()
        if line[:1] == "#"
    }


@pytest.mark.parametrize("page", PAGES)
def test_paths_exist(page):
    named = set(PATH.findall(text(page)))
    assert named
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for target, anchor in LINK.findall(text(page)):
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.relative_to(ROOT)), anchor


def test_every_room_is_told():
    rooms = {path.name for path in (ROOT / "checker").iterdir() if (path / "__init__.py").exists()}
    assert sorted(room for room in rooms if f"checker/{room}" not in text("docs/architecture.md")) == []


@pytest.mark.parametrize("page", PAGES)
def test_the_readme_leads_here(page):
    assert f"]({page})" in text("README.md")
