"""What is said where Parquet cannot be written; needs no library."""

from __future__ import annotations

import pytest
from command_line import run_checker


@pytest.mark.parametrize("arguments", [("-o", "a.parquet"), ("--format", "parquet", "-o", "a.parquet")])
def test_without_the_library_it_is_told_how_to_get_it_before_anything_is_checked(
    monkeypatch, capsys, tmp_path, arguments
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("checker.writers.find_spec", lambda _name: None)

    ran = run_checker(monkeypatch, capsys, "check", "没有这个文件.docx", *arguments)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "没有安装 pyarrow" in ran.err
    assert "不能联网时" in ran.err


@pytest.mark.parametrize("arguments", [("--format", "parquet"), ("--format", "parquet", "-o", "-")])
def test_it_is_not_shown_on_a_screen(monkeypatch, capsys, tmp_path, arguments):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("checker.writers.find_spec", lambda _name: True)

    ran = run_checker(monkeypatch, capsys, "check", "没有这个文件.docx", *arguments)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "-o 结果.parquet" in ran.err
