"""Relatives of the kinds in the other modules: the same harm in another dress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from .case import TARGET, Case, one_file, reads_as_doubtful
from .drawing import FIGURE, draw, packed

DOUBT: Final[Mapping[str, Any]] = reads_as_doubtful()
NEVER: Final[Mapping[str, Any]] = {
    "status": ["checked"],
    "never": [(*TARGET[:3], figure) for figure in ("182341", "118234", "918234", "182349")],
}
"""The mark beside the figure is no part of it."""
SEEN: Final[Mapping[str, Any]] = {"status": ["checked"], "values": [TARGET]}

CHARACTERS: Final[dict[str, tuple[str, Mapping[str, Any]]]] = {
    "struck_by_overlay": (f"9\u0336{FIGURE}", NEVER), "struck_by_short_overlay": (f"{FIGURE}1\u0335", NEVER), "struck_by_slash": (f"9\u0338{FIGURE}", NEVER), "enclosed": (f"{FIGURE}1\u20dd", NEVER), "keycap": (f"{FIGURE}1\ufe0f\u20e3", NEVER),
    "tag_digit": (f"{FIGURE}\U000e0031", DOUBT), "raised_by_unicode": (f"{FIGURE}\u00b9", NEVER), "lowered_by_unicode": (f"{FIGURE}\u2081", NEVER), "stop_digit": (f"\u2488{FIGURE}", NEVER), "comma_digit": (f"{FIGURE}\U0001f102", NEVER),
    "circled_sans": (f"{FIGURE}\u2780", NEVER), "negative_circled": (f"{FIGURE}\u2776", NEVER), "double_circled": (f"{FIGURE}\u24f5", NEVER), "squared_month": (f"{FIGURE}\u33e0", NEVER), "roman": (f"{FIGURE}\u2160", NEVER),
    "soft_hyphen": ("18\u00ad234", DOUBT), "invisible_plus": ("18\u2064234", DOUBT), "invisible_times": ("18\u2062234", DOUBT), "hangul_filler": ("18\u3164234", DOUBT), "mongolian_separator": ("18\u180e234", DOUBT),
    "braille_blank": ("18\u2800234", DOUBT), "variation": ("18\ufe0f234", DOUBT), "arabic_digits": ("١٨٢٣٤", DOUBT), "devanagari_digits": ("१८२३४", DOUBT), "tibetan_digits": ("༡༨༢༣༤", DOUBT),
    "hangzhou_digits": ("〡〨〢〣〤", DOUBT), "segmented_digits": ("🯱🯸🯲🯳🯴", DOUBT), "arabic_separator": ("18\u066c234", DOUBT), "apostrophe": ("18'234", DOUBT), "thin_space": ("18\u2009234", DOUBT),
}  # fmt: skip
"""What stands in the cell, and what is right."""
HTML: Final[dict[str, tuple[str, Mapping[str, Any]]]] = {
    "generated": (f'{FIGURE}<style>td b::after{{content:"1"}}</style><b></b>', DOUBT), "progress": (f"{FIGURE}<progress value=1 max=9>1</progress>", DOUBT), "output": (f"<output>{FIGURE}</output>", SEEN), "option_group": (f"{FIGURE}<optgroup label=1></optgroup>", DOUBT),
    "word_break": ("18<wbr>234", SEEN), "quotation": (f"<q>{FIGURE}</q>", DOUBT), "data": (f'<data value="9">{FIGURE}</data>', SEEN), "slot": (f"<slot>{FIGURE}</slot>", SEEN), "shadow": (f'{FIGURE}<div><template shadowrootmode="open">1</template></div>', DOUBT),
    "frames_text": (f"{FIGURE}<iframe srcdoc='1'></iframe>", DOUBT), "marquee": (f"{FIGURE}<marquee>1</marquee>", DOUBT), "raised_by_style_word": (f"{FIGURE}<b style='vertical-align:text-top;font-size:8px'>1</b>", DOUBT), "inert": (f"<b inert>{FIGURE}</b>", SEEN),
    "xmp": (f"{FIGURE}<xmp>1</xmp>", DOUBT), "listing": (f"<listing>{FIGURE}</listing>", SEEN), "plain_noembed": (f"{FIGURE}<noembed>1</noembed>", DOUBT), "canvas": (f"{FIGURE}<canvas>1</canvas>", DOUBT), "audio": (f"{FIGURE}<audio>1</audio>", DOUBT), "map": (f"{FIGURE}<map><area alt=1></map>", DOUBT),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of this module."""
    for name, (cell, expect) in CHARACTERS.items():
        for format_name in ("txt", "docx"):
            quick = name in ("struck_by_overlay", "keycap") and format_name == "txt"
            yield one_file(
                f"characters/also_{name}", format_name, draw(format_name, cell), quick=quick, **expect
            )
    for name, (cell, expect) in HTML.items():
        yield one_file(f"glued/element_{name}", "html", draw("html", cell), **expect)
    yield from _lost()


