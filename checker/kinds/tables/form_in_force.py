"""`form_in_force`: 格式适用于报告年度."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, UnrecognisedError
from checker.judging.language.language import Language
from checker.judging.language.scope import TABLE_CELLS
from checker.judging.subject import Subject
from checker.judging.table_words import listing
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import NOTE_CODES, choice, options_schema
from checker.kinds.structure.headings import partly_unread
from checker.model.forms import Form
from checker.model.place import Place, Scalar
from checker.model.report import Report, ReportTable
from checker.understand import label_words


def compile_form_in_force(options: Options, language: Language) -> Judge:
    """The tables follow the form in force for the year of the report, which is told by the years of the forms.

    `outdated`: none follows a form that came before it, and no cell has a label that only such a form has;
    `premature`: the same of forms that came after it; `mixed`: the tables do not follow different forms. Of
    tables that do, the others say only which labels are strange.
    """
    of = options["of"]
    labels = {key: _labels(form) for key, form in language.forms.items()}
    tells = _telling_tables(language)

    @cache
    def others_than(wanted: str) -> tuple[Sequence[Form], frozenset[str]]:
        """The forms whose year is wrong where that form is asked for, and labels that only they have."""
        first = _first(language.forms[wanted])
        others = [form for form in language.forms.values() if _IS_WRONG[of](_first(form), first)]
        return others, frozenset().union(*(labels[form.id] for form in others)) - labels[wanted]

    def judge(subject: Subject) -> Iterator[Judgement]:
        report, year = subject.report, subject.report.identity.year
        if year is None:
            raise UnrecognisedError("year")
        wanted = language.form_for(year)
        if wanted is None:
            raise CannotJudge(f"没有适用于 {year} 年度的格式")
        if of == _MIXED:
            yield _mixed(subject, options, language, wanted, _telling(report, tells))
            return
        others, strange = others_than(wanted.id)
        followed = {table.form_id for table in _telling(report, tells)}
        found = _first_strange(report, others, wanted) if len(followed) <= 1 else None
        cells = [
            text for text in subject.view(TABLE_CELLS).texts if label_words(text.paragraph.text) in strange
        ]
        if not cells and found is None:
            yield None
            return
        other = next(form for form in others if found is None or form.id == found.form_id)
        words = ["".join(text.paragraph.text.split()) for text in cells] or [found.form.name if found else ""]
        place = (
            cells[0].place(0, len(cells[0].squeezed.text)) if cells else found.place() if found else Place()
        )
        evidence: dict[str, Scalar] = {
            "found": listing(list(dict.fromkeys(words))),
            "form": wanted.title,
            "found_form": other.title,
        }
        yield Breach(place, evidence, form=wanted.id)

    return judge


def _mixed(
    subject: Subject, options: Options, language: Language, wanted: Form, telling: Sequence[ReportTable]
) -> Judgement:
    """Whether the tables that tell their form all tell the same."""
    if len(telling) < 2:  # noqa: PLR2004  # one has nothing to differ from
        raise CannotJudge("认得出格式的表不到两张，没有可比的")
    if len({table.form_id for table in telling}) == 1:
        return None
    if partly_unread(subject, options):
        raise CannotJudge("有的行没有读成表格，认不准各张表的格式")
    strange = next(table for table in telling if table.form_id != wanted.id)
    evidence: dict[str, Scalar] = {
        "found": "，".join(f"{table.form.name}是{language.forms[table.form_id].title}" for table in telling),
        "form": wanted.title,
        "found_form": language.forms[strange.form_id].title,
    }
    return Breach(strange.place(), evidence, form=wanted.id)


def _telling_tables(language: Language) -> frozenset[tuple[str, str]]:
    """Ids of forms, and keys of those of their tables that no other form has just so."""
    return frozenset(
        (form.id, key)
        for form in language.forms.values()
        for key, table in form.tables.items()
        if all(other.tables.get(key) != table for other in language.forms.values() if other.id != form.id)
    )


def _telling(report: Report, tells: Collection[tuple[str, str]]) -> list[ReportTable]:
    """The tables of a report that tell which form they follow."""
    return [table for table in report.tables.values() if (table.form_id, table.form.key) in tells]


def _first_strange(report: Report, forms: Iterable[Form], wanted: Form) -> ReportTable | None:
    """The first table that follows one of the forms, and that the wanted form does not have just so."""
    ids = {form.id for form in forms}
    tables = (table for table in report.tables.values() if table.form != wanted.tables.get(table.form.key))
    return next((table for table in tables if table.form_id in ids), None)


def _labels(form: Form) -> frozenset[str]:
    """Words of everything that may be printed in the form's tables besides figures."""
    texts: list[str] = []
    for table in form.tables.values():
        texts += table.groups
        for block in table.blocks:
            texts += (block.heading, block.corner)
            for line in (*block.rows, *block.columns):
                texts += (line.label, *line.aliases)
    return frozenset(filter(None, map(label_words, texts)))


def _first(form: Form) -> int:
    return form.first_year or 0


_MIXED: Final = "mixed"
_IS_WRONG: Final[dict[str, Callable[[int, int], bool]]] = {
    "outdated": lambda other, wanted: other < wanted,
    "premature": lambda other, wanted: other > wanted,
}
KIND: Final = Kind(
    title="格式适用于报告年度",
    about="表格用的是报告年度应当用的那一版格式。",
    compile=compile_form_in_force,
    options=options_schema(
        ("of",),
        of=choice(
            "查哪一种不对",
            {
                "outdated": "用了已被取代的旧格式",
                "premature": "用了后来才有的格式",
                _MIXED: "几张表不是同一版",
            },
        ),
        unless_noted={**NOTE_CODES, "description": "mixed：读取时有这些提示，格式可能认不准，就不判断"},
    ),
    evidence=("found", "form", "found_form"),
    skeleton=r"""
title: 没有用旧格式的表
check: {of: outdated}
message: "应使用{form}，用的是{found_form}：{found}"
examples:
  - {name: 新表, expect: pass, given: {}}
  - {name: 旧表, expect: fail, given: {form: "2019", year: 2024}, findings: [{place: T2}]}
""",
)
