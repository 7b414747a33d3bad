"""邮件合并.csv: a row a letter, for Word's mail merge and for mail programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.model.season import Season, UnitStanding
from checker.office.letters.letter_kinds import Letter
from checker.office.words import STATE_WORDS
from checker.startup.records import dataclass
from checker.writers.shared.spreadsheets import unformulaic
from checker.writers.shared.text_cells import harmless

FILE_NAME: Final = "邮件合并.csv"
_OWN: Final = ("单位", "状态", "信函", "标题", "期限", "文件", "附件")
_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter as it lies in the folder of the results.

    Attributes:
        file: its file, relative to that folder.
        copies: the annotated copies that go with it.
    """

    standing: UnitStanding
    letter: Letter
    file: str
    copies: tuple[str, ...] = ()


def merge_list(season: Season, letters: Sequence[WrittenLetter]) -> Iterator[str]:
    """The table, a row at a time: our columns, then those of the list of units, which name contact and mail."""
    more = list(dict.fromkeys(heading for one in season.units for heading in one.unit.more))
    named = [f"{heading}（清单）" if heading in _OWN else heading for heading in more]
    yield _MARK + _row([*_OWN, *named])
    for one in letters:
        letter, standing = one.letter, one.standing
        own = (
            standing.unit.name,
            STATE_WORDS[standing.state],
            letter.kind,
            letter.title,
            letter.deadline,
            one.file,
        )
        yield _row([*own, "；".join(one.copies), *(standing.unit.more.get(heading, "") for heading in more)])


def _row(cells: Sequence[str]) -> str:
    return ",".join('"' + unformulaic(harmless(cell)).replace('"', '""') + '"' for cell in cells) + "\r\n"
