"""Several processes say what one says; one that dies, lies or cannot be started costs no result."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from misbehaving import DeadlyRegister
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.api import check_files, load_rulebook
from checker.processes import worker
from checker.readers.apart.reading_process import reading_process
from checker.run import parallel
from checker.run.parallel import check_in_parallel
from checker.run.pipeline import CheckOptions

PDF = Path(__file__).parents[1] / "readers" / "data" / "pdf" / "chrome.pdf"


def facts(run_or_results):
    return [(r.path, r.sha256, r.status, r.problem, r.outcomes, r.findings) for r in run_or_results]


@pytest.fixture
def folder(tmp_path):
    """Six files, one of which ends its process and one of which never ends."""
    for name in ("甲", "死", "乙", "停", "丙", "丁"):
        (tmp_path / f"{name}.txt").write_bytes(write(DEPARTMENT_2024, "txt"))
    return [tmp_path / f"{name}.txt" for name in ("甲", "死", "乙", "停", "丙", "丁")]


def test_with_several_processes_a_death_costs_one_file(folder):
    options = CheckOptions(other_years=DeadlyRegister())
    results = list(check_in_parallel(folder, load_rulebook(), options, 2, seconds=4))
    assert [path for path, _ in results] == folder
    assert [result.problem.code if result.problem else "fine" for _, result in results] == [
        "fine", "crashed", "fine", "timeout", "fine", "fine",
    ]  # fmt: skip


def test_results_that_nobody_wants_any_more_are_not_waited_for(folder):
    options = CheckOptions(other_years=DeadlyRegister())
    results = check_in_parallel([folder[0], folder[3]], load_rulebook(), options, 2, seconds=5000)
    assert next(results)[0] == folder[0]
    results.close()  # would take those 5000 seconds


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


@pytest.fixture
def reports(tmp_path):
    for name in ("甲", "乙", "丙"):
        (tmp_path / f"{name}.txt").write_bytes(write(COUNTY_2023, "txt"))
    (tmp_path / "丁.pdf").write_bytes(PDF.read_bytes())
    return sorted(tmp_path.iterdir())


def no_program(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/program")


def no_thread(monkeypatch):
    def full(_thread):
        raise RuntimeError

    monkeypatch.setattr(parallel.Thread, "start", full)


def no_second_program(monkeypatch):
    """One of the processes can be started, then the system has no room for more."""
    real, started = worker.command, []

    def command(module, memory):
        started.append(module)
        if len(started) > 1:
            raise BlockingIOError
        return real(module, memory)

    monkeypatch.setattr(worker, "command", command)


@pytest.mark.parametrize("prevent", [no_program, no_thread, no_second_program])
def test_files_for_which_no_process_starts_are_checked_in_this_one(prevent, reports, monkeypatch):
    rulebook = load_rulebook()
    texts = [path for path in reports if path.suffix == ".txt"]
    alone = check_files(texts, rulebook, CheckOptions())
    prevent(monkeypatch)
    notices = []
    together = check_files(texts, rulebook, CheckOptions(), jobs=2, notice=notices.append)
    assert facts(together.results) == facts(alone.results)
    assert len(notices) == 1
    assert notices[0].startswith("检查用的进程没能启动")


def test_a_pdf_that_nobody_can_read_is_not_to_blame(reports, monkeypatch):
    reading_process().close()
    no_program(monkeypatch)
    run = check_files(reports, load_rulebook(), CheckOptions(), jobs=2)
    assert [result.problem and result.problem.code for result in run.results] == [
        "reader_not_started", None, None, None,
    ]  # fmt: skip


def test_a_process_that_lies_costs_its_file(reports, monkeypatch):
    class Liar(worker.Worker):
        def ask(self, message, seconds):
            replies = list(super().ask(message, seconds))
            return iter([b"nonsense"] if "\\u4e59" in message.decode("ascii") else replies)

    monkeypatch.setattr(parallel, "Worker", Liar)
    results = [result for _, result in check_in_parallel(reports, load_rulebook(), CheckOptions(), 2)]
    assert [result.problem and result.problem.code for result in results] == [None, None, "crashed", None]
