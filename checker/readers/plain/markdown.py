"""Markdown as authors of reports write it: GitHub's dialect, plus HTML for tables with merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from checker.model.document import Document, Location, Paragraph
from checker.readers.blocks.collector import UNSEEN_TEXT, BlockCollector, Placed
from checker.readers.limits import Limits
from checker.readers.plain.character_tables import LineRun, begins_section, is_section_title, ruled_run_at
from checker.readers.plain.markdown_inline import read_inline
from checker.readers.plain.text import collect_lines, split_lines
from checker.readers.raw.encoding import decode, replaced_characters

_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+|$)")
_HEADING_WITHOUT_SPACE: Final = re.compile(r" {0,3}(#{1,6})(?=[^#\s])")
_CLOSING_MARKS: Final = re.compile(r"(?:(?<=\s)|^)#+$")
_ATTRIBUTES: Final = re.compile(r"\{[#.][^{}]*\}$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*")
_THEMATIC_BREAK: Final = re.compile(
    r" {0,3}(?:\*[ \t]*){3,}|(?: {0,3})(?:-[ \t]*){3,}|(?: {0,3})(?:_[ \t]*){3,}"
)
_QUOTE: Final = re.compile(r"(?: {0,3}> ?)+")
_BULLET: Final = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_NUMBERED: Final = re.compile(r"[ \t]*\d{1,9}[.)][ \t]")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION: Final = re.compile(r" {0,3}\[[^\[\]]+\]:[ \t]*\S+")
_HTML_BLOCK: Final = re.compile(
    r"[ \t]*</?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dir|div|dl|dt|"
    r"fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|li|main|nav|ol|p|section|style|script|"
    r"summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)",
    re.IGNORECASE,
)
_TABLE_BEGIN: Final = re.compile(r"<table(?=[\s>]|$)", re.IGNORECASE)
_TABLE_END: Final = re.compile(r"</table\s*>", re.IGNORECASE)
_TABLE_TAG: Final = re.compile(r"<(/?)table(?=[\s>]|$)", re.IGNORECASE)
_PROPERTY: Final = re.compile(r"(title|date)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_FRONT_LINE: Final = re.compile(r"[\w-]+[ \t]*:(?:[ \t]|$)|[ \t#-]|$")
_PROPERTY_NAMES: Final = {"title": "title", "date": "published"}
_WORD: Final = re.compile(r"[!-~]")


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - every reader has a name
    """Read a Markdown file.

    Args:
        data: its bytes, in any encoding `decode` knows.
        name: its file name; not needed.
        limits: how much reading may cost.

    Returns:
        Paragraphs, headings and tables as displayed, with line numbers of the source; `properties` has
        `encoding` and, from YAML front matter, `title` and `published`.

    Raises:
        UnreadableError: no text, or more lines, paragraphs or cells than the limits allow.
    """
    text, encoding = decode(data)
    collector = BlockCollector(limits)
    damage = replaced_characters(text)
    if damage:
        collector.note("replaced_characters", damage)
    lines = split_lines(_without_comments(text), limits)
    properties, body = _front_matter(lines)
    _Blocks(lines, collector, limits).read(body)
    return collector.document("markdown", {**properties, "encoding": encoding})


def _without_comments(text: str) -> str:
    """Drop `<!-- -->`, keeping line ends so that line numbers stay right."""
    pieces: list[str] = []
    position = 0
    while True:
        begin = text.find("<!--", position)
        end = text.find("-->", begin + 4) if begin >= 0 else -1
        if end < 0:
            return "".join((*pieces, text[position:])) if pieces else text
        pieces += (text[position:begin], "\n" * text.count("\n", begin, end))
        position = end + 3


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """What YAML between `---` lines at the top says, and the index of the first line after it.

    Only two plain keys matter, so no YAML parser is needed; anything that does not look like keys is text.
    """
    if lines[0].rstrip() != "---":
        return {}, 0
    properties: dict[str, str] = {}
    for index, line in enumerate(lines[1:200], 1):
        if line.rstrip() in ("---", "..."):
            return properties, index + 1
        if _FRONT_LINE.match(line) is None:
            break
        match = _PROPERTY.fullmatch(line.rstrip())
        if match:
            key, value = _PROPERTY_NAMES[match[1].lower()], match[2].strip().strip("\"'")
            if value and (key == "title" or _is_date(value[:10])):
                properties[key] = value if key == "title" else value[:10]
    return {}, 0


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class _Blocks:
    """Reads the lines once and adds blocks to the collector.

    Two liberties are taken with the standard. Text indented by four spaces is not code: in reports that
    is how first lines are indented. And `一、` or `（一）` at the beginning of a line begins a paragraph
    even without a blank line before it, which many authors leave out.
    """

    def __init__(self, lines: Sequence[str], collector: BlockCollector, limits: Limits) -> None:
        self._lines = [_without_quote_marks(line) for line in lines]
        self._numbers = range(1, len(lines) + 1)
        self._collector = collector
        self._limits = limits
        self._paragraph: list[str] = []
        self._paragraph_line = 0
        self._last_table_end = max(
            (index for index, line in enumerate(lines) if "<" in line and _TABLE_END.search(line)), default=-1
        )

    def read(self, index: int) -> None:
        """Read everything from line `index` on."""
        while index < len(self._lines):
            index = self._block(index)
        self._flush()

    def _block(self, index: int) -> int:
        """Read what begins at line `index`; returns the index of the line after it."""
        line = self._lines[index]
        if not line.strip():
            self._flush()
            return index + 1
        heading = _HEADING.match(line) or _HEADING_WITHOUT_SPACE.match(line)
        if heading:
            self._flush()
            title = _ATTRIBUTES.sub("", line[heading.end() :].strip()).rstrip()
            self._add(_CLOSING_MARKS.sub("", title), index + 1, len(heading[1]))
            return index + 1
        fence = _FENCE.match(line)
        if fence:
            return self._fenced(index, fence[1])
        if "<" in line and (_HTML_BLOCK.match(line) or _TABLE_BEGIN.search(line)):
            return self._html(index)
        underline = _UNDERLINE.fullmatch(line)
        if underline and self._paragraph:
            self._flush(heading=1 if underline[1][0] == "=" else 2)
            return index + 1
        if _THEMATIC_BREAK.fullmatch(line):
            self._flush()
            return index + 1
        run = ruled_run_at(self._lines, index)
        if run is not None and run.rows:
            self._flush()
            self._table(run, index)
            return run.end
        end = index + 1 if run is None else run.end
        for ordinary in range(index, end):
            self._text(ordinary)
        return end

    def _text(self, index: int) -> None:
        """One line of a paragraph or list item."""
        line = self._lines[index]
        bullet = _BULLET.match(line)
        if bullet:
            line = line[bullet.end() :]
        after_title = len(self._paragraph) == 1 and is_section_title(self._paragraph[0])
        if bullet or after_title or _NUMBERED.match(line) or begins_section(line):
            self._flush()
        if not self._paragraph:
            if _DEFINITION.match(line):
                return
            self._paragraph_line = index + 1
        hard_break = line.endswith(("  ", "\\"))
        self._paragraph.append(line.rstrip().removesuffix("\\").strip() if hard_break else line.strip())
        if hard_break:
            self._flush()

    def _flush(self, heading: int | None = None) -> None:
        """End the open paragraph."""
        if self._paragraph:
            self._add(_joined(self._paragraph), self._paragraph_line, heading)
            self._paragraph = []

    def _add(self, source: str, line: int, heading: int | None = None) -> None:
        for part in self._shown(source).split("\n"):
            self._collector.paragraph(part, heading, Location(line=line))

    def _shown(self, source: str) -> str:
        shown = read_inline(source)
        if shown.unseen:
            self._collector.note(*UNSEEN_TEXT)
        return shown.text

    def _fenced(self, index: int, fence: str) -> int:
        """A fenced block is read as plain text is: tables that need their spacing are put there."""
        self._flush()
        begin = end = index + 1
        while end < len(self._lines) and not self._closes(self._lines[end], fence):
            end += 1
        collect_lines(self._lines[begin:end], self._numbers[begin:end], self._collector)
        return end + 1

    @staticmethod
    def _closes(line: str, fence: str) -> bool:
        stripped = line.strip()
        return stripped.startswith(fence) and not stripped.strip(fence[0])

    def _table(self, run: LineRun, index: int) -> None:
        rows = [[(self._shown(text), line) for text, line in row] for row in run.rows]
        table = LineRun(run.end, rows)
        self._collector.table(
            table.placed(self._numbers), aligned=table.aligned, place=Location(line=index + 1)
        )

    def _html(self, index: int) -> int:
        """HTML from here to the end of its table or, outside tables, to the next blank line.

        Markdown ends it at any blank line, but tables pasted from editors have blank lines between rows.
        A table that is never closed ends at the next blank line.
        """
        first = self._lines[index]
        if not _HTML_BLOCK.match(first):
            # A table begins behind text: the text is a paragraph of its own.
            begin = _TABLE_BEGIN.search(first)
            if begin:
                self._lines[index] = first[: begin.start()]
                self._text(index)
                self._lines[index] = first[begin.start() :]
        self._flush()
        depth = 0
        end = index
        while end < len(self._lines):
            line = self._lines[end]
            if not line.strip() and (depth <= 0 or end > self._last_table_end):
                break
            if "<" in line:
                last = None
                for last in _TABLE_TAG.finditer(line):
                    depth += -1 if last[1] else 1
                if last is not None and depth <= 0:
                    return self._html_until(index, end, last)
            end += 1
        self._fragment("\n".join(self._lines[index:end]), index + 1)
        return end

    def _html_until(self, index: int, end: int, tag: re.Match[str]) -> int:
        """Hand over HTML up to the end tag of its outermost table; what follows on the line stays."""
        line = self._lines[end]
        position = line.find(">", tag.end()) + 1 or len(line)
        self._fragment("\n".join((*self._lines[index:end], line[:position])), index + 1)
        self._lines[end] = line[position:]
        return end

    def _fragment(self, html: str, line: int) -> None:
        """Read HTML with its own reader and take over its blocks; their place is where the HTML begins."""
        from checker.readers.web.html import read_fragment  # noqa: PLC0415 - most files have no HTML

        place = Location(line=line)
        fragment = read_fragment(html, self._limits)
        for note in fragment.notes:
            self._collector.note(note.code, note.text)
        for block in fragment.blocks:
            if isinstance(block, Paragraph):
                self._collector.paragraph(block.text, block.heading, place)
                continue
            rows = [
                [Placed(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in row]
                for row in block.rows
            ]
            self._collector.table(rows, aligned=block.aligned, place=place)


def _without_quote_marks(line: str) -> str:
    mark = _QUOTE.match(line) if ">" in line else None
    return line[mark.end() :] if mark else line


def _joined(lines: Sequence[str]) -> str:
    """Lines of one paragraph; a line end is a space between Latin words, nothing in Chinese."""
    pieces: list[str] = []
    for line in lines:
        if pieces and pieces[-1] and line and _WORD.match(pieces[-1][-1]) and _WORD.match(line):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)
