"""A folder of reports with some poison among them; the same seed gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_REPORTS: Final = ROOT / "reports_in"
_PDF: Final = ROOT / "tests" / "readers" / "data" / "pdf"
_EVERY_POISON: Final = 100
"""One file in so many is poison; of few files, enough to have each kind."""
_EVERY_PDF: Final = 40
"""One in so many is a PDF, whose reader is native code; others take a fiftieth of its time."""

Poison = Callable[[Random], bytes]


def _docx() -> bytes:
    return next(_REPORTS.glob("*.docx")).read_bytes()


def _nested(_: Random) -> bytes:
    return b"<html><body>" + b"<div>" * 50_000 + "年度报告".encode()


def _other_zip(random: Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../outside.docx", random.randbytes(500))
    return file.getvalue()


_POISONS: Final[tuple[tuple[str, Poison], ...]] = (
    ("空白.docx", lambda _: b""),
    ("截断.docx", lambda random: _docx()[: random.randrange(200, 5000)]),
    ("乱码.pdf", lambda random: b"%PDF-1.7\n" + random.randbytes(4000)),
    ("加密.pdf", lambda _: (_PDF / "password.pdf").read_bytes()),
    ("截断.pdf", lambda random: (_PDF / "chrome.pdf").read_bytes()[: random.randrange(2000, 20_000)]),
    ("层层.html", _nested),
    ("越界.zip", _other_zip),
    ("乱码.txt", lambda random: random.randbytes(20_000)),
    ("乱码.doc", lambda random: bytes.fromhex("d0cf11e0a1b11ae1") + random.randbytes(8000)),
    ("乱码.xlsx", lambda random: b"PK\x03\x04" + random.randbytes(3000)),
)


def make_folder(folder: Path, count: int, seed: int) -> list[Path]:
    """Write reports and poison.

    Args:
        folder: where to; made if need be.
        count: how many files.
        seed: for what is left to chance.

    Returns:
        The poison among them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    poison = []
    for number, (name, data) in enumerate(_files(count, Random(seed))):
        path = folder / f"{number:05d}{name}"
        path.write_bytes(data)
        if not name.startswith("年报"):
            poison.append(path)
    return poison


def _files(count: int, random: Random) -> Iterator[tuple[str, bytes]]:
    texts = [path for path in sorted(_REPORTS.iterdir()) if path.suffix in (".txt", ".html")]
    pdf, docx = (_PDF / "chrome.pdf").read_bytes(), _docx()
    poisoned = set(random.sample(range(count), max(len(_POISONS), count // _EVERY_POISON)))
    kinds = iter(_POISONS * (len(poisoned) // len(_POISONS) + 1))
    for number in range(count):
        if number in poisoned:
            name, make = next(kinds)
            yield name, make(random)
        elif number % _EVERY_PDF == 1:
            yield "年报.pdf", pdf + b"\n%%%d\n" % number
        elif number % _EVERY_PDF == 2:
            yield "年报.docx", docx
        else:
            path = random.choice(texts)
            yield f"年报{path.suffix}", path.read_bytes() + b"\n" * (number % 100)
