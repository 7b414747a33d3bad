"""The one interface of the page: what it answers, and that it says what the command line says."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from command_line import run_checker
from faults.changes import both, say, title
from reading_back import accepted
from samples import DEPARTMENT_2024, write
from shapes import shaped

from checker.browser.checked import forget_documents
from checker.browser.desk import answer
from checker.run import documents

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted((ROOT / "reports_in").iterdir())
TODAY = "2025-03-01"
NAME = "年报.docx"
REPORT = write(DEPARTMENT_2024, "docx")


NOWHERE = {"paragraph": 1, "start": 3, "end": 3, "value": ""}
"""An edit of no characters."""


def ask(do="check", files=(REPORT,), name=NAME, **more):
    options = {"today": TODAY, **more.pop("options", {})}
    return answer({"do": do, "name": name, "options": options, **more}, files)


def checked(**more):
    """The report in the result, and what is shown of it."""
    given, _ = ask(**more)
    return json.loads(given["run"])["reports"][0], given["reports"][0]


def cell(table, row, column, value):
    """An edit of the cell at an address, by the place that the page has of it."""
    _, shown = checked()
    before, _, _ = shown["document"].partition(f'data-cell="{table}[{row}, {column}]"')
    place = before.rpartition('id="t')[2].partition('"')[0]
    number, _, rest = place.partition("r")
    return {
        "table": int(number), "row": int(rest.partition("c")[0]), "column": int(rest.partition("c")[2]), "value": value,
    }  # fmt: skip


def rules(report):
    return [finding["rule"] for finding in report["findings"]]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_the_result_is_that_of_the_command_line(path, monkeypatch, capsys):
    monkeypatch.chdir(path.parent)
    plain = ("--no-config", "--today", TODAY, "--fail-on", "never", "--format", "json")
    expected = run_checker(monkeypatch, capsys, "check", path.name, *plain).out

    given, _ = ask(files=(path.read_bytes(),), name=path.name)

    assert given["run"] == expected


def test_a_changed_cell_is_checked_with_the_new_value_and_found_again_without():
    before, _ = checked()
    wrong = cell("T3", "R1", "total", "99")

    after, shown = checked(edits=[wrong])

    assert rules(before) == []
    assert "T3-01" in rules(after) or "T3-02" in rules(after)
    assert 'data-cell="T3[R1, total]"' in shown["document"]
    assert checked(edits=[wrong, {**wrong, "value": "6"}])[0]["sha256"] == after["sha256"]


def test_a_document_is_read_once_however_often_it_is_changed(monkeypatch):
    read, calls = documents.read_document, []
    monkeypatch.setattr(
        documents, "read_document", lambda *given, **more: calls.append(1) or read(*given, **more)
    )
    forget_documents()

    wrong = cell("T3", "R1", "total", "99")
    after, _ = checked(edits=[wrong])
    back, _ = checked()
    download("annotated", edits=[wrong])

    assert calls == [1]
    assert (rules(after) == [], rules(back)) == (False, [])


def test_totals_that_follow_are_offered_with_those_that_follow_from_them():
    _, shown = checked(edits=[cell("T3", "C1", "natural", "7")])

    offered = [(total["current"], total["value"]) for total in shown["totals"]]
    mended, _ = checked(edits=[cell("T3", "C1", "natural", "7"), *shown["totals"]])
    plain, _ = checked(edits=[cell("T3", "C1", "natural", "7")])

    assert len(offered) > 1
    assert all(current != value for current, value in offered)
    assert "T3-03" in rules(plain)
    assert "T3-03" not in rules(mended)
    assert checked()[1]["totals"] == []


def test_a_total_that_was_changed_itself_is_not_offered():
    total = cell("T3", "R1", "total", "99")

    _, shown = checked(edits=[total])

    assert (total["row"], total["column"]) not in [(one["row"], one["column"]) for one in shown["totals"]]


def test_what_is_corrected_about_the_body_counts():
    report, shown = checked(options={"level": "乡镇人民政府", "tier": "township"})

    assert (report["identity"]["level"], report["identity"]["tier"]) == ("township", "township")
    assert "乡" in shown["recognised"]


def test_last_years_report_is_compared():
    earlier = write(DEPARTMENT_2024, "txt").decode().replace("2024", "2023").replace("2025", "2024").encode()
    alone, _ = checked()

    given, _ = ask(files=(REPORT, earlier), previous="上年.txt")

    together = json.loads(given["run"])["reports"][0]
    silent = [one["rule"] for one in alone["outcomes"] if one["reason"] == "没有上一年的报告"]
    judged = {one["rule"]: one["verdict"] for one in together["outcomes"]}
    assert silent
    assert any(judged[rule] in ("pass", "fail") for rule in silent)


@pytest.mark.parametrize("what", ["html", "csv", "json"])
def test_results_can_be_taken_home(what):
    given, (data,) = ask("write", what=what)

    assert given["name"] == f"年报-检查结果.{what}"
    assert "沅平县自然资源局" in data.decode()


@pytest.mark.parametrize(
    ("request_", "files", "words"),
    [
        ({"do": "check", "name": "a.txt"}, [], "不完整"),
        ({"do": "nothing"}, [], "不完整"),
        ({"do": "check", "name": "a.txt", "edits": [{"table": 1}]}, [b"x"], "修改不完整"),
        ({"do": "check", "name": "a.txt", "edits": [NOWHERE]}, [b"x"], "修改不完整"),
        ({"do": "check", "name": "a.txt", "options": {"today": "明天"}}, [b"x"], "不是日期"),
        ({"do": "check", "name": "a.txt", "options": {"level": "国王"}}, [b"x"], "国王"),
        ({"do": "check", "name": "a.txt", "options": {"profile": "../x"}}, [b"x"], "规则集"),
        ({"do": "check", "name": "a.txt", "previous": "b.txt"}, [b"x", b"y"], "b.txt"),
        ({"do": "write", "name": "a.txt", "what": "passwords"}, [b"x"], "不完整"),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_in_a_sentence(request_, files, words):
    given, out = answer(request_, files)

    assert words in given["problem"]
    assert out == []


def test_what_can_be_chosen_is_told():
    given, _ = answer({"do": "about"}, [])

    assert given["profiles"][0] == ("national", "全国通用")
    assert ("wuwei", "武威市") in given["profiles"]
    assert {"docx", "pdf", "ofd"} <= set(given["suffixes"])


def download(what, **more):
    given, files = ask("write", what=what, **more)
    assert "problem" not in given, given
    return given["name"], files[0]


def words(data):
    """The text of the main part, with what tracked changes put in and without what they take away."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_the_annotated_file_is_the_one_given_whatever_was_changed():
    edits = [cell("T3", "R1", "natural", "99")]

    name, data = download("annotated", edits=edits)

    assert name == "年报-批注.docx"
    assert download("annotated") == (name, data)
    assert "99" not in re.findall(r"<w:t[^>]*>([^<]*)", words(data))


