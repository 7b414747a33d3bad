"""The styles part of a DOCX, of which only the styles in use are parsed.

Word, and whatever begins with one of its templates, defines some hundred styles and uses a handful; parsing all of
them would take four fifths of the time that reading such a file takes. A part that looks as word processors write
it is cut where its styles begin, and each piece is parsed when it is asked for; a fault in a style that nothing
uses is not noticed then. Any other part is parsed whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from checker.readers.limits import Limits
from checker.readers.raw.safe_xml import Element, read_tree

_DECLARATION: Final = (
    rb"""(?:<\?xml\s+version=["']1\.0["'](?:\s+encoding=["'](?:UTF|utf)-8["'])?"""
    rb"""(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>\s*)?"""
)
_ROOT: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?" + _DECLARATION + rb"""(<(\w+):styles(?:\s+[\w:.-]+="[^"<>&\t\r\n]*")*\s*>)"""
)
_ATTRIBUTE: Final = re.compile(r'(?:[\w.-]+:)?([\w.-]+)="([^"]*)"')
_DEFAULTS: Final = re.compile(rb"<(\w+):docDefaults\b.*?</\1:docDefaults>", re.DOTALL)
_OF_ANOTHER_NAMESPACE: Final = re.compile(rb"[<:]style[\s/>]")
_BETWEEN: Final = b">"
"""Stands between tags, and in none of them."""
_UNUSUAL: Final = (b"'", b"&", b"\t", b"\r", b"\n", b" =", b"= ")
"""What does not stand in the tags of a usual part: it would have to be parsed to know what the attributes are."""


class StyleSheet:
    """The styles of a document by their id.

    Args:
        data: the part.
        limits: bounds for what is parsed of it.

    Attributes:
        default: id of the paragraph style that is marked as the default one, empty if none is.
        base: what holds for runs that no style says anything of, None if nothing does.

    Raises:
        UnreadableError: `damaged` or `too_large`; looking a style up may raise it too.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._styles: dict[str, Element | None] = {}
        self._cut = _cut(data)
        if self._cut is None:
            root = read_tree(data, limits)
            self._styles.update((style.attributes.get("styleId", ""), style) for style in root.all("style"))
            marked = (name for name, style in self._styles.items() if style and _is_default(style.attributes))
            self.default = next(marked, "")
            self.base = root.find("docDefaults", "rPrDefault")
        else:
            self.default = self._cut.default
            base = self._cut.base()
            self.base = read_tree(base, limits).find("docDefaults", "rPrDefault") if base else None

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    def __getitem__(self, name: str) -> Element:
        style = self._find(name)
        if style is None:
            raise KeyError(name)
        return style

    def _find(self, name: str) -> Element | None:
        if self._cut is not None and name not in self._styles:
            alone = self._cut.style(name)
            self._styles[name] = None if alone is None else read_tree(alone, self._limits).children[0]
        return self._styles.get(name)


def _is_default(attributes: Mapping[str, str]) -> bool:
    return attributes.get("type") == "paragraph" and attributes.get("default") in ("1", "true", "on")


class _Cut:
    """A part in pieces: what stands before the first style, and each style with its attributes as they are written.

    Args:
        opening: the tag of the part.
        prefix: that of its elements.
        front: what stands before the first style.
        styles: what follows `<prefix:style` of each.
        tags: the attributes of each.
    """

    def __init__(
        self, opening: bytes, prefix: bytes, front: bytes, styles: list[bytes], tags: list[bytes]
    ) -> None:
        self._opening, self._prefix, self._front = opening, prefix, front
        self._styles, self._tags = styles, tags
        self._written = _BETWEEN.join(tags)
        marked = [_attributes(tag) for tag in tags if b"default=" in tag]
        self.defaults = [attributes.get("styleId", "") for attributes in marked if _is_default(attributes)]

    @property
    def default(self) -> str:
        """See `StyleSheet`."""
        return self.defaults[0] if self.defaults else ""

    def style(self, name: str) -> bytes | None:
        """A part that holds one style alone, None if there is no style of that id; of several the last one counts."""
        number = next((number for number in self._numbers_saying(name) if self._name(number) == name), None)
        if number is None:
            return None
        return b"%s<%s:style%s" % (self._opening, self._prefix, self._styles[number]) + self._closing

    def _numbers_saying(self, name: str) -> Iterator[int]:
        """Numbers of the styles that may have an id, the last one first."""
        if not name:
            yield from range(len(self._tags) - 1, -1, -1)
            return
        said = b'styleId="%s"' % name.encode("utf-8", "replace")
        place = self._written.rfind(said)
        while place >= 0:
            yield self._written.count(_BETWEEN, 0, place)
            place = self._written.rfind(said, 0, place)

    def _name(self, number: int) -> str:
        return _attributes(self._tags[number]).get("styleId", "")

    def base(self) -> bytes | None:
        """A part that holds the defaults alone, None if there are none."""
        defaults = _DEFAULTS.search(self._front)
        return self._opening + defaults[0] + self._closing if defaults else None

    @property
    def _closing(self) -> bytes:
        return b"</%s:styles>" % self._prefix


def _attributes(tag: bytes) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(tag.decode("utf-8", "replace")))


def _cut(data: bytes) -> _Cut | None:
    """The part in pieces; None if it is an unusual one."""
    root = _ROOT.match(data)
    if (
        root is None
        or b"!" in data  # a comment, or text that only looks like markup
        or data.find(b"?", root.end()) >= 0
    ):
        return None
    opening, prefix = root[1], root[2]
    _, front, *styles = data.split(b"<%s:style" % prefix)  # the front begins in the opening tag
    end, closing = b"</%s:style>" % prefix, b"</%s:styles>" % prefix
    if not styles or (b"style" in front and _OF_ANOTHER_NAMESPACE.search(front)):
        return None
    *styles, last = [style.rstrip() for style in styles]
    if not last.endswith(closing):
        return None
    styles.append(last.removesuffix(closing).rstrip())
    tags = [style[: style.find(b">")] for style in styles]
    written = _BETWEEN.join(tags)
    if any(mark in written for mark in _UNUSUAL):
        return None
    for style, tag in zip(styles, tags, strict=True):
        if not style.startswith(b" ") or not style.endswith(end) or tag.count(b'"') % 2:
            return None
    cut = _Cut(opening, prefix, front, styles, tags)
    # Several that claim to be the default one, or that share its id, are left to the parser.
    if len(cut.defaults) > 1 or written.count(b'styleId="%s"' % cut.default.encode()) > 1:
        return None
    return cut
