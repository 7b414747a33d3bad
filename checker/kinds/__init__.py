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
            module, _, constant = self._places[name].rpartition(".")
            self._imported[name] = getattr(import_module(f"checker.{module}"), constant)
        return self._imported[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


KINDS: Final = _Kinds(
    {
        "allowed_values": "kinds.tables.tables.ALLOWED_CELLS",
        "announced_count": "kinds.structure.naming.ANNOUNCED_COUNT",
        "balanced": "kinds.text.brackets.BALANCED",
        "blanks": "kinds.tables.tables.BLANKS",
        "change_rate": "kinds.years.years_in_text.CHANGE_RATE",
        "claim": "kinds.text.claims.CLAIM",
        "claim_limit": "kinds.text.figures_in_text.CLAIM_LIMIT",
        "coincidence": "kinds.text.figures_in_text.COINCIDENCE",
        "compare": "kinds.text.agreement.COMPARE",
        "consistent": "kinds.text.agreement.CONSISTENT",
        "count": "kinds.text.wording.COUNT",
        "date_range": "kinds.text.agreement.DATE_RANGE",
        "doubtful_table": "kinds.tables.misread.DOUBTFUL_TABLE",
        "enumeration": "kinds.text.figures_in_text.ENUMERATION",
        "equation": "kinds.tables.sums.EQUATION",
        "exceptions": "kinds.run.exceptions.EXCEPTIONS",
        "expr": "judging.language.expression.EXPR",
        "field_pattern": "kinds.text.agreement.FIELD_PATTERN",
        "filled": "kinds.tables.tables.FILLED",
        "fixed_phrases": "kinds.text.prose.FIXED_PHRASES",
        "forbidden_pattern": "kinds.text.wording.FORBIDDEN_PATTERN",
        "jump": "kinds.years.years.JUMP",
        "labels": "kinds.structure.naming.LABELS",
        "length": "kinds.text.wording.LENGTH",
        "likeness": "kinds.text.prose.LIKENESS",
        "meetings": "kinds.text.prose.MEETINGS",
        "mentions": "kinds.text.wording.MENTIONS",
        "missing_units": "kinds.run.units.MISSING_UNITS",
        "no_other": "kinds.structure.structure.NO_OTHER",
        "not_empty": "kinds.structure.structure.NOT_EMPTY",
        "noted": "kinds.structure.structure.NOTED",
        "number_range": "kinds.text.agreement.NUMBER_RANGE",
        "number_type": "kinds.tables.tables.NUMBER_TYPE",
        "older_form": "kinds.years.years.OLDER_FORM",
        "order": "kinds.structure.structure.ORDER",
        "paired_points": "kinds.text.prose.PAIRED_POINTS",
        "pattern": "kinds.text.wording.PATTERN_KIND",
        "percentage": "kinds.text.figures_in_text.PERCENTAGE",
        "quoted_figure": "kinds.years.years_in_text.QUOTED_FIGURE",
        "readable": "kinds.structure.structure.READABLE",
        "renamed": "kinds.years.years.RENAMED",
        "repeated": "kinds.text.wording.REPEATED",
        "required": "kinds.structure.structure.REQUIRED",
        "same_quantity": "kinds.text.figures_in_text.SAME_QUANTITY",
        "self_designation": "kinds.text.prose.SELF_DESIGNATION",
        "sentence_year": "kinds.text.prose.SENTENCE_YEAR",
        "share_of_text": "kinds.text.prose.SHARE_OF_TEXT",
        "sum": "kinds.tables.sums.SUM",
        "text_number": "kinds.text.wording.TEXT_NUMBER",
        "unchanged": "kinds.years.years.UNCHANGED",
        "vanished": "kinds.years.years.VANISHED",
        "whole_of_parts": "kinds.run.units.WHOLE_OF_PARTS",
        "year_equation": "kinds.years.year_equation.YEAR_EQUATION",
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
