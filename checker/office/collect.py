"""One round of a season: what came in is checked, laid to what came before, judged as a whole, and written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checker.judging.figures import Figures
from checker.judging.publication import Notice
from checker.judging.rules import Rulebook
from checker.judging.run_engine import judge_run
from checker.judging.run_subject import RunSubject
from checker.model.bodies import Bodies, Unit
from checker.model.configuration import Configuration
from checker.model.findings import Finding, Outcome, ReportResult, Status
from checker.model.season import OtherKind, Season, Stranger, UnitStanding
from checker.office.aggregate.adding import of_the_top
from checker.office.filing.counted_versions import CountedVersions
from checker.office.filing.decisions import Decisions, keep_decisions, load_decisions, with_aliases
from checker.office.filing.filed import Filed
from checker.office.filing.intake import Inbox, Intake, arrivals, take_in
from checker.office.filing.outdated import CheckedAgain, OutdatedError, checked_again
from checker.office.filing.register import RegisterEntry, load_register
from checker.office.filing.standings import StandingBasis, is_version, standings
from checker.office.filing.whose import Owner, Owners
from checker.office.ledger.store import OPINION, VERSION, Ledger, LedgerSeason, open_ledger
from checker.office.letters.letters import refuse_template
from checker.office.outputs import OutputOptions, write_season
from checker.office.result_folder import ResultFolder
from checker.run.checking import CheckedReports, check_reports
from checker.run.kept.results import ResultStore
from checker.run.pipeline import CheckOptions, read_bytes
from checker.run.progress import Phase, Progress, Step
from checker.startup.records import dataclass, replace
from checker.startup.version import __version__

if TYPE_CHECKING:
    from checker.accepted import AcceptedFindings
    from checker.run.set_material import SetMaterial

_MAIL_TEXT: Final = "正文."
_MEMBER: Final = "!"
_NOBODYS: Final = Owner(None, inside=False, why="")


@dataclass(frozen=True)
class Checking:
    """How files are checked.

    Attributes:
        rulebook: the rules.
        options: what is known about the reports, the list of units among it.
        jobs: number of processes.
        cluster: where to check instead, None for this machine.
        previous: files of earlier years.
        exceptions: accepted findings.
        configuration: what makes the run differ from a plain one.
        progress: told of every file that is done with.
        notice: called with a Chinese sentence on what the office should know.
        material: a model text and what is known of publication, None if nothing was given.
    """

    rulebook: Rulebook
    options: CheckOptions
    jobs: int = 1
    cluster: str | None = None
    previous: tuple[Path, ...] = ()
    exceptions: AcceptedFindings | None = None
    configuration: Configuration | None = None
    progress: Progress | None = None
    notice: Callable[[str], None] = lambda _text: None
    material: SetMaterial | None = None


def collect(inbox: Inbox, checking: Checking) -> Season:
    """Check what came in, bring the ledger up to date and write the results.

    A run without anything new repeats the last round.

    Raises:
        UsageError: list, register, workbook or ledger have faults, or a result cannot be written.
        OSError: the ledger cannot be written, or another run does not let go of it.
    """
    given = _checked(inbox, checking)
    try:
        return _collected(inbox, checking, given)
    except OutdatedError as error:
        return _collected(inbox, checking, _with_outdated(given, error, inbox, checking))


def _collected(inbox: Inbox, checking: Checking, given: _Given) -> Season:
    with open_ledger(inbox.ledger_file) as ledger:
        season, pages, intake = _round(inbox, checking, given, ledger)
        wanted = OutputOptions(
            inbox.letter_template,
            partial(read_bytes, checking.rulebook, options=given.options),
            checking.material.publication if checking.material else None,
            inbox.sender,
            inbox.reply_by,
        )
        season = write_season(season, ResultFolder(inbox.folder), wanted, checking.notice, checking.progress)
        pages.keep(season, intake.files, intake.results)
    return season


def season_now(inbox: Inbox, checking: Checking) -> tuple[Season, Bodies]:
    """How the season stands with what came in, and the list; nothing is written, not even into the ledger.

    Raises:
        UsageError: list, register, workbook or ledger have faults.
        OSError: another run does not let go of the ledger.
    """
    given = _checked(inbox, checking)
    try:
        return _season_now(inbox, checking, given), given.bodies
    except OutdatedError as error:
        return _season_now(inbox, checking, _with_outdated(given, error, inbox, checking)), given.bodies


def _season_now(inbox: Inbox, checking: Checking, given: _Given) -> Season:
    ledger_file = inbox.ledger_file if inbox.ledger_file.exists() else None
    with open_ledger(ledger_file, keep=False) as ledger:
        season, _, _ = _round(inbox, checking, given, ledger)
    return season


@dataclass(frozen=True)
class _Given:
    """What came in as checked, with what the office says of it."""

    kind: str
    bodies: Bodies
    options: CheckOptions
    decisions: Decisions
    register: Sequence[RegisterEntry] | None
    checked: CheckedReports
    owners: Owners
    arrived: Sequence[Filed]
    again: CheckedAgain | None = None


def _checked(inbox: Inbox, checking: Checking) -> _Given:
    """Read and check everything; the ledger is free for others meanwhile."""
    rulebook = checking.rulebook
    kind = inbox.kind_in(rulebook)
    decisions = load_decisions(inbox.decisions) if inbox.decisions else Decisions()
    bodies = _completed(_bodies(inbox, checking, decisions), rulebook)
    if inbox.letter_template:
        refuse_template(inbox.letter_template, bodies.units)
    register = load_register(inbox.register, bodies, checking.notice) if inbox.register else None
    options = replace(checking.options, bodies=bodies, today=inbox.as_of)
    checked = _check(inbox.submitted(), checking, options)
    owners = Owners(bodies, rulebook.language.own_name_rules)
    arrived = arrivals(inbox, checked.results, owners)
    return _Given(kind, bodies, options, decisions, register, checked, owners, arrived)


def _check(paths: Sequence[Path], checking: Checking, options: CheckOptions) -> CheckedReports:
    rulebook = checking.rulebook
    checked = check_reports(
        paths,
        rulebook,
        options.in_keys(rulebook.vocabulary),
        jobs=checking.jobs,
        cluster=checking.cluster,
        progress=checking.progress,
        exceptions=checking.exceptions,
        previous=checking.previous,
        notice=checking.notice,
        with_sums=False,  # they are worked out of the versions in force
    )
    return replace(checked, figures=None)  # only those of the versions in force are needed


def _with_outdated(given: _Given, error: OutdatedError, inbox: Inbox, checking: Checking) -> _Given:
    """What came in, with the files of earlier rounds whose results this version cannot read checked once more."""

    def check(paths: Sequence[Path]) -> ResultStore:
        return _check(paths, checking, given.options).results

    again = checked_again(error.submissions, inbox.ledger_file.parent, check)
    checking.notice(
        f"台账里有 {len(error.submissions)} 份以前收到的报告，是别的版本的程序写的或者已经损坏，"
        "已用原来的文件重新检查。"
    )
    return replace(given, again=again)


def _round(
    inbox: Inbox, checking: Checking, given: _Given, ledger: Ledger
) -> tuple[Season, LedgerSeason, Intake]:
    """The season with what came in, the pages of the ledger that it stands on, and all that has come in."""
    rulebook, bodies, kind = checking.rulebook, given.bodies, given.kind
    if checking.progress:
        checking.progress(Step(Phase.TOGETHER, 0, len(bodies.units)))
    usual = _usual_year(given.arrived, bodies, kind)
    year = inbox.year or ledger.last_year(kind) or usual or inbox.as_of.year - 1
    if inbox.year is None and usual not in (year, None):
        checking.notice(
            f"台账收的是 {year} 年度的报告，这次的文件多是 {usual} 年度的。收 {usual} 年度的请加 --year {usual}。"
        )
    pages = ledger.season(kind, year)
    if given.register is not None:
        pages.keep_register(given.register)
    intake = take_in(given.arrived, given.checked.results, rulebook, pages, given.owners, again=given.again)
    keep_decisions(pages, given.decisions, bodies, intake.files)
    found = _sorted(intake, bodies, given.owners, kind)
    season, figures = _season(inbox, checking, year, found, pages)
    for text in _chosen_in_vain(season):
        checking.notice(text)
    outcomes, findings = _as_a_whole(checking, season, figures, found, given.checked)
    aggregate = of_the_top(season, bodies, rulebook)
    return replace(season, outcomes=outcomes, findings=findings, aggregate=aggregate), pages, intake


def _bodies(inbox: Inbox, checking: Checking, decisions: Decisions) -> Bodies:
    """The list, with the aliases that the office has written down."""
    written: Mapping[str, str] = {}
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


def _usual_year(arrived: Sequence[Filed], bodies: Bodies, kind: str) -> int | None:
    """The year that most reports of listed units are about, the later one of a tie; None if there is no report."""
    years: Counter[int] = Counter()
    for one in arrived:
        if one.kind == kind and one.year and bodies.unit(one.agency, one.year):
            years[one.year] += 1
    return max(years, key=lambda year: (years[year], year), default=None)


@dataclass(frozen=True)
class _Sorted:
    """Everything that has come in by name of its unit, and what is nobody's."""

    kind: str
    intake: Intake
    bodies: Bodies
    owned: Mapping[str, Sequence[tuple[Filed, Owner]]]
    unmatched: tuple[Stranger, ...]
    other_kind: tuple[OtherKind, ...]
    unclaimed: tuple[str, ...]
    notices: tuple[Notice, ...]


