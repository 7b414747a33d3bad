"""`make compare-releases`: what two versions say otherwise, told by small results written here."""

from __future__ import annotations

import json
import shlex
import sys
from copy import deepcopy

import pytest

from quality.releases.changes import changes
from quality.releases.documents import documents
from quality.releases.running import Ran, run_all
from quality.releases.telling import data, lines
from quality.releases.versions import Version

FINDING = {
    "rule": "T3-02", "title": "收办相等", "severity": "error", "message": "差 1", "basis": "表内注",
    "location": {"section": 3, "table": "T3", "row_label": "总计", "column_label": "自然人", "line": 12, "page": None},
    "related": [], "evidence": {"left": 4}, "explains": [], "suggestion": None, "fingerprint": "f1",
}  # fmt: skip
REPORT = {
    "path": "甲.txt", "sha256": "0", "status": "checked", "problem": None, "verdict": "fail",
    "identity": {"agency": "甲局", "year": 2024, "form": "2021"},
    "fields": {"phone": ["1"], "fax": None},
    "tables": {"T3": {"R1": {"natural": 3, "total": None}}},
    "cells": [{"table": "T3", "row": "R1", "column": "total", "raw": "/", "state": "slash"}],
    "outcomes": [{"rule": "T3-02", "verdict": "fail", "examined": 7, "reason": None}],
    "findings": [FINDING],
}  # fmt: skip
RESULT = {"reports": [REPORT], "findings": []}


def after(change):
    """The result as another version gives it."""
    result = deepcopy(RESULT)
    change(result["reports"][0])
    return result


def told(old, new):
    return [(one.group, one.what, one.before, one.after) for one in changes(["甲.txt"], [old], [new])]


def set_in(*keys, value):
    def change(report):
        place = report
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


PROBLEM = {"code": "damaged", "text": "打不开。"}
OUTCOME = ("outcomes", 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: None, []),
        (set_in("sha256", value="1"), []),
        (set_in("status", value="unreadable"), [("读取", "状态", "checked", "unreadable")]),
        (set_in("problem", value=PROBLEM), [("读取", "原因", None, PROBLEM)]),
        (set_in("verdict", value="pass"), [("结论", "结论", "fail", "pass")]),
        (set_in("identity", "form", value="2019"), [("识别", "form", "2021", "2019")]),
        (set_in("identity", value={"agency": "甲局", "year": None, "form": "2021"}), [("识别", "year", 2024, None)]),
        (set_in("fields", "fax", value="2"), [("栏目", "fax", None, "2")]),
        (set_in("tables", "T3", "R1", "natural", value=4), [("表格", "T3[R1, natural]", 3, 4)]),
        (set_in("tables", value={}), [("表格", "T3[R1, natural]", 3, None)]),
        (set_in("cells", value=[]), [("表格", "T3[R1, total] 原样", ("slash", "/"), None)]),
        (set_in("notes", value=["x"]), [("读取", "notes", None, ["x"])]),
        (set_in(*OUTCOME, "verdict", value="pass"), [("T3-02", "判断", "fail", "pass")]),
        (set_in(*OUTCOME, "reason", value="没有表"), [("T3-02", "原因", None, "没有表")]),
        (set_in(*OUTCOME, "examined", value=6), [("T3-02", "查过的处数", 7, 6)]),
        (set_in(*OUTCOME, value={"rule": "T3-09", "verdict": "pass", "examined": 1, "reason": None}),
         [("T3-02", "判断", "fail", None), ("T3-02", "查过的处数", 7, None),
          ("T3-09", "判断", None, "pass"), ("T3-09", "查过的处数", None, 1)]),
        (set_in("findings", value=[]), [("T3-02", "消失", "error：差 1", None)]),
        (set_in("findings", value=[FINDING, {**FINDING, "fingerprint": "f2"}]),
         [("T3-02", "新增", None, "error：差 1")]),
        (set_in("findings", 0, "severity", value="info"), [("T3-02", "级别", "error", "info")]),
        (set_in("findings", 0, "message", value="差 2"), [("T3-02", "说法", "差 1", "差 2")]),
        (set_in("findings", 0, "evidence", value={"left": 5}), [("T3-02", "证据", {"left": 4}, {"left": 5})]),
        (set_in("findings", 0, "explains", value=["T3-03"]), [("T3-02", "一并说明的规则", [], ["T3-03"])]),
        (set_in("findings", 0, "location", value={**FINDING["location"], "line": 13}),
         [("T3-02", "位置", FINDING["location"], {**FINDING["location"], "line": 13})]),
    ],
)  # fmt: skip
def test_every_difference_is_told_once(change, expected):
    assert told(Ran(1, "", RESULT), Ran(1, "", after(change))) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (Ran(0), Ran(3), [("运行", "退出码", 0, 3)]),
        (Ran(0), Ran(None), [("运行", "退出码", 0, "没有结束")]),
        (Ran(0), Ran(0, "Traceback"), [("运行", "错误输出", None, "Traceback")]),
        (
            Ran(0),
            Ran(0, "", RESULT),
            [("读取", "报告", None, "checked"), ("T3-02", "新增", None, "error：差 1")],
        ),
        (
            Ran(0, "", RESULT),
            Ran(0),
            [("读取", "报告", "checked", None), ("T3-02", "消失", "error：差 1", None)],
        ),
        (
            Ran(0),
            Ran(0, "", {"reports": [], "findings": [FINDING]}),
            [("T3-02", "新增", None, "error：差 1")],
        ),
    ],
)
def test_runs_and_lost_reports_are_told(old, new, expected):
    assert told(old, new) == expected


