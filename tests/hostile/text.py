"""Plain text and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .case import TARGET, Case, one_file, reads_as_doubtful
from .drawing import FIGURE, draw

_DOUBTFUL: Final = reads_as_doubtful()
MARKDOWN: Final = {
    "sup": f"{FIGURE}<sup>1</sup>", "sub": f"{FIGURE}<sub>2</sub>", "struck": f"~~9~~{FIGURE}", "struck_after": f"{FIGURE}~~0~~", "del": f"<del>9</del>{FIGURE}", "s": f"<s>9</s>{FIGURE}",
    "footnote": f"{FIGURE}[^1]", "comment": f"{FIGURE}<!-- 1 -->", "caret": f"{FIGURE}^1^", "hidden": f'{FIGURE}<span style="display:none">1</span>', "bold": "**18234**", "bold_part": "18**2**34",
    "code": "`18234`", "escaped": "\\18234", "entity": "&#49;8234", "link": "[18234](http://a.cn/1)", "image": f"{FIGURE}![1](a.png)", "rendered_break": "18234<br>", "script": f"{FIGURE}<script>1</script>",
    "ruby": f"<ruby>{FIGURE}<rt>1</rt></ruby>", "white": f'{FIGURE}<span style="color:#fff">1</span>', "white_font": f'{FIGURE}<font color="white">1</font>', "size_zero": f'{FIGURE}<span style="font-size:0">1</span>',
    "white_on_colour": "18<span style='background:#000;color:#fff'>234</span>",
}  # fmt: skip
TEXT: Final = {
    "note_word": "18234（注1）", "star": "18234*", "note_circle": "18234 ①", "backspace": "18234\b9", "unit_below": "18234₁", "two_figures": "18234 1", "escape": "\x1b[8m9\x1b[0m18234",
    "dots": "18234…1", "slash": "18234/1",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of this module."""
    for name, cell in MARKDOWN.items():
        yield one_file(f"glued/{name}", "md", draw("md", cell), quick=name in ("sup", "struck"), **_DOUBTFUL)
    for name, cell in TEXT.items():
        yield one_file(f"glued/{name}", "txt", draw("txt", cell), quick=name == "note_circle", **_DOUBTFUL)
    plain = draw("txt").decode()
    garbled = {"status": ["unreadable"], "exit": [3]}
    for name, text in {"latin": plain.encode().decode("latin-1"), "gbk": plain.encode().decode("gb18030", "replace"), "cp1252": plain.encode().decode("cp1252", "replace"), "private": "".join(chr(0xE000 + ord(c) % 6000) if c > "一" else c for c in plain), "replaced": "".join("\ufffd" if c > "一" else c for c in plain), "questions": "".join("?" if c > "一" else c for c in plain)}.items():  # fmt: skip
        for suffix in ("txt", "md"):
            yield one_file(
                f"skipped/{name}",
                suffix,
                text.encode(),
                quick=name in ("latin", "gbk") and suffix == "txt",
                **garbled,
            )
    reads = {"status": ["checked"], "verdict": ["pass"], "values": [TARGET]}
    for name, data in {"utf16": plain.encode("utf-16"), "utf32": plain.encode("utf-32"), "gb18030": plain.encode("gb18030"), "returns": plain.replace("\n", "\r").encode(), "separators": plain.replace("\n", "\u2028").encode(), "no_mark_utf16": plain.encode("utf-16-le")}.items():  # fmt: skip
        yield one_file(
            f"characters/{name}",
            "txt",
            data,
            **(
                reads
                if name in ("utf16", "gb18030", "returns")
                else {"status": ["checked", "unreadable"], "whole": True}
            ),
        )
    yield from _bombs()


def _bombs() -> Iterator[Case]:
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    title = draw("txt").split(b"\n", 1)[0] + b"\n"
    for name, data in {
        "one_line": title + "年度报告".encode() * 80_000, "blank_lines": title + b"\n" * 900_000, "tabs": title + b"\t" * 900_000, "spaces": title + b" " * 900_000, "controls": title + bytes(range(1, 32)) * 20_000,
        "wide_spaces": title + "　".encode() * 300_000, "dashes": title + ("-" * 200 + "\n").encode() * 4000, "boxes": title + ("┌─┬─┐\n│1│2│\n└─┴─┘\n" * 9000).encode(), "digits": title + b"9" * 900_000,
        "brackets": title + "（".encode() * 250_000, "headings_alike": title + "（一）主动公开政府信息情况\n".encode() * 9000, "combining": title + ("a" + "\u0301" * 300_000).encode(),
    }.items():  # fmt: skip
        yield one_file(f"bomb/{name}", "txt", data, **ends)
    for name, data in {
        "quotes": b">" * 200_000, "pipes": b"|" * 300_000, "brackets": b"[" * 200_000, "links": b"[a](" * 60_000, "stars": b"*a_" * 150_000, "backticks": b"`" * 300_000, "nested_lists": b"".join(b" " * n + b"- a\n" for n in range(1200)),
        "hashes": b"# a\n" * 50_000, "table": b"|a" * 2000 + b"\n" + b"|-" * 2000 + b"\n" + (b"|1" * 2000 + b"\n") * 60, "fences": b"```\n" * 100_000, "references": b"[a]: b\n" * 60_000, "tags": b"<b>" * 200_000,
    }.items():  # fmt: skip
        yield one_file(f"bomb/{name}", "md", title + b"\n" + data, quick=name == "quotes", **ends)
