"""Build the page in the browser: one HTML file with Python, the checker and its rules inside.

What it is made of: Pyodide's core from the npm package that `web/package-lock.json` pins, pypdfium2's wheel for
Pyodide that `requirements/page.lock` pins, the code of this checkout with the built-in rules compiled, and the code
of `web/`. Needs pip and npm, and nothing else; the same sources give the same bytes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from checker.rulebook.store import shipped_files

ROOT: Final = Path(__file__).resolve().parent.parent
WEB: Final = ROOT / "web"
PYODIDE: Final = WEB / "node_modules/pyodide"
TARGET: Final = ROOT / "dist/年报检查.html"
MOST_BYTES: Final = 15_000_000
"""A file of this size still goes by mail."""

_PLATFORM: Final = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "3.14")
"""What Pyodide 314 is to pip."""
_NOT_NEEDED: Final = (
    "checker/cli/", "checker/office/", "checker/workbench/",
    *(f"checker/browser/{name}.py" for name in ("local", "messages", "page_files", "serving")),
)  # fmt: skip
"""Rooms and modules that nothing in the browser imports."""
_LEFT_OUT: Final = (
    "_android", "_apple", "_ios", "_pydatetime.", "_pyio.", "_pyrepl/", "argparse.", "bdb.", "cProfile.", "cmd.",
    "asyncio/proactor_events.", "asyncio/windows_", "compileall.", "configparser.", "curses/", "dbm/", "doctest.",
    "encodings/cp72", "encodings/cp73", "encodings/cp77", "encodings/cp852", "encodings/cp855", "encodings/cp856",
    "encodings/cp857", "encodings/cp858", "encodings/cp86", "encodings/mac_a", "encodings/mac_c", "encodings/mac_f",
    "encodings/mac_g", "encodings/mac_i", "encodings/mac_l", "encodings/mac_t", "ensurepip/", "fractions.", "ftplib.",
    "gettext.",
    "http/cookie", "http/server", "idlelib/", "imaplib.", "mailbox.", "modulefinder.", "multiprocessing/", "optparse.",
    "pdb.",    "pickletools.", "plistlib.", "poplib.", "profile.", "pstats.", "pydoc", "rlcompleter.", "smtplib.",
    "socketserver.", "sqlite3/", "statistics.", "symtable.", "tkinter/", "tomllib/", "trace.", "turtle", "unittest/",
    "urllib/robotparser.", "venv/", "wave.", "webbrowser.", "wsgiref/", "xml/dom/", "xml/etree/",
    "xmlrpc/", "zipapp.",
)  # fmt: skip
"""How names of modules begin that nobody needs here."""
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_POLICY: Final = (
    "default-src 'none'; script-src {scripts} blob: 'wasm-unsafe-eval'; worker-src blob:; style-src {styles}; "
    "base-uri 'none'; form-action 'none'"
)


def main() -> None:
    """Build the page."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        _run("npm", "ci", "--silent", "--ignore-scripts", cwd=WEB)
        _run("node", "bundle.mjs", str(work), cwd=WEB)
        parts = {
            "worker.js": (work / "worker.js").read_bytes(),
            "pyodide.asm.wasm": (PYODIDE / "pyodide.asm.wasm").read_bytes(),
            "python_stdlib.zip": byte_code(standard_library(), work),
            "checker.zip": byte_code(packed(dict(code())), work),
            "pdfium.zip": pdfium(work),
        }
        _import_all(parts, work)
        page = page_of(work, parts)
    if len(page) > MOST_BYTES:
        sys.exit(f"页面有 {len(page):,} 字节，超过 {MOST_BYTES:,}。")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(page)
    print(f"{TARGET.relative_to(ROOT)}　{len(page):,} 字节")


