"""A page that a browser has parsed is read like one that lexbor has parsed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.web import parsing
from checker.readers.web.html import read

ROOT = Path(__file__).resolve().parents[3]
PAGES = {path.name: path.read_bytes() for path in sorted((ROOT / "reports_in").glob("*.html"))}
PAGES["small"] = (
    "<title>甲 - 乙</title><style>.x{display:none}</style><meta name=PubDate content=2025-01-02><p>一<b>二</b><!--三-->"
    "<p hidden>四<span class=x>五</span><ul><li>六<table><tr><td rowspan=2>七<td><tr><td>八</table></ul>"
).encode()


def handed_over(text):
    """What the page's script makes of a page: every node in its order, named by its parent's place in the list."""
    nodes = []
    pending = [(LexborHTMLParser(text).root, -1)]
    while pending:
        node, parent = pending.pop()
        if node.tag == parsing.TEXT:
            nodes.append([parent, node.text_content])
        elif not node.tag.startswith(("-", "!")):
            nodes.append([parent, node.tag, {name: value or "" for name, value in node.attributes.items()}])
            inside, child = [], node.first_child
            while child is not None:
                inside.append((child, len(nodes) - 1))
                child = child.next
            pending += reversed(inside)
    return json.dumps(nodes)


@pytest.fixture
def pages():
    pages = parsing.HandedOverPages()
    usual = parsing.parse_with(pages)
    yield pages
    parsing.parse_with(usual)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_asked_for_and_read_when_it_is_there(name, pages):
    usual = parsing.parse_with(parsing.parse_with_lexbor)
    expected = read(PAGES[name], name, DEFAULT_LIMITS)
    parsing.parse_with(pages)

    nothing = read(PAGES[name], name, DEFAULT_LIMITS)
    (wanted,) = pages.wanted
    pages.hand_over(wanted, handed_over(wanted))

    assert usual is pages
    assert nothing.blocks == ()
    assert read(PAGES[name], name, DEFAULT_LIMITS) == expected
    assert len(expected.blocks) > 0


def test_what_was_handed_over_is_forgotten(pages):
    pages.hand_over("x", "[]")
    assert pages("x") == parsing.ParsedPage()
    pages.forget()
    assert pages.wanted == []
    pages("x")
    assert pages.wanted == ["x"]
