"""Search in Chinese: every two characters that stand side by side are a term, in the index and in what is looked for.

So any phrase is found, whatever the words of a dictionary are; Sphinx's own search in Chinese needs one.
"""

from __future__ import annotations

import re
from typing import Final

from sphinx.search import SearchLanguage

_PIECES: Final = re.compile(r"[a-z0-9_]+|[\u3400-\u9fff]+")


class ChinesePairs(SearchLanguage):
    """Terms of a text: pairs of Chinese characters, a single one alone, and words of letters and digits."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = r"""
var splitQuery = (query) =>
  (query.toLowerCase().match(/[a-z0-9_]+|[\u3400-\u9fff]+/g) ?? []).flatMap((piece) =>
    /^[a-z0-9_]|^.$/.test(piece) ? [piece] : [...piece].slice(1).map((_, n) => piece.slice(n, n + 2)));
"""

    def split(self, input: str) -> list[str]:  # noqa: A002  # as Sphinx calls it
        """The terms of a text, as the same rule finds them in a query."""
        terms: list[str] = []
        for piece in _PIECES.findall(input.lower()):
            if piece[0] < "\u3400" or len(piece) == 1:
                terms.append(piece)
            else:
                terms.extend(piece[n : n + 2] for n in range(len(piece) - 1))
        return terms

    def word_filter(self, word: str) -> bool:
        """Everything is registered, numbers too: rules are called by them."""
        return bool(word)
