"""Hostile files on the whole way from file to result: one sentence each, in time, in little memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.api import check_all

READERS = Path(__file__).parents[1] / "readers"
MEBIBYTE = 1 << 20


def packed(parts, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def docx(body, **others):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return packed({"[Content_Types].xml": types, "word/document.xml": document, **others})


def pdf(*objects):
    """A file of these objects, the first of them its catalogue, with a right table of places."""
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj{content}endobj\n".encode("latin-1")
    listed = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{listed}"
    tail = f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(made)}\n%%EOF"
    return made + (head + tail).encode()


def stream(data, attributes=""):
    packed_data = zlib.compress(data, 9)
    head = f"<</Length {len(packed_data)}/Filter/FlateDecode{attributes}>>stream\n"
    return head + packed_data.decode("latin-1") + "\nendstream"


PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"


def page(content=b"", box="0 0 595 842", more=""):
    shown = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R{more}>>"
    return pdf(CATALOGUE, PAGES, shown, stream(content))


WHOLE = write(DEPARTMENT_2024, "docx")
PAGE = write(COUNTY_2023, "html")
CHROME = (READERS / "data" / "pdf" / "chrome.pdf").read_bytes()
LAUGHS = (
    "<!DOCTYPE a ["
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'ha'}'>" for n in range(9))
    + "]>"
)
CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
NUMBERED = '<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999"/><w:numId w:val="9"/></w:numPr></w:pPr></w:p>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KOREAN = "정보공개 연차보고서는 공공기관의 정보공개에 관한 법률에 따라 작성하였다. "
NESTED = "<w:tbl><w:tr><w:tc>"

HOSTILE = {
    "文件是空的.docx": b"",
    "只有魔数.docx": b"PK\x03\x04",
    "截断的.docx": WHOLE[: len(WHOLE) // 2],
    "其实是图片.docx": b"\x89PNG\r\n\x1a\n" + bytes(99),
    "其实是程序.pdf": b"MZ" + bytes(999),
    "膨胀.docx": docx("<w:p/>" * (6 * MEBIBYTE)),
    "部件太大.docx": docx("", **{"word/styles.xml": bytes(40 * MEBIBYTE)}),
    "实体.docx": packed({"word/document.xml": f"{LAUGHS}<a>&l8;</a>"}),
    "外部实体.docx": packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
    "百万格.docx": docx("<w:tbl>" + f"<w:tr>{CELL * 400}</w:tr>" * 600 + "</w:tbl>"),
    "跨百万列.docx": docx(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "表套表.docx": docx(NESTED * 3000 + "</w:tc></w:tr></w:tbl>" * 3000),
    "编号无底.docx": docx(NUMBERED * 999),
    "加密.docx": OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(999),
    "复合文件乱指.doc": OLE + b"\xff" * 504 + "WordDocument".encode("utf-16-le") + b"\xff" * 9999,
    "深.html": b"<html><body>" + b"<div>" * 200_000 + "年度报告".encode(),
    "表格深.html": b"<html><body>" + b"<table><tr><td>" * 5000,
    "跨行跨列.html": b"<html><body><table>" + b"<tr><td rowspan=65000 colspan=1000>x</td></tr>" * 300,
    "属性长.html": b"<html><body><p " + b"a=b " * 900_000 + b">x",
    "不闭合的注释.html": b"<html><!--" + b"<p>x" * 400_000,
    "十万段.html": b"<html><body>" + b"<p>x</p>" * 100_000,
    "一行到底.txt": "年度报告".encode() * (2 * MEBIBYTE),
    "空行.txt": b"\n" * (8 * MEBIBYTE),
    "制表符.txt": b"\t" * (4 * MEBIBYTE),
    "竖线.md": b"|" * (2 * MEBIBYTE),
    "引用套引用.md": b">" * 200_000,
    "控制字符.txt": bytes(range(32)) * 9999,
    "坏编码.txt": b"\xff\xfe" + b"\x00\xd8" * 9999,
    "韩文旧编码.txt": (KOREAN * 9).encode("euc-kr"),
    "页框无边.pdf": page(b"BT ET", "0 0 9e30 9e30"),
    "页框颠倒.pdf": page(b"BT ET", "9 9 -9 -9"),
    "流膨胀.pdf": page(b"0 0 m 9 9 l S\n" * (4 * MEBIBYTE)),
    "环.pdf": pdf(CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 9>>"),
    "页数谎报.pdf": pdf(CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 99999999>>", "<</Type/Page/Parent 2 0 R>>"),
    "自引的图.pdf": pdf(
        CATALOGUE, PAGES,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources 5 0 R>>", stream(b"/X Do"),
        "<</XObject<</X 6 0 R>>>>",
        stream(b"/X Do " * 9, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R"),
    ),
    "数组深.pdf": pdf(CATALOGUE, "[" * 100_000),
    "截断的.pdf": CHROME[:9999],
    "中间坏了.pdf": CHROME[:20_000] + bytes(2000) + CHROME[22_000:],
    "有口令.pdf": (READERS / "data" / "pdf" / "password.pdf").read_bytes(),
    "四十二.zip": packed({f"{n}.zip": packed({"a.zip": packed({"a.txt": bytes(9 * MEBIBYTE)})}) for n in range(16)}),
    "跳出去.zip": packed({"../../../etc/cron.d/a.txt": b"x", "a.txt": b"x"}),
    "同名.zip": packed({"a.txt": b"x"}) + packed({"a.txt": "年度报告".encode()}),
    "一万个.zip": packed({f"{n}.txt": b"" for n in range(10_000)}, zipfile.ZIP_STORED),
    "邮件套邮件.eml": b"Subject: a\nTo: b\n" + b"Content-Type: message/rfc822\n\n" * 3000,
    "边界.eml": b"Subject: a\nTo: b\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 90_000,
    "括号.rtf": b"{\\rtf1" + b"{" * (2 * MEBIBYTE),
    "二进制.rtf": b"{\\rtf1\\bin2147483647 x}",
}  # fmt: skip
"""File names with what makes them hostile, and the files."""

HARMLESS_ENDS = {"checked", "skipped", "unreadable"}


def ends(name):
    return [(result.status.value, result.problem) for result in check_all(HOSTILE[name], name=name)]


@pytest.mark.parametrize("name", HOSTILE)
def test_every_file_ends_with_one_sentence(name):
    found = ends(name)
    assert found
    assert {status for status, _ in found} <= HARMLESS_ENDS
    for status, problem in found:
        if status == "checked":
            continue
        assert problem.code != "internal"
        assert problem.text.endswith("。")
        assert "\n" not in problem.text
        assert len(problem.text) < 100


@pytest.mark.parametrize("source", ["chrome.pdf", "报告.docx", "报告.html"])
def test_cut_at_every_kilobyte(source):
    data = {"chrome.pdf": CHROME, "报告.docx": WHOLE, "报告.html": PAGE}[source]
    for end in range(1, len(data), max(1024, len(data) // 40)):
        (result,) = check_all(data[:end], name=source)
        assert result.problem is None or result.problem.code != "internal"


MEASURE = """
import json, sys
sys.path[:0] = json.loads(sys.argv[1])
from pathlib import Path
from test_hostile import HOSTILE, ends
from checker.readers.apart.reading_process import reading_process

def most(process):
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])

before, readers = most("self"), [0]
for name in HOSTILE:
    ends(name)
    process = reading_process()._process
    if process and process.is_running:
        readers.append(most(process._popen.pid))
reading_process().close()
print(json.dumps([most("self") - before, max(readers)]))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is asked for is in /proc")
def test_memory():
    """Neither the program nor its reading process takes more than 250 MB besides the files themselves."""
    command = [sys.executable, "-c", MEASURE, json.dumps(sys.path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    assert max(json.loads(ran.stdout)) < 250 * 1024, ran.stdout
