"""The process that reads for this one; what it says is not trusted, for the file may have taken it over."""

from __future__ import annotations

import atexit
from contextlib import suppress
from functools import cache

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.processes.protocol import request
from checker.processes.worker import NotStartedError, Worker, WorkerDiedError
from checker.readers.apart.reading_worker import REPLIES
from checker.readers.apart.refusals import MEMORY_BYTES, died, not_started
from checker.readers.limits import Limits


@cache
def reading_process() -> Worker:
    """The process."""
    worker = Worker("checker.readers.apart.reading_worker", MEMORY_BYTES)
    atexit.register(worker.close)
    return worker


def start() -> None:
    """Start the process before there is a file; if that fails, it is said of the first file."""
    with suppress(NotStartedError):
        reading_process().start()


def read_apart(module: str, data: bytes, name: str, limits: Limits) -> Document:
    """Read a file in the process; for arguments and errors see `checker.readers.apart.native.read_native`."""
    try:
        (message,) = reading_process().ask(request(module, name, limits.as_dict(), data=data), limits.seconds)
        reply = REPLIES.read(message)
    except NotStartedError:
        raise not_started() from None
    except WorkerDiedError as death:
        raise died(hung=death.hung, seconds=limits.seconds) from None
    except ValueError:  # none, several, or one that makes no sense
        raise died(hung=False, seconds=limits.seconds) from None
    document = reply.document
    if document is None:
        raise UnreadableError(reply.code, reply.text)
    if _places(document) > limits.cells:
        raise died(hung=False, seconds=limits.seconds)
    return document


def _places(document: Document) -> int:
    """Places in the grids of all tables; a cell of a few bytes may claim any number of them."""
    return sum(
        len(table.rows) * max((cell.column + cell.column_span for cell in table.cells()), default=0)
        for table in document.tables()
    )
