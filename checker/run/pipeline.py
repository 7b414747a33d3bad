"""One file from bytes to results: read, understand, judge.

Whatever goes wrong with one file is recorded in that file's result and does not affect the others.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from checker.annotate import undecided
from checker.judging.deadlines import due_day
from checker.judging.engine import run, sums_of
from checker.judging.figures import figures_of
from checker.judging.rules import Rulebook
from checker.judging.run_engine import gather
from checker.judging.subject import KnownYears
from checker.model.bodies import Bodies
from checker.model.document import Document
from checker.model.errors import NotAReportError, OutOfTimeError, UnreadableError, UsageError, system_words
from checker.model.findings import (
    Finding,
    Outcome,
    Problem,
    ReportResult,
    Severity,
    Status,
    Suggestion,
    Verdict,
)
from checker.model.place import Place
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.readers import format_of
from checker.readers.formats import Format
from checker.readers.legibility import why_unread
from checker.readers.limits import DEFAULT_LIMITS, too_large
from checker.readers.packages.choice import OTHERS
from checker.readers.packages.member import Member
from checker.run.documents import DocumentName, ReadDocument, read_named
from checker.run.figures_index import FiguresIndex
from checker.run.others import others_in
from checker.run.stores.address import StoredFile
from checker.run.time_limit import STEP_SECONDS, time_limited
from checker.startup.digests import sha256_of
from checker.startup.ordinary_files import open_ordinary
from checker.startup.records import dataclass, replace
from checker.understand import read_reports

LINKED_FOLDER: Final = "这是指向别处文件夹的链接，里面的内容没有检查。请直接写那个文件夹的路径。"
SPECIAL_FILE: Final = "这是管道、设备一类的特殊文件，不是文档，没有检查。"


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What a person may say about the reports.

    Attributes:
        form: id of the form to read them by, None to recognise it.
        level: level of the bodies, None to recognise it.
        tier: tier of the bodies, None to recognise it.
        today: the day that counts for deadlines, None if undated reports need no reminder.
        bodies: former names of bodies, and a list of units with their levels and tiers.
        other_years: reports of other years, None if there are none.
    """

    form: str | None = None
    level: str | None = None
    tier: str | None = None
    today: date | None = None
    bodies: Bodies = Bodies()
    other_years: FiguresIndex | None = None

    def in_keys(self, vocabulary: Vocabulary) -> CheckOptions:
        """The same options with keys in the place of words such as 部门.

        Raises:
            UsageError: a word that the vocabulary does not have.
        """
        keys: dict[str, str] = {}
        for name, terms in (("level", vocabulary.levels), ("tier", vocabulary.tiers)):
            word: str | None = getattr(self, name)
            if word is not None:
                key = terms.key(word)
                if key is None:
                    raise UsageError(f"没有“{word}”这种{terms.title}；可用 {terms.listing()}。")
                keys[name] = key
        return replace(self, **keys) if keys else self


@dataclass(frozen=True, slots=True)
class ReportReading:
    """What was read of one document in a file, or of one report where a document holds more than one.

    Attributes:
        name: the file as given, `包.zip!年报.docx` in a package, with `#1`, `#2` … if it holds several reports.
        sha256: digest of the document's bytes, None if there are none.
        report: the report, None if the document holds none or could not be read.
        problem: why there is no report.
        status: `CHECKED` if there is a report.
        mailed_on: see `ReportResult`.
        lines: see `ReportResult`.
    """

    name: str
    sha256: str | None
    report: Report | None = None
    problem: Problem | None = None
    status: Status = Status.CHECKED
    mailed_on: date | None = None
    lines: tuple[str, ...] = ()


def check_file(rulebook: Rulebook, path: Path, options: CheckOptions) -> Iterator[ReportResult]:
    """Check one file; never raises for anything about the file.

    Yields:
        One result for each report: a package or a page may hold more than one.
    """
    for reading in read_file(rulebook, path, options):
        yield _result(rulebook, reading, options)


def check_bytes(
    rulebook: Rulebook, data: bytes, name: str, options: CheckOptions, read: ReadDocument | None = None
) -> Iterator[ReportResult]:
    """Check a file in memory; the arguments are those of `read_bytes`.

    Yields:
        One result for each report.
    """
    for reading in read_bytes(rulebook, data, name, options, read):
        yield _result(rulebook, reading, options)


def read_file(rulebook: Rulebook, path: Path, options: CheckOptions) -> Iterator[ReportReading]:
    """Read one file; never raises for anything about the file."""
    name = path.as_posix()
    try:
        data = contents_of(path)
    except UnreadableError as error:
        yield _unread(name, None, error.code, error.text)
    except NotAReportError as error:
        yield ReportReading(name, None, None, Problem(error.code, error.text), Status.SKIPPED)
    except FileNotFoundError:
        others = others_in(path.parent) if path.name == OTHERS else None
        if others:
            yield ReportReading(name, None, None, Problem(others.code, others.text), Status.SKIPPED)
            return
        text = (
            "链接指向的文件不存在，无法读取。请修复链接或放入原文件。"
            if path.is_symlink()
            else "文件不存在。请检查路径。"
        )
        yield _unread(name, None, "missing", text)
    except PermissionError:
        what = "文件夹" if path.is_dir() else "文件"
        text = f"没有读取这个{what}的权限，里面的内容没有检查。请修改权限，或换有权限的账户运行。"
        yield _unread(name, None, "no_permission", text)
    except OSError as error:
        text = f"文件打不开（{system_words(error)}）。请检查文件或磁盘。"
        yield _unread(name, None, "io_error", text)
    else:
        yield from read_bytes(rulebook, data, name, options)


