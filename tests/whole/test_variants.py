"""A clean report of each form says the same in every format that offices use; see `variants`."""

from __future__ import annotations

import pytest
from variants import REPORTS, kept
from variants.comparing import differences

KEPT = kept()


@pytest.mark.parametrize("name", KEPT)
def test_a_variant_says_the_same(name):
    report = REPORTS[name.partition(".")[0].partition("_")[0]]
    assert differences(report, KEPT[name], name) == []


def test_every_format_is_there():
    suffixes = {name.partition(".")[2] for name in KEPT}
    assert suffixes == {"doc", "odt", "rtf", "pdf", "html", "xlsx", "xls", "ofd"}
    assert sum("break" in name for name in KEPT) >= 3
