"""What the engine says about reports: verdicts, findings and the run as a whole.

These types are the contract between the engine and every writer; field names are those of the JSON
contract. All counts start at 1; section 0 is the text before the first section.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Final

from checker.model.configuration import Configuration
from checker.model.place import OneOrMany, Place, Related, Scalar
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass, field

CONTRACT_VERSION: Final = 1
"""Version of the JSON contract; it changes when a reader of version 1 would misunderstand."""


class Severity(str, Enum):
    """How much a finding matters; ordered from worst to least by `rank`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for info."""
        return ("error", "warning", "info").index(self.value)


class Verdict(str, Enum):
    """What one rule says about one report."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One proposed change of one table cell."""

    table: str
    row: str
    column: str
    current: Scalar
    proposed: Scalar


@dataclass(frozen=True, slots=True)
class TextChange:
    """One change of wording of which there is only one that is right.

    Attributes:
        place: a part of one paragraph.
        current: what stands there.
        proposed: what should stand there; empty if nothing should.
    """

    place: Place
    current: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Rival:
    """An alternative explanation: the cells it would change; lower cost is likelier."""

    cells: tuple[CellChange, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to change.

    Attributes:
        text: one Chinese sentence.
        cells: proposed values, if any.
        unique: whether `cells` is the only smallest explanation and may be asserted.
        rivals: other explanations.
        pattern: named kind of slip: digit_slip, transposed, shifted, swapped, total_forgotten, blank, other.
        texts: changes of wording; all of them together mend it, and no other words would.
    """

    text: str
    cells: tuple[CellChange, ...] = ()
    unique: bool = False
    rivals: tuple[Rival, ...] = ()
    pattern: str | None = None
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    Attributes:
        units: for a finding about a set of reports, names of the listed units that it is about.
    """

    rule: str
    title: str
    severity: Severity
    message: str
    basis: str
    place: Place
    related: tuple[Related, ...] = ()
    evidence: Mapping[str, OneOrMany] = field(default_factory=dict)
    explains: tuple[str, ...] = ()
    suggestion: Suggestion | None = None
    fingerprint: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that an exception sets aside: it is counted and can be listed, it does not stand.

    Attributes:
        reason: why it was accepted.
        owner: who answers for that, None if the entry does not say.
        until: the last day on which it is accepted, None if the entry does not say.
        source: where the exception is written, as `file:line`.
    """

    finding: Finding
    reason: str
    owner: str | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict of one rule on one report.

    Attributes:
        examined: how many subjects (cells, sentences, identities) the rule looked at.
        reason: Chinese sentence, for `not_checked`, `not_applicable` and `broken`.
    """

    rule: str
    verdict: Verdict
    examined: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file has no verdict."""

    code: str
    text: str


class Status(str, Enum):
    """What became of one input file."""

    CHECKED = "checked"
    UNREADABLE = "unreadable"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ReportResult:
    """One input file with all that was found.

    Attributes:
        path: the path as given on the command line, `/` as separator.
        sha256: digest of the bytes, None if they could not be read.
        report: the understood report, None unless `status` is `CHECKED`.
        findings: what stands.
        suppressed: what exceptions have set aside; it is not in `findings` and does not touch the verdict.
        mailed_on: the day of the mail that the file came with, None if it came otherwise.
        lines: of a document without a report its first and last lines, which tell who sent it.
        due: the day by which the report had to be there, None if that is not known.
        gathered: what rules about the set have gathered of the report, see `Kind.gather`.
    """

    path: str
    sha256: str | None
    status: Status
    problem: Problem | None = None
    report: Report | None = None
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    mailed_on: date | None = None
    lines: tuple[str, ...] = ()
    due: date | None = None
    gathered: Mapping[str, str] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """Number of findings of that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def verdict(self) -> str | None:
        """`fail` if there is any error, `pass` if there is none, None if the file was not checked."""
        if self.status is not Status.CHECKED:
            return None
        return "fail" if self.count(Severity.ERROR) else "pass"


@dataclass(frozen=True, slots=True)
class Outline:
    """A result in numbers: what counting a run needs of it.

    Attributes:
        status: what became of the file.
        verdict: see `ReportResult.verdict`.
        severities: number of findings by severity; those without any are left out.
        suppressed: number of findings that exceptions have set aside.
        not_checked: number of rules without a judgement.
        broken: number of rules that failed themselves.
        kind: key of the kind of report, None if there is no report.
        nameless: whether there is a report that does not tell its body or its year.
    """

    status: Status
    verdict: str | None
    severities: Mapping[Severity, int]
    suppressed: int
    not_checked: int
    broken: int
    kind: str | None
    nameless: bool


def outline_of(result: ReportResult) -> Outline:
    """A result in numbers."""
    verdicts = [outcome.verdict for outcome in result.outcomes]
    identity = result.report.identity if result.report else None
    return Outline(
        result.status,
        result.verdict,
        {severity: count for severity in Severity if (count := result.count(severity))},
        len(result.suppressed),
        verdicts.count(Verdict.NOT_CHECKED),
        verdicts.count(Verdict.BROKEN),
        result.report.form.kind if result.report else None,
        identity is not None and (identity.agency is None or identity.year is None),
    )


class OutlinedResults(Sequence[ReportResult]):
    """Results that are costly to look at, with their outlines, which are not."""

    outlines: Sequence[Outline]


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What writers may say of a rule.

    Attributes:
        why: why it is asked for, empty where the rule file does not say.
        about_lateness: its findings are about a day that has passed: no new version mends that.
        checks: names of the kinds of its checks.
    """

    id: str
    title: str
    severity: Severity
    basis: str
    group: str
    why: str = ""
    about_lateness: bool = False
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulebookInfo:
    """Which rules a run used, and what the things that it tells of are called.

    Attributes:
        profile: name of the profile.
        title: what the profile is called, in Chinese.
    """

    profile: str
    digest: str
    rules: Mapping[str, RuleInfo]
    vocabulary: Vocabulary
    title: str = ""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """All results of one run, in input order.

    Attributes:
        findings: those about the set of reports.
        outcomes: what the rules about the set came to, where there is a set.
    """

    rulebook: RulebookInfo
    results: Sequence[ReportResult]
    findings: tuple[Finding, ...] = ()
    tool_version: str = ""
    configuration: Configuration | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def outlines(self) -> Sequence[Outline]:
        """The outline of each result."""
        if isinstance(self.results, OutlinedResults):
            return self.results.outlines
        return [outline_of(result) for result in self.results]


NO_LAST_YEAR: Final = "没有上一年的报告"
"""Why kinds that compare with last year's report cannot judge one that stands alone."""

NO_FIGURES: Final = "正文没有写这些数"
NO_LISTS: Final = "正文没有逐项列举的数"
NO_PERCENTAGES: Final = "正文没有能核算的百分比"
NO_QUOTED_FIGURES: Final = "正文没有引用上一年的数"
NO_CHANGES: Final = "正文没有写与上一年相比的百分比"
NO_NUMBER_OF_PARTS: Final = "没有写明由几个部分组成"
NOT_COMPARABLE: Final = "无从比较"
"""What a reason ends with where a value is not stated that would be compared; its absence is for others to tell."""

_NOTHING_TO_COMPARE: Final = frozenset(
    (NO_LAST_YEAR, NO_FIGURES, NO_LISTS, NO_PERCENTAGES, NO_QUOTED_FIGURES, NO_CHANGES)
)


def nothing_to_compare(reason: str | None) -> bool:
    """Whether a rule was not judged only because there is nothing that it compares: nobody has to do anything."""
    parts = (reason or "").split("；")
    return all(
        part in _NOTHING_TO_COMPARE or part.endswith((NO_NUMBER_OF_PARTS, NOT_COMPARABLE)) for part in parts
    )
