"""What is under examination: one report with its neighbours in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final

from checker.judging.figures import Figures, UnknownYears, Years
from checker.judging.judgement import CannotJudge, Judgement
from checker.judging.language.items import Items
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView, build_view
from checker.model.findings import NO_LAST_YEAR
from checker.model.place import Place, section_number
from checker.model.report import Claim, Report, ReportTable
from checker.solver import CellKey, Number
from checker.startup.records import replace
from checker.understand.own_names import OwnNames

KnownYears = Years | UnknownYears | None
"""A report's neighbours in time, or why they are not known; None if there is no report of the year before."""
_TOO_MANY_NUMERALS: Final = "正文里的数字太多，只核对了前一部分"
_ENDLESS_SENTENCE: Final = "正文里有一句太长（没有句号，或者一句里有几十个数），这一句没有核对"


class Subject:
    """A report under examination, with what several rules share.

    Args:
        report: the report.
        language: what names mean.
        today: the day that counts for deadlines, None if deadlines of undated reports do not matter.
        years: the report's neighbours in time, None if last year's report is not known.

    Attributes:
        no_last_year: why last year's report is not known, a Chinese phrase.
        witnessed: by cell, the figures that rules judged so far know from elsewhere.
        doubted: keys of tables that seem to have been read wrongly.
        sums: what has been said of the sums of a table, by its key and axis.
        amounts: what the cells of a table stand for in sums, by its key.
        unjudged: how many rules judged so far could not judge the report, by what was not recognised of it.
        left_out: what the rule that is being judged asked for and got only in part, with the reason, Chinese
            phrases.
    """

    def __init__(
        self, report: Report, language: Language, today: date | None = None, years: KnownYears = None
    ) -> None:
        self.report = report
        self.language = language
        self.today = today
        self.years = years if isinstance(years, Years) else None
        self.no_last_year = years.reason if isinstance(years, UnknownYears) else NO_LAST_YEAR
        self.witnessed: dict[CellKey, set[Number]] = {}
        self.doubted: set[str] = set()
        self.sums: dict[tuple[str, str], list[Judgement]] = {}
        self.amounts: dict[str, dict[tuple[str, str], Number]] = {}
        self.unjudged: Counter[str] = Counter()
        self.left_out: set[str] = set()
        self._views: dict[str, TextView] = {}

    @property
    def previous(self) -> Figures:
        """The figures of last year's report.

        Raises:
            CannotJudge: it is not known.
        """
        if self.years is None:
            raise CannotJudge(self.no_last_year)
        return self.years.previous

    def is_noted(self, codes: Sequence[str]) -> bool:
        """Whether the reader left a note with one of these codes."""
        return any(note.code in codes for note in self.report.document.notes)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the text says in figures; what of it is not read is noted in `left_out`."""
        claims, left_out = self._claims
        self.left_out.update(left_out)
        return claims

    @cached_property
    def _claims(self) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
        from checker.understand.claims.figures import first_texts  # noqa: PLC0415  # as the next one
        from checker.understand.claims.read import read_claims  # noqa: PLC0415  # only for rules that compare the text

        texts, all_texts = first_texts(self.report.body())
        vocabulary = self.language.claim_vocabulary
        claims, all_sentences = read_claims(self.report, vocabulary, self.own_names, texts)
        left_out = ((all_texts, _TOO_MANY_NUMERALS), (all_sentences, _ENDLESS_SENTENCE))
        return claims, tuple(reason for all_read, reason in left_out if not all_read)

    @cached_property
    def own_names(self) -> OwnNames:
        """By which names the body speaks of itself."""
        return self.language.own_name_rules.of(self.report.identity.agency)

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
            view = self._views[scope] = build_view(self.report, scope)
        return view

    def end_of(self, scope: str) -> Place:
        """Where something that a scope lacks should stand: its last paragraph, else its section's heading."""
        try:
            return replace(self.view(scope).texts[-1].place(), lacking=True)
        except CannotJudge:
            number = section_number(scope)
            section = self.report.section(number) if number else None
            return replace(section.heading.place(), lacking=True) if section else Place()

    @property
    def items(self) -> Items:
        """Named values that rules may compare."""
        return self.language.items

    def field_title(self, name: str) -> str:
        """What people call a field."""
        return self.language.fields[name][0] if name in self.language.fields else name
