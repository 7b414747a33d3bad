"""Settings of the whole test suite."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples in every run: a change that fails says something about the change. To look for new
# examples, run with HYPOTHESIS_PROFILE=search.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_make_parametrize_id(val):
    """File contents do not belong in the name of a test; archives hold the time at which they were made."""
    return f"{len(val)}bytes" if isinstance(val, bytes) else None
