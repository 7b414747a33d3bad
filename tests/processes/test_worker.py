"""A worker that cannot start is not one that died, and none can reply more than is allowed."""

from __future__ import annotations

import os
import sys
import time

import pytest

from checker.processes import start, worker
from checker.processes.protocol import request
from checker.processes.serve import serve_if_asked
from checker.processes.worker import NotStartedError, Worker, WorkerDiedError

MEMORY = 4 << 30
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="programs of Unix")


@pytest.fixture
def odd():
    made = Worker("odd_worker", MEMORY)
    yield made
    made.close()


def ask(asked, order, data=b"", seconds=30.0):
    return list(asked.ask(request(order, data=data), seconds))


def test_replies_come_one_by_one_from_one_process(odd):
    assert ask(odd, "count") == [b"1", b"2", b"3"]
    assert ask(odd, "echo", "é\n".encode()) == ["é\n".encode()]
    assert ask(odd, "nothing") == []


def test_more_than_is_allowed_cannot_be_announced(odd):
    with pytest.raises(WorkerDiedError) as death:
        ask(odd, "announce")
    assert not death.value.hung
    assert ask(odd, "count")


def test_nobody_replies_for_ever(odd, monkeypatch):
    monkeypatch.setattr(worker, "MOST_BYTES_IN_ALL", 100_000)
    with pytest.raises(WorkerDiedError) as death:
        ask(odd, "for ever")
    assert not death.value.hung


@pytest.mark.parametrize(
    "program",
    [
        "",
        None,
        "/no/such/program",
        pytest.param("/bin/true", marks=POSIX),
        pytest.param("/bin/echo", marks=POSIX),
    ],
)
def test_a_program_that_is_no_worker_is_not_started(odd, program, monkeypatch):
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(NotStartedError):
        ask(odd, "count")
    monkeypatch.undo()
    assert ask(odd, "count")


@pytest.mark.parametrize("way", ["ends", "says"])
def test_a_process_that_does_not_get_ready_is_not_started(odd, way, monkeypatch):
    monkeypatch.setenv("ODD_WORKER", way)
    with pytest.raises(NotStartedError):
        ask(odd, "count")


def test_a_process_that_does_not_get_ready_in_time_is_not_started(odd, monkeypatch):
    monkeypatch.setattr(worker, "_START_SECONDS", 0.001)
    with pytest.raises(NotStartedError):
        ask(odd, "count")


@pytest.mark.parametrize("module", ["no_such_module", "checker.model.text"])
def test_a_module_that_cannot_answer(module):
    made = Worker(module, MEMORY)
    with pytest.raises((NotStartedError, WorkerDiedError)):
        ask(made, "count")
    made.close()


@pytest.mark.parametrize("error", [BlockingIOError, MemoryError, PermissionError])
def test_the_system_has_no_room_for_a_process(odd, error, monkeypatch):
    def full(*_args, **_named):
        raise error

    monkeypatch.setattr("subprocess.Popen", full)
    with pytest.raises(NotStartedError):
        ask(odd, "count")


def test_the_system_has_no_room_for_a_thread(odd, monkeypatch):
    def full(_thread):
        raise RuntimeError

    monkeypatch.setattr(worker.Thread, "start", full)
    with pytest.raises(NotStartedError):
        odd.start()


@pytest.mark.parametrize(
    ("platform", "frozen", "recognises", "can_start"),
    [
        ("linux", False, False, True),
        ("linux", True, False, False),
        ("linux", True, True, True),
        ("emscripten", False, False, False),
        ("wasi", False, True, False),
    ],
)
def test_where_processes_can_be_started(  # noqa: PLR0917  # a table of five columns
    platform, frozen, recognises, can_start, odd, monkeypatch
):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(start._ThisProgram, "recognises_workers", recognises)  # noqa: SLF001  # set for good by `main`
    assert start.can_start() is can_start
    if not can_start:
        with pytest.raises(NotStartedError):
            ask(odd, "count")


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["check", "a.pdf"], [start.WORKER], [start.WORKER, "json", "9"], [start.WORKER, "odd_worker", "9"],
        [start.WORKER, "good", "-1"], [start.WORKER, "good", "x"], [start.WORKER, "good", "9", "more"],
        ["good", start.WORKER, "9"],
    ],
)  # fmt: skip
def test_the_command_line_names_nothing_but_what_may_be_served(arguments, monkeypatch):
    served = []
    monkeypatch.setattr("checker.processes.serve.serve", lambda *names: served.append(names))
    monkeypatch.setattr(start._ThisProgram, "recognises_workers", False)  # noqa: SLF001  # set back afterwards
    assert not serve_if_asked(arguments, {"good"})
    assert served == []
    assert serve_if_asked([start.WORKER, "good", "9"], {"good"})
    assert served == [("good", 9)]


@POSIX
def test_a_worker_that_nobody_listens_to_ends():
    made = Worker("odd_worker", MEMORY)
    ask(made, "count")
    held = made._process._popen  # noqa: SLF001  # whose pipes are closed as they are where the parent is gone
    held.stdin.close()
    deadline = time.monotonic() + 30
    while held.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert held.returncode == os.EX_OK
    made.close()
