"""The body that reports, from all places that name it: title, opening, page, signature, first section, own things.

An opening says whose report it is in many ways: 现公布…年度报告, 由…编制, 请与…联系. The first place that names
a body counts; another one may give the same name in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from checker.model.numerals import may_hold_year
from checker.model.report import Field
from checker.model.text import squeeze
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass
from checker.understand.bodies import BodyNames
from checker.understand.identity import Title, read_title

_MOST_PARAGRAPHS: Final = 12
_MOST_CHARACTERS: Final = 3000
_SHORTEST_NAME: Final = 4
_SHORTEST_FIRST: Final = 3
"""Of a body that a sentence is about: 档案馆 says who it is, though not where."""
_LONGEST_NAME: Final = 40
_MOST_LINES_BELOW: Final = 2
_INTRODUCED: Final = 8
"""Characters around a short name that is introduced in brackets."""
_SHORTEST_GOVERNMENT: Final = 6
_SHORTEST_FRAMED: Final = 8
"""Characters of a label, a year and the shortest word for a report."""
_BOOK_TITLE: Final = compile_later(r"《[^《》\n]{1,120}》")
_PAGE_PARTS: Final = compile_later(r"[_|｜]|[-–—]{1,2}")
_LOST_INDENT: Final = "?？�"
"""What is left of an indentation whose characters were lost."""
_SAME_LEVEL: Final = frozenset({("department", "central"), ("department", "other")})
"""What a body calls itself, and of what level it may be all the same: 我局 is said in a tax bureau too."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body by its full name, and as it is written where it was found."""

    name: str
    written: str


def find_body(
    title: Title | None,
    opening: Sequence[str],
    declared: str,
    signed: Iterable[str],
    bodies: BodyNames,
    *,
    said: Sequence[str] = (),
) -> Body | None:
    """The body that reports, None if nothing names it.

    Args:
        title: the title.
        opening: paragraphs between title and first section, squeezed; else the first of the first section.
        declared: the page's own title, squeezed.
        signed: who signs.
        bodies: how names are written.
        said: all paragraphs, squeezed, for what the body calls itself.
    """
    candidates: list[Body] = []
    if title and title.agency and title.written:
        candidates.append(Body(title.agency, title.written))
        if bodies.names_place(title.agency) and bodies.level(title.agency) is not None:
            return candidates[0]
    elif title and title.agency is None:
        candidates += _below_title(opening, bodies)
    candidates += _in_opening(opening, bodies)
    candidates += _declared(declared, bodies)
    candidates += (Body(bodies.full_name(name), name) for name in signed if bodies.level(name))
    if not candidates:
        return None
    if not (title and title.agency):
        candidates = _fitting(candidates, said, bodies)
    first = candidates[0]
    fuller = [
        one
        for one in candidates
        if _is_fuller(one, first, bodies) or any(_is_short_for(first, one, text, bodies) for text in opening)
    ]
    return max(fuller, key=lambda one: len(one.name), default=first)


def _fitting(candidates: list[Body], said: Sequence[str], bodies: BodyNames) -> list[Body]:
    """Those that may call themselves as the text does, if any may: 由某局编制 in the report of 我公司.

    The report of a government has words of those who wrote parts of it.
    """
    levels = {one: bodies.level(one.name) for one in candidates}
    if len(set(levels.values())) == 1 or levels[candidates[0]] == "government":
        return candidates
    stated = bodies.level_stated(said)
    return [one for one in candidates if may_call_itself(stated, levels[one])] or candidates


def with_place(body: Body, texts: Sequence[str], fields: Iterable[Field], bodies: BodyNames) -> Body:
    """The body by a name that says where it is, if its own does not and another place gives such a one.

    Args:
        body: as it is named, such as 县教体局.
        texts: the opening and the first paragraphs of the first section, squeezed.
        fields: who publishes.
        bodies: how names are written.
    """
    if bodies.names_place(body.name):
        return body
    told = [found for text in texts for found in _about(text[:_MOST_CHARACTERS], bodies)]
    told += [found for field in fields for found in named(str(field.value), bodies)]
    fuller = (one for one in dict.fromkeys(told) if bodies.names_place(one.name))
    return fullest_of_one([one for one in fuller if _is_fuller(one, body, bodies)], bodies) or body


def _is_fuller(full: Body, short: Body, bodies: BodyNames) -> bool:
    """Whether one name is the other one in full: 某县教育和体育局 and 县教体局."""
    ahead = full.name.removesuffix(short.name)
    if len(full.name) <= len(short.name) or short.name.startswith(ahead):
        return False  # a place that is written twice makes no name fuller
    return full.name.endswith(short.name) or bodies.short_names.of(full.name).recognises(short.name)


