"""`checker collect` writes everything, twice the same; a template that cannot be used stops it before it begins."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import date

import pytest
from command_line import run_checker
from county import UNITS, report, with_wrong_cell
from inbox import put
from letter_files import document, first_paragraph, paragraph
from samples import write
from season_samples import CIVIL, EDUCATION, FINANCE

from checker.api import CheckOptions, load_bodies, load_rulebook
from checker.office.collect import Checking
from checker.office.collect import collect as collect_round
from checker.office.filing.intake import Inbox
from checker.run.progress import Phase

TOLD = [UNITS[name] for name in (FINANCE, EDUCATION, CIVIL)]
TODAY = ("--today", "2025-03-10")


@pytest.fixture
def collect(monkeypatch, capsys, tmp_path):
    """An inbox of two reports, and a list with three units."""
    monkeypatch.chdir(tmp_path)
    box = tmp_path / "收件箱"
    box.mkdir()
    (box / "财政局.docx").write_bytes(write(report(UNITS[FINANCE]), "docx"))
    (box / "教育局.docx").write_bytes(write(with_wrong_cell(report(UNITS[EDUCATION])), "docx"))
    rows = "".join(f"{name},部门,{number}\n" for number, name in enumerate((FINANCE, EDUCATION, CIVIL)))
    (tmp_path / "单位.csv").write_text(f"单位,类别,邮箱\n{rows}", encoding="utf-8")
    arguments = ("collect", "收件箱", "--units", "单位.csv", *TODAY, "-o", "结果")
    return lambda *more: run_checker(monkeypatch, capsys, *arguments, *more)


def contents(folder):
    """Every file but the ledger."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".db")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_everything_is_written_and_a_round_without_anything_new_repeats_it(collect, tmp_path):
    pytest.importorskip("xlsxwriter")
    assert collect().code == 0
    before = contents(tmp_path / "结果")
    assert collect().code == 0

    assert contents(tmp_path / "结果") == before
    assert set(before) == {
        "台账.xlsx", "总览.html", "结果.json", "结果.jsonl", "邮件合并.csv", "信函模板.docx",
        f"通知/{FINANCE}（合格回执）.docx", f"通知/{EDUCATION}.docx", f"通知/{EDUCATION}（批注）.docx", f"通知/{CIVIL}（催报）.docx",
    }  # fmt: skip
    notices = {one["name"]: one["notice"] for one in json.loads(before["结果.json"])["units"]}
    rows = csv.DictReader(io.StringIO(before["邮件合并.csv"].decode("utf-8-sig"), newline=""))
    assert {row["单位"]: row["文件"] for row in rows} == notices


def test_the_template_that_is_written_can_be_given_back(collect, tmp_path):
    collect()
    before = contents(tmp_path / "结果")
    (tmp_path / "信函模板.docx").write_bytes(before["信函模板.docx"])
    assert collect("--letter-template", "信函模板.docx").code == 0

    assert contents(tmp_path / "结果") == before


def test_a_template_of_the_office_is_used(collect, tmp_path):
    (tmp_path / "模板.docx").write_bytes(
        document(paragraph("{单位}限{期限}，{邮箱}") + paragraph("{问题表}"))
    )
    assert collect("--letter-template", "模板.docx").code == 0

    letter = tmp_path / "结果" / "通知" / f"{EDUCATION}.docx"
    assert first_paragraph(letter) == f"{EDUCATION}限收到本通知后 5 个工作日内，1"


def test_a_template_that_cannot_be_used_stops_it_before_it_begins(collect, tmp_path):
    (tmp_path / "模板.docx").write_bytes(document(paragraph("{单位}{负责人}")))
    told = collect("--letter-template", "模板.docx")

    assert told.code == 2
    assert "“{负责人}”没有可填的内容" in told.err
    assert not (tmp_path / "结果").exists()


def test_on_a_cluster_the_season_is_the_same(collect, tmp_path):
    assert collect("-j", "1").code == 0
    alone = (tmp_path / "结果" / "结果.jsonl").read_bytes(), (tmp_path / "结果" / "结果.json").read_bytes()
    shutil.rmtree(tmp_path / "结果")
    arguments = ("收件箱", "--units", "单位.csv", *TODAY, "-o", "结果", "--cluster", "local:1")
    subprocess.run((sys.executable, "-m", "checker", "collect", *arguments), cwd=tmp_path, check=True)

    assert alone == (
        (tmp_path / "结果" / "结果.jsonl").read_bytes(),
        (tmp_path / "结果" / "结果.json").read_bytes(),
    )


def test_who_looks_on_is_told_of_every_unit(tmp_path):
    put(tmp_path / "收件箱", {f"{unit.short}.txt": write(report(unit), "txt") for unit in TOLD})
    (tmp_path / "单位.csv").write_text("单位\n" + "\n".join(unit.name for unit in TOLD), encoding="utf-8")
    steps = []
    inbox = Inbox(
        (str(tmp_path / "收件箱"),),
        tuple(sorted((tmp_path / "收件箱").iterdir())),
        date(2025, 2, 10),
        tmp_path / "结果",
    )
    bodies = load_bodies(units=tmp_path / "单位.csv")

    collect_round(inbox, Checking(load_rulebook(), CheckOptions(bodies=bodies), progress=steps.append))

    assert list(dict.fromkeys(step.phase for step in steps)) == [Phase.FILES, Phase.TOGETHER, Phase.WRITING]
    together = [step for step in steps if step.phase is Phase.TOGETHER]
    assert [(step.done, step.total) for step in together] == [
        (number, len(TOLD)) for number in range(len(TOLD) + 1)
    ]
    assert [step.name for step in together[1:]] == [unit.name for unit in TOLD]
