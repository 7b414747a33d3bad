"""All kinds of rules by name: one module a kind, imported when the kind is first asked for.

May import `judging` and what that may import. To add a kind, write a module with a `KIND` in the room that
says what it is about, and add its name to that room here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from checker.kinds.kind import Kind


class KindRegistry(Mapping[str, Kind]):
    """Kinds by name, in alphabetical order.

    Args:
        rooms: names of kinds by the package in which each has its module.
    """

    def __init__(self, rooms: Mapping[str, tuple[str, ...]]) -> None:
        modules = {name: f"{room}.{name}" for room, names in rooms.items() for name in names}
        self._modules = dict(sorted(modules.items()))
        self._imported: dict[str, Kind] = {}

    def register(self, name: str, kind: Kind) -> None:
        """Add a kind that is defined elsewhere.

        Raises:
            ValueError: there is a kind of that name.
        """
        if name in self:
            raise ValueError(f"there is a kind {name} already")
        self._imported[name] = kind

    def __getitem__(self, name: str) -> Kind:
        if name not in self._imported:
            self._imported[name] = import_module(self._modules[name]).KIND
        return self._imported[name]

    def __contains__(self, name: object) -> bool:
        return name in self._modules or name in self._imported

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({**self._modules, **self._imported}))

    def __len__(self) -> int:
        return len({**self._modules, **self._imported})


KINDS: Final = KindRegistry(
    {
        "checker.kinds.structure": (
            "announced_count", "labels", "no_other", "not_empty", "noted", "order", "readable", "recognised",
            "required",
        ),
        "checker.kinds.tables": (
            "allowed_values", "blanks", "choices", "doubtful_table", "equation", "filled", "for_each", "form_in_force", "number_type",
            "parts", "sum",
        ),
        "checker.kinds.values": (
            "compare", "consistent", "expr", "field_pattern", "number_range",
        ),
        "checker.kinds.text": (
            "balanced", "count", "each_point", "fixed_phrases", "forbidden_pattern", "length", "mentions", "paired_points",
            "pattern", "repeated", "self_designation", "share_of_text",
        ),
        "checker.kinds.dates": ("date_range", "meetings", "sentence_year"),
        "checker.kinds.figures": (
            "claim", "claim_limit", "coincidence", "enumeration", "percentage", "same_quantity",
            "text_number",
        ),
        "checker.kinds.years": (
            "change_rate", "jump", "likeness", "older_form", "quoted_figure", "renamed", "unchanged", "vanished",
            "year_equation",
        ),
        "checker.kinds.copying": ("copied_text", "other_units"),
        "checker.kinds.publication": (
            "attachment_names", "link_addresses", "link_titles", "newest_first", "one_link_each", "page_readable",
            "page_tables",
        ),
        "checker.kinds.run": (
            "exceptions", "late", "missing_units", "mixed_forms", "odd_year", "same_figures", "silent_rows",
            "stated_count", "unlisted", "versions", "whole_of_parts",
        ),
    }
)  # fmt: skip
