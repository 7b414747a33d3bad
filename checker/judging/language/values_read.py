"""What an expression read, as a reader would name it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from checker.judging.language.items import LAST_YEAR
from checker.judging.language.readable import Trail
from checker.judging.language.tokens import SUM
from checker.model.place import Place

_TOTAL: Final = "总计"


def own_places(trail: Trail) -> list[Place]:
    """Places of the items that were read in the report itself, not in last year's."""
    return [
        place for name, (_, place) in trail.items() if not name.removeprefix(f"{SUM}(").startswith(LAST_YEAR)
    ]


def values_read(trail: Trail, cell_name: Callable[[str], str]) -> str:
    """The items that were read, with their values: 表三“新收”是 3，上年的表三“新收”“自然人”是 8.

    Args:
        trail: what was read.
        cell_name: what people call a cell that is named by keys; every name is asked for.
    """
    return "，".join(f"{_item_name(name, cell_name)}是 {value}" for name, (value, _) in trail.items())


def _item_name(name: str, cell_name: Callable[[str], str]) -> str:
    """An item as a reader would name it."""
    if name.startswith(LAST_YEAR):
        return f"上年的{_item_name(name.removeprefix(LAST_YEAR), cell_name)}"
    if name.startswith(f"{SUM}("):
        return f"{_item_name(name[len(SUM) + 1 : -1], cell_name)}合计"
    first, *rest = cell_name(name).split(".")
    if len(rest) > 1 and rest[-1] == _TOTAL:  # of a row: nobody needs to be told
        rest = rest[:-1]
    return first + "".join(f"“{part}”" for part in rest)