def _below_title(opening: Sequence[str], bodies: BodyNames) -> Iterator[Body]:
    """The body in a line of its own below a title that names none."""
    for line in opening[:_MOST_LINES_BELOW]:
        if len(line) <= _LONGEST_NAME:
            bare = line.strip()
            yield from _accepted(bare[1:-1] if bare[:1] in "（(" and bare[-1:] in "）)" else bare, bodies)


def _is_short_for(short: Body, full: Body, text: str, bodies: BodyNames) -> bool:
    """Whether a text introduces one name as short for another one: 某县残疾人联合会（以下简称“县残联”）."""
    behind = text.partition(full.written)[2][: len(short.written) + _INTRODUCED]
    introduced = bodies.introduced is not None and bodies.introduced.search(behind) is not None
    return introduced and short.written in behind


def subjects(lead: Sequence[str], own_level: str | None, bodies: BodyNames) -> list[Body]:
    """The bodies that the first sentences of the text are about.

    Args:
        lead: paragraphs, squeezed.
        own_level: the level that shows in what the body calls itself; a body of another level is not the one.
        bodies: how such sentences name it.
    """
    found = dict.fromkeys(body for text in lead for body in _about(text[:_MOST_CHARACTERS], bodies))
    return [body for body in found if may_call_itself(own_level, bodies.level(body.name))]


def fullest_of_one(found: Sequence[Body], bodies: BodyNames) -> Body | None:
    """The fullest name, None if not all of them may be names of one body."""
    fullest = max(found, key=lambda body: len(body.name), default=None)
    one = all(body.name == fullest.name or _is_fuller(fullest, body, bodies) for body in found if fullest)
    return fullest if one else None


def owner(texts: Sequence[str], stated: str | None, bodies: BodyNames) -> Body | None:
    """The body whose things the text speaks of as its own, such as its leading group, None in any doubt.

    The name must be such as what the text calls its body (我局, 我院), and all such names must be of one body.

    Args:
        texts: the paragraphs, squeezed.
        stated: the level that shows in what the body calls itself.
        bodies: what bodies call themselves, and how their things are named.
    """
    found = dict.fromkeys(
        body
        for body in _owners([text[:_MOST_CHARACTERS] for text in texts], bodies)
        if may_call_itself(stated, bodies.level(body.name))
    )
    return fullest_of_one(list(found), bodies)


def _owners(texts: Sequence[str], bodies: BodyNames) -> Iterator[Body]:
    """Bodies with a thing of their own and a name that fits what the text calls itself."""
    selves = [one for one in bodies.self_names if any(one.called.search(text) for text in texts)]
    for thing in bodies.own_things if selves else ():
        names = [one.name for one in selves if thing.loose or not one.loose]
        for match in (match for text in texts for match in thing.pattern.finditer(text)):
            for body in named(match.group("agency") or "", bodies):
                if any(name.search(body.name) for name in names):
                    yield body


def reporting_government(opening: Sequence[str], lead: Sequence[str], bodies: BodyNames) -> Body | None:
    """The government whose office has written its report, None if the text is not about a government.

    Args:
        opening: paragraphs that name the office, squeezed.
        lead: the first paragraphs of the first section, squeezed; one of them begins with the government.
        bodies: how offices of governments are named.
    """
    governments = bodies.governments
    if governments is None:
        return None
    subjects = [words[:_MOST_CHARACTERS] for words in lead]
    for text in opening[:_MOST_PARAGRAPHS]:
        for match in governments.offices.finditer(text[:_MOST_CHARACTERS]):
            name = match.group("agency") or ""
            for at in range(len(name) - _SHORTEST_GOVERNMENT):
                written = name[at:]
                ways = (written, written.removesuffix(governments.word))
                if any(governments.is_subject(way, words) for words in subjects for way in ways):
                    return Body(bodies.full_name(written), written)
    return None


def may_call_itself(said: str | None, level: str | None) -> bool:
    """Whether a body of a level may call itself as bodies of that other level do; None says nothing."""
    return said in (None, level) or (said, level) in _SAME_LEVEL


def _about(text: str, bodies: BodyNames) -> Iterator[Body]:
    """Bodies that sentences of a paragraph are about."""
    text = text.lstrip(_LOST_INDENT)
    for pattern, unless in bodies.named_first:
        for match in pattern.finditer(text):
            end = text.find("。", match.end())
            sentence = text[match.start() : end if end >= 0 else len(text)]
            if not unless.search(sentence):
                yield from named(match.group("agency") or "", bodies, _SHORTEST_FIRST)


