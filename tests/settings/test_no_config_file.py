"""What has the name of the configuration file and is none."""

from __future__ import annotations

import pytest

from checker.model.errors import UsageError
from checker.settings.config import CONFIG_NAME, find_config


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.mkdir(), "这是文件夹"),
        (lambda path: path.symlink_to(path.name), "链接绕成了圈"),
        (lambda path: path.symlink_to("没有这个文件"), "找不到"),
    ],
)
def test_it_is_told(tmp_path, monkeypatch, make, why):
    monkeypatch.chdir(tmp_path)
    make(tmp_path / CONFIG_NAME)

    with pytest.raises(UsageError, match=why):
        find_config([])
