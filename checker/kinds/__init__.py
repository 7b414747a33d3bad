"""All kinds of rules by name. To add one: a function with its schema in one module, one line here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from checker.kinds.base import Kind


class _Kinds(Mapping[str, Kind]):
    """Kinds by name, each imported when it is asked for.

    Args:
        places: where each is defined, as module of this package and name in it.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places
        self._imported: dict[str, Kind] = {}

    def __getitem__(self, name: str) -> Kind:
        if name not in self._imported:
            module, _, constant = self._places[name].partition(".")
            self._imported[name] = getattr(import_module(f"checker.kinds.{module}"), constant)
        return self._imported[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


KINDS: Final = _Kinds(
    {
        "allowed_values": "tables.ALLOWED_CELLS",
        "announced_count": "naming.ANNOUNCED_COUNT",
        "balanced": "brackets.BALANCED",
        "blanks": "tables.BLANKS",
        "change_rate": "years_in_text.CHANGE_RATE",
        "claim": "claims.CLAIM",
        "claim_limit": "figures_in_text.CLAIM_LIMIT",
        "coincidence": "figures_in_text.COINCIDENCE",
        "compare": "agreement.COMPARE",
        "consistent": "agreement.CONSISTENT",
        "count": "wording.COUNT",
        "date_range": "agreement.DATE_RANGE",
        "doubtful_table": "doubt.DOUBTFUL_TABLE",
        "enumeration": "figures_in_text.ENUMERATION",
        "equation": "sums.EQUATION",
        "exceptions": "exceptions.EXCEPTIONS",
        "expr": "expression.EXPR",
        "field_pattern": "agreement.FIELD_PATTERN",
        "filled": "tables.FILLED",
        "fixed_phrases": "prose.FIXED_PHRASES",
        "forbidden_pattern": "wording.FORBIDDEN_PATTERN",
        "jump": "years.JUMP",
        "labels": "naming.LABELS",
        "length": "wording.LENGTH",
        "likeness": "prose.LIKENESS",
        "meetings": "prose.MEETINGS",
        "mentions": "wording.MENTIONS",
        "missing_units": "units.MISSING_UNITS",
        "no_other": "structure.NO_OTHER",
        "not_empty": "structure.NOT_EMPTY",
        "noted": "structure.NOTED",
        "number_range": "agreement.NUMBER_RANGE",
        "number_type": "tables.NUMBER_TYPE",
        "older_form": "years.OLDER_FORM",
        "order": "structure.ORDER",
        "paired_points": "prose.PAIRED_POINTS",
        "pattern": "wording.PATTERN_KIND",
        "percentage": "figures_in_text.PERCENTAGE",
        "quoted_figure": "years_in_text.QUOTED_FIGURE",
        "readable": "structure.READABLE",
        "renamed": "years.RENAMED",
        "repeated": "wording.REPEATED",
        "required": "structure.REQUIRED",
        "same_quantity": "figures_in_text.SAME_QUANTITY",
        "self_designation": "prose.SELF_DESIGNATION",
        "sentence_year": "prose.SENTENCE_YEAR",
        "share_of_text": "prose.SHARE_OF_TEXT",
        "sum": "sums.SUM",
        "text_number": "wording.TEXT_NUMBER",
        "unchanged": "years.UNCHANGED",
        "vanished": "years.VANISHED",
        "whole_of_parts": "units.WHOLE_OF_PARTS",
        "year_equation": "year_equation.YEAR_EQUATION",
    }
)
RUN_KINDS: Final = frozenset(("exceptions", "missing_units", "whole_of_parts"))
"""Kinds that look at the run as a whole and not at one report."""
DOUBT_KINDS: Final = frozenset(("doubtful_table",))
"""Kinds whose breach says that a table seems to have been misread; other kinds do not judge it then."""
YEAR_KINDS: Final = frozenset(
    (
        "change_rate",
        "jump",
        "likeness",
        "older_form",
        "quoted_figure",
        "renamed",
        "unchanged",
        "vanished",
        "year_equation",
    )
)
"""Kinds that compare a report with last year's and say nothing of one that stands alone."""
