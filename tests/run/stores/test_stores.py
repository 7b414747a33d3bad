"""Reports in stores are checked as those on disk are; whatever a store does costs that file alone."""

from __future__ import annotations

import io
import json
import tarfile
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from command_line import run_checker
from faults.changes import cell
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.run.inputs import find_inputs
from checker.run.stores import opening

fsspec = pytest.importorskip("fsspec")

FILES = {
    "乙局.docx": write(DEPARTMENT_2024, "docx"),
    "2023/甲县.txt": write(COUNTY_2023, "txt"),
    "2024/错.html": write(cell("T3[S, natural]", "7")(DEPARTMENT_2024), "html"),
    "2024/坏.docx": b"PK\x03\x04 nothing",
    "2024/不看.exe": b"MZ",
    ".藏/丙.txt": b"x",
}
SEEN = ["乙局.docx", "2023/甲县.txt", "2024/坏.docx", "2024/错.html"]
OPTIONS = ("--no-config", "--today", "2025-03-01")


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return data.getvalue()


@pytest.fixture
def box(tmp_path, monkeypatch):
    """The same reports in a folder, a ZIP and a TAR."""
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        place = tmp_path / "箱" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (tmp_path / "箱.zip").write_bytes(zipped(FILES))
    (tmp_path / "箱.tar").write_bytes(tarred(FILES))
    return tmp_path


def addresses(box):
    return {
        "file": (f"file://{box.as_posix()}/箱", "/", ""),
        "zip": ("zip://", "", f"::file://{box.as_posix()}/箱.zip"),
        "tar": ("tar://", "", f"::file://{box.as_posix()}/箱.tar"),
    }


def checked(monkeypatch, capsys, *arguments):
    ran = run_checker(monkeypatch, capsys, "check", *arguments, *OPTIONS, "--format", "json")
    return ran, json.loads(ran.out)


def without_paths(result):
    """The results, without the line on a folder's other files: those of a store are not looked at."""
    told = [one for one in result["reports"] if (one["problem"] or {}).get("code") != "other_files"]
    return [
        {**one, "path": None, "findings": [finding["message"] for finding in one["findings"]]} for one in told
    ]


@pytest.mark.parametrize("store", ["file", "zip", "tar"])
@pytest.mark.parametrize("more", [("--jobs", "1"), ("--jobs", "2")], ids=["one process", "two"])
def test_results_are_those_of_the_folder(box, monkeypatch, capsys, store, more):
    head, slash, tail = addresses(box)[store]
    ran, found = checked(monkeypatch, capsys, head + tail, *more)
    plain, expected = checked(monkeypatch, capsys, "箱", *more)

    assert [one["path"] for one in found["reports"]] == [f"{head}{slash}{name}{tail}" for name in SEEN]
    assert without_paths(found) == without_paths(expected)
    assert (ran.code, ran.err) == (plain.code, plain.err) == (3, "")


@pytest.mark.usefixtures("box")
def test_addresses_and_folders_stand_side_by_side(memory, monkeypatch, capsys):
    memory.pipe("/箱/a.docx", FILES["乙局.docx"])
    _, found = checked(monkeypatch, capsys, "箱/2023", "memory://箱", "箱/乙局.docx", "--jobs", "2")

    assert [one["path"] for one in found["reports"]] == [
        "箱/2023/甲县.txt",
        "memory://箱/a.docx",
        "箱/乙局.docx",
    ]
    assert [one["verdict"] for one in found["reports"]] == ["pass"] * 3


@pytest.mark.parametrize(
    ("argument", "names"),
    [
        ("memory://箱", SEEN),
        ("memory://箱/", SEEN),
        ("memory:///箱", SEEN),
        ("memory://箱/2024/错.html", ["2024/错.html"]),
        ("memory://箱/2024/不看.exe", ["2024/不看.exe"]),
        ("memory://箱/*/*.html", ["2024/错.html"]),
        ("memory://箱/**/*.txt", ["2023/甲县.txt"]),
    ],
)
def test_what_is_found(memory, argument, names):
    for name, content in FILES.items():
        memory.pipe(f"/箱/{name}", content)
    head = "memory:///箱" if argument.startswith("memory:///") else "memory://箱"

    assert [str(one) for one in find_inputs((argument,))] == [f"{head}/{name}" for name in names]


def test_what_is_not_there_is_one_sentence(memory, monkeypatch, capsys):
    memory.pipe("/箱/说明.exe", b"x")
    for argument, words in (
        ("memory://没有/", "找不到“memory://没有/”"),
        ("memory://箱", "没有可以检查的报告"),
    ):
        ran = run_checker(monkeypatch, capsys, "check", argument)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert words in ran.err