def _in_opening(opening: Sequence[str], bodies: BodyNames) -> list[Body]:
    """Bodies named in the opening, in the order of the ways to name one."""
    texts = [_without_other_titles(text[:_MOST_CHARACTERS], bodies) for text in opening[:_MOST_PARAGRAPHS]]
    found: dict[str, Body] = {}
    for pattern, unless in bodies.named_in:
        for text in texts:
            for match in pattern.finditer(text):
                written = match.group("agency") or ""
                if unless is None or not unless.search(written) or _calls_itself(written, texts, bodies):
                    found.update(
                        (body.name, body) for body in _accepted(written, bodies) if body.name not in found
                    )
    return list(found.values())


def _calls_itself(written: str, texts: Sequence[str], bodies: BodyNames) -> bool:
    """Whether the text calls its own body (我办) as only a body with such a name does."""
    return any(
        not one.loose and one.name.search(written) and any(one.called.search(text) for text in texts)
        for one in bodies.self_names
    )


def _accepted(written: str, bodies: BodyNames) -> Iterator[Body]:
    """The body that words in its place name, itself where they name one of its offices; nothing if none."""
    return named(bodies.without_office(written), bodies)


def named(written: str, bodies: BodyNames, shortest: int = _SHORTEST_NAME) -> Iterator[Body]:
    """The body that words name, nothing if they name none."""
    if bodies.is_agency(written):
        name = bodies.full_name(written)
        if len(name) >= shortest and bodies.level(name):
            yield Body(name, written)


def _without_other_titles(text: str, bodies: BodyNames) -> str:
    """The text without titles of other documents; that of a report is left, for it names the body."""
    if "《" not in text:
        return text
    return _BOOK_TITLE.sub(lambda match: match[0] if read_title(match[0], bodies) else "《》", text)


def _declared(declared: str, bodies: BodyNames) -> Iterator[Body]:
    """The body in a page's own title; the rest of such titles is the site's name and place."""
    title = declared_title(declared, bodies)
    if title and title.agency and title.written:
        yield Body(title.agency, title.written)


def carded_title(rows: Iterable[Sequence[str]], bodies: BodyNames) -> str | None:
    """The title of a report that a table like 索引号、信息名称、发布日期 gives, None if it gives none.

    Args:
        rows: texts of its cells; the title stands behind a label that says so.
        bodies: how titles and such labels are written.
    """
    alone: dict[str, None] = {}
    for row in rows:
        cells = [squeeze(text).text for text in row]
        for label, value in pairwise(cells):
            title = _framed(f"{label.rstrip('：: ')}：{value}", bodies) if label and value else None
            if title:
                return value
        filled = [text for text in cells if text]
        for text in filled:  # label and value in one cell
            title = _framed(text, bodies)
            if title:
                return title.words
        if len(filled) == 1 and _titled(filled[0], bodies):
            alone[filled[0]] = None
    return next(iter(alone)) if len(alone) == 1 else None  # several are a list of reports


def _framed(words: str, bodies: BodyNames) -> Title | None:
    """`words` as a title with a year and something around it."""
    title = _dated(words, bodies)
    return title if title and title.framed else None


def _titled(words: str, bodies: BodyNames) -> bool:
    """Whether `words` are the title of a body's report about a year."""
    title = _dated(words, bodies)
    return title is not None and title.agency is not None


def _dated(words: str, bodies: BodyNames) -> Title | None:
    """`words` as a title with a year.

    The first rows of every table in a page are asked, and most have no room for a year: those cost nothing.
    """
    if len(words) < _SHORTEST_FRAMED or not may_hold_year(words):
        return None
    title = read_title(words, bodies)
    return title if title and title.year else None


def declared_title(declared: str, bodies: BodyNames) -> Title | None:
    """The part of a page's own title that is the title of a report."""
    for part in dict.fromkeys((declared, *_PAGE_PARTS.split(declared))):
        title = read_title(part.strip(), bodies) if part.strip() else None
        if title:
            return title
    return None


def body_in_fields(
    names: Iterable[str],
    fields: Mapping[str, tuple[Field, ...]],
    bodies: BodyNames,
    stated: str | None = None,
) -> Body | None:
    """The first of some fields that is the name of a body, of the level that the text states if it states one."""
    for written in (str(field.value) for name in names for field in fields.get(name, ())):
        level = bodies.level(bodies.full_name(written)) if bodies.is_agency(written) else None
        if level and may_call_itself(stated, level):
            return Body(bodies.full_name(written), written)
    return None


def signers(fields: Mapping[str, tuple[Field, ...]]) -> Iterator[str]:
    """Who signs."""
    for found in fields.get("signature", ()):
        if isinstance(found.value, str):
            yield found.value
