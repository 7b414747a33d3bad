"""The annotated copy beside a letter: of the very file, wherever it lay, and as discreet as the letter."""

from __future__ import annotations

import io
import zipfile
from functools import partial

import pytest
from county import UNITS, report, with_wrong_cell
from inbox import packed
from samples import write
from season_samples import EDUCATION, FINANCE, POLICE, counts_of, season, standing, submission

from checker.api import CheckOptions, check_all, load_rulebook
from checker.model.season import Role, State
from checker.office.letters import copies, letters
from checker.office.letters.copies import SentFiles
from checker.office.outputs import OutputOptions
from checker.office.result_folder import ResultFolder
from checker.readers.packages import unpack
from checker.readers.packages.unpack import members
from checker.run.pipeline import read_bytes
from checker.startup.records import replace

WRONG = with_wrong_cell(report(UNITS[EDUCATION]))
READ = partial(read_bytes, load_rulebook(), options=CheckOptions())


@pytest.fixture
def box(tmp_path, monkeypatch):
    """A folder for the inbox to lie in; results have paths relative to it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "收件箱").mkdir()
    return tmp_path


def collected(box, files, state=State.TO_MEND, role=Role.IN_FORCE):
    """A season of one unit that has sent these files, with its letters in the folder 结果."""
    results = []
    for name, data in files.items():
        (box / "收件箱" / name).write_bytes(data)
        results += check_all(box.joinpath("收件箱", name).relative_to(box), options=CheckOptions())
    submissions = [submission(result, role, number) for number, result in enumerate(results)]
    unit = standing(EDUCATION, state, submissions, counts=counts_of(results[0]))
    others = tuple(one for one in season().units if one.unit.name != EDUCATION)
    made = replace(
        season(),
        units=(unit, *(replace(one, state=State.NOT_DUE) for one in others)),
        results=results,
        findings=(),
    )
    letters.write(made, ResultFolder(box / "结果"), OutputOptions(read=READ))
    return made


def names(box):
    return sorted(file.name for file in (box / "结果" / "通知").iterdir())


def text_of(file, part):
    with zipfile.ZipFile(file) as package:
        return package.read(part).decode()


def test_a_word_document_comes_back_with_comments(box):
    collected(box, {"年报.docx": write(WRONG, "docx")})

    assert names(box) == [f"{EDUCATION}.docx", f"{EDUCATION}（批注）.docx"]
    comments = text_of(box / "结果" / "通知" / f"{EDUCATION}（批注）.docx", "word/comments.xml")
    assert "应为" in comments
    assert f"通知/{EDUCATION}（批注）.docx" in (box / "结果" / "邮件合并.csv").read_text(encoding="utf-8")


def test_other_formats_come_as_a_page_without_the_folders_of_the_office(box):
    collected(box, {"年报.txt": write(WRONG, "txt")})
    page = (box / "结果" / "通知" / f"{EDUCATION}（批注）.html").read_text(encoding="utf-8")

    assert "年报.txt" in page
    assert "收件箱" not in page


def test_a_file_in_a_package_is_found(box):
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("年报.docx", write(WRONG, "docx"))
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("批次.zip", inner.getvalue())
    collected(box, {"包.zip": outer.getvalue()})

    assert f"{EDUCATION}（批注）.docx" in names(box)


@pytest.mark.parametrize("kept", [1 << 20, 0])
def test_a_package_is_opened_once_for_all_its_units(tmp_path, monkeypatch, kept):
    opened = []
    files = {name: name.encode() for name in ("一.docx", "二.docx")}
    (tmp_path / "包.zip").write_bytes(packed(files))
    monkeypatch.setattr(copies, "_KEPT", kept)
    monkeypatch.setattr(unpack, "members", lambda *given: (opened.append(given), members(*given))[1])
    sent, path = SentFiles(), str(tmp_path / "包.zip")

    assert {name: sent.bytes_of(path, name) for name in files} == files
    assert sent.bytes_of(path, "三.docx") is None
    assert len(opened) == (1 if kept else 3)  # a very large one is not kept


def test_several_versions_have_a_copy_each(box):
    other = with_wrong_cell(report(UNITS[EDUCATION]), "A", "natural")
    files = {"一.docx": write(WRONG, "docx"), "二.docx": write(other, "docx")}
    collected(box, files, State.UNDECIDED, Role.UNDECIDED)

    assert names(box) == [
        f"{EDUCATION}（批注1）.docx",
        f"{EDUCATION}（批注2）.docx",
        f"{EDUCATION}（请确认版本）.docx",
    ]


def test_a_copy_names_no_other_unit(box):
    made = collected(box, {"年报.docx": write(WRONG, "docx")})
    finding = made.results[0].findings[0]
    telling = replace(
        finding, message=f"与{FINANCE}、{POLICE}相同", evidence={"formula": FINANCE, "also": POLICE}
    )
    made.results[0] = replace(made.results[0], findings=(telling,))
    letters.write(made, ResultFolder(box / "结果"), OutputOptions(read=READ))
    with zipfile.ZipFile(box / "结果" / "通知" / f"{EDUCATION}（批注）.docx") as package:
        text = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())

    assert "与另一单位、另一单位相同" in text
    assert FINANCE not in text
    assert POLICE not in text


@pytest.mark.parametrize(
    "change",
    [lambda file: file.unlink(), lambda file: file.write_bytes(write(report(UNITS[EDUCATION]), "docx"))],
)
def test_without_the_very_file_there_is_no_new_copy_and_the_old_one_stays(box, change):
    made = collected(box, {"年报.docx": write(WRONG, "docx")})
    before = (box / "结果" / "通知" / f"{EDUCATION}（批注）.docx").read_bytes()
    change(box / "收件箱" / "年报.docx")
    letters.write(made, ResultFolder(box / "结果"), OutputOptions(read=READ))

    assert (box / "结果" / "通知" / f"{EDUCATION}（批注）.docx").read_bytes() == before


def test_the_copy_goes_when_nothing_is_left_to_mend(box):
    collected(box, {"年报.docx": write(WRONG, "docx")})
    collected(box, {"年报.docx": write(report(UNITS[EDUCATION]), "docx")}, State.PASSED)

    assert names(box) == [f"{EDUCATION}（合格回执）.docx"]


def test_a_page_with_several_reports_has_no_copy(box):
    text = write(WRONG, "txt") + b"\n" + write(with_wrong_cell(report(UNITS[FINANCE])), "txt")
    collected(box, {"合订.txt": text})

    assert [name for name in names(box) if "批注" in name] == []


def test_a_copy_of_an_older_version_goes_when_a_newer_one_is_written(box):
    collected(box, {"年报.txt": write(WRONG, "txt")})
    collected(box, {"年报.docx": write(WRONG, "docx")})

    assert names(box) == [f"{EDUCATION}.docx", f"{EDUCATION}（批注）.docx"]
