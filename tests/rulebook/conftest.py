"""What several tests of the rulebook share."""

from __future__ import annotations

import pytest

from checker.rulebook.mutation import measure
from checker.rulebook.samples import load_samples
from checker.rulebook.store import load_rulebook


@pytest.fixture(scope="session")
def coverage():
    """The mutation score of the built-in rules, as the documentation gives it."""
    rulebook = load_rulebook()
    return measure(rulebook, *load_samples(rulebook))
