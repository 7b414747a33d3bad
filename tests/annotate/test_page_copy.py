"""Files into which nobody writes notes get a page beside them."""

from __future__ import annotations

import pytest
from faults import FAULTS
from samples import write
from variants import kept

from checker.annotate import AnnotateOptions, annotate
from checker.api import check, load_rulebook
from checker.model.errors import UsageError
from checker.model.findings import Severity

OPTIONS = AnnotateOptions(rulebook=load_rulebook().info)
FAULT = next(fault for fault in FAULTS if fault.rule == "T3-02" and fault.place)


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_the_page_shows_the_report_and_the_finding_at_its_cell(suffix):
    data = write(FAULT.report, suffix)
    result = check(data, name=f"年报.{suffix}")
    copy = annotate(data, [result], OPTIONS)
    page = copy.data.decode()

    assert (copy.suffix, copy.beside, copy.comments) == ("html", True, (Severity.ERROR,))
    assert f'data-cell="{FAULT.place}" data-proposed="6"' in page
    assert '<li id="f1" class="finding error"' in page
    assert page.count('id="document"') == 1


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "ofd", "xls"])
def test_every_format_that_is_read_has_one(suffix):
    name = f"health.{suffix}"
    data = kept()[name]
    copy = annotate(data, [check(data, name=name)], OPTIONS)

    assert copy.suffix == "html"
    assert "网页" in copy.notices[0]
    assert 'data-cell="T3[S, natural]"' in copy.data.decode()


def test_a_result_of_another_file_is_refused():
    data = write(FAULT.report, "txt")
    with pytest.raises(UsageError, match="不是这份文件的"):
        annotate(data + b"\n", [check(data, name="年报.txt")], OPTIONS)
