"""Records come over unchanged, and nothing but records of the right types comes out of whatever bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.document import Cell, Document, Location, Note, Paragraph, Table
from checker.processes.serialise import Serialiser
from checker.startup.records import dataclass


class Colour(str, Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Leaf:
    name: str
    box: tuple[float, float] | None = None


@dataclass(frozen=True)
class Twig:
    leaf: Leaf
    colour: Colour


@dataclass(frozen=True)
class Tree:
    """One field for each way in which values are written."""

    text: str
    count: int | None
    flag: bool
    day: date | None
    amount: int | Decimal | str | bool | None
    either: tuple[date | None, date | None] | tuple[str, ...] | str
    pair: tuple[str, int]
    leaves: tuple[Leaf | Twig, ...]
    rows: tuple[tuple[Leaf, ...], ...]
    by_name: Mapping[str, Decimal | int]
    by_pair: Mapping[tuple[str, str], Leaf]


TREES = Serialiser(Tree)
LEAF = Leaf("叶", (1.5, -2.0))
TREE = Tree(
    "一\ud800", 1, True, date(2024, 1, 31), Decimal("1.50"), (None, date(2024, 12, 31)), ("甲", 2),  # noqa: FBT003
    (LEAF, Twig(Leaf("枝", (0.1, 1e300)), Colour.BLUE), Leaf("光")), ((), (LEAF, Leaf("二"))),
    {"a": Decimal("-0.0"), "b": 3}, {("R1", "total"): LEAF},
)  # fmt: skip


@pytest.mark.parametrize(
    "amount", [0, -7, 10**30, True, None, "12", Decimal("0.10"), Decimal(-3), Decimal("1E-9")], ids=repr
)
@pytest.mark.parametrize(
    "either", [(None, None), (), ("0595-1", "0595-2"), "福州", (date(2024, 1, 1), None)], ids=repr
)
def test_every_kind_of_value_comes_over(amount, either):
    tree = Tree(**{**vars(TREE), "amount": amount, "either": either})
    back = TREES.read(TREES.write(tree))
    assert back == tree
    assert type(back.amount) is type(amount)
    assert str(back.amount) == str(amount)


def test_what_is_written_by_key_is_read_as_its_key():
    keyed = Serialiser(Twig, by_key={Leaf: lambda leaf: leaf.name})
    assert keyed.read(keyed.write(Twig(LEAF, Colour.RED))) == Twig("叶", Colour.RED)


def test_equal_records_give_equal_bytes():
    assert Serialiser(Tree).write(TREE) == TREES.write(Tree(**vars(TREE)))


def parts(data):
    (length,) = struct.unpack_from("<Q", data)
    return json.loads(data[8 : 8 + length].decode("utf-8", "surrogatepass")), data[8 + length :]


def joined(shown, doubles):
    text = json.dumps(shown, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return struct.pack("<Q", len(text)) + text + doubles


def places(shown, path=()):
    yield path
    if isinstance(shown, list):
        for index, part in enumerate(shown):
            yield from places(part, (*path, index))


def changed(shown, path, value):
    if not path:
        return value
    copy = list(shown)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


SHOWN, DOUBLES = parts(TREES.write(TREE))
ODD = (None, True, -1, 7, 10**9, 0.5, "x", "2024-13-01", "1e999999999", "NaN", [], [[]], [1, 2], {}, {"a": 1})
TYPES = {
    "text": {str}, "name": {str}, "colour": {Colour}, "count": {int, type(None)}, "flag": {bool},
    "day": {date, type(None)}, "amount": {int, Decimal, str, bool, type(None)}, "either": {tuple, str},
    "pair": {tuple}, "leaves": {tuple}, "rows": {tuple}, "by_name": {dict}, "by_pair": {dict},
    "leaf": {Leaf}, "box": {tuple, type(None)},
}  # fmt: skip


def check_types(record):
    for name, value in vars(record).items():
        assert type(value) in TYPES[name], (name, value)
        held = (
            [*value.values()] if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
        )
        for one in held:
            for part in one if isinstance(one, tuple) else (one,):
                if isinstance(part, Leaf | Twig):
                    check_types(part)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_value_of_another_type_is_refused_wherever_it_stands(odd):
    for path in places(SHOWN):
        try:
            tree = TREES.read(joined(changed(SHOWN, path, odd), DOUBLES))
        except ValueError:
            continue
        check_types(tree)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"1234567", struct.pack("<Q", 1 << 60), joined([], b""), joined(SHOWN, b""), joined(SHOWN, DOUBLES[:-3]),
        joined(SHOWN, DOUBLES + DOUBLES[:8]), joined(SHOWN, struct.pack("<d", float("nan")) + DOUBLES[8:]),
        joined(SHOWN, struct.pack("<d", float("inf")) + DOUBLES[8:]), joined(SHOWN, b"")[:-1],
        struct.pack("<Q", 99_999) + b"[" * 99_999, struct.pack("<Q", 9_999) + b"9" * 9_999, b"\x80\x05N.",
    ],
    ids=[
        "nothing", "too short", "too long a length", "another record", "no doubles", "half a double",
        "a double too many", "no number", "without end", "cut off", "deep", "many digits", "a pickle",
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        TREES.read(data)


@given(st.binary(max_size=80))
def test_noise_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        TREES.read(data)


texts = st.text(max_size=8)
counts = st.integers(min_value=1, max_value=9)
locations = st.builds(
    Location,
    path=st.none() | texts,
    page=st.none() | counts,
    box=st.none() | st.tuples(*[st.floats(min_value=-1e9, max_value=1e9)] * 4),
    paragraph=st.none() | counts,
    grid_row=st.none() | counts,
)
cells = st.builds(Cell, texts, counts, counts, counts, counts, locations)
blocks = st.builds(Paragraph, texts, locations, st.none() | counts) | st.builds(
    Table, st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple), locations, st.booleans()
)
documents = st.builds(
    Document,
    st.lists(blocks, max_size=4).map(tuple),
    texts,
    st.dictionaries(texts, texts, max_size=2),
    st.lists(st.builds(Note, texts, texts, locations), max_size=2).map(tuple),
)
DOCUMENTS = Serialiser(Document)


@given(documents)
def test_documents_come_over_unchanged(document):
    assert DOCUMENTS.read(DOCUMENTS.write(document)) == document
