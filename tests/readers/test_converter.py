"""The converter is found, kept in its own profile, and ended in time."""

import os
import sys
import time

import pytest

from checker.model.errors import UnreadableError
from checker.readers import converter
from checker.readers.limits import DEFAULT_LIMITS, Limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")

GOOD = "mkdir out && cat input.doc > out/input.docx && grep -q DisableMacrosExecution profile/user/*.xcu"


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put a shell script in the place of LibreOffice; it runs in the folder of the conversion."""

    def install(script):
        program = tmp_path / "soffice"
        # The last argument is the file to convert.
        program.write_text(f'#!/bin/sh\nfor last in "$@"; do :; done\ncd "$(dirname "$last")"\n{script}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return program

    return install


def refusal(limits=DEFAULT_LIMITS):
    with pytest.raises(UnreadableError) as caught:
        converter.convert(b"old", "doc", "docx", limits)
    return caught.value


def test_it_converts(stand_in):
    program = stand_in(GOOD)
    assert converter.find_converter() == str(program)
    assert converter.convert(b"old", "doc", "docx", DEFAULT_LIMITS) == b"old"


def test_a_file_it_cannot_read(stand_in):
    stand_in("exit 1")
    assert refusal().code == "damaged"


def test_a_result_that_is_too_large(stand_in):
    stand_in(GOOD)
    assert refusal(Limits(file_bytes=2)).code == "too_large"


def test_it_is_ended_with_all_it_started(stand_in, tmp_path, monkeypatch):
    monkeypatch.setattr(converter, "_SECONDS", 0.4)
    stand_in(f"(sleep 0.8; touch {tmp_path}/alive) & sleep 20")
    assert "已停止" in refusal().text
    time.sleep(0.6)
    assert not (tmp_path / "alive").exists()


def test_without_it_the_advice_says_what_to_do(monkeypatch):
    monkeypatch.setattr(converter, "find_converter", lambda: None)
    error = refusal()
    assert error.code == "needs_converter"
    assert "安装 LibreOffice" in error.text
    assert "另存为 .docx" in error.text


def test_a_program_that_does_not_start(stand_in):
    stand_in("true").write_bytes(b"\x7fELF no program")
    assert refusal().code == "needs_converter"
