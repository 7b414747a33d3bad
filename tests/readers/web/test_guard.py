"""Tags found in one go are those found attribute by attribute; where they might differ, the slow way is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.web import guard as module
from checker.readers.web.guard import guard, tags

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


def names_of(found):
    return [(slash, name) for some in found for slash, name, _ in some]


def one_by_one(text):
    return names_of(module.tags_with_attributes(text, 0, 10_000))


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join), st.integers(1, 12))
def test_both_ways_find_the_same_tags(text, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", piece)
        assert names_of(tags(text, 10_000)) == one_by_one(text)


@pytest.mark.parametrize(
    "tag",
    [
        "<p class=\"a\" data-x='b' hidden id=c>",
        '<a href="/x?y=1&amp;z=2">',
        "</div >",
        '<a title="</a>">',
        "<a title='>'>",
        "<a b=</a>",
        "<a b = '<c>'>",
        "<a =\"x y='\"><b>'>",
        "<a b==\"x c='y\" ><b>'>",
        "<a b= c=\"x d='z\"><b>'>",
        "<a" + " b" * 3000 + ">",
        "<a",
    ],
)
def test_unusual_tags_end_where_browsers_end_them(tag):
    text = f"<p>甲</p>{tag}<i>乙</i>" * 3
    assert names_of(tags(text, 10_000)) == one_by_one(text)


@pytest.mark.parametrize("opening", ["<div>", "<div title='</div>'>", '<div a="x" b>'])
def test_deep_pages_are_refused_either_way(opening):
    with pytest.raises(UnreadableError, match="嵌套"):
        guard(opening * 30_000, DEFAULT_LIMITS)


def test_many_attributes_are_refused():
    for page in ("<a" + " b" * 100_000 + ">", "<p>甲</p>" * 20_000 + "<a" + " b=''" * 9000 + ">"):
        with pytest.raises(UnreadableError, match="属性"):
            guard(page, DEFAULT_LIMITS)
