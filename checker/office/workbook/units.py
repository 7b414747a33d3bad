"""The sheet 单位: exactly one row a listed unit, and where the office says which version counts and who is who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.model.bodies import Unit
from checker.model.season import Role, Season, State, Stranger, Submission, UnitStanding
from checker.model.vocabulary import Vocabulary
from checker.office.words import BASIS_WORDS, STATE_WORDS
from checker.office.workbook.book import Book, CellValue, Column

NAME: Final = "单位"
CHOSEN: Final = "采用版本"
ALIASES: Final = "别名"
COLUMNS: Final = (
    Column(NAME, 26),
    Column("机关类别", 14),
    Column("行政级别", 9),
    Column("状态", 11),
    Column("依据", 36, "wrap"),
    Column("到期日", 11),
    Column("收到日期", 11),
    Column("收到日期的依据", 9),
    Column("迟几天", 7, "number"),
    Column("错误", 6, "number"),
    Column("警告", 6, "number"),
    Column("提示", 6, "number"),
    Column("未能判断的规则", 8, "number"),
    Column("已改", 6, "number"),
    Column("仍在", 6, "number"),
    Column("新增", 6, "number"),
    Column("未再报", 7, "number"),
    Column("采用的文件", 36, "wrap"),
    Column("第几轮交来", 8, "number"),
    Column("交过几版", 7, "number"),
    Column("待定的文件", 36, "wrap"),
    Column(CHOSEN, 24, "input"),
    Column(ALIASES, 24, "input"),
    Column("可能是它的报告", 30, "wrap"),
    Column("信函", 30),
)
"""Before the columns of the list itself."""


def number_of(heading: str) -> int:
    """Number of one of the columns, from 0."""
    return next(number for number, column in enumerate(COLUMNS) if column.heading == heading)


def write(season: Season, book: Book) -> None:
    """Write the sheet."""
    sheet = book.sheet(NAME)
    known = {column.heading for column in COLUMNS}
    more = list(dict.fromkeys(heading for one in season.units for heading in one.unit.more))
    columns = [
        *COLUMNS,
        *(Column(f"{heading}（清单）" if heading in known else heading, 16, "wrap") for heading in more),
    ]
    sheet.head(columns)
    styles = [column.style for column in columns]
    likely = _likely(season.unmatched)
    for standing in season.units:
        values = _values(standing, likely.get(standing.unit.name, ()), season.rulebook.vocabulary)
        sheet.row([*values, *(standing.unit.more.get(heading) for heading in more)], styles)
    sheet.filter(len(columns))
    sheet.worksheet.print_area(0, 0, len(season.units), number_of("未能判断的规则"))  # paper is not that wide
    if season.units:
        last = len(season.units)
        column = number_of("状态")
        alarming = [STATE_WORDS[state] for state in State if state not in _AT_EASE]
        for word in alarming:
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": sheet.format("alarm")}
            sheet.worksheet.conditional_format(1, column, last, column, rule)


_AT_EASE: Final = (State.PASSED, State.NOT_DUE, State.EXEMPT)


def level_word(unit: Unit, words: Vocabulary) -> str:
    """What the list says of a unit's level."""
    return words.levels.name(unit.level) if unit.level else "不明"


def versions(standing: UnitStanding) -> int:
    """How many reports of its own that differ a unit has sent in."""
    return len(standing.with_role(Role.IN_FORCE, Role.SUPERSEDED, Role.UNDECIDED))


def _likely(unmatched: Sequence[Stranger]) -> Mapping[str, Sequence[Stranger]]:
    """Reports that may be of a unit, by its name."""
    found: dict[str, list[Stranger]] = {}
    for candidate in unmatched:
        for name in candidate.nearest:
            found.setdefault(name, []).append(candidate)
    return found


def _values(standing: UnitStanding, likely: Sequence[Stranger], words: Vocabulary) -> Iterator[CellValue]:
    unit, counts, progress = standing.unit, standing.counts, standing.since_last_round
    in_force, undecided = standing.in_force, standing.with_role(Role.UNDECIDED)
    yield unit.name
    yield level_word(unit, words)
    yield words.tiers.name(unit.tier) if unit.tier else None
    yield STATE_WORDS[standing.state]
    yield standing.why
    yield standing.due
    yield standing.received.on if standing.received else None
    yield BASIS_WORDS[standing.received.by] if standing.received else None
    yield standing.days_late
    judged = in_force is not None
    yield from ((standing.errors, counts.warning, counts.info, counts.not_checked) if judged else (None,) * 4)
    yield from (progress.mended, progress.remaining, progress.new, progress.not_resubmitted)
    yield in_force.path if in_force else None
    yield in_force.round if in_force else None
    yield versions(standing) or None
    yield _listed(undecided)
    yield standing.chosen
    yield "、".join(unit.aliases)
    yield "；".join(f"{one.path}（写的是{one.agency}）" if one.agency else one.path for one in likely)
    yield standing.notice


def _listed(submissions: Sequence[Submission]) -> str:
    return "；".join(one.path for one in submissions)
