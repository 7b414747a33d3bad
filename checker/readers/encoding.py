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

from checker.errors import UnreadableError
from checker.lazy_re import compile_later

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
    "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家"
    "事成方多经去法学如都同现当没动面起看定天分还进好小部其些主理心本前开但因只从想实日者意无力与长把机十民第公此已工使"
    "情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见利什二等产新己制身果加月话合回特代内信表化老给"
    "世位次度门任常先海通教原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打四总何电数安少报才结反受目太量再"
    "感建务做接必场件计管期市直德资命山金指许统区保至队形社便空决治马科五基书非听白却界达光放强即像难且权思王完设式色路"
    "记南品住告类求据程北边死张该交规万取望领共确传观今切院识导争运府息县申镇乡局室单位公开复诉讼益策费组织需编截截止"
    "國為這個來時們對會發後經麼動當還進實長機與無見關點業將兩間問並應頭體內結處義條認題變總電數報幾門產氣萬資區達書設"
    "強許統難類決邊張該規領傳觀識導爭運開從過現說給縣鎮鄉單復訴訟費組織編總務稱"
)
"""The commonest characters of Chinese text, simplified and traditional."""
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

    NUL bytes give it away: line ends, digits and 一 have one. Which half is the high one is told by
    reading both ways, not by counting, because 一 has its NUL on the other side than digits have.
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
