"""What an address is, what is shown of it, and how it stands in the place of a path."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from checker.run.stores.address import StoredFile, from_text, is_address, shown, to_text


@pytest.mark.parametrize(
    "text",
    ["s3://b/a.docx", "memory://", "zip://a.docx::file:///b.zip", "abfs://c@d.e/f", "simplecache::s3://b"],
)
def test_addresses_begin_with_a_protocol(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["a.docx", "/a/b", "C:\\a", "c://a", "a::b.docx", "年报://a", "://a", "a/s3://b"]
)
def test_paths_do_not(text):
    assert not is_address(text)


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("s3://bucket/2024/a@b.docx", "s3://bucket/2024/a@b.docx"),
        ("s3://KEY:SECRET@bucket/a.docx", "s3://bucket/a.docx"),
        ("ftp://me:SECRET@host/a.docx", "ftp://host/a.docx"),
        ("https://SECRET@host/a.docx", "https://host/a.docx"),
        ("https://host/a.docx?X-Signature=SECRET", "https://host/a.docx?8f8c9d3e"),
        ("abfs://container@account.net/a.docx", "abfs://container@account.net/a.docx"),
        ("zip://a.docx::ftp://me:SECRET@host/b.zip", "zip://a.docx::ftp://host/b.zip"),
        ("ftp://me:SEC@RET@host/a", "ftp://host/a"),
    ],
)
def test_nothing_is_shown_that_opens_a_store(address, seen):
    hidden = shown(address)
    assert hidden.partition("?")[0] == seen.partition("?")[0]
    assert len(hidden) == len(seen)
    file = StoredFile(address)
    for told in (str(file), repr(file), file.as_posix(), f"{file}", str(file.parent), file.name, *file.parts):
        assert "SEC" not in told
    assert to_text(file) == address


def test_two_signatures_are_told_apart_without_telling_them():
    assert shown("https://h/a?x=1") != shown("https://h/a?x=2")


def test_it_is_known_again_by_its_address():
    file = StoredFile("s3://KEY:SECRET@bucket/箱/a.docx")

    assert file == from_text(to_text(file)) == pickle.loads(pickle.dumps(file))  # noqa: S301  # its own
    assert file != StoredFile("s3://bucket/箱/a.docx")
    assert file != Path(str(file))
    assert len({file, from_text(to_text(file))}) == 1
    assert (file.name, file.stem, file.suffix) == ("a.docx", "a", ".docx")
    assert to_text(Path("年报/a.docx")) == str(Path("年报/a.docx"))
    assert from_text("年报/a.docx") == Path("年报/a.docx")


def test_on_disk_it_is_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("s3:", "b").mkdir(parents=True)
    Path("s3:", "b", "a.docx").write_bytes(b"x")
    file = StoredFile("s3://b/a.docx")

    assert not file.exists()
    assert not file.is_file()
    assert not file.is_dir()
    assert not file.is_symlink()
