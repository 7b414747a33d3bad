"""The reports in `reports_in/` are what the descriptions in `samples` say, and show good and bad runs."""

from __future__ import annotations

import io
import zipfile

import pytest
from samples.folder import FOLDER, build

from checker.api import check

BUILT = build()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_folder_holds_these_reports():
    assert {path.name for path in FOLDER.iterdir() if not path.name.startswith(".")} == set(BUILT)


@pytest.mark.parametrize("name", BUILT)
def test_a_report_is_up_to_date(name):
    stored = (FOLDER / name).read_bytes()
    if name.endswith(".docx"):
        assert parts(stored) == parts(BUILT[name])
    else:
        assert stored == BUILT[name]


@pytest.mark.parametrize("name", ["沅平县自然资源局2024年年报.docx", "禾川县人民政府2023年年报.html"])
def test_a_clean_report_has_no_finding(name):
    assert [f"{finding.rule} {finding.message}" for finding in check(FOLDER / name).findings] == []


def test_the_township_report_has_its_faults():
    rules = {finding.rule for finding in check(FOLDER / "禾川县松坪镇2024年年报.txt").findings}
    assert {"INT-04", "INT-07", "GEN-06", "GEN-12", "T3-02", "O-01", "STY-09"} <= rules


def test_the_report_on_the_old_form_has_that_one_error():
    findings = check(FOLDER / "沅平县水利局2023年年报.txt").findings
    assert [finding.rule for finding in findings if finding.severity.value == "error"] == ["DOC-01"]