def _sorted(intake: Intake, bodies: Bodies, owners: Owners, kind: str) -> _Sorted:
    owned: dict[str, list[tuple[Filed, Owner]]] = {}
    unmatched: list[Stranger] = []
    others: list[OtherKind] = []
    unclaimed: list[str] = []
    notices: list[Notice] = []
    packages = Counter(one.path.rpartition(_MEMBER)[0] for one in intake.files)
    for one in intake.files:
        if _is_mail_text(one, packages):
            continue
        if one.lines:
            notices.append(Notice(one.path, one.lines))
        if one.kind not in (kind, ""):
            others.append(OtherKind(one.path, one.sha256, one.kind, one.agency, one.result))
            continue
        owner = one.owner or _NOBODYS
        if owner.unit is not None:
            owned.setdefault(owner.unit.name, []).append((one, owner))
        if _is_strange(one, owner):
            near = owners.nearest(one.agency)
            unmatched.append(Stranger(one.path, one.sha256, one.agency, one.year, near, one.result))
        elif owner.unit is None:
            unclaimed.append(one.path)
    return _Sorted(
        kind, intake, bodies, owned, tuple(unmatched), tuple(others), tuple(unclaimed), tuple(notices)
    )


def _is_mail_text(one: Filed, packages: Mapping[str, int]) -> bool:
    """Whether a document is the text of a mail that brought files: it says nothing but that they are attached."""
    mail, mark, member = one.path.rpartition(_MEMBER)
    return (
        one.status is Status.SKIPPED and bool(mark) and member.startswith(_MAIL_TEXT) and packages[mail] > 1
    )


