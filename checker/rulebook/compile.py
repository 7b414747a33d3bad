"""From rule files to compiled data: read, check everything, resolve the profile.

The result is plain JSON; `checker.rulebook.store` keeps it, `checker.rulebook.build` makes it runnable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from checker.judging.messages import fill_known
from checker.judging.rules import regraded
from checker.kinds import KINDS
from checker.model.errors import Fault, RulebookError
from checker.model.forms import Form
from checker.patterns.literals import known_of
from checker.rulebook.base import Base, KindBase
from checker.rulebook.checked import check_files
from checker.rulebook.load.rule_faults import RuleEntry, by_variant, replacement_faults
from checker.rulebook.load.sources import DEFAULT_PROFILE
from checker.rulebook.load.words import constant_words
from checker.rulebook.profiles import replaced_rules, rules_of_profile
from checker.rulebook.replaced import replaced_parts
from checker.rulebook.schema.files import AUTHOR_ONLY, STATEMENTS, TEMPLATES
from checker.understand import label_forms, library_of_kinds

NO_PACKS: Final[Mapping[str, str]] = {}
_UNVERIFIED: Final = "C"
"""The certainty of a basis whose text nobody has seen; findings say so."""


def compile_rulebook(
    texts: Mapping[str, str],
    profile: str = DEFAULT_PROFILE,
    *,
    strict: bool = False,
    faults: Iterable[Fault] = (),
    packs: Mapping[str, str] = NO_PACKS,
) -> dict[str, Any]:
    """Check and compile rule files for one profile.

    A fault hides no other one: files and rules that are sound are checked to the end even if others are not.

    Args:
        texts: file contents by name, in order of precedence: a later rule replaces an earlier one of the
            same id, whole forms, fields, bodies and sources likewise.
        profile: the profile to resolve.
        strict: also refuse rules without the examples they should have.
        faults: what was found wrong while reading the files.
        packs: digests of the rule packs among them by name, which the names of their files begin with.

    Returns:
        Compiled data for `rulebook_from_data`, without `digest`.

    Raises:
        RulebookError: with all faults of all files.
    """
    return Compiler(texts, strict=strict, faults=faults, packs=packs).compiled(profile)


class Compiler:
    """Compiles any number of profiles of the same rule files; what they share is done once.

    Args:
        texts, strict, faults, packs: see `compile_rulebook`.

    Attributes:
        files: the rule files, checked.

    Raises:
        RulebookError: what rules refer to is faulty, so that they cannot be judged; with all faults.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        *,
        strict: bool = False,
        faults: Iterable[Fault] = (),
        packs: Mapping[str, str] = NO_PACKS,
    ) -> None:
        self.files = check_files(texts, faults, packs, strict=strict)

    def compiled(self, profile: str) -> dict[str, Any]:
        """Compiled data for one profile; see `compile_rulebook`."""
        base = self.files.base
        faults = list(self.files.faults)
        names = self.files.names.apart()
        rules = rules_of_profile(self.files, profile, faults)
        faults.extend(replacement_faults(rules))
        for entry in rules.values():
            if entry.rewritten:
                faults.extend(self.files.faults_of(entry, names))
        if faults:
            raise RulebookError(list(dict.fromkeys(faults)))
        groups = list(base.vocabulary.groups.names)
        compiled = [_compile_rule(entry, base) for entry in rules.values()]
        new_patterns = [source for source in names.patterns if source not in self._shared["patterns"]]
        return {
            "profile": profile,
            "title": self.files.sources.profile_titles()[profile],
            "replaced": replaced_rules(self.files),
            "replaced_parts": replaced_parts(self.files.sources),
            "packs": self.files.chains.packs(),
            "vocabulary": base.vocabulary_data,
            "rules": sorted(compiled, key=lambda rule: _order(rule["id"], groups)),
            **self._shared,
            "patterns": {**self._shared["patterns"], **_known(new_patterns)},
        }

    @cached_property
    def _shared(self) -> dict[str, Any]:
        """What does not depend on the profile."""
        base = self.files.base
        kinds = [_compile_kind(key, kind) for key, kind in base.kinds.items()]
        library = library_of_kinds(kinds)
        vocabularies = [kind.language.claim_vocabulary for kind in base.kinds.values()]
        of_claims = [source for vocabulary in vocabularies for source in vocabulary.patterns()]
        return {
            "kinds": kinds,
            "labels": {
                label: list(label_forms(label)) for index in library.forms for label in index.labels()
            },
            "patterns": _known([*self.files.names.patterns, *of_claims]),
        }


def _known(patterns: Iterable[str]) -> dict[str, Any]:
    """What is known of patterns, by pattern, as it is kept."""
    return {source: known_of(source).packed() for source in patterns}


def _compile_kind(key: str, kind: KindBase) -> dict[str, Any]:
    """What a kind of report is read by, as it is kept."""
    claims = [{**data, "examples": []} for data in kind.claims]
    return {
        "kind": key,
        "forms": list(kind.forms_data.values()),
        "fields": kind.fields,
        "bodies": kind.bodies,
        "claims": claims,
        "claim_searches": kind.language.claim_vocabulary.searches,
    }


