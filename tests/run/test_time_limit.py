"""A document that never comes to an end is stopped, in the one process of a single file too."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from samples import DEPARTMENT_2024, write

from checker.api import check_files, exit_code, load_rulebook
from checker.judging import engine
from checker.model.errors import OutOfTimeError
from checker.model.findings import Severity, Verdict
from checker.run import pipeline
from checker.run.pipeline import CheckOptions
from checker.run.time_limit import time_limited

needs_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no such timer")
EXIT_UNREADABLE = 3


def spin(*_arguments, **_options):
    while True:
        with contextlib.suppress(Exception):  # as careless code would
            sum(range(1000))


@pytest.fixture(params=[pytest.param("timer", marks=needs_timer), "watch"])
def way(request, monkeypatch):
    """With the timer of the system, and without one as on Windows."""
    if request.param == "watch":
        monkeypatch.delattr(signal, "setitimer", raising=False)
    return request.param


@pytest.fixture
def checked(tmp_path, monkeypatch, way):
    """Checks one report in this process, with little time for each step."""
    monkeypatch.setattr(pipeline, "time_limited", partial(time_limited, 0.2))
    path = tmp_path / "年报.txt"
    path.write_bytes(write(DEPARTMENT_2024, "txt"))
    rulebook = load_rulebook()
    gc.disable()  # other tests' libraries hang on to collections, and an alarm in what they do there is lost
    del way
    yield lambda: check_files([path], rulebook, CheckOptions(), jobs=1)
    gc.enable()


@pytest.mark.parametrize("step", ["read_named", "read_reports"])
def test_reading_that_never_ends(checked, monkeypatch, step):
    monkeypatch.setattr(pipeline, step, spin)
    run = checked()
    [result] = run.results
    assert result.problem is not None
    assert result.problem.code == "timeout"
    assert "读取超过" in result.problem.text
    assert exit_code(run, Severity.ERROR) == EXIT_UNREADABLE


def test_a_rule_that_never_ends_leaves_what_was_judged_before(checked, monkeypatch):
    judge = engine.judge
    monkeypatch.setattr(
        engine,
        "judge",
        lambda book, rule, subject: (spin if rule.id == "T3-02" else judge)(book, rule, subject),
    )
    run = checked()
    [result] = run.results
    verdicts = {outcome.rule: outcome.verdict for outcome in result.outcomes}
    assert (verdicts["T3-01"], verdicts["T3-02"]) == (Verdict.PASS, Verdict.BROKEN)
    reasons = {outcome.rule: outcome.reason for outcome in result.outcomes if outcome.reason}
    assert "停在这条规则" in reasons["T3-02"]
    without_turn = [rule for rule, reason in reasons.items() if "没有轮到" in reason]
    assert without_turn
    assert all(verdicts[rule] is Verdict.NOT_CHECKED for rule in without_turn)
    assert exit_code(run, Severity.ERROR) == EXIT_UNREADABLE


def test_looking_for_causes_that_never_ends(checked, monkeypatch):
    monkeypatch.setattr(engine, "_fold", spin)
    [result] = checked().results
    assert result.problem is not None
    assert "检查超过" in result.problem.text


def test_a_thread_has_a_limit_too():
    with ThreadPoolExecutor(1) as pool:
        assert isinstance(pool.submit(limited, spin).exception(), OutOfTimeError)
        assert pool.submit(limited, int).exception() is None


@pytest.mark.usefixtures("way")
def test_nothing_comes_after_the_end():
    """The time is over just as the work is done: it is raised inside, or not at all."""
    for number in range(100):
        with contextlib.suppress(OutOfTimeError), time_limited(0.005):
            sum(sum(range(1000)) for _ in range(4 * number))
    sum(sum(range(1000)) for _ in range(2000))


@pytest.mark.usefixtures("way")
def test_a_program_may_be_profiled_afterwards():
    with contextlib.suppress(OutOfTimeError), time_limited(0.02):
        spin()
    with time_limited(1.0):
        pass
    faulthandler.dump_traceback_later(60, exit=True)
    calls = []
    sys.setprofile(lambda *event: calls.append(event[1]))
    work_of_its_own()
    sys.setprofile(None)
    faulthandler.cancel_dump_traceback_later()
    assert "c_call" in calls


def work_of_its_own():
    return abs(-1)


def limited(work):
    with time_limited(0.05):
        work()


@needs_timer
def test_the_timer_of_others_comes_back():
    mine = signal.signal(signal.SIGPROF, signal.SIG_IGN)
    try:
        with pytest.raises(OutOfTimeError), time_limited(0.05):
            spin()
        assert signal.getsignal(signal.SIGPROF) is signal.SIG_IGN
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGPROF, mine)
