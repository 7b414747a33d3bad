import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import UnreadableError
from checker.readers.encoding import decode, replaced_characters

REPORT = "甲市乙局2024年年度报告\n一、概述\n全年公开信息12条，其中文件3件。\n镕喆〇①“引号”——完\n"
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_without_mark(encoding):
    assert decode(REPORT.encode(encoding)) == (REPORT, encoding)


@pytest.mark.parametrize("encoding", MARKS)
def test_byte_order_marks(encoding):
    assert decode(MARKS[encoding] + REPORT.encode(encoding)) == (REPORT, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_become_one(encoding, line_end):
    assert decode(REPORT.replace("\n", line_end).encode(encoding))[0] == REPORT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("一、一一二一\n", "utf-16-le"),  # NUL bytes where big-endian digits have them
        ("一、一一二一\n", "utf-16-be"),
        ("12\n", "utf-16-le"),
        ("12\n", "utf-16-be"),
        ("联通", "gb18030"),  # Notepad's famous mistake
        ("plain ASCII", "utf-8"),
    ],
)
def test_short_texts(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("declared", [None, "gb2312", "GBK", "x-gbk", "utf-8", "utf-7", "zip", "", "no such"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_mistaken_declaration_does_no_harm(declared, encoding):
    assert decode(REPORT.encode(encoding), declared) == (REPORT, encoding)


def test_a_declaration_decides_what_bytes_cannot():
    text = "臺灣地區資料公開"
    assert decode(text.encode("big5"), "Big5") == (text, "big5hkscs")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_single_bad_bytes_are_replaced_and_counted(encoding):
    data = (REPORT * 5).encode(encoding) + b"\xff" + "结尾\n".encode(encoding)
    text, found = decode(data)
    assert (text, found) == (REPORT * 5 + "\ufffd结尾\n", encoding)
    sentence = replaced_characters(text)
    assert "有 1 个字符" in sentence
    assert "第 21 行" in sentence


def test_a_truncated_file_keeps_all_but_the_last_character():
    text, encoding = decode((REPORT * 3).encode()[:-2])
    assert encoding == "utf-8"
    assert text == (REPORT * 3)[:-2] + "\ufffd"


def test_legible_text_needs_no_note():
    assert replaced_characters(REPORT) is None


@pytest.mark.parametrize("data", [b"\xff" * 40, b"\xfe\xff" + b"\xd8\x00" * 30, b"\x80\xff" * 20])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert caught.value.code == "encoding"


@given(st.binary(max_size=400), st.sampled_from([None, "gb2312", "big5", "utf-16"]))
def test_any_bytes(data, declared):
    try:
        text, _ = decode(data, declared)
    except UnreadableError:
        return
    assert "\r" not in text
