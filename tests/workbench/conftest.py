"""What several tests of the rulebook share."""

from __future__ import annotations

import pytest

from checker.rulebook.store import load_rulebook
from checker.workbench.mutation.mutation import measure
from checker.workbench.mutation.samples import load_samples


@pytest.fixture(scope="session")
def coverage():
    """The mutation score of the built-in rules, as the documentation gives it."""
    rulebook = load_rulebook()
    return measure(rulebook, *load_samples(rulebook))