def contents_of(path: Path) -> bytes:
    """The contents of a file, read as far as the limit goes, whatever size it claims.

    Raises:
        UnreadableError: it is larger than the limit, or its store does not give it.
        NotAReportError: it is a pipe, a device or the like, which may never end.
        OSError: it cannot be opened or read.
    """
    most = DEFAULT_LIMITS.file_bytes
    try:
        data = _beginning(path, most + 1)
    except OSError as error:
        if error.errno == errno.ESPIPE:
            raise NotAReportError("special_file", SPECIAL_FILE) from None
        if error.errno == errno.EISDIR:
            raise NotAReportError("linked_folder", LINKED_FOLDER) from None
        raise
    if len(data) > most:
        text = f"文件太大（超过 {most >> 20} MB），未读取。请另存为普通文档后再检查。"
        raise UnreadableError("too_large", text)
    return data


def _beginning(path: Path, most: int) -> bytes:
    """The first bytes of a file, wherever it is; everything that is checked comes through here."""
    if isinstance(path, StoredFile):
        from checker.run.stores.opening import contents_of_stored  # noqa: PLC0415  # most files are on disk

        return contents_of_stored(path, most)
    with open_ordinary(path) as file:
        return file.read(most)


def contents_of_stream(stream: BinaryIO) -> bytes:
    """What a stream holds, one byte more than the limit at most: a stream may never end."""
    return stream.read(DEFAULT_LIMITS.file_bytes + 1)


def read_bytes(
    rulebook: Rulebook, data: bytes, name: str, options: CheckOptions, read: ReadDocument | None = None
) -> Iterator[ReportReading]:
    """Read a file in memory.

    Args:
        rulebook: the forms.
        data: the file's bytes.
        name: its name or path, shown to people and used as a hint on the format.
        options: what is known about its reports.
        read: reads each document, if not `read_named`.

    Yields:
        Each report, in the order of the file, and each document that holds none.
    """
    try:
        kind = format_of(data, name)
        if not kind.package:
            yield from _read_document(rulebook, data, DocumentName(name), options, kind=kind, read=read)
            return
        from checker.readers.packages.unpack import members  # noqa: PLC0415  # most files are no packages

        inside = members(data, name, DEFAULT_LIMITS)
    except UnreadableError as error:
        yield _unread(name, sha256_of(data), error.code, error.text)
        return
    for member in inside:
        for reading in _read_member(rulebook, member, DocumentName(name, member.name), options, read):
            yield replace(reading, mailed_on=member.mailed_on) if member.mailed_on else reading


def _read_member(
    rulebook: Rulebook, member: Member, name: DocumentName, options: CheckOptions, read: ReadDocument | None
) -> Iterator[ReportReading]:
    if isinstance(member.content, UnreadableError):
        yield _unread(name.shown, None, member.content.code, member.content.text)
    elif isinstance(member.content, NotAReportError):
        problem = Problem(member.content.code, member.content.text)
        yield ReportReading(name.shown, None, None, problem, Status.SKIPPED)
    else:
        yield from _read_document(rulebook, member.content, name, options, read=read)


def _read_document(
    rulebook: Rulebook,
    data: bytes,
    name: DocumentName,
    options: CheckOptions,
    *,
    kind: Format | None = None,
    read: ReadDocument | None = None,
) -> Iterator[ReportReading]:
    digest = sha256_of(data)
    try:
        with time_limited():
            left = undecided(data, rulebook.vocabulary)
            document = (read or read_named)(left, name, kind)
            reports = read_reports(
                document, rulebook.library, form=options.form, level=options.level, tier=options.tier
            )
    except UnreadableError as error:
        yield _unread(name.shown, digest, error.code, error.text)
        return
    except NotAReportError as error:
        unread = why_unread(document)
        if unread:
            yield _unread(name.shown, digest, unread.code, unread.text)
        else:
            problem = Problem(error.code, error.text)
            yield ReportReading(
                name.shown, digest, None, problem, Status.SKIPPED, lines=_first_and_last(document)
            )
        return
    except OutOfTimeError:
        yield _unread(name.shown, digest, "timeout", _out_of_time("读取"))
        return
    except MemoryError:
        refusal = too_large("读取时占用内存过多")
        yield _unread(name.shown, digest, refusal.code, refusal.text)
        return
    except Exception as error:  # noqa: BLE001  # a bug in reading one file must not cost the others
        text = f"读取时程序内部出错（{type(error).__name__}）。请把文件另存为 .docx 再试，并反馈给开发者。"
        yield _unread(name.shown, digest, "internal", text)
        return
    for number, report in enumerate(reports, 1):
        shown = name.shown if len(reports) == 1 else f"{name.shown}#{number}"
        yield ReportReading(shown, digest, _informed(report, options))


