"""`checker annotate` for files that get a page: where it is written, and what is refused."""

from __future__ import annotations

import pytest
from command_line import run_checker
from samples import DEPARTMENT_2024, write


@pytest.fixture
def checker(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    for suffix in ("txt", "html"):
        (tmp_path / f"年报.{suffix}").write_bytes(write(DEPARTMENT_2024, suffix))
    return lambda *arguments: run_checker(monkeypatch, capsys, "annotate", *arguments)


def files(folder):
    return sorted(file.name for file in folder.iterdir())


def test_the_page_stands_beside_its_file(checker, tmp_path):
    ran = checker("年报.txt")

    assert ran.code == 0
    assert "网页" in ran.err
    assert files(tmp_path) == ["年报.html", "年报.txt", "年报.批注.html"]


def test_files_that_differ_in_their_endings_alone_keep_them(checker, tmp_path):
    assert checker("年报.txt", "年报.html", "-o", "副本").code == 0
    assert files(tmp_path / "副本") == ["年报.html", "年报.txt.html"]


def test_a_page_never_takes_the_place_of_its_file(checker, tmp_path):
    before = (tmp_path / "年报.html").read_bytes()
    ran = checker("年报.html", "--in-place")

    assert (ran.code, "不能用 --in-place" in ran.err) == (2, True)
    assert (tmp_path / "年报.html").read_bytes() == before
    assert files(tmp_path) == ["年报.html", "年报.txt"]
