"""Whoever watches a run is told of every file once, in every phase, and of what is still to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import check_files, load_rulebook
from checker.run.pipeline import CheckOptions
from checker.run.progress import Phase, reporting_progress

PATHS = [Path("甲"), Path("乙"), Path("丙")]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["甲", "乙", "丙"], [0, 1, 2, 3]),
        (["甲", "乙", "乙", "乙", "丙"], [0, 1, 2, 3]),  # a package
        (["甲", "丙"], [0, 1, 3]),  # an empty one
        ([], [0, 3]),
    ],
)
def test_a_file_counts_once_however_many_results_it_has(sources, expected):
    steps = []
    results = [(Path(source), None) for source in sources]
    assert list(reporting_progress(results, PATHS, Phase.FILES, steps.append)) == results
    assert [step.done for step in steps] == expected
    assert {(step.phase, step.total) for step in steps} == {(Phase.FILES, 3)}


def report(year):
    return (
        f"某县水利局{year}年政府信息公开工作年度报告\n"
        "一、总体情况\n全年公开信息36条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    ).encode()


FIRST = ["earlier 0/1+2", "earlier 1/1+2", "files 0/2+0", "files 1/2+0"]


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (1, [*FIRST, "files 2/2+0", "together 0/0+0"]),
        (2, [*FIRST, "files 2/2+0", "again 0/2+0", "again 1/2+0", "again 2/2+0", "together 0/0+0"]),
    ],
)
def test_every_phase_is_told(tmp_path, jobs, expected):
    """In one process a few dozen reports need not be read again."""
    files = [tmp_path / f"{year}.txt" for year in (2022, 2023, 2024)]
    for file in files:
        file.write_bytes(report(file.stem))
    steps = []
    check_files(
        files[1:], load_rulebook(), CheckOptions(), jobs=jobs, previous=files[:1], progress=steps.append
    )
    assert [f"{step.phase.value} {step.done}/{step.total}+{step.ahead}" for step in steps] == expected
