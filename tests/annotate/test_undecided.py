"""What an earlier copy has proposed and nobody has decided on counts as not written, whatever the file is used for."""

from __future__ import annotations

import json

import pytest
from command_line import run_checker
from faults import FAULTS
from reading_back import accepted, main_part, with_main_part
from samples import DEPARTMENT_2024, write

from checker.api import annotate, check

CASES = ("T3-02 结转下年漏填", "DOC-05 标题忘了改年份")
FAULT = {f"{fault.rule} {fault.name}": fault.report for fault in FAULTS}
FLAGS = ("--no-config", "--today", "2026-02-01", "--fail-on", "never", "--format", "json")


def checked(data):
    return check(data, name="报告.docx")


def proposed(case):
    data = write(FAULT[case], "docx")
    return data, annotate(data, checked(data), propose=True)


@pytest.mark.parametrize("case", CASES)
def test_a_copy_with_open_proposals_is_judged_as_its_source(case):
    data, copy = proposed(case)
    assert [vars(one) for one in checked(copy).outcomes] == [vars(one) for one in checked(data).outcomes]
    assert [one.message for one in checked(copy).findings] == [one.message for one in checked(data).findings]
    assert checked(accepted(copy)).findings == ()


@pytest.mark.parametrize("case", CASES)
def test_changes_of_others_count_as_accepted(case):
    _, copy = proposed(case)
    text = main_part(copy).decode().replace('w:author="年报检查"', 'w:author="李审"')
    assert checked(with_main_part(copy, text.encode())).findings == ()


def test_last_years_report_is_what_its_author_left(tmp_path, monkeypatch, capsys):
    data, copy = proposed("T3-02 结转下年漏填")
    monkeypatch.chdir(tmp_path)
    this = write(DEPARTMENT_2024, "txt").decode().replace("2025", "2026").replace("2024", "2025")
    (tmp_path / "今年.txt").write_text(this, encoding="utf-8")
    found = []
    for name, earlier in (("原件", data), ("批注", copy), ("改好", accepted(copy))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "上年.docx").write_bytes(earlier)
        out = run_checker(monkeypatch, capsys, "check", "今年.txt", "--previous", name, *FLAGS).out
        found.append([one["message"] for one in json.loads(out)["reports"][0]["findings"]])
    assert found[0] == found[1] != found[2]
    assert any("2024 年度报告结转下年 0 件" in message for message in found[0])
