"""HTML that cannot be anything but text with a few tags around it.

Every piece of HTML is a `Markup`; plain strings, whoever wrote them, are escaped when they become part of one.
"""

from __future__ import annotations

from html import escape
from typing import Final

from checker.writers.shared.text_cells import harmless


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


EMPTY: Final = Markup()
LINE_BREAK: Final = Markup("<br>")


def text(words: object) -> Markup:
    """`words` as HTML: a `Markup` as it is, everything else made harmless and escaped.

    A space at either end, which parts it from its neighbours, stays.
    """
    if isinstance(words, Markup):
        return words
    plain = str(words)
    left, right = " " * (plain[:1] == " "), " " * (plain[-1:] == " " and bool(plain.strip()))
    return Markup(left + escape(harmless(plain), quote=True) + right)


def prose(words: str) -> Markup:
    """Text of an author: like `text`, its line breaks kept."""
    return joined(*words.split("\n"), by=LINE_BREAK) if "\n" in words else text(words)


def joined(*parts: object, by: str = "") -> Markup:
    """Parts one after the other, each as `text` makes it; `by` stands between them and is escaped as well."""
    between = by if isinstance(by, Markup) else escape(by)
    return Markup(between.join(text(part) for part in parts))


def tag(name: str, *inside: object, **attributes: object) -> Markup:
    """One element.

    Args:
        name: its name, a word of the program.
        inside: what stands in it, each as `text` makes it.
        attributes: by name, `_` for `-` and at the end of names that Python keeps for itself; None leaves
            one out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>{joined(*inside)}</{name}>")


def lines(*parts: Markup) -> str:
    """Parts that are not empty, each on a line of its own."""
    return "".join(f"{part}\n" for part in parts if part)
