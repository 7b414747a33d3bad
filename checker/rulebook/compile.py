"""From rule files to compiled data: read, check everything, resolve the profile.

The result is plain JSON; `checker.rulebook.store` keeps it, `checker.rulebook.build` makes it runnable.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from checker.judging.language.language import Language
from checker.judging.messages import fill_known
from checker.judging.rules import regraded
from checker.kinds import KINDS
from checker.model.errors import Fault, RulebookError
from checker.model.forms import Form, form_from_data
from checker.model.vocabulary import Vocabulary, vocabulary_from_data
from checker.patterns.literals import known_of
from checker.rulebook.load.claim_faults import with_claims
from checker.rulebook.load.form_faults import form_faults
from checker.rulebook.load.rule_faults import RuleEntry, by_variant, rule_faults, unknown_parameter_faults
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.sources import BUILTIN, DEFAULT_PROFILE, Sources, parse_sources, written_ids
from checker.rulebook.load.strict_yaml import YamlFile
from checker.rulebook.load.validate import Names, validate
from checker.rulebook.load.vocabulary import vocabulary_data, vocabulary_faults
from checker.rulebook.load.words import constant_words
from checker.rulebook.schema.files import AUTHOR_ONLY, FILES, RULE_CHANGES, STATEMENTS, TEMPLATES
from checker.startup.records import dataclass
from checker.understand import label_forms, library_from_data
from checker.understand.claims.vocabulary import vocabulary_from_data as claim_vocabulary

_UNVERIFIED: Final = "C"
"""The certainty of a basis whose text nobody has seen; findings say so."""


def compile_rulebook(
    texts: Mapping[str, str],
    profile: str = DEFAULT_PROFILE,
    *,
    strict: bool = False,
    faults: Iterable[Fault] = (),
) -> dict[str, Any]:
    """Check and compile rule files for one profile.

    A fault hides no other one: files and rules that are sound are checked to the end even if others are not.

    Args:
        texts: file contents by name, in order of precedence: a later rule replaces an earlier one of the
            same id, whole forms, fields, bodies and sources likewise.
        profile: the profile to resolve.
        strict: also refuse rules without the examples they should have.
        faults: what was found wrong while reading the files.

    Returns:
        Compiled data for `rulebook_from_data`, without `digest`.

    Raises:
        RulebookError: with all faults of all files.
    """
    sources = parse_sources(texts, faults)
    faults = sources.faults
    names = Names()
    vocabulary = _vocabulary(sources, names, faults)
    base = _base(sources, vocabulary, names, faults)
    if base:
        names.language = Language(base.forms, base.fields)
        elsewhere = dict(names.patterns)
        names.language = with_claims(names.language, list(sources.of("claims")), names, faults)
        names.patterns = elsewhere  # most of those in claim files are not looked for one by one
    if base and sources.complete:
        names.sources = list(base.sources)
        names.profiles = [str(file.data["profile"]) for file in sources.of("profile")]
    sound: dict[str, _Sound] = {}
    for role in ("rules", "profile"):
        for file in sources.of(role):
            own = validate(file, FILES[role], names)
            faults.extend(own)
            sound[file.name] = _sound(file, own)
    if base is None:
        raise RulebookError(faults)
    every = _sound_rules(sources, sound, faults)
    rules = _collect_rules(sources, every, profile, sound, faults)
    known = [*rules, *written_ids(sources)] if sources.complete else None
    for entry in every:
        faults.extend(rule_faults(entry, names, base.forms, known=known, strict=strict))
    if faults:
        raise RulebookError(faults)
    compiled = [_compile_rule(entry, base) for entry in rules.values()]
    library = library_from_data(base.forms_data, base.fields_data, base.bodies_data)
    claims = [{**file.data, "examples": []} for file in sources.of("claims")]
    claim_words = claim_vocabulary(claims)
    groups = list(base.vocabulary.groups.names)
    return {
        "profile": profile,
        "replaced": _replaced(sources, every),
        "vocabulary": base.vocabulary_data,
        "forms": base.forms_data,
        "fields": base.fields_data,
        "bodies": base.bodies_data,
        "claims": claims,
        "claim_searches": claim_words.searches,
        "rules": sorted(compiled, key=lambda rule: _order(rule["id"], groups)),
        "labels": {label: list(label_forms(label)) for index in library.forms for label in index.labels()},
        "patterns": {
            source: known_of(source).packed() for source in (*names.patterns, *claim_words.patterns())
        },
    }


@dataclass(frozen=True)
class _Sound:
    """What of a file with rules can be used although other parts of it may be faulty.

    Attributes:
        head: whether everything besides its rules is sound.
        rules: indexes of its sound rules.
    """

    head: bool
    rules: tuple[int, ...]


def _sound(file: YamlFile, faults: list[Fault]) -> _Sound:
    rules = file.data.get("rules", [])
    count = len(rules) if isinstance(rules, list) else 0
    starts = [file.values["rules", index] for index in range(count)]
    faulty = {bisect_right(starts, (fault.line or 1, fault.column or 1)) - 1 for fault in faults}
    return _Sound(-1 not in faulty, tuple(index for index in range(count) if index not in faulty))


@dataclass(frozen=True)
class _Base:
    """Forms, fields, bodies, sources and the vocabulary: what rules refer to."""

    vocabulary: Vocabulary
    vocabulary_data: Mapping[str, Any]
    forms: Mapping[str, Form]
    forms_data: list[Mapping[str, Any]]
    fields: Mapping[str, tuple[str, str]]
    fields_data: Mapping[str, Any]
    bodies_data: Mapping[str, Any]
    sources: Mapping[str, Mapping[str, str]]


def _vocabulary(sources: Sources, names: Names, faults: list[Fault]) -> dict[str, Any]:
    """The vocabulary, in whose keys all files are read from here on; empty if its files are faulty or lacking."""
    files = list(sources.of("vocabulary"))
    found = [fault for file in files for fault in validate(file, FILES["vocabulary"], names)]
    found += [] if found else vocabulary_faults(files)
    faults.extend(found)
    if found or not files:
        return {}
    data = vocabulary_data(files)
    names.vocabulary = vocabulary_from_data(data)
    sources.use_keys(names.vocabulary)
    return data


def _base(sources: Sources, vocabulary: Mapping[str, Any], names: Names, faults: list[Fault]) -> _Base | None:
    """What rules refer to; None if its files are faulty or lacking, so that names cannot be known."""
    before = len(faults)
    for role in ("form", "fields", "levels", "sources"):
        for file in sources.of(role):
            own = validate(file, FILES[role], names)
            faults.extend(own)
            if not own and role in _MORE_CHECKS:
                faults.extend(_MORE_CHECKS[role](file))
    files = {role: list(sources.of(role)) for role in _LACKING}
    if len(faults) > before or (files["vocabulary"] and not vocabulary):
        return None
    lacking = [word for role, word in _LACKING.items() if not files[role]]
    if lacking:
        if sources.complete:
            faults.append(Fault("rules", None, None, f"规则文件夹里缺少{'、'.join(lacking)}"))
        return None
    forms = {file.data["form"]: file.data for file in files["form"]}
    fields_data = files["fields"][-1].data
    return _Base(
        vocabulary=names.vocabulary,
        vocabulary_data=vocabulary,
        forms={key: form_from_data(data) for key, data in forms.items()},
        forms_data=list(forms.values()),
        fields={
            entry["name"]: (fields_data["titles"][entry["name"]], entry["type"])
            for entry in reversed(fields_data["fields"])
        },
        fields_data=fields_data,
        bodies_data=files["levels"][-1].data,
        sources={key: entry for file in sources.of("sources") for key, entry in file.data["sources"].items()},
    )


_LACKING: Final = {
    "form": "格式（form: …）",
    "fields": "要素（fields: …）",
    "levels": "单位（levels: …）",
    "vocabulary": "用词（vocabulary: …）",
}


def _field_faults(file: YamlFile) -> Iterator[Fault]:
    """Fields without a Chinese name."""
    titles = file.data["titles"]
    for index, entry in enumerate(file.data["fields"]):
        if entry["name"] not in titles:
            text = f"titles 里没有“{entry['name']}”的中文名{did_you_mean(entry['name'], titles)}"
            yield file.fault(("fields", index, "name"), text)


_MORE_CHECKS: Final = {"form": form_faults, "fields": _field_faults}


def _sound_rules(sources: Sources, sound: Mapping[str, _Sound], faults: list[Fault]) -> list[RuleEntry]:
    """All sound rules of all files, also of profiles that are not used; ids used twice in a file are faults."""
    entries: list[RuleEntry] = []
    for role in ("rules", "profile"):
        for file in sources.of(role):
            here: dict[str, int] = {}
            group = str(file.data.get("group") or file.data.get("title"))
            for index in sound[file.name].rules:
                entry = RuleEntry(file, ("rules", index), file.data["rules"][index], group)
                if entry.id in here:
                    text = f"编号“{entry.id}”在本文件里用了两次（另一处在第 {here[entry.id]} 行）"
                    faults.append(file.fault((*entry.path, "id"), text))
                here.setdefault(entry.id, file.values[entry.path][0])
                entries.append(entry)
    return entries


def _collect_rules(
    sources: Sources,
    every: list[RuleEntry],
    profile: str,
    sound: Mapping[str, _Sound],
    faults: list[Fault],
) -> dict[str, RuleEntry]:
    """The rules of a profile by id: those of the rule files, then those of the profile's chain."""
    by_file: dict[str, list[RuleEntry]] = {}
    for entry in every:
        by_file.setdefault(entry.file.name, []).append(entry)
    entries: dict[str, RuleEntry] = {}
    for file in sources.of("rules"):
        entries.update((entry.id, entry) for entry in by_file.get(file.name, ()))
    faults.extend(_cycle_faults(sources))
    written = set(written_ids(sources))
    for file in _profile_chain(sources, profile, faults):
        entries.update((entry.id, entry) for entry in by_file.get(file.name, ()))
        if not sound[file.name].head:
            continue
        for key in RULE_CHANGES:
            for rule_id, value in file.data.get(key, {}).items():
                if rule_id in entries:
                    faults.extend(_change(file, key, entries[rule_id], value))
                elif sources.complete and rule_id not in written:
                    text = f"没有规则“{rule_id}”{did_you_mean(rule_id, entries)}"
                    faults.append(file.fault((key, rule_id), text, at_key=True))
    return entries


