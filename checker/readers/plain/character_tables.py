"""Tables written with nothing but characters: tabs, pipes, box-drawing lines.

Whether some lines are a table is decided once for the whole run of lines that could be one, and that run
is consumed either way; so reading stays linear however long and however odd the text is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.blocks.collector import Placed
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import dataclass

TextRow = list[tuple[str, int]]
"""A row as the text of each cell with the index of its line."""


@dataclass(frozen=True, slots=True)
class LineRun:
    """Lines that form a table together, or together form none.

    Attributes:
        end: index of the first line after them.
        rows: the table they form; empty if they are ordinary lines.
        dumped: merged cells left no trace in the number of cells, so rows of equal length prove nothing.
    """

    end: int
    rows: list[TextRow]
    dumped: bool = False

    @property
    def aligned(self) -> bool:
        """Whether grid columns are known."""
        return not self.dumped and len({len(row) for row in self.rows}) == 1 and not _is_filled_up(self.rows)

    def placed(self, numbers: Sequence[int]) -> list[list[Placed]]:
        """The rows as cells for a table; the column is the ordinal in the row.

        Args:
            numbers: the line number in the file for each line that was looked at.
        """
        return [
            [Placed(text, number, column, line=numbers[line]) for column, (text, line) in enumerate(row, 1)]
            for number, row in enumerate(self.rows, 1)
        ]


_LONGEST_CELL: Final = 60
"""Characters; the longest labels of official forms have about 40, sentences of reports mostly more."""
_LONGEST_CAPTION: Final = 30
_LAYOUT_LINES: Final = 20
"""Enough to recognise the layout; looking at the whole run from each of its lines would be quadratic."""
_SENTENCE_ENDS: Final = ("。", "！", "？", "；")
_COLONS: Final = ("：", ":")
_CHINESE: Final = one_of("一二三四五六七八九十")
_STOP: Final = one_of("、.．")
_HEADING_NUMBER: Final = compile_later(rf"\s*(?:{_CHINESE}{{1,3}}{_STOP}|[（(]{_CHINESE}{{1,3}}[）)])")
_ENUMERATOR: Final = compile_later(
    rf"[（(]?(?:{_CHINESE}{{1,3}}|\d{{1,2}})(?:[）)]{_STOP}?|{_STOP})|{one_of('•·●■◆➢-')}"
)
_ENUMERATOR_ENDS: Final = ("）", ")", "、", ".", "．", *"•·●■◆➢-")
_LONGEST_ENUMERATOR: Final = 6
_FIGURE_SIGNS: Final = frozenset(".,，．/／—－-")


def _is_filled_up(rows: Sequence[TextRow]) -> bool:
    """Whether rows got their equal length from blanks at their end, not from blanks that merged cells leave."""
    filled = [row for row in rows if any(text and _is_figure(text) for text, _ in row)]
    return all(row[0][0] for row in filled) and 2 * sum(not row[-1][0] for row in filled) > len(filled)


def table_at(lines: Sequence[str], start: int) -> LineRun | None:
    """The run of possible table lines that begins at `start`, or None if no table can begin there."""
    line = lines[start]
    if "\t" in line and line.lstrip()[:1] not in _SIDES:
        return _tab_run(lines, start)
    ruled = ruled_run_at(lines, start)
    if ruled is not None:
        return ruled
    if start + 1 < len(lines) and "\t" in lines[start + 1].strip() and _is_caption(line):
        return _checked(_rows_by_line(lines, start))
    return None


# ---- tabs -------------------------------------------------------------------------------------------------


def _tab_run(lines: Sequence[str], start: int) -> LineRun:
    """Tables of tab-separated cells, in two layouts.

    A row a line, cells between tabs: what copying from Word, WPS or Excel gives. Or a cell a line, led
    by a tab, with a blank line after each row: what dumping a Word file's text gives. The first lines
    without a gap show which: in the second layout no line has a tab after text.
    """
    inner = counted = 0
    for line in lines[start : start + _LAYOUT_LINES]:
        if "\t" not in line:
            break
        counted += 1
        inner += "\t" in line[1:]
    by_gap = lines[start].startswith("\t") and inner * 2 < counted
    return _checked(_rows_by_gap(lines, start) if by_gap else _rows_by_line(lines, start))


def _checked(run: LineRun) -> LineRun:
    return run if _is_tab_table(run.rows) else LineRun(run.end, [])


def _is_tab_table(rows: Sequence[TextRow]) -> bool:
    """At least two rows of two cells; otherwise tabs merely indent paragraphs or push a signature right.

    A row whose only text stands behind empty cells does not count: so look signatures that were moved
    to the right with tabs.
    """
    return (
        sum(len(row) > 1 and (bool(row[0][0]) or sum(bool(text) for text, _ in row) > 1) for row in rows) > 1
    )


def _is_prose(cells: Sequence[str]) -> bool:
    """These cells are no table row but running text that happens to contain tabs.

    Sentences (indented paragraphs), a list item whose number is followed by a tab, or a `地址：` with
    its value behind a tab.
    """
    texts = [cell for cell in cells if cell]
    if not texts:
        return False
    sentences = sum(len(text) > _LONGEST_CELL or text.endswith(_SENTENCE_ENDS) for text in texts)
    if sentences * 2 >= len(texts):
        return True
    if len(texts) > 2:  # noqa: PLR2004 - a label or number and what it belongs to
        return False
    labelled = len(cells) == 2 and texts[0].endswith(_COLONS)  # noqa: PLR2004 - as above
    return labelled or (len(texts) > 1 and _is_enumerator(texts[0]) and not _is_figure(texts[1]))


def _is_enumerator(text: str) -> bool:
    may_be = len(text) <= _LONGEST_ENUMERATOR and text.endswith(_ENUMERATOR_ENDS)
    return may_be and _ENUMERATOR.fullmatch(text) is not None


def _is_figure(text: str) -> bool:
    return all(
        character.isdecimal() or character in _FIGURE_SIGNS or character.isspace() for character in text
    )


def _is_caption(line: str) -> bool:
    """A line that can be a table row of one merged cell rather than a heading or a sentence."""
    return _is_short_label(line) and not begins_section(line)


def _is_short_label(line: str) -> bool:
    text = line.strip()
    if not 0 < len(text) <= _LONGEST_CAPTION or text.endswith(_COLONS):
        return False
    return not any(end in text for end in _SENTENCE_ENDS)


def begins_section(line: str) -> bool:
    """The line begins with `一、` or `（一）`, as numbered headings and paragraphs do."""
    return _HEADING_NUMBER.match(line) is not None


def is_section_title(line: str) -> bool:
    """The line is such a number and a few words: a heading of its own."""
    return begins_section(line) and _is_short_label(line)


def _rows_by_line(lines: Sequence[str], start: int) -> LineRun:
    """A row a line. Single blank lines between rows are spacing.

    A short line without tab between two rows is a row of one cell, merged over the table's width.
    """
    rows: list[TextRow] = []
    last = index = start
    while index < len(lines):
        line = lines[index]
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if "\t" in line and (rows or line.strip()):
            cells = [cell.strip() for cell in line.split("\t")]
            if _is_prose(cells):
                break
            rows.append([(cell, index) for cell in cells])
        elif line.strip() and "\t" in following and _is_caption(line):
            rows.append([(line.strip(), index)])
        elif line.strip() or "\t" not in following:
            break
        index += 1
        last = index if rows else start
    if rows and all(not row[0][0] for row in rows if len(row) > 1):
        # Every row is led by a tab: the tab leads the row, it does not follow an empty cell.
        rows = [row[1:] if len(row) > 1 else row for row in rows]
    return LineRun(max(last, start + 1), rows)


def _rows_by_gap(lines: Sequence[str], start: int) -> LineRun:
    r"""A cell a line, led by a tab; a blank line ends the row, anything more ends the table.

    A line that is only a tab is an empty cell; only a line without one is blank. A cell's text may go on
    in lines without a tab.
    """
    rows: list[TextRow] = []
    row: TextRow = []
    index = row_start = start
    while index < len(lines):
        line = lines[index]
        if line.startswith("\t"):
            row.extend((cell.strip(), index) for cell in line[1:].split("\t"))
        elif line.strip() and row and _continues(row[-1][0], line):
            text, number = row[-1]
            row[-1] = (f"{text}\n{line.strip()}", number)
        else:
            if row and _is_prose([text for text, _ in row]):
                return LineRun(row_start if rows else index, rows, dumped=True)
            if row:
                rows.append(row)
            gap_inside = not line.strip() and index + 1 < len(lines) and lines[index + 1].startswith("\t")
            if not gap_inside:
                return LineRun(index, rows, dumped=True)
            row, row_start = [], index + 1
        index += 1
    if row and _is_prose([text for text, _ in row]):
        return LineRun(row_start if rows else index, rows, dumped=True)
    return LineRun(index, [*rows, row] if row else rows, dumped=True)


def _continues(cell: str, line: str) -> bool:
    """Whether an unmarked line right after a cell belongs to it, and is not the paragraph after the table.

    Labels are broken over lines, figures and empty cells are not; and what follows a table is a numbered
    heading or a sentence.
    """
    return (
        not _is_figure(cell)
        and not begins_section(line)
        and len(line) <= _LONGEST_CELL
        and not line.rstrip().endswith(_SENTENCE_ENDS)
    )


# ---- pipes and boxes --------------------------------------------------------------------------------------

_BOX_SIDES: Final = str.maketrans("│┃║┆┇┊┋", "|||||||")
_SIDES: Final = frozenset("|｜│┃║┆┇┊┋")
_BOX_DRAWING: Final = frozenset(map(chr, range(0x2500, 0x256D)))
_RULE_BEGINNINGS: Final = _BOX_DRAWING | {"+", "|"}
_RULE_CHARACTERS: Final = _RULE_BEGINNINGS | set("-=: \t\u3000")
_HORIZONTALS: Final = frozenset("─━═╌╍┄┅┈┉")
_PIECE: Final = compile_later(r"(?:[^|\\]+|\\.|\\$)*")
_DELIMITER: Final = compile_later(r"\s*:?-+:?\s*")
_SURE_DELIMITER: Final = compile_later(r"\s*:?-{3,}:?\s*")
_FEWEST_DUMPED_FIGURES: Final = 5
_WRAPPED_GROUPS: Final = 3
"""With fewer the lines are a head and a body, and blank cells in the body would look like broken ones."""


def _ruling(line: str) -> bool:
    """The line has cell sides or draws a horizontal line of a box."""
    return not _SIDES.isdisjoint(line) or _is_rule(line)


def _is_rule(line: str) -> bool:
    """A horizontal line of a box, such as `├──┼──┤` or `+---+---+`."""
    stripped = line.strip()
    if stripped[:1] not in _RULE_BEGINNINGS:
        return False
    characters = set(stripped)
    if not characters <= _RULE_CHARACTERS:
        return False
    return bool(characters & _HORIZONTALS) or (stripped[0] == "+" and bool(characters & {"-", "="}))


def ruled_run_at(lines: Sequence[str], start: int) -> LineRun | None:
    """The run of lines with cell sides that begins at `start`, or None if that line has none."""
    return _ruled_run(lines, start) if _ruling(lines[start]) else None


def _ruled_run(lines: Sequence[str], start: int) -> LineRun:
    """Tables with pipes (half or full width, outer ones optional) or with box-drawing lines.

    Between two horizontal lines of a box there can be several rows, or one whose cells are broken over
    lines.
    """
    groups: list[list[TextRow]] = [[]]
    enclosed = trailing = True
    delimited = prose = False
    seen = width = 0
    index = start
    while index < len(lines):
        line = lines[index]
        if not _ruling(line):
            if not (trailing and seen and _is_gap(lines, index)):
                break
            index += 1
            continue
        index += 1
        if _is_rule(line):
            groups.append([])
            continue
        cells, closed = _split_sides(line, width)
        pattern = _DELIMITER if seen == 1 and not delimited else _SURE_DELIMITER
        if seen and all(pattern.fullmatch(cell) for cell in cells):
            delimited = True
            continue
        prose = prose or (not closed and _is_prose(cells))
        enclosed = enclosed and closed
        trailing = trailing and (not closed or not any(cells)) and line.rstrip()[-1:] in _SIDES
        seen += 1
        width = width or len(cells)
        groups[-1].append([(cell, index - 1) for cell in cells])
    filled = [group for group in groups if group]
    rows = [row for group in filled for row in group]
    boxed = len(groups) > 1
    equal = len({len(row) for row in rows}) == 1 and seen > 1 and len(rows[0]) > 1
    if trailing and not (boxed or delimited) and _is_tab_table(rows) and not _is_cell_a_line(rows):
        # Extractors of pages end each cell with a side; merged cells leave no trace in their number.
        return LineRun(index, rows, dumped=not equal)
    if not rows or prose or not (boxed or delimited or equal or (enclosed and seen > 1)):
        return LineRun(index, rows if not prose and _is_dumped(rows) else [], dumped=True)
    if len(filled) >= _WRAPPED_GROUPS and seen <= 2 * len(filled) and all(map(_is_wrapped, filled)):
        rows = [_merged(group) for group in filled]
    return LineRun(index, rows)


def _is_gap(lines: Sequence[str], index: int) -> bool:
    """Whether a blank line parts two rows that each end with a side."""
    return not lines[index].strip() and index + 1 < len(lines) and lines[index + 1].rstrip()[-1:] in _SIDES


def _is_cell_a_line(rows: Sequence[TextRow]) -> bool:
    """Whether most lines hold one cell; where their rows end cannot be told from the lines."""
    single = sum(len(row) <= 2 and sum(bool(text) for text, _ in row) <= 1 for row in rows)  # noqa: PLR2004 - a cell and what fills up its row
    return 2 * single > len(rows)


def _is_dumped(rows: Sequence[TextRow]) -> bool:
    """Whether rows of unequal length are a table: it has figures, which menus with sides between do not."""
    figures = sum(bool(text) and _is_figure(text) for row in rows for text, _ in row)
    return figures >= _FEWEST_DUMPED_FIGURES and _is_tab_table(rows) and not _is_cell_a_line(rows)


def _is_wrapped(group: Sequence[TextRow]) -> bool:
    """Whether lines between two rules can continue each other; figures do not wrap and leave gaps below."""
    return len({len(row) for row in group}) == 1 and all(
        any(not text for text, _ in row) for row in group[1:]
    )


def _split_sides(line: str, width: int) -> tuple[list[str], bool]:
    """The cells of a line, and whether it both begins and ends with a side.

    A side at only one end is the table's edge too, unless the row would then be one cell shorter than
    the first row, which has `width` cells: there it parts off an empty cell.
    """
    text = line.strip().translate(_BOX_SIDES)
    if "|" not in text:
        text = text.replace("｜", "|")
    if "\\" in text:
        pieces = [piece.replace("\\|", "|") for piece in _split_escaped(text)]
    else:
        pieces = text.split("|")
    pieces = [piece.strip() for piece in pieces]
    opened = len(pieces) > 1 and not pieces[0]
    closed = len(pieces) > 1 + opened and not pieces[-1]
    if opened != closed and len(pieces) == width:
        return pieces, False
    return pieces[1 if opened else 0 : -1 if closed else None], opened and closed


def _split_escaped(text: str) -> list[str]:
    """Split at pipes that no backslash precedes."""
    pieces: list[str] = []
    position = 0
    while position <= len(text):
        match = _PIECE.match(text, position)
        end = match.end() if match else position
        pieces.append(text[position:end])
        position = end + 1
    return pieces


def _merged(group: Sequence[TextRow]) -> TextRow:
    """One row from lines whose cells continue each other."""
    return [
        ("\n".join(text for text, _ in column if text), column[0][1]) for column in zip(*group, strict=True)
    ]
