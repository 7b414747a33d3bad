"""Messages as mail programs write them, damaged ones, and what must not cost a mail."""

from __future__ import annotations

import base64

import pytest
from package_files import message

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.raw.mime import read_parts

GBK = "年度报告".encode("gbk")


def coded(data):
    return base64.b64encode(data).decode()


def only_part(data):
    (part,) = read_parts(data, DEFAULT_LIMITS)
    return part


def named(parameters, header="Content-Disposition: attachment; "):
    return only_part(message((header + parameters, b"x"))).file_name


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ('filename="=?iso-8859-1?B?' + coded(GBK) + '?=.doc"', "年度报告.doc"),
        ('filename="=?nonsense?B?' + coded(GBK) + '?=.doc"', "年度报告.doc"),
        ('filename="=?gb2312?B?' + coded("镕".encode("gbk")) + '?=.doc"', "镕.doc"),
        ('filename="=?gb2312*zh-cn?B?' + coded(GBK) + '?=.doc"', "年度报告.doc"),
        ('filename="=?big5?B?' + coded("報告".encode("big5")) + '?=.doc"', "報告.doc"),
        ('filename="=?gbk?B?' + coded(GBK[:3]) + "?=\r\n =?gbk?B?" + coded(GBK[3:]) + '?="', "年度报告"),
        ('filename="=?gbk?B?xOqx1?=.doc"', "=?gbk?B?xOqx1?=.doc"),
        ("filename*=gb2312'zh-cn'%C4%EA.doc", "年.doc"),
        ("filename*=utf-8''%C4%EA.doc", "年.doc"),
        ("filename*=nonsense''%C4%EA.doc", "年.doc"),
        ("filename*=''%E5%B9%B4.doc", "年.doc"),
        ("filename*0*=gbk''%C4%EA;\r\n filename*1*=%B1%A8;\r\n filename*2=.doc", "年报.doc"),
        ("filename=\"____.doc\"; filename*=utf-8''%E5%B9%B4.doc", "年.doc"),
        ('filename="a;b.doc"', "a;b.doc"),
        ('filename="a\r\n b.doc"', "a b.doc"),
        ('filename="年报.doc"', "年报.doc"),
        ("FILENAME = a.doc", "a.doc"),
        ("filename=", ""),
        ("filename*=a; filename*0=b", ""),
        ('filename="=?gbk?b?xOo=?=a\\u12"', "年a\ufffd"),
    ],
)
def test_names(parameters, expected):
    assert named(parameters) == expected


def test_names_without_any_marking():
    data = message(('Content-Disposition: attachment; filename="X.doc"', b"x"))
    assert only_part(data.replace(b"X.doc", GBK + b".doc")).file_name == "年度报告.doc"
    illegible = only_part(data.replace(b"X.doc", b"\xff\xff\xff.doc")).file_name
    assert illegible.endswith(".doc")


def test_the_name_of_the_disposition_comes_first():
    header = 'Content-Type: application/msword; name="b.doc"\r\nContent-Disposition: attachment; '
    assert named('filename="a.doc"', header) == "a.doc"
    assert named('filename=""', header) == "b.doc"


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ("8bit", GBK, GBK),
        ("binary", b"a\r\nb\rc\nd\0\xff", b"a\r\nb\rc\nd\0\xff"),
        ("quoted-printable", b"=C4=EA=\r\n=B1=A8 =3D", "年报 =".encode("gbk")),
        ("BASE64 ", b"5bm\xff0", "年".encode()),
        ("nonsense", b"5bm0", b"5bm0"),
    ],
)
def test_bodies(encoding, body, expected):
    part = only_part(message((f"Content-Type: a/b\r\nContent-Transfer-Encoding: {encoding}", body)))
    assert part.body == expected


FORWARDED = message(("Content-Type: text/html", b"x"), ("Content-Type: a/b; name=q", b"y"))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", FORWARDED),
        ("\r\nContent-Transfer-Encoding: base64", base64.b64encode(FORWARDED)),
        ("; name=a.eml", FORWARDED),
    ],
)
def test_forwarded_messages(head, body):
    parts = read_parts(message((f"Content-Type: message/rfc822{head}", body)), DEFAULT_LIMITS)
    assert [(part.kind, part.file_name, part.body) for part in parts] == [
        ("text/html", "", b"x"),
        ("a/b", "q", b"y"),
    ]


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\r\n\r\n",
        b" ",
        b"no header\r\n",
        GBK + b"\r\n",
        b"Subject: a\r\n" + GBK + b": b\r\n",
    ],
)
def test_a_head_out_of_order(before):
    part = only_part(before + b"To: b\r\nContent-Type: text/html\r\n\r\nx")
    assert (part.kind, part.body) == ("text/html", b"x")


def test_a_boundary_in_unnumbered_pieces():
    assert (
        read_parts(
            b"Subject: a\nContent-Type: multipart/mixed; boundary*=a; boundary*0=b\n\n--a\n\nx",
            DEFAULT_LIMITS,
        )
        == []
    )


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("end", [b"----=_x--\r\n", b""])
def test_line_ends_and_a_missing_end(line_end, end):
    data = message(("Content-Type: text/html", b"x")).removesuffix(b"----=_x--\r\n") + end
    part = only_part(data.replace(b"\r\n", line_end))
    assert (part.kind, part.body.strip()) == ("text/html", b"x")


def test_many_chunks_are_one_message():
    body = base64.encodebytes(bytes(range(256)) * 4000).replace(b"\n", b"\r\n")
    part = only_part(message(("Content-Type: a/b\r\nContent-Transfer-Encoding: base64", body)))
    assert part.body == bytes(range(256)) * 4000


def nested(depth):
    head = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return b"Subject: a\r\n" + b"".join(head % (n, n) for n in range(depth)) + b"\r\nx"


WRAPPED = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"


def wrapped(depth):
    data = b"Subject: a\r\n\r\nx"
    for _ in range(depth):
        data = WRAPPED + base64.b64encode(data)
    return data


@pytest.mark.parametrize("make", [nested, wrapped])
def test_the_depth_has_a_bound(make):
    assert only_part(make(6)).body == b"x"
    with pytest.raises(UnreadableError) as caught:
        read_parts(make(13), DEFAULT_LIMITS)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (message(*[("", b"x")] * 30), Limits(entries=20)),
        (message(("Content-Type: message/delivery-status", b"A: b\r\n\r\n" * 30)), Limits(entries=20)),
        (b"Subject: a\r\n\r\n" + b"\n" * 1_000_001, DEFAULT_LIMITS),
    ],
)
def test_parts_and_lines_have_a_bound(data, limits):
    with pytest.raises(UnreadableError) as caught:
        read_parts(data, limits)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain" + ";a" * 100_000,
        'Content-Type: text/plain; name="' + ";" * 100_000,
        "Content-Type: text/plain; name=" + "=?a?b?" * 20_000,
        "X: y\r\n" + "".join(f" {n}\r\n" for n in range(10_000)) + "Z: y",
    ],
)
def test_long_headers_cost_little(head):
    """Taken apart whole, each would take minutes."""
    parts = read_parts(message(*[(head, b"x")] * 50), DEFAULT_LIMITS)
    assert [(part.kind, part.body, len(part.file_name) < 3000) for part in parts] == [
        ("text/plain", b"x", True)
    ] * 50
