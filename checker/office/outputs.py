"""What is written of a season into the folder of the results: one record and one module a sort of output.

To add one, write a module with `write(season, folder, options) -> Mapping[str, str]` and add one record to
`_BUILT_IN`, or call `register_season_output` from a package of your own. The mapping names the letters that were
written, by name of the unit; most outputs write none and return an empty one. They are written in the order of the
list, so that later ones know the letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Final, Protocol, cast

from checker.judging.publication import Publication
from checker.model.season import Season
from checker.office.result_folder import ResultFolder
from checker.run.pipeline import ReportReading
from checker.run.progress import Phase, Progress, Step
from checker.startup.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """What the office wants of the outputs.

    Attributes:
        letter_template: a document of its own that letters are made of, None for the built-in one.
        read: reads the reports in a file once more, for annotated copies; without it there are none.
        publication: links and pages that the office has given, None if it has given none.
        sender: who signs the letters, empty if the office writes that itself.
        reply_by: until when units have to answer whose due day has passed, None for some days after the letter.
        unit_done: told of every unit that an output is done with; an output may leave that out.
    """

    letter_template: Path | None = None
    read: Callable[[bytes, str], Iterator[ReportReading]] | None = None
    publication: Publication | None = None
    sender: str = ""
    reply_by: date | None = None
    unit_done: Callable[[], None] = lambda: None


class WriteSeason(Protocol):
    """What every module of an output calls `write`."""

    def __call__(self, season: Season, folder: ResultFolder, options: OutputOptions, /) -> Mapping[str, str]:
        """Write files; returns the letters among them by name of the unit, relative to the folder."""


@dataclass(frozen=True, slots=True)
class SeasonOutput:
    """A sort of output.

    Attributes:
        name: what it is called, in Chinese, such as 台账.
        module: dotted name of the module that has `write`.
        needs: a library that it cannot do without, None if it needs none; see `MISSING`.
    """

    name: str
    module: str
    needs: str | None = None

    @property
    def write(self) -> WriteSeason:
        """The writer itself."""
        return cast("WriteSeason", import_module(self.module).write)


_BUILT_IN: Final = (
    SeasonOutput("通知", "checker.office.letters.letters"),
    SeasonOutput("台账.xlsx", "checker.office.workbook.workbook", needs="xlsxwriter"),
    SeasonOutput("总览.html", "checker.office.overview.page"),
    SeasonOutput("结果", "checker.office.machine_results"),
)
_ADDED: Final[list[SeasonOutput]] = []


def register_season_output(output: SeasonOutput) -> None:
    """Add a sort of output; it is written before the built-in results for programs, which tell its letters."""
    _ADDED.append(output)


MISSING: Final = {
    "xlsxwriter": "没有安装 XlsxWriter：联网时运行 pip install XlsxWriter；不能联网时，在能联网的电脑上下载 "
    "XlsxWriter 的安装包（一个 .whl 文件，各种系统通用），拷来后运行 pip install 这个文件",
}
"""By library what is said where it is missing, and how to get it: a Chinese clause without full stop."""


def write_season(
    season: Season,
    folder: ResultFolder,
    options: OutputOptions | None = None,
    notice: Callable[[str], None] = lambda _text: None,
    progress: Progress | None = None,
) -> Season:
    """Write everything of a season.

    Args:
        season: how it stands.
        folder: where the files go.
        options: what the office wants of them.
        notice: called with a Chinese sentence on every output that could not be written for want of a library.
        progress: told of every output that is begun.

    Returns:
        The season with the letters that were written.

    Raises:
        UsageError: a file cannot be written.
    """
    outputs = (*_ADDED, *_BUILT_IN)
    units = len(season.units)
    for number, output in enumerate(outputs):
        if output.needs and find_spec(output.needs) is None:
            notice(
                f"没有写{output.name}：{MISSING.get(output.needs, f'没有安装 {output.needs}')}。其余结果都写了。"
            )
            continue
        unit_done = _telling(progress, output.name, number * units, len(outputs) * units)
        letters = output.write(season, folder, replace(options or OutputOptions(), unit_done=unit_done))
        if letters:
            told = tuple(replace(one, notice=letters.get(one.unit.name, one.notice)) for one in season.units)
            season = replace(season, units=told)
    return season


def _telling(progress: Progress | None, name: str, done: int, total: int) -> Callable[[], None]:
    """Tells that an output is begun; what it returns is called for every unit that it is done with."""
    counted = count(done)

    def tell() -> None:
        if progress:
            progress(Step(Phase.WRITING, next(counted), total, name))

    tell()
    return tell
