"""From JSON Schema errors to sentences a clerk understands, with line and column.

Formats are where names get their meaning: a scope, a table, a field, an item, an expression, a pattern, a
day or a source must exist, and a wrong one is answered with the nearest right one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from checker.judging.language.days import day_of
from checker.judging.language.expression import compile_expression, truth_fault
from checker.judging.language.items import UnknownItemError
from checker.judging.language.language import Language
from checker.judging.language.proposals import line_proposal
from checker.judging.language.scope import scope_faults
from checker.judging.language.tokens import ExpressionError
from checker.model.errors import Fault
from checker.model.place import section_number
from checker.model.vocabulary import NO_VOCABULARY, Vocabulary
from checker.patterns.pattern import compile_pattern
from checker.patterns.syntax import PatternError
from checker.rulebook.load.sentences import (
    did_you_mean,
    key_sentence,
    meaning,
    nearest,
    sentence,
    type_sentence,
    unknown_key_sentence,
    wanted_types,
    where,
)
from checker.rulebook.load.strict_yaml import Path, YamlFile
from checker.rulebook.packs import is_pack
from checker.rulebook.schema.files import DEFINITIONS
from checker.rulebook.schema.parts import WORD_FORMATS, terms_of
from checker.startup.bounded import Bounded
from checker.startup.records import dataclass
from checker.understand.claims.vocabulary import cell_sum_fault
from checker.understand.fields import FIELD_PLACE_JOINT, FIELD_PLACE_WORDS, FIELD_PLACES


class Names:
    """The names in force while rule files are checked; names of a sort that is not known are not checked.

    Args:
        language: forms and fields, None while forms and fields themselves are being checked or are faulty.
        sources: keys of `rules/sources.yaml`, None likewise.
        profiles: names of profiles, None likewise.
        vocabulary: what things are called, empty likewise.

    Attributes:
        patterns: every pattern that was checked.
    """

    def __init__(
        self,
        language: Language | None = None,
        sources: Sequence[str] | None = None,
        profiles: Sequence[str] | None = None,
        vocabulary: Vocabulary = NO_VOCABULARY,
    ) -> None:
        self.language = language
        self.sources = sources
        self.profiles = profiles
        self.vocabulary = vocabulary
        self.patterns: dict[str, None] = {}

    def of_language(self, language: Language) -> Names:
        """The same names in another language; patterns are noted together."""
        other = Names(language, self.sources, self.profiles, self.vocabulary)
        other.patterns = self.patterns
        return other

    def apart(self) -> Names:
        """The same names; patterns are noted apart from here on."""
        other = Names(self.language, self.sources, self.profiles, self.vocabulary)
        other.patterns = dict(self.patterns)
        return other

    def fault(self, format_name: str, value: str) -> str | None:
        """Chinese sentence on what is wrong with a value of that format, None if nothing is."""
        if format_name in WORD_FORMATS:
            return self._word(format_name, value)
        check: Callable[[str], str | None] | None = getattr(self, f"_{format_name}", None)
        return check(value) if check else None

    def _word(self, format_name: str, value: str) -> str | None:
        """The end of a sentence that begins with what the value is for."""
        terms = terms_of(format_name, self.vocabulary)
        if not terms.names or terms.key(value):
            return None
        return f"不能是“{value}”{did_you_mean(value, terms.accepted())}"

    def _pattern(self, value: str) -> str | None:
        try:
            compile_pattern(value).check()
        except PatternError as error:
            return f"正则表达式第 {error.offset + 1} 字：{error.text}"
        self.patterns[value] = None
        return None

    def _date(self, value: str) -> str | None:
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"“{value}”不是日期；应写成 2024-01-31 这样"
        return None

    def _day(self, value: str) -> str | None:
        try:
            day_of(value, 2024)
        except ValueError as error:
            return str(error)
        return None

    def _source(self, value: str) -> str | None:
        if self.sources is None or value in self.sources:
            return None
        return f"没有依据“{value}”{did_you_mean(value, self.sources)}"

    def _profile(self, value: str) -> str | None:
        if self.profiles is None or value in self.profiles or is_pack(value):
            return None
        return f"没有规则集“{value}”{did_you_mean(value, self.profiles)}"

    def _scope(self, value: str) -> str | None:
        return scope_faults(value, self.language.section_count) if self.language else None

    def _field_place(self, value: str) -> str | None:
        if value in FIELD_PLACES:
            return None
        for part in value.split(FIELD_PLACE_JOINT):
            if part not in FIELD_PLACE_WORDS and not section_number(part):
                words = "、".join(("第一部分…", *FIELD_PLACE_WORDS))
                keys = "、".join(f"{key}（{told}）" for key, told in FIELD_PLACES.items())
                return f"没有“{part}”这个地方；可用：{words}，或者 {keys}"
        return None

    def _table(self, value: str) -> str | None:
        if self.language is None:
            return None
        tables = {key for form in self.language.forms.values() for key in form.tables}
        return None if value in tables else f"没有代号为“{value}”的表{did_you_mean(value, sorted(tables))}"

    def _form(self, value: str) -> str | None:
        if self.language is None or value in self.language.forms:
            return None
        return f"没有格式“{value}”{did_you_mean(value, self.language.forms)}"

    def _field(self, value: str) -> str | None:
        if self.language is None:
            return None
        for name in value.split("|"):
            if name not in self.language.fields:
                titles = {key: title for key, (title, _) in self.language.fields.items()}
                return f"没有要素“{name}”{line_proposal(name, titles)}"
        return None

    def _item(self, value: str) -> str | None:
        try:
            if self.language:
                self.language.items.resolve(value)
        except UnknownItemError as error:
            return str(error)
        return None

    def _cells(self, value: str) -> str | None:
        return cell_sum_fault(value, self.language.forms.values()) if self.language else None

    def _quantity(self, value: str) -> str | None:
        known = self.language.claim_vocabulary.quantities if self.language else {}
        if not known:
            return None
        return None if value in known else f"没有数量“{value}”{did_you_mean(value, known)}"

    def _expression(self, value: str) -> str | None:
        try:
            expression = (
                compile_expression(value, self.language.items, self.language.section_count)
                if self.language
                else None
            )
        except ExpressionError as error:
            return f"表达式{error}"
        return truth_fault(expression) if expression else None


_FORMATS: Final = (*WORD_FORMATS, *(name[1:] for name in vars(Names) if re.match("_[a-z]", name)))


def validate(
    file: YamlFile, schema: Mapping[str, Any], names: Names, *, within: Callable[[Path], bool] | None = None
) -> list[Fault]:
    """All faults of one file against its schema.

    Args:
        file: a parsed file.
        schema: one of the schemas of `checker.rulebook.schema.files`.
        names: the names in force.
        within: says of a place in the file whether its faults are asked for; None asks for all.
    """
    key = (id(schema), json.dumps(file.data, ensure_ascii=False))
    if key in _faultless and _faultless[key].still_is(names):
        return []
    asked: list[tuple[str, str, bool]] = []
    errors = _errors(file.data, schema, names, asked)
    if not errors:
        _faultless[key] = _Faultless(schema, tuple(asked))
    if within:
        errors = [error for error in errors if within(tuple(error.absolute_path))]
    return _sorted_faults(file, (), errors)


def validate_options(
    file: YamlFile, path: Path, options: Mapping[str, Any], schema: Mapping[str, Any], names: Names
) -> list[Fault]:
    """All faults of a check's options, some of which a profile has changed.

    Args:
        file: the profile.
        path: where it changes them; faults of other options stand there as a whole.
        options: all options of the check.
        schema: the schema of its kind.
        names: the names in force.
    """
    return _sorted_faults(file, path, _errors(options, schema, names, []))


@dataclass(frozen=True, slots=True)
class _Faultless:
    """That some data have no fault against a schema.

    Attributes:
        schema: the schema; as long as it is kept it keeps its identity.
        asked: what was asked of names in force: format, value, and whether it was one of them.
    """

    schema: Mapping[str, Any]
    asked: tuple[tuple[str, str, bool], ...]

    def still_is(self, names: Names) -> bool:
        """Whether the same is so with other names, which note the patterns among the values."""
        return all((names.fault(name, value) is None) == known for name, value, known in self.asked)


_faultless: Final[Bounded[tuple[int, str], _Faultless]] = Bounded(128)
"""By identity of the schema and the data: programs that load rules again and again change few files in between."""


def _errors(
    data: Any, schema: Mapping[str, Any], names: Names, asked: list[tuple[str, str, bool]]
) -> list[Any]:
    """What the library finds; `asked` takes what it asks of names."""
    import jsonschema  # noqa: PLC0415  # only needed when rule files changed

    formats = jsonschema.FormatChecker(formats=())
    for name in _FORMATS:
        formats.checks(name, raises=ValueError)(_raising(names, name, asked))
    validator = _validator_class()({**schema, "$defs": dict(DEFINITIONS)}, format_checker=formats)
    return list(validator.iter_errors(data))


def _sorted_faults(file: YamlFile, path: Path, errors: Iterable[Any]) -> list[Fault]:
    faults = dict.fromkeys(fault for error in errors for fault in _faults(file, path, error))
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))


@cache
def _validator_class() -> Any:
    """The standard validator, which sees at a glance that a condition is about another kind of check.

    There are fifty kinds, so conditions on them were a third of the time that rule files take.
    """
    import jsonschema  # noqa: PLC0415  # see above

    standard = jsonschema.Draft202012Validator
    judged_as_usual = standard.VALIDATORS["if"]

    def judge_condition(
        validator: Any, condition: Mapping[str, Any], instance: Any, schema: Mapping[str, Any]
    ) -> Iterator[Any]:
        kind = condition.get("properties", {}).get("kind", {}).get("const")
        if kind is None or not isinstance(instance, dict) or instance.get("kind") == kind:
            yield from judged_as_usual(validator, condition, instance, schema)

    extend: Any = jsonschema.validators.extend  # it has no types
    return extend(standard, {"if": judge_condition})


def _raising(names: Names, format_name: str, asked: list[tuple[str, str, bool]]) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        fault = None
        if isinstance(value, str):
            fault = names.fault(format_name, value)
            asked.append((format_name, value, fault is None))
        if fault:
            raise ValueError(fault)
        return True

    return check


def _faults(file: YamlFile, top: Path, error: Any) -> Iterator[Fault]:
    """The faults behind one schema error; `top` is where the data that was checked stands in the file."""
    path: Path = (*top, *error.absolute_path)
    if error.validator in ("oneOf", "anyOf") and error.context:
        yield from _alternative_faults(file, top, error)
    elif error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                text = unknown_key_sentence(error, key, known)
                yield file.fault((*path, key), text, at_key=True)
    elif error.validator == "required":
        for key in error.validator_value:
            if key not in error.instance and not _misspelt(error, key):
                owner = error.instance.get("id")
                inside = f"{owner} 里" if isinstance(owner, str) else where(error)
                yield file.fault(path, f"{inside}缺少“{key}”{meaning(error.schema, key)}")
    elif "propertyNames" in error.absolute_schema_path:
        yield file.fault((*path, str(error.instance)), key_sentence(error), at_key=True)
    else:
        yield file.fault(path, sentence(error))


def _misspelt(error: Any, key: str) -> bool:
    """Whether a missing key is there under a name so near that it is proposed for that one."""
    known = error.schema.get("properties", {})
    return any(nearest(name, known) == key for name in error.instance if name not in known)


def _alternative_faults(file: YamlFile, top: Path, error: Any) -> Iterator[Fault]:
    """Faults of a value that fits no alternative: those of the one that was meant."""
    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    only_keys_missing = all(
        inner.validator == "required" and not inner.path for group in branches.values() for inner in group
    )
    if only_keys_missing and len(branches) > 1:
        text = _missing_sentence(error, [inner for group in branches.values() for inner in group])
        yield file.fault((*top, *error.absolute_path), f"{where(error)}{text}")
        return
    if all(_other_type(group) for group in branches.values()):
        types = [name for group in branches.values() for name in wanted_types(group[0])]
        yield file.fault((*top, *error.absolute_path), type_sentence(error, types))
        return
    for inner in min(branches.values(), key=_distance):
        yield from _faults(file, top, inner)


def _missing_sentence(error: Any, needs: list[Any]) -> str:
    """Which keys a value lacks for any of its alternatives; those that it has begun are the ones that were meant."""
    keys = [[str(key) for key in need.validator_value] for need in needs]
    begun = [need for need, own in zip(needs, keys, strict=True) if any(key in error.instance for key in own)]
    if not begun:
        return f"要写明以下各项中的一项：{'、'.join(dict.fromkeys(key for own in keys for key in own))}"
    lacking = [
        "和".join(
            f"“{key}”{meaning(need.schema, key) or meaning(error.schema, key)}"
            for key in need.validator_value
            if key not in error.instance
        )
        for need in begun
    ]
    return f"缺少{'，或者'.join(dict.fromkeys(lacking))}"


def _distance(errors: list[Any]) -> tuple[bool, int]:
    """How far a value is from an alternative: a wrong type is far, a fault deep inside is near."""
    return _other_type(errors), len(errors)


def _other_type(errors: list[Any]) -> bool:
    """Whether the value is of a type that the alternative does not take at all."""
    own = [error for error in errors if not error.path]
    return any(error.validator == "type" for error in own) or any(
        error.validator == "enum" and isinstance(error.instance, (dict, list)) for error in own
    )


_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def placeholders(template: str) -> list[str]:
    """Names in braces of a message template."""
    return _PLACEHOLDER.findall(template)
