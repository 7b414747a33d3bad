"""Files as they really arrive: damaged, locked, disguised, or no report at all.

Each gets one clear Chinese sentence, the others are still checked, and the exit code tells.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.api import check
from checker.cli import cli

TEXT: Final = write(DEPARTMENT_2024, "txt")
WORD: Final = write(DEPARTMENT_2024, "docx")
PAGE: Final = write(COUNTY_2023, "html")
NOTICE: Final = """关于做好2024年度政府信息公开工作年度报告编制工作的通知

各乡镇人民政府、县直各部门：
现将年度报告编制工作有关要求通知如下。
一、编制内容
按照统一格式如实填报，不得缺项。
二、报送时间
请于1月20日前报县政府办公室。
禾川县人民政府办公室
2024年12月30日
"""
GUIDE: Final = """禾川县人民政府信息公开指南

为方便公众查找和申请获取政府信息，特编制本指南。
一、主动公开
公开范围和方式见目录。
二、依申请公开
申请人可以当面、邮寄或在网上提交申请。
三、监督方式
认为本机关未依法履行公开义务的，可以向主管部门投诉。
"""


def bomb() -> bytes:
    """A document of a few kilobytes that unpacks to 48 MB."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WORD)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            padding = b" " * (48 << 20) if name == "word/document.xml" else b""
            target.writestr(name, data + padding)
    return buffer.getvalue()


def locked() -> bytes:
    """The beginning of a compound file that holds an encrypted document."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    directory = b"".join(
        name.encode("utf-16-le").ljust(128, b"\0")
        for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    )
    return header.ljust(512, b"\0") + directory.ljust(512, b"\0")


def nested(depth: int) -> bytes:
    """The county's page inside that many boxes."""
    start = PAGE.index(b"<h1>")
    return PAGE[:start] + b"<div>" * depth + PAGE[start:]


@dataclass(frozen=True)
class Shape:
    """A file: its name, what is in it, the code of its problem, and words of the sentence about it."""

    name: str
    data: bytes
    code: str
    words: str
    status: str = "unreadable"


