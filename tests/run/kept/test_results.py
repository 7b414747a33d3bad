"""Results beyond a few dozen rest on disk; where that has no room they stay in memory, and none is lost."""

from __future__ import annotations

import errno
import tempfile

import pytest
from samples import TOWNSHIP_2024, write

from checker.api import check, load_rulebook
from checker.run.kept.light_results import slim
from checker.run.kept.results import ResultStore
from checker.startup.records import replace

RULEBOOK = load_rulebook()
RESULT = slim(check(write(TOWNSHIP_2024, "txt"), name="年报.txt", rulebook=RULEBOOK))
COUNT = 70


class FullDisk:
    """A file that takes so many bytes."""

    def __init__(self, real, room):
        self._real = real
        self._room = room

    def write(self, data):
        taken = data[: self._room]
        if data and not taken:
            raise OSError(errno.ENOSPC, "full")
        self._room -= len(taken)
        return self._real.write(taken)

    def __getattr__(self, name):
        return getattr(self._real, name)


def no_folder(monkeypatch):
    def refuse(**_named):
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)


def full_at_once(monkeypatch, room=0):
    real = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **named: FullDisk(real(**named), room))


def full_later(monkeypatch):
    full_at_once(monkeypatch, room=3333)


def room(_monkeypatch):
    """As it mostly is."""


@pytest.mark.parametrize("disk", [room, no_folder, full_at_once, full_later])
def test_every_result_comes_back(disk, monkeypatch):
    disk(monkeypatch)
    store = ResultStore(RULEBOOK.forms)
    expected = [replace(RESULT, path=f"{number}.txt") for number in range(COUNT)]
    for result in expected:
        store.append(result)
    assert not store.in_memory
    assert [result.path for result in store] == [result.path for result in expected]
    assert list(store) == expected
    assert store[-1] == expected[-1]
    assert list(store[3:5]) == expected[3:5]
    assert len(store.outlines) == COUNT
