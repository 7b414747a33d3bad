"""Settings of the whole test suite."""

from __future__ import annotations

import gc
import os
from functools import cache

import pytest
from hypothesis import settings

from checker.readers import formats
from checker.rulebook import store

# The same examples in every run: a change that fails says something about the change. To look for new
# examples, run with HYPOTHESIS_PROFILE=search.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


# As in the processes that check: reports make hardly any circles of objects.
gc.set_threshold(100_000)


def pytest_collection_modifyitems(items):
    """Files whose tests take long begin, so that no worker is left with one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Thousands of tests are collected and stay to the end: nothing of them is ever garbage to be looked for."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_make_parametrize_id(val):
    """File contents do not belong in the name of a test; archives hold the time at which they were made."""
    return f"{len(val)}bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def _program_stays_the_same():
    """Nobody changes code or built-in rules while tests run, so that not every check looks whether somebody did."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_program_mark", cache(store._program_mark))  # noqa: SLF001
        yield


@pytest.fixture
def _formats_restored(monkeypatch):
    """Formats that a test registers are gone after it."""
    monkeypatch.setattr(formats, "_FORMATS", [*formats._FORMATS])  # noqa: SLF001
