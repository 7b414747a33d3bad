"""Files of a folder that are no documents: none is lost, and none makes noise."""

from __future__ import annotations

import pytest

from checker import api
from checker.run.inputs import find_inputs

SAID = "。其中有报告的，请换成能读的格式，或单独写出它的路径。"
CASES = {
    # What the folder holds besides a report, and what is said of it.
    "nothing": ([], None),
    "what systems leave": (["Thumbs.db", ".DS_Store", "desktop.ini", "__MACOSX/._报告.txt", "甲/~$报告.tmp"], None),
    "what pages need": (["网页.html", "网页_files/a.png", "网页_files/b.js", "样式.css", "设置.yaml"], None),
    "results": (["结果.jsonl", "结果.sarif", "结果.json", "运行.log"], None),
    "hidden folders": ([".git/config", ".venv/bin/python"], None),
    "pictures": (["扫描.jpg", "甲/2.PNG"], "图片 2 个（扫描.jpg、甲/2.PNG）"),
    "many": ([f"{number}.tif" for number in range(9)], "图片 9 个（0.tif、1.tif、2.tif 等）"),
    "strange": (["报告", "数据.csv"], "格式不能读的文件 2 个（报告、数据.csv）"),
    "hidden documents": ([".旧/年报.docx"], "以点开头的文件夹里的文档 1 个（.旧/年报.docx）"),
    "all": (
        ["1.gif", "x.abc", ".a/b.pdf"],
        "图片 1 个（1.gif），格式不能读的文件 1 个（x.abc），以点开头的文件夹里的文档 1 个（.a/b.pdf）",
    ),
}  # fmt: skip


def put(folder, names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\0\5\x16\7" if path.name.startswith("._") else b"x")


@pytest.mark.parametrize("case", CASES)
def test_one_line_a_folder(tmp_path, case):
    names, said = CASES[case]
    put(tmp_path, ["报告.txt", *names])
    *_, last = find_inputs([str(tmp_path)], tell_others=True)
    assert (last.name == "（其他文件）") == (said is not None)
    if said:
        result = api.check(last)
        assert (result.status.value, result.problem.code) == ("skipped", "other_files")
        assert result.problem.text == f"没有检查的还有：{said}{SAID}"


def test_each_folder_has_its_line_behind_all_documents(tmp_path):
    for folder in ("甲", "乙"):
        put(tmp_path / folder, ["1.png"])
    put(tmp_path / "乙", ["报告.txt"])
    found = find_inputs([str(tmp_path / "甲"), str(tmp_path / "乙")], tell_others=True)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "乙/报告.txt",
        "甲/（其他文件）",
        "乙/（其他文件）",
    ]
    assert len(find_inputs([str(tmp_path / "乙")])) == 1


def test_a_file_of_that_name_is_a_file(tmp_path):
    (tmp_path / "（其他文件）").write_bytes("年度报告".encode())
    assert api.check(tmp_path / "（其他文件）").problem.code != "other_files"
    assert api.check(tmp_path / "没有" / "（其他文件）").problem.code == "missing"
