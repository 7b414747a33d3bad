"""Standard streams that the caller has closed, and a folder that is gone: one sentence or none, a right exit code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from samples import COUNTY_2023, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
CHECK = f"{sys.executable} -m checker check --no-config --today 2025-03-01"


def run(command, folder):
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(  # noqa: S602  # closing streams is what a shell does
        command,
        cwd=folder,
        env=environment,
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("{} - <&-", 3, ""),
        ("{} 报告.txt >&-", 0, ""),
        ("{} 报告.txt --format json -o 结果.json >&- 2>&-", 0, ""),
        ("{} 没有.txt 2>&-", 2, ""),
        ("{} 报告.txt <&- >&- 2>&-", 0, ""),
        ("mkdir 甲 && cd 甲 && rmdir ../甲 && {} ../报告.txt", 2, "当前文件夹已经不在了"),
    ],
)
def test_no_stream_and_no_folder(tmp_path, command, code, said):
    (tmp_path / "报告.txt").write_bytes(write(COUNTY_2023, "txt"))
    done = run(command.format(CHECK), tmp_path)
    assert (done.returncode, "内部出错" in done.stderr, "Traceback" in done.stderr) == (code, False, False)
    assert said in done.stderr
    if "-o" in command:
        assert (tmp_path / "结果.json").stat().st_size > 1000
