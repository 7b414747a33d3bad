"""Rules and the rulebook, ready to run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

from checker.judging.judgement import Judgement
from checker.judging.language.language import Language
from checker.judging.subject import KnownYears, Subject
from checker.model.configuration import RulePack
from checker.model.findings import RulebookInfo, RuleInfo, Severity
from checker.model.forms import Form
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.startup.digests import sha256_of
from checker.startup.records import dataclass, field, replace
from checker.understand import Library

OFF = "off"
"""Severity of a variant, or of a rule in a profile, that is not reported."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When something applies; an empty tuple or None does not restrict.

    Attributes:
        kinds, forms, levels, tiers: accepted values.
        first_year, last_year: report years.
    """

    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


def applicability(condition: Condition, report: Report) -> tuple[bool | None, str | None]:
    """Whether a condition holds for a report, and why not, in Chinese.

    None if that cannot be known; the second value then is what was not recognised, a key of `UNRECOGNISED`.
    """
    identity = report.identity
    unknown: str | None = None
    if condition.kinds and report.form.kind not in condition.kinds:
        return False, "是对另一种报告的要求"
    if condition.forms and (report.form.id if report.form_id != "mixed" else "mixed") not in condition.forms:
        return False, f"只适用于格式 {'、'.join(condition.forms)}"
    for name, accepted, value in (
        ("level", condition.levels, identity.level),
        ("tier", condition.tiers, identity.tier),
    ):
        if accepted and value is None:
            unknown = unknown or name
        elif accepted and value not in accepted:
            return False, "不适用于这一类单位"
    if condition.first_year is not None or condition.last_year is not None:
        if identity.year is None:
            unknown = unknown or "year"
        elif not (condition.first_year or 0) <= identity.year <= (condition.last_year or identity.year):
            return False, f"不适用于 {identity.year} 年度"
    return (None, unknown) if unknown else (True, None)


class LooksAt(str, Enum):
    """What a check needs and speaks about.

    One report alone, how its tables were read, what other rules could not judge, last year's report too, a
    whole run.
    """

    REPORT = "report"
    READING = "reading"
    UNJUDGED = "unjudged"
    LAST_YEAR = "last_year"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a rule: a kind with its options, ready to run.

    Attributes:
        judge: yields what is to be said of a `Subject`, or of a `RunSubject` if it looks at the run.
        variant: name given to every breach of this check, None to keep the kind's own.
        about_sums: it yields sums that hold or are broken.
        gather: gathers what it must know of a report later, with the key under which that is kept; None if it
            needs nothing. The function takes a `Subject`.
    """

    kind: str
    options: Mapping[str, Any]
    judge: Callable[[Any], Iterator[Judgement]]
    looks_at: LooksAt = LooksAt.REPORT
    variant: str | None = None
    about_sums: bool = False
    gather: tuple[str, Callable[[Any], str]] | None = None


@dataclass(frozen=True, slots=True)
class SeverityCase:
    """Another severity where a condition holds."""

    condition: Condition
    severity: str


