"""A different report, checked from the command line by YAML alone: three sections, a table with sub-totals."""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path

import pytest

from checker.cli import main

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent / "checker"
ROWS = {
    "1.电力": (10, 12, 22), "2.天然气": ("3.5", "2.5", "6.0"), "3.外购热力": (0, 0, 0), "建筑用能小计": ("13.5", "14.5", "28"),
    "1.汽油": (2, 2, 4), "2.柴油": (2, 3, 5), "交通用能小计": (4, 5, 9), "三、总计": ("17.5", "19.5", "37"),
}  # fmt: skip
GROUPS = {"1.电力": ("一、建筑用能", 4), "1.汽油": ("二、交通用能", 3)}


def report(
    rows=ROWS,
    *,
    agency="某县教育局",
    first="本单位用能人数120人。",
    last="三、下一年度打算",
    signed="2025年1月20日",
):
    lines = [
        "<tr><td colspan=2>消费项目（单位：吨标准煤）</td><td>上半年</td><td>下半年</td><td>全年</td></tr>"
    ]
    for label, figures in rows.items():
        group, span = GROUPS.get(label, ("", 0))
        cells = f"<td rowspan={span}>{group}</td>" if group else ""
        cells += f"<td colspan=2>{label}</td>" if label == "三、总计" else f"<td>{label}</td>"
        lines.append(f"<tr>{cells}{''.join(f'<td>{figure}</td>' for figure in figures)}</tr>")
    return f"""<html><body><h1>{agency}2024年公共机构节能年度报告</h1>
        <h2>一、节能工作开展情况</h2><p>{first}</p>
        <h2>二、能源消费情况</h2><table>{"".join(lines)}</table>
        <h2>{last}</h2><p>继续推进节能改造。</p>
        <p>{agency}</p><p>{signed}</p></body></html>"""


def run(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["checker", *map(str, arguments)])
    with pytest.raises(SystemExit) as stop:
        main()
    return stop.value.code, capsys.readouterr().out


RULES = ("--no-builtin-rules", "--rules", HERE / "rules")


@pytest.fixture
def checked(tmp_path, monkeypatch, capsys):
    """Check a report; gives the exit code and the only report of the result."""

    def check(text):
        file = tmp_path / "report.html"
        file.write_text(text, encoding="utf-8")
        code, out = run(
            monkeypatch,
            capsys,
            "check",
            file,
            *RULES,
            "--format",
            "json",
            "--no-config",
            "--today",
            "2025-02-01",
        )
        return code, json.loads(out)["reports"][0]

    return check


def findings(result):
    return [
        (found["rule"], found["location"]["row"], found["location"]["column"]) for found in result["findings"]
    ]


def test_a_good_report(checked):
    code, result = checked(report())
    assert (code, result["verdict"], result["findings"]) == (0, "pass", [])
    identity = result["identity"]
    assert (identity["kind"], identity["agency"]) == ("energy_report", "某县教育局")
    assert (identity["year"], identity["form"]) == (2024, "jieneng")
    assert result["tables"]["E1"]["transport"] == {"first_half": 4, "second_half": 5, "year": 9}
    assert (result["fields"]["signature"], result["fields"]["signed_on"]) == ("某县教育局", "2025-01-20")
    assert {outcome["verdict"] for outcome in result["outcomes"]} == {"pass"}
    examined = {outcome["rule"]: outcome["examined"] for outcome in result["outcomes"]}
    # Eight rows across; in each of three columns two sub-totals and the total.
    assert (examined["JN-02"], examined["JN-03"]) == (8, 9)


