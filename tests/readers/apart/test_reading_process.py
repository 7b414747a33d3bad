"""A crash, a hang or memory running out costs one file, and nothing is started for files that need no process."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.api import check, check_all
from checker.model.errors import UnreadableError
from checker.processes import worker
from checker.readers.apart import reading_process
from checker.readers.formats import format_named, register
from checker.readers.limits import Limits
from checker.startup.records import replace

PDF = Path(__file__).parents[2] / "readers" / "data" / "pdf" / "chrome.pdf"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the memory of a process so")


@pytest.fixture(autouse=True)
def _fresh_process():
    reading_process.reading_process().close()
    yield
    reading_process.reading_process().close()


def read(order, **limits):
    return reading_process.read_apart("misbehaving", order.encode(), "a", Limits(**limits))


def refusal(order, **limits):
    with pytest.raises(UnreadableError) as caught:
        read(order, **limits)
    assert caught.value.text.endswith("。")
    return caught.value.code


def words(document):
    return next(document.paragraphs()).text.split()


@pytest.mark.parametrize("order", ["crash", "leave", "confuse"])
def test_a_crash_costs_one_file(order):
    before = words(read("well"))[1]
    assert refusal(order) == "crashed"
    assert words(read("well")) != ["well", before]


def test_a_hang_is_ended():
    assert refusal("hang", seconds=0.5) == "timeout"
    assert words(read("well"))[0] == "well"


@POSIX
def test_memory_is_limited_and_the_process_lives_on():
    before = words(read("well"))
    assert refusal("eat") == "too_large"
    assert words(read("well")) == before


def test_what_a_library_prints_is_no_answer():
    assert words(read("print"))[0] == "print"


def test_the_process_is_kept_and_is_another_one():
    first, second = words(read("one"))[1], words(read("two"))[1]
    assert first == second
    assert int(first) != os.getpid()


def test_a_process_that_died_between_two_files_is_replaced():
    read("well")
    held = reading_process.reading_process()._process._popen  # noqa: SLF001  # nobody else could end it
    held.kill()
    held.wait()
    assert words(read("well"))[0] == "well"


def test_no_process_can_be_started(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/interpreter")
    assert refusal("well") == "reader_not_started"


def test_a_document_beyond_the_limits_is_not_believed():
    assert words(read("vast", cells=10**9))[0] == "vast"
    assert refusal("vast") == "crashed"


@pytest.mark.parametrize("suffix", ["txt", "html", "docx"])
def test_formats_read_by_own_code_start_no_process(suffix, monkeypatch):
    def started(_module, _memory):
        raise AssertionError("a process was started")

    monkeypatch.setattr(worker, "command", started)
    result = check(write(DEPARTMENT_2024, suffix), name=f"报告.{suffix}")
    assert result.report is not None


def test_a_pdf_is_read_in_a_process_of_its_own():
    check(PDF.read_bytes(), name="报告.pdf")
    assert reading_process.reading_process()._process.is_running  # noqa: SLF001  # it is there, and waits


@pytest.mark.usefixtures("_formats_restored")
def test_a_crash_inside_a_package_costs_one_member():
    register(replace(format_named("pdf"), module="misbehaving_pdf"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("甲.txt", write(DEPARTMENT_2024, "txt"))
        package.writestr("乙.pdf", PDF.read_bytes())
        package.writestr("丙.html", write(COUNTY_2023, "html"))
    results = list(check_all(made.getvalue(), name="包.zip"))
    assert [(result.path, result.status.value) for result in results] == [
        ("包.zip!甲.txt", "checked"),
        ("包.zip!乙.pdf", "unreadable"),
        ("包.zip!丙.html", "checked"),
    ]
    assert results[1].problem.code == "crashed"
