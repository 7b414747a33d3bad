"""What names mean in rules: forms, fields, items, expressions and the words in which figures are told."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from checker.judging.language.items import Items
from checker.model.forms import Form, FormTable
from checker.understand.own_names import OwnNameRules, own_name_rules

if TYPE_CHECKING:
    from checker.understand.claims.vocabulary import ClaimVocabulary, Searches

T = TypeVar("T")


class Language:
    """What names mean in rules: forms, fields, and the items built from them.

    Args:
        forms: all forms by id.
        fields: field key to (Chinese title, type).
        claims: contents of the claim files.
        searches: what is looked for in claims, if it was kept; see `ClaimVocabulary.searches`.
        own_names: how bodies shorten their names; `own_names` of the file on bodies.
        current: ids of the forms that count on the day whose rules are used, None for all.
    """

    def __init__(
        self,
        forms: Mapping[str, Form],
        fields: Mapping[str, tuple[str, str]],
        claims: Sequence[Mapping[str, Any]] = (),
        searches: Searches | None = None,
        own_names: Mapping[str, Any] | None = None,
        *,
        current: Sequence[str] | None = None,
    ) -> None:
        self.forms = forms
        self.fields = fields
        self._claims = claims
        self._searches = searches
        self._own_names = own_names
        self._current = current
        self.section_count = max((len(form.sections) for form in forms.values()), default=0)
        self._kept: dict[tuple[Hashable, ...], tuple[FormTable, Any]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """What has been compiled is compiled anew in another process."""
        source = (self.forms, self.fields, self._claims, self._searches, self._own_names)
        return partial(Language, current=self._current), source

    def form_for(self, year: int) -> Form | None:
        """The form in force for reports of a year: the newest one of those for it, None if there is none."""
        held = (form for key, form in self.forms.items() if self._current is None or key in self._current)
        return max(
            (form for form in held if form.in_force(year)),
            key=lambda form: form.first_year or 0,
            default=None,
        )

    @cached_property
    def items(self) -> Items:
        """Named values that rules may compare."""
        return Items(self.forms, self.fields)

    @cached_property
    def claim_vocabulary(self) -> ClaimVocabulary:
        """The words in which figures are told."""
        from checker.understand.claims.files import vocabulary_from_data  # noqa: PLC0415  # only for rules that compare the text

        return vocabulary_from_data(self._claims, self._searches)

    @cached_property
    def own_name_rules(self) -> OwnNameRules:
        """How bodies shorten their names."""
        return own_name_rules(self._own_names or {})

    def cell_name(self, address: str) -> str:
        """表三.新收.自然人 for `T3[R1, natural]`; the address itself if no form has such a cell."""
        key, _, inside = address.partition("[")
        row, _, column = inside.rstrip("] ").partition(",")
        row, column = row.strip(), column.strip()
        for form in reversed(list(self.forms.values())):
            table = form.tables.get(key)
            if table and (row, column) in table.order:
                return f"{table.name}.{table.item_name(row, column)}"
        return address

    def kept(self, table: FormTable, key: tuple[Hashable, ...], build: Callable[[], T]) -> T:
        """What a kind works out for a table of a form once and for all reports.

        Args:
            table: the table.
            key: tells it from everything else that is kept for the table.
            build: works it out.
        """
        full_key = (id(table), *key)  # the table is kept too, so that no other one gets its id
        if full_key not in self._kept:
            self._kept[full_key] = (table, build())
        kept: T = self._kept[full_key][1]
        return kept
