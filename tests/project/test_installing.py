"""What we give to others installs this program from where its owner put it, never by a name that anybody may take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MATERIAL = [".pre-commit-hooks.yaml", "action.yml", "ci/gitlab.yml", "ci/gitee-go.yml", "ci/github.sh", "Dockerfile",
            "Makefile", "requirements/install.sh", ".ci/run"]  # fmt: skip


@pytest.mark.parametrize("name", MATERIAL)
def test_no_registry_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace('--index-url "$CHECKER_INDEX"', "")

    assert not re.search(r"https?://|(?<!--no-emit-)index-url", text)


GUIDES = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    *(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/*.md")),
]
INSTALLING = re.compile(
    r"\b(?:pip3?|pipx|uv|uvx)\b[^\n`]*?\b(?:install|run|wheel|download|add)\b(?P<what>[^\n`]*)|\buvx\b(?P<uvx>[^\n`]*)"
)
BARE = re.compile(r"(?<![\w./=-])nianbao[-_.]checker(?![\w-]*[-\w.]*\.whl|\S*==)")


def bare_names(text):
    return [
        match[0] for match in INSTALLING.finditer(text) if BARE.search(match["what"] or match["uvx"] or "")
    ]


@pytest.mark.parametrize("name", [*MATERIAL, *GUIDES])
def test_no_bare_name_is_installed(name):
    """Nobody owns it on the public index: whoever takes it there would run in our users' pipelines."""
    assert bare_names((ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")) == []


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("pip install nianbao-checker", True),
        ("python3 -m pip install --quiet nianbao_checker", True),
        ("pipx install 'nianbao-checker'", True),
        ("uv tool install nianbao-checker[dev]", True),
        ("uvx nianbao-checker check .", True),
        ("pip install --no-index --find-links /wheels nianbao-checker", True),
        ("pip install ./nianbao_checker-0.1.0-py3-none-any.whl", False),
        ("pip install /wheels/nianbao_checker-*.whl", False),
        ("pip install git+<本仓库的地址>@<版本>", False),
        ("pip install .", False),
        ("docker run nianbao-checker", False),
    ],
)
def test_bare_names_are_seen(line, bare):
    assert bool(bare_names(line)) == bare
