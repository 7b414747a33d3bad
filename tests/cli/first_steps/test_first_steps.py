"""What a person meets first: no command at all, a path alone, a slip, completion, a first configuration."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from command_line import run_checker
from samples import DEPARTMENT_2024, write

from checker.cli.first_steps.init import template
from checker.settings.config import SCHEMA, read_config

NAMING_FILES = ("exceptions", "renames", "units", "rules")
"""Settings whose files must exist."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报.txt").write_bytes(write(DEPARTMENT_2024, "txt"))
    return tmp_path


def test_without_a_command_three_lines_say_what_to_do(monkeypatch, capsys):
    ran = run_checker(monkeypatch, capsys)
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 3)
    assert "checker 报告.docx" in ran.out


@pytest.mark.parametrize(
    "arguments", [("年报.txt",), ("./年报.txt", "--format", "json"), (".",), ("*.txt",)], ids=" ".join
)
def test_a_path_alone_is_checked(monkeypatch, capsys, folder, arguments):
    assert folder.exists()
    alone, said = (run_checker(monkeypatch, capsys, *before, *arguments) for before in ((), ("check",)))
    assert (alone.code, alone.out, alone.err) == (said.code, said.out, said.err)
    assert alone.code == 0


def test_a_command_comes_before_a_file_of_its_name(monkeypatch, capsys, folder):
    (folder / "schema").write_text("", encoding="utf-8")
    ran = run_checker(monkeypatch, capsys, "schema", "config")
    assert ran.out.startswith("{")


SLIPS = {"chekc": "check", "colect": "collect", "anotate": "annotate", "rule": "rules"}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_answered_with_the_command(monkeypatch, capsys, slip):
    ran = run_checker(monkeypatch, capsys, slip)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"没有命令 {slip}，是否为 {SLIPS[slip]}？用 checker --help 查看用法。\n"


COMPLETIONS = {
    # What has been typed, the word begun, and what is offered.
    "a command": ("checker comp", "comp", ["compare", "completion"]),
    "an option": ("checker check --max", "--max", ["--max-warnings"]),
    "a value": ("checker check --format js", "js", ["json"]),
    "a shell": ("checker completion p", "p", ["powershell"]),
    "a command of a group": ("checker rules a", "a", ["audit"]),
}


@pytest.mark.parametrize("case", COMPLETIONS)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completions(monkeypatch, capsys, shell, case):
    typed, begun, offered = COMPLETIONS[case]
    words = typed.split()
    monkeypatch.setenv("_CHECKER_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", "\n".join(words) if shell == "powershell" else typed)
    monkeypatch.setenv("COMP_CWORD", begun if shell in ("powershell", "fish") else str(len(words) - 1))
    out = run_checker(monkeypatch, capsys).out
    values = {
        "bash": lambda line: line.removeprefix("plain,"),
        "fish": lambda line: line.removeprefix("plain,").split("\t")[0],
        "powershell": lambda line: line.split("\t")[0],
    }
    lines = out.splitlines()
    found = lines[1::3] if shell == "zsh" else [values[shell](line) for line in lines]
    assert set(offered) <= set(found)
    assert all(value.startswith(begun) for value in found)


def test_names_of_files_are_left_to_the_shell(monkeypatch, capsys):
    monkeypatch.setenv("_CHECKER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "checker check 年")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert run_checker(monkeypatch, capsys).out == "file,年\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_what_their_shell_understands(monkeypatch, capsys, shell):
    script = run_checker(monkeypatch, capsys, "completion", shell).out
    assert "_CHECKER_COMPLETE" in script
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_init_writes_every_setting_and_puts_none_in_force(monkeypatch, capsys, folder):
    assert run_checker(monkeypatch, capsys, "init").code == 0
    path = folder / ".checker.yaml"
    assert read_config(path).yaml.data is None
    assert "通过" in run_checker(monkeypatch, capsys, "年报.txt").out
    again = run_checker(monkeypatch, capsys, "init")
    assert again.code == 2
    assert "没有改动它" in again.err


@pytest.mark.parametrize("name", sorted(set(SCHEMA["properties"]) - set(NAMING_FILES)))
def test_each_line_of_it_is_right_when_it_is_put_in_force(tmp_path, name):
    [line] = [line for line in template().splitlines() if line.startswith(f"# {name}:")]
    path = tmp_path / ".checker.yaml"
    path.write_text(line.removeprefix("# "), encoding="utf-8")
    assert list(read_config(path).yaml.data) == [name]


def test_init_where_nothing_can_be_written(monkeypatch, capsys, tmp_path):
    ran = run_checker(monkeypatch, capsys, "init", str(tmp_path / "没有"))
    assert ran.code == 2
    assert "写不了（找不到）" in ran.err


def test_completion_costs_nothing_where_nobody_asks():
    code = "import sys, checker.cli; print('click.shell_completion' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