SECRET = "秘密口令"


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("没有这种://a", "找不到"),
        ("nosuch://a", "不认得“nosuch://a”里的协议 nosuch"),
        ("simplecache::memory://a", "会在本机留下缓存的文件"),
    ],
)
def test_what_cannot_be_is_refused(monkeypatch, capsys, argument, words):
    ran = run_checker(monkeypatch, capsys, "check", argument)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert words in ran.err


def test_a_library_that_is_missing_is_named(monkeypatch, capsys):
    def missing(_protocol):
        raise ImportError(SECRET)

    monkeypatch.setattr(fsspec, "get_filesystem_class", missing)
    ran = run_checker(monkeypatch, capsys, "check", "s3://KEY:SECRET@bucket/")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "读“s3://bucket/”要的包没有装：请运行 pip install s3fs" in ran.err


# --- with the rest of the command line --------------------------------------------------------------------


def test_a_run_goes_on_where_it_was_stopped(box, monkeypatch, capsys):
    head, _, tail = addresses(box)["zip"]
    command = ("check", head + tail, *OPTIONS, "--format", "jsonl", "-o")
    run_checker(monkeypatch, capsys, *command, "whole.jsonl", "-j", "1")
    whole = Path("whole.jsonl").read_bytes()
    Path("part.jsonl").write_bytes(b"".join(whole.splitlines(keepends=True)[:2]) + b'{"ty')
    read = []
    real = opening._read  # noqa: SLF001  # counted
    monkeypatch.setattr(opening, "_read", lambda address, most: read.append(address) or real(address, most))

    run_checker(monkeypatch, capsys, *command, "part.jsonl", "-j", "1", "--resume", "part.jsonl")

    assert Path("part.jsonl").read_bytes() == whole
    assert read.count(f"{head}乙局.docx{tail}") == 1, "its digest, no more"


def test_copies_go_to_this_machine_alone(box, monkeypatch, capsys):
    address = f"file://{box.as_posix()}/箱/乙局.docx"
    for more in ((), ("--in-place",)):
        ran = run_checker(monkeypatch, capsys, "annotate", address, *OPTIONS, *more)
        assert (ran.code, "只读不写" in ran.err) == (2, True)
    assert run_checker(monkeypatch, capsys, "annotate", address, *OPTIONS, "-o", "批注.docx").code == 0
    assert Path("批注.docx").exists()


@pytest.mark.parametrize(
    ("options", "words"), [(("--watch",), "本机的文件"), (("--changed-since", "main"), "不能和地址一起用")]
)
def test_what_needs_files_on_disk_says_so(memory, monkeypatch, capsys, options, words):
    memory.pipe("/a.txt", FILES["2023/甲县.txt"])
    ran = run_checker(monkeypatch, capsys, "check", "memory://a.txt", *options)
    assert (ran.code, words in ran.err) == (2, True)


def test_an_office_collects_from_a_store(box, monkeypatch, capsys):
    """Twice: what came in before is known again by its address."""
    Path("单位.csv").write_text("单位,类别\n沅平县自然资源局,部门\n", encoding="utf-8-sig")
    address = f"file://{box.as_posix()}/箱"
    for _ in range(2):
        ran = run_checker(
            monkeypatch, capsys, "collect", address, "--units", "单位.csv", "--no-config", "--today", "2025-01-20",
            "--year", "2024", "-o", "结果",
        )  # fmt: skip
        assert ran.code in {0, 1, 3}, ran.err
    season = json.loads(Path("结果/结果.json").read_text(encoding="utf-8"))
    assert season["round"] == 1
    assert [one["path"] for one in season["units"][0]["submissions"]] == [
        f"{address}/乙局.docx", f"{address}/2024/错.html",
    ]  # fmt: skip


# --- a server on this machine -----------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@pytest.fixture
def server(box):
    pytest.importorskip("aiohttp")
    pytest.importorskip("requests")
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(box)))
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield httpd.server_address[1]
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_reports_on_a_server(box, server, monkeypatch, capsys):
    (box / "plain").mkdir()
    (box / "plain" / "a.docx").write_bytes(FILES["乙局.docx"])
    address = f"http://127.0.0.1:{server}/plain/"
    ran, found = checked(monkeypatch, capsys, address, f"{address}a.docx?sig={SECRET}")
    gone = run_checker(monkeypatch, capsys, "check", f"{address}none.docx?sig={SECRET}")

    assert [(one["path"].partition("?")[0], one["status"]) for one in found["reports"]] == [
        (f"{address}a.docx", "checked"), (f"{address}a.docx", "checked"),
    ]  # fmt: skip
    assert (ran.code, gone.code, gone.err.count("\n")) == (0, 2, 1)
    assert SECRET not in ran.out + ran.err + gone.err