def _compile_rule(entry: RuleEntry, base: Base) -> dict[str, Any]:
    """A rule as it runs: its keys as they are written, but for those that are worked out here."""
    data = {key: value for key, value in entry.data.items() if key not in AUTHOR_ONLY}
    own = by_variant(data["severity"])
    written = {
        **_with_options(entry, base, changed=False),
        "severity": own,
        "severity_when": data.get("severity_when", []),
    }
    changes: dict[str, Any] = {}
    if entry.rewritten:
        changes = _with_options(entry, base, changed=True)
    if entry.severity:
        changes |= {"severity": regraded(own, entry.severity), "severity_when": []}
    everywhere = len(entry.kinds) == len(base.kinds)
    return {
        **data,
        "kinds": list(entry.kinds),
        "applies": {**data.get("applies", {}), "kinds": [] if everywhere else list(entry.kinds)},
        "group": base.vocabulary.groups.names.get(entry.id.rpartition("-")[0], entry.group),
        **written,
        **changes,
        "file": entry.file.name,
        "line": entry.file.values[entry.path][0],
        **({"off": entry.off} if entry.off else {}),
        **({"as_written": written} if changes else {}),
    }


def _own_forms(entry: RuleEntry, base: Base) -> dict[str, Form]:
    """The forms of the kinds that a rule is for."""
    return {key: form for key, form in base.forms.items() if form.kind in entry.kinds}


def _with_options(entry: RuleEntry, base: Base, *, changed: bool) -> dict[str, Any]:
    """What depends on the options of a rule's checks and on its wording: the checks, its texts and its basis.

    Args:
        entry: the rule.
        base: the forms.
        changed: with the profile's parameters and wording.
    """
    data = entry.worded if changed else entry.data
    checks = _compiled_checks(entry, changed=changed)
    forms = entry.forms(_own_forms(entry, base))
    _, of_report = constant_words(_kinds_and_options(checks), forms)
    statements = _statements(entry, forms, changed=changed)
    titles = {form.id: _statements(entry, [form], changed=changed)["title"] for form in forms}
    basis = _basis_words(data, base)
    by_form = {key: _basis_words(data, base, form) for key, form in _own_forms(entry, base).items()}
    return {
        "check": checks,
        "basis": basis,
        "certainty": data.get("certainty", ""),
        "basis_of_form": {form: words for form, words in by_form.items() if words != basis},
        **statements,
        "title_of_form": {key: title for key, title in titles.items() if title != statements["title"]},
        **{
            key: {name: fill_known(text, of_report) for name, text in by_variant(data.get(key, {})).items()}
            for key in TEMPLATES
        },
    }


def _statements(entry: RuleEntry, forms: Sequence[Form], *, changed: bool) -> dict[str, str]:
    """What the rule says of itself, by the newest of some forms."""
    checks = _kinds_and_options(_compiled_checks(entry, changed=changed))
    of_rule, _ = constant_words(checks, forms)
    data = entry.worded if changed else entry.data
    return {key: fill_known(data[key], of_rule) for key in STATEMENTS if key in data}


def _kinds_and_options(checks: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(check["kind"], check["options"]) for check in checks]


def _basis_words(data: Mapping[str, Any], base: Base, form: Form | None = None) -> str:
    """The basis as it is told: all of it, or without what holds for other forms only.

    Where the layouts it cites are all older than the form, the form itself stands in their place.
    """
    cited = [base.sources[item["source"]].get("form") for item in data["basis"]]
    layouts = [base.forms[key] for key in cited if key]
    replaced = form is not None and bool(layouts) and form.id not in cited and _is_newer(form, layouts)
    words = [
        base.sources[item["source"]]["title"] + (f" {item['clause']}" if "clause" in item else "")
        for item, own in zip(data["basis"], cited, strict=True)
        if own is None or not (replaced or (form and form.id in cited and own != form.id))
    ]
    if form and replaced:
        own_titles = (one["title"] for one in base.sources.values() if one.get("form") == form.id)
        words.append(next(own_titles, form.title))
    doubted = data.get("certainty") == _UNVERIFIED
    return "；".join(words) + (f"（{base.vocabulary.certainties.name(_UNVERIFIED)}）" if doubted else "")


def _is_newer(form: Form, others: Iterable[Form]) -> bool:
    return all((form.first_year or 0) > (other.first_year or 0) for other in others)


def _compiled_checks(entry: RuleEntry, *, changed: bool) -> list[dict[str, Any]]:
    return [
        {
            "kind": check["kind"],
            "options": entry.options(check) if changed else entry.own_options(check),
            "variant": check.get("variant"),
            "looks_at": KINDS[check["kind"]].looks_at.value,
            "gathers": KINDS[check["kind"]].gather is not None,
            "about_sums": KINDS[check["kind"]].about_sums,
        }
        for check in entry.checks()
    ]


def _order(rule_id: str, groups: Sequence[str]) -> tuple[int, str, int]:
    """Table order: the groups of the vocabulary, then others by their letters."""
    group, _, number = rule_id.rpartition("-")
    return (groups.index(group) if group in groups else len(groups), group, int(number))