@pytest.mark.parametrize(("what", "name"), [("corrected", "年报-修订.docx"), ("clean", "年报-改好.docx")])
def test_a_changed_word_document_says_what_the_page_says(what, name):
    edits = [cell("T3", "R1", "natural", "99"), cell("T3", "C1", "natural", "")]
    on_the_page, _ = checked(edits=edits)

    found, data = download(what, edits=edits)
    again, _ = checked(files=(data,))

    assert found == name
    assert ("<w:ins " in words(data), "<w:del " in words(data)) == (
        (True, True) if what == "corrected" else (False, False)
    )
    assert again["tables"] == on_the_page["tables"]
    assert [finding["message"] for finding in again["findings"]] == [
        f["message"] for f in on_the_page["findings"]
    ]


def test_a_figure_in_a_field_is_changed_but_not_tracked():
    data = shaped(REPORT, "in_fields")
    edits = [cell("T3", "R1", "natural", "99")]

    told, files = ask("write", what="corrected", files=(data,), edits=edits)
    _, clean = download("clean", files=(data,), edits=edits)

    assert ("下载改好的" in told["problem"], files) == (True, [])
    assert checked(files=(clean,))[0]["tables"] == checked(edits=edits)[0]["tables"]


def test_nothing_changed_gives_the_file_itself_as_the_clean_one():
    assert download("clean")[1] == REPORT


def test_only_word_documents_take_changes():
    given, files = ask("write", what="corrected", files=(write(DEPARTMENT_2024, "txt"),), name="年报.txt")

    assert ("更正清单" in given["problem"], files) == (True, [])
    assert (
        download("annotated", files=(write(DEPARTMENT_2024, "txt"),), name="年报.txt")[0] == "年报-批注.html"
    )


