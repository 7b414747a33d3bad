import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from package_files import compound, odt

from checker.model.errors import UnreadableError
from checker.readers.formats import formats, identify

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive(*names, first=b""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, first)
    return buffer.getvalue()


def ole(stream):
    return OLE + stream.encode("utf-16-le").ljust(128, b"\0")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        ("年度报告\n一、概述\n", "a.txt", "txt"),
        ("年度报告\n一、概述\n", "a", "txt"),
        ("# 年度报告\n", "a.MD", "markdown"),
        ("# 年度报告\n", "a.markdown", "markdown"),
        ("# 年度报告\n", "a.txt", "txt"),
        ("<table><tr><td>1</td></tr></table>", "a.md", "markdown"),
        ("<!-- 说明 -->\n# 年度报告", "a.md", "markdown"),
        ("<!DOCTYPE html><p>报告</p>", "a.md", "html"),
        ("<table border=1><tr><td>1</td></tr></table>", "a.txt", "html"),
        ("\ufeff\n  <!-- 甲 --><!-- 乙 -->\n<HTML lang=zh>报告", "a.doc", "html"),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "">\n<html/>', "a.doc", "html"),
        ("没有标签的网页", "a.htm", "html"),
        ("<条例>是依据", "a.txt", "txt"),
        ("a < b", "a.txt", "txt"),
        ("关于：报告\n", "a.txt", "txt"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.doc", "docx"),
        (archive("[Content_Types].xml", "word\\document2.xml"), "a.wps", "docx"),
        (archive("word/document.xml", "xl/embedded.bin"), "a", "docx"),
    ],
)
def test_formats_that_are_read(data, name, expected):
    assert identify(data.encode() if isinstance(data, str) else data, name).name == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<html><body>年度报告\n</body></html>", "a.txt", "html"),
        ("年度报告\n12件\n", "a.txt", "txt"),
        ("# 年度报告\n12件\n", "a.md", "markdown"),
        ("关于：报告\n12件\n", "a.txt", "txt"),
    ],
)
def test_text_formats_in_any_encoding(encoding, text, name, expected):
    assert identify(text.encode(encoding), name).name == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\r\n\r\n%PDF-1.4\n", "pdf"),
        (ole("WordDocument"), "doc"),
        (ole("Workbook"), "xls"),
        (ole("Book"), "xls"),
        (compound(["WordDocument", "1Table"], ["Workbook", "EncryptedPackage"]), "doc"),
        (compound(["WORKBOOK"], ["WordDocument"]), "xls"),
        (b"{\\rtf1\\ansi}", "rtf"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (archive("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt"),
        (archive("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (archive("甲.docx", "乙.docx"), "zip"),
        (archive("Word/Documents/甲.doc", "XL/乙.xls", "ppt/丙.ppt"), "zip"),
        (
            b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=text/html\r\n",
            "mhtml",
        ),
        (
            b"Content-Type: multipart/related; boundary=a\r\nMIME-Version: 1.0\r\n\r\n--a",
            "mhtml",
        ),
        (
            b"From: <a>\r\nSnapshot-Content-Location: http://a/\r\nContent-Type: multipart/related\r\n",
            "mhtml",
        ),
        (b"From: a@example.cn\r\nTo: b@example.cn\r\nSubject: x\r\n\r\nhi", "eml"),
        (b"Subject: x\r\nContent-Type: multipart/mixed\r\n\r\n\r\nContent-Type: multipart/related", "eml"),
    ],
)
def test_formats_that_their_bytes_give_away(data, expected):
    assert identify(data, "报告.docx").name == expected


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (ole("EncryptedPackage"), "encrypted", "密码"),
        (ole("PowerPoint Document"), "unsupported", ".ppt"),
        (OLE, "unsupported", "复合文件"),
        (compound(["EncryptedPackage", "EncryptionInfo"]), "encrypted", "密码"),
        (compound(["Contents"], ["WordDocument"]), "unsupported", "复合文件"),
        (archive("[Content_Types].xml", "xl/workbook.bin"), "unsupported", ".xlsx"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "unsupported", ".pptx"),
        (
            archive("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"),
            "unsupported",
            ".ods",
        ),
        (archive(), "unsupported", "压缩包"),
        (archive("word/document.xml")[:40], "damaged", "不完整"),
        (b"Rar!\x1a\x07\x01\0", "unsupported", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "unsupported", "压缩包"),
        (b"\x1f\x8b\x08\0", "unsupported", "压缩包"),
        (b"\x89PNG\r\n\x1a\n\0", "unsupported", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "unsupported", "图片"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "unsupported", "图片"),
        (b"MZ\x90\0\x03\0", "unsupported", "程序"),
        (b"\x7fELF\x02\x01\x01\0", "unsupported", "程序"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "unsupported", "XML"),
        (b"\0\x01\x02\x03" * 9, "unsupported", "二进制"),
        (b"\x01\x02\x03\x04\x05\x06" * 9, "unsupported", "二进制"),
    ],
)
def test_formats_that_are_not_read(data, code, word):
    with pytest.raises(UnreadableError) as caught:
        identify(data, "报告.docx")
    assert caught.value.code == code
    assert word in caught.value.text
    assert caught.value.text.endswith("。")


def test_an_opendocument_text_packed_again_by_hand():
    """Its type, which should come first and uncompressed, cannot be seen in the first bytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(odt("<text:p>正文</text:p>"))) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in reversed(source.namelist()):
            target.writestr(name, source.read(name))
    assert identify(packed.getvalue(), "年报.odt").name == "odt"


def test_a_mail_saved_as_text_in_utf16_is_text():
    text = "From: a@example.cn\nSubject: 年度报告\n\n正文\n"
    assert identify(text.encode("utf-16"), "a.txt").name == "txt"
    assert identify(text.encode(), "a.txt").name == "eml"


@pytest.mark.parametrize(("name", "expected"), [("a.eml", "eml"), ("a.mht", "mhtml"), ("a", "mhtml")])
def test_a_mail_built_like_a_web_archive(name, expected):
    data = b"Date: x\r\nTo: b@example.cn\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a"
    assert identify(data, name).name == expected


@pytest.mark.parametrize("cut", range(8, 200, 16))
def test_a_lying_central_directory_never_breaks_anything(cut):
    whole = bytearray(archive("word/document.xml", "word/styles.xml"))
    whole[-cut:] = b"\xff" * cut
    with pytest.raises(UnreadableError) as caught:
        identify(bytes(whole), "a.docx")
    assert caught.value.code == "damaged"


@given(
    st.sampled_from([b"", b"PK\x03\x04", OLE[:8], b"<", b"%PDF", b"\xff\xfe", b"From: a\n"]),
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "b.md", "c.html", "d"]),
)
def test_any_bytes(magic, data, name):
    try:
        assert identify(magic + data, name) in formats()
    except UnreadableError as error:
        assert error.text  # noqa: PT017 - either outcome is right
