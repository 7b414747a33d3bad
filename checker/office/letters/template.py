"""A Word document whose placeholders are filled in; everything else keeps its bytes.

A placeholder is `{单位}`, in the text of the document, of a text box, of a header or a footer, however Word has cut it
into runs. One that stands alone in its paragraph may become several paragraphs, or the table of problems.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from checker.annotate.docx.scan import Node, scan
from checker.annotate.ooxml.package import rewritten
from checker.annotate.ooxml.part import Edit, Part, edited, name_at, text_xml
from checker.model.errors import UnreadableError, UsageError
from checker.office.letters.harmless_package import refuse_what_runs
from checker.office.letters.problems import ProblemRow
from checker.office.letters.table_xml import table_xml
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.ooxml import WORD, OoxmlPackage
from checker.readers.raw.safe_xml import create_parser, feed
from checker.rulebook.load.sentences import did_you_mean
from checker.startup.records import dataclass
from checker.writers.shared.text_cells import harmless

TABLE: Final = "问题表"
SENDER: Final = "发文单位"
"""Who signs; like the table it may be missing."""
_PLACEHOLDER: Final = re.compile(r"[{｛]([^{}｛｝\s]{1,30})[}｝]")
_FURNITURE: Final = re.compile(r"[^/]*(?:header|footer)[0-9]*\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _TemplateParagraph:
    """A paragraph that holds placeholders.

    Attributes:
        node: where it stands.
        texts: its pieces of text, those of text boxes in it excluded.
        fields: names of its placeholders, in their order.
        alone: it holds nothing but one placeholder.
        in_cell: it stands in a cell or a text box, which must not be left without a paragraph.
    """

    node: Node
    texts: tuple[Node, ...]
    fields: tuple[str, ...]
    alone: bool
    in_cell: bool


@dataclass(frozen=True, slots=True)
class _FillablePart:
    """A part of the package with its paragraphs that hold placeholders."""

    name: str
    part: Part
    paragraphs: tuple[_TemplateParagraph, ...]


class Template:
    """A document with placeholders.

    Args:
        data: the file.
        name: what the user calls it, for messages.
        known: names that placeholders may have besides `TABLE` and `SENDER`.

    Attributes:
        fields: names of the placeholders that it has.

    Raises:
        UsageError: it is no such document, holds something that runs or loads on its own, or has a placeholder that
            nobody can fill.
    """

    def __init__(self, data: bytes, name: str, known: Collection[str]) -> None:
        self._data = data
        try:
            package = OoxmlPackage(data, DEFAULT_LIMITS)
            self._main = package.main_part()
            refuse_what_runs(package, name)
            folder = self._main.rpartition("/")[0]
            furniture = [
                one
                for one in package.names
                if one.rpartition("/")[0] == folder and _FURNITURE.fullmatch(one.rpartition("/")[2])
            ]
            parts = [_fillable(one, Part(package.read(one))) for one in (self._main, *furniture)]
        except UnreadableError as error:
            wrong = error.text.partition("。")[0]
            raise UsageError(
                f"信函模板“{name}”读不出来：{wrong}。模板要是 Word 文档，别的格式请先另存为 .docx。"
            ) from None
        self._parts = [one for one in parts if one.paragraphs]
        self.fields = frozenset(
            field for one in self._parts for paragraph in one.paragraphs for field in paragraph.fields
        )
        self._refuse_mistakes(name, known)

    def _refuse_mistakes(self, name: str, known: Collection[str]) -> None:
        for field in sorted(self.fields - {TABLE, SENDER} - set(known)):
            near = did_you_mean(field, [TABLE, *known])
            raise UsageError(f"信函模板“{name}”里的占位符“{{{field}}}”没有可填的内容{near}。")
        if not self.fields:
            raise UsageError(
                f"信函模板“{name}”里没有占位符，写出的信都一样。请写上 {{单位}}、{{问题表}} 这样的占位符。"
            )
        for one in self._parts:
            for paragraph in one.paragraphs:
                if TABLE in paragraph.fields and not (paragraph.alone and one.name == self._main):
                    raise UsageError(
                        f"信函模板“{name}”里的“{{{TABLE}}}”要在正文里单独占一段，前后不能有别的字。"
                    )

    def filled(self, values: Mapping[str, Sequence[str]], problems: Sequence[ProblemRow]) -> bytes:
        """The document.

        Args:
            values: paragraphs by name of the placeholder. Where it stands among other text they are joined.
            problems: rows of the table; without any its paragraph goes.
        """
        changed = {one.name: one.part.packed(_filled(one, values, problems)) for one in self._parts}
        return rewritten(self._data, changed, self._main, DEFAULT_LIMITS)


def _fillable(name: str, part: Part) -> _FillablePart:
    found = _paragraphs(part)
    nodes = scan(part, found).nodes
    with_fields = (
        _with_fields(node, in_cell=found[start]) for start, node in nodes.items() if start in found
    )
    return _FillablePart(name, part, tuple(filter(None, with_fields)))


def _paragraphs(part: Part) -> dict[int, bool]:
    """Where paragraphs begin in the bytes of the part, and whether they stand in a cell or a text box."""
    found: dict[int, bool] = {}
    holders = 0
    parser = create_parser(part.encoding)

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        nonlocal holders
        if name in _PARAGRAPHS:
            found[parser.CurrentByteIndex] = holders > 0
        holders += name in _HOLDERS

    def end(name: str) -> None:
        nonlocal holders
        holders -= name in _HOLDERS

    parser.StartElementHandler, parser.EndElementHandler = start, end
    feed(parser, part.data)
    return found


_PARAGRAPHS: Final = frozenset(f"{namespace} p" for namespace in WORD)
_HOLDERS: Final = frozenset(f"{namespace} {name}" for namespace in WORD for name in ("tc", "txbxContent"))


def _with_fields(node: Node, *, in_cell: bool) -> _TemplateParagraph | None:
    texts = tuple(_texts(node))
    whole = "".join(one.text for one in texts)
    fields = tuple(match[1] for match in _PLACEHOLDER.finditer(whole))
    if not fields:
        return None
    alone = _PLACEHOLDER.fullmatch(whole.strip()) is not None and not _holds_paragraphs(node)
    return _TemplateParagraph(node, texts, fields, alone, in_cell)


def _holds_paragraphs(node: Node) -> bool:
    """Whether there is a text box in it, which must not be lost with the paragraph."""
    return any(child.name == "p" or _holds_paragraphs(child) for child in node.children)


def _texts(node: Node) -> Iterator[Node]:
    """Pieces of text in a paragraph, not those of other paragraphs in it."""
    for child in node.children:
        if child.name == "t":
            yield child
        elif child.name != "p":
            yield from _texts(child)


def _filled(one: _FillablePart, values: Mapping[str, Sequence[str]], problems: Sequence[ProblemRow]) -> bytes:
    data = one.part.data
    edits: list[Edit] = []
    for paragraph in one.paragraphs:
        start, end = paragraph.node.start, paragraph.node.end
        if paragraph.alone:
            (field,) = paragraph.fields
            content = _replacement(
                one.part, paragraph, values.get(field, ()), problems if field == TABLE else None
            )
            edits.append(Edit(start, 0, content, end - start))
        else:
            joined = {field: "".join(values.get(field, ())) for field in paragraph.fields}
            edits += _replaced(one.part, paragraph, joined)
    return edited(data, edits)


def _replacement(
    part: Part, paragraph: _TemplateParagraph, lines: Sequence[str], problems: Sequence[ProblemRow] | None
) -> bytes:
    """What stands in the place of a paragraph that holds one placeholder alone."""
    (field,) = paragraph.fields
    start, end = paragraph.node.start, paragraph.node.end
    if problems:
        prefix = name_at(part.data, start).decode().rpartition("p")[0]
        table = part.encode(table_xml(problems, prefix))
        return table + part.encode(f"<{prefix}p/>") if paragraph.in_cell else table
    if problems is not None or not lines:
        lines = [""] if paragraph.in_cell else []
    return b"".join(
        edited(part.data[start:end], [Edit(e.position - start, e.rank, e.text, e.removed) for e in edits])
        for edits in (_replaced(part, paragraph, {field: line}) for line in lines)
    )


def _replaced(part: Part, paragraph: _TemplateParagraph, values: Mapping[str, str]) -> list[Edit]:
    """Changes of the pieces of text: what a placeholder becomes stands in the piece in which it begins."""
    whole = "".join(one.text for one in paragraph.texts)
    pieces = [""] * len(paragraph.texts)
    owners = [number for number, one in enumerate(paragraph.texts) for _ in one.text]
    position = 0
    for match in _PLACEHOLDER.finditer(whole):
        _hand_out(whole, position, match.start(), owners, pieces)
        pieces[owners[match.start()]] += harmless(values.get(match[1], ""))
        position = match.end()
    _hand_out(whole, position, len(whole), owners, pieces)
    return [
        Edit(one.start, 0, _text_element(part, one, piece), one.end - one.start)
        for one, piece in zip(paragraph.texts, pieces, strict=True)
        if piece != one.text
    ]


def _hand_out(whole: str, start: int, end: int, owners: Sequence[int], pieces: list[str]) -> None:
    """Leave characters where they are."""
    for position in range(start, end):
        pieces[owners[position]] += whole[position]


def _text_element(part: Part, node: Node, text: str) -> bytes:
    tag = name_at(part.data, node.start)
    return b"<" + tag + b' xml:space="preserve">' + part.encode(text_xml(text)) + b"</" + tag + b">"
