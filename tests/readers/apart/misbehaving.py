"""Things that go wrong in a process of its own, as native code makes them go wrong."""

from __future__ import annotations

import ctypes
import os
import time

from checker.model.document import Cell, Document, Location, Paragraph, Table


def read(data, name, limits):
    """A reader that does what the file says."""
    del name, limits
    order = data.decode()
    if order == "crash":
        ctypes.string_at(0)
    if order == "hang":
        time.sleep(60)
    if order == "eat":
        _ = bytearray(64 << 30)
    if order == "leave":
        os._exit(0)
    if order == "print":
        os.write(1, b"something that a library prints")
    if order == "confuse":
        raise KeyError(order)
    blocks = [Paragraph(f"{order} {os.getpid()}", Location(paragraph=1))]
    if order == "vast":
        blocks.append(Table(((Cell("", 1, 1, column_span=10**7),),), Location(table_index=1)))
    return Document(tuple(blocks), "txt")


class DeadlyRegister:
    """Stands in for a register of other reports; some files are the end of the process that asks for theirs."""

    def years_of(self, figures):
        if "死" in figures.path:
            ctypes.string_at(0)
        if "停" in figures.path:
            time.sleep(60)