SHAPES: Final = [
    Shape("空文件.txt", b"", "empty", "空的"),
    Shape("空文件.docx", b"", "empty", "空的"),
    Shape("只有空行.txt", b"\n \n\t\n", "empty", "没有文字", "skipped"),
    Shape("编码不明.txt", "年报".encode() + b"\xff\x80\xff\x81" * 200, "encoding", "编码"),
    Shape("只下载了一半.docx", WORD[: len(WORD) // 2], "damaged", "不完整或已损坏"),
    Shape("少了结尾.docx", WORD[:-30], "damaged", "不完整或已损坏"),
    Shape("有密码.docx", locked(), "encrypted", "密码"),
    Shape("膨胀.docx", bomb(), "too_large", "安全上限"),
    Shape("嵌套太深.html", nested(100_000), "too_large", "安全上限"),
    Shape("图片.docx", b"\x89PNG\r\n\x1a\n" + bytes(64), "unsupported", "图片"),
    Shape("半个.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<", "damaged", "PDF"),
    Shape("通知.txt", NOTICE.encode(), "not_a_report", "看来不是这", "skipped"),
    Shape("指南.txt", GUIDE.encode(), "not_a_report", "看来不是这", "skipped"),
    Shape("说明.md", "# 说明\n\n本文件夹存放各单位年报。\n".encode(), "not_a_report", "看来不是这", "skipped"),
]  # fmt: skip
BY_NAME: Final = {shape.name: shape for shape in SHAPES}
CHINESE_SENTENCES: Final = re.compile(r"(?:PDF|UTF-8|WPS|Word|MB|docx|[^A-Za-z])+。")


def run(*arguments: str) -> tuple[int, dict]:
    result = CliRunner().invoke(cli, ["check", "--format", "json", *arguments], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, json.loads(result.stdout)


def folder(tmp_path: Path, *shapes: Shape) -> Path:
    for shape in shapes:
        (tmp_path / shape.name).write_bytes(shape.data)
    return tmp_path


@pytest.mark.parametrize("name", BY_NAME)
def test_one_clear_sentence_and_the_others_are_still_checked(tmp_path, name):
    shape = BY_NAME[name]
    folder(tmp_path, shape, Shape("好的.txt", TEXT, "", ""))
    code, result = run(str(tmp_path), "--jobs", "1")
    reports = {Path(report["path"]).name: report for report in result["reports"]}
    assert reports["好的.txt"]["verdict"] == "pass"
    bad = reports[name]
    assert (bad["status"], bad["problem"]["code"], bad["verdict"]) == (shape.status, shape.code, None)
    assert shape.words in bad["problem"]["text"]
    assert CHINESE_SENTENCES.fullmatch(bad["problem"]["text"])
    assert [finding["rule"] for finding in bad["findings"]] == (
        ["READ-01"] if shape.status == "unreadable" else []
    )
    assert code == (3 if shape.status == "unreadable" else 0)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_text_shows_the_sentence(tmp_path, name):
    folder(tmp_path, BY_NAME[name])
    result = CliRunner().invoke(cli, ["check", "--no-color", str(tmp_path / name)], standalone_mode=False)
    assert BY_NAME[name].words in result.stdout.replace("\n", "").replace(" ", "")
    assert "Traceback" not in result.output
    assert result.return_value == (3 if BY_NAME[name].status == "unreadable" else 2)


def test_all_of_them_at_once(tmp_path):
    code, result = run(str(folder(tmp_path, *SHAPES, Shape("好的.docx", WORD, "", ""))), "--jobs", "1")
    assert code == 3
    summary = result["summary"]
    assert (summary["reports"], summary["passed"]) == (len(SHAPES) + 1, 1)
    assert summary["unreadable"] == sum(shape.status == "unreadable" for shape in SHAPES)
    assert summary["skipped"] == sum(shape.status == "skipped" for shape in SHAPES)


@pytest.mark.parametrize("name", ["年报.doc", "年报.txt", "年报.pdf", "年报.html", "年报"])
@pytest.mark.parametrize("data", [TEXT, WORD, PAGE], ids=["txt", "docx", "html"])
def test_a_wrong_extension_does_no_harm(data, name):
    assert check(data, name=name).verdict == "pass"


def test_a_page_may_be_nested_deeply():
    assert check(nested(500), name="深.html").verdict == "pass"


def without_row(text: str, label: str, next_label: str) -> str:
    """The dump without the row of that label."""
    lead = "\n\t\n\t\n\t"  # two cells merged from above
    start = text.index(lead + label)
    return text[:start] + text[text.index(lead + next_label, start + 1) :]


def test_a_row_too_few_is_one_finding():
    shortened = without_row(TEXT.decode(), "2.重复申请", "3.要求提供公开出版物")
    findings = check(shortened.encode(), name="少一行.txt").findings
    assert [(finding.rule, "重复申请" in finding.message) for finding in findings] == [("T3-01", True)]


def test_a_cell_too_few_is_one_finding():
    before, row, after = TEXT.decode().partition("\t1.属于国家秘密\n")
    findings = check((before + row + after.replace("\t0\n", "", 1)).encode(), name="少一格.txt").findings
    assert [(finding.rule, "国家秘密" in finding.message) for finding in findings] == [("T3-01", True)]


def test_a_table_cut_off_at_the_end_of_the_file():
    text = TEXT.decode()
    result = check(text[: text.index("\t5.属于三类内部事务信息")].encode(), name="截断.txt")
    assert result.verdict == "fail"
    assert {finding.rule for finding in result.findings if finding.place.table == "T3"} == {"T3-01"}


def test_a_broken_link(tmp_path):
    (tmp_path / "年报.txt").symlink_to(tmp_path / "已删除.txt")
    (tmp_path / "好的.txt").write_bytes(TEXT)
    code, result = run(str(tmp_path))
    problem = next(report["problem"] for report in result["reports"] if report["status"] == "unreadable")
    assert code == 3
    assert problem["code"] == "missing"
    assert "链接" in problem["text"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="no file is closed to root")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "年报.txt"
    path.write_bytes(TEXT)
    path.chmod(0)
    code, result = run(str(path))
    assert code == 3
    assert "权限" in result["reports"][0]["problem"]["text"]


def test_a_file_that_may_not_be_read_is_told_apart(tmp_path, monkeypatch):
    path = tmp_path / "年报.txt"
    path.write_bytes(TEXT)

    opened = os.open

    def refuse(name, *rest, **options):
        if name == path:
            raise PermissionError(13, "Permission denied")
        return opened(name, *rest, **options)

    monkeypatch.setattr(os, "open", refuse)
    problem = check(path).problem
    assert problem.code == "no_permission"
    assert "权限" in problem.text


def test_a_folder_without_reports_is_wrong_usage(tmp_path):
    (tmp_path / "图片.png").write_bytes(b"\x89PNG")
    result = CliRunner().invoke(cli, ["check", str(tmp_path)], standalone_mode=False)
    assert "没有可以检查的报告" in str(result.exception)
