"""What the texts of a rule may say that no report has to be read for: its own options, and facts of its forms.

A rule that repeats such a fact in its message says something wrong as soon as a profile or a new form changes
it; `{factor}` and `{section_count}` do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from checker.judging.messages import form_words, in_figures_and_words
from checker.kinds import KINDS
from checker.model.forms import Form
from checker.model.place import Scalar

Checks = Sequence[tuple[str, Mapping[str, Any]]]
"""Kind and options of each check of a rule."""
Words = dict[str, Scalar]


def constant_words(checks: Checks, forms: Sequence[Form]) -> tuple[Words, Words]:
    """The words of a rule.

    Args:
        checks: its checks.
        forms: the forms that it applies to, the newest last.

    Returns:
        What may be said of the rule itself, by the newest form; and what may be said of any report: that on
        which the forms agree, and what no check finds out under the same name.
    """
    of_rule: Words = {}
    words = [{**form_words(form), **_option_words(checks, form)} for form in forms]
    for one in words:
        of_rule |= one
    found = {
        name
        for kind, _ in checks
        for name in KINDS[kind].evidence
        if _schema(kind, name).get("format") != "table"  # what is found is the table that the option names
    }
    of_report = {
        name: value
        for name, value in of_rule.items()
        if name not in found and all(one.get(name, value) == value for one in words)
    }
    return of_rule, of_report


def _option_words(checks: Checks, form: Form) -> Words:
    """Options by name, without those whose name means different things in two checks."""
    words: Words = {}
    unclear = set()
    for kind, options in checks:
        for option, value in options.items():
            for name, text in _words(option, value, _schema(kind, option), form):
                if words.setdefault(name, text) != text:
                    unclear.add(name)
    return {name: text for name, text in words.items() if name not in unclear}


def _schema(kind: str, option: str) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = KINDS[kind].options["properties"].get(option, {})
    return schema


_DECIMALS: Final = re.compile(r"[0-9]{1,12}\.[0-9]{1,6}")
"""Numbers with decimals, which rule files give as texts."""


def _words(option: str, value: Any, schema: Mapping[str, Any], form: Form) -> Iterator[tuple[str, Scalar]]:
    """An option as text: a word, a number, or several in a row; tables by their names."""
    values = value if isinstance(value, list) else [value]
    if schema.get("items", schema).get("format") == "table":
        tables = [form.tables[key] for key in values if key in form.tables]
        if tables:
            yield option, "、".join(table.name for table in tables)
            yield from in_figures_and_words("cell_count", *(len(table.order) for table in tables)).items()
    elif all(isinstance(one, int) and not isinstance(one, bool) for one in values):
        yield from in_figures_and_words(option, *values).items()
    elif "integer" in schema.get("type", "") and all(map(_DECIMALS.fullmatch, values)):
        yield from in_figures_and_words(option, *map(Decimal, values)).items()
    elif all(isinstance(one, str) for one in values):
        yield option, "、".join(values)
