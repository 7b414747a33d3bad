"""Each format is one record, from which folder search, sniffing, reading and messages follow."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from command_line import run_checker
from package_files import pack
from samples import DEPARTMENT_2024, write
from toy_format import MARK, TOY

from checker.model.errors import UsageError
from checker.readers.formats import Format, format_named, formats, identify, register, suffixes
from checker.run.inputs import find_inputs
from checker.startup.records import replace

ROOT = Path(__file__).parents[2]
TABLE = [line for line in (ROOT / "docs" / "formats.md").read_text("utf-8").splitlines() if line[:2] == "| "]
NOT_READ = "不读，"
"""So begins what `docs/formats.md` says of files that are recognised and not read."""
README_TABLE = (ROOT / "README.md").read_text("utf-8").partition("## 能读什么\n")[2].partition("## ")[0]
NAMED = {
    name
    for row in README_TABLE.splitlines()
    for name in row.strip("| ").partition(" |")[0].upper().split("、")
}
"""Formats in the first column of the table of `README.md`."""
EACH = pytest.mark.parametrize("known", formats(), ids=lambda known: known.name)


@EACH
def test_a_record_is_complete(known):
    module = import_module(known.module)
    assert callable(module.members if known.package else module.read)
    assert known.suffixes
    assert all(re.fullmatch("[a-z]+", suffix) for suffix in known.suffixes)
    if known.converted_to:
        assert not format_named(known.converted_to).converted_to


@EACH
def test_a_format_is_documented_with_all_its_endings(known):
    rows = [line for line in TABLE if f"`.{known.suffixes[0]}`" in line.split("|")[1]]
    assert len(rows) == 1, "docs/formats.md has one row for each format, with its endings"
    (row,) = rows
    files = row.split("|")[1]
    assert known.title in files
    assert [suffix for suffix in known.suffixes if f"`.{suffix}`" not in files] == []
    assert known.name.upper() in NAMED, "the table of README.md names each format, as its record does"


def test_documented_endings_are_those_of_formats():
    documented = {
        suffix
        for row in TABLE
        for suffix in re.findall(r"`\.([a-z]+)`", row.split("|")[1])
        if not row.split("|")[2].strip().startswith(NOT_READ)
    }
    assert documented == suffixes(), "docs/formats.md has the endings of the records, and no others"


def test_no_ending_belongs_to_two_formats():
    endings = [suffix for known in formats() for suffix in known.suffixes]
    assert len(endings) == len(set(endings))


@EACH
def test_a_folder_is_searched_for_every_ending(known, tmp_path):
    for suffix in known.suffixes:
        (tmp_path / f"年报.{suffix.upper()}").write_bytes(b"x")
        (tmp_path / suffix).write_bytes(b"no ending")
    assert {path.suffix[1:].lower() for path in find_inputs([str(tmp_path)])} == set(known.suffixes)


def test_a_folder_without_documents_is_told_what_is_read(tmp_path):
    (tmp_path / "a.css").write_bytes(b"x")
    with pytest.raises(UsageError) as caught:
        find_inputs([str(tmp_path)])
    assert all(known.title in str(caught.value) for known in formats())


def test_no_reader_is_imported_before_its_format_is_met(tmp_path):
    """A run over plain text knows all formats and loads one reader."""
    (tmp_path / "a.txt").write_bytes(write(DEPARTMENT_2024, "txt"))
    program = (
        "import sys; from checker.api import check; from checker.readers.formats import formats\n"
        "check(open(sys.argv[1], 'rb').read(), name='a.txt')\n"
        "print(*(known.name for known in formats() if known.module in sys.modules), 'email' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "a.txt"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["txt", "False"]


@pytest.mark.usefixtures("_formats_restored")
class TestRegister:
    """A format from outside, used from the command line."""

    @pytest.fixture
    def folder(self, tmp_path):
        content = MARK + write(DEPARTMENT_2024, "txt")
        (tmp_path / "甲.xyz").write_bytes(content)
        (tmp_path / "乙.XYZ").write_bytes(content)
        (tmp_path / "空.xyz").write_bytes(MARK)
        (tmp_path / "包.zip").write_bytes(pack([("丙.xyz", content)]))
        return tmp_path

    def results(self, monkeypatch, capsys, *arguments):
        given = ("--no-config", "--fail-on", "never", "--format", "json")
        ran = run_checker(monkeypatch, capsys, "check", *arguments, *given)
        reports = json.loads(ran.out)["reports"]
        return ran.code, [(report["path"].rpartition("/")[2], report["status"]) for report in reports]

    def test_a_file(self, folder, monkeypatch, capsys):
        register(TOY)
        assert self.results(monkeypatch, capsys, folder / "甲.xyz") == (0, [("甲.xyz", "checked")])

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_a_folder(self, folder, monkeypatch, capsys, jobs):
        register(TOY)
        code, found = self.results(monkeypatch, capsys, folder, "--jobs", jobs)
        assert code == 3
        assert sorted(found) == [
            ("乙.XYZ", "checked"),
            ("包.zip!丙.xyz", "checked"),
            ("甲.xyz", "checked"),
            ("空.xyz", "unreadable"),
        ]

    def test_without_it(self, folder, monkeypatch, capsys):
        code, found = self.results(monkeypatch, capsys, folder)
        assert (code, found) == (0, [("包.zip!丙.xyz", "checked"), ("（其他文件）", "skipped")])

    def test_one_in_the_place_of_another(self):
        before = [known.name for known in formats()]
        register(replace(format_named("txt"), module="toy_format"))
        assert [known.name for known in formats()] == before
        assert identify("年报".encode(), "a.txt").module == "toy_format"

    def test_a_suffix_that_is_taken(self):
        with pytest.raises(ValueError, match="'docx'"):
            register(Format("xyz", "玩具", TOY.signature, "toy_format", ("xyz", "docx")))


def test_hidden_documents_and_links_out_of_a_folder_are_found(tmp_path):
    """What is left beside documents is passed over by its content; a link is listed, so that it is told."""
    folder, elsewhere = tmp_path / "收件", tmp_path / "别处"
    folder.mkdir()
    elsewhere.mkdir()
    for name, data in {".甲.txt": b"x" * 2000, "._乙.docx": b"\0\5\x16\7", "~$丙.docx": b"x" * 162}.items():
        (folder / name).write_bytes(data)
    (folder / "丁").symlink_to(elsewhere)
    (folder / "戊").symlink_to(".")
    (folder / ".己.txt").symlink_to("没有.txt")
    assert [path.name for path in find_inputs([str(folder)])] == ["丁", ".甲.txt"]
