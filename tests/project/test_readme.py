"""README.md shows what the program really writes, and counts the samples right."""

from __future__ import annotations

import re
from pathlib import Path

from command_line import run_checker

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NUMBERS = "〇一二三四五六七八九"
SHOWN = "禾川县松坪镇2024年年报.txt"


def test_the_result_is_a_real_one(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    out = run_checker(
        monkeypatch, capsys, "check", f"reports_in/{SHOWN}", "--no-config", "--today", "2025-03-01"
    ).out
    (shown,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    head, rest = shown.split("\n\n", 1)
    assert out.startswith(head + "\n\n")
    assert f"\n\n{rest}\n" in out


def test_the_samples_are_counted():
    count = sum(not one.name.startswith(".") for one in (ROOT / "reports_in").iterdir())
    assert f"reports_in/ 里的{NUMBERS[count]}份样例" in README
