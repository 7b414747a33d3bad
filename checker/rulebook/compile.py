"""From rule files to compiled data: read, check everything, resolve the profile.

The result is plain JSON; `checker.rulebook.store` keeps it, `checker.rulebook.model` makes it runnable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from checker.errors import Fault, RulebookError
from checker.forms import Form, form_from_data
from checker.kinds import KINDS
from checker.kinds.base import Language
from checker.pattern_literals import required_words
from checker.records import dataclass, field
from checker.rulebook.model import regraded
from checker.rulebook.schema import FILES
from checker.rulebook.strict_yaml import Path, YamlFile, load_yaml
from checker.rulebook.validate import Names, did_you_mean, placeholders, validate

STANDARD_PLACEHOLDERS: Final = ("agency", "year", "next_year", "excerpt")
"""Names every message may use besides its kind's evidence."""

DEFAULT_PROFILE: Final = "national"


@dataclass
class Sources:
    """Parsed rule files by what they are; later folders come after earlier ones."""

    files: list[tuple[str, YamlFile]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def of(self, role: str) -> Iterator[YamlFile]:
        """The files of one role: rules, form, profile, fields, levels, sources."""
        return (file for its_role, file in self.files if its_role == role)


def parse_sources(texts: Mapping[str, str]) -> Sources:
    """Parse rule files.

    Args:
        texts: contents by the name used in messages, built-in folder first.
    """
    sources = Sources()
    for name, text in texts.items():
        file, faults = load_yaml(text, name)
        sources.faults.extend(faults)
        if file.data is None:
            if not faults:
                sources.faults.append(Fault(name, 1, 1, "文件是空的；请写规则，或删去这个文件"))
            continue
        role = _role(file.data)
        if role is None:
            keys = "、".join(FILES)
            sources.faults.append(Fault(name, 1, 1, f"看不出是什么文件：开头应有以下键之一：{keys}"))
        else:
            sources.files.append((role, file))
    return sources


def _role(data: Any) -> str | None:
    if not isinstance(data, dict):
        return None
    if "profile" in data:
        return "profile"
    return next((key for key in FILES if key in data), None)


def compile_rulebook(
    texts: Mapping[str, str], profile: str = DEFAULT_PROFILE, *, strict: bool = False
) -> dict[str, Any]:
    """Check and compile rule files for one profile.

    Args:
        texts: file contents by name, in order of precedence: a later rule replaces an earlier one of the
            same id, whole forms, fields, bodies and sources likewise.
        profile: the profile to resolve.
        strict: also refuse rules without the examples they should have.

    Returns:
        Compiled data for `rulebook_from_data`, without `digest`.

    Raises:
        RulebookError: with all faults of all files.
    """
    sources = parse_sources(texts)
    faults = sources.faults
    names = Names()
    for role in ("form", "fields", "levels", "sources"):
        for file in sources.of(role):
            faults.extend(validate(file, FILES[role], names))
    if faults:
        raise RulebookError(faults)
    base = _base(sources, faults)
    language = Language(base.forms, base.fields)
    names.language = language
    names.sources = list(base.sources)
    names.profiles = [str(file.data.get("profile")) for file in sources.of("profile")]
    for role in ("rules", "profile"):
        for file in sources.of(role):
            own = validate(file, FILES[role], names)
            faults.extend(own)
    if faults:
        raise RulebookError(faults)
    rules = _collect_rules(sources, profile, faults)
    compiled = [_compile_rule(entry, base, language, faults, strict=strict) for entry in rules.values()]
    _check_references(rules, faults)
    if faults:
        raise RulebookError(faults)
    ordered = sorted((rule for rule in compiled if rule), key=lambda rule: _order(rule["id"]))
    return {
        "profile": profile,
        "forms": [file.data for file in sources.of("form") if file.data["form"] in base.forms],
        "fields": base.fields_data,
        "bodies": base.bodies_data,
        "rules": ordered,
        "words": {source: words for source in names.patterns if (words := required_words(source))},
    }


@dataclass
class _Base:
    forms: dict[str, Form]
    fields: dict[str, tuple[str, str]]
    fields_data: Mapping[str, Any]
    bodies_data: Mapping[str, Any]
    sources: dict[str, str]


def _base(sources: Sources, faults: list[Fault]) -> _Base:
    """Forms, fields, bodies and sources: what rules refer to."""
    forms = {file.data["form"]: form_from_data(file.data) for file in sources.of("form")}
    fields_files, bodies_files = list(sources.of("fields")), list(sources.of("levels"))
    if not forms or not fields_files or not bodies_files:
        faults.append(Fault("rules", 1, 1, "规则文件夹里缺少格式（forms/）、fields.yaml 或 bodies.yaml"))
        raise RulebookError(faults)
    fields_data = fields_files[-1].data
    titles: Mapping[str, str] = fields_data["titles"]
    fields: dict[str, tuple[str, str]] = {}
    for index, entry in enumerate(fields_data["fields"]):
        if entry["name"] not in titles:
            faults.append(
                fields_files[-1].fault(("fields", index, "name"), f"titles 里没有“{entry['name']}”的中文名")
            )
        fields.setdefault(entry["name"], (titles.get(entry["name"], entry["name"]), entry["type"]))
    citations = {
        key: entry["title"] for file in sources.of("sources") for key, entry in file.data["sources"].items()
    }
    return _Base(forms, fields, fields_data, bodies_files[-1].data, citations)


@dataclass
class _Entry:
    """A rule as written, with its file and its changes by the profile."""

    file: YamlFile
    path: Path
    data: dict[str, Any]
    group: str
    severity: str | None = None
    off: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)


