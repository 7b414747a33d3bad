"""Packages of reports, mails and web archives."""

import base64
import io
import zipfile

import pytest
from package_files import message, pack

from checker.model.errors import UnreadableError
from checker.readers import read_document
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.packages.unpack import members
from checker.readers.raw.mime import read_parts

TEXT = "年度报告".encode()
PAGE = "<html><body><p>年度报告</p></body></html>".encode()


def names(data, name="a.zip"):
    return [member.name for member in members(data, name, DEFAULT_LIMITS)]


def refusal(data, name="a.zip", limits=DEFAULT_LIMITS):
    with pytest.raises(UnreadableError) as caught:
        members(data, name, limits)
    return caught.value.code


def fates(data, name="a.zip", limits=DEFAULT_LIMITS):
    """What became of each member: `read`, or the code of why it cannot be had."""
    return {member.name: getattr(member.content, "code", "read") for member in members(data, name, limits)}


def attachment(head, body=TEXT):
    return (f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {head}", body)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (["甲.txt", "乙/丙.txt", "乙/"], ["甲.txt", "乙/丙.txt"]),
        (
            ["a.txt", "logo.png", "__MACOSX/._a", ".DS_Store", "乙/Thumbs.db", "~$a"],
            ["a.txt", "（其他文件）"],
        ),
        ([".甲.txt", "__MACOSX/丙.txt", "~$乙.txt"], [".甲.txt", "__MACOSX/丙.txt"]),
        (["报告.html", "报告_files/frame.html", "报告_files/a.css"], ["报告.html"]),
        (["乙/报告.htm", "乙/报告.files/header.htm", "丙.files/丁.htm"], ["乙/报告.htm", "丙.files/丁.htm"]),
        (["a\\b.txt"], ["a/b.txt"]),
        (["报告.html", "报告_files/a.png", ".图.png"], ["报告.html"]),
    ],
)
def test_members_that_may_be_reports(inside, expected):
    assert names(pack([(name, TEXT) for name in inside])) == expected


def test_pictures_are_told_in_one_line():
    """Any of them may be a scanned report."""
    pictures = [(f"扫描{number}.JPG", TEXT) for number in range(5)]
    said = members(pack([("甲.txt", TEXT), *pictures, ("a.css", TEXT)]), "a.zip", DEFAULT_LIMITS)[-1]
    assert said.name == "（其他文件）"
    assert str(said.content).startswith("没有检查的还有：图片 5 个（扫描0.JPG、扫描1.JPG、扫描2.JPG 等）。")
    assert refusal(pack(pictures)) == "empty_package"


def test_what_is_left_beside_documents():
    """What its content shows to be no document is passed over, and nothing else because of its name."""
    double, lock, report = b"\0\5\x16\7" + bytes(80), b"\6Office" + bytes(155), "年度报告。".encode() * 100
    left = [("__MACOSX/._甲.txt", double), ("._乙.docx", double), ("~$丙.docx", lock), (".丁.txt", b"")]
    kept = [("._戊.txt", report), ("~$己.txt", report), ("庚.txt/", report)]
    assert names(pack([*left, *kept])) == ["._戊.txt", "~$己.txt", "庚.txt"]
    assert names(pack([("甲.txt", report), ("文件夹.txt/", b"")])) == ["甲.txt"]


def test_an_unknown_transfer_encoding_is_told():
    head, body = attachment('filename="a.txt"')
    own = message(
        (head + "\r\nContent-Transfer-Encoding: x-own", body), head="From: a@b.cn\r\nTo: c@d.cn\r\n"
    )
    assert fates(own, "a.eml") == {"a.txt": "damaged"}


def test_names_written_by_windows():
    made = pack([("abcdefgh.txt", TEXT)])
    assert names(made.replace(b"abcdefgh", "年度报告".encode("gbk"))) == ["年度报告.txt"]
    assert names(pack([("ab.txt", TEXT)]).replace(b"ab.txt", "年.t".encode()[:6].ljust(6, b"t"))) == ["年.tt"]


