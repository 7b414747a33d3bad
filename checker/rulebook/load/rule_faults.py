"""What the schema cannot say of a rule: its variants, placeholders, references, parameters and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from checker.judging.language.language import Language
from checker.judging.messages import STANDARD_WORDS
from checker.judging.rules import LooksAt
from checker.kinds import KINDS
from checker.kinds.kind import Kind
from checker.model.errors import Fault
from checker.model.forms import Form
from checker.model.vocabulary import Terms
from checker.rulebook.load.given import SampleError, check_given, form_of_given
from checker.rulebook.load.sentences import did_you_mean, nearest
from checker.rulebook.load.strict_yaml import Path, YamlFile
from checker.rulebook.load.validate import Names, placeholders, validate_options
from checker.rulebook.load.words import constant_words
from checker.rulebook.places import place_fault
from checker.rulebook.schema.files import PER_VARIANT, REFERENCES, RULE, STATEMENTS, TEMPLATES
from checker.startup.records import dataclass, field


@dataclass(frozen=True)
class RuleEntry:
    """A rule as written, with its file and its changes by the profile.

    Attributes:
        file, path: where it is written.
        data: its entry.
        group: title of its group.
        kinds: keys of the kinds of report that it is for.
        severity: the severity that the profile gives it, None to keep its own.
        off: why the profile switches it off, None if it is on.
        parameters: options that the profile changes.
        at: where the profile writes these parameters, None if it changes none.
        wording: texts and basis that profiles write anew, each with the file, the base of the chain first.
    """

    file: YamlFile
    path: Path
    data: Mapping[str, Any]
    group: str
    kinds: tuple[str, ...]
    severity: str | None = None
    off: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    at: YamlFile | None = None
    wording: tuple[tuple[YamlFile, Mapping[str, Any]], ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        rule_id: str = self.data["id"]
        return rule_id

    @property
    def rewritten(self) -> bool:
        """Whether a profile changes what can be wrong with it: its options, its texts or its basis."""
        return bool(self.parameters or self.wording)

    @property
    def worded(self) -> Mapping[str, Any]:
        """Its entry with the texts and the basis that profiles give it; a text by variant leaves the other variants.

        How certain a basis is says nothing of the one that stands in its place.
        """
        data = dict(self.data)
        for _, own in self.wording:
            if "basis" in own:
                data.pop("certainty", None)
            for key, value in own.items():
                by_name = isinstance(value, dict) and key in data
                data[key] = {**by_variant(data[key]), **value} if by_name else value
        return data

    def texts(self) -> Iterator[tuple[YamlFile, Path, Mapping[str, Any]]]:
        """Its texts wherever they are written: file, path of the mapping, and the mapping."""
        yield self.file, self.path, self.data
        yield from ((file, ("wording", self.id), own) for file, own in self.wording)

    def checks(self) -> list[Mapping[str, Any]]:
        """Its checks as written, without the profile's parameters."""
        check = self.data["check"]
        return list(check) if isinstance(check, list) else [check]

    def own_options(self, check: Mapping[str, Any]) -> dict[str, Any]:
        """Options of one of its checks, as written."""
        known = KINDS[check["kind"]].options["properties"]
        return {name: value for name, value in check.items() if name in known}

    def options(self, check: Mapping[str, Any]) -> dict[str, Any]:
        """Options of one of its checks, with the profile's parameters."""
        known = KINDS[check["kind"]].options["properties"]
        return self.own_options(check) | {
            name: value for name, value in self.parameters.items() if name in known
        }

    def forms(self, forms: Mapping[str, Form]) -> list[Form]:
        """The forms to which it applies, the newest last."""
        own = self.data.get("applies", {}).get("forms")
        return [form for key, form in forms.items() if not own or key in own]


def by_variant(value: Any) -> dict[str, Any]:
    """A value that may be written once for all variants, by variant."""
    return dict(value) if isinstance(value, dict) else {"default": value}


def rule_faults(
    entry: RuleEntry,
    names: Names,
    languages: Sequence[Language],
    *,
    known: Sequence[str] | None,
    strict: bool,
) -> Iterator[Fault]:
    """All faults of one rule that passed the schema.

    Args:
        entry: the rule.
        names: the names in force.
        languages: those of the kinds of report that it is for.
        known: ids of all rules, None if some cannot be read.
        strict: also refuse a rule without the examples it should have.
    """
    forms = {key: form for language in languages for key, form in language.forms.items()}
    for language in languages:
        yield from _option_faults(entry, names.of_language(language), language.forms)
    yield from _variant_faults(entry)
    yield from _placeholder_faults(entry, forms)
    yield from _reference_faults(entry, known)
    yield from _span_faults(entry)
    yield from _example_faults(entry, forms)
    if strict:
        yield from _missing_example_faults(entry, names.vocabulary.verdicts)


