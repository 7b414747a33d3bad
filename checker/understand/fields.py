"""Values in the text: period, contact lines, signature, fees; what to look for is data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice, pairwise
from typing import Final

from checker.model.document import Cell, Document, Paragraph, Table
from checker.model.numerals import CellState, half_width, parse_whole
from checker.model.place import Place, section_number
from checker.model.report import Field, FieldValue, ReportTable, Text
from checker.model.text import squeeze
from checker.patterns.pattern import Match
from checker.startup.lazy_re import compile_later, one_of
from checker.understand.library import FieldPattern, FieldRule

_DASHES: Final = dict.fromkeys(map(ord, "—–―－﹣‐‑‒~～·._"), "-")
_SPACED_DASH: Final = compile_later(r"\s*-+\s*|(?<=\d)\s+(?=\d)")
_AREA: Final = compile_later(r"[（(【\[]\s*(0\d{2,3})\s*[)）】\]]\s*-?\s*")
_NOT_DIALLED: Final = compile_later(r"^[+＋]?86-?(?=[（(]?0)|[（(][^\d（()）]+[)）]")
_EXTENSION: Final = compile_later(r"[（(](?=转|-)(.*?)[)）]")
_HALVES: Final = compile_later(r"(?<=\d{3}) (?=\d{4}(?!\d))")
_BETWEEN_NUMBERS: Final = compile_later(one_of("、，,；;/和及或者") + "+")
_AREA_AND_NUMBER: Final = compile_later(r"(?<=\d) (?=0\d{2,3}-)")
_EDGE: Final = " \t　，,。.；;：:、"
_COLONS: Final = "：: \t　"
_BULLETS: Final = "•·▪●*- \t　"
_UNITS: Final = {"": 1, "元": 1, "万元": 10_000}
_DECEMBER: Final = 12
_SHORT_YEAR: Final = 2

_Groups = Mapping[str, "str | None"]
_Group = tuple[list[Text], str]
"""Texts with all that they say, by which it is told at once which patterns match none of them."""

_FRAME_BLOCKS: Final = 6
_FRAME_ROWS: Final = 12
_LEAD: Final = 4
"""Paragraphs of the first section that may be the opening."""
_CONTACT: Final = compile_later(r"[（(]?(?:联系|通讯|办公)?(?:地\s*址|电\s*话|邮\s*编)")
_FRAME_LABEL: Final = compile_later(
    r"[-•·▪●*\s\[【]*(\w{0,6}(?:日期|时间|机构|机关|单位|来源))[】\]]?[：:]?$"
)
_INDEX_NUMBER: Final = compile_later(r"[0-9A-Z]{8,20}[-/][0-9A-Z]{4}[-/][0-9A-Z]{2,20}$")
_FRAME_LINES: Final = 40
_MOST_FIELDS: Final = 200
"""Of one kind in a report; telling those that overlap apart takes the square of their number."""


def find_fields(
    rules: Iterable[FieldRule],
    texts: Sequence[Text],
    last_section: int | None,
    document: Document,
    is_opening: Callable[[str], bool],
) -> dict[str, tuple[Field, ...]]:
    """Every field the rules ask for that the text has, by name.

    Args:
        rules: what to look for.
        texts: all texts, in order, with section and role.
        last_section: ordinal of the first text of the last section, None if there are no sections.
        document: for what the file says of itself.
        is_opening: whether a text says what the opening of a report says.
    """
    found: dict[str, list[Field]] = {}
    places = _FieldPlaces(texts, last_section, is_opening, list(_frame_texts(document)))
    declared = _declared(document)
    if declared:
        found[declared.name] = [declared]
    for rule in rules:
        if rule.cell:
            continue
        known = found.setdefault(rule.name, [])
        for group, words in places.of(rule.where):
            patterns = [entry for entry in rule.patterns if entry.pattern.may_match(words)]
            if not patterns:
                continue
            found_here = (one for text in group for one in _fields_in(text, rule, patterns))
            fields = list(islice(found_here, _MOST_FIELDS))
            known.extend(field for field in fields if not _overlaps(field, known))
            if fields:
                break
    return {name: tuple(fields) for name, fields in found.items() if fields}


def fields_in_cells(
    rules: Iterable[FieldRule], tables: Mapping[str, ReportTable]
) -> dict[str, tuple[Field, ...]]:
    """The fields that are read from cells of the form's tables, by name.

    Args:
        rules: what to look for; with patterns the first one that the cell matches tells the value.
        tables: the tables by key.
    """
    found: dict[str, tuple[Field, ...]] = {}
    for rule in rules:
        if rule.cell is None or rule.cell[0] not in tables:
            continue
        table, address = tables[rule.cell[0]], rule.cell[1:]
        cell = table.cell(*address)
        if cell.state not in _FILLED:
            continue
        place, words = table.place(*address), half_width(cell.raw).strip()
        matches = (entry.pattern.search(squeeze(cell.raw).text) for entry in rule.patterns)
        match = next((one for one in matches if one), None)
        value = _value(rule.type, match) if match else None if rule.patterns else words
        if value is not None:
            found.setdefault(rule.name, (Field(rule.name, value, cell.raw, place),))
    return found


_FILLED: Final = frozenset((CellState.TEXT, CellState.CHOICE, CellState.NUMBER, CellState.UNREADABLE))


FIELD_PLACES: Final[Mapping[str, str]] = {
    "opening": "第一部分之前的正文",
    "edges": "先找第一部分之前的正文，没有再找最后一部分、落款和零散的行",
    "signature": "落款",
    "all": "全部正文",
    "page": "全部文字，包括网页上标题前后的零散行",
}
"""Where a field may be looked for, with what each key means."""
FIELD_PLACE_WORDS: Final[Mapping[str, str]] = {
    "开头": "opening",
    "落款": "signature",
    "正文": "all",
    "全文": "page",
}
"""The same as rules call it; sections have their names, and several places stand with `FIELD_PLACE_JOINT` between."""
FIELD_PLACE_JOINT: Final = "、"


class _FieldPlaces:
    """Texts by the words of `where`: groups of texts, of which the first that yields something counts."""

    def __init__(
        self,
        texts: Sequence[Text],
        last_section: int | None,
        is_opening: Callable[[str], bool],
        frame: Sequence[Text],
    ) -> None:
        self._body = body = [text for text in texts if text.role == "body"]
        opening = [text for text in body if text.section == 0]
        inside = _opening_inside([text for text in body if text.section == 1][:_LEAD], is_opening)
        if not any(is_opening(text.squeezed.text) for text in opening):
            opening += inside
            inside = []
        tail = [] if last_section is None else texts[last_section:]
        stray = [text for text in texts if text.role == "stray" and text.section is None]
        ends = [text for text in tail if text.role in ("body", "signature")]
        self._known: dict[str, tuple[_Group, ...]] = {}
        self._groups: Mapping[str, tuple[list[Text], ...]] = {
            "opening": (opening,),
            "edges": (opening, ends, inside, stray),
            "signature": ([text for text in texts if text.role == "signature"],),
            "all": (body,),
            "page": ([*texts, *_labelled(texts[:_FRAME_LINES]), *frame],),
        }

    def of(self, where: str) -> tuple[_Group, ...]:
        """The groups for one of the keys, or the texts of all places that are named, such as 开头、第五部分."""
        if where not in self._known:
            groups = self._texts(where)
            self._known[where] = tuple(
                (group, "\n".join(text.squeezed.text for text in group)) for group in groups
            )
        return self._known[where]

    def _texts(self, where: str) -> tuple[list[Text], ...]:
        if where in self._groups:
            return self._groups[where]
        named = (self._named(part) for part in where.split(FIELD_PLACE_JOINT))
        return ([text for texts in named for text in texts],)

    def _named(self, place: str) -> Iterator[Text]:
        number = section_number(place)
        if number is not None:
            yield from (text for text in self._body if text.section == number)
        else:
            yield from self._groups[FIELD_PLACE_WORDS[place]][0]


def _opening_inside(lead: Sequence[Text], is_opening: Callable[[str], bool]) -> list[Text]:
    """What belongs into the opening and stands at the beginning of the first section, contact lines included."""
    found: list[Text] = []
    for text in lead:
        behind = bool(found) and _CONTACT.match(text.squeezed.text) is not None
        if behind or is_opening(text.squeezed.text):
            found.append(text)
    return found


def _labelled(texts: Sequence[Text]) -> Iterator[Text]:
    """Lines of a frame with the label that stands alone in the line above, or with the index number there."""
    for above, text in pairwise(texts):
        label = _FRAME_LABEL.match(above.squeezed.text)
        if label:
            yield Text(
                Paragraph(f"{label[1]}：{text.paragraph.text.lstrip(_BULLETS)}", text.paragraph.location),
                None,
                "frame",
            )
        elif _INDEX_NUMBER.match(above.squeezed.text):
            both = f"{above.squeezed.text} {text.paragraph.text}"
            yield Text(Paragraph(both, text.paragraph.location), None, "frame")


def frame_rows(document: Document) -> Iterator[Sequence[Cell]]:
    """The rows of tables at the beginning of a page, where it says what it is and when it was published."""
    for block in document.blocks[:_FRAME_BLOCKS]:
        if isinstance(block, Table):
            yield from block.rows[:_FRAME_ROWS]


def _frame_texts(document: Document) -> Iterator[Text]:
    """The rows, and cells under their labels."""
    above: Sequence[Cell] = ()
    for row in frame_rows(document):
        words = "：".join(cell.text.rstrip(_COLONS) for cell in row if cell.text)
        if words:
            yield Text(Paragraph(words, row[0].location), None, "frame")
        for label, cell in zip(above, row, strict=False):
            if _FRAME_LABEL.match(squeeze(label.text).text):
                yield Text(Paragraph(f"{label.text}：{cell.text}", cell.location), None, "frame")
        above = row


def _declared(document: Document) -> Field | None:
    """The day of publication that the page itself declares."""
    raw = document.properties.get("published", "")
    try:
        return Field("published", date.fromisoformat(raw[:10]), raw, Place())
    except ValueError:
        return None


def _overlaps(field: Field, known: Iterable[Field]) -> bool:
    here = field.place.location
    return any(
        other.place.location.paragraph == here.paragraph
        and other.place.location.line == here.line
        and (other.place.location.start or 0) < (here.end or 0)
        and (here.start or 0) < (other.place.location.end or 0)
        for other in known
    )


def _fields_in(text: Text, rule: FieldRule, patterns: Sequence[FieldPattern]) -> Iterator[Field]:
    words = text.squeezed.text
    for entry in patterns:
        hit = False
        for match in entry.pattern.finditer(words):
            value = entry.fixed if entry.fixed is not None else _value(rule.type, match)
            if value is None:
                continue
            hit = True
            group = "value" if match.has("value") else 0
            start, end = match.start(group), match.end(group)
            yield Field(rule.name, value, words[start:end], text.place(start, end))
            if not rule.repeat:
                break
        if hit:
            return


def _value(kind: str, match: Match) -> FieldValue | None:
    """The typed value of a match, None if it is none after all, such as the 30th of February."""
    groups = match.groupdict()
    return _READ[kind](groups, groups.get("value") or match.group() or "")


def _text(_: _Groups, raw: str) -> str | None:
    return half_width(raw).strip(_EDGE) or None


def _number(_: _Groups, raw: str) -> str | None:
    """One number in half width, area code and number joined by one hyphen."""
    plain = half_width(raw).strip(_EDGE)
    if not plain.isdecimal():
        plain = _EXTENSION.sub(r"\1", _AREA.sub(r"\1-", _NOT_DIALLED.sub("", plain))).translate(_DASHES)
    return _SPACED_DASH.sub("-", _HALVES.sub("", plain)).strip("-") or None


def _numbers(groups: _Groups, raw: str) -> tuple[str, ...] | None:
    parts = (
        part for piece in _BETWEEN_NUMBERS.split(half_width(raw)) for part in _AREA_AND_NUMBER.split(piece)
    )
    numbers = [number for part in parts if (number := _number(groups, part))]
    return tuple(numbers) or None


def _money(groups: _Groups, raw: str) -> Decimal | None:
    try:
        amount = Decimal(half_width(raw).replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return amount * _UNITS[groups.get("unit") or ""]


def _date(groups: _Groups, _: str) -> date | None:
    return _day(groups.get("year"), groups.get("month"), groups.get("day"))


def _period(groups: _Groups, _: str) -> tuple[date | None, date | None] | None:
    """First and last day; what is not written is not invented, save the ends of months and years named."""
    from_year, to_year = groups.get("from_year"), groups.get("to_year")
    from_month, to_month = groups.get("from_month"), groups.get("to_month")
    if from_year and not from_month:
        return (_day(from_year, "1", "1"), _day(from_year, "12", "31"))
    first = _day(from_year, from_month, groups.get("from_day") or "1") if from_year else None
    last_year = to_year or from_year
    last = _day(last_year, to_month, groups.get("to_day") or _last_day(last_year, to_month))
    if last is None or (from_year and first is None):
        return None
    return (first, last)


def _day(year: str | None, month: str | None, day: str | None) -> date | None:
    if year and len(year) == _SHORT_YEAR:
        year = f"20{year}"
    numbers = [parse_whole(part) if part else None for part in (year, month, day)]
    if None in numbers:
        return None
    try:
        return date(*(number for number in numbers if number is not None))
    except ValueError:
        return None


def _last_day(year: str | None, month: str | None) -> str | None:
    number = parse_whole(month) if month else None
    whole_year = parse_whole(year) if year else None
    if number is None or whole_year is None or not 1 <= number <= _DECEMBER:
        return None
    import calendar  # noqa: PLC0415  # takes a millisecond, and most periods name their last day

    return str(calendar.monthrange(whole_year, number)[1])


def _count(groups: _Groups, matched: str) -> int | None:
    """How many of something, as figures or Chinese numerals."""
    return parse_whole(groups.get("value") or matched)


_READ: Final[Mapping[str, Callable[[_Groups, str], FieldValue | None]]] = {
    "text": _text,
    "number": _number,
    "numbers": _numbers,
    "date": _date,
    "period": _period,
    "money": _money,
    "count": _count,
}