FAULTS = {
    # What is wrong; the findings; the change that is proposed.
    "a part": ({"2.天然气": ("3.5", "2.5", "7.0")}, [("JN-02", "gas", "year")], ("gas", "year", "7.0", "6")),
    "a sub-total": ({"交通用能小计": (4, 5, 10)}, [("JN-02", "transport", "year")], ("transport", "year", 10, 9)),
    "the total": ({"三、总计": ("17.5", "19.5", "73")}, [("JN-02", "all", "year")], ("all", "year", 73, "37")),
    "a part before the sums": ({"1.电力": (11, 12, 22)}, [("JN-02", "electricity", "first_half")], ("electricity", "first_half", 11, 10)),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_one_wrong_figure_is_one_finding(case, checked):
    """The sums of both levels and of the rows are explained by the one cell that breaks them all."""
    rows, expected, change = FAULTS[case]
    code, result = checked(report({**ROWS, **rows}))
    assert (code, findings(result)) == (1, expected)
    [found] = result["findings"]
    assert found["explains"] == ["JN-03"]
    [cell] = found["suggestion"]["cells"]
    assert [str(cell[key]) for key in ("row", "column", "current", "proposed")] == [
        str(value) for value in change
    ]


OTHERS = {
    "a section is missing": ({"last": "下一步"}, ["JN-01"]),
    "no head count": ({"first": "本单位注意节能。"}, ["JN-05"]),
    "late": ({"signed": "2025年3月1日"}, ["JN-07"]),
    "condition on the level": ({"rows": {**ROWS, "1.汽油": (3, 3, 6), "2.柴油": (1, 2, 3)}}, ["JN-06"]),
    "not for schools": ({"rows": {**ROWS, "1.汽油": (3, 3, 6), "2.柴油": (1, 2, 3)}, "agency": "某县第一中学校"}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_other_rules(case, checked):
    changes, rules = OTHERS[case]
    _, result = checked(report(**changes))
    assert [found["rule"] for found in result["findings"]] == rules


def test_its_rules_prove_themselves(monkeypatch, capsys):
    assert run(monkeypatch, capsys, "rules", "test", *RULES) == (0, "7 条规则，20 个例子，全部相符\n")


def test_something_else_is_told_apart_in_the_words_of_this_form(tmp_path, monkeypatch, capsys):
    file = tmp_path / "note.txt"
    file.write_text("关于开会的通知\n请准时参加。\n", encoding="utf-8")
    _, out = run(monkeypatch, capsys, "check", file, *RULES, "--no-config")
    assert "没有找到“公共机构节能年度报告”的标题" in out


def test_both_kinds_in_one_folder(tmp_path, monkeypatch, capsys):
    """Each report is judged by the rules of its own kind; what is neither is skipped."""
    (tmp_path / "节能.html").write_text(report(), encoding="utf-8")
    (tmp_path / "附件.txt").write_text("关于开会的通知\n请准时参加。\n", encoding="utf-8")
    sample = next((HERE.parent.parent / "reports_in").glob("*自然资源局2024*.docx"))
    (tmp_path / "年报.docx").write_bytes(sample.read_bytes())
    arguments = ("check", tmp_path, "--rules", HERE / "rules", "--no-config", "--today", "2025-02-01")
    _, out = run(monkeypatch, capsys, *arguments, "--format", "json")
    results = {Path(one["path"]).name: one for one in json.loads(out)["reports"]}
    kinds = {name: one["identity"]["kind"] for name, one in results.items()}
    assert kinds == {"节能.html": "energy_report", "年报.docx": "annual_report", "附件.txt": None}
    for name, kind in kinds.items():
        judged = {one["rule"][:2] for one in results[name]["outcomes"] if one["verdict"] != "not_applicable"}
        assert ("JN" in judged, "T3" in judged) == (kind == "energy_report", kind == "annual_report")
    assert results["节能.html"]["findings"] == []
    assert {one["rule"] for one in results["年报.docx"]["findings"]}.isdisjoint({"JN-01", "JN-05"})
    assert (
        "“政府信息公开工作年度报告”“政府网站工作年度报表”“公共机构节能年度报告”的标题"
        in results["附件.txt"]["problem"]["text"]
    )


def test_names_of_kinds_in_outputs(tmp_path, monkeypatch, capsys):
    """The page is headed by the kind of its reports, by none where there are several."""
    (tmp_path / "节能.html").write_text(report(), encoding="utf-8")
    arguments = ("check", tmp_path, "--rules", HERE / "rules", "--no-config", "--format")
    assert "<title>公共机构节能年度报告检查结果</title>" in run(monkeypatch, capsys, *arguments, "html")[1]
    assert "## 节能报告检查：" in run(monkeypatch, capsys, *arguments, "markdown")[1]
    sample = next((HERE.parent.parent / "reports_in").glob("*自然资源局2024*.docx"))
    (tmp_path / "年报.docx").write_bytes(sample.read_bytes())
    assert "<title>报告检查结果</title>" in run(monkeypatch, capsys, *arguments, "html")[1]


def test_rules_tell_their_kinds(monkeypatch, capsys):
    _, out = run(monkeypatch, capsys, "rules", "list", "--rules", HERE / "rules", "--format", "json")
    kinds = {rule["id"]: rule["kinds"] for rule in json.loads(out)}
    assert (kinds["JN-01"], kinds["T3-02"]) == (["energy_report"], ["annual_report"])
    assert kinds["READ-01"] == kinds["EXC-01"] == ["annual_report", "website_report", "energy_report"]


OFFICIAL = re.compile(
    "(?<!往)年报|第三部分|自然人|信息处理费|结转|复议|诉讼|勾稽|总体情况|规范性文件|信息公开|依申请|主动公开|国办|条例[^外]|条例$"
)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_no_word_of_the_official_form_in_the_code(path):
    """What a report says, and what it is called, is data."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    # The small rule that a kind shows to those who write one is an example, about the usual form.
    documentation |= {
        id(keyword.value)
        for keyword in ast.walk(tree)
        if isinstance(keyword, ast.keyword) and keyword.arg == "skeleton"
    }
    words = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
        and OFFICIAL.search(node.value)
    ]
    assert all(any(name in text for name in ALLOWED) for _, text in words), words


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
# Common characters, for telling encodings and illegible texts apart.
ALLOWED = ("的一是不了在有人我他", "政府信息公开情况部门办理件数总计")
