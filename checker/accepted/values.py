"""What a finding was accepted for, in a form that can be written down and compared."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from checker.model.findings import Finding
from checker.model.numerals import CellState, parse_cell
from checker.model.place import OneOrMany
from checker.model.text import squeeze

Value = str | Mapping[str, str]
"""The text of the cell or sentence, or named evidence (the text under `excerpt`); all normalised."""

_EXCERPT: Final = "excerpt"


def plain(value: OneOrMany) -> str:
    """A value as text for comparing: digits and spaces normalised, nothing is the empty text."""
    if isinstance(value, tuple):
        return "、".join(map(plain, value))
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
    the cell; else the sentence with the numbers found in it; else all of the evidence.
    """
    evidence = finding.evidence
    if evidence.get("left") is not None and evidence.get("right") is not None:
        return {name: plain(evidence[name]) for name in ("left", "right")}
    text = _own_text(finding)
    if text is None:
        return {name: plain(value) for name, value in evidence.items()} or ""
    numbers = {name: plain(value) for name, value in evidence.items() if type(value) in (int, Decimal)}
    return {_EXCERPT: text, **numbers} if numbers and not _is_cell(finding) else text


def _own_text(finding: Finding) -> str | None:
    excerpt = finding.place.excerpt
    if excerpt is None:
        return None
    return _cell(excerpt) if _is_cell(finding) else plain(excerpt)


def _is_cell(finding: Finding) -> bool:
    return bool(finding.place.table and finding.place.row and finding.place.column)


def agrees(value: Value, finding: Finding) -> bool:
    """Whether a finding still has the value of an entry."""
    text = _own_text(finding)
    if isinstance(value, str):
        if text is not None:
            return (_cell(value) if _is_cell(finding) else value) == text
        own = [plain(item) for item in finding.evidence.values()]
        return value == own[0] if len(own) == 1 else not (value or own)
    named = {_EXCERPT: text or "", **{name: plain(item) for name, item in finding.evidence.items()}}
    return all(named.get(name) == wanted for name, wanted in value.items())


def shown(value: Value) -> str:
    """A value for a person."""
    text = value if isinstance(value, str) else "，".join(f"{name} {text}" for name, text in value.items())
    return text or "空白"
