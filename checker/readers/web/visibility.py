"""Which parts of a line of a web page are shown: what styles hide, set off the line, or may have moved out of sight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from checker.readers.web.attributes import Attributes

_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|(?:content-)?visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0\d*)?%?\s*(?:;|!|$)"
    r"|clip\s*:\s*rect\(\s*0[^1-9]*\)|(?:left|right|top|bottom|text-indent)\s*:\s*-\d{4,}|mso-hide\s*:\s*all"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%\s*\)|circle\(\s*0)|transform\s*:[^;]*(?:scale\(\s*0\s*\)|translate[XY]?\(\s*-\d{4,})"
    r"|filter\s*:[^;]*opacity\(\s*0%?\s*\)|max-(?:width|height)\s*:\s*0(?:px|pt)?\s*;(?:[^;]*;)*?\s*overflow\s*:\s*hidden"
    r"|(?<![-\w])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0*(?:\.0\d*)?\s*\))|(?<![-\w])font\s*:[^;]*?(?<![\w.])0(?:px|pt|r?em)?\s*/"
    r"|(?<![-\w])(?:width|height)\s*:\s*0(?:px|pt)?\s*;(?:[^;]*;)*?\s*overflow\s*:\s*hidden"
    r"|overflow\s*:\s*hidden\s*;(?:[^;]*;)*?\s*(?:width|height)\s*:\s*0(?:px|pt)?\s*(?:;|!|$)"
    r"|text-decoration[a-z-]*\s*:[^;]*line-through"
    r"|font-size\s*:\s*0*(?:0|\.[0-9]+|1(?:\.[0-9]*)?(?=px|pt))(?:\.0*)?\s*(?:px|pt|r?em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
"""Not shown at all, transparent, struck through, or too small to be seen."""
_STRUCK: Final = re.compile(r"line-through", re.IGNORECASE)
_DOUBTFUL: Final = re.compile(
    r"position\s*:\s*(?:absolute|fixed)|float\s*:\s*(?:left|right)|(?<![-\w])inset\s*:|margin[a-z-]*\s*:[^;]*-\d{3}"
    r"|(?<![-\w])(?:-webkit-|-ms-)?(?:clip|clip-path|mask|mask-image|transform|translate|scale|rotate|filter)\s*:"
    r"(?!\s*(?:none|auto|initial|inherit|unset|normal)\b)"
    r"|text-indent\s*:\s*(?:-|\d{3,}%)|line-height\s*:\s*0(?![.\d])|opacity\s*:\s*0?\.[0-2]"
    r"|overflow[-xy]*\s*:\s*(?:hidden|clip)[^}]*(?<!line-)(?:height|width)\s*:|(?<!line-)(?:height|width)\s*:[^}]*overflow[-xy]*\s*:\s*(?:hidden|clip)"
    r"|color\s*:\s*(?:var\(|hwb|(?:ok)?l(?:ab|ch)|color|light-dark|\#(?:[0-9a-f]{8}|[0-9a-f]{4})\b|rgba?\([^)]*[/%])"
    r"|(?:display|visibility|opacity|font-size|font)\s*:[^;]*(?:var\(|\\)",
    re.IGNORECASE,
)
"""Such text may stand elsewhere, or be cut off, or be seen through: it is read, but never as part of a figure."""
_OFF_LINE: Final = re.compile(
    r"(?:vertical-align|font-variant-position|baseline-shift)\s*:\s*"
    r"(?:(super|sub)\b|(-?)(?=[0-9.]*[1-9])[0-9.]+(?:px|pt|r?em|ex|%))",
    re.IGNORECASE,
)
_ON_LINE: Final = re.compile(r"vertical-align\s*:\s*(?:baseline|middle|inherit|0)", re.IGNORECASE)
_AT_EDGE: Final = re.compile(r"vertical-align\s*:\s*text-(top|bottom)", re.IGNORECASE)
_MOVED: Final = re.compile(r"position\s*:\s*relative", re.IGNORECASE)
_SMALL: Final = re.compile(
    r"font-size\s*:\s*(?:[0-7](?:\.[0-9]+)?pt|[0-9](?:\.[0-9]+)?px|0?\.[0-7][0-9]*r?em|[1-7]?[0-9](?:\.[0-9]+)?%"
    r"|x?x-small|smaller)",
    re.IGNORECASE,
)
"""Letters of a mark; other text is moved off the line by a length as well, for the looks of a cell."""
_TELLING: Final = re.compile(
    r"display|visibility|opacity|font|color|position|clip|vertical-align", re.IGNORECASE
)
BACKWARDS: Final = "backwards"
LONGEST_STYLE: Final = 1000
"""Characters of a style that are looked at: patterns that run to the end of a declaration must not do so for ever."""
_MOST_BLOCKS: Final = 50
"""Blocks of a style sheet inside one another; what is deeper is no style sheet."""
_STYLES_KEPT: Final = 512
"""Styles whose meaning is kept; what office programs export repeats a few of them at every element."""

_MARK: Final = re.compile(r"[{};]")
_ALWAYS: Final = re.compile(
    r"@(?:media\s+(?:only\s+)?(?:all|screen)|supports\b.*|layer\b.*)\s*", re.IGNORECASE | re.DOTALL
)
_SOMETIMES: Final = re.compile(r"@(?:media|container)\b(?!.*max-)(?!.*print)", re.IGNORECASE | re.DOTALL)
_LAST_WORD: Final = re.compile(r"[.#][\w-]+$|^[a-z]+$", re.IGNORECASE)
"""What the last word of a selector is about, unless it is a tag inside something else."""
_OF_A_CELL: Final = re.compile(
    r"(?:(?:html|body|table|tbody|tr|td|th|div|p|span|\*)(?:\s+|\s*>\s*))*(?P<last>[^\s>+~]+)", re.IGNORECASE
)
"""A selector whose last part may mean something in any cell."""
_NAMES: Final = re.compile(r"[.#][\w-]+|\[[\w-]+|^[a-z][\w-]*", re.IGNORECASE)


def rules_of(sheet: str) -> list[tuple[str, str]]:
    """Selectors and declarations of each rule that holds on every screen."""
    return [(selectors, declared) for selectors, declared, sure in _rules(sheet) if sure]


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors, declarations, and whether they hold on every screen; none for those that hold on paper alone."""
    sheet = _without_comments(sheet)
    heads: list[str] = []
    """What opened the blocks that are open, the selectors of a rule among them."""
    start, declared = 0, ""
    for mark in _MARK.finditer(sheet):
        text = sheet[start : mark.start()].strip()
        start = mark.end()
        if mark[0] == "{":
            heads.append(text if text.startswith("@") else f" {text}")
            if len(heads) > _MOST_BLOCKS:
                return
        elif mark[0] == "}" and heads:
            head = heads.pop()
            if head.startswith(" "):
                yield from _told(head.strip(), declared + text, heads)
            declared = ""
            continue
        declared = f"{declared}{text};" if mark[0] == ";" else ""


