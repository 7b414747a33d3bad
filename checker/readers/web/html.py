"""Web pages as saved from government sites, and pieces of HTML inside other formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final

from checker.model.document import Document
from checker.model.text import label_key
from checker.readers.blocks.collector import UNSEEN_TEXT, BlockCollector
from checker.readers.blocks.drafts import DraftItem, DraftNote, DraftParagraph, flatten, pour, tidy
from checker.readers.limits import Limits
from checker.readers.raw.encoding import decode, replaced_characters
from checker.readers.web.colours import PageColours
from checker.readers.web.furniture import DATE, PUBLISHED, PUBLISHED_ENDS, is_furniture_line, iso_day
from checker.readers.web.guard import guard
from checker.readers.web.parsing import ParsedPage, parse
from checker.readers.web.visibility import PageStyles
from checker.readers.web.walk import PageWalk

_HEAD_BYTES: Final = 2048
_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,30})""", re.IGNORECASE
)

_TITLE_NAME: Final = "articletitle"
_PUBLISHED_NAMES: Final = (
    "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "发布日期", "发布时间",
)  # fmt: skip
_BEFORE_DATE: Final = r"(?:[\s:：】\]]|&nbsp;|<[^<>]{0,200}>){1,20}"
_PUBLISHED: Final = tuple(re.compile(words + _BEFORE_DATE + DATE.pattern) for words in PUBLISHED)
_DATED: Final = re.compile(PUBLISHED_ENDS + _BEFORE_DATE + DATE.pattern)
_SHORTEST_TITLE: Final = 6
_LONGEST_CAPTION: Final = 60
_NEAR_TOP: Final = 5


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - the interface of readers
    """Read a web page: its text and tables without navigation, buttons and footers.

    Args:
        data: the page.
        name: its file name, not used.
        limits: how much reading may cost.

    Raises:
        UnreadableError: `encoding` or `too_large`.
    """
    declared = _CHARSET.search(data, 0, _HEAD_BYTES)
    text, encoding = decode(data, declared[1].decode("ascii") if declared else None)
    guard(text, limits)
    page = parse(text)
    metas = _metas(page)
    colours = PageColours.of(text, page.sheets)
    drafts, unseen = _drafts(page, limits, colours, drop_furniture=True)
    items = [
        item
        for item in flatten(drafts)
        if not (isinstance(item, DraftParagraph) and is_furniture_line(item.text))
    ]
    blocks = BlockCollector(limits)
    pour(_from_title_on(items, metas.get(_TITLE_NAME, ""), page.title), blocks, limits)
    if unseen:
        blocks.note(*UNSEEN_TEXT)
    damage = replaced_characters(text)
    if damage:
        blocks.note("replaced_characters", damage)
    properties = {
        "title": metas.get(_TITLE_NAME) or page.title,
        "published": _published(metas, text),
        "encoding": encoding,
    }
    return blocks.document("html", {key: value for key, value in properties.items() if value})


def read_fragment(text: str, limits: Limits) -> Document:
    """Read a piece of HTML inside another format.

    Args:
        text: the piece, such as a table in a Markdown file.
        limits: how much reading may cost.

    Returns:
        Its blocks, numbered from 1, and a note if it has text that nobody sees; nothing is taken for page furniture.

    Raises:
        UnreadableError: `too_large`.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    guard(text, limits)
    page = parse(text)
    blocks = BlockCollector(limits)
    colours = PageColours.of(text, page.sheets)
    drafts, unseen = _drafts(page, limits, colours, drop_furniture=False)
    pour(flatten(drafts), blocks, limits)
    if unseen:
        blocks.note(*UNSEEN_TEXT)
    return blocks.document("html")


def _drafts(
    page: ParsedPage, limits: Limits, colours: PageColours | None, *, drop_furniture: bool
) -> tuple[list[DraftItem], bool]:
    """What a page shows, and whether it has text that nobody sees."""
    styles = PageStyles(page.sheets if "{" in page.sheets else "")
    if colours is not None and page.root is not None:
        colours.enter(-1, "body", page.root.attributes)
    walk = PageWalk(limits, drop_furniture=drop_furniture, styles=styles, colours=colours)
    drafts = walk.read(page.root) if page.root is not None else []
    return drafts, walk.unseen or (colours is not None and colours.unseen)


def _metas(page: ParsedPage) -> dict[str, str]:
    """What the page declares about itself, by lower-case name; the first of a name counts."""
    metas: dict[str, str] = {}
    for attributes in page.metas:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = tidy(attributes.get("content") or "")
        if name and content:
            metas.setdefault(name, content)
    return metas


def _published(metas: Mapping[str, str], text: str) -> str:
    """The day of publication as an ISO date: declared, or written on the page; empty if there is none."""
    found = (DATE.search(metas[name]) for name in _PUBLISHED_NAMES if name in metas)
    dated = _DATED.search(text) is not None  # on a large page much quicker than the patterns
    written = (pattern.search(text) for pattern in _PUBLISHED if dated)
    return next(filter(None, map(iso_day, chain(found, written))), "")


def _from_title_on(items: list[DraftItem], declared: str, page_title: str) -> list[DraftItem]:
    """The items beginning with the title of the text.

    Lines before the title belong to the page. A declared title that stands nowhere is put in front.
    Pictures before the first block belong to the page too.
    """
    lines = [(index, item.text) for index, item in enumerate(items) if isinstance(item, DraftParagraph)]
    wanted = {label_key(part) for part in (declared, *re.split(r"[-_|—]", page_title))}
    begins = {key[:1] for key in wanted}
    firsts = {line[0] for _, line in lines}
    firsts = {one for one in firsts if not one.isalnum() or label_key(one)[:1] in begins}
    start = next(
        (
            index
            for index, line in lines
            if len(line) >= _SHORTEST_TITLE and line[0] in firsts and label_key(line) in wanted
        ),
        None,
    )
    if start is not None:
        items = [item for item in items[:start] if not _is_caption(item)] + items[start:]
    elif declared and label_key(declared) not in label_key("".join(line for _, line in lines[:_NEAR_TOP])):
        items = [DraftParagraph(declared, 1), *items]
    first = next((index for index, item in enumerate(items) if not isinstance(item, DraftNote)), 0)
    return [item for index, item in enumerate(items) if index >= first or not _is_picture(item)]


def _is_caption(item: DraftItem) -> bool:
    """A short line without a full stop."""
    return isinstance(item, DraftParagraph) and len(item.text) <= _LONGEST_CAPTION and "。" not in item.text


def _is_picture(item: DraftItem) -> bool:
    return isinstance(item, DraftNote) and item.code == "image"
