"""Where native readers run: decided in one place, by a switch, by the system, by how the program was made."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from samples import DEPARTMENT_2024, write

from checker.api import check, warm_up
from checker.model.errors import UnreadableError
from checker.processes import start, worker
from checker.readers.apart import native, refusals
from checker.readers.apart.native import READ_IN_PROCESS, read_native
from checker.readers.apart.reading_process import reading_process
from checker.readers.limits import Limits

PDF = Path(__file__).parents[1] / "data" / "pdf" / "chrome.pdf"
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="a program is a script here")
HERE = str(os.getpid())


@pytest.fixture(autouse=True)
def _fresh_process():
    reading_process().close()
    yield
    reading_process().close()


def reader():
    """Who reads: the number of the process."""
    return next(read_native("misbehaving", b"well", "a", Limits()).paragraphs()).text.split()[1]


def test_apart_where_nothing_else_is_said():
    assert reader() != HERE


@pytest.mark.parametrize(("value", "here"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_a_switch(value, here, monkeypatch):
    monkeypatch.setenv(READ_IN_PROCESS, value)
    assert (reader() == HERE) is here


@pytest.mark.parametrize(
    ("name", "value"), [("platform", "emscripten"), ("platform", "wasi"), ("frozen", True)]
)
def test_here_where_no_process_can_be_started(name, value, monkeypatch):
    monkeypatch.setattr(start._ThisProgram, "recognises_workers", False)  # noqa: SLF001  # as in somebody else's program
    monkeypatch.setattr(sys, name, value, raising=False)
    assert reader() == HERE


def test_a_switch_spares_the_process(monkeypatch):
    monkeypatch.setenv(READ_IN_PROCESS, "1")
    monkeypatch.setattr(worker, "command", lambda *_: pytest.fail("a process was started"))
    warm_up("年报.pdf")
    result = check(PDF.read_bytes(), name="年报.pdf")
    assert result.status.value == "skipped" or result.report


def test_both_ways_say_the_same(monkeypatch):
    apart = check(PDF.read_bytes(), name="年报.pdf")
    monkeypatch.setenv(READ_IN_PROCESS, "1")
    here = check(PDF.read_bytes(), name="年报.pdf")
    assert here == apart


def test_warming_up_never_fails(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    warm_up("年报.pdf")
    warm_up("年报.docx")


def test_a_reader_that_cannot_be_started_does_not_blame_the_file(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    result = check(PDF.read_bytes(), name="年报.pdf")
    assert (result.status.value, result.problem.code) == ("unreadable", "reader_not_started")
    assert "与文件内容无关" in result.problem.text
    assert "异常" not in result.problem.text
    assert len(result.problem.text) < 100


@pytest.mark.parametrize(
    ("allowed", "code"),
    [(100 << 20, "reader_not_started"), (refusals.MEMORY_BYTES, "crashed"), (-1, "crashed")],
)
def test_a_crash_where_memory_is_short_may_be_its_fault(allowed, code, monkeypatch):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (allowed, allowed))
    assert refusals.died(hung=False, seconds=1).code == code
    assert refusals.died(hung=True, seconds=1).code == "timeout"
    assert refusals.out_of_memory().code == ("too_large" if code == "crashed" else code)


def run(*command):
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in ran.stderr
    return ran


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit address space")


@LINUX
def test_so_little_memory_that_no_process_begins(monkeypatch):
    real = worker.command

    def limited(module, memory):
        made = real(module, memory)
        made[4] = f"import resource as r; r.setrlimit(r.RLIMIT_AS, ({24 << 20},) * 2); {made[4]}"
        return made

    monkeypatch.setattr(worker, "command", limited)
    with pytest.raises(UnreadableError) as caught:
        read_native("checker.readers.page.pdf", PDF.read_bytes(), "a.pdf", Limits())
    assert caught.value.code == "reader_not_started"


@LINUX
def test_less_memory_than_a_reader_may_have_is_enough_for_most():
    run(
        sys.executable, "-m", "checker", "rules", "list"
    )  # compiled rules are kept, as an installed program has them
    limited = 'ulimit -v 200000; exec "$@"'
    ran = run("sh", "-c", limited, "sh", sys.executable, "-m", "checker", "check", PDF, "--format", "json")
    (report,) = json.loads(ran.stdout)["reports"]
    assert report["status"] == "checked"


FROZEN = """#!{python}
import sys
sys.path[:0] = {path!r}
sys.frozen = True
sys.executable = __file__
from checker.__main__ import main
main()
"""


@pytest.fixture
def frozen(tmp_path):
    """A program that is `sys.executable` itself, as PyInstaller makes them."""
    program = tmp_path / "checker-frozen"
    program.write_text(FROZEN.format(python=sys.executable, path=sys.path), encoding="utf-8")
    program.chmod(0o755)
    return program


@UNIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_frozen_program_reads_pdf(jobs, frozen, tmp_path):
    folder = tmp_path / "年报"
    folder.mkdir()
    for name in ("1.pdf", "2.pdf", "3.txt"):
        data = PDF.read_bytes() if name.endswith("pdf") else write(DEPARTMENT_2024, "txt")
        (folder / name).write_bytes(data)
    ran = run(frozen, "check", folder, "--jobs", jobs, "--format", "json", "--fail-on", "never")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert [report["status"] for report in json.loads(ran.stdout)["reports"]] == ["checked"] * 3


@UNIX
@pytest.mark.parametrize(
    "arguments",
    [("json", "9"), ("checker.cli", "9"), ("checker.run.parallel", "x"), ("checker.run.parallel",)],
)
def test_a_frozen_program_runs_nothing_else_by_name(arguments, frozen):
    assert run(frozen, start.WORKER, *arguments).returncode == 2


@UNIX
def test_a_program_that_is_not_frozen_is_no_worker():
    command = (sys.executable, "-m", "checker", start.WORKER, "checker.run.parallel", "9")
    assert run(*command).returncode == 2


def test_a_frozen_program_may_be_every_worker_there_is():
    from checker.__main__ import _WORKERS  # noqa: PLC0415  # a program, not a library

    package = Path(native.__file__).parents[2]
    workers = {
        ".".join(file.relative_to(package.parent).with_suffix("").parts)
        for file in package.rglob("*.py")
        if re.search(r"\ndef answer\(\w+: bytes\) -> Iterator\[bytes\]:", file.read_text(encoding="utf-8"))
    }
    assert workers == _WORKERS
