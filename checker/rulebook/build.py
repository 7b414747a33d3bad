"""From compiled data (plain JSON) to a Rulebook, so that a normal run needs neither YAML nor a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from checker.judging.judgement import Judgement
from checker.judging.language.language import Language
from checker.judging.rules import Check, Condition, LooksAt, Rule, Rulebook, SeverityCase
from checker.kinds import KINDS
from checker.kinds.kind import Gather, Judge, gathering_key
from checker.model.errors import UsageError
from checker.model.vocabulary import vocabulary_from_data
from checker.patterns.pattern import know_patterns
from checker.startup.records import replace
from checker.understand import know_labels, library_from_data
from checker.understand.library import FormIndex


def rulebook_from_data(data: Mapping[str, Any], as_of: date | None = None) -> Rulebook:
    """Build a Rulebook from compiled data (see `checker.rulebook.compile`).

    Raises:
        UsageError: no form was in force on the day `as_of`.
    """
    know_patterns(data["patterns"])
    know_labels(data["labels"])
    library = library_from_data(data["forms"], data["fields"], data["bodies"])
    titles = data["fields"]["titles"]
    fields = {entry["name"]: (titles[entry["name"]], entry["type"]) for entry in data["fields"]["fields"]}
    forms = {index.form.id: index.form for index in library.forms}
    language = Language(
        forms, fields, data["claims"], data["claim_searches"], data["bodies"].get("own_names")
    )
    return Rulebook(
        profile=data["profile"],
        digest=data["digest"],
        rules={entry["id"]: _rule(entry, language) for entry in data["rules"]},
        library=replace(library, forms=_forms_in_force(library.forms, data["forms"], as_of)),
        language=language,
        vocabulary=vocabulary_from_data(data["vocabulary"]),
        as_of=as_of,
        replaced=tuple(data["replaced"]),
    )


def _forms_in_force(
    forms: tuple[FormIndex, ...], data: Sequence[Mapping[str, Any]], as_of: date | None
) -> tuple[FormIndex, ...]:
    if as_of is None:
        return forms
    spans = {entry["form"]: entry.get("in_force", {}) for entry in data}
    held = tuple(
        index
        for index in forms
        if (_day(spans[index.form.id].get("from")) or as_of)
        <= as_of
        <= (_day(spans[index.form.id].get("to")) or as_of)
    )
    if not held:
        raise UsageError(f"{as_of.isoformat()} 那一天没有任何格式在用。请检查 --as-of。")
    return held


class _Judge:
    """A check of a kind with its options, compiled once; sent to another process it is compiled anew there."""

    def __init__(self, kind: str, options: Mapping[str, Any], language: Language) -> None:
        self._source = (kind, options, language)

    def __call__(self, subject: Any) -> Iterator[Judgement]:
        return self.compiled(subject)

    @cached_property
    def compiled(self) -> Judge:
        """The check as its kind compiles it."""
        kind, options, language = self._source
        return KINDS[kind].compile(options, language)

    def __eq__(self, other: object) -> bool:
        """Whether the other one judges likewise, given one language."""
        return isinstance(other, _Judge) and self._source[:2] == other._source[:2]

    __hash__ = None  # type: ignore[assignment]  # options are dictionaries

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._source


class _Gather(_Judge):
    """What a check about the run gathers of a report, compiled when the first one is there."""

    def __call__(self, subject: Any) -> Any:
        return self._gathering(subject)

    @cached_property
    def _gathering(self) -> Gather:
        kind, options, language = self._source
        gather = KINDS[kind].gather
        assert gather is not None  # noqa: S101  # made only for kinds that have it
        return gather(options, language)


def check_of_kind(
    kind: str,
    options: Mapping[str, Any],
    language: Language,
    looks_at: LooksAt,
    *,
    variant: str | None = None,
    about_sums: bool = False,
    gathers: bool = False,
) -> Check:
    """A check, ready to run; one that needs other reports is compiled with the first that has them."""
    judge = _Judge(kind, options, language)
    if looks_at in (LooksAt.REPORT, LooksAt.READING):
        judge.compiled  # noqa: B018  # now, not while a report is judged
    gather = (gathering_key(kind, options), _Gather(kind, options, language)) if gathers else None
    return Check(kind, options, judge, looks_at, variant, about_sums, gather)


def _rule(data: Mapping[str, Any], language: Language) -> Rule:
    suspended = data.get("suspended")
    in_force = data.get("in_force", {})
    written = data.get("as_written")
    return Rule(
        id=data["id"],
        title=data["title"],
        group=data["group"],
        basis=data["basis"],
        basis_of_form=data["basis_of_form"],
        why=data.get("why", ""),
        checks=tuple(_check(check, language) for check in data["check"]),
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
        exceptable=data.get("exceptable", True),
        suspended=(date.fromisoformat(suspended["since"]), suspended["reason"]) if suspended else None,
        in_force=(_day(in_force.get("from")), _day(in_force.get("to"))),
        off=f"已由规则集停用：{data['off']}" if "off" in data else None,
        file=data.get("file", ""),
        line=data.get("line", 0),
        as_written=_rule({**data, **written, "as_written": None}, language) if written else None,
    )


def _check(data: Mapping[str, Any], language: Language) -> Check:
    return check_of_kind(
        data["kind"],
        data["options"],
        language,
        LooksAt(data["looks_at"]),
        variant=data["variant"],
        about_sums=data["about_sums"],
        gathers=data["gathers"],
    )


def condition_from_data(data: Mapping[str, Any]) -> Condition:
    """Build a Condition from the `applies` of a rule file."""
    years: Mapping[str, int] = data.get("years", {})
    return Condition(
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
