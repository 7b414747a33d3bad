"""What breaks no requirement gives no error and no warning."""

from __future__ import annotations

import pytest
from faults import BASES
from harmless import HARMLESS
from samples import write

from checker.api import check


@pytest.mark.parametrize("suffix", ["txt", "docx"])
@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_change_gives_no_error_and_no_warning(name, suffix):
    base, change = HARMLESS[name]
    changed = change(BASES[base])
    assert changed != BASES[base]
    result = check(write(changed, suffix), name=f"{name}.{suffix}")
    grave = [finding for finding in result.findings if finding.severity.value != "info"]
    assert [f"{finding.rule} {finding.message}" for finding in grave] == []
    assert len(result.report.sections) == 6
