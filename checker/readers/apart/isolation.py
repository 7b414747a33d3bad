"""Reading in a process that can die alone, for formats whose reader is native code.

Python code is kept in check by counting what it does. A library written in C++ is not: a hostile file may
crash it, keep it busy for ever or make it take all memory. It runs in a process of its own, which is started
for the first such file and kept for the next ones; in a process that may itself die, it first runs there.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.processes.worker import Worker, WorkerDiedError
from checker.readers.apart.wire import decode_document, encode_document
from checker.readers.limits import Limits, too_large

MEMORY_BYTES: Final = 240 << 20
"""Address space of the reading process: an ordinary report takes an eighth, the largest file allowed two thirds."""
_DOCUMENT, _REFUSAL = b"d", b"r"
_ADVICE: Final = "请用 WPS 或 Word 打开后另存为 .docx，再检查。"


@cache
def reading_process() -> Worker:
    """The process that reads for this one."""
    preload = "checker.readers.apart.isolation:get_ready"
    worker = Worker("checker.readers.apart.isolation:answer", MEMORY_BYTES, preload=preload)
    atexit.register(worker.close)
    return worker


class _Place:
    """Where native readers run."""

    within = False


def read_here_first(*, allowed: bool) -> None:
    """Say whether this process may die of a file: then native readers run inside it, see `within`."""
    _Place.within = allowed


def read_isolated(module: str, data: bytes, name: str, limits: Limits) -> Document:
    """Read a file with `module.read` so that whatever happens costs this file only; as `read_apart`."""
    if _Place.within:
        from checker.readers.apart.within import read_within  # noqa: PLC0415  # only in runs of several jobs

        document = read_within(import_module(module).read, data, name, limits)
        if document is not None:
            return document
    return read_apart(module, data, name, limits)


def read_apart(module: str, data: bytes, name: str, limits: Limits) -> Document:
    """Read a file with `module.read` in another process.

    Args:
        module: a reader.
        data: the file.
        name: its name, a hint only.
        limits: how much reading may cost; `seconds` is the time for the whole file.

    Raises:
        UnreadableError: what the reader raises, or `crashed`, `timeout` or `too_large` if its process did not
            survive the file.
    """
    head = json.dumps([module, name, limits.as_dict()]).encode("ascii")
    try:
        (reply,) = reading_process().ask(head + b"\n" + data, limits.seconds)
        return _understood(reply)
    except WorkerDiedError as death:
        raise _death(hung=death.hung, seconds=limits.seconds) from None
    except (OSError, ValueError):
        # No process could be started, or what it said makes no sense.
        raise _death(hung=False, seconds=limits.seconds) from None


def _death(*, hung: bool, seconds: float) -> UnreadableError:
    if hung:
        text = f"读取超过 {seconds:g} 秒还没有读完，已停止。{_ADVICE}"
        return UnreadableError("timeout", text)
    return UnreadableError("crashed", f"文件有异常内容，读取它的进程中途退出，未能读取。{_ADVICE}")


def _understood(reply: bytes) -> Document:
    kind, content = reply[:1], reply[1:]
    if kind == _REFUSAL:
        code, text = json.loads(content)
        raise UnreadableError(code, text)
    return decode_document(content)


def get_ready() -> None:
    """Load what reading a PDF needs; what the reading process does before the first file comes."""
    import_module("checker.readers.page.pdf")
    with contextlib.suppress(UnreadableError):  # to be told with the first file
        import_module("checker.readers.page.pdfium_library").library()


def answer(request: bytes) -> Iterator[bytes]:
    """Read the file in a request; what the reading process does."""
    head, _, data = request.partition(b"\n")
    module, name, limits = json.loads(head)
    # Readers make no circles of objects; looking for some again and again takes a fiftieth of the time.
    gc.disable()
    try:
        document: Document = import_module(module).read(data, name, Limits(**limits))
        reply = _DOCUMENT + encode_document(document)
    except UnreadableError as refusal:
        reply = _refused(refusal)
    except MemoryError:
        reply = _refused(too_large("读取时占用内存过多"))
    finally:
        gc.enable()
    yield reply


def _refused(refusal: UnreadableError) -> bytes:
    return _REFUSAL + json.dumps([refusal.code, refusal.text]).encode("ascii")