def test_packages_inside_packages():
    inner = pack([("乙.txt", TEXT)])
    assert names(pack([("甲.txt", TEXT), ("包.zip", inner)])) == ["甲.txt", "包.zip/乙.txt"]
    deeper = pack([("包.zip", pack([("包.zip", inner)]))])
    assert names(deeper) == ["包.zip/包.zip"]
    (member,) = members(deeper, "a.zip", DEFAULT_LIMITS)
    with pytest.raises(UnreadableError) as caught:
        read_document(member.content, "包.zip")
    assert caught.value.code == "package"
    broken = pack([("甲.txt", TEXT), ("包.zip", pack([("../乙.txt", TEXT), ("丙.png", TEXT)]))])
    assert fates(broken) == {
        "甲.txt": "read",
        "包.zip/../乙.txt": "unsafe_path",
        "包.zip/（其他文件）": "other_files",
    }
    bare = pack([("甲.txt", TEXT), ("包.zip", pack([("丙.png", TEXT)]))])
    assert fates(bare) == {"甲.txt": "read", "包.zip": "empty_package"}
    cut = members(pack([("甲.txt", TEXT), ("包.zip", inner[:-30])]), "a.zip", DEFAULT_LIMITS)[1]
    with pytest.raises(UnreadableError):
        read_document(cut.content, cut.name)


def test_a_plain_file_is_no_package():
    assert members(TEXT, "a.txt", DEFAULT_LIMITS) == []
    assert members(pack({"word/document.xml": "x"}), "a.docx", DEFAULT_LIMITS) == []
    assert members(b"\x89PNG\r\n\x1a\n", "a.png", DEFAULT_LIMITS) == []


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "C:/a.txt", "a/../../b.txt", "..\\a.txt"])
def test_names_that_point_outside(name):
    assert list(fates(pack([(name, TEXT), ("b.txt", TEXT)])).values()) == ["unsafe_path", "read"]


def changed(name, **fields):
    """A package of two members in which the entry of the first is changed in the directory and in front of it."""
    data = bytearray(pack([(name, TEXT), ("b.txt", TEXT)]))
    places = {"flags": (6, 8), "method": (8, 10), "checksum": (14, 16)}
    for field, value in fields.items():
        for signature, offset in ((b"PK\x03\x04", places[field][0]), (b"PK\x01\x02", places[field][1])):
            at = data.find(signature) + offset
            data[at : at + 2] = value.to_bytes(2, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("package", "code"),
    [
        (changed("a.txt", flags=1), "encrypted"),
        (changed("a.txt", method=97), "damaged"),
        (changed("a.txt", checksum=7), "damaged"),
    ],
    ids=["password", "unknown method", "wrong checksum"],
)
def test_one_bad_member_costs_no_other(package, code):
    assert fates(package) == {"a.txt": code, "b.txt": "read"}


def test_members_of_one_name():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", TEXT)
        for content in (b"other", b"third"):
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr("a.txt", content)
    twice = made.getvalue()
    found = members(twice, "a.zip", DEFAULT_LIMITS)
    assert [(member.name, member.content) for member in found] == [
        ("a.txt", TEXT),
        ("a.txt（第2个）", b"other"),
        ("a.txt（第3个）", b"third"),
    ]


def test_parts_of_documents_inside_are_no_members():
    inner = pack([("word/document.xml", b"x"), *((f"{n}.xml", b"x") for n in range(6))])
    stored = pack([(f"{n}.docx", inner) for n in range(4)])
    assert len(members(stored, "a.zip", Limits(entries=8))) == 4


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("大碶街道.txt".encode("gbk"), 0, "大碶街道.txt"),
        ("Ωé.txt".encode(), 0x800, "Ωé.txt"),
        ("年报.txt".encode(), 0, "年报.txt"),
        ("年报.txt".encode("gbk"), 0x800, "年报.txt"),
        (b"a\x00.txt", 0, "a"),
    ],
    ids=["5C in GBK", "marked UTF-8", "unmarked UTF-8", "wrongly marked", "a null byte"],
)
def test_names_as_they_were_meant(raw, flags, name):
    placeholder = b"x" * len(raw)
    data = bytearray(pack([(placeholder.decode(), TEXT)]).replace(placeholder, raw))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature) + offset
        data[at : at + 2] = flags.to_bytes(2, "little")
    assert fates(bytes(data)) == {name: "read"}


def test_packages_that_are_too_large():
    assert refusal(pack([(f"{n}.txt", b"x") for n in range(9)]), limits=Limits(entries=8)) == "too_large"
    assert fates(pack([("a.txt", bytes(2000))]), limits=Limits(part_bytes=1000)) == {"a.txt": "too_large"}
    nested = pack([(f"{n}.zip", pack([("a.txt", bytes(400))])) for n in range(4)])
    assert set(fates(nested, limits=Limits(total_bytes=2500)).values()) == {"read", "too_large"}
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(3_000_000))
    assert fates(bomb.getvalue()) == {"a.txt": "too_large"}