def _is_strange(one: Filed, owner: Owner) -> bool:
    """Whether a report is of a body that is not in the list, or a file may be one and nothing says whose."""
    if one.status is Status.CHECKED:
        return owner.unit is None or (one.agency is not None and not owner.inside)
    return one.status is Status.UNREADABLE and owner.unit is None


def _season(
    inbox: Inbox, checking: Checking, year: int, found: _Sorted, pages: LedgerSeason
) -> tuple[Season, Sequence[Figures]]:
    """How everything stands, and the figures in force; findings about the set are not yet among it."""
    intake = found.intake
    register: dict[str, list[RegisterEntry]] = {}
    for entry in pages.register():
        register.setdefault(entry.unit, []).append(entry)
    counted = CountedVersions(checking.rulebook, year, intake, pages)
    known = StandingBasis(
        checking.rulebook,
        found.kind,
        year,
        inbox.as_of,
        intake.result_of,
        _telling(counted.finished, checking.progress, len(found.bodies.units)),
        register,
        pages.decisions(VERSION),
    )
    season = Season(
        kind=found.kind,
        year=year,
        round=intake.round,
        as_of=inbox.as_of,
        units=standings(found.bodies.units, found.owned, known),
        unmatched=found.unmatched,
        other_kind=found.other_kind,
        results=intake.results,
        rulebook=checking.rulebook.info,
        tool_version=__version__,
        configuration=checking.configuration,
        opinions=pages.decisions(OPINION),
        unclaimed=found.unclaimed,
    )
    return season, counted.figures


def _telling(
    finished: Callable[[UnitStanding, ReportResult | None], UnitStanding],
    progress: Progress | None,
    units: int,
) -> Callable[[UnitStanding, ReportResult | None], UnitStanding]:
    """What finishes a unit and tells `progress` of it, one unit after the other."""
    if progress is None:
        return finished
    counted = count(1)

    def finish(standing: UnitStanding, result: ReportResult | None) -> UnitStanding:
        progress(Step(Phase.TOGETHER, next(counted), units, standing.unit.name))
        return finished(standing, result)

    return finish


def _chosen_in_vain(season: Season) -> Iterator[str]:
    """Sentences on versions that the office has named and that cannot count."""
    for standing in season.units:
        version, in_force = standing.chosen, standing.in_force
        if version and not (in_force and is_version(version, in_force)):
            yield f"{standing.unit.name}的采用版本“{version}”不是它这一年度读得出的报告，没有采用。"


def _as_a_whole(
    checking: Checking, season: Season, figures: Sequence[Figures], found: _Sorted, checked: CheckedReports
) -> tuple[tuple[Outcome, ...], tuple[Finding, ...]]:
    """What the rules about the set came to, and their findings."""
    rulebook, material = checking.rulebook, checking.material
    publication = material.publication if material else None
    subject = RunSubject(
        accepted=checked.accepted,
        reports=figures,
        bodies=found.bodies,
        unmatched=len(season.unmatched),
        season=season,
        today=season.as_of,
        earlier=checked.earlier,
        publication=publication,
        model_texts=material.model_texts if material else (),
        notices=(*found.notices, *(publication.notices() if publication else ())),
    )
    outcomes, findings = judge_run(rulebook, subject)
    return outcomes, (*checked.findings, *findings)
