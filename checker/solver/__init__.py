"""The smallest repair of broken sums: which figures must be wrong for these sums not to add up.

Knows numbers, sums and neighbourhood; nothing of any form. A worked example: two rows and their
total; someone wrote 31 for 13.

>>> from checker.solver.explain import explain
>>> def cell(row, column):
...     return ("T", row, column)
>>> sums = [
...     SumIdentity(row, ((cell(row, "a"), 1), (cell(row, "b"), 1), (cell(row, "total"), -1)))
...     for row in ("first", "second", "all")
... ] + [
...     SumIdentity(column, ((cell("first", column), 1), (cell("second", column), 1), (cell("all", column), -1)))
...     for column in ("a", "b", "total")
... ]
>>> figures = {"first": (31, 2, 15), "second": (4, 5, 9), "all": (17, 7, 24)}
>>> values = {
...     cell(row, column): figure
...     for row, line in figures.items()
...     for column, figure in zip(("a", "b", "total"), line)
... }
>>> (found,) = explain(sums, values)
>>> found.identities, found.unique, found.assertable
(('first', 'a'), True, True)
>>> found.answers[0].changes
(Change(cell=('T', 'first', 'a'), current=31, proposed=13),)
>>> found.answers[0].slip
<SlipKind.TRANSPOSED: 'transposed'>
"""

from checker.solver.model import (
    Answer,
    CellKey,
    Change,
    Explanation,
    Number,
    SearchLimits,
    SlipKind,
    SumIdentity,
    TableLayout,
)
from checker.solver.slips import name_slip

__all__ = [
    "Answer",
    "CellKey",
    "Change",
    "Explanation",
    "Number",
    "SearchLimits",
    "SlipKind",
    "SumIdentity",
    "TableLayout",
    "name_slip",
]
