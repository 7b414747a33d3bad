"""What a kind of rule is, and what it may say.

A kind is a pure generator over one report. For each subject that it examines (a cell, a sentence, an
identity) it yields exactly one judgement: None (or `Held`) if all is well, a `Breach`, or `Unjudged`. It
knows no rule id, no severity and no Chinese message: the rule file says those.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from checker.model.errors import CheckerError
from checker.model.findings import Place, Related, Scalar, Suggestion
from checker.solver import CellKey, Identity, Number
from checker.startup.records import dataclass, field

if TYPE_CHECKING:
    from datetime import date

    from checker.judging.figures import Figures, Years
    from checker.judging.language.expression import Expression
    from checker.judging.language.items import Items
    from checker.judging.language.scope import TextView
    from checker.model.bodies import Bodies
    from checker.model.forms import Form, FormTable
    from checker.model.report import Claim, Report, ReportTable
    from checker.understand.claims.vocabulary import ClaimVocabulary, Searches

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Witness:
    """What a figure known from elsewhere, such as the text or last year's report, says of one cell."""

    cell: CellKey
    value: Number


@dataclass(frozen=True, slots=True)
class Breach:
    """One subject that does not meet the requirement.

    Attributes:
        place: where.
        evidence: named values, for the message and for JSON; the names are those the kind declares.
        variant: which way it fails, one of the variants the kind declares.
        related: other places that take part.
        identity: the broken sum, for kinds about sums; the engine merges breaches with one cause.
        suggestion: what to change, where the kind can tell; else the rule's own text is used.
        witness: the figure that the cell differs from, for kinds that compare cells with figures from
            elsewhere; a broken sum that the same wrong cell explains stands for the breach.
    """

    place: Place
    evidence: Mapping[str, Scalar] = field(default_factory=dict)
    variant: str | None = None
    related: tuple[Related, ...] = ()
    identity: Identity | None = None
    suggestion: Suggestion | None = None
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class Unjudged:
    """One subject that could not be judged; `reason` is a Chinese phrase without full stop."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A sum that holds; the engine needs it to find the smallest repair of the sums that do not."""

    identity: Identity


@dataclass(frozen=True, slots=True)
class Agreed:
    """A cell that agrees with a figure known from elsewhere; it helps to find the cell that is wrong."""

    witness: Witness


Judgement = Breach | Unjudged | Held | Agreed | None


NO_LAST_YEAR: Final = "没有上一年的报告"
"""Why kinds that compare with last year's report cannot judge one that stands alone."""


class CannotJudge(CheckerError):  # noqa: N818  # not an error of anybody: an answer
    """The rule as a whole cannot be judged on this report; the text is a Chinese phrase."""