def standard_library() -> bytes:
    """Python's standard library without what nobody needs who checks a report."""
    with zipfile.ZipFile(PYODIDE / "python_stdlib.zip") as zipped:
        return packed(
            {name: zipped.read(name) for name in zipped.namelist() if not name.startswith(_LEFT_OUT)}
        )


def byte_code(archive: bytes, work: Path) -> bytes:
    """An archive with its Python files compiled, so that no time goes into that whenever the page starts."""
    given, made = work / "given.zip", work / "made.zip"
    given.write_bytes(archive)
    _run("node", "compile.mjs", str(given), str(made), cwd=WEB)
    return stored(made.read_bytes())


def code() -> Iterator[tuple[str, bytes]]:
    """The files of the checker that the page needs, with all profiles compiled."""
    for path in sorted((ROOT / "checker").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if (
            path.is_file()
            and path.suffix in (".py", ".css", ".js", ".json")
            and not name.startswith(_NOT_NEEDED)
        ):
            yield name, path.read_bytes()
    for name, data in shipped_files():
        yield f"checker/rules/compiled/{name}", data


def _import_all(parts: Mapping[str, bytes], work: Path) -> None:
    """See that every module of the checker finds what it imports.

    Raises:
        subprocess.CalledProcessError: one does not; the error stream says which.
    """
    names = ("python_stdlib.zip", "checker.zip")
    for name in names:
        (work / name).write_bytes(parts[name])
    _run("node", "import_all.mjs", *(str(work / name) for name in names), cwd=WEB)


def pdfium(work: Path) -> bytes:
    """The reader of PDF: pypdfium2 for Pyodide."""
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
    lock = ("--require-hashes", "--requirement", str(ROOT / "requirements/page.lock"))
    _run(*pip, *_PLATFORM, "--only-binary", ":all:", "--dest", str(work), *lock, cwd=ROOT)
    (wheel,) = work.glob("pypdfium2-*.whl")
    return stored(wheel.read_bytes())


def stored(archive: bytes) -> bytes:
    """An archive with its files as they are, which packs better and unpacks faster once the page unpacks all of it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        return packed({name: zipped.read(name) for name in zipped.namelist()})


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files, uncompressed, always with the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
        for name in sorted(files):
            zipped.writestr(zipfile.ZipInfo(name, _DATE), files[name])
    return out.getvalue()


def page_of(bundles: Path, parts: Mapping[str, bytes]) -> bytes:
    """The page with its scripts, its style and all parts inside, and a policy that lets in nothing else."""
    page = (WEB / "src/index.html").read_text(encoding="utf-8")
    scripts = {name: _inline(bundles / name) for name in ("main.js", "old_browser.js")}
    style = "".join(
        (bundles / name).read_text(encoding="utf-8") for name in ("fragments.css", "page.css")
    ).strip()
    policy = _POLICY.format(
        scripts=" ".join(map(_source, scripts.values())),
        styles=_source(style),
    )
    for pattern, text in (
        (r'(?<=Security-Policy" content=")[^"]*', policy),
        (
            r'<link rel="stylesheet" href="fragments.css">\n<link rel="stylesheet" href="page.css">',
            f"<style>{style}</style>",
        ),
        (r'<script src="old_browser.js">', f"<script>{scripts['old_browser.js']}"),
        (
            r'<script type="module" src="main.js">',
            f'{"".join(_embedded(parts))}<script type="module">{scripts["main.js"]}',
        ),
    ):
        page, count = re.subn(pattern, lambda _, text=text: text, page)
        if count != 1:
            raise ValueError(pattern)
    return page.encode()


def _inline(path: Path) -> str:
    """A script that may stand inside a page."""
    script = path.read_text(encoding="utf-8").strip()
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError(path)
    return script


def _embedded(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, data in sorted(parts.items()):
        text = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
        yield f'<script type="text/plain" id="part-{name}">{text}</script>\n'


def _source(text: str) -> str:
    """How a policy names the one script or style that it allows."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True)


if __name__ == "__main__":
    main()
