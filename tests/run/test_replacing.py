"""A result file holds the old result or the whole new one, whatever happens while it is written."""

from __future__ import annotations

import os

import pytest

from checker.run.replacing import replacing, replacing_bytes


def write(file, *pieces):
    with replacing(file) as stream:
        for piece in pieces:
            if isinstance(piece, BaseException):
                raise piece
            stream.write(piece)


def test_a_file_is_made_and_replaced(tmp_path):
    file = tmp_path / "结果.json"

    write(file, "旧\n")
    file.chmod(0o640)
    write(file, "新\n")

    assert file.read_bytes() == "新\n".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("end", [OSError("disk full"), KeyboardInterrupt(), ValueError("a bug")], ids=repr)
@pytest.mark.parametrize("old", ["旧", None])
def test_what_is_not_complete_changes_nothing(tmp_path, old, end):
    file = tmp_path / "结果.json"
    if old:
        file.write_text(old, encoding="utf-8")

    with pytest.raises(type(end)):
        write(file, "新", end)

    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ([old] if old else [])


def test_a_link_stays_one(tmp_path):
    file, link = tmp_path / "a.json", tmp_path / "b.json"
    file.write_text("旧", encoding="utf-8")
    link.symlink_to(file)

    write(link, "新")

    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "新"


def test_the_longest_name_is_not_too_long(tmp_path):
    file = tmp_path / ("年" * 80 + "x" * 10 + ".json")

    write(file, "新")

    assert file.read_text(encoding="utf-8") == "新"


def test_what_is_no_ordinary_file_is_written_as_it_is(tmp_path):
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, "新")

    assert os.read(reader, 100) == "新".encode()
    os.close(reader)
    assert list(tmp_path.iterdir()) == [pipe]


def test_nothing_is_made_where_there_is_no_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "没有" / "结果.json", "新")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everything")
def test_a_file_that_may_not_be_written_is_refused(tmp_path):
    file = tmp_path / "结果.json"
    file.write_text("旧", encoding="utf-8")
    file.chmod(0o440)

    with pytest.raises(PermissionError):
        write(file, "新")


def test_a_pipe_that_nobody_reads_is_refused(tmp_path):
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="管道"), replacing_bytes(pipe) as stream:
        stream.write(b"x")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replacing_bytes(pipe) as stream:
        stream.write(b"x")
    assert os.read(reader, 9) == b"x"
    os.close(reader)
