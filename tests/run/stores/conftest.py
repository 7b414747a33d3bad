"""A store for the tests of this folder."""

from __future__ import annotations

import pytest


@pytest.fixture
def memory():
    """A store in the memory of this process; emptied in the end."""
    store = pytest.importorskip("fsspec").filesystem("memory")
    yield store
    store.store.clear()
    store.pseudo_dirs[:] = [""]