def _replaced(sources: Sources, every: Sequence[RuleEntry]) -> list[str]:
    """Rules of the built-in files that a file of others writes anew."""
    names = {file.name for file in sources.of("rules")}
    own = {entry.id for entry in every if entry.file.name in names and entry.file.name.startswith(BUILTIN)}
    others = {
        entry.id for entry in every if entry.file.name in names and not entry.file.name.startswith(BUILTIN)
    }
    return sorted(own & others)


def _change(file: YamlFile, key: str, entry: RuleEntry, value: Any) -> Iterator[Fault]:
    """Take over what a profile changes of a rule."""
    if key == "parameters":
        entry.parameters.update(value)
        entry.at = file
        yield from unknown_parameter_faults(file, entry, value)
    else:
        setattr(entry, key, value)


def _profile_chain(sources: Sources, profile: str, faults: list[Fault]) -> list[YamlFile]:
    """The profile's files from the base of the chain to itself."""
    by_name = {str(file.data["profile"]): file for file in sources.of("profile")}
    if profile not in by_name and profile != DEFAULT_PROFILE:
        faults.append(Fault("--profile", 1, 1, f"没有规则集“{profile}”{did_you_mean(profile, by_name)}"))
    chain: list[YamlFile] = []
    file = by_name.get(profile)
    while file and file not in chain:
        chain.insert(0, file)
        file = by_name.get(str(file.data.get("extends")))
    return chain


