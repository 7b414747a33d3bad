"""Plain text: a line is a paragraph, and tables are recognised by their characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.document import Document, Location
from checker.readers.blocks.collector import BlockCollector
from checker.readers.limits import Limits, too_large
from checker.readers.plain.character_tables import table_at
from checker.readers.raw.encoding import decode, replaced_characters

_SIDES_AND_SPACE: Final = "|｜ \t\u3000"
_MANY_SIDES: Final = 8


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - every reader has a name
    """Read a plain text file.

    Args:
        data: its bytes, in any encoding `decode` knows.
        name: its file name; not needed.
        limits: how much reading may cost.

    Returns:
        Paragraphs and tables with their line numbers; `properties` has `encoding`.

    Raises:
        UnreadableError: no text, or more lines, paragraphs or cells than the limits allow.
    """
    text, encoding = decode(data)
    collector = BlockCollector(limits)
    damage = replaced_characters(text)
    if damage:
        collector.note("replaced_characters", damage)
    lines, numbers = _without_form_feeds(split_lines(text, limits))
    collect_lines(lines, numbers, collector)
    return collector.document("txt", {"encoding": encoding})


def split_lines(text: str, limits: Limits) -> list[str]:
    r"""The lines of `text`, which has `\n` or the separators of Unicode as line ends, without byte order marks.

    Raises:
        UnreadableError: more lines, or more characters that separate cells, than any report within the
            limits can have. They are counted first, because a list of all of them could fill the memory.
    """
    most = 2 * (limits.paragraphs + limits.cells)
    if any(text.count(separator) > most for separator in "\n\f\u2028\u2029\t|｜│┃║"):
        raise too_large(f"的行或表格分隔符多于 {most} 个")
    return text.replace("\ufeff", "").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")


def _without_form_feeds(lines: list[str]) -> tuple[list[str], Sequence[int]]:
    """Lines parted at form feeds, and for each its number in the file.

    A new page is a gap like a blank line, but no second one beside a blank line: tables go on over pages.
    """
    if not any("\f" in line for line in lines):
        return lines, range(1, len(lines) + 1)
    parts: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, 1):
        for part in line.split("\f"):
            if part or "\f" not in line or (parts and parts[-1]):
                parts.append(part)
                numbers.append(number)
    return parts, numbers


def _without_noise(line: str) -> str:
    """A line without the many sides behind its words that are left of a table around a page's frame."""
    bare = line.rstrip(_SIDES_AND_SPACE)
    return bare if bare and line.count("|", len(bare)) >= _MANY_SIDES else line


def collect_lines(lines: Sequence[str], numbers: Sequence[int], collector: BlockCollector) -> None:
    """Find paragraphs and tables in lines of plain text.

    Args:
        lines: the text.
        numbers: the line number in the file for each of `lines`.
        collector: what takes them.
    """
    index = 0
    while index < len(lines):
        line = lines[index]
        run = table_at(lines, index) if line.strip() or "\t" in line else None
        if run is not None and run.rows:
            collector.table(run.placed(numbers), aligned=run.aligned, place=Location(line=numbers[index]))
            index = run.end
            continue
        end = run.end if run is not None else index + 1
        for ordinary in range(index, end):
            collector.paragraph(_without_noise(lines[ordinary]), place=Location(line=numbers[ordinary]))
        index = end