def test_the_list_of_corrections_says_what_was_and_what_shall_be():
    edits = [cell("T3", "R1", "natural", "=99"), cell("T3", "R1", "total", "")]

    _, table = download("corrections_csv", edits=edits)
    _, page = download("corrections_html", edits=edits)

    assert table.decode().splitlines()[1:] == [
        '"第三部分 表三「一、本年新收政府信息公开申请数量」行「自然人」列","6","\'=99"',
        '"第三部分 表三「一、本年新收政府信息公开申请数量」行「总计」列","9","空白"',
    ]
    assert "<td>=99</td>" in page.decode()


WRONG_YEARS = write(
    both(
        title("沅平县自然资源局2024年度政府信息公开工作报告"),
        say(0, "2024年1月1日起至2024年12月31日", "2023年1月1日起至2023年12月31日"),
    )(DEPARTMENT_2024),
    "docx",
)


def proposed(report, rule):
    """The edits that the page makes of what a finding proposes."""
    (finding,) = [one for one in report["findings"] if one["rule"] == rule]
    return [
        {key: one["location"][key] for key in ("path", "paragraph", "start", "end")}
        | {"value": one["proposed"]}
        for one in finding["suggestion"]["texts"]
    ]


def test_wording_of_which_only_one_is_right_is_put_in_and_the_rest_keeps_its_place():
    before, _ = checked(files=(WRONG_YEARS,))
    title_first = proposed(before, "DOC-04")

    after, _ = checked(files=(WRONG_YEARS,), edits=title_first[1:])
    both_times, shown = checked(files=(WRONG_YEARS,), edits=[*title_first, *proposed(before, "INT-04")])

    assert rules(before) == ["INT-04", "DOC-04"]
    assert proposed(after, "DOC-04") == title_first[:1]
    assert after["identity"]["title"] == "沅平县自然资源局2024年度政府信息公开工作年度报告"
    assert rules(both_times) == []
    assert "沅平县自然资源局2024年政府信息公开工作年度报告</p>" in shown["document"]


@pytest.mark.parametrize("what", ["corrected", "clean"])
def test_changed_wording_is_taken_home(what):
    before, _ = checked(files=(WRONG_YEARS,))
    edits = [*proposed(before, "DOC-04"), *proposed(before, "INT-04"), cell("T3", "R1", "natural", "99")]

    _, data = download(what, files=(WRONG_YEARS,), edits=edits)
    again, _ = checked(files=(data,))

    assert words(data).count("<w:ins ") == (5 if what == "corrected" else 0)
    assert ("度政府信息公开工作报告" in words(data)) is False
    assert again["identity"]["title"] == "沅平县自然资源局2024年政府信息公开工作年度报告"
    assert rules(again) == rules(checked(files=(WRONG_YEARS,), edits=edits)[0])


def test_without_changes_the_corrected_file_has_the_wording_that_is_certain():
    _, data = download("corrected", files=(WRONG_YEARS,))

    assert rules(checked(files=(data,))[0]) == ["INT-04", "DOC-04"]  # nobody has accepted it yet
    assert rules(checked(files=(accepted(data),))[0]) == []


def test_the_list_of_corrections_tells_changed_wording():
    before, _ = checked(files=(WRONG_YEARS,))
    gone = {**proposed(before, "DOC-04")[0], "value": ""}

    given, _ = ask(files=(WRONG_YEARS,), edits=[gone, *proposed(before, "INT-04")])

    assert given["corrections"] == [
        ("标题", "年度", "删去"),
        ("开头第1段", "2023年", "2024年"),
        ("开头第1段", "2023年", "2024年"),
    ]


@pytest.mark.parametrize(
    "change",
    [{"paragraph": 999}, {"start": 900, "end": 901}, {"path": "别的.docx"}],
)
def test_changes_of_what_is_not_there_change_nothing(change):
    before, _ = checked(files=(WRONG_YEARS,))
    edits = [proposed(before, "DOC-04")[0] | change]

    given, _ = ask(files=(WRONG_YEARS,), edits=edits)

    assert json.loads(given["run"])["reports"][0] == before
    assert given["corrections"] == []


def test_a_paragraph_of_which_all_is_taken_away_is_gone():
    faulty = write(say(1, "（四）平台建设", "[bookmark: _GoBack]\n（四）平台建设")(DEPARTMENT_2024), "txt")
    before, _ = checked(files=(faulty,), name="年报.txt")

    after, _ = checked(files=(faulty,), name="年报.txt", edits=proposed(before, "STY-08"))

    assert (rules(before), rules(after)) == (["STY-08"], [])