def _collect_rules(sources: Sources, profile: str, faults: list[Fault]) -> dict[str, _Entry]:
    """All rules of a profile by id: those of the rule files, then those of the profile's chain."""
    entries: dict[str, _Entry] = {}
    for file in sources.of("rules"):
        _add_rules(file, str(file.data["group"]), entries, faults)
    for file in _profile_chain(sources, profile, faults):
        _add_rules(file, str(file.data["title"]), entries, faults)
        for key in ("severity", "off", "parameters"):
            for rule_id, value in file.data.get(key, {}).items():
                entry = entries.get(rule_id)
                if entry is None:
                    text = f"没有规则“{rule_id}”{did_you_mean(rule_id, entries)}"
                    faults.append(file.fault((key, rule_id), text, at_key=True))
                elif key == "parameters":
                    entry.parameters.update(value)
                    faults.extend(_parameter_faults(file, rule_id, entry, value))
                else:
                    setattr(entry, key, value)
    return entries


def _add_rules(file: YamlFile, group: str, entries: dict[str, _Entry], faults: list[Fault]) -> None:
    here: dict[str, int] = {}
    for index, data in enumerate(file.data.get("rules", ())):
        if data["id"] in here:
            text = f"编号“{data['id']}”在本文件里用了两次（另一处在第 {here[data['id']]} 行）"
            faults.append(file.fault(("rules", index, "id"), text))
        here.setdefault(data["id"], file.values[("rules", index)][0])
        entries[data["id"]] = _Entry(file, ("rules", index), data, group)


def _profile_chain(sources: Sources, profile: str, faults: list[Fault]) -> list[YamlFile]:
    """The profile's files from the base of the chain to itself."""
    by_name = {str(file.data["profile"]): file for file in sources.of("profile")}
    chain: list[YamlFile] = []
    name: str | None = profile
    while name:
        file = by_name.get(name)
        if file is None:
            if name != DEFAULT_PROFILE:
                faults.append(Fault("--profile", 1, 1, f"没有规则集“{name}”{did_you_mean(name, by_name)}"))
            break
        if file in chain:
            faults.append(file.fault(("extends",), "规则集互相继承成了环"))
            break
        chain.insert(0, file)
        name = file.data.get("extends")
    return chain


