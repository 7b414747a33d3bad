"""Annotated Word documents are valid against the schema of their format, or no less so than the source was."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from faults import FAULTS
from lxml import etree
from reading_back import main_part, parsed
from samples import TOWNSHIP_2024, write
from shapes import (
    RELATIONS,
    SHAPES,
    STRICT,
    STRICT_RELATIONS,
    WORD,
    annotated_by_others,
    edited,
    shaped,
    strict,
)

from checker.api import annotate, check

DATA = Path(__file__).with_name("data")
REPORTS = {f"{fault.rule} {fault.name}": fault.report for fault in FAULTS}
CASES = (
    "DOC-05 正文写成上一年",
    "STY-09 两个句号",
    "T3-02 新收写错一格",
    "T3-05 总计列没有填",
    "T2-10 整张空白",
)
"""Numbers, punctuation, a cell, empty cells, a table."""


class Kept(etree.Resolver):
    """Schemas come from the archive, and from nowhere else."""

    def resolve(self, url, _, context):
        with zipfile.ZipFile(DATA / "schema.zip") as archive:
            return self.resolve_string(archive.read(Path(url).name), context, base_url=url)


@cache
def schema():
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Kept())
    return etree.XMLSchema(etree.parse("wml.xsd", parser))


def faults_of(data, part):
    """What is wrong with a part; the strict form of the standard differs in the names of vocabularies."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if part not in archive.namelist():
            return set()
        content = archive.read(part)
    for name, transitional in ((STRICT, WORD), (STRICT_RELATIONS, RELATIONS)):
        content = content.replace(name.encode(), transitional.encode())
    schema().validate(parsed(content))
    return {one.message for one in schema().error_log}


def holds(data):
    """Annotate with proposals: the comments are valid, and nothing is wrong that was not wrong before."""
    copy = annotate(data, check(data, name="报告.docx"), propose=True)
    assert b"commentRangeStart" in main_part(copy).replace(b"\0", b"")
    assert faults_of(copy, "word/document.xml") <= faults_of(data, "word/document.xml")
    assert faults_of(copy, "word/comments.xml") <= faults_of(data, "word/comments.xml")
    return copy


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_every_shape(case, shape):
    holds(shaped(write(REPORTS[case], "docx"), shape))


@pytest.mark.parametrize("make", [lambda data: data, strict, annotated_by_others])
def test_a_report_with_many_findings(make):
    data = make(write(TOWNSHIP_2024, "docx"))
    assert faults_of(data, "word/document.xml") == set()
    again = holds(holds(data))
    assert faults_of(again, "word/document.xml") == faults_of(again, "word/comments.xml") == set()


@pytest.mark.parametrize("file", ["libreoffice", "libreoffice_saved_annotated"])
def test_what_another_program_has_saved(file):
    holds((DATA / f"{file}.docx").read_bytes())


@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("document.xml", "<w:commentRangeStart ", "<w:commentStart "),
        ("document.xml", '<w:del w:id="', '<w:del w:number="'),
        ("document.xml", "</w:rPr><w:delText", "</w:rPr><w:rPr/><w:delText"),
        ("comments.xml", " w:id=", " w:number="),
        ("comments.xml", "w:author=", "w:writer="),
    ],
)
def test_the_schema_finds_what_is_wrong(part, right, wrong):
    copy = holds(shaped(write(REPORTS["T3-02 新收写错一格"], "docx"), "formatted"))
    change = {f"word__{part}": lambda text: text.replace(right, wrong, 1)}
    broken = edited(copy, change.pop("word__document.xml", lambda text: text), **change)
    assert broken != copy
    assert faults_of(broken, f"word/{part}")
