"""The checker inside the browser: what the page's worker calls.

A web page is parsed by the browser, which this program cannot wait for: it says which pages it wants, and is
asked once more when they are there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from checker.browser.checked import forget_documents
from checker.browser.desk import answer
from checker.readers.web.parsing import HandedOverPages, parse_with

_PAGES: Final = HandedOverPages()
parse_with(_PAGES)


def ask(
    request: str, files: Sequence[Any], texts: Sequence[str], trees: Sequence[str]
) -> tuple[str, list[bytes], list[str]]:
    """Answer a request of the page.

    Args:
        request: as JSON.
        files: what JavaScript hands over of each file.
        texts: the pages that were wanted, none when a request is new.
        trees: what the browser made of them.

    Returns:
        The answer as JSON, its files, and the pages that are wanted; if there are any, the answer is void.
    """
    if not texts:
        _PAGES.forget()
    _PAGES.wanted.clear()
    for text, tree in zip(texts, trees, strict=True):
        _PAGES.hand_over(text, tree)
    given, out = answer(json.loads(request), [file.to_bytes() for file in files])
    wanted = list(dict.fromkeys(_PAGES.wanted))
    if wanted:
        forget_documents()
    return json.dumps(given, ensure_ascii=False), out, wanted
