"""The bar: how long it still takes, over all phases."""

from __future__ import annotations

import re

import pytest

from checker.cli.running import Pace, progress_bar, time_left_words
from checker.run.progress import Phase, Step


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "还需 1 秒"),
        (41.4, "还需 41 秒"),
        (59.9, "还需 1 分钟"),
        (60, "还需 1 分钟"),
        (200, "还需 3 分钟"),
        (3599, "还需 1 小时"),
        (3600, "还需 1 小时"),
        (5000, "还需 1 小时 23 分钟"),
    ],
)
def test_time_in_words(seconds, words):
    assert time_left_words(seconds) == words


def test_time_left_covers_the_phases_to_come():
    pace = Pace()
    told = [
        pace.seconds_left(step, now)
        for step, now in (
            (Step(Phase.EARLIER, 0, 20, ahead=100), 50.0),
            (Step(Phase.EARLIER, 1, 20, ahead=100), 51.0),  # too early to tell
            (Step(Phase.EARLIER, 10, 20, ahead=100), 60.0),
            (Step(Phase.EARLIER, 20, 20, ahead=100), 70.0),
            (Step(Phase.FILES, 0, 100), 70.0),  # as fast as before, as far as anybody knows
            (Step(Phase.FILES, 10, 100), 90.0),
            (Step(Phase.FILES, 100, 100, ahead=7), 270.0),
            (Step(Phase.TOGETHER, 0, 0), 275.0),
        )
    ]
    assert told == [None, None, 110.0, 100.0, 100.0, 180.0, 14.0, None]
    assert pace.earlier_files == 120


def test_units_have_a_pace_of_their_own():
    """What a file took to check says nothing of what a letter takes to write."""
    pace = Pace()
    told = [
        pace.seconds_left(step, now)
        for step, now in (
            (Step(Phase.FILES, 100, 100), 100.0),
            (Step(Phase.TOGETHER, 0, 50), 100.0),
            (Step(Phase.TOGETHER, 10, 50), 101.0),
            (Step(Phase.WRITING, 0, 200), 105.0),
            (Step(Phase.WRITING, 4, 200), 106.0),
            (Step(Phase.WRITING, 50, 200), 110.0),
        )
    ]
    assert told == [0.0, None, 4.0, None, None, 15.0]


def test_the_bar_shows_phase_count_time_and_file(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal, as far as the bar can tell
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar(shown=True) as tell:
        tell(Step(Phase.EARLIER, 0, 8, ahead=4))
        tell(Step(Phase.EARLIER, 8, 8, "往年/甲[局].docx", ahead=4))
        tell(Step(Phase.FILES, 2, 4, "今年/乙局.docx"))
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", capsys.readouterr().err)
    assert "正在检查" in plain
    assert "10/12" in plain
    assert "还需 1 秒" in plain
    assert "乙局.docx" in plain


def test_units_are_counted_anew(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar(shown=True) as tell:
        tell(Step(Phase.FILES, 8, 8, "今年/乙局.docx"))
        tell(Step(Phase.WRITING, 0, 40, "通知"))
        tell(Step(Phase.WRITING, 7, 40, "通知"))
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", capsys.readouterr().err)
    assert "正在写结果" in plain
    assert "7/40" in plain


def test_nobody_is_told_where_nobody_looks(capsys):
    with progress_bar(shown=False) as tell:
        assert tell is None
    assert capsys.readouterr().err == ""