def test_packages_without_reports():
    assert refusal(pack([("a.png", b"x")])) == "empty_package"
    assert refusal(message(("Content-Type: image/png", b"x")), "a.eml") == "empty_package"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('filename="a.txt"', "a.txt"),
        ("filename=a.txt", "a.txt"),
        (f'filename="=?gb2312?B?{base64.b64encode("年报".encode("gbk")).decode()}?=.doc"', "年报.doc"),
        ('filename="=?utf-8?Q?=E5=B9=B4?=\r\n =?utf-8?Q?=E6=8A=A5?=.doc"', "年报.doc"),
        ("filename*=utf-8''%E5%B9%B4%E6%8A%A5.doc", "年报.doc"),
        ("filename*0*=gbk''%C4%EA; filename*1*=%B1%A8.doc", "年报.doc"),
        ('filename*0="a"; filename*1="b.doc"', "ab.doc"),
        ('filename="../../etc/a.doc"', "_.._etc_a.doc"),
        ('filename="C:\\\\a.doc"', "C_a.doc"),
        ('filename="a\\"b.doc"', "a_b.doc"),
    ],
)
def test_names_of_attachments(head, expected):
    assert names(message(attachment(head)), "a.eml") == [expected]


def test_a_mail_gives_its_text_and_its_attachments():
    both = message(
        ("Content-Type: text/plain", b"see attached"),
        ("Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable", b"<p>a=3Db=\r\nc</p>"),
        kind="multipart/alternative",
    )
    inner = both.replace(b"--=_x", b"inner").split(b"\r\n\r\n", 1)[1]
    mail = message(
        ("Content-Type: multipart/alternative; boundary=inner", inner),
        (
            'Content-Type: application/msword; name="a.doc"\r\nContent-Transfer-Encoding: base64',
            base64.b64encode(TEXT),
        ),
        ('Content-Type: application/msword; name="a.doc"', b"two"),
        ("Content-Type: image/png; name=logo.png", b"x"),
        (
            "Content-Type: message/rfc822",
            b"Subject: y\r\nContent-Type: text/plain; name=b.txt\r\n\r\nforwarded",
        ),
    )
    assert [(member.name, member.content) for member in members(mail, "a.eml", DEFAULT_LIMITS)] == [
        ("正文.html", b"<p>a=bc</p>"),
        ("a.doc", TEXT),
        ("a.doc（第2个）", b"two"),
        ("b.txt", b"forwarded"),
    ]


def test_a_mail_without_parts_is_its_text():
    (member,) = members(b"Subject: a\r\nTo: b\r\n\r\nbody", "a.eml", DEFAULT_LIMITS)
    assert (member.name, member.content) == ("正文.txt", b"body")


def test_a_package_in_a_mail():
    head, content = attachment('filename="包.zip"', base64.b64encode(pack([("甲.txt", TEXT)])))
    mail = message((f"{head}\r\nContent-Transfer-Encoding: base64", content))
    assert names(mail, "a.eml") == ["包.zip/甲.txt"]


def test_parts_nested_too_deep():
    endless = b"Subject: a\r\nTo: b\r\n"
    for depth in range(40):
        endless += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
    assert refusal(endless, "a.eml") == "too_large"
    assert refusal(message(*[("A: b", b"x")] * 30), "a.eml", Limits(entries=20)) == "too_large"


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b"5bm0", "年"), (b"5b\r\nm0", "年"), (b"5bm0=", "年"), (b"5bm0A", "年"), (b"!!", "")],
)
def test_base64_as_it_comes(body, expected):
    (part,) = read_parts(b"Content-Transfer-Encoding: base64\r\n\r\n" + body, DEFAULT_LIMITS)
    assert part.body.decode() == expected


def archived(*parts):
    return message(*parts, kind="multipart/related; type=text/html", head="From: <Saved>\r\n")


def test_web_archives():
    document = read_document(
        archived(
            ("Content-Type: text/css", b"p {}"),
            ("Content-Type: text/html", PAGE),
            ("Content-Type: image/png", b"x"),
        ),
        "a.mht",
    )
    assert document.format == "mhtml"
    assert [block.text for block in document.blocks] == ["年度报告"]


def test_a_web_archive_of_frames_is_its_longest_page():
    frames = ("Content-Type: text/html", b"<html><frameset><frame src=a></frameset></html>")
    document = read_document(archived(frames, ("Content-Type: text/html", PAGE + b" " * 99)), "a.mht")
    assert [block.text for block in document.blocks] == ["年度报告"]


def test_a_web_archive_without_a_page():
    with pytest.raises(UnreadableError) as caught:
        read_document(archived(("Content-Type: image/png", b"x")), "a.mht")
    assert caught.value.code == "damaged"
