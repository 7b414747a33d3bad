"""Last year's report of the same body."""

from __future__ import annotations

from checker.judging.figures import Years
from checker.judging.judgement import CannotJudge
from checker.judging.subject import Subject
from checker.judging.table_words import Amount
from checker.model.forms import Address
from checker.model.place import Related


def years_of(subject: Subject) -> Years:
    """The report's neighbours in time.

    Raises:
        CannotJudge: last year's report is not known.
    """
    if subject.years is None:
        raise CannotJudge(subject.no_last_year)
    return subject.years


def last_years_cell(years: Years, key: str, address: Address, value: Amount) -> Related:
    """The same cell in last year's report, with the figure that stands there."""
    return Related(years.previous.place(key, *address), value)
