"""From bytes to text.

Order: byte order mark, UTF-16 without mark, strict UTF-8, GB18030. No statistics are needed to choose:
Chinese text in GB18030 is practically never valid UTF-8, and `gb2312` and `gbk` are subsets of GB18030 under
which files with rarer names are labelled all the time. Detection libraries measured worse and a hundred
times slower. What comes out is looked at once, so that gibberish does not pass for a text of another kind.
"""

from __future__ import annotations

import codecs
from collections import Counter
from typing import Final

from checker.model.errors import UnreadableError
from checker.startup.lazy_re import compile_later

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
"""Declared labels that can still decide after UTF-8 failed; all others mean GB18030 or are mistaken.

A closed list also keeps a hostile label from choosing one of Python's slow or exotic codecs.
"""
_TOLERANCE: Final = 0.05
"""Share of bad bytes among those outside ASCII up to which a file counts as damaged here and there.

A wrong guess between UTF-8 and GB18030 makes far more bytes bad than this.
"""
_ASCII: Final = bytes(range(128))
_REPLACEMENT: Final = "\ufffd"
_SAMPLE_BYTES: Final = 8192
_ORDINARY: Final = compile_later(r"[\t\n\r -~·“”‘’—…\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_ORDINARY_SHARE: Final = 0.9
_COMMON: Final = frozenset(
    "一万三上下不与且世业东两並个中为主义之也乡书了争事二于五些交产人什今从他代以们件任会传但位住体何作你使來"
    "便保信個們做傳像先光入內全兩公共关其内再决几出分切利别到制前力加务动動務化北区區十单南即却原去县又及反发"
    "取受口只可各合同名后向听告员命和品問單四回因国國在地场基報声处复外多大天太头好如子学安完定实室家實对导将"
    "將對導小少就局山工己已市常平年并幾应府度建开式张張強强当形很後得從復德心必思性总息情想意感應成我战截所手"
    "才打把报指据接提放政教数數文新方无日时明是時更書最會月有望期本机权条来果條業機次止正此死比民气氣水求決没"
    "治法活海点為無然爭物特王现現理生產用由申电界當發白的益目直相看真着知确社科程稱空立第等策管类系組結給統經"
    "編縣總織组织经结给统编美義老者而能自至與色萬處行表要見規觀见观规解訟設許訴該認說識變计认记许论讼设识诉话"
    "该说費資费资走起路身边达过运还这进這通進運過道達還邊那部都鄉里重量金鎮镇長长門開間關门问间队院难難電需非"
    "面領頭題類领题马體高麼點"
)
"""The commonest characters of Chinese text, simplified and traditional, in the order of their codes."""
_PLAUSIBLE_SAMPLE: Final = 20_000
_ENOUGH_IDEOGRAPHS: Final = 36
"""Different ones, from which on a text is judged."""
_PLAUSIBLE_SHARE: Final = 0.12


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    r"""Turn bytes into text.

    Args:
        data: the bytes of a text file.
        declared: the charset the file claims to have, if it claims one; believed only where the bytes
            do not say better.

    Returns:
        The text without byte order mark and with `\n` as its only line end, and the name of the encoding.
        Where single bytes were damaged the text has U+FFFD; see `replaced_characters`.

    Raises:
        UnreadableError: the bytes are text in no known encoding.
    """
    text, encoding = _decode(data, declared)
    if not _is_plausible(text):
        raise _unknown_encoding()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, encoding


def replaced_characters(text: str) -> str | None:
    """The sentence for a note `replaced_characters`, or None if every character of `text` is legible."""
    count = text.count(_REPLACEMENT)
    if not count:
        return None
    line = text.count("\n", 0, text.index(_REPLACEMENT)) + 1
    return (
        f"文中有 {count} 个字符已损坏，无法辨认（显示为“{_REPLACEMENT}”），最早在第 {line} 行，请核对原文。"
    )


def marked_encoding(data: bytes) -> str | None:
    """The encoding a byte order mark declares, None without one."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def unmarked_utf16(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` if the bytes are such text without a byte order mark, else None.

    NUL bytes show it: line ends, digits and 一 have one. The byte order is found by decoding both ways,
    not by counting, because 一 has its NUL on the other side than digits have.
    """
    if b"\0" not in data:
        return None
    sample = data[: min(_SAMPLE_BYTES, len(data) & ~1)]
    shares = {name: _ordinary_share(sample.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _ORDINARY_SHARE else None


def _ordinary_share(text: str) -> float:
    return sum(map(len, _ORDINARY.findall(text))) / len(text) if text else 0.0


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding)
    wide = unmarked_utf16(data)
    if wide:
        return _tolerant(data, wide)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    if _loss(text, data) <= _TOLERANCE:
        return text, "utf-8"
    return _tolerant(data, _DECLARED.get((declared or "").strip().lower(), "gb18030"))


def _tolerant(data: bytes, encoding: str) -> tuple[str, str]:
    """Decode although single bytes may be damaged."""
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    if _loss(text, data) <= _TOLERANCE:
        return text, encoding
    if encoding not in ("gb18030", "utf-8"):
        try:
            return data.decode("gb18030"), "gb18030"
        except UnicodeDecodeError:
            pass
    raise _unknown_encoding()


def _unknown_encoding() -> UnreadableError:
    return UnreadableError(
        "encoding", "无法辨认文件的文字编码。请用 WPS、Word 或记事本打开，另存为 UTF-8 编码的文件后再检查。"
    )


def _is_plausible(text: str) -> bool:
    """Whether the ideographs of a text can be Chinese, or Japanese.

    The private use area counts as ideographs: foreign bytes often end up there.

    Nearly all bytes of Big5, Shift JIS or EUC-KR are characters in GB18030 too, and text that was decoded
    wrongly once may have been saved as UTF-8. What comes out has hardly any of the common characters.
    """
    counts = Counter(text[:_PLAUSIBLE_SAMPLE])
    ideographs = [one for one in counts if "\u3400" <= one <= "\u9fff" or "\ue000" <= one <= "\uf8ff"]
    if len(ideographs) < _ENOUGH_IDEOGRAPHS:
        return True
    common = sum(counts[one] for one in ideographs if one in _COMMON)
    return common >= _PLAUSIBLE_SHARE * sum(counts[one] for one in ideographs)


def _loss(text: str, data: bytes) -> float:
    """Replaced characters per byte outside ASCII."""
    outside_ascii = len(data.translate(None, _ASCII))
    return text.count(_REPLACEMENT) / max(outside_ascii, 1)