@dataclass(frozen=True)
class Rule:
    """A rule, ready to run.

    Attributes:
        certainty: how certain its basis is, a key of `certainties`; empty if its file does not say.
        kinds: keys of the kinds of report that it is for, its own first.
        title: what it asks for; `title_of_form` where a form makes it another, by form id.
        basis: what it rests on.
        basis_of_form: the part of it that holds for a form, where that is not all of it, by form id.
        severities: by variant; the key `default` holds for all others.
        messages, suggestions: templates by variant, with `default`.
        explains: rules whose findings this one's finding stands for.
        explains_in_section: the same, for findings in the same section only.
        explains_in_cell: the same, for findings that look at the same cell of a table only.
        why: why it is asked for, empty if the rule file does not say.
        exceptable: whether findings may be accepted in an exceptions file.
        suspended: since when and why it is not run, None if it runs.
        in_force: first and last day on which the rule holds, None leaves the side open.
        since: since which version or day there is such a rule, empty if its file does not say.
        deprecated: why it should no longer be used although it still runs, empty if it may be.
        replaced_by: id of the rule that stands in its place, so that it does not run; None if none does.
        off: who switched it off and why, a Chinese clause; None if it is on.
        file, line: where it is written.
        as_written: the rule without the changes that the profile makes, None if it makes none; its
            examples are about this one.
    """

    id: str
    title: str
    group: str
    basis: str
    checks: tuple[Check, ...]
    severities: Mapping[str, str]
    messages: Mapping[str, str]
    suggestions: Mapping[str, str]
    condition: Condition = Condition()
    severity_cases: tuple[SeverityCase, ...] = ()
    kinds: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    explains_in_section: tuple[str, ...] = ()
    explains_in_cell: tuple[str, ...] = ()
    exceptable: bool = True
    why: str = ""
    certainty: str = ""
    title_of_form: Mapping[str, str] = field(default_factory=dict)
    basis_of_form: Mapping[str, str] = field(default_factory=dict)
    suspended: tuple[date, str] | None = None
    in_force: tuple[date | None, date | None] = (None, None)
    since: str = ""
    deprecated: str = ""
    replaced_by: str | None = None
    off: str | None = None
    file: str = ""
    line: int = 0
    as_written: Rule | None = None

    def title_for(self, form: str | None) -> str:
        """What it asks for of reports that follow a form."""
        return self.title_of_form.get(form or "", self.title)

    def basis_for(self, form: str | None) -> str:
        """What it rests on as far as that holds for a form; all of it if the form is not known."""
        return self.basis_of_form.get(form or "", self.basis)

    @cached_property
    def of_run(self) -> bool:
        """Whether it looks at the run as a whole and has no verdict on a single report."""
        return any(check.looks_at is LooksAt.RUN for check in self.checks)

    @property
    def about_lateness(self) -> bool:
        """Whether it holds reports to the day by which they are due."""
        return any(check.options.get("deadline") for check in self.checks)

    @cached_property
    def reports_misreading(self) -> bool:
        """Whether the rule reports tables that seem to have been misread."""
        return any(check.looks_at is LooksAt.READING for check in self.checks)

    @cached_property
    def tells_unjudged(self) -> bool:
        """Whether it tells what other rules could not judge, so that it is judged last."""
        return any(check.looks_at is LooksAt.UNJUDGED for check in self.checks)

    @property
    def worst(self) -> Severity:
        """The worst severity a finding of this rule can have."""
        grades = [grade for grade in self.severities.values() if grade != OFF]
        grades += [case.severity for case in self.severity_cases]
        return min(
            (Severity(grade) for grade in grades if grade != OFF), key=lambda s: s.rank, default=Severity.INFO
        )


