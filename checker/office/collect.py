"""One round of an office's season: what came in is checked, laid to what came before, judged as a whole, written down."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checker.judging.engine import judge_run, sums_of
from checker.judging.figures import Figures, figures_of
from checker.judging.rules import Rulebook
from checker.judging.subject import RunSubject
from checker.model.bodies import Bodies, Unit
from checker.model.configuration import Configuration
from checker.model.findings import Finding, ReportResult, Status
from checker.model.season import OtherKind, Season, Stranger, UnitStanding
from checker.office.decisions import Decisions, keep_decisions, load_decisions, with_aliases
from checker.office.filed import Filed, filed
from checker.office.ledger.store import OPINION, VERSION, LedgerSeason, open_ledger
from checker.office.outputs import write_season
from checker.office.register import RegisterEntry, load_register
from checker.office.result_folder import ResultFolder
from checker.office.rounds import changes, keys_of
from checker.office.standings import Known, standings
from checker.office.whose import Owner, Owners
from checker.run.checking import CheckedReports, check_reports
from checker.run.pipeline import CheckOptions
from checker.run.progress import Progress
from checker.run.results import ResultStore
from checker.startup.records import dataclass, replace
from checker.startup.version import __version__

if TYPE_CHECKING:
    from checker.accepted import AcceptedFindings

ANNUAL_REPORT: Final = "annual_report"
_LEDGER: Final = "台账.db"
_MAIL_TEXT: Final = "正文."
_MEMBER: Final = "!"


@dataclass(frozen=True)
class Inbox:
    """What the office has given.

    Attributes:
        arguments: files and folders as on the command line.
        files: the files in them.
        as_of: the day that counts as today.
        folder: where results go.
        ledger: file of the ledger, None for the usual one in the folder of the results.
        year: the report year, None to find it out.
        register: register of what came in, None if there is none.
        decisions: workbook with what the office has decided, None if there is none.
        kind: the kind of report.
    """

    arguments: tuple[str, ...]
    files: tuple[Path, ...]
    as_of: date
    folder: Path
    ledger: Path | None = None
    year: int | None = None
    register: Path | None = None
    decisions: Path | None = None
    kind: str = ANNUAL_REPORT

    @property
    def ledger_file(self) -> Path:
        """The file of the ledger."""
        return self.ledger or self.folder / _LEDGER


@dataclass(frozen=True)
class Checking:
    """How files are checked.

    Attributes:
        rulebook: the rules.
        options: what is known about the reports, the list of units among it.
        jobs: number of processes.
        previous: files of earlier years.
        exceptions: accepted findings.
        configuration: what makes the run differ from a plain one.
        progress: told of every file that is done with.
        notice: called with a Chinese sentence on what the office should know.
    """

    rulebook: Rulebook
    options: CheckOptions
    jobs: int = 1
    previous: tuple[Path, ...] = ()
    exceptions: AcceptedFindings | None = None
    configuration: Configuration | None = None
    progress: Progress | None = None
    notice: Callable[[str], None] = lambda _text: None


def collect(inbox: Inbox, checking: Checking) -> Season:
    """Check what came in, bring the ledger up to date and write the results.

    A run without anything new repeats the last round.

    Raises:
        UsageError: list, register, workbook or ledger have faults, or a result cannot be written.
        OSError: the ledger cannot be written, or another run does not let go of it.
    """
    decisions = load_decisions(inbox.decisions) if inbox.decisions else Decisions()
    bodies = _completed(_bodies(inbox, checking, decisions), checking.rulebook)
    options = replace(checking.options, bodies=bodies, today=inbox.as_of).in_keys(
        checking.rulebook.vocabulary
    )
    register = load_register(inbox.register, bodies, checking.notice) if inbox.register else None
    checked = check_reports(
        _foreign(inbox),
        checking.rulebook,
        options,
        jobs=checking.jobs,
        progress=checking.progress,
        exceptions=checking.exceptions,
        previous=checking.previous,
        notice=checking.notice,
    )
    with open_ledger(inbox.ledger_file) as ledger:
        owners = Owners(bodies, checking.rulebook.language.own_name_rules)
        year = inbox.year or ledger.last_year(inbox.kind) or _usual_year(checked.results, bodies, inbox.as_of)
        pages = ledger.season(inbox.kind, year)
        if register is not None:
            pages.keep_register(register)
        number, files, results = _everything(inbox, checking.rulebook, checked.results, pages)
        keep_decisions(pages, decisions, bodies, files)
        season = _season(inbox, checking, year, number, files, results, bodies, owners, pages)
        season = replace(season, findings=_findings(checking.rulebook, season, bodies, checked))
        season = write_season(season, ResultFolder(inbox.folder))
        pages.keep(season, files)
    return season


def _bodies(inbox: Inbox, checking: Checking, decisions: Decisions) -> Bodies:
    """The list, with the aliases that the office has written down."""
    written: dict[str, str] = {}
    if inbox.ledger_file.exists():
        with open_ledger(inbox.ledger_file) as ledger:
            written = ledger.aliases()
    return with_aliases(checking.options.bodies, {**written, **decisions.aliases})


def _completed(bodies: Bodies, rulebook: Rulebook) -> Bodies:
    """The list, with levels and tiers that it does not say but that names show."""
    names = rulebook.library.bodies

    def completed(unit: Unit) -> Unit:
        level = unit.level or names.level(unit.name)
        return replace(unit, level=level, tier=unit.tier or names.tier(unit.name, level))

    return replace(bodies, units=tuple(map(completed, bodies.units)))


def _foreign(inbox: Inbox) -> list[Path]:
    """The files of the inbox without those that this command reads or writes itself."""
    own = {
        os.path.realpath(file)
        for file in (inbox.ledger_file, inbox.register, inbox.decisions)
        if file is not None
    }
    results = os.path.realpath(inbox.folder) + os.sep
    places = ((file, os.path.realpath(file)) for file in inbox.files)
    return [file for file, place in places if place not in own and not place.startswith(results)]


def _usual_year(results: Sequence[ReportResult], bodies: Bodies, as_of: date) -> int:
    """The year that most reports of listed units are about, the later one of a tie."""
    years: Counter[int] = Counter()
    for result in results:
        identity = result.report.identity if result.report else None
        if identity and identity.year and bodies.unit(identity.agency, identity.year):
            years[identity.year] += 1
    return max(years, key=lambda year: (years[year], year), default=as_of.year - 1)


def _everything(
    inbox: Inbox, rulebook: Rulebook, fresh: Sequence[ReportResult], pages: LedgerSeason
) -> tuple[int, list[Filed], ResultStore]:
    """What has come in so far and what comes in now: the round, the files in their order, and their results.

    Files of earlier rounds that are here again are taken as they were checked now.
    """
    last = pages.last_round()
    here: dict[tuple[str, str, int], int] = {}
    arrived: list[Filed] = []
    for number, result in enumerate(fresh):
        place, below = _places(inbox, result.path)
        one = filed(
            result, place=place, below=below, number=number, round_number=last + 1, seen_on=inbox.as_of
        )
        here.setdefault(one.key, number)
        arrived.append(one)
    store = ResultStore(rulebook.forms)
    files: list[Filed] = []
    for one, kept in pages.submissions(rulebook.forms):
        number_now = here.pop(one.key, None)
        result = kept if number_now is None else fresh[number_now]
        files.append(replace(one, path=result.path, result=len(store)))
        store.append(result)
    known = {one.content for one in files}
    new = [one for one in arrived if here.get(one.key) == one.result]
    number = last + 1 if last == 0 or any(one.content not in known for one in new) else last
    for one in new:
        files.append(replace(one, round=number, result=len(store)))
        store.append(fresh[one.result])
    return number, files, store


def _places(inbox: Inbox, path: str) -> tuple[str, str]:
    """A path from the folder of the ledger, and from the folder that was given."""
    whole = os.path.abspath(path)  # noqa: PTH100  # links stay as written
    given = [os.path.abspath(argument) for argument in inbox.arguments]  # noqa: PTH100  # likewise
    roots = [root for root in given if whole.startswith(root + os.sep)]
    below = os.path.relpath(whole, max(roots, key=len)) if roots else path.rpartition("/")[2]
    place = _relative(whole, os.path.abspath(inbox.ledger_file.parent))  # noqa: PTH100  # likewise
    return place.replace(os.sep, "/"), below.replace(os.sep, "/")


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # on another drive
        return path


def _season(
    inbox: Inbox,
    checking: Checking,
    year: int,
    number: int,
    files: Sequence[Filed],
    results: ResultStore,
    bodies: Bodies,
    owners: Owners,
    pages: LedgerSeason,
) -> Season:
    """How everything stands, findings about the set not yet among it."""
    owned: dict[str, list[tuple[Filed, Owner]]] = {}
    strangers: list[Stranger] = []
    others: list[OtherKind] = []
    for one in files:
        result = results[one.result]
        owner = owners.of(result, one.below)
        if _is_mail_text(one, files):
            continue
        if owner.unit is not None:
            owned.setdefault(owner.unit.name, []).append((one, owner))
        if _is_strange(one, owner):
            near = owners.nearest(one.agency)
            strangers.append(Stranger(one.path, one.sha256, one.agency, one.year, near, one.result))
    register: dict[str, list[RegisterEntry]] = {}
    for entry in pages.register():
        register.setdefault(entry.unit, []).append(entry)
    known = Known(
        checking.rulebook,
        year,
        inbox.as_of,
        lambda one: results[one.result],
        register,
        pages.decisions(VERSION),
    )
    before = pages.findings(number - 1)
    units = tuple(
        _with_changes(standing, results, number, before.get(standing.unit.name, set()))
        for standing in standings(bodies.units, owned, known)
    )
    return Season(
        inbox.kind,
        year,
        number,
        inbox.as_of,
        units,
        tuple(strangers),
        tuple(others),
        results,
        checking.rulebook.info,
        tool_version=__version__,
        configuration=checking.configuration,
        opinions=pages.decisions(OPINION),
    )


def _with_changes(
    standing: UnitStanding, results: ResultStore, number: int, before: set[tuple[str, str]]
) -> UnitStanding:
    in_force = standing.in_force
    now = keys_of(results[in_force.result].findings) if in_force else set()
    return replace(standing, since_last_round=changes(standing, number, before, now))


def _is_mail_text(one: Filed, files: Iterable[Filed]) -> bool:
    """Whether a document is the text of a mail that brought files: it says nothing but that they are attached."""
    mail, mark, member = one.path.rpartition(_MEMBER)
    if one.status is not Status.SKIPPED or not mark or not member.startswith(_MAIL_TEXT):
        return False
    return any(other is not one and other.path.startswith(mail + _MEMBER) for other in files)


def _is_strange(one: Filed, owner: Owner) -> bool:
    """Whether a report is of a body that is not in the list, or a file may be one and nothing says whose."""
    if one.status is Status.CHECKED:
        return owner.unit is None or (one.agency is not None and not owner.inside)
    return one.status is Status.UNREADABLE and owner.unit is None


def _findings(
    rulebook: Rulebook, season: Season, bodies: Bodies, checked: CheckedReports
) -> tuple[Finding, ...]:
    """The findings about the set."""
    subject = RunSubject(
        accepted=checked.accepted,
        reports=tuple(_figures(rulebook, season)),
        bodies=bodies,
        unmatched=len(season.strangers),
        season=season,
    )
    return (*checked.findings, *judge_run(rulebook, subject))


def _figures(rulebook: Rulebook, season: Season) -> Iterator[Figures]:
    """The figures of the versions in force, under the names of the list."""
    for standing, result in season.in_force():
        report = result.report
        if report is not None:
            identity = replace(report.identity, agency=standing.unit.name, year=season.year)
            figures = figures_of(report, result.path, sums_of(rulebook, report))
            yield replace(figures, identity=identity)
