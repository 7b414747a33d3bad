"""What a finding was accepted for, in a form that can be written down and compared."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from checker.findings import Finding, Scalar
from checker.numerals import CellState, parse_cell
from checker.text import squeeze

Value = str | Mapping[str, str]
"""The text of the cell or sentence, or named evidence; all normalised."""


def plain(value: Scalar) -> str:
    """A value as text for comparing: digits and spaces normalised, nothing is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else squeeze(str(value)).text.strip()


def _cell(text: str) -> str:
    """The text of a cell for comparing: `1,234` and `１２３４ 件` are the same number."""
    number = parse_cell(text)
    return plain(number.value) if number.state is CellState.NUMBER else plain(text)


def accepted_value(finding: Finding) -> Value:
    """What a finding would be accepted for today.

    Both sides of a comparison where there is one, so that a change on either side reopens the finding; else
    the text at its place; else all of its evidence.
    """
    evidence = finding.evidence
    if evidence.get("left") is not None and evidence.get("right") is not None:
        return {name: plain(evidence[name]) for name in ("left", "right")}
    text = _own_text(finding)
    if text is not None:
        return text
    return {name: plain(value) for name, value in evidence.items()} or ""


def _own_text(finding: Finding) -> str | None:
    place = finding.place
    if place.excerpt is None:
        return None
    return _cell(place.excerpt) if place.table and place.row and place.column else plain(place.excerpt)


def agrees(value: Value, finding: Finding) -> bool:
    """Whether a finding still has the value of an entry."""
    if not isinstance(value, str):
        return all(
            name in finding.evidence and plain(finding.evidence[name]) == text for name, text in value.items()
        )
    text = _own_text(finding)
    if text is not None:
        return value == text or (bool(finding.place.table) and _cell(value) == text)
    own = list(finding.evidence.values())
    return value == (plain(own[0]) if len(own) == 1 else "") and len(own) <= 1


def shown(value: Value) -> str:
    """A value for a person."""
    text = value if isinstance(value, str) else "，".join(f"{name} {text}" for name, text in value.items())
    return text or "空白"
