"""From rule files to compiled data: read, check everything, resolve the profile.

The result is plain JSON; `checker.rulebook.store` keeps it, `checker.rulebook.build` makes it runnable.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from checker.judging.messages import fill_known
from checker.judging.rules import regraded
from checker.kinds import KINDS
from checker.model.errors import Fault, RulebookError
from checker.model.forms import Form
from checker.patterns.literals import known_of
from checker.rulebook.base import Base, KindBase, read_base, read_vocabulary
from checker.rulebook.load.rule_faults import RuleEntry, by_variant, rule_faults, unknown_parameter_faults
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.sources import BUILTIN, DEFAULT_PROFILE, Sources, parse_sources, written_ids
from checker.rulebook.load.strict_yaml import YamlFile
from checker.rulebook.load.validate import Names, validate
from checker.rulebook.load.words import constant_words
from checker.rulebook.schema.files import ALL_KINDS, AUTHOR_ONLY, FILES, RULE_CHANGES, STATEMENTS, TEMPLATES
from checker.startup.records import dataclass
from checker.understand import label_forms, library_of_kinds
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
    vocabulary = read_vocabulary(sources, names, faults)
    base = read_base(sources, vocabulary, names, faults)
    if base and sources.complete:
        names.sources = list(base.sources)
        names.profiles = [str(file.data["profile"]) for file in sources.of("profile")]
    sound: dict[str, _Sound] = {}
    for role in ("rules", "profile"):
        for file in sources.of(role):
            own = _file_faults(file, role, names, base)
            faults.extend(own)
            sound[file.name] = _sound(file, own)
    if base is None:
        raise RulebookError(faults)
    every = _sound_rules(sources, sound, base, faults)
    rules = _collect_rules(sources, every, profile, sound, faults)
    known = [*rules, *written_ids(sources)] if sources.complete else None
    for entry in every:
        languages = [base.kinds[kind].language for kind in entry.kinds]
        faults.extend(rule_faults(entry, names, languages, known=known, strict=strict))
    if faults:
        raise RulebookError(faults)
    compiled = [_compile_rule(entry, base) for entry in rules.values()]
    kinds = [_compile_kind(key, kind) for key, kind in base.kinds.items()]
    library = library_of_kinds(kinds)
    claim_patterns = [
        source for kind in base.kinds.values() for source in kind.language.claim_vocabulary.patterns()
    ]
    groups = list(base.vocabulary.groups.names)
    return {
        "profile": profile,
        "replaced": _replaced(sources, every),
        "vocabulary": base.vocabulary_data,
        "kinds": kinds,
        "rules": sorted(compiled, key=lambda rule: _order(rule["id"], groups)),
        "labels": {label: list(label_forms(label)) for index in library.forms for label in index.labels()},
        "patterns": {source: known_of(source).packed() for source in (*names.patterns, *claim_patterns)},
    }


def _compile_kind(key: str, kind: KindBase) -> dict[str, Any]:
    """What a kind of report is read by, as it is kept."""
    claims = [{**data, "examples": []} for data in kind.claims]
    return {
        "kind": key,
        "forms": list(kind.forms_data.values()),
        "fields": kind.fields,
        "bodies": kind.bodies,
        "claims": claims,
        "claim_searches": claim_vocabulary(claims).searches,
    }


def _file_faults(file: YamlFile, role: str, names: Names, base: Base | None) -> list[Fault]:
    """The faults of a file with rules, read in the language of its kind of report."""
    if base is None:
        return validate(file, FILES[role], names)
    kind = base.kinds.get(base.kind_of(file))
    if kind is None:
        key = str(file.data.get("kind"))
        text = f"没有“{key}”这种报告的格式（form: …）{did_you_mean(key, base.kinds)}"
        return [file.fault(("kind",), text)]
    return validate(file, FILES[role], names.of_language(kind.language))


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


def _sound_rules(
    sources: Sources, sound: Mapping[str, _Sound], base: Base, faults: list[Fault]
) -> list[RuleEntry]:
    """All sound rules of all files, also of profiles that are not used; ids used twice in a file are faults."""
    entries: list[RuleEntry] = []
    for role in ("rules", "profile"):
        for file in sources.of(role):
            here: dict[str, int] = {}
            group = str(file.data.get("group") or file.data.get("title"))
            for index in sound[file.name].rules:
                data = file.data["rules"][index]
                kinds = _kinds_of_rule(data, base.kind_of(file), base)
                entry = RuleEntry(file, ("rules", index), data, group, kinds)
                missing = [kind for kind in kinds if kind not in base.kinds]
                if missing:
                    text = (
                        f"没有“{missing[0]}”这种报告的格式（form: …）{did_you_mean(missing[0], base.kinds)}"
                    )
                    faults.append(file.fault((*entry.path, "applies", "kinds"), text))
                    continue
                if entry.id in here:
                    text = f"编号“{entry.id}”在本文件里用了两次（另一处在第 {here[entry.id]} 行）"
                    faults.append(file.fault((*entry.path, "id"), text))
                here.setdefault(entry.id, file.values[entry.path][0])
                entries.append(entry)
    return entries


def _kinds_of_rule(data: Mapping[str, Any], own: str, base: Base) -> tuple[str, ...]:
    """The kinds of report that a rule is for: that of its file, unless it says otherwise."""
    written = data.get("applies", {}).get("kinds", [own])
    return tuple(base.kinds) if written == ALL_KINDS else tuple(dict.fromkeys(written))


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
    elif key == "wording":
        entry.wording.append((file, value))
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
    if entry.parameters or entry.wording:
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
