"""Whatever a store does costs one file alone, and what it says of an error is never told."""

from __future__ import annotations

import json
import threading
import time

import pytest
from command_line import run_checker
from samples import COUNTY_2023, write

from checker.model.errors import UnreadableError, UsageError
from checker.run.inputs import find_inputs
from checker.run.pipeline import contents_of
from checker.run.stores import opening
from checker.run.stores.address import StoredFile

pytest.importorskip("fsspec")

REPORT = write(COUNTY_2023, "txt")


def checked(monkeypatch, capsys, *arguments):
    options = ("--no-config", "--today", "2025-03-01", "--format", "json")
    ran = run_checker(monkeypatch, capsys, "check", *arguments, *options)
    return ran, json.loads(ran.out)


def test_a_file_that_vanishes_is_unreadable(memory, monkeypatch, capsys):
    memory.pipe("/箱/a.txt", REPORT)
    memory.pipe("/箱/b.txt", REPORT)
    files = find_inputs(("memory://箱",))
    memory.rm("/箱/a.txt")
    monkeypatch.setattr("checker.api.find_inputs", lambda *_a, **_k: files)

    ran, found = checked(monkeypatch, capsys, "memory://箱")

    assert [one["status"] for one in found["reports"]] == ["unreadable", "checked"]
    assert found["reports"][0]["problem"]["text"] == "文件不存在。请检查路径。"
    assert ran.code == 3


SECRET = "秘密口令"


def test_a_listing_that_fails_is_unreadable_and_says_no_secret(memory, monkeypatch, capsys):
    memory.pipe("/箱/a.txt", REPORT)
    memory.pipe("/箱/深/b.txt", REPORT)
    real = type(memory).ls

    def refusing(self, path, *args, **kwargs):
        if path.endswith("深"):
            raise RuntimeError(SECRET)
        return real(self, path, *args, **kwargs)

    monkeypatch.setattr(type(memory), "ls", refusing)
    ran, found = checked(monkeypatch, capsys, "memory://箱")

    assert [(one["path"], one["status"]) for one in found["reports"]] == [
        ("memory://箱/a.txt", "checked"), ("memory://箱/深/", "unreadable"),
    ]  # fmt: skip
    assert "列不出来" in found["reports"][1]["problem"]["text"]
    assert ran.code == 3
    assert SECRET not in ran.out + ran.err


def test_what_a_store_says_of_an_error_is_not_told(memory, monkeypatch, capsys):
    memory.pipe("/箱/a.txt", b"x")

    def refusing(*_args, **_kwargs):
        raise ValueError(SECRET)

    monkeypatch.setattr(type(memory), "_open", refusing)
    ran, found = checked(monkeypatch, capsys, "memory://箱")

    assert found["reports"][0]["problem"] == {
        "code": "io_error", "text": "从 memory 读不出这个文件（ValueError）。请检查网络、地址和权限，再试一次。",
    }  # fmt: skip
    assert (ran.code, SECRET in ran.out + ran.err) == (3, False)


def test_a_store_that_hangs_costs_that_file(memory, monkeypatch):
    monkeypatch.setattr(opening, "READ_SECONDS", 0.3)
    memory.pipe("/a.txt", b"x")
    memory.pipe("/b.txt", b"y")
    real = type(memory)._open  # noqa: SLF001  # what every store has
    hang = threading.Event()

    def slow(self, path, *args, **kwargs):
        if path.endswith("a.txt"):
            hang.wait(20)
        return real(self, path, *args, **kwargs)

    monkeypatch.setattr(type(memory), "_open", slow)
    begun = time.monotonic()
    with pytest.raises(UnreadableError, match="没有读完"):
        contents_of(StoredFile("memory://a.txt"))
    assert contents_of(StoredFile("memory://b.txt")) == b"y"
    assert time.monotonic() - begun < 10
    hang.set()


def test_a_file_is_read_as_far_as_the_limit_goes(memory, monkeypatch):
    monkeypatch.setattr("checker.run.pipeline.DEFAULT_LIMITS", type("Few", (), {"file_bytes": 10}))
    memory.pipe("/a.txt", b"x" * 10)
    memory.pipe("/b.txt", b"x" * 11)

    assert contents_of(StoredFile("memory://a.txt")) == b"x" * 10
    with pytest.raises(UnreadableError, match="文件太大"):
        contents_of(StoredFile("memory://b.txt"))


def test_too_many_names_are_refused(memory, monkeypatch):
    monkeypatch.setattr(opening, "MOST_FOUND", 3)
    for number in range(4):
        memory.pipe(f"/箱/{number}.txt", b"x")

    with pytest.raises(UsageError, match="3 个以上的文件"):
        find_inputs(("memory://箱",))


class Hostile:
    """A store that names what nobody asked for."""

    def info(self, _name):
        return {"type": "directory"}

    def ls(self, name, detail):
        assert detail
        told = [
            "箱/好.txt",
            "别处/a.txt",
            "箱/../b.txt",
            "箱",
            "箱/x::http:~~127.0.0.1~c.txt",
            "http://127.0.0.1/d.txt",
        ]
        return [{"name": one.replace("~", "/"), "type": "file"} for one in told] if name == "箱" else []


def test_only_what_lies_below_is_taken_and_no_name_is_an_address(monkeypatch):
    monkeypatch.setattr(opening, "_opened", lambda _address: (Hostile(), "箱"))
    found = find_inputs(("memory://箱",))

    assert [str(one) for one in found] == ["memory://箱/x：：http://127.0.0.1/c.txt/", "memory://箱/好.txt"]
    with pytest.raises(UnreadableError, match="名称里有"):
        contents_of(found[0])


class Endless:
    """A store in which every folder holds another."""

    def info(self, _name):
        return {"type": "directory"}

    def ls(self, name, **_options):
        return [{"name": f"{name}/深", "type": "directory"}]


def test_folders_without_an_end_come_to_one(monkeypatch):
    monkeypatch.setattr(opening, "_opened", lambda _address: (Endless(), "箱"))

    assert [str(one) for one in find_inputs(("memory://箱",))] == ["memory://箱" + "/深" * 33 + "/"]


def test_settings_name_no_addresses(memory, monkeypatch, capsys, tmp_path):
    """They may have come with the files: nobody but the user lets the program look elsewhere."""
    monkeypatch.chdir(tmp_path)
    memory.pipe("/箱/a.txt", REPORT)
    (tmp_path / ".checker.yaml").write_text(
        "paths: ['memory://箱']\nprevious: ['memory://箱']\n", encoding="utf-8"
    )

    ran = run_checker(monkeypatch, capsys, "check")

    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "找不到" in ran.err