@dataclass(frozen=True)
class Rulebook:
    """Forms, fields, bodies and rules of one profile.

    Attributes:
        profile: name of the profile.
        digest: `sha256:…` of the rule files.
        rules: by id, in table order.
        library: what reports are read by: the forms in force on that day.
        languages: what names mean in rules, by kind of report: all forms. Rules of the first kind are those
            of files that name none.
        vocabulary: what levels, verdicts, groups and the like are called.
        as_of: the day whose rules and forms are used, None for the newest.
        replaced: ids of built-in rules in whose place rules of others stand.
        replaced_parts: what else of the built-in files others stand in place of, in words.
        packs: the rule packs that take part.
        unselected: rules that were not asked for, by id: they judge nothing, but the days that they set hold.
        title: what the profile is called.
    """

    profile: str
    digest: str
    rules: Mapping[str, Rule]
    library: Library
    languages: Mapping[str, Language]
    vocabulary: Vocabulary
    as_of: date | None = None
    replaced: tuple[str, ...] = ()
    replaced_parts: tuple[str, ...] = ()
    packs: tuple[RulePack, ...] = ()
    unselected: Mapping[str, Rule] = field(default_factory=dict)
    title: str = ""

    @cached_property
    def info(self) -> RulebookInfo:
        """What writers may say of it."""
        rules = {
            r.id: RuleInfo(
                r.id,
                r.title,
                r.worst,
                r.basis,
                r.group,
                r.why,
                r.about_lateness,
                tuple(c.kind for c in r.checks),
            )
            for r in self.rules.values()
        }
        return RulebookInfo(self.profile, self.digest, rules, self.vocabulary, self.title or self.profile)

    @property
    def language(self) -> Language:
        """What names mean in rules of files that name no kind of report."""
        return next(iter(self.languages.values()))

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """All forms by id, those of one kind together."""
        return {key: form for language in self.languages.values() for key, form in language.forms.items()}

    def subject(self, report: Report, today: date | None = None, years: KnownYears = None) -> Subject:
        """A report under examination; see `Subject` for the arguments."""
        return Subject(report, self.languages[report.form.kind], today, years)

    def rules_named(self, word: str) -> list[str]:
        """Ids of the rules whose id begins with a word, or whose group is called so.

        A replaced rule stands for the one in its place.
        """
        if word in self.rules and self.current_id(word) != word:
            return [self.current_id(word)]
        group = self.vocabulary.groups.key(word)
        return [
            key
            for key, rule in self.rules.items()
            if key.startswith(word) or rule.group == word or key.rpartition("-")[0] == group
        ]

    def current_id(self, rule_id: str) -> str:
        """The id of the rule that stands in place of a rule, its own if none does."""
        rule = self.rules.get(rule_id)
        return (rule and self._in_place_of(rule)) or rule_id

    def _in_place_of(self, rule: Rule) -> str | None:
        """The rule of this profile that stands in place of a rule, also where it was not asked for."""
        other = rule.replaced_by
        return other if other in self.rules or other in self.unselected else None

    def by_current_id(self, grades: Mapping[str, str]) -> dict[str, str]:
        """Severities by rule, where those given to a replaced rule hold for the one in its place too."""
        return {**{self.current_id(key): grade for key, grade in grades.items()}, **grades}

    def idle_reason(self, rule: Rule) -> str | None:
        """Why a rule is not run at all under this profile and on this day, None if it runs."""
        if self._in_place_of(rule):
            return f"已由 {rule.replaced_by} 代替"
        if rule.off is not None:
            return rule.off
        if rule.suspended and (self.as_of is None or self.as_of >= rule.suspended[0]):
            return f"自 {rule.suspended[0].isoformat()} 起暂停：{rule.suspended[1]}"
        first, last = rule.in_force
        if self.as_of is None:
            return f"{last.isoformat()} 后不再适用" if last else None
        if first and self.as_of < first:
            return f"{first.isoformat()} 起才适用"
        if last and self.as_of > last:
            return f"{last.isoformat()} 后不再适用"
        return None

    def no_verdict_reason(self, rule: Rule) -> str | None:
        """Why a rule has no verdict on any single report, None if it has."""
        return self.idle_reason(rule) or ("看的是整次检查，不在单份报告里判断" if rule.of_run else None)

    def with_severities(self, grades: Mapping[str, str], source: str) -> Rulebook:
        """The same rules with other severities.

        Args:
            grades: `error`, `warning`, `info` or `off` by rule id; ids without a rule are passed over.
            source: who says so, for the reason of rules that are switched off.
        """
        if not grades:
            return self
        grades = self.by_current_id(grades)
        rules = {key: _graded(rule, grades.get(key), source) for key, rule in self.rules.items()}
        mark = "\0".join((self.digest, *(f"{key}={grade}" for key, grade in sorted(grades.items()))))
        digest = f"sha256:{sha256_of(mark.encode())}"
        return replace(self, digest=digest, rules=rules)


def _graded(rule: Rule, grade: str | None, source: str) -> Rule:
    if grade is None:
        return rule
    if grade == OFF:
        return replace(rule, off=f"已由 {source} 停用")
    return replace(rule, severities=regraded(rule.severities, grade), severity_cases=(), off=None)


def regraded(severities: Mapping[str, str], grade: str) -> dict[str, str]:
    """`grade` for every variant that is reported; a variant that is not reported stays silent."""
    silent = {variant: own for variant, own in severities.items() if own == OFF}
    return {**silent, "default": grade}
