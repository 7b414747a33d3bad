"""What a double click on the program, and what is dropped on it, comes to."""

from __future__ import annotations

import pytest

from checker.cli.first_steps.dropped import command_line


@pytest.fixture
def desk(tmp_path):
    """A desktop with an inbox, another one with a list of its units, and two reports."""
    for name in ("收件箱", "全县"):
        (tmp_path / name).mkdir()
    (tmp_path / "全县/单位.xlsx").write_bytes(b"")
    for name in ("甲.docx", "乙.docx"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


CASES = {
    # What is handed over, the command line that comes of it, and the page that is shown; ~ is the desktop.
    "a double click": ([], ["open"], None),
    "a file": (["~/甲.docx"], ["open", "~/甲.docx"], None),
    "two files": (
        ["~/甲.docx", "~/乙.docx"],
        [
            "check",
            "~/甲.docx",
            "~/乙.docx",
            "--format",
            "html",
            "-o",
            "~/报告_检查结果.html",
            "--format",
            "text",
        ],
        "~/报告_检查结果.html",
    ),
    "a folder": (
        ["~/收件箱"],
        ["check", "~/收件箱", "--format", "html", "-o", "~/收件箱_检查结果.html", "--format", "text"],
        "~/收件箱_检查结果.html",
    ),
    "a folder with a list of units": (
        ["~/全县"],
        ["collect", "~/全县", "--units", "~/全县/单位.xlsx", "-o", "~/全县_检查结果"],
        "~/全县_检查结果/总览.html",
    ),
    "a command": (["check", "~/甲.docx"], ["check", "~/甲.docx"], None),
    "an option": (["--version"], ["--version"], None),
    "a worker": (["--checker-worker", "module", "1"], ["--checker-worker", "module", "1"], None),
    "a relative path, as typed": (["甲.docx"], ["甲.docx"], None),
    "a path that is not there": (["~/丙.docx"], ["~/丙.docx"], None),
}


@pytest.mark.parametrize("case", CASES)
def test_command_line(desk, case):
    given, expected, page = (
        [part.replace("~", str(desk)) for part in parts]
        for parts in (*CASES[case][:2], [CASES[case][2] or ""])
    )
    arguments, shown = command_line(given)
    assert arguments == expected
    assert (str(shown) if shown else "") == page[0]


def test_a_list_beside_the_folder_counts_as_well(desk):
    (desk / "单位清单.yaml").write_bytes(b"")
    arguments, _ = command_line([str(desk / "收件箱")])
    assert arguments[:4] == ["collect", str(desk / "收件箱"), "--units", str(desk / "单位清单.yaml")]