def test_what_is_seen_alone_and_with_its_folder_is_told_once():
    old, new = Ran(1, "", RESULT), Ran(1, "", after(set_in("verdict", value="pass")))

    found = changes(["甲.txt", "文件夹"], [old, old], [new, new])

    assert [(one.document, one.what) for one in found] == [("甲.txt", "结论")]


# --- what a person reads ----------------------------------------------------------------------------------

OLD, NEW = Version("v1", "aaa", ()), Version("工作树", "bbb", ())


def report_of(count):
    """Results of so many documents: each loses a finding, the first has another verdict, all have another place."""
    old, new = [], []
    for number in range(count):
        one = deepcopy(RESULT)
        one["reports"][0]["path"] = f"{number}.txt"
        two = deepcopy(one)
        two["reports"][0]["findings"] = []
        if not number:
            two["reports"][0]["verdict"] = "pass"
        old.append(Ran(1, "", one))
        new.append(Ran(0, "", two))
    paths = [f"{number}.txt" for number in range(count)]
    return paths, changes(paths, old, new)


def test_the_text_groups_by_rule_and_names_what_is_alike_once():
    paths, found = report_of(5)

    assert list(lines(found, OLD, NEW, len(paths), "全部.json")) == [
        "v1（aaa）→ 工作树（bbb）：检查 5 份文件，5 份的结果变了，共 11 处。",
        "",
        "■ 运行（退出码 5）",
        "  退出码  1 → 0",
        "      0.txt、1.txt、2.txt 等 5 份",
        "",
        "■ 结论（结论 1）",
        "  结论  不合格 → 合格",
        "      0.txt",
        "",
        "■ T3-02  收办相等（消失 5）",
        "  消失（第3部分 T3 总计 自然人 行12）  error：差 1 → 无",
        "      0.txt、1.txt、2.txt 等 5 份",
        "",
        "全部改变在 全部.json；发布之前请逐组说明原因。",
    ]


def test_the_text_stays_short_and_says_so():
    many = {f"R{number}": {"natural": number} for number in range(40)}
    new = after(set_in("tables", value={"T3": many}))

    shown = list(
        lines(changes(["甲.txt"], [Ran(1, "", RESULT)], [Ran(1, "", new)]), OLD, NEW, 1, "全部.json")
    )

    assert len(shown) < 40
    assert "  另有 28 种改变，见 全部.json" in shown


def test_texts_of_documents_do_no_harm_to_the_terminal():
    new = after(set_in("findings", 0, "message", value="\x1b[2J差"))

    shown = "\n".join(lines(changes(["甲.txt"], [Ran(1, "", RESULT)], [Ran(1, "", new)]), OLD, NEW, 1, "x"))

    assert "\x1b" not in shown


def test_nothing_changed():
    assert list(lines([], OLD, NEW, 3, "x")) == ["v1（aaa）→ 工作树（bbb）：检查 3 份文件，结果全都一样。"]


def test_the_data_have_everything():
    paths, found = report_of(2)
    content = json.loads(json.dumps(data(found, OLD, NEW, paths, "2025-01-01")))

    assert content["documents"] == paths
    assert [(group["group"], len(group["changes"])) for group in content["groups"]] == [
        ("运行", 2), ("结论", 1), ("T3-02", 2),
    ]  # fmt: skip
    assert content["groups"][2]["changes"][0] == {
        "document": "0.txt", "what": "消失", "before": "error：差 1", "after": None, "place": FINDING["location"],
    }  # fmt: skip


# --- documents and runs -----------------------------------------------------------------------------------


def test_documents_are_found_once_and_results_are_none(tmp_path):
    for name in ("tests/a/b.docx", "tests/golden/c.html", "tests/d.py", "tests/e.ZIP", "更多/f.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert documents(tmp_path, ["tests", "更多", "tests/a"]) == [
        "tests/e.ZIP",
        "tests/a/b.docx",
        "更多/f.pdf",
    ]
    with pytest.raises(FileNotFoundError):
        documents(tmp_path, ["没有"])


CHECKER = """
import json, sys
output, path = sys.argv[sys.argv.index("--output") + 1], sys.argv[-1]
if "dies" in path:
    sys.exit("first\\nmiddle\\nlast")
with open(output, "w") as file:
    json.dump({"reports": [], "findings": [], "asked": sys.argv[1:]}, file)
sys.exit(3 if "bad" in path else 0)
"""


def test_each_document_is_checked_alone(tmp_path):
    version = Version("v", "c", (*shlex.split(f"{shlex.quote(sys.executable)} -c"), CHECKER))

    good, bad, dies = run_all(version, ["good", "bad", "dies"], root=tmp_path, today="2025-01-01", jobs=2)

    assert (good.code, bad.code, dies.code) == (0, 3, 1)
    assert good.result["asked"][-1] == "good"
    assert good.result["asked"][2:4] == ["--today", "2025-01-01"]
    assert dies == Ran(1, "first…last")
