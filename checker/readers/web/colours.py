"""Which text of a web page nobody sees, since it has the colour of what lies behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from checker.readers.blocks.colours import UNKNOWN, WHITE, Colour, colour_of, vanishes
from checker.readers.web.attributes import Attributes
from checker.readers.web.visibility import LONGEST_STYLE, is_hidden, rules_of

_MAY_MATTER: Final = re.compile(
    r"[bctBCT](?i:(?<=c)olor\s*[:=]\s*[\"']?\s*(?:#?[ef][0-9a-f]|rgba?\(\s*2[2-5]\d|hsl|white|snow|ivory|azure|mintcream)"
    r"|(?<=\bt)ext\s*=|(?<=b)(?:ackground-color\s*:|ackground\s*:\s*[^\s;]*(?:#|rgb|black|navy|gr[ae]y|blue|red)|gcolor))"
)
"""Without one of these, all text is dark on a light page. It begins with letters that `re` skips to quickly."""
_INK: Final = re.compile(r"(?<![-\w])(?:-webkit-text-fill-)?color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND: Final = re.compile(r"(?<![-\w])background(?:-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_NONE: Final = frozenset(("none", "transparent", "inherit", "initial", "unset", "0", "0 0", "currentcolor"))
_SIMPLE: Final = re.compile(r"(?:[a-z][a-z0-9]*)?(?:\.[\w-]+)?|#[\w-]+", re.IGNORECASE)
_LAST: Final = re.compile(r"[.#]?[\w-]+(?=(?:::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\])*$)")
_LINKED: Final = re.compile(r"<link\b[^>]{0,300}stylesheet", re.IGNORECASE)
_OF_TABLES: Final = frozenset(("table", "thead", "tbody", "tr", "td", "th"))


class _Layer(NamedTuple):
    """What an open element says of colours, with what it takes over from around it."""

    depth: int
    ink: Colour
    ground: Colour


class PageColours:
    """Follows the colours through a page.

    Args:
        page: its source.
        sheets: its style sheets.

    Attributes:
        unseen: whether a text was found that nobody sees.
    """

    def __init__(self, page: str, sheets: str) -> None:
        self.unseen = False
        self._linked = _LINKED.search(page) is not None
        self._sheet = _sheet_of(sheets)
        self._open: list[_Layer] = [_Layer(-2, UNKNOWN, WHITE)]

    @classmethod
    def of(cls, page: str, sheets: str) -> PageColours | None:
        """Those of a page; None if they cannot matter."""
        return cls(page, sheets) if _MAY_MATTER.search(page) else None

    def enter(self, depth: int, tag: str, attributes: Attributes) -> None:
        """An element begins inside so many others."""
        ink, ground = self._declared(tag, attributes)
        if ink is None and ground is None:
            return
        around = self._around(depth)
        self._open.append(_Layer(depth, ink or around.ink, ground or around.ground))

    def hides(self, depth: int, text: str) -> bool:
        """Whether nobody sees a text that stands inside so many elements."""
        around = self._around(depth)
        hidden = vanishes(around.ink, around.ground)
        if hidden and not text.isspace():
            self.unseen = True
        return hidden

    def _around(self, depth: int) -> _Layer:
        while self._open[-1].depth >= depth:
            self._open.pop()
        return self._open[-1]

    def _declared(self, tag: str, attributes: Attributes) -> tuple[Colour | None, Colour | None]:
        """Colour of the text and of the ground, None for what the element does not say; what is nearest counts."""
        ink, ground = self._sheet.get(tag, (None, None)) if self._sheet else (None, None)
        if not attributes:
            return ink, ground
        classes = (attributes.get("class") or "").split()
        names = [f".{name}" for name in classes] + [f"{tag}.{name}" for name in classes]
        names += [f"#{attributes['id']}"] if attributes.get("id") else []
        if names and self._linked and tag in _OF_TABLES:
            ground = UNKNOWN
        said = [self._sheet[name] for name in names if name in self._sheet] if self._sheet else []
        said.append(
            (
                _written(attributes.get("color" if tag == "font" else "text")),
                _written(attributes.get("bgcolor")),
            )
        )
        style = attributes.get("style")
        if style:
            said.append(_of_style(style[:LONGEST_STYLE]))
        if attributes.get("background"):
            said.append((None, UNKNOWN))
        for own_ink, own_ground in said:
            ink, ground = own_ink or ink, own_ground or ground
        return ink, ground


def is_unseen(tag: str, attributes: Attributes) -> bool:
    """Whether nobody sees the text of an element that stands alone on white."""
    colours = PageColours("", "")
    colours.enter(0, tag, attributes)
    return is_hidden(attributes) or colours.hides(1, "")


def _written(value: str | None) -> Colour | None:
    """A colour in an attribute, where the sign before the number may be missing."""
    return (colour_of(value) or UNKNOWN) if value else None


@lru_cache(512)
def _of_style(style: str) -> tuple[Colour | None, Colour | None]:
    inks, grounds = _INK.findall(style), _GROUND.findall(style)
    return (_one_of(inks[-1]) if inks else None), (_one_of(grounds[-1]) if grounds else None)


def _one_of(value: str) -> Colour | None:
    """The colour among the words of a value, `UNKNOWN` for a picture or a blend, None if there is none."""
    value = value.strip().lower()
    if value in _NONE:
        return None
    if "url(" in value or "gradient" in value:
        return UNKNOWN
    return colour_of(value) or next(filter(None, map(colour_of, value.split())), UNKNOWN)


def _sheet_of(sheets: str) -> dict[str, tuple[Colour | None, Colour | None]]:
    """What the rules of style sheets say, by `tag`, `.class` or `#id`.

    What a rule about more than that says is not known of the elements that its last word may mean.
    """
    found: dict[str, tuple[Colour | None, Colour | None]] = {}
    for selector, style in _selectors(sheets):
        ink, ground = _of_style(style)
        if ink is None and ground is None:
            continue
        simple = _SIMPLE.fullmatch(selector)
        last = _LAST.search(selector)
        name = selector if simple else last[0] if last else ""
        if simple is None:
            ink, ground = ink and UNKNOWN, ground and UNKNOWN
        before = found.get(name, (None, None))
        found[name] = (ink or before[0], ground or before[1])
    return found


def _selectors(sheets: str) -> Iterator[tuple[str, str]]:
    for selectors, declarations in rules_of(sheets):
        for selector in selectors.split(","):
            yield selector.strip(), declarations[:LONGEST_STYLE]
