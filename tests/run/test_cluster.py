"""On a cluster the results are those of one process, also when a worker dies; what is amiss is said in a sentence."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from types import SimpleNamespace

import pytest
from command_line import run_checker
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.run import cluster
from checker.run.cluster import check_chunk, chunks, close_workers
from checker.run.parallel import assignment_message
from checker.run.pipeline import CheckOptions
from quality.chaos.processes import available

pytestmark = pytest.mark.long

OPTIONS = ("--no-config", "--today", "2025-03-01", "--fail-on", "never", "--format", "jsonl")
PROGRAM = (sys.executable, "-m", "checker", "check", "年报", *OPTIONS)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """A hundred reports, and a file that cannot be read."""
    reports = tmp_path_factory.mktemp("reports")
    for number in range(100):
        report, suffix = (DEPARTMENT_2024, COUNTY_2023)[number % 2], ("docx", "txt", "html")[number % 3]
        (reports / f"{number:03}.{suffix}").write_bytes(write(report, suffix))
    (reports / "050.pdf").write_bytes(b"%PDF-1.7 nothing")
    return reports


@pytest.fixture
def folder(reports, tmp_path, monkeypatch):
    """They stand in a folder of the test's own, beside which it is run."""
    shutil.copytree(reports, tmp_path / "年报")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def dask_workers(process):
    """Processes that a local cluster has started for its workers."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            words = (entry / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if parent == process.pid and b"spawn_main" in words:
            found.append(int(entry.name))
    return found


@pytest.mark.skipif(not available(), reason="processes are found through /proc")
def test_a_worker_killed_by_hand_costs_nothing(folder):
    alone = subprocess.run((*PROGRAM, "-o", "whole.jsonl", "-j", "1"), cwd=folder, check=False)
    file = folder / "a.jsonl"
    process = subprocess.Popen((*PROGRAM, "-o", "a.jsonl", "--cluster", "local:2"), cwd=folder)
    until = monotonic() + 90
    while (not file.exists() or not file.read_bytes().count(b"\n")) and monotonic() < until:
        sleep(0.005)
    victims = dask_workers(process)
    assert len(victims) >= 2
    os.kill(max(victims), signal.SIGKILL)
    assert process.wait(timeout=120) == alone.returncode == 3  # one file cannot be read

    assert file.read_bytes() == (folder / "whole.jsonl").read_bytes()


def test_without_the_extra_a_sentence_says_what_to_do(folder, monkeypatch, capsys):
    del folder
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run_checker(monkeypatch, capsys, "check", "年报", *OPTIONS, "--cluster", "local:2")

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "dask[distributed]" in ran.err


@pytest.mark.parametrize("address", ["local:0", "local", "local:2x", "local:100"])
def test_a_wrong_number_of_workers_is_refused(folder, monkeypatch, capsys, address):
    del folder
    ran = run_checker(monkeypatch, capsys, "check", "年报", *OPTIONS, "--cluster", address)

    assert (ran.code, ran.out) == (2, "")
    assert "local:2 这样" in ran.err


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:9", "dask scheduler 是否在运行。"),
        ("tls://127.0.0.1:9", "配好证书"),
        ("nothing://x", "dask scheduler 是否在运行。"),
    ],
)
def test_a_scheduler_that_is_not_there_is_told(folder, address, sentence):
    command = (
        "from checker.run import cluster; cluster._CONNECT_SECONDS = 1; from checker.cli import main; main()"
    )
    arguments = (*PROGRAM[3:], "--cluster", address)
    ran = subprocess.run(
        (sys.executable, "-c", command, *arguments), cwd=folder, capture_output=True, check=False
    )

    assert ran.returncode == 2
    assert "连不上集群的调度器" in ran.stderr.decode()
    assert sentence in ran.stderr.decode()
    assert ran.stderr.count(b"\n") == 1


def test_chunks_are_limited_in_number_and_size(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_FILES", 3)
    monkeypatch.setattr(cluster, "_BYTES", 100)
    paths = [tmp_path / str(size) for size in (1, 2, 3, 4, 99, 5, 200)]
    for path in paths[:-1]:
        path.write_bytes(b"x" * int(path.name))

    assert [[path.name for path in chunk] for chunk in chunks(paths)] == [
        ["1", "2", "3"],
        ["4", "99"],
        ["5", "200"],
    ]


def test_a_chunk_that_no_worker_has_done_is_done_here(folder, rulebook):
    (path,) = folder.glob("年报/001.txt")
    (result,) = cluster.results_of(path, None, rulebook, CheckOptions(), None)

    assert result.status.value == "checked"


class Client:
    """A cluster that is lost after the first chunk: the second one never comes back, the third finds nobody."""

    def __init__(self):
        self.chunks = iter((lambda: ["a", "b"], self.lost))

    def submit(self, *_, **__):
        chunk = next(self.chunks, None)
        return SimpleNamespace(result=chunk) if chunk else self.lost()

    def lost(self):
        raise RuntimeError


def test_a_cluster_that_is_lost_leaves_the_rest_to_this_machine(monkeypatch):
    monkeypatch.setattr(cluster, "_FILES", 2)
    paths = [Path(f"没有{number}.txt") for number in range(6)]
    chunks_done = list(cluster.in_order(Client(), None, paths, 1))

    assert chunks_done == [(paths[:2], ["a", "b"]), (paths[2:4], [None] * 2), (paths[4:], [None] * 2)]


def test_a_worker_keeps_its_process_for_a_run(folder, rulebook):
    """And says of each file what has come of it; a run that ends takes only its own process along."""
    path = next(folder.glob("年报/001.txt")).as_posix()
    assignment = assignment_message(rulebook, CheckOptions())
    try:
        replies = [check_chunk(("one", assignment), [path, path])]
        (kept,) = cluster.KEPT_WORKERS.values()
        check_chunk(("two", assignment), [path])
        replies.append(check_chunk(("one", assignment), [path]))
        assert [*cluster.KEPT_WORKERS.values()][-1] is kept
        close_workers("two")
        assert [*cluster.KEPT_WORKERS.values()] == [kept]
        check_chunk(("one", assignment), [path])
        assert [*cluster.KEPT_WORKERS.values()] == [kept]
    finally:
        close_workers("one")
        close_workers("two")

    assert [(len(data), died) for data, died in (*replies[0], *replies[1])] == [(1, None)] * 3
    assert not cluster.KEPT_WORKERS


def test_processes_of_runs_that_were_broken_off_are_not_kept_for_ever(folder, rulebook):
    path = next(folder.glob("年报/001.txt")).as_posix()
    assignment = assignment_message(rulebook, CheckOptions())
    runs = [str(number) for number in range(5)]
    try:
        for run in runs:
            check_chunk((run, assignment), [path])
        assert [run for _, run in cluster.KEPT_WORKERS] == runs[-3:]
    finally:
        for run in runs:
            close_workers(run)


@pytest.fixture
def rulebook():
    from checker.api import load_rulebook  # noqa: PLC0415  # for these tests alone

    return load_rulebook()


def test_files_that_the_cluster_does_not_see_stop_the_run(folder, rulebook):
    path = folder / "年报" / "001.txt"
    assignment = assignment_message(rulebook, CheckOptions())
    try:
        (reply,) = check_chunk(("one", assignment), ["年报/没有.txt"])
    finally:
        close_workers("one")

    with pytest.raises(cluster.UsageError, match="共享文件夹"):
        list(cluster.results_of(path, reply, rulebook, CheckOptions(), None))