class Language:
    """What names mean in rules: forms, fields, and the items built from them.

    Args:
        forms: all forms by id.
        fields: field key to (Chinese title, type).
        claims: contents of the claim files.
        searches: what is looked for in claims, if it was kept; see `ClaimVocabulary.searches`.
    """

    def __init__(
        self,
        forms: Mapping[str, Form],
        fields: Mapping[str, tuple[str, str]],
        claims: Sequence[Mapping[str, Any]] = (),
        searches: Searches | None = None,
    ) -> None:
        self.forms = forms
        self.fields = fields
        self._claims = claims
        self._searches = searches
        self.section_count = max((len(form.sections) for form in forms.values()), default=0)
        self._expressions: dict[str, Expression] = {}
        self._kept: dict[tuple[Hashable, ...], tuple[FormTable, Any]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """What has been compiled is compiled anew in another process."""
        return Language, (self.forms, self.fields, self._claims, self._searches)

    @cached_property
    def items(self) -> Items:
        """Named values that rules may compare."""
        from checker.judging.language.items import Items  # noqa: PLC0415  # items build on this module

        return Items(self.forms, self.fields)

    @cached_property
    def claim_vocabulary(self) -> ClaimVocabulary:
        """The words in which figures are told."""
        from checker.understand.claims.vocabulary import vocabulary_from_data  # noqa: PLC0415  # only for rules that compare the text

        return vocabulary_from_data(self._claims, self._searches)

    def cell_name(self, address: str) -> str:
        """表三.新收.自然人 for `T3[R1, natural]`; the address itself if no form has such a cell."""
        key, _, inside = address.partition("[")
        row, _, column = inside.rstrip("] ").partition(",")
        row, column = row.strip(), column.strip()
        for form in reversed(list(self.forms.values())):
            table = form.tables.get(key)
            if table and (row, column) in table.order:
                return f"{table.name}.{table.rows[row].name}.{table.column_name(row, column)}"
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

    def expression(self, source: str) -> Expression:
        """The compiled expression, cached.

        Raises:
            ExpressionError: it is refused.
        """
        from checker.judging.language.expression import compile_expression  # noqa: PLC0415  # builds on this module

        if source not in self._expressions:
            self._expressions[source] = compile_expression(source, self.items, self.section_count)
        return self._expressions[source]


class Subject:
    """A report under examination, with what several rules share.

    Args:
        report: the report.
        language: what names mean.
        today: the day that counts for deadlines, None if deadlines of undated reports do not matter.
        years: the report's neighbours in time, None if last year's report is not known.

    Attributes:
        told: by cell, the figures that rules judged so far know from elsewhere.
        doubted: keys of tables that seem to have been read wrongly.
        sums: what has been said of the sums of a table, by its key and axis.
        amounts: what the cells of a table stand for in sums, by its key.
    """

    def __init__(
        self, report: Report, language: Language, today: date | None = None, years: Years | None = None
    ) -> None:
        self.report = report
        self.language = language
        self.today = today
        self.years = years
        self.told: dict[CellKey, set[Number]] = {}
        self.doubted: set[str] = set()
        self.sums: dict[tuple[str, str], list[Judgement]] = {}
        self.amounts: dict[str, dict[tuple[str, str], Number]] = {}
        self._views: dict[str, TextView] = {}

    def is_noted(self, codes: Sequence[str]) -> bool:
        """Whether the reader left a note with one of these codes."""
        return any(note.code in codes for note in self.report.document.notes)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the text says in figures."""
        from checker.understand.claims.read import read_claims  # noqa: PLC0415  # only for rules that compare the text

        return read_claims(self.report, self.language.claim_vocabulary)

    def table(self, key: str, *, doubtful: bool = False) -> ReportTable:
        """The table with that key, filled in or not; with `doubtful` also one that seems to have been misread.

        Raises:
            CannotJudge: the report has no such table, or it seems to have been misread.
        """
        table = self.report.tables.get(key)
        if table is None:
            defined = self.report.form.tables.get(key)
            raise CannotJudge(f"未找到{defined.name if defined else key}")
        if key in self.doubted and not doubtful:
            raise CannotJudge(f"{table.form.name}读取可疑")
        return table

    def view(self, scope: str) -> TextView:
        """The text of a scope such as 开头 or 第五部分, joined for matching.

        Raises:
            CannotJudge: the report has no such part.
        """
        view = self._views.get(scope)
        if view is None:
            from checker.judging.language.scope import build_view  # noqa: PLC0415  # scope builds on this module

            view = self._views[scope] = build_view(self.report, scope)
        return view

    def end_of(self, scope: str) -> Place:
        """Where something that a scope lacks should stand: its last paragraph, else its section's heading."""
        from checker.judging.language.scope import section_number  # noqa: PLC0415  # scope builds on this module

        try:
            return self.view(scope).texts[-1].place()
        except CannotJudge:
            number = section_number(scope)
            section = self.report.section(number) if number else None
            return section.heading.place() if section else Place()

    @property
    def items(self) -> Items:
        """Named values that rules may compare."""
        return self.language.items

    def field_title(self, name: str) -> str:
        """What people call a field."""
        return self.language.fields[name][0] if name in self.language.fields else name

    def expression(self, source: str) -> Expression:
        """The compiled expression."""
        return self.language.expression(source)


@dataclass(frozen=True, slots=True)
class ListedException:
    """One entry of an exceptions file, as it came out of a run.

    Attributes:
        state: `used`, `undecided` (its rule could not be judged), `unused`, `expired` or `malformed`.
        place: file and line of the entry.
        evidence: what messages may say of it.
        variant: `no_report` for entries whose report was not in the run.
    """

    state: str
    place: Place
    evidence: Mapping[str, Scalar]
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class RunSubject:
    """A whole run under examination, for kinds that are not about one report.

    Attributes:
        reports: the figures of every report whose body and year are known.
        bodies: the units that should report, None if the user has declared nothing.
        strangers: how many files could not be read, or are of a body or year that is not known.
    """

    exceptions: Sequence[ListedException] = ()
    reports: Sequence[Figures] = ()
    bodies: Bodies | None = None
    strangers: int = 0


Options = Mapping[str, Any]
"""Options of a rule, already checked against the kind's schema."""

CheckFunction = Callable[[Options, Mapping[str, "Form"]], Iterator[str]]
JudgeFunction = Callable[[Any, Options], Iterator[Judgement]]
"""Takes a `Subject`, or a `RunSubject` where the kind is `of_run`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule.

    Attributes:
        judge: the generator.
        title: Chinese name, for the documentation.
        schema: JSON Schema of the options; formats such as `pattern` or `scope` are checked when rules load.
        evidence: names that messages may use.
        variants: ways to fail, for `severity` and `message` maps; empty if there is only one.
        check: what the schema cannot say: yields a Chinese sentence for each fault of the options, given all
            forms by id.
        check_items: what the schema cannot say of the items that the options name, likewise.
        about_sums: it yields sums that hold or are broken.
    """

    judge: JudgeFunction
    title: str
    schema: Mapping[str, Any]
    evidence: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    check: CheckFunction | None = None
    check_items: Callable[[Options, Items], Iterator[str]] | None = None
    about_sums: bool = False


def options_schema(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """A JSON Schema for an options object that takes exactly these properties."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


PATTERN: Final = {"type": "string", "format": "pattern", "description": "正则表达式（RE2 语法）"}
PATTERNS: Final = {
    "type": "array",
    "minItems": 1,
    "items": PATTERN,
    "description": "正则表达式，任一命中即算",
}
SCOPE: Final = {
    "type": "string",
    "format": "scope",
    "description": "范围：标题、开头、第一部分…、正文、部分标题、落款、表格、全文；几处用顿号连接",
}
TABLE: Final = {"type": "string", "format": "table", "description": "表的代号，如 T3"}
WORDS: Final = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
FIELD: Final = {"type": "string", "format": "field", "description": "要素名，见 rules/fields.yaml"}
NOTE_CODES: Final = {"type": "array", "items": {"type": "string"}, "description": "读取时的提示代码"}
ITEM: Final = {
    "type": "string",
    "format": "item",
    "description": "数据项，如 年度、落款日期；表里的一格写作 表.行.列",
}