def _checks(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    check = data["check"]
    return list(check) if isinstance(check, list) else [check]


def _parameter_faults(
    file: YamlFile, rule_id: str, entry: _Entry, parameters: Mapping[str, Any]
) -> Iterator[Fault]:
    """Parameters that none of the rule's checks takes."""
    known = {name for check in _checks(entry.data) for name in KINDS[check["kind"]].schema["properties"]}
    for name in parameters:
        if name not in known:
            text = f"{rule_id} 的检查没有参数“{name}”{did_you_mean(name, sorted(known))}"
            yield file.fault(("parameters", rule_id, name), text, at_key=True)


def _compile_rule(
    entry: _Entry, base: _Base, language: Language, faults: list[Fault], *, strict: bool
) -> dict[str, Any] | None:
    data, path, file = entry.data, entry.path, entry.file
    checks = []
    for check in _checks(data):
        kind = KINDS[check["kind"]]
        options = {k: v for k, v in check.items() if k not in ("kind", "variant")}
        options |= {k: v for k, v in entry.parameters.items() if k in kind.schema["properties"]}
        if kind.check:
            faults.extend(file.fault((*path, "check"), text) for text in kind.check(options, language.forms))
        checks.append({"kind": check["kind"], "options": options, "variant": check.get("variant")})
    if len({KINDS[c["kind"]].of_run for c in checks}) > 1:
        text = "check 里有的看单份报告，有的看整次检查；请分成两条规则"
        faults.append(file.fault((*path, "check"), text))
    variants = {v for c in checks for v in ([c["variant"]] if c["variant"] else KINDS[c["kind"]].variants)}
    faults.extend(_variant_faults(entry, variants))
    faults.extend(_placeholder_faults(entry, checks))
    faults.extend(_example_faults(entry, strict=strict))
    basis = "；".join(
        base.sources[item["source"]] + (f" {item['clause']}" if "clause" in item else "")
        for item in data["basis"]
    )
    return {
        "id": data["id"],
        "title": data["title"],
        "group": entry.group,
        "basis": basis + ("（依据待核）" if data.get("certainty") == "C" else ""),
        "checks": checks,
        "severities": _severities(entry),
        "messages": _by_variant(data["message"]),
        "suggestions": _by_variant(data.get("suggestion", {})),
        "file": file.name,
        "line": file.values[path][0],
        "severity_when": [] if entry.severity else data.get("severity_when", []),
        **{k: data[k] for k in ("applies", "explains", "exceptable", "suspended", "in_force") if k in data},
        **({"off": entry.off} if entry.off else {}),
    }


def _severities(entry: _Entry) -> dict[str, str]:
    own = _by_variant(entry.data["severity"])
    return regraded(own, entry.severity) if entry.severity else own


def _by_variant(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {"default": value}


def _variant_faults(entry: _Entry, variants: set[str]) -> Iterator[Fault]:
    """Variants that no check yields, and variants left without a severity or message."""
    for key in ("severity", "message", "suggestion"):
        value = entry.data.get(key)
        if not isinstance(value, dict):
            continue
        for name in value:
            if name != "default" and name not in variants:
                known = (
                    f"{did_you_mean(name, sorted(variants))}"
                    if variants
                    else "；这条规则没有分情形，直接写一个值"
                )
                yield entry.file.fault(
                    (*entry.path, key, name), f"{key} 里没有“{name}”这种情形{known}", at_key=True
                )
        missing = variants - set(value)
        if missing and "default" not in value and key != "suggestion":
            yield entry.file.fault(
                (*entry.path, key), f"{key} 没有规定这些情形：{'、'.join(sorted(missing))}（或写 default）"
            )


def _placeholder_faults(entry: _Entry, checks: list[dict[str, Any]]) -> Iterator[Fault]:
    known = {name for check in checks for name in KINDS[check["kind"]].evidence} | set(STANDARD_PLACEHOLDERS)
    for key in ("message", "suggestion"):
        for variant, template in _by_variant(entry.data.get(key, {})).items():
            for name in placeholders(str(template)):
                if name not in known:
                    path = (*entry.path, key) if variant == "default" else (*entry.path, key, variant)
                    yield entry.file.fault(
                        path, f"{key} 里的 {{{name}}} 没有值{did_you_mean(name, sorted(known))}"
                    )


def _example_faults(entry: _Entry, *, strict: bool) -> Iterator[Fault]:
    """Names used twice; with `strict`, examples that are missing or do not say what they expect exactly."""
    examples = entry.data["examples"]
    names = [example["name"] for example in examples]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield entry.file.fault((*entry.path, "examples", index), f"例子“{name}”重名")
    if not strict:
        return
    expected = {example["expect"] for example in examples}
    wanted = {"pass": "合格（expect: pass）", "fail": "不合格（expect: fail）"}
    if entry.data.get("applies"):
        wanted["not_applicable"] = "不适用（expect: not_applicable）"
    for expect, word in wanted.items():
        if expect not in expected:
            yield entry.file.fault((*entry.path, "examples"), f"{entry.data['id']} 缺少{word}的例子")
    for index, example in enumerate(examples):
        exact = "findings" in example or "known_miss" in example or example["given"].get("damaged")
        if example["expect"] == "fail" and not exact:
            text = f"{entry.data['id']} 例子“{example['name']}”没有写预期的问题（findings）"
            yield entry.file.fault((*entry.path, "examples", index), text)


def _check_references(rules: Mapping[str, _Entry], faults: list[Fault]) -> None:
    for entry in rules.values():
        for index, other in enumerate(entry.data.get("explains", ())):
            if other not in rules:
                text = f"没有规则“{other}”{did_you_mean(other, rules)}"
                faults.append(entry.file.fault((*entry.path, "explains", index), text))


_GROUP_ORDER: Final = (
    "READ",
    "DOC",
    "SEC",
    "INT",
    "GEN",
    "T2",
    "T3",
    "T4",
    "Q",
    "O",
    "DATE",
    "TXT",
    "STY",
    "YOY",
    "SET",
    "EXC",
)


def _order(rule_id: str) -> tuple[int, str, int]:
    """Table order: the order of a report, local groups last."""
    group, _, number = rule_id.rpartition("-")
    return (_GROUP_ORDER.index(group) if group in _GROUP_ORDER else len(_GROUP_ORDER), group, int(number))


__all__ = ["DEFAULT_PROFILE", "Sources", "compile_rulebook", "parse_sources"]
