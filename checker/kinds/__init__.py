"""All kinds of rules by name. To add one: a function with its schema in one module, one line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checker.kinds import (
    agreement,
    claims,
    exceptions,
    expression,
    naming,
    structure,
    sums,
    tables,
    units,
    wording,
    year_equation,
    years,
)
from checker.kinds.base import Kind

KINDS: Final[Mapping[str, Kind]] = {
    "allowed_values": tables.ALLOWED_CELLS,
    "announced_count": naming.ANNOUNCED_COUNT,
    "balanced": wording.BALANCED,
    "blanks": tables.BLANKS,
    "claim": claims.CLAIM,
    "compare": agreement.COMPARE,
    "consistent": agreement.CONSISTENT,
    "count": wording.COUNT,
    "date_range": agreement.DATE_RANGE,
    "equation": sums.EQUATION,
    "exceptions": exceptions.EXCEPTIONS,
    "expr": expression.EXPR,
    "field_pattern": agreement.FIELD_PATTERN,
    "filled": tables.FILLED,
    "forbidden_pattern": wording.FORBIDDEN_PATTERN,
    "jump": years.JUMP,
    "labels": naming.LABELS,
    "length": wording.LENGTH,
    "mentions": wording.MENTIONS,
    "missing_units": units.MISSING_UNITS,
    "no_other": structure.NO_OTHER,
    "not_empty": structure.NOT_EMPTY,
    "number_range": agreement.NUMBER_RANGE,
    "number_type": tables.NUMBER_TYPE,
    "older_form": years.OLDER_FORM,
    "order": structure.ORDER,
    "pattern": wording.PATTERN_KIND,
    "readable": structure.READABLE,
    "renamed": years.RENAMED,
    "repeated": wording.REPEATED,
    "required": structure.REQUIRED,
    "sum": sums.SUM,
    "text_number": wording.TEXT_NUMBER,
    "unchanged": years.UNCHANGED,
    "vanished": years.VANISHED,
    "whole_of_parts": units.WHOLE_OF_PARTS,
    "year_equation": year_equation.YEAR_EQUATION,
}
