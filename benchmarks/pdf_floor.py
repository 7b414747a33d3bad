"""The least that reading a PDF can cost: pdfium hands over every character box and every ruling line.

The reader adds lines, paragraphs, grids and the joining of pages to this. `python benchmarks/pdf_floor.py
FILE…` prints both times and their ratio.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read
from checker.readers.page.pdfium import open_pdf
from checker.readers.page.pdfium_objects import PATH

ROUNDS = 15


def hand_over(data: bytes) -> tuple[int, int]:
    """Take every character with its box and every drawn line with its box from the library.

    Args:
        data: a PDF file.

    Returns:
        How many characters and how many lines there were.
    """
    characters = lines = 0
    with open_pdf(data) as document:
        for index in range(document.page_count):
            with document.page(index) as page:
                characters += len(page.characters(in_forms=False, unseen=frozenset()))
                lines += len([drawn.bounds() for drawn in page.objects(frozenset((PATH,)))])
    return characters, lines


def fastest(work, *arguments) -> float:
    """The shortest of some runs, in seconds: what the machine does when nothing disturbs it."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work(*arguments)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    for name in sys.argv[1:]:
        data = Path(name).read_bytes()
        floor = fastest(hand_over, data)
        reading = fastest(read, data, name, DEFAULT_LIMITS)
        print(f"{name}: {floor * 1000:.1f} ms, {reading * 1000:.1f} ms, {reading / floor:.2f}")


if __name__ == "__main__":
    main()
