"""Wrong command lines: one Chinese sentence, exit code 2, nothing else."""

from __future__ import annotations

import errno
import sys

import click
import pytest
from command_line import run_checker

from checker.cli import console

SENTENCES = {
    "no such command": (("xyz",), "没有命令 xyz。用 checker --help 查看用法。"),
    "a command of a group, nearly": (
        ("config", "shw"),
        "没有命令 shw，是否为 show？用 checker config --help 查看用法。",
    ),
    "no such option": (("check", "--fromat", "json"), "没有选项 --fromat，是否为 --format？"),
    "an option without its value": (("check", "--format"), "选项 --format 后面要跟一个值"),
    "a value that is not offered": (
        ("check", "--format", "pdf"),
        "--format 的值不对：没有“pdf”这种输出格式，可用 text、json",
    ),
    "a number that is too large": (
        ("check", "a.txt", "--jobs", "100"),
        "--jobs 的值不对：应是 0 到 64 的整数。用 checker check --help 查看用法。",
    ),
    "a word instead of a number": (
        ("check", "a.txt", "--max-warnings", "x"),
        "--max-warnings 的值不对：应是不小于 0 的整数。",
    ),
    "an option that must be given": (
        ("baseline", "a.txt"),
        "缺少选项 --reason。用 checker baseline --help 查看用法。",
    ),
    "an argument that must be given": (("explain",), "缺少参数 "),
    "a folder to open": (("open", "."), "“.”是文件夹，页面上一次看一份报告"),
    "a folder instead of a file": (
        ("check", "a.txt", "--config", "."),
        "--config 的值不对：“.”是文件夹，这里要的是文件。用 checker check --help 查看用法。",
    ),
    "a file instead of a folder": (
        ("rules", "docs", "--output", __file__),
        "是文件，这里要的是文件夹。用 checker rules docs --help 查看用法。",
    ),
    "samples that do not exist": (
        ("rules", "coverage", "--samples", "没有.yaml"),
        "--samples 的文件“没有.yaml”不存在，请检查路径。",
    ),
    "a path that does not exist": (("check", "no such file.docx"), "找不到“no such file.docx”"),
}


@pytest.mark.parametrize(("arguments", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_wrong_usage(monkeypatch, capsys, arguments, sentence):
    ran = run_checker(monkeypatch, capsys, *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


def test_a_group_without_a_command_shows_its_help(monkeypatch, capsys):
    ran = run_checker(monkeypatch, capsys, "config")

    assert ran.code == 2
    assert "命令 …" in ran.out + ran.err
    assert "命令写法不对" not in ran.err


def test_what_help_adds_to_an_option_is_chinese(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "160")
    ran = run_checker(monkeypatch, capsys, "collect", "--help")

    assert "结果写进哪个文件夹。（必填）" in ran.out
    assert "（2008 到 2100）" in ran.out
    assert "required" not in ran.out
    assert "<=" not in ran.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("/没有/结果", "结果写不出去（找不到：/没有/结果）。请检查路径、磁盘空间和权限。\n"),
        ("a\x1b[31mb", "结果写不出去（找不到）。请检查路径、磁盘空间和权限。\n"),
        (None, "结果写不出去（找不到）。请检查路径、磁盘空间和权限。\n"),
    ],
)
def test_a_result_that_cannot_be_written_names_the_place(capsys, monkeypatch, name, said):
    monkeypatch.setattr(console, "_discard", lambda _: None)  # standard output stays that of the test

    @click.command()
    def broken():
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", name)

    monkeypatch.setattr(sys, "argv", ["checker"])
    with pytest.raises(SystemExit) as ended:
        console.run_and_exit(broken)
    assert (ended.value.code, capsys.readouterr().err) == (3, said)
