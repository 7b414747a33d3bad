"""With several jobs PDF is read inside the checking processes, and nobody can tell from the results."""

from __future__ import annotations

import sys

import pytest
from misbehaving_within import Misreading
from samples import DEPARTMENT_2024, write

from checker.api import load_rulebook
from checker.processes.worker import Worker, WorkerDiedError
from checker.readers.apart.reading_process import reading_process
from checker.readers.formats import format_named, register
from checker.readers.limits import DEFAULT_LIMITS
from checker.run.parallel import check_in_parallel
from checker.run.pipeline import CheckOptions, check_file
from checker.startup.records import replace

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a process has")
ORDERS = ["well", "refuse", "crash", "leave", "confuse", "print"]
if sys.platform == "linux":
    ORDERS += ["hang", "eat", "grow", "much", "refuse when short"]


@pytest.fixture
def seconds(order):
    """How long reading may take: a hang has to be waited for, and it is twice."""
    return 0.5 if order == "hang" else 30


@pytest.fixture
def _reading_misbehaves(_formats_restored, monkeypatch, seconds):
    register(replace(format_named("pdf"), module="misbehaving_within"))
    monkeypatch.setitem(vars(DEFAULT_LIMITS), "seconds", seconds)
    reading_process().close()
    yield
    reading_process().close()


def facts(result):
    return result.path, result.sha256, result.status, result.problem, result.outcomes, result.findings


@pytest.mark.usefixtures("_reading_misbehaves")
@pytest.mark.parametrize("order", ORDERS)
def test_one_process_or_two_say_the_same_of_a_bad_file(order, seconds, tmp_path):
    for name in ("1.txt", "3.txt"):
        (tmp_path / name).write_bytes(write(DEPARTMENT_2024, "txt"))
    (tmp_path / "2.pdf").write_bytes(b"%PDF-1.7\n" + order.encode())
    files = sorted(tmp_path.iterdir())
    rulebook = load_rulebook()
    alone = [result for path in files for result in check_file(rulebook, path, CheckOptions())]
    options = CheckOptions(other_years=Misreading(seconds))
    together = [result for _, result in check_in_parallel(files, rulebook, options, 2)]
    assert list(map(facts, together)) == list(map(facts, alone))
    assert [result.status.value for result in together[::2]] == ["checked", "checked"]


PLACES = {
    "well": "自己 读的 True",
    "print": "自己 读的 True",
    "refuse": "damaged True",
    "eat": "too_large True",
    "confuse": "crashed True",
}


@LINUX
@pytest.mark.parametrize(("order", "told"), PLACES.items(), ids=PLACES)
def test_a_file_is_read_inside_and_the_limits_are_set_back(order, told):
    assert said(order) == told


@LINUX
@pytest.mark.parametrize("order", ["much", "refuse when short"])
def test_a_file_that_needs_much_memory_is_read_apart(order):
    reader, *rest = said(order).split(" ", 1)
    assert reader.isdigit()
    assert rest == ["读的 True"]


@LINUX
@pytest.mark.parametrize("order", ["crash", "leave", "grow", "hang"])
def test_only_the_process_that_reads_dies(order):
    with pytest.raises(WorkerDiedError) as death:
        said(order)
    assert not death.value.hung


def said(order):
    worker = Worker("misbehaving_within", 4 << 30)
    try:
        (reply,) = worker.ask(order.encode(), 600)
        return reply.decode()
    finally:
        worker.close()
