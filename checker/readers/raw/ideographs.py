"""One code point for one character: radicals and compatibility forms that fonts put in place of ideographs.

PDF and OFD writers map glyphs back to characters by the font alone. Where a font draws ⼀ and 一, ⺠ and 民
with one glyph, they often pick the radical, and text that is copied from there carries it into every other
format. Full-width digits and letters are left as they are: how a number was typed is for rules to judge. No
character changes into two or none, so that offsets stay those of the source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_RADICALS: Final = (
    "⺁厂⺄乙⺇几⺎兀⺏尢⺔巳⺝月⺟母⺠民⺢水⺩王⺬示⺷羊⺸羊⺼月⺽臼⻁虎⻄西⻅见⻆角⻇角⻉贝⻊足⻋车"
    "⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻯竜⻰龙⻱龜"
)
"""Radicals of the supplement block with their ideographs; normal forms of Unicode do not join these."""

_VERTICAL: Final = (
    "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︰：︱—︲–︵（︶）︷｛"
    "︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』"
)
"""Punctuation of vertical lines with its usual form."""


_UNUSUAL: Final = re.compile("[\u2e80-\u2fd5\ufe10-\ufe4f\uf900-\ufad9\U0002f800-\U0002fa1d\ud800-\udfff]")
_NO_CHARACTER: Final = "\ufffd"


@cache
def _table() -> dict[int, str]:
    pairs = _RADICALS + _VERTICAL
    table = {ord(pairs[index]): pairs[index + 1] for index in range(0, len(pairs), 2)}
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                table[code] = plain
    return {**table, **dict.fromkeys(range(0xD800, 0xE000), _NO_CHARACTER)}


def usual_characters(text: str) -> str:
    """`text` with radicals, compatibility ideographs and vertical forms replaced by usual characters.

    Halves of surrogate pairs, which are no characters at all, become U+FFFD.
    """
    return text if text.isascii() or not _UNUSUAL.search(text) else text.translate(_table())
