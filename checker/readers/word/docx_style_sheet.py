"""The styles part of a DOCX, of which only the styles in use are parsed.

Word, and whatever begins with one of its templates, defines some hundred styles and uses a handful; parsing all of
them would take four fifths of the time that reading such a file takes. A part that looks as word processors write
it is cut at the ends of its styles, and each piece is parsed when it is asked for; a fault in a style that nothing
uses is not noticed then. Any other part is parsed whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from checker.readers.limits import Limits
from checker.readers.raw.safe_xml import Element, read_tree

_ATTRIBUTES: Final = rb'((?:\s+[\w:.-]+="[^"<>&\t\r\n]*")*)\s*>'
_DECLARATION: Final = (
    rb"""(?:<\?xml\s+version=["']1\.0["'](?:\s+encoding=["'](?:UTF|utf)-8["'])?"""
    rb"""(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>\s*)?"""
)
_ROOT: Final = re.compile(rb"(?:\xef\xbb\xbf)?" + _DECLARATION + rb"(<(\w+):styles" + _ATTRIBUTES + rb")")
_STYLE: Final = re.compile(rb"\s*<(\w+):style" + _ATTRIBUTES)
_ATTRIBUTE: Final = re.compile(r'(?:[\w.-]+:)?([\w.-]+)="([^"]*)"')
_DEFAULTS: Final = re.compile(rb"<(\w+):docDefaults\b.*?</\1:docDefaults>", re.DOTALL)
_OF_ANOTHER_NAMESPACE: Final = re.compile(rb"[<:]style[\s/>]")

_Attributes = Mapping[str, str]


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
        styles = _cut(data)
        if styles is None:
            root = read_tree(data, limits)
            styles = [(element.attributes, element) for element in root.all("style")]
            self.base = root.find("docDefaults", "rPrDefault")
        else:
            self.base = self._base(data)
        self._styles = {attributes.get("styleId", ""): style for attributes, style in styles}
        marked = {attributes.get("styleId", ""): _is_default(attributes) for attributes, _ in styles}
        self.default = next((name for name, is_default in marked.items() if is_default), "")

    def __contains__(self, name: object) -> bool:
        return name in self._styles

    def __getitem__(self, name: str) -> Element:
        style = self._styles[name]
        if isinstance(style, tuple):
            style = self._styles[name] = read_tree(b"".join(style), self._limits).children[0]
        return style

    def _base(self, data: bytes) -> Element | None:
        root, defaults = _ROOT.match(data), _DEFAULTS.search(data)
        if root is None or defaults is None:
            return None
        whole = b"%s%s</%s:styles>" % (root[1], defaults[0], root[2])
        return read_tree(whole, self._limits).find("docDefaults", "rPrDefault")


def _is_default(attributes: _Attributes) -> bool:
    return attributes.get("type") == "paragraph" and attributes.get("default") in ("1", "true", "on")


def _cut(data: bytes) -> list[tuple[_Attributes, Element | tuple[bytes, ...]]] | None:
    """Attributes of each style, and the pieces of a part that holds it alone; None if the part is an unusual one."""
    root = _ROOT.match(data)
    if root is None:
        return None
    opening, prefix = root[1], root[2]
    start, end, closing = (mark % prefix for mark in (b"<%s:style", b"</%s:style>", b"</%s:styles>"))
    first = data.find(start + b" ")
    *pieces, rest = data[first:].split(end)
    if (
        rest.strip() != closing
        or data.count(start) != len(pieces) + 1
        or data.find(b"!") >= 0  # a comment, or text that only looks like markup
        or data.find(b"?", root.end()) >= 0
        or _OF_ANOTHER_NAMESPACE.search(data, root.end(), first)
    ):
        return None
    styles: list[tuple[_Attributes, Element | tuple[bytes, ...]]] = []
    for piece in pieces:
        tag = _STYLE.match(piece)
        if tag is None or tag[1] != prefix:
            return None
        attributes = dict(_ATTRIBUTE.findall(tag[2].decode("utf-8", "replace")))
        styles.append((attributes, (opening, piece, end, closing)))
    return styles