def _option_faults(entry: RuleEntry, names: Names, forms: Mapping[str, Form]) -> Iterator[Fault]:
    """Options that contradict each other or name what no form has; parameters of the profile that do not fit."""
    if len({KINDS[check["kind"]].looks_at is LooksAt.RUN for check in entry.checks()}) > 1:
        text = "check 里有的看单份报告，有的看整次检查；请分成两条规则"
        yield entry.file.fault((*entry.path, "check"), text)
    many = len(entry.checks()) > 1
    for index, check in enumerate(entry.checks()):
        kind = KINDS[check["kind"]]
        path = (
            (*entry.path, "check", index) if isinstance(entry.data["check"], list) else (*entry.path, "check")
        )
        own = entry.own_options(check)
        if entry.kinds[1:] and (found := validate_options(entry.file, path, own, kind.options, names)):
            yield from found  # it was read in the language of its own kind only
            continue
        own_faults = _kind_faults(kind, own, names, forms)
        yield from (entry.file.fault(path, text) for text in own_faults)
        options = entry.options(check)
        if options == own or entry.at is None:
            continue
        at: Path = ("parameters", entry.id)
        subject = f"{entry.id} 的第 {index + 1} 项检查" if many else entry.id
        schema_faults = validate_options(entry.at, at, options, kind.options, names)
        yield from schema_faults
        for text in [] if schema_faults else _kind_faults(kind, options, names, forms):
            if text not in own_faults:
                yield entry.at.fault(at, f"{subject}改了参数以后：{text}")


def _kind_faults(
    kind: Kind, options: Mapping[str, Any], names: Names, forms: Mapping[str, Form]
) -> list[str]:
    """What the kind itself says of its options."""
    faults = list(kind.check(options, forms)) if kind.check else []
    if kind.check_names and names.language:
        faults.extend(kind.check_names(options, names.language))
    return faults


def unknown_parameter_faults(
    file: YamlFile, entry: RuleEntry, parameters: Mapping[str, Any]
) -> Iterator[Fault]:
    """Parameters that none of the rule's checks takes."""
    known = {name for check in entry.checks() for name in KINDS[check["kind"]].options["properties"]}
    for name in parameters:
        if name not in known:
            text = f"{entry.id} 的检查没有参数“{name}”{did_you_mean(name, sorted(known))}"
            yield file.fault(("parameters", entry.id, name), text, at_key=True)


def _variants(entry: RuleEntry) -> set[str]:
    return {
        variant
        for check in entry.checks()
        for variant in ([check["variant"]] if "variant" in check else KINDS[check["kind"]].variants)
    }


def _variant_faults(entry: RuleEntry) -> Iterator[Fault]:
    """Variants that no check yields, and variants left without a severity or message."""
    variants = _variants(entry)
    for file, path, texts in entry.texts():
        for key in PER_VARIANT:
            value = texts.get(key)
            for name in value if isinstance(value, dict) else ():
                if name != "default" and name not in variants:
                    hint = (
                        did_you_mean(name, sorted(variants))
                        if variants
                        else "；这条规则没有分情形，直接写一个值就行"
                    )
                    text = f"{key} 里没有“{name}”这种情形{hint}"
                    yield file.fault((*path, key, name), text, at_key=True)
    for key in PER_VARIANT:
        value = entry.data.get(key)
        if not isinstance(value, dict):
            continue
        missing = variants - set(value)
        if missing and "default" not in value and key in RULE["required"]:
            yield entry.file.fault(
                (*entry.path, key), f"{key} 没有规定这些情形：{'、'.join(sorted(missing))}（或写 default）"
            )


def _placeholder_faults(entry: RuleEntry, forms: Mapping[str, Form]) -> Iterator[Fault]:
    """Placeholders without a value; a profile changes values of options, not which options there are."""
    # A value of the profile that is none is told where it is written, not again for each text that speaks of it.
    checks = [(check["kind"], entry.options(check) | entry.own_options(check)) for check in entry.checks()]
    constant = list(constant_words(checks, entry.forms(forms))[0])
    evidence = [name for check in entry.checks() for name in KINDS[check["kind"]].evidence]
    of_finding = [*dict.fromkeys(evidence), *STANDARD_WORDS, *constant]
    known_in = {**dict.fromkeys(TEMPLATES, of_finding), **dict.fromkeys(STATEMENTS, constant)}
    for file, path, texts in entry.texts():
        for key, known in known_in.items():
            value = texts.get(key, {})
            for variant, template in by_variant(value).items():
                for name in placeholders(str(template)):
                    if name not in known:
                        at = (*path, key, variant) if isinstance(value, dict) else (*path, key)
                        yield file.fault(at, f"{key} 里的 {{{name}}} 没有值{_near_placeholder(name, known)}")


