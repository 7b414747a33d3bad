"""`form_in_force`: 格式适用于报告年度."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    alike = _forms_alike(language)

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
            yield _mixed(subject, options, language, wanted, alike)
            return
        others, strange = others_than(wanted.id)
        followed = {table.form_id for table in _telling(report, alike)}
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
    subject: Subject,
    options: Options,
    language: Language,
    wanted: Form,
    alike: Mapping[tuple[str, str], frozenset[str]],
) -> Judgement:
    """Whether one form has all the tables just so; those that every form has tell nothing."""
    forms = {key: alike[table.form_id, table.form.key] for key, table in subject.report.tables.items()}
    telling = [table for key, table in subject.report.tables.items() if len(forms[key]) < len(language.forms)]
    if len(telling) < 2:  # noqa: PLR2004  # one has nothing to differ from
        raise CannotJudge("认得出格式的表不到两张，没有可比的")
    if frozenset.intersection(*forms.values()):
        return None
    if partly_unread(subject, options):
        raise CannotJudge("有的行没有读成表格，认不准各张表的格式")
    strange = next(table for table in telling if wanted.id not in forms[table.form.key])
    evidence: dict[str, Scalar] = {
        "found": "，".join(f"{table.form.name}是{language.forms[table.form_id].title}" for table in telling),
        "form": wanted.title,
        "found_form": language.forms[strange.form_id].title,
    }
    return Breach(strange.place(), evidence, form=wanted.id)


def _forms_alike(language: Language) -> Mapping[tuple[str, str], frozenset[str]]:
    """Ids of the forms that have a table just so, by the id of a form and the key of its table."""
    return {
        (form.id, key): frozenset(
            other.id for other in language.forms.values() if other.tables.get(key) == table
        )
        for form in language.forms.values()
        for key, table in form.tables.items()
    }


def _telling(report: Report, alike: Mapping[tuple[str, str], frozenset[str]]) -> list[ReportTable]:
    """The tables of a report that only the form has just so which they follow."""
    return [table for table in report.tables.values() if len(alike[table.form_id, table.form.key]) == 1]


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
