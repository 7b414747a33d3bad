"""Packages, mails and documents with several reports: each report is a result of its own."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage

import pytest
from command_line import run_checker
from samples import COUNTY_2023, DEPARTMENT_2024, TOWNSHIP_2024, WATER_2023, write
from samples.write_html import report_as_html

from checker.api import CheckOptions, check, check_all, check_files, load_rulebook
from checker.writers.shared.places import place_words

REPORTS = {
    "自然资源局.docx": write(DEPARTMENT_2024, "docx"),
    "水利局/年报.txt": write(WATER_2023, "txt"),
    "松坪镇.html": write(TOWNSHIP_2024, "html"),
}


def packed(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return made.getvalue()


def mail(files):
    message = EmailMessage()
    message["Subject"] = "年报"
    message["From"] = "a@example.com"
    message.set_content("请查收附件。")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def told(result):
    return [(f.rule, f.severity, f.message, f.place.section, f.place.row) for f in result.findings]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_package_says_what_its_files_say(tmp_path, jobs):
    (tmp_path / "包.zip").write_bytes(packed(REPORTS))
    for name, data in REPORTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    files = [tmp_path / name for name in ("包.zip", *REPORTS)]
    results = list(check_files(files, load_rulebook(), CheckOptions(), jobs=jobs).results)
    inside, outside = results[:3], results[3:]
    prefix = (tmp_path / "包.zip").as_posix()
    assert [result.path for result in inside] == [f"{prefix}!{name}" for name in REPORTS]
    assert [result.sha256 for result in inside] == [result.sha256 for result in outside]
    assert [told(result) for result in inside] == [told(result) for result in outside]
    assert sum(map(len, map(told, inside))) > 5


def test_places_name_the_file_in_the_package_and_people_are_not_told_twice():
    (result,) = check_all(packed({"甲/年报.txt": write(TOWNSHIP_2024, "txt")}), name="包.zip")
    places = [finding.place for finding in result.findings if finding.place.location.paragraph]
    assert places
    assert {place.location.path for place in places} == {"甲/年报.txt"}
    assert not any("年报.txt" in place_words(place, result.report) for place in places)


def test_a_mail_with_attachments(monkeypatch, capsys, tmp_path):
    (tmp_path / "报送.eml").write_bytes(mail({"自然资源局.docx": REPORTS["自然资源局.docx"]}))
    ran = run_checker(monkeypatch, capsys, "check", tmp_path, "--format", "json")
    told_of = json.loads(ran.out)
    assert [(r["path"].rpartition("/")[2], r["status"]) for r in told_of["reports"]] == [
        ("报送.eml!正文.txt", "skipped"),
        ("报送.eml!自然资源局.docx", "checked"),
    ]
    assert ran.code == 0


def test_reports_of_two_years_in_one_package_are_compared(tmp_path):
    text = write(DEPARTMENT_2024, "txt")
    files = {"2024.txt": text, "2023.txt": text.replace(b"2024", b"2023").replace(b"2025", b"2024")}
    (tmp_path / "包.zip").write_bytes(packed(files))
    (tmp_path / "别.txt").write_bytes(write(COUNTY_2023, "txt"))
    run = check_files(sorted(tmp_path.iterdir()), load_rulebook(), CheckOptions())
    (new,) = [result for result in run.results if result.path.endswith("2024.txt")]
    verdict = {outcome.rule: outcome.verdict.value for outcome in new.outcomes}
    assert verdict["YOY-01"] in ("pass", "fail")


PROBLEMS = {
    "damaged": packed(REPORTS)[:-200],
    "encrypted": packed({"a.txt": b"x"}).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    ),
    "empty_package": packed({"a.png": b"x", "b.css": b"x"}),
    "unsafe_path": packed({"../a.txt": b"x"}),
}


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_package_that_cannot_be_opened_is_one_sentence(code, monkeypatch, capsys, tmp_path):
    (tmp_path / "包.zip").write_bytes(PROBLEMS[code])
    ran = run_checker(monkeypatch, capsys, "check", tmp_path / "包.zip", "--format", "json")
    (report,) = json.loads(ran.out)["reports"]
    assert (report["status"], report["problem"]["code"]) == ("unreadable", code)
    assert ran.code == 3


def test_one_unreadable_member_does_not_cost_the_others():
    results = list(check_all(packed({"坏.docx": b"PK\x03\x04", **REPORTS}), name="包.zip"))
    assert [result.status.value for result in results] == ["unreadable", "checked", "checked", "checked"]


def test_check_of_one_report_refuses_several():
    assert check(packed({"甲.txt": REPORTS["水利局/年报.txt"]}), name="包.zip").status.value == "checked"
    refused = check(packed(REPORTS), name="包.zip")
    assert refused.problem.code == "several_reports"


def body(page):
    """The report itself, without the frame of the site."""
    text = page.decode()
    return text[text.index("<h1") : text.index("</body>")]


def page_of(*parts):
    return ("<html><body>" + "".join(parts) + "</body></html>").encode()


FIRST, SECOND = body(report_as_html(DEPARTMENT_2024)), body(report_as_html(COUNTY_2023))


@pytest.mark.parametrize(
    "page",
    [
        page_of(FIRST, SECOND),
        page_of(f"<table><tr><td>{FIRST}</td><td>{SECOND}</td></tr></table>"),
        page_of(f"<p>{DEPARTMENT_2024.title}</p>", FIRST, f"<p>{COUNTY_2023.title}</p>", SECOND),
        page_of(FIRST, f"<p>{COUNTY_2023.title}</p>", SECOND, f"<p>{WATER_2023.title}</p>"),
    ],
    ids=["one below the other", "side by side", "titles said twice", "a link to a third"],
)
def test_two_reports_on_a_page(page):
    results = list(check_all(page, name="页.html"))
    assert [result.path for result in results] == ["页.html#1", "页.html#2"]
    assert [result.report.identity.title for result in results] == [DEPARTMENT_2024.title, COUNTY_2023.title]
    alone = [check(report_as_html(report), name="页.html") for report in (DEPARTMENT_2024, COUNTY_2023)]
    assert [told(result) for result in results] == [told(result) for result in alone]
    for one, other in zip(results, alone, strict=True):
        assert {k: t.cells.keys() for k, t in one.report.tables.items()} == {
            k: t.cells.keys() for k, t in other.report.tables.items()
        }


@pytest.mark.parametrize(
    "page",
    [
        page_of(f"<p>{DEPARTMENT_2024.title}</p>", FIRST),
        page_of(FIRST, f"<p>{COUNTY_2023.title}</p>", f"<p>{WATER_2023.title}</p>"),
        page_of(FIRST.replace("<h2", f"<p>{DEPARTMENT_2024.title}</p><h2")),
    ],
    ids=["title in the frame", "links below", "a running head"],
)
def test_titles_alone_make_no_second_report(page):
    (result,) = check_all(page, name="页.html")
    assert result.path == "页.html"
    assert result.report.identity.title == DEPARTMENT_2024.title
    assert set(result.report.tables) == {"T2", "T3", "T4"}


def test_two_reports_that_cannot_be_told_apart_are_said_to_be_two():
    second = SECOND.replace(COUNTY_2023.title, "")
    (result,) = check_all(page_of(FIRST, second), name="页.html")
    assert [note.code for note in result.report.document.notes] == ["several_reports"]
    assert "READ-01" in [finding.rule for finding in result.findings]
