"""What is written of a season into the folder of the results: one record and one module a sort of output.

To add one, write a module with `write(season: Season, folder: ResultFolder) -> Mapping[str, str]` and add one record
to `_BUILT_IN`, or call `register_season_output` from a package of your own. The mapping names the letters that were
written, by name of the unit; most outputs write none and return an empty one. They are written in the order of the
list, so that later ones know the letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, cast

from checker.model.season import Season
from checker.office.result_folder import ResultFolder
from checker.startup.records import dataclass, replace


class WriteSeason(Protocol):
    """What every module of an output calls `write`."""

    def __call__(self, season: Season, folder: ResultFolder, /) -> Mapping[str, str]:
        """Write files; returns the letters among them by name of the unit, relative to the folder."""


@dataclass(frozen=True, slots=True)
class SeasonOutput:
    """A sort of output.

    Attributes:
        name: what it is called, in Chinese, such as 台账.
        module: dotted name of the module that has `write`.
    """

    name: str
    module: str

    @property
    def write(self) -> WriteSeason:
        """The writer itself."""
        return cast("WriteSeason", import_module(self.module).write)


_BUILT_IN: Final = (SeasonOutput("结果", "checker.office.machine_results"),)
_ADDED: Final[list[SeasonOutput]] = []


def register_season_output(output: SeasonOutput) -> None:
    """Add a sort of output; it is written before the built-in results for programs, which tell its letters."""
    _ADDED.append(output)


def write_season(season: Season, folder: ResultFolder) -> Season:
    """Write everything of a season.

    Returns:
        The season with the letters that were written.

    Raises:
        UsageError: a file cannot be written.
    """
    for output in (*_ADDED, *_BUILT_IN):
        letters = output.write(season, folder)
        if letters:
            units = tuple(replace(one, notice=letters.get(one.unit.name, one.notice)) for one in season.units)
            season = replace(season, units=units)
    return season
