"""The letters to units in the folder 通知, with the list for sending them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from checker.model.bodies import Unit
from checker.model.errors import UsageError, system_words
from checker.model.season import Season, UnitStanding
from checker.office.letters import merge_list
from checker.office.letters.builtin import builtin_template
from checker.office.letters.copies import Read, SentFiles, annotated_copy
from checker.office.letters.letter_kinds import KINDS, MEND, Letter, LetterWriter
from checker.office.letters.merge_list import WrittenLetter
from checker.office.letters.template import SENDER, Template
from checker.office.outputs import OutputOptions
from checker.office.result_folder import ResultFolder, file_name
from checker.office.words import chinese_day
from checker.readers.limits import DEFAULT_LIMITS

FOLDER: Final = "通知"
_COPY: Final = "批注"
TEMPLATE_NAME: Final = "信函模板.docx"
BODY: Final = "正文"
_FIELDS: Final = ("单位", "标题", BODY, "期限", "日期", "年度", "信函", SENDER)
"""Placeholders besides the table and the columns of the list."""


def write(season: Season, folder: ResultFolder, options: OutputOptions) -> Mapping[str, str]:
    """Write the letters; see `checker.office.outputs`.

    A template of the office's own without `{正文}` is for the notice alone: what it says suits no other letter.

    Raises:
        UsageError: the template of the office cannot be used, or a file cannot be written.
    """
    desk = _Desk(season, folder, options)
    written: list[WrittenLetter] = []
    for standing in season.units:
        written.extend(desk.letters(standing))
        options.unit_done()
    desk.clear_away(written)
    folder.write_text(merge_list.FILE_NAME, merge_list.merge_list(season, written))
    folder.write_bytes(TEMPLATE_NAME, builtin_template())
    first: dict[str, str] = {}
    for one in written:
        first.setdefault(one.standing.unit.name, one.file)
    return first


class _Desk:
    """Where the letters of a season are written."""

    def __init__(self, season: Season, folder: ResultFolder, options: OutputOptions) -> None:
        self._season = season
        self._folder = folder
        self._read = options.read
        self._files = SentFiles()
        self._writer = LetterWriter(season, options.reply_by)
        self._sender = options.sender
        self._names = _file_names(season)
        self._own, self._for_others = _templates([one.unit for one in season.units], options.letter_template)

    def letters(self, standing: UnitStanding) -> Iterator[WrittenLetter]:
        """Write the letters to a unit, with the annotated copies of the files in which something is to be mended."""
        for letter in self._writer.letters(standing):
            template = self._own if letter.kind == MEND else self._for_others
            file = self._folder.write_bytes(
                _file(self._names[standing.unit.name], letter.kind),
                template.filled(_values(self._season, standing, letter, self._sender), letter.problems),
            )
            copies = (
                tuple(self._copies(standing, letter, self._read)) if letter.problems and self._read else ()
            )
            yield WrittenLetter(standing, letter, file, copies)

    def _copies(self, standing: UnitStanding, letter: Letter, read: Read) -> Iterator[str]:
        name = standing.unit.name
        many = len(letter.submissions) > 1
        for number, submission in enumerate(letter.submissions, 1):
            result, rulebook = self._season.results[submission.result], self._season.rulebook
            copy = annotated_copy(
                result, rulebook, read, lambda text: self._writer.shown(name, text), self._files
            )
            if copy is not None:
                mark = f"{_COPY}{number}" if many else _COPY
                yield self._folder.write_bytes(
                    f"{FOLDER}/{self._names[name]}（{mark}）.{copy.suffix}", copy.data
                )

    def clear_away(self, written: Sequence[WrittenLetter]) -> None:
        """Remove what earlier rounds have written and has no successor; what the office has put there stays.

        The copy of a file that is not here today stays as long as there is something to mend in it, and none of
        a newer one has been written.
        """
        now = {one.file for one in written}
        every = (_file(name, kind) for name in self._names.values() for kind in KINDS)
        self._folder.remove(file for file in every if file not in now)
        owing = {self._names[one.standing.unit.name] for one in written if one.letter.problems}
        renewed = {self._names[one.standing.unit.name] for one in written if one.copies}
        left = set(self._names.values()) - owing | renewed
        fresh = {copy for one in written for copy in one.copies}
        copies = [f"{FOLDER}/{file}" for file in self._folder.files(FOLDER) if f"（{_COPY}" in file]
        self._folder.remove(
            file
            for file in copies
            if file not in fresh and file.removeprefix(f"{FOLDER}/").rpartition(f"（{_COPY}")[0] in left
        )


def refuse_template(path: Path, units: Sequence[Unit]) -> None:
    """Say what is wrong with a template of the office before anything else is done.

    Args:
        path: the template.
        units: the list, whose other columns may be placeholders.

    Raises:
        UsageError: it cannot be used.
    """
    _templates(units, path)


def _templates(units: Sequence[Unit], path: Path | None) -> tuple[Template, Template]:
    """The template of the notice, and that of all other letters."""
    more = dict.fromkeys(heading for unit in units for heading in unit.more)
    known = (*_FIELDS, *more)
    builtin = Template(builtin_template(), TEMPLATE_NAME, known)
    own = _own_template(path, known) if path else builtin
    return own, own if BODY in own.fields else builtin


def _own_template(path: Path, known: tuple[str, ...]) -> Template:
    try:
        with path.open("rb") as file:
            data = file.read(DEFAULT_LIMITS.file_bytes + 1)
    except OSError as error:
        raise UsageError(f"信函模板“{path}”打不开（{system_words(error)}）。请检查路径和权限。") from None
    if len(data) > DEFAULT_LIMITS.file_bytes:
        raise UsageError(f"信函模板“{path}”太大（超过 {DEFAULT_LIMITS.file_bytes >> 20} MB）。")
    return Template(data, str(path), known)


def _values(
    season: Season, standing: UnitStanding, letter: Letter, sender: str
) -> dict[str, tuple[str, ...]]:
    values = {
        "单位": standing.unit.name,
        "标题": letter.title,
        "期限": letter.deadline,
        "日期": chinese_day(season.as_of),
        "年度": str(season.year),
        "信函": letter.kind,
        SENDER: sender,
    }
    more = {heading: (text,) for heading, text in standing.unit.more.items()}
    return {**more, **{name: (text,) for name, text in values.items()}, BODY: letter.paragraphs}


def _file(name: str, kind: str) -> str:
    """The file of a letter: that of the notice bears the name of the unit alone."""
    return f"{FOLDER}/{name}.docx" if kind == MEND else f"{FOLDER}/{name}（{kind}）.docx"


def _file_names(season: Season) -> dict[str, str]:
    """A file name for each unit; names that would fall together get a number."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for standing in season.units:
        name = wanted = file_name(standing.unit.name)
        number = 1
        while name.casefold() in used:
            number += 1
            name = f"{wanted}（{number}）"
        used.add(name.casefold())
        names[standing.unit.name] = name
    return names