def _told(selectors: str, declared: str, heads: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """A rule inside some blocks."""
    around = [head for head in heads if head.startswith("@")]
    always = all(_ALWAYS.fullmatch(head) for head in around)
    if always or all(_ALWAYS.fullmatch(head) or _SOMETIMES.match(head) for head in around):
        yield selectors, declared, always


def _without_comments(text: str) -> str:
    """CSS without comments and without the marks that hide it from old browsers."""
    first, *rest = text.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(piece.partition("*/")[2] for piece in rest)


class PageStyles:
    """What the style sheets of a page hide or set off the line.

    Args:
        sheets: the style sheets.
    """

    def __init__(self, sheets: str) -> None:
        self._sure: dict[str, str] = {}
        self._unsure: set[str] = set()
        for selectors, declared, sure in _rules(sheets):
            style = declared[:LONGEST_STYLE]
            if _hides(style) or _OFF_LINE.search(style) or _ON_LINE.search(style):
                for selector in selectors.split(","):
                    self._take(selector.strip(), declared, sure=sure)

    def __bool__(self) -> bool:
        return bool(self._sure or self._unsure)

    def _take(self, selector: str, declared: str, *, sure: bool) -> None:
        name = _LAST_WORD.search(selector)
        if name and sure:
            self._sure[name[0]] = f"{self._sure.get(name[0], '')}{declared};"
        elif part := _OF_A_CELL.fullmatch(selector):
            self._unsure.update(_NAMES.findall(part["last"]))

    def applied(self, tag: str, attributes: Attributes) -> tuple[Attributes, bool]:
        """The attributes with what is declared for the element, and whether it is in doubt if it is shown."""
        names = [tag, *(f".{name}" for name in (attributes.get("class") or "").split())]
        names += [f"#{attributes.get('id')}"]
        unsure = bool(self._unsure) and not self._unsure.isdisjoint(
            (*names, *(f"[{name}" for name in attributes))
        )
        declared = [self._sure[name] for name in names if name in self._sure]
        if not declared:
            return attributes, unsure
        own = attributes.get("style") or ""
        if own and _TELLING.search(own):
            return attributes, True
        return {**attributes, "style": ";".join((*declared, own))}, unsure


HIDING: Final = frozenset(("hidden", "popover", "style"))
"""Attributes one of which every hidden element has, but for a closed `dialog`."""


def is_hidden(attributes: Attributes, tag: str = "") -> bool:
    """Whether an element is not shown."""
    style = attributes.get("style") if attributes else None
    if tag == "dialog" and "open" not in attributes:
        return True
    return "hidden" in attributes or "popover" in attributes or (style is not None and _hides(_plain(style)))


def is_struck(attributes: Attributes) -> bool:
    """Whether the text of a hidden element is struck through."""
    return _STRUCK.search(attributes.get("style") or "") is not None


def is_doubtful(attributes: Attributes) -> bool:
    """Whether an element may be shown elsewhere than it stands, or not at all."""
    style = attributes.get("style")
    return bool(style) and _is_doubtful(_plain(style or ""))


def stands_off_line(attributes: Attributes, tag: str = "") -> str:
    """`super` or `sub` for text above or below the line by its style, `backwards` for reversed text, else empty."""
    style = attributes.get("style") if attributes else None
    if tag == "bdo" and (attributes.get("dir") or "").lower() == "rtl":
        return BACKWARDS
    return _off_line(style[:LONGEST_STYLE]) if style else ""


def stands_on_line(attributes: Attributes) -> bool:
    """Whether a style keeps an element on the line whose tag sets it off."""
    return _ON_LINE.search(attributes.get("style") or "", 0, LONGEST_STYLE) is not None


def _plain(style: str) -> str:
    style = style[:LONGEST_STYLE]
    return _without_comments(style) if "/*" in style else style


@lru_cache(_STYLES_KEPT)
def _hides(style: str) -> bool:
    return _HIDDEN.search(style) is not None


@lru_cache(_STYLES_KEPT)
def _is_doubtful(style: str) -> bool:
    return _DOUBTFUL.search(style) is not None or (
        _MOVED.search(style) is not None and _SMALL.search(style) is not None
    )


@lru_cache(_STYLES_KEPT)
def _off_line(style: str) -> str:
    if re.search(r"(?:bidi|isolate)-override", style) and "rtl" in style:
        return BACKWARDS
    found = _OFF_LINE.search(style)
    edge = None if found else _AT_EDGE.search(style)
    if edge and _SMALL.search(style):
        return "super" if edge[1].lower() == "top" else "sub"
    if not found:
        return ""
    if found[1]:
        return found[1].lower()
    return ("sub" if found[2] else "super") if _SMALL.search(style) else ""
