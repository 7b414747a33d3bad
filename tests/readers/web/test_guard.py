"""Tags found in one go are those found attribute by attribute; where they might differ, the slow way is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.web.guard import _plain_tags, _tags, guard

PIECES = [
    "<div",
    "<b",
    "</div",
    "</b",
    ">",
    " ",
    "=",
    '"',
    "'",
    "a",
    "x=1",
    ' c="d"',
    "/",
    "\n",
    "<",
    "<!--",
    "-->",
    "甲",
    "B",
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_both_ways_find_the_same_tags(text):
    plain = _plain_tags(text, 1000)
    if plain is not None:
        assert [tag[:2] for tag in plain] == [tag[:2] for tag in _tags(text, 1000)]


@pytest.mark.parametrize(
    ("tag", "is_plain"),
    [
        ("<p class=\"a\" data-x='b' hidden id=c>", True),
        ('<a href="/x?y=1&amp;z=2">', True),
        ("</div >", True),
        ('<a title="</a>">', False),
        ("<a title='>'>", False),
        ("<a b=</a>", False),
        ("<a b = 'c'>", False),
        ('<a ="x y=\'">', False),
        ('<a b=="x c=\'y" >', False),
        ('<a b= c="x d=\'z">', False),
        ("<a" + " b" * 9000 + ">", False),
        ("<a", False),
    ],
)
def test_which_tags_are_plain(tag, is_plain):
    assert (_plain_tags(f"<p>甲</p>{tag}乙", 10_000) is not None) == is_plain


@pytest.mark.parametrize("opening", ["<div>", "<div title='</div>'>", '<div a="x" b>'])
def test_deep_pages_are_refused_either_way(opening):
    with pytest.raises(UnreadableError, match="嵌套"):
        guard(opening * 30_000, DEFAULT_LIMITS)
