"""What the process does that reads: it takes files, and answers with documents or with why there is none."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.processes.protocol import parts_of
from checker.processes.serialise import Serialiser
from checker.readers.apart.refusals import out_of_memory
from checker.readers.limits import Limits
from checker.startup.records import dataclass


@dataclass(frozen=True)
class Reply:
    """A document, or why there is none: `code` and `text` of an `UnreadableError`."""

    document: Document | None = None
    code: str = ""
    text: str = ""


REPLIES: Final = Serialiser(Reply)


def get_ready() -> None:
    """Load what reading a PDF needs, before the first file comes."""
    import_module("checker.readers.page.pdf")
    with contextlib.suppress(UnreadableError):  # to be told with the first file
        import_module("checker.readers.page.pdfium_library").library()


def answer(request: bytes) -> Iterator[bytes]:
    """Read the file in a request: module of the reader, name of the file, limits, and the file."""
    (module, name, limits), data = parts_of(request)
    # Readers make no circles of objects; looking for some again and again takes a fiftieth of the time.
    gc.disable()
    try:
        reply = REPLIES.write(Reply(import_module(module).read(data, name, Limits(**limits))))
    except UnreadableError as refusal:
        reply = _refused(refusal)
    except MemoryError:
        reply = _refused(out_of_memory())
    finally:
        gc.enable()
    yield reply


def _refused(refusal: UnreadableError) -> bytes:
    return REPLIES.write(Reply(code=refusal.code, text=refusal.text))