def _first_and_last(document: Document) -> tuple[str, ...]:
    """What tells who sent a document that is no report: its first and last lines, shortened."""
    texts = [text[:_LINE] for paragraph in document.paragraphs() if (text := paragraph.text.strip())]
    ends = texts if len(texts) <= 2 * _LINES else (*texts[:_LINES], *texts[-_LINES:])
    return tuple(ends)


_LINES: Final = 6
_LINE: Final = 80
"""So many lines from each end of a document that is no report are kept, and so many characters of each."""


def _unread(name: str, digest: str | None, code: str, text: str) -> ReportReading:
    return ReportReading(name, digest, None, Problem(code, text), Status.UNREADABLE)


def _result(rulebook: Rulebook, reading: ReportReading, options: CheckOptions) -> ReportResult:
    result = _checked(rulebook, reading, options)
    if reading.mailed_on or reading.lines:
        return replace(result, mailed_on=reading.mailed_on, lines=reading.lines)
    return result


def _checked(rulebook: Rulebook, reading: ReportReading, options: CheckOptions) -> ReportResult:
    name, digest, report, problem = reading.name, reading.sha256, reading.report, reading.problem
    if report is None:
        if problem and reading.status is Status.UNREADABLE:
            return unreadable(rulebook, name, digest, problem.code, problem.text)
        return ReportResult(name, digest, reading.status, problem)
    result = ReportResult(name, digest, Status.CHECKED, None, report)
    years: KnownYears = None
    if options.other_years:
        years = options.other_years.years_of(figures_of(report, name, sums_of(rulebook, report)))
    return _judged(rulebook, result, report, options, years)


def _judged(
    rulebook: Rulebook, result: ReportResult, report: Report, options: CheckOptions, years: KnownYears
) -> ReportResult:
    try:
        with time_limited():
            outcomes, findings = run(rulebook, report, options.today, years)
            gathered = gather(rulebook, report) if options.bodies.units else {}
    except OutOfTimeError:  # by no single rule, of which the engine would have told
        return unreadable(rulebook, result.path, result.sha256, "timeout", _out_of_time("检查"))
    identity = report.identity
    unit = options.bodies.unit(identity.agency, identity.year)
    known = (identity.year, identity.level, identity.tier, report.form.kind)
    due = (unit.due if unit else None) or due_day(rulebook, *known)
    return replace(result, outcomes=outcomes, findings=findings, due=due, gathered=gathered)


def _out_of_time(what: str) -> str:
    return f"{what}超过 {STEP_SECONDS:g} 秒还没有完，已停止，未能检查。请把文件另存为 .docx 再试，并反馈给开发者。"


def judged_with(
    rulebook: Rulebook, result: ReportResult, options: CheckOptions, years: KnownYears
) -> ReportResult:
    """The result of a report whose neighbours in time have become known.

    Args:
        rulebook: the rules.
        result: the result so far, with the whole text of its report.
        options: what is known about the reports.
        years: the neighbours, or why they are not known.
    """
    if result.report is None:
        return result
    return _judged(rulebook, result, result.report, options, years)


def _informed(report: Report, options: CheckOptions) -> Report:
    """The report with what the list of units says of its body; the person's own word comes first."""
    identity = options.bodies.informed(report).identity
    level, tier = options.level or identity.level, options.tier or identity.tier
    return replace(report, identity=replace(identity, level=level, tier=tier))


def unreadable(rulebook: Rulebook, name: str, digest: str | None, code: str, text: str) -> ReportResult:
    """The result of a file that could not be read: the rule of kind `readable` fails, nothing else is judged."""
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for rule in rulebook.rules.values():
        if any(check.kind == "readable" for check in rule.checks):
            outcomes.append(Outcome(rule.id, Verdict.FAIL, 1))
            sentence, _, advice = text.partition("。")
            fingerprint = sha256_of(f"{rule.id}\0{name}\0{code}".encode())[:16]
            findings.append(
                Finding(
                    rule.id, rule.title, Severity.ERROR, f"{sentence}。", rule.basis, Place(),
                    evidence={"code": code}, suggestion=Suggestion(advice) if advice else None, fingerprint=fingerprint,
                )
            )  # fmt: skip
        elif reason := rulebook.no_verdict_reason(rule):
            outcomes.append(Outcome(rule.id, Verdict.NOT_APPLICABLE, 0, reason))
        else:
            outcomes.append(Outcome(rule.id, Verdict.NOT_CHECKED, 0, "文件未能读取"))
    return ReportResult(
        name, digest, Status.UNREADABLE, Problem(code, text), None, tuple(outcomes), tuple(findings)
    )
