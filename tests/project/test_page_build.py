"""What the page in the browser is made of: pinned, from nowhere in particular, and the same as elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

from quality.dependencies import read_lock
from quality.page import page_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))["packages"]
WHEEL = (ROOT / "requirements/page.lock").read_text(encoding="utf-8")


def test_every_package_is_pinned_and_names_no_place():
    asked = json.loads((ROOT / "web/package.json").read_text(encoding="utf-8"))

    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert PACKAGES[f"node_modules/{name}"]["version"] == version
    assert [name for name, entry in PACKAGES.items() if name and "integrity" not in entry] == []
    assert [name for name, entry in PACKAGES.items() if "resolved" in entry] == []


def test_pdf_is_read_by_the_version_that_reads_it_elsewhere():
    (version,) = re.findall(r"^pypdfium2==(\S+) \\$", WHEEL, re.MULTILINE)

    assert [
        entry.version for entry in read_lock(ROOT / "requirements/run.lock") if entry.name == "pypdfium2"
    ] == [version]
    assert re.search(r"^    --hash=sha256:[0-9a-f]{64}$", WHEEL, re.MULTILINE)


def test_the_page_allows_its_own_scripts_and_nothing_else(tmp_path):
    for name, text in {
        "main.js": "start()",
        "old_browser.js": "say()",
        "fragments.css": "a{}",
        "page.css": "b{}",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    page = page_of(tmp_path, {"worker.js": b"x"}).decode()

    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert len(policy) == 1
    assert policy[0].startswith("default-src 'none'; script-src 'sha256-")
    assert not re.search(r"http|\*|unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|connect-src", policy[0])
    for text in ("start()", "say()", "a{}b{}"):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert (f">{text}</" in page, f"'sha256-{digest}'" in policy[0]) == (True, True)
    assert not re.search(r'(?:src|href)="(?!#)', page)
