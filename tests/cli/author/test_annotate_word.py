"""`checker annotate` for Word documents: what is written where, what is said, and the exit codes."""

from __future__ import annotations

import zipfile

import pytest
from command_line import run_checker
from faults.changes import cells
from samples import DEPARTMENT_2024, TOWNSHIP_2024, write

from checker.cli import running

TOWNSHIP = write(TOWNSHIP_2024, "docx")


@pytest.fixture
def checker(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报.docx").write_bytes(TOWNSHIP)
    (tmp_path / "无误.docx").write_bytes(write(DEPARTMENT_2024, "docx"))
    (tmp_path / "坏的.docx").write_bytes(TOWNSHIP[:2000])
    (tmp_path / "说明.docx").write_bytes("请各科室周五前报送材料。\n".encode())
    return lambda *arguments: run_checker(monkeypatch, capsys, "annotate", *arguments)


def notes(file):
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/comments.xml").decode().count("<w:comment ")


def test_the_copy_stands_beside_its_source(checker, tmp_path):
    ran = checker("年报.docx")
    assert ran.code == 0
    assert ran.out.startswith("年报.批注.docx：写了 8 处批注（错误 3、警告 3、提示 2）；另有 ")
    assert notes(tmp_path / "年报.批注.docx") == 8
    assert (tmp_path / "年报.docx").read_bytes() == TOWNSHIP


def test_proposals_are_counted(checker):
    assert "，4 处修订；" in checker("年报.docx", "--propose").out


def test_milder_findings_are_left_out(checker, tmp_path):
    assert checker("年报.docx", "--min-severity", "error", "-o", "副本.docx").code == 0
    assert notes(tmp_path / "副本.docx") == 3


def test_several_files_go_to_a_folder_that_is_made(checker, tmp_path):
    assert checker("年报.docx", "无误.docx", "-o", "新/副本").code == 0
    assert sorted(file.name for file in (tmp_path / "新/副本").iterdir()) == ["年报.docx", "无误.docx"]


def test_a_file_without_findings_is_copied_as_it_is(checker, tmp_path):
    ran = checker("无误.docx")
    assert (ran.code, "没有要写的问题" in ran.out) == (0, True)
    assert (tmp_path / "无误.批注.docx").read_bytes() == (tmp_path / "无误.docx").read_bytes()


def test_in_place_keeps_the_original_beside_it(checker, tmp_path):
    assert checker("年报.docx", "--in-place").code == 0
    assert notes(tmp_path / "年报.docx") == 8
    assert (tmp_path / "年报.原件.docx").read_bytes() == TOWNSHIP
    once = (tmp_path / "年报.docx").read_bytes()
    assert checker("年报.docx", "--in-place").code == 0
    assert (tmp_path / "年报.docx").read_bytes() == once
    assert (tmp_path / "年报.原件.docx").read_bytes() == TOWNSHIP
    assert (tmp_path / "年报.原件2.docx").read_bytes() == once


def test_the_same_bytes_on_every_run_and_on_what_was_annotated(checker, tmp_path):
    for source, target in (("年报.docx", "一.docx"), ("年报.docx", "二.docx"), ("一.docx", "三.docx")):
        assert checker(source, "--propose", "-o", target).code == 0
    first, second, third = ((tmp_path / f"{name}.docx").read_bytes() for name in "一二三")
    assert first == second == third


def test_a_copy_with_open_proposals_is_checked_once(checker, tmp_path, monkeypatch):
    assert checker("年报.docx", "--propose", "-o", "一.docx").code == 0
    checks = []
    monkeypatch.setattr(
        "checker.cli.author.annotate.run_check",
        lambda *given, **wishes: checks.append(given) or running.run_check(*given, **wishes),
    )
    assert checker("一.docx", "--propose", "-o", "二.docx").code == 0
    assert len(checks) == 1
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()


def test_what_a_proposal_would_bring_to_light_is_told_when_it_is_accepted(checker, tmp_path):
    """A single blank cell is worth a word only where nothing worse stands in the table."""
    (tmp_path / "空格.docx").write_bytes(write(cells({"T3[E2, natural]": ""})(TOWNSHIP_2024), "docx"))
    assert checker("空格.docx", "--propose", "-o", "一.docx").code == 0
    assert checker("一.docx", "--propose", "-o", "二.docx").code == 0
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()
    assert checker("一.docx", "-o", "三.docx").code == 0
    assert notes(tmp_path / "三.docx") == notes(tmp_path / "一.docx")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["年报.docx", "-o", "年报.docx"], 2, "是原文件"),
        (["年报.docx", "-o", "./年报.docx"], 2, "是原文件"),
        (["年报.docx", "-o", "."], 2, "是原文件"),
        (["年报.docx", "无误.docx"], 2, "请用 -o 写明副本放在哪个文件夹"),
        (["年报.docx", "无误.docx", "-o", "坏的.docx"], 2, "请用 -o 写一个文件夹"),
        (["年报.docx", "-o", "副本.pdf"], 2, "与扩展名不符"),
        (["年报.docx", "-o", "副本.docx", "--in-place"], 2, "不能和 --output 一起用"),
        (["年报.docx", "--min-severity", "严重"], 2, "没有“严重”这个级别"),
        (["没有.docx"], 2, "找不到"),
        (["-"], 2, "不能用“-”"),
        (["坏的.docx"], 3, "损坏"),
        (["坏的.docx", "年报.docx", "-o", "副本"], 3, "损坏"),
        (["说明.docx"], 2, "说明.docx"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(checker, tmp_path, arguments, code, sentence):
    ran = checker(*arguments)
    assert ran.code == code
    assert sentence in ran.err
    assert "Traceback" not in ran.err
    assert (tmp_path / "年报.docx").read_bytes() == TOWNSHIP


def test_a_signature_that_no_longer_holds_is_told(checker, tmp_path):
    with zipfile.ZipFile(tmp_path / "年报.docx", "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    ran = checker("年报.docx")
    assert ran.code == 0
    assert "签名已失效" in ran.err
