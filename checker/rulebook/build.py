"""From compiled data (plain JSON) to a Rulebook, so that a normal run needs neither YAML nor a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from checker.judging.judgement import Judgement
from checker.judging.language.language import Language
from checker.judging.rules import Check, Condition, LooksAt, Rule, Rulebook, SeverityCase
from checker.judging.run_subject import RunSubject
from checker.judging.subject import Subject
from checker.kinds import KINDS
from checker.kinds.kind import Gather, Judge, gathering_key
from checker.model.configuration import RulePack
from checker.model.errors import UsageError
from checker.model.forms import Form
from checker.model.vocabulary import vocabulary_from_data
from checker.patterns.pattern import know_patterns
from checker.startup.records import replace
from checker.understand import Library, know_labels, library_of_kinds
from checker.understand.library import FormIndex


def rulebook_from_data(data: Mapping[str, Any], as_of: date | None = None) -> Rulebook:
    """Build a Rulebook from compiled data (see `checker.rulebook.compile`).

    Raises:
        UsageError: no form was in force on the day `as_of`.
    """
    know_patterns(data["patterns"])
    know_labels(data["labels"])
    library = library_of_kinds(data["kinds"])
    forms = {index.form.id: index.form for index in library.forms}
    languages = {kind["kind"]: _language(kind, forms, as_of) for kind in data["kinds"]}
    return Rulebook(
        profile=data["profile"],
        title=data["title"],
        digest=data["digest"],
        rules={entry["id"]: _rule(entry, languages) for entry in data["rules"]},
        library=library if as_of is None else _in_force(library, data["kinds"], as_of),
        languages=languages,
        vocabulary=vocabulary_from_data(data["vocabulary"]),
        as_of=as_of,
        replaced=tuple(data["replaced"]),
        replaced_parts=tuple(data["replaced_parts"]),
        packs=tuple(RulePack(**pack) for pack in data["packs"]),
    )


def _language(kind: Mapping[str, Any], known: Mapping[str, Form], as_of: date | None) -> Language:
    """What names mean in rules about a kind of report; some forms were not in force on the day `as_of`."""
    titles = kind["fields"]["titles"]
    fields = {entry["name"]: (titles[entry["name"]], entry["type"]) for entry in kind["fields"]["fields"]}
    forms = {data["form"]: known[data["form"]] for data in kind["forms"]}
    own_names = kind["bodies"].get("own_names")
    current = [data["form"] for data in kind["forms"] if _held(data.get("in_force", {}), as_of)]
    return Language(forms, fields, kind["claims"], kind["claim_searches"], own_names, current=current)


def _held(span: Mapping[str, str], as_of: date | None) -> bool:
    """Whether a day is between the first and the last of a span."""
    first, last = _day(span.get("from")), _day(span.get("to"))
    return as_of is None or (first or as_of) <= as_of <= (last or as_of)


def _in_force(library: Library, data: Sequence[Mapping[str, Any]], as_of: date) -> Library:
    """The library with the forms that were in force on a day; a kind without any is left out.

    Raises:
        UsageError: no form was.
    """
    spans = {entry["form"]: entry.get("in_force", {}) for kind in data for entry in kind["forms"]}

    def held(index: FormIndex) -> bool:
        return _held(spans[index.form.id], as_of)

    kinds = tuple(
        replace(kind, forms=forms) for kind in library.kinds if (forms := tuple(filter(held, kind.forms)))
    )
    if not kinds:
        raise UsageError(f"{as_of.isoformat()} 那一天没有任何格式在用。请检查 --as-of。")
    return replace(library, kinds=kinds)


class _CompiledCheck:
    """A check with its options, compiled once a language; sent to another process it is compiled anew there."""

    def __init__(
        self, kind: str, options: Mapping[str, Any], language: Language, others: Mapping[str, Language]
    ) -> None:
        self._source = (kind, options, language, others)
        self._compiled: dict[str, Judge] = {}

    def __call__(self, subject: Subject | RunSubject) -> Iterator[Judgement]:
        return self.compiled(subject.report.form.kind if isinstance(subject, Subject) else "")(subject)

    def compiled(self, report_kind: str = "") -> Judge:
        """The check as its kind compiles it, in the language of a kind of report."""
        kind, options, language, others = self._source
        key = report_kind if report_kind in others else ""
        if key not in self._compiled:
            self._compiled[key] = KINDS[kind].compile(options, others.get(key, language))
        return self._compiled[key]

    def __eq__(self, other: object) -> bool:
        """Whether the other one judges likewise, given the same languages."""
        return isinstance(other, _CompiledCheck) and self._source[:2] == other._source[:2]

    __hash__ = None  # type: ignore[assignment]  # options are dictionaries

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._source


class _Gather(_CompiledCheck):
    """What a check about the run gathers of a report, compiled when the first one is there."""

    def __call__(self, subject: Any) -> Any:
        return self._gathering(subject)

    @cached_property
    def _gathering(self) -> Gather:
        kind, options, language, _ = self._source
        gather = KINDS[kind].gather
        assert gather is not None  # noqa: S101  # made only for kinds that have it
        return gather(options, language)


def check_of_kind(
    kind: str,
    options: Mapping[str, Any],
    language: Language,
    looks_at: LooksAt,
    *,
    others: Mapping[str, Language] | None = None,
    variant: str | None = None,
    about_sums: bool = False,
    gathers: bool = False,
) -> Check:
    """A check, ready to run; one that needs other reports is compiled with the first that has them.

    Args:
        kind: kind of the check.
        options: its options.
        language: what names mean in the rule's own kind of report.
        looks_at: what it needs and speaks about.
        others: what they mean in further kinds of report that the rule is for, by kind.
        variant: see `Check`.
        about_sums: see `Check`.
        gathers: whether it gathers something of each report beforehand.
    """
    judge = _CompiledCheck(kind, options, language, others or {})
    if looks_at in (LooksAt.REPORT, LooksAt.READING):
        for report_kind in ("", *(others or {})):
            judge.compiled(report_kind)  # now, not while a report is judged
    gather = (gathering_key(kind, options), _Gather(kind, options, language, {})) if gathers else None
    return Check(kind, options, judge, looks_at, variant, about_sums, gather)


def _rule(data: Mapping[str, Any], languages: Mapping[str, Language]) -> Rule:
    own, *others = data["kinds"]
    other_languages = {kind: languages[kind] for kind in others}
    suspended = data.get("suspended")
    in_force = data.get("in_force", {})
    written = data.get("as_written")
    return Rule(
        id=data["id"],
        title=data["title"],
        group=data["group"],
        basis=data["basis"],
        title_of_form=data["title_of_form"],
        basis_of_form=data["basis_of_form"],
        why=data.get("why", ""),
        kinds=tuple(data["kinds"]),
        checks=tuple(_check(check, languages[own], other_languages) for check in data["check"]),
        severities=data["severity"],
        messages=data["message"],
        suggestions=data["suggestion"],
        condition=condition_from_data(data.get("applies", {})),
        severity_cases=tuple(
            SeverityCase(condition_from_data(case["applies"]), case["severity"])
            for case in data.get("severity_when", ())
        ),
        explains=tuple(data.get("explains", ())),
        explains_in_section=tuple(data.get("explains_in_section", ())),
        explains_in_cell=tuple(data.get("explains_in_cell", ())),
        exceptable=data.get("exceptable", True),
        suspended=(date.fromisoformat(suspended["since"]), suspended["reason"]) if suspended else None,
        in_force=(_day(in_force.get("from")), _day(in_force.get("to"))),
        certainty=data.get("certainty", ""),
        since=data.get("since", ""),
        deprecated=data.get("deprecated", ""),
        replaced_by=data.get("replaced_by"),
        off=f"已由规则集停用：{data['off']}" if "off" in data else None,
        file=data.get("file", ""),
        line=data.get("line", 0),
        as_written=_rule({**data, **written, "as_written": None}, languages) if written else None,
    )


def _check(data: Mapping[str, Any], language: Language, others: Mapping[str, Language]) -> Check:
    return check_of_kind(
        data["kind"],
        data["options"],
        language,
        LooksAt(data["looks_at"]),
        others=others,
        variant=data["variant"],
        about_sums=data["about_sums"],
        gathers=data["gathers"],
    )


def condition_from_data(data: Mapping[str, Any]) -> Condition:
    """Build a Condition from the `applies` of a rule file."""
    years: Mapping[str, int] = data.get("years", {})
    return Condition(
        kinds=_words(data.get("kinds")),
        forms=_words(data.get("forms")),
        levels=_words(data.get("levels")),
        tiers=_words(data.get("tiers")),
        first_year=years.get("from"),
        last_year=years.get("to"),
    )


def _words(value: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(value or ())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
