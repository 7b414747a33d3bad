"""GitHub annotations: read back as the runner reads them."""

from __future__ import annotations

import re

import pytest
import writer_samples as samples
from formats import RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def decoded(text):
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def commands(run):
    """(command, properties, message) of every line; a line that is no command of ours fails."""
    output = written("github", run)
    assert output.endswith("\n")
    told = []
    for line in output[:-1].split("\n"):
        match = COMMAND.fullmatch(line)
        assert match, line
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        told.append(
            (match[1], {name: decoded(value) for name, value in properties.items()}, decoded(match[3]))
        )
    return told


@pytest.mark.parametrize("name", ["failing", "many", "excepted"])
def test_output_is_the_one_looked_at(name):
    assert_golden("github", name)


@pytest.mark.parametrize("name", RUNS)
def test_every_line_is_a_command(name):
    assert commands(RUNS[name]())


def test_findings_are_annotations_of_their_lines():
    told = {
        properties["title"].split(" ")[0]: (name, properties, text)
        for name, properties, text in commands(RUNS["failing"]())
    }
    name, properties, text = told["INT-07"]

    assert (name, properties["file"], properties["line"]) == ("warning", "年报/2024/临河市水务局.docx", "12")
    assert text.splitlines() == [
        "联系电话 85680000 没有区号，外地的申请人拨不通。",
        "位置：开头第2段，第12行",
        "修改：写成“区号-号码”，如 0595-85680000。",
        "依据：国办公开办函〔2021〕30号“开头”部分",
    ]
    assert (told["T3-02"][0], "line" in told["T3-02"][1], told["DATE-06"][0]) == ("error", False, "notice")
    assert "第四部分没有找到表四：T4-01、T4-02" in told["未能判断"][2]


def test_accepted_findings_are_only_counted():
    told = commands(RUNS["excepted"]())

    assert not any(name == "error" and "T3-02" in properties["title"] for name, properties, _ in told)
    assert f"已列为例外 {len(samples.excepted().suppressed)}" in told[-1][2]


@given(hostile_words)
def test_hostile_text_cannot_start_a_command(words):
    output = written("github", hostile_run(words))

    commands(hostile_run(words))
    assert not set(output) & {chr(code) for code in (*range(10), *range(11, 32), *range(0x7F, 0xA0))}
    output.encode("utf-8")
