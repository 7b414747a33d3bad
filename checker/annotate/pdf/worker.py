"""What the process does that writes: it takes PDFs with what to highlight, and answers with copies."""

from __future__ import annotations

import json
from collections.abc import Iterator

from checker.annotate.pdf.drawing import draw
from checker.annotate.pdf.highlights import COPY, Order
from checker.annotate.pdf.pdfium_notes import writing_library
from checker.model.errors import UnreadableError
from checker.processes.protocol import parts_of
from checker.readers.apart.refusals import out_of_memory


def get_ready() -> None:
    """Load the library before the first file comes."""
    writing_library()


def answer(request: bytes) -> Iterator[bytes]:
    """Highlight what a request says in the file that it brings."""
    (order,), data = parts_of(request)
    try:
        yield COPY + draw(data, Order.from_json(order))
    except UnreadableError as refusal:
        yield _refused(refusal)
    except MemoryError:
        yield _refused(out_of_memory())


def _refused(refusal: UnreadableError) -> bytes:
    return json.dumps((refusal.code, refusal.text)).encode()
