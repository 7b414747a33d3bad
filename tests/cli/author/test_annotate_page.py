"""`checker annotate` for files that get a page: where it is written, and what is refused."""

from __future__ import annotations

import os
import re
import sys
import zipfile

import pytest
from command_line import run_checker
from faults.changes import cell
from samples import COUNTY_2023, DEPARTMENT_2024, write
from variants import kept


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


def test_a_page_says_what_a_pass_is_worth(checker, tmp_path):
    (tmp_path / ".checker.yaml").write_text("ignore: [GEN-06]\n", encoding="utf-8")
    checker("年报.txt")

    assert "GEN-06" in page_head(tmp_path / "年报.批注.html")


def page_head(file):
    return re.search("<header>(.*?)</header>", file.read_text(encoding="utf-8"), re.DOTALL)[1]


def test_files_that_differ_in_their_endings_alone_keep_them(checker, tmp_path):
    assert checker("年报.txt", "年报.html", "-o", "副本").code == 0
    assert files(tmp_path / "副本") == ["年报.html", "年报.txt.html"]


def test_a_page_never_takes_the_place_of_its_file(checker, tmp_path):
    before = (tmp_path / "年报.html").read_bytes()
    ran = checker("年报.html", "--in-place")

    assert (ran.code, "不能用 --in-place" in ran.err) == (2, True)
    assert (tmp_path / "年报.html").read_bytes() == before
    assert files(tmp_path) == ["年报.html", "年报.txt"]


CONVERTS = 'cd "$(dirname "$last")" && mkdir out && cp {made} out/input.docx'


@pytest.fixture
def office(monkeypatch, tmp_path):
    """Put a shell script in the place of LibreOffice, which makes the county's report of every file."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def install(script=CONVERTS):
        made = programs / "made.docx"
        made.write_bytes(write(cell("T3[S, natural]", "7")(COUNTY_2023), "docx"))
        program = programs / "soffice"
        program.write_text(f'#!/bin/sh\nfor last in "$@"; do :; done\n{script.format(made=made)}\n')
        program.chmod(0o755)

    return install


@pytest.fixture
def old_word(tmp_path):
    (tmp_path / "旧.doc").write_bytes(kept()["county.doc"])
    return tmp_path / "副本"


def test_an_old_word_file_gets_a_docx_too_where_libreoffice_is_there(checker, office, old_word):
    office()
    ran = checker("旧.doc", "-o", "副本/")

    assert ran.code == 0
    assert files(old_word) == ["旧.docx", "旧.html"]
    assert "LibreOffice 转成 .docx" in ran.err
    with zipfile.ZipFile(old_word / "旧.docx") as archive:
        assert "【错误】" in archive.read("word/comments.xml").decode()


@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_a_name_asks_for_one_of_the_two(checker, office, old_word, suffix):
    office()

    assert checker("旧.doc", "-o", f"副本/新.{suffix}").code == 0
    assert files(old_word) == [f"新.{suffix}"]


def test_without_libreoffice_there_is_the_page_alone(checker, monkeypatch, old_word):
    monkeypatch.setenv("PATH", "")
    ran = checker("旧.doc", "-o", "副本/")

    assert (ran.code, files(old_word)) == (0, ["旧.html"])
    assert ".docx" not in ran.err


def test_a_conversion_that_fails_is_told(checker, office, old_word):
    office("exit 1")
    ran = checker("旧.doc", "-o", "副本/")

    assert (ran.code, files(old_word)) == (0, ["旧.html"])
    assert "没有另写 .docx" in ran.err
