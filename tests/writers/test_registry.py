"""The registry of output formats: every record is complete, and anybody may add one."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
import writer_samples as samples
from command_line import run_checker
from samples import DEPARTMENT_2024, write

import checker
from checker.model.errors import UsageError
from checker.writers import MISSING, OUTPUTS, Output, output_for, output_named, register_output
from checker.writers.shared.options import WritingOptions

ROOT = Path(__file__).resolve().parents[2]
TOY = Output("toy", "试写的人", ("toy", "txt"), "toy_output")


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=OUTPUTS)
def test_a_record_is_complete(output):
    assert OUTPUTS[output.name] is output
    assert re.fullmatch(r"[a-z][a-z0-9]*", output.name)
    assert output.endings
    assert all(re.fullmatch(r"[a-z0-9]+", ending) for ending in output.endings)
    assert all(output_for(ending) for ending in output.endings)
    if output.binary:  # whose library not everybody has; `tests/writers/parquet` writes it
        assert output.needs in MISSING
        assert find_spec(output.module)
        return
    written = "".join(output.write(samples.run(samples.failing()), WritingOptions()))
    assert written.endswith("\n")
    assert written.strip()


def test_the_guide_has_every_format_with_its_readers_and_endings():
    guide = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|", guide, re.MULTILINE)

    assert {name: (title, endings) for name, title, endings in rows} == {
        output.name: (output.title, " ".join(f"`.{ending}`" for ending in output.endings))
        for output in OUTPUTS.values()
    }


def test_the_help_has_every_format(monkeypatch, capsys):
    shown = "".join(run_checker(monkeypatch, capsys, "check", "--help").out.split())

    assert all("".join(f"{one.name}（{one.title}）".split()) in shown for one in OUTPUTS.values())


@pytest.fixture
def toy(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    yield register_output(TOY)
    del OUTPUTS[TOY.name]


@pytest.mark.usefixtures("toy")
def test_a_registered_format_works_everywhere(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(write(DEPARTMENT_2024, "docx"))
    command = ("check", "a.docx", "--today", "2025-03-01", "--no-config")

    assert run_checker(monkeypatch, capsys, *command, "--format", "toy").out == "通过 a.docx\n"
    assert run_checker(monkeypatch, capsys, *command, "-o", "x.toy").code == 0
    assert Path("x.toy").read_text(encoding="utf-8") == "通过 a.docx\n"
    assert run_checker(monkeypatch, capsys, *command, "-o", "x.txt").code == 0
    assert Path("x.txt").read_text(encoding="utf-8").startswith("通过  沅平县自然资源局")
    assert "toy（试写的人）" in "".join(run_checker(monkeypatch, capsys, "check", "--help").out.split())
    refused = run_checker(monkeypatch, capsys, *command, "--format", "html", "-o", "y.toy")
    assert "与扩展名不符" in refused.err
    run = checker.check_files([Path("a.docx")], checker.load_rulebook(), checker.CheckOptions())
    assert "".join(checker.render(run, "toy")) == "通过 a.docx\n"


@pytest.mark.usefixtures("toy")
def test_a_name_is_given_once():
    with pytest.raises(UsageError, match="已经有“toy”"):
        register_output(TOY)


@pytest.mark.parametrize("arguments", [("-o", "x.pdf"), ("-o", "结果"), ("--format", "pdf")])
def test_a_format_that_nobody_knows_is_one_sentence(monkeypatch, capsys, arguments):
    ran = run_checker(monkeypatch, capsys, "check", "a.docx", *arguments)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert all(name in ran.err for name in OUTPUTS)
    with pytest.raises(UsageError, match="没有“pdf”这种输出格式"):
        output_named("pdf")


def test_a_shell_completes_the_names():
    from checker.cli.check import check_command  # noqa: PLC0415  # the command line, for this test alone

    option = next(parameter for parameter in check_command.params if parameter.name == "formats")
    context = check_command.make_context("check", [], resilient_parsing=True)

    assert [item.value for item in option.shell_complete(context, "j")] == ["json", "jsonl", "junit"]
