"""The letters to units in the folder 通知, with the list for sending them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from checker.model.errors import UsageError, system_words
from checker.model.season import Season, UnitStanding
from checker.office.letters import merge_list
from checker.office.letters.builtin import builtin_template
from checker.office.letters.kinds import KINDS, MEND, Letter, LetterWriter
from checker.office.letters.merge_list import WrittenLetter
from checker.office.letters.template import Template
from checker.office.outputs import OutputOptions
from checker.office.result_folder import ResultFolder, file_name
from checker.office.words import chinese_day
from checker.readers.limits import DEFAULT_LIMITS

FOLDER: Final = "通知"
TEMPLATE_NAME: Final = "信函模板.docx"
BODY: Final = "正文"
_FIELDS: Final = ("单位", "标题", BODY, "期限", "日期", "年度", "信函")
"""Placeholders besides the table and the columns of the list."""


def write(season: Season, folder: ResultFolder, options: OutputOptions) -> Mapping[str, str]:
    """Write the letters; see `checker.office.outputs`.

    A template of the office's own without `{正文}` is for the notice alone: what it says suits no other letter.

    Raises:
        UsageError: the template of the office cannot be used, or a file cannot be written.
    """
    more = dict.fromkeys(heading for one in season.units for heading in one.unit.more)
    known = (*_FIELDS, *more)
    builtin = Template(builtin_template(), TEMPLATE_NAME, known)
    own = _own_template(options.letter_template, known) if options.letter_template else builtin
    for_others = own if BODY in own.fields else builtin
    writer = LetterWriter(season)
    names = _file_names(season)
    written: list[WrittenLetter] = []
    first: dict[str, str] = {}
    for standing in season.units:
        for letter in writer.letters(standing):
            template = own if letter.kind == MEND else for_others
            file = _file(names[standing.unit.name], letter.kind)
            folder.write_bytes(file, template.filled(_values(season, standing, letter), letter.problems))
            written.append(WrittenLetter(standing, letter, file))
            first.setdefault(standing.unit.name, file)
    now = {one.file for one in written}
    folder.remove(file for name in names.values() for kind in KINDS if (file := _file(name, kind)) not in now)
    folder.write_text(merge_list.FILE_NAME, merge_list.merge_list(season, written))
    folder.write_bytes(TEMPLATE_NAME, builtin_template())
    return first


def _own_template(path: Path, known: tuple[str, ...]) -> Template:
    try:
        with path.open("rb") as file:
            data = file.read(DEFAULT_LIMITS.file_bytes + 1)
    except OSError as error:
        raise UsageError(f"信函模板“{path}”打不开（{system_words(error)}）。请检查路径和权限。") from None
    if len(data) > DEFAULT_LIMITS.file_bytes:
        raise UsageError(f"信函模板“{path}”太大（超过 {DEFAULT_LIMITS.file_bytes >> 20} MB）。")
    return Template(data, str(path), known)


def _values(season: Season, standing: UnitStanding, letter: Letter) -> dict[str, tuple[str, ...]]:
    values = {
        "单位": standing.unit.name,
        "标题": letter.title,
        "期限": letter.deadline,
        "日期": chinese_day(season.as_of),
        "年度": str(season.year),
        "信函": letter.kind,
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