def _cycle_faults(sources: Sources) -> Iterator[Fault]:
    """Profiles that extend themselves, directly or by others."""
    by_name = {str(file.data["profile"]): file for file in sources.of("profile")}
    for name, file in by_name.items():
        chain = [name]
        while (following := str(by_name[chain[-1]].data.get("extends"))) in by_name:
            if following == name:
                circle = " → ".join((*chain, name))
                yield file.fault(("extends",), f"规则集互相继承成了环：{circle}")
            if following in chain:
                break
            chain.append(following)


def _compile_rule(entry: RuleEntry, base: _Base) -> dict[str, Any]:
    """A rule as it runs: its keys as they are written, but for those that are worked out here."""
    data = {key: value for key, value in entry.data.items() if key not in AUTHOR_ONLY}
    own = by_variant(data["severity"])
    written = {
        **_with_options(entry, base, changed=False),
        "severity": own,
        "severity_when": data.get("severity_when", []),
    }
    changes: dict[str, Any] = {}
    if entry.parameters:
        changes = _with_options(entry, base, changed=True)
    if entry.severity:
        changes |= {"severity": regraded(own, entry.severity), "severity_when": []}
    basis = _basis_words(entry.data, base)
    by_form = {form: _basis_words(entry.data, base, form) for form in base.forms}
    return {
        **data,
        "group": base.vocabulary.groups.names.get(entry.id.rpartition("-")[0], entry.group),
        "basis": basis,
        "basis_of_form": {form: words for form, words in by_form.items() if words != basis},
        **written,
        **changes,
        "file": entry.file.name,
        "line": entry.file.values[entry.path][0],
        **({"off": entry.off} if entry.off else {}),
        **({"as_written": written} if changes else {}),
    }


def _with_options(entry: RuleEntry, base: _Base, *, changed: bool) -> dict[str, Any]:
    """What depends on the options of a rule's checks: the checks and its texts.

    Args:
        entry: the rule.
        base: the forms.
        changed: with the profile's parameters.
    """
    checks = _compiled_checks(entry, changed=changed)
    of_rule, of_report = constant_words(
        [(check["kind"], check["options"]) for check in checks], entry.forms(base.forms)
    )
    return {
        "check": checks,
        **{key: fill_known(entry.data[key], of_rule) for key in STATEMENTS if key in entry.data},
        **{
            key: {
                name: fill_known(text, of_report)
                for name, text in by_variant(entry.data.get(key, {})).items()
            }
            for key in TEMPLATES
        },
    }


def _basis_words(data: Mapping[str, Any], base: _Base, form: str | None = None) -> str:
    """The basis as it is told: all of it, or without what holds for other forms only.

    A rule that cites no layout of the form itself is told with all of its basis.
    """
    forms = [base.sources[item["source"]].get("form") for item in data["basis"]]
    words = "；".join(
        base.sources[item["source"]]["title"] + (f" {item['clause']}" if "clause" in item else "")
        for item, own in zip(data["basis"], forms, strict=True)
        if form not in forms or own in (None, form)
    )
    doubted = data.get("certainty") == _UNVERIFIED
    return words + (f"（{base.vocabulary.certainties.name(_UNVERIFIED)}）" if doubted else "")


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
