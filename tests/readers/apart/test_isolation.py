"""A crash, a hang or memory running out costs one file, and nothing is started for files that need no process."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import DeadlyRegister
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.api import check, check_all, check_files, load_rulebook
from checker.model.document import Cell, Document, Location, Note, Paragraph, Table
from checker.model.errors import UnreadableError
from checker.processes import worker
from checker.readers.apart import isolation
from checker.readers.apart.wire import decode_document, encode_document
from checker.readers.formats import format_named, register
from checker.readers.limits import Limits
from checker.run.parallel import check_in_parallel
from checker.run.pipeline import CheckOptions
from checker.startup.records import replace

PDF = Path(__file__).parents[2] / "readers" / "data" / "pdf" / "chrome.pdf"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the memory of a process so")


@pytest.fixture(autouse=True)
def _fresh_process():
    isolation.reading_process().close()
    yield
    isolation.reading_process().close()


def read(order, seconds=30.0):
    return isolation.read_apart("misbehaving", order.encode(), "a", Limits(seconds=seconds))


def refusal(order, seconds=30.0):
    with pytest.raises(UnreadableError) as caught:
        read(order, seconds)
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
    held = isolation.reading_process()._process  # noqa: SLF001  # nobody else could end it
    held.kill()
    held.wait()
    assert words(read("well"))[0] == "well"


def test_no_process_can_be_started(monkeypatch):
    monkeypatch.setattr(worker.sys, "executable", "/no/such/interpreter")
    assert refusal("well") == "crashed"


@pytest.mark.parametrize("suffix", ["txt", "html", "docx"])
def test_formats_read_by_own_code_start_no_process(suffix, monkeypatch):
    def started(_arguments):
        raise AssertionError("a process was started")

    monkeypatch.setattr(worker, "_started", started)
    result = check(write(DEPARTMENT_2024, suffix), name=f"报告.{suffix}")
    assert result.report is not None


def test_a_pdf_is_read_in_a_process_of_its_own():
    check(PDF.read_bytes(), name="报告.pdf")
    assert isolation.reading_process()._process.poll() is None  # noqa: SLF001  # it is there, and waits


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


@pytest.fixture
def folder(tmp_path):
    """Six files, one of which ends its process and one of which never ends."""
    for name in ("甲", "死", "乙", "停", "丙", "丁"):
        (tmp_path / f"{name}.txt").write_bytes(write(DEPARTMENT_2024, "txt"))
    return [tmp_path / f"{name}.txt" for name in ("甲", "死", "乙", "停", "丙", "丁")]


def test_with_several_processes_a_death_costs_one_file(folder):
    options = CheckOptions(register=DeadlyRegister())
    results = list(check_in_parallel(folder, load_rulebook(), options, 2, seconds=4))
    assert [path for path, _ in results] == folder
    assert [result.problem.code if result.problem else "fine" for _, result in results] == [
        "fine", "crashed", "fine", "timeout", "fine", "fine",
    ]  # fmt: skip


def test_results_that_nobody_wants_any_more_are_not_waited_for(folder):
    options = CheckOptions(register=DeadlyRegister())
    results = check_in_parallel([folder[0], folder[3]], load_rulebook(), options, 2, seconds=50)
    assert next(results)[0] == folder[0]
    results.close()


def test_one_process_or_two_say_the_same(tmp_path):
    for number, report in enumerate((DEPARTMENT_2024, COUNTY_2023)):
        for suffix in ("txt", "html", "docx"):
            (tmp_path / f"{number}.{suffix}").write_bytes(write(report, suffix))
    (tmp_path / "3.pdf").write_bytes(PDF.read_bytes())
    files = sorted(tmp_path.iterdir())
    alone, together = (check_files(files, load_rulebook(), CheckOptions(), jobs=jobs) for jobs in (1, 2))
    assert [(r.path, r.status, r.findings) for r in alone.results] == [
        (r.path, r.status, r.findings) for r in together.results
    ]


texts = st.text(max_size=8)
counts = st.integers(min_value=1, max_value=9)
places = st.builds(
    Location,
    path=st.none() | texts,
    page=st.none() | counts,
    box=st.none() | st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4),
    paragraph=st.none() | counts,
    grid_row=st.none() | counts,
)
cells = st.builds(Cell, texts, counts, counts, counts, counts, places)
blocks = st.builds(Paragraph, texts, places, st.none() | counts) | st.builds(
    Table, st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple), places, st.booleans()
)
documents = st.builds(
    Document,
    st.lists(blocks, max_size=4).map(tuple),
    texts,
    st.dictionaries(texts, texts, max_size=2),
    st.lists(st.builds(Note, texts, texts, places), max_size=2).map(tuple),
)


@given(documents)
def test_documents_come_over_unchanged(document):
    assert decode_document(encode_document(document)) == document


@given(st.binary(max_size=60) | st.sampled_from([b"[]", b"[1,2,3,4]", b'["a",{},[],[[1]]]', b"[" * 99999]))
def test_a_confused_process_is_not_believed(data):
    with pytest.raises(ValueError, match=r"."):
        decode_document(data)
