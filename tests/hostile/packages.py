"""Packages and mails: members that get lost, names, bombs."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from base64 import encodebytes
from collections.abc import Iterator
from typing import Any, Final

from package_files import message

from .case import TARGET, Case, one_file
from .drawing import draw, mail, packed

_CHECKED: Final = {"status": ["checked"], "verdict": ["pass"], "values": [TARGET]}
_UNREAD: Final = {"status": ["unreadable"]}
_MIB: Final = 1 << 20


def _report() -> bytes:
    return draw("txt")


def _other() -> bytes:
    """The report with a table that does not add up."""
    return draw("txt").replace(b"\t9126", b"\t1").replace(b"\t91\n", b"\t92\n")


def raw_zip(
    *members: tuple[bytes, bytes, int],
    flag: int = 0,
    method: int = 0,
    crc: int | None = None,
    extra: bytes = b"",
) -> bytes:
    """Members of (raw name, content, flag), stored; what the headers say may lie."""
    made, listed = b"", b""
    for name, data, own_flag in members:
        digest = zipfile.crc32(data) if crc is None else crc  # type: ignore[attr-defined]
        head = struct.pack(
            "<HHHHHIIIHH",
            20,
            flag | own_flag,
            method,
            0,
            33,
            digest,
            len(data),
            len(data),
            len(name),
            len(extra),
        )
        listed += (
            b"PK\1\2"
            + struct.pack("<H", 20)
            + head
            + struct.pack("<HHHII", 0, 0, 0, 0, len(made))
            + name
            + extra
        )
        made += b"PK\3\4" + head + name + extra + data
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(listed), len(made), 0)
    return made + listed + end


def cases() -> Iterator[Case]:
    """All of this module."""
    yield from _lost()
    yield from _names()
    yield from _mails()
    yield from _bombs()


def _file(name: str, data: bytes, *, quick: bool = False, **expect: Any) -> Case:
    return one_file(name, "zip", data, quick=quick, **expect)


def _lost() -> Iterator[Case]:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("年报.txt", _other())
        archive.writestr("年报.txt", _report())
    yield _file("lost/two_of_one_name", made.getvalue(), quick=True, reports=2, exit=[1])
    three = raw_zip((b"yi.txt", _report(), 0), (b"er.txt", _report(), 0), (b"san.txt", _report(), 0))
    both = {"yi.txt": _CHECKED, "er.txt": _UNREAD, "san.txt": _CHECKED}
    second = three.index(b"er.txt")
    in_list = three.rindex(b"er.txt")

    def patched(at_local: int, at_list: int, value: bytes) -> bytes:
        data = bytearray(three)
        data[second - 30 + at_local : second - 30 + at_local + len(value)] = value
        data[in_list - 46 + at_list : in_list - 46 + at_list + len(value)] = value
        return bytes(data)

    for name, data in {
        "encrypted": patched(6, 8, b"\x01\0"), "checksum": patched(14, 16, b"abcd"), "method": patched(8, 10, b"\x63\0"), "size": patched(22, 24, struct.pack("<I", 9)), "deflate_of_text": patched(8, 10, b"\x08\0"),
        "strong_encryption": patched(6, 8, b"\x41\0"),
    }.items():  # fmt: skip
        yield _file(
            f"lost/one_{name}", data, quick=name in ("encrypted", "checksum"), reports=3, exit=[3], of=both
        )
    inner = packed({"里.txt": _report()})
    yield _file(
        "lost/inner_damaged",
        packed({"甲.txt": _report(), "乙.zip": inner[: len(inner) // 2]}),
        exit=[3],
        of={"甲.txt": _CHECKED, "乙": _UNREAD},
    )
    yield _file(
        "lost/inner",
        packed({"甲.txt": _report(), "乙.zip": inner}),
        exit=[0],
        of={"甲.txt": _CHECKED, "里.txt": _CHECKED},
    )
    yield _file(
        "lost/damaged_docx",
        packed({"甲.txt": _report(), "乙.docx": draw("docx")[:3000]}),
        exit=[3],
        of={"甲.txt": _CHECKED, "乙": _UNREAD},
    )
    documents = {f"单位{n:02}.docx": draw("docx") for n in range(30)}
    yield _file(
        "lost/stored_documents", packed(documents, zipfile.ZIP_STORED), reports=30, exit=[0], seconds=15
    )
    yield _file(
        "lost/before_it",
        b"MZ" * 99 + packed({"甲.txt": _report()}),
        status=["checked", "unreadable"],
        exit=[0, 3],
    )
    yield _file(
        "lost/empty_member",
        packed({"甲.txt": _report(), "空.docx": b""}),
        of={"甲.txt": _CHECKED, "空.docx": {}},
    )
    yield _file("lost/case", packed({"A.txt": _other(), "a.txt": _report()}), reports=2, exit=[1])
    yield _file("lost/slashes", packed({"a/b.txt": _other(), "a\\b.txt": _report()}), reports=2, exit=[1])
    yield _file(
        "lost/picture",
        packed({"甲.txt": _report(), "扫描件.pdf": b"%PDF-1.7\n%%EOF"}),
        exit=[3],
        of={"甲.txt": _CHECKED, "扫描件": _UNREAD},
    )
    for name, hidden in (("hidden", ".乙.txt"), ("of_macos", "__MACOSX/乙.txt"), ("like_a_lock", "~$乙.txt")):
        yield _file(
            f"lost/{name}",
            packed({"甲.txt": _report(), hidden: _other(), "__MACOSX/._甲.txt": b"\0\5\x16\7" + bytes(90)}),
            quick=name == "hidden",
            reports=2,
            exit=[1],
            of={"甲.txt": _CHECKED, "乙.txt": {}},
        )
    for name, raw in (("like_a_folder", b"yi.txt/"), ("nameless", b"")):
        data = raw_zip((b"jia.txt", _report(), 0), (raw, _other(), 0))
        yield _file(f"lost/{name}", data, reports=2, exit=[1])
    yield _file("lost/no_members", packed({}), exit=[2, 3])
    yield _file("lost/only_folders", packed({"甲/": b"", "甲/乙/": b""}), exit=[2, 3])


def _names() -> Iterator[Case]:
    report = _report()
    for name, raw, flag, shown in (
        ("gbk_5c", "大碶街道.txt".encode("gbk"), 0, "大碶街道"), ("gbk_5c_folder", "綷目/年报.txt".encode("gbk"), 0, "年报"), ("gbk", "年报.txt".encode("gbk"), 0, "年报"), ("big_plane", "𠮷.txt".encode("gb18030"), 0, "𠮷"), ("utf8_no_flag", "年报.txt".encode(), 0, "年报"),
        ("flag_latin", "Ωé.txt".encode(), 0x800, "Ωé"), ("flag_lies", "年报.txt".encode("gbk"), 0x800, ".txt"), ("control", b"a\x1b[31mb.txt", 0, ".txt"), ("newline", b"a\nb.txt", 0, ".txt"), ("nul", b"a.txt\0.exe", 0, "a"),
        ("bell", b"\x07\x08\x7f.txt", 0, ".txt"), ("c1", "a\x9b31mb.txt".encode(), 0x800, ".txt"), ("direction", "a\u202etxt.exe.txt".encode(), 0x800, ".txt"), ("long", b"a" * 251 + b".txt", 0, "aaa"), ("longer", b"b" * 60_000 + b".txt", 0, "bbb"), ("surrogate", b"\xed\xa0\x80a.txt", 0x800, "a.txt"),
        ("space", b" a .txt ", 0, "a"), ("drive_letter_like", "年报：甲.txt".encode(), 0x800, "年报"), ("device", b"con.txt", 0, "con"), ("bang", b"a!b#1.txt", 0, "a!b"), ("markup", b"<script>alert(1)</script>.txt", 0, "script"), ("line_separator", "a\u2028b.txt".encode(), 0x800, ".txt"),
    ):  # fmt: skip
        hides = [r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202e\u2028]"]
        data = raw_zip((raw, report, flag))
        yield _file(
            f"names/{name}",
            data,
            quick=name in ("gbk_5c", "control"),
            exit=[0],
            of={shown: _CHECKED},
            hides=hides,
        )
    for name, raw in (
        ("up", b"../../a.txt"),
        ("absolute", b"/etc/a.txt"),
        ("drive", b"C:\\a.txt"),
        ("up_windows", b"..\\..\\a.txt"),
        ("unc", b"\\\\host\\a.txt"),
    ):
        data = raw_zip((raw, report, 0), (b"b.txt", report, 0))
        yield _file(f"names/{name}", data, exit=[3], of={"b.txt": _CHECKED, "a.txt": _UNREAD})
    path = (
        struct.pack("<HHBI", 0x7075, 5 + len("年报.txt".encode()), 1, zipfile.crc32(b"x.txt"))
        + "年报.txt".encode()
    )  # type: ignore[attr-defined]
    yield _file(
        "names/unicode_extra",
        raw_zip((b"x.txt", report, 0), extra=path),
        exit=[0],
        status=["checked"],
        verdict=["pass"],
    )


def _mails() -> Iterator[Case]:
    report = _report()

    def file(name: str, data: bytes, *, quick: bool = False, **expect: Any) -> Case:
        return one_file(name, "eml", data, quick=quick, **expect)

    def attached(*parts: tuple[str, bytes], kind: str = "application/octet-stream") -> bytes:
        made = [
            (
                f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; {name}",
                encodebytes(data),
            )
            for name, data in parts
        ]
        return message(*made, head="From: a@b.cn\r\nTo: c@d.cn\r\n")

    for name, head, shown in (
        ("encoded_gbk", 'filename="=?gbk?B?tPO4x73WtcAudHh0?="', ".txt"), ("quoted_word", 'filename="=?utf-8?Q?=E5=B9=B4=E6=8A=A5.txt?="', "年报"), ("continued", "filename*0*=utf-8''%E5%B9%B4;\r\n filename*1*=%E6%8A%A5.txt", "年报"), ("percent", "filename*=utf-8''%E5%B9%B4%E6%8A%A5.txt", "年报"),
        ("control", 'filename="a\x1b[31m.txt"', ".txt"), ("path", 'filename="../../a.txt"', "a.txt"), ("windows", 'filename="C:\\\\x\\\\a.txt"', "a.txt"), ("no_name", "x=y", ""), ("raw_gbk", 'filename="年报.txt"', ".txt"), ("unclosed", 'filename="a.txt', "a"), ("bad_word", 'filename="=?nope?B?!!!?=.txt"', ""),
        ("long", f'filename="{"长" * 3000}.txt"', "长"),
    ):  # fmt: skip
        encoded = (
            attached((head, report))
            if name != "raw_gbk"
            else attached(("filename=@@", report)).replace(
                b"filename=@@", 'filename="年报.txt"'.encode("gbk")
            )
        )
        yield file(
            f"names/{name}",
            encoded,
            quick=name == "encoded_gbk",
            of={shown: _CHECKED} if shown else {},
            exit=[0, 2, 3] if not shown else [0, 3],
            hides=[r"[\x00-\x08\x0b-\x1f\x7f]"],
        )
    yield file(
        "lost/two_of_one_name",
        attached(('filename="a.txt"', _other()), ('filename="a.txt"', report)),
        exit=[1],
        quick=True,
        of={"a.txt": {}, "第2个": {}},
    )
    inner = mail("a.txt", report)
    yield file(
        "lost/mail_in_mail",
        message(("Content-Type: message/rfc822", inner), head="From: a@b.cn\r\n"),
        exit=[0],
        of={"a.txt": _CHECKED},
    )
    yield file(
        "lost/zip_in_mail",
        attached(('filename="a.zip"', packed({"x.txt": report}))),
        exit=[0],
        of={"x.txt": _CHECKED},
    )
    yield file(
        "lost/broken_base64",
        mail("a.docx", draw("docx")).replace(b"UEsDB", b"U*E-B", 1),
        exit=[3],
        of={"a.docx": _UNREAD},
    )
    yield file("lost/cut", mail("a.docx", draw("docx"))[:6000], exit=[3], of={"a.docx": _UNREAD})
    yield file(
        "lost/body_is_report",
        b"From: a@b.cn\r\nTo: c@d.cn\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + report,
        exit=[0],
        **_CHECKED,
    )
    yield file(
        "lost/own_encoding",
        mail("a.txt", report).replace(b"base64", b"x-own!", 1),
        exit=[3],
        of={"a.txt": _UNREAD},
    )
    yield file(
        "lost/uuencoded",
        b"From: a@b.cn\r\nTo: c@d.cn\r\nContent-Type: text/plain\r\n\r\nbegin 644 a.txt\n#86)C\n`\nend\n",
        exit=[0, 2, 3],
    )
    both = attached(
        ('filename="a.txt"', report),
        ('filename="b.docx"', draw("docx")),
        ('filename="c.docx"', draw("docx")[:900]),
    )
    yield file(
        "lost/one_damaged", both, exit=[3], of={"a.txt": _CHECKED, "b.docx": _CHECKED, "c.docx": _UNREAD}
    )


def _bombs() -> Iterator[Case]:
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    made = {
        "forty_two": lambda: packed({f"{n}.zip": packed({"a.zip": packed({"a.txt": bytes(9 * _MIB)})}) for n in range(16)}), "zeros": lambda: packed({"a.txt": bytes(60 * _MIB)}), "zeros_many": lambda: packed({f"{n}.txt": bytes(9 * _MIB) for n in range(20)}),
        "many": lambda: packed({f"{n}.txt": b"" for n in range(10_000)}, zipfile.ZIP_STORED), "deep": lambda: _deep(60), "deep_names": lambda: packed({"a/" * 3000 + "a.txt": _report()}), "overlap": _overlapping, "directory_far": lambda: packed({"a.txt": _report()})[:-6] + b"\xff\xff\xff\x7f\0\0", "count_lies": lambda: _counted(packed({"a.txt": _report()}), 60_000),
    }  # fmt: skip
    for name, make in made.items():
        yield one_file(f"bomb/{name}", "zip", make, quick=name == "deep", **{**ends, "seconds": 10})
    head = b"Subject: a\nTo: b\nMIME-Version: 1.0\n"
    for name, data in {
        "mails_in_mails": head + b"Content-Type: message/rfc822\n\n" * 3000, "boundaries": head + b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 90_000, "headers": head + b"X-A: b\n" * 90_000 + b"\nx", "parameters": head + b"Content-Type: text/plain; " + b"a=b;" * 200_000 + b"\n\nx", "words": head + b"Subject: " + b"=?utf-8?B?5bm0?= " * 50_000 + b"\n\nx",
        "comments": head + b"From: " + b"(" * 300_000 + b"\n\nx", "addresses": head + b"Cc: " + b"a@b.cn, " * 90_000 + b"\n\nx", "same_boundary": head + b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 5000,
    }.items():  # fmt: skip
        yield one_file(f"bomb/{name}", "eml", data, **ends)


def _deep(levels: int) -> bytes:
    data = packed({"a.txt": _report()})
    for _ in range(levels):
        data = packed({"a.zip": data})
    return data


def _overlapping() -> bytes:
    """A hundred members that share one content."""
    data = raw_zip((b"a.txt", _report(), 0))
    place = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    entry = data[place:end]
    listed = b"".join(entry.replace(b"a.txt", b"%05d" % n) for n in range(100))
    return data[:place] + listed + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 100, 100, len(listed), place, 0)


def _counted(data: bytes, count: int) -> bytes:
    end = data.rindex(b"PK\5\6")
    return data[: end + 8] + struct.pack("<HH", count, count) + data[end + 12 :]
