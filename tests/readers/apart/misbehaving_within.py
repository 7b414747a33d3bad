"""A reader of PDF that does what the last line of the file says, and a process that reads with it inside."""

from __future__ import annotations

import ctypes
import os
import signal
from importlib import import_module

import misbehaving

from checker.model.document import Document, Location, Paragraph
from checker.model.errors import UnreadableError
from checker.readers.apart.native import read_native, set_may_crash
from checker.readers.formats import format_named, register
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.startup.records import replace

MEBIBYTE = 1 << 20


def read(data, name, limits):
    """Like `misbehaving.read`, with further ways to misbehave."""
    order = data.rpartition(b"\n")[2].decode()
    if order == "refuse":
        raise UnreadableError("damaged", "文件已损坏。")
    if order == "much":  # more than is usual, less than is allowed
        _ = bytearray(110 * MEBIBYTE)
    if order == "grow":  # as native code does that does not ask whether there is memory
        native = ctypes.CDLL(None)
        native.malloc.restype = ctypes.c_void_p
        while True:
            ctypes.memset(native.malloc(ctypes.c_size_t(8 * MEBIBYTE)), 1, 8 * MEBIBYTE)
    if order == "refuse when short":  # a library that takes a lack of memory for damage of the file
        try:
            _ = bytearray(130 * MEBIBYTE)
        except MemoryError:
            raise KeyError(order) from None
    misbehaving.read(order.encode(), name, limits)
    return Document((Paragraph(f"{os.getpid()} 读的", Location(paragraph=1)),), "pdf")


class Misreading:
    """A register of other reports that, where it arrives, has PDF read by this module, with little time."""

    def __init__(self, seconds):
        register(replace(format_named("pdf"), module="misbehaving_within"))
        vars(DEFAULT_LIMITS)["seconds"] = seconds
        self._seconds = seconds

    def __reduce__(self):
        return (type(self), (self._seconds,))

    def years_of(self, _figures):
        return None


def answer(request):
    """Read the file in the request inside this process; tells who read it, and whether all limits are as before."""
    set_may_crash(allowed=True)
    before = _limits()
    try:
        document = read_native("misbehaving_within", request, "a", Limits(seconds=2))
        told = document.blocks[0].text.replace(str(os.getpid()), "自己")
    except UnreadableError as refusal:
        told = refusal.code
    yield f"{told} {_limits() == before}".encode()


def _limits():
    resource = import_module("resource")
    # The alarm goes on while the file is read: in whole minutes it stays what it was.
    return resource.getrlimit(resource.RLIMIT_AS), round(signal.getitimer(signal.ITIMER_REAL)[0] / 60)