def _near_placeholder(name: str, known: Sequence[str]) -> str:
    """The placeholder that was misspelt, else all that there are: last_year is near to next_year, and the opposite."""
    near = nearest(name, known, cutoff=_MISSPELT)
    return f"，是否为“{near}”？" if near else f"；可用：{'、'.join(dict.fromkeys(known))}"


_MISSPELT: Final = 0.75


def _reference_faults(entry: RuleEntry, known: Sequence[str] | None) -> Iterator[Fault]:
    named: list[tuple[Path, str]] = [
        ((key, index), other) for key in REFERENCES for index, other in enumerate(entry.data.get(key, ()))
    ]
    if "replaced_by" in entry.data:
        named.append((("replaced_by",), entry.data["replaced_by"]))
    for path, other in named:
        if other == entry.id:
            yield entry.file.fault((*entry.path, *path), f"{path[0]} 里不能写自己的编号")
        elif known is not None and other not in known:
            text = f"没有规则“{other}”{did_you_mean(other, known)}"
            yield entry.file.fault((*entry.path, *path), text)


def replacement_faults(entries: Mapping[str, RuleEntry]) -> Iterator[Fault]:
    """Rules in whose place a rule stands that does not run itself, so that nothing would be checked.

    Args:
        entries: the rules of a profile by id.
    """
    for entry in entries.values():
        other = entries.get(entry.data.get("replaced_by", ""))
        if other and "replaced_by" in other.data:
            text = f"代替本条的 {other.id} 自己也被 {other.data['replaced_by']} 代替了，请写仍在执行的规则"
            yield entry.file.fault((*entry.path, "replaced_by"), text)


def _span_faults(entry: RuleEntry) -> Iterator[Fault]:
    """Spans of years or days that end before they begin."""
    spans: list[tuple[Path, Mapping[str, Any]]] = [(("in_force",), entry.data.get("in_force", {}))]
    spans.append((("applies", "years"), entry.data.get("applies", {}).get("years", {})))
    for index, case in enumerate(entry.data.get("severity_when", ())):
        spans.append((("severity_when", index, "applies", "years"), case["applies"].get("years", {})))
    for path, span in spans:
        text = span_fault(span)
        if text:
            yield entry.file.fault((*entry.path, *path), text)


def span_fault(span: Mapping[str, Any]) -> str | None:
    """What is wrong with a span of years or days, a Chinese sentence; None if nothing is."""
    if "from" in span and "to" in span and span["from"] > span["to"]:
        return f"from（{span['from']}）比 to（{span['to']}）还晚，没有一天或一年在范围内"
    return None


def _example_faults(entry: RuleEntry, forms: Mapping[str, Form]) -> Iterator[Fault]:
    """Names used twice, samples that cannot be built, places that no form has."""
    examples = entry.data["examples"]
    first: dict[str, int] = {}
    for index, example in enumerate(examples):
        path: Path = (*entry.path, "examples", index)
        name = example["name"]
        if name in first:
            text = f"例子“{name}”重名（另一个在第 {first[name]} 行）；请换一个名字，好看出两者说的不是一件事"
            yield entry.file.fault((*path, "name"), text)
        first.setdefault(name, entry.file.values[path][0])
        try:
            given = {"kind": entry.kinds[0], **example["given"]}
            check_given(form_of_given(forms, given), given, forms)
        except SampleError as error:
            yield entry.file.fault((*path, "given"), f"例子“{name}”造不出来：{error}")
        for number, finding in enumerate(example.get("findings", ())):
            fault = place_fault(finding["place"].replace(" ", ""), forms) if "place" in finding else None
            if fault:
                yield entry.file.fault((*path, "findings", number, "place"), fault)


def _missing_example_faults(entry: RuleEntry, verdicts: Terms) -> Iterator[Fault]:
    """Examples that are missing or do not say what they expect exactly."""
    examples = entry.data["examples"]
    expected = {example["expect"] for example in examples}
    narrowed = any(name != "kinds" for name in entry.data.get("applies", ()))
    for expect in ("pass", "fail", *(("not_applicable",) if narrowed else ())):
        if expect not in expected:
            text = f"{entry.id} 缺少{verdicts.name(expect)}（expect: {expect}）的例子"
            yield entry.file.fault((*entry.path, "examples"), text)
    for index, example in enumerate(examples):
        exact = "findings" in example or "known_miss" in example or example["given"].get("damaged")
        if example["expect"] == "fail" and not exact:
            text = f"{entry.id} 例子“{example['name']}”没有写预期的问题（findings）"
            yield entry.file.fault((*entry.path, "examples", index), text)