_FOLDERS: Final[dict[str, tuple[Mapping[str, bytes], Mapping[str, Any]]]] = {
    "pictures_beside": ({"报告.txt": b"", "扫描件.jpg": b"\xff\xd8\xff"}, {"exit": [0], "says": ["扫描件.jpg"]}), "no_ending": ({"报告.txt": b"", "另一份": b"x"}, {"exit": [0], "says": ["另一份"]}),
    "in_dot_folder": ({"报告.txt": b"", ".旧/年报.txt": b""}, {"exit": [0], "says": [".旧/年报.txt"]}), "of_systems": ({"报告.txt": b"", "Thumbs.db": b"x", "desktop.ini": b"x", ".DS_Store": b"x"}, {"exit": [0], "hides": ["其他文件"]}),
    "capitals": ({"报告.TXT": b""}, {"exit": [0], "reports": 1}), "kept_copy": ({"报告.txt": b"", "报告.docx.bak": b"x"}, {"exit": [0], "says": ["报告.docx.bak"]}), "half_loaded": ({"报告.txt": b"", "报告.docx.crdownload": b"x"}, {"exit": [0], "says": ["crdownload"]}),
    "space_behind_ending": ({"报告.txt": b"", "另一份.docx ": b"x"}, {"says": ["另一份.docx"]}), "dot_behind_ending": ({"报告.txt": b"", "另一份.docx.": b"x"}, {"says": ["另一份.docx"]}), "wide_dot": ({"报告.txt": b"", "另一份．docx": b"x"}, {"says": ["另一份．docx"]}),
}  # fmt: skip
"""Names and contents, a report where there is none, and what is right."""


def _lost() -> Iterator[Case]:
    for name, (files, expect) in _FOLDERS.items():
        quick = name == "pictures_beside"
        yield Case(f"lost/{name}", "folder", _folder(files), expect, quick)
    with_picture = packed({"报告.txt": draw("txt"), "扫描件.png": b"\x89PNG", "甲/~$报告.docx": b"x"})
    yield one_file("lost/pictures", "zip", with_picture, quick=True, exit=[0], reports=2, says=["扫描件.png"])
    inner = packed({"里.txt": draw("txt"), "里.jpg": b"\xff\xd8"})
    both = packed({"甲.zip": inner, "乙.zip": inner})
    yield one_file("lost/pictures_inside", "zip", both, exit=[0], reports=4, says=["乙.zip/里.txt", "里.jpg"])
    three = packed({"甲.zip": packed({"乙.zip": inner}), "报告.txt": draw("txt")})
    yield one_file("lost/three_deep", "zip", three, exit=[3], reports=2, says=["甲.zip/乙.zip"])


def _folder(files: Mapping[str, bytes]) -> Callable[[Path], list[str]]:
    def make(folder: Path) -> list[str]:
        for name, content in files.items():
            path = folder / "收件" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content or draw("txt"))
        return [str(folder / "收件")]

    return make
