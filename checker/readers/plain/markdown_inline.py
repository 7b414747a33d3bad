"""Markdown inside a line, reduced to the text that is displayed."""

from __future__ import annotations

import re
from typing import Final

from checker.readers.blocks.marks import ABOVE, BELOW, shifted
from checker.startup.records import dataclass

_SPECIAL: Final = re.compile(r"[\\`*_~\[<&]")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE: Final = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[^\s<>@/]+@[^\s<>@]+)>")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_UNSEEN: Final = re.compile(
    r"<(del|s|strike|script|style|template|rt|rp)\b[^<>]*>[^<]*</\1\s*>"
    r"|!\[\d*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])|(?<!~)~~(?!~)((?:[^~]|~(?!~))*)(?<!~)~~(?!~)",
    re.IGNORECASE,
)
"""What is not shown: struck text, readings, pictures called by a number."""
_STRUCK: Final = frozenset(("del", "s", "strike"))
_ELEMENT: Final = re.compile(r"<(\w+)(\s[^<>]*)>[^<]*</\1\s*>")
_ATTRIBUTE: Final = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_OFF_LINE: Final = re.compile(r"<(su[pb])\b[^<>]*>([^<]*)</\1\s*>", re.IGNORECASE)
_LINK: Final = re.compile(r"!?\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])")
_EMPHASIS: Final = re.compile(r"\*+|_+|~+")
_LONGEST_MARK: Final = 3

_SHIFT: Final = 0x10FE00
"""Characters that mean themselves are moved here, a private area, until the marks have been read."""
_MEAN_THEMSELVES: Final = {
    code: _SHIFT + code for code in range(ord("!"), ord("~") + 1) if not chr(code).isalnum()
}
_BACK: Final = {shifted: code for code, shifted in _MEAN_THEMSELVES.items()}


@dataclass(frozen=True, slots=True)
class Inline:
    """Text as it is displayed, and whether some was left out that is struck through or not shown."""

    text: str
    unseen: bool = False


def read_inline(source: str) -> Inline:
    r"""Remove marks of emphasis, code, links and HTML tags, and resolve escapes.

    Args:
        source: one paragraph, heading or cell of Markdown.

    Returns:
        What is displayed; `<br>` becomes a line end. Emphasis is looser than CommonMark: `**“甲”**乙`,
        which the standard leaves as it is for its quotation marks, is what authors meant as bold.
    """
    if _SPECIAL.search(source) is None:
        return Inline(source)
    text, unseen = source, False
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: chr(_SHIFT + ord(match[1])), text)
    if "`" in text:
        text = _CODE.sub(lambda match: match[2].strip().translate(_MEAN_THEMSELVES), text)
    if "<" in text or "![" in text or "~~" in text:
        text, unseen = _without_unseen(text)
    if "<" in text:
        text = _OFF_LINE.sub(
            lambda match: shifted(match[2], ABOVE if match[1].lower() == "sup" else BELOW), text
        )
        text = _BREAK.sub("\n", text)
        text = _AUTOLINK.sub(lambda match: match[1].translate(_MEAN_THEMSELVES), text)
        text = _TAG.sub("", text)
    if "[" in text:
        # Twice, for an image within a link.
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _without_emphasis(text)
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - only texts with entities pay for its tables

        text = unescape(text)
    return Inline(text.translate(_BACK), unseen)


def _without_unseen(text: str) -> tuple[str, bool]:
    """Text without what is not shown, and whether something that might be read is among that."""
    found = False

    def left_out(match: re.Match[str]) -> str:
        nonlocal found
        if match[2] is not None and match[2] != match[2].strip():
            return match[0]  # `~~` beside a space is no mark
        struck = match[2] is not None or (match[1] or "").lower() in _STRUCK
        found = found or (struck and _TAG.sub("", match[0]).strip("~ \t\u3000") != "")
        return ""

    def shown(element: re.Match[str]) -> str:
        nonlocal found
        if not _is_unseen(element):
            return element[0]
        found = found or _TAG.sub("", element[0]).strip() != ""
        return ""

    text = _UNSEEN.sub(left_out, text)
    return (_ELEMENT.sub(shown, text) if "<" in text else text), found


def _is_unseen(element: re.Match[str]) -> bool:
    """Whether the attributes of an element that holds text only keep that from being seen."""
    from checker.readers.web.colours import is_unseen  # noqa: PLC0415 - few files have HTML in their lines

    attributes = {
        name.lower(): next(filter(None, values), "") for name, *values in _ATTRIBUTE.findall(element[2])
    }
    return is_unseen(element[1].lower(), attributes)


def _without_emphasis(text: str) -> str:
    """Drop pairs of `*`, `_` and `~~` runs that enclose something.

    A run opens before text and closes behind text. It pairs with the last open run of the same kind and
    length; open runs between the two stay as they are.
    """
    open_runs: list[re.Match[str]] = []
    open_count: dict[str, int] = {}
    dropped: list[re.Match[str]] = []
    for run in _EMPHASIS.finditer(text):
        mark = run[0]
        before = text[run.start() - 1 : run.start()]
        behind = text[run.end() : run.end() + 1]
        if len(mark) > _LONGEST_MARK or mark == "~" or _inside_word(mark, before, behind):
            continue
        if open_count.get(mark) and before.strip():
            while open_runs[-1][0] != mark:
                open_count[open_runs.pop()[0]] -= 1
            dropped += (open_runs.pop(), run)
            open_count[mark] -= 1
        elif behind.strip():
            open_runs.append(run)
            open_count[mark] = open_count.get(mark, 0) + 1
    if not dropped:
        return text
    pieces: list[str] = []
    position = 0
    for run in sorted(dropped, key=re.Match.start):
        pieces.append(text[position : run.start()])
        position = run.end()
    return "".join((*pieces, text[position:]))


def _inside_word(mark: str, before: str, behind: str) -> bool:
    """`_` between letters or digits, as in file names, is no mark."""
    return mark[0] == "_" and before.isalnum() and behind.isalnum()
