import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.errors import UnreadableError
from checker.readers.raw.encoding import decode, replaced_characters

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


SIMPLIFIED = (
    "根据规定，本局编写了这份报告。全年收到申请九件，都已按时办结，没有引起复议和诉讼，"
    "下一年还要改进公开的方式，把群众关心的事项放在显眼的位置。"
)
TRADITIONAL = (
    "根據規定，本局編寫了這份報告。全年收到申請九件，都已按時辦結，沒有引起覆議和訴訟，"
    "下一年還要改進公開的方式，把群眾關心的事項放在顯眼的位置。"
)
KOREAN = (
    "규정에 따라 본 기관은 이 보고서를 작성하였다. 한 해 동안 신청 아홉 건을 받아 모두 처리하였으며 "
    "소송은 없었다. 내년에는 공개 방식을 개선하고 주민이 관심을 가지는 사항을 눈에 띄게 싣는다."
)
JAPANESE = (
    "規定に基づき、当局はこの報告書を作成した。年間九件の申請を受け、すべて期限内に処理し、"
    "訴訟は起きていない。来年は公開の方法を改め、住民の関心が高い事項を見やすい所に載せる。"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(TRADITIONAL, "big5"), (KOREAN, "euc-kr"), (JAPANESE, "shift_jis")],
)
def test_text_of_elsewhere_is_refused_and_does_not_pass_for_chinese(text, encoding):
    with pytest.raises(UnreadableError) as caught:
        decode(text.encode(encoding))
    assert caught.value.code == "encoding"


def test_text_that_was_decoded_wrongly_before_it_was_saved():
    spoilt = SIMPLIFIED.encode("utf-8").decode("gb18030", "ignore")
    with pytest.raises(UnreadableError):
        decode(spoilt.encode())


RARE = "喆堃昇淼犇骉翀祎玥珺瑄璟煜燊赟龑" * 9


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN, SIMPLIFIED + RARE, TRADITIONAL + RARE, RARE],
)
def test_readable_text_is_never_taken_for_gibberish(text, encoding):
    assert decode(text.encode(encoding))[0] == text


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
