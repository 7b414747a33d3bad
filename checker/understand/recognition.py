"""Whether a document is a report at all.

A report that is torn is a report with sections missing; a guide, a notice, a rule on such reports or the
official form itself is none, whatever words it shares with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.document import Document
from checker.model.errors import NotAReportError
from checker.model.report import Section
from checker.understand.bodies import BodyNames
from checker.understand.identity import Title, read_title, title_places
from checker.understand.library import KindLibrary
from checker.understand.outline import CERTAIN
from checker.understand.tables.recognise import FoundTables

_FEWEST_SECTIONS: Final = 2
_MOST_CHARACTERS: Final = 6000
_MOST_LINES: Final = 60
_FEWEST_LISTED: Final = 3


def require_report(
    title: Title | None,
    front: Sequence[str],
    sections: Sequence[Section],
    found: FoundTables,
    library: KindLibrary,
) -> None:
    """Nothing for a report of a kind.

    Args:
        title: its title.
        front: the paragraphs before the first section, squeezed.
        sections: its sections.
        found: its tables.
        library: what such reports and other texts say of themselves.

    Raises:
        NotAReportError: it is none.
    """
    bodies = library.bodies
    certain = {section.number for section in sections if section.number and section.wording in CERTAIN}
    known = {section.number for section in sections if section.number}
    named = title is not None and (title.agency is not None or title.year is not None)
    enough = len(certain) >= _FEWEST_SECTIONS or len(known) >= 2 * _FEWEST_SECTIONS or bool(found.tables)
    parts = enough or bool(known)
    other = _is_other_text(front, bodies) or (not parts and _is_list(front, bodies))
    # A letter that names the report it sends is none; a page that names a guide in its menu and goes on is one.
    if named and not (title and bodies.is_other_text(title.words)) and (parts or not other):
        return
    if other and not (named and parts):
        raise no_report([library])
    signs = bool(certain) and bodies.is_sign("\n".join(front)[:_MOST_CHARACTERS])
    if not (enough or signs or (title is not None and not named and bool(sections))):
        raise no_report([library])


def _is_list(front: Sequence[str], bodies: BodyNames) -> bool:
    """Whether the lines are titles of reports of several bodies."""
    titles = (read_title(words, bodies) for words in front[:_MOST_LINES])
    return len({title.agency for title in titles if title and title.agency}) >= _FEWEST_LISTED


def _is_other_text(front: Sequence[str], bodies: BodyNames) -> bool:
    return any(bodies.is_other_text(front[place]) for place in title_places(front))


def no_report(kinds: Sequence[KindLibrary]) -> NotAReportError:
    """The document is no report of these kinds."""
    names = "".join(f"“{kind.name}”" for kind in kinds)
    which = "这类报告" if len(kinds) == 1 else "这几类报告"
    return NotAReportError("not_a_report", f"没有找到{names}的标题、章节和表格，看来不是{which}，已跳过。")


def require_content(document: Document) -> None:
    """Nothing for a document with text or tables.

    Raises:
        NotAReportError: it has neither.
    """
    if not any(document.paragraphs()) and not any(document.tables()):
        raise NotAReportError("empty", "文件里没有文字，也没有表格。")
