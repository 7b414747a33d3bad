"""Records behave like the standard dataclasses in everything the program uses of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import pprint
import subprocess
import sys
from functools import cached_property

import pytest

from checker.startup import records


def make(module):
    """The same classes, made by the standard module or by ours."""

    @module.dataclass(frozen=True)
    class Point:
        """A point."""

        x: int
        y: int = 0
        tags: tuple[str, ...] = module.field(default_factory=tuple)

        @property
        def sum(self):
            return self.x + self.y

    @module.dataclass(frozen=True)
    class Named(Point):
        name: str = "无"

    @module.dataclass
    class Mutable:
        items: list[int] = module.field(default_factory=list)
        size: int = module.field(init=False)

        def __post_init__(self):
            self.size = len(self.items)

    @module.dataclass(frozen=True, order=True)
    class Ordered:
        a: int
        b: str = ""

    @module.dataclass(eq=False)
    class Identity:
        a: int

    @module.dataclass(frozen=True)
    class Described:
        a: int

        def __repr__(self):
            return "我"

    @module.dataclass(frozen=True, slots=True)
    class Slotted:
        a: int
        b: str = "乙"

    class Plain(Named):
        """Not a record of its own."""

    @module.dataclass(frozen=True)
    class Nested:
        point: Point
        parts: tuple[Point, ...] = ()
        by_name: dict[str, Named] = module.field(default_factory=dict)

        @cached_property
        def count(self):
            return len(self.parts)

    classes = (Point, Named, Mutable, Ordered, Identity, Described, Slotted, Plain, Nested)
    return {cls.__name__: cls for cls in classes}


STANDARD, OURS = make(dataclasses), make(records)


def outcome(action, classes):
    """What an action gives: its value, or the kind of error it raises."""
    try:
        return action(classes, records.replace if classes is OURS else dataclasses.replace)
    except (TypeError, AttributeError) as error:
        return TypeError if isinstance(error, TypeError) else AttributeError


BEHAVIOURS = {
    "defaults": lambda c, _: (c["Point"](1).y, c["Point"](1).tags),
    "by position": lambda c, _: (c["Point"](1, 2, ("a",)).tags, c["Point"](1, 2).sum),
    "by name": lambda c, _: c["Point"](y=2, x=1).x,
    "by inheritance": lambda c, _: (c["Named"](1).name, c["Named"](1, 2, (), "甲").name, c["Named"](3).sum),
    "repr": lambda c, _: repr(c["Point"](1)).rpartition(".")[2],
    "repr of a subclass": lambda c, _: repr(c["Named"](1)).rpartition(".")[2],
    "own repr": lambda c, _: repr(c["Described"](1)),
    "equal": lambda c, _: c["Point"](1) == c["Point"](1, 0),
    "unequal": lambda c, _: c["Point"](1) == c["Point"](2),
    "equal to another type": lambda c, _: (c["Point"](1) == (1, 0, ()), c["Point"](1) == c["Named"](1), c["Point"](1) != 3),
    "identity": lambda c, _: c["Identity"](1) == c["Identity"](1),
    "hash of frozen": lambda c, _: hash(c["Point"](1)) == hash(c["Point"](1)),
    "in a set": lambda c, _: len({c["Point"](1), c["Point"](1), c["Point"](2)}),
    "hash of mutable": lambda c, _: hash(c["Mutable"]()),
    "hash of identity": lambda c, _: len({c["Identity"](1), c["Identity"](1)}),
    "hash of unhashable content": lambda c, _: hash(c["Point"](1, 2, [])),
    "assign to frozen": lambda c, _: setattr(c["Point"](1), "x", 2),
    "delete of frozen": lambda c, _: delattr(c["Point"](1), "x"),
    "assign to mutable": lambda c, _: setattr(c["Mutable"](), "size", 9),
    "own list for each": lambda c, _: c["Mutable"]().items is c["Mutable"]().items,
    "post init": lambda c, _: c["Mutable"]([1, 2]).size,
    "init of what is set later": lambda c, _: c["Mutable"]([1], 3),
    "missing argument": lambda c, _: c["Point"](),
    "too many arguments": lambda c, _: c["Point"](1, 2, (), 4),
    "unknown argument": lambda c, _: c["Point"](1, z=2),
    "order": lambda c, _: (c["Ordered"](1) < c["Ordered"](2), c["Ordered"](1, "b") < c["Ordered"](1, "a"), min(c["Ordered"](2), c["Ordered"](1)).a),
    "order of another type": lambda c, _: c["Ordered"](1) < 2,
    "no order": lambda c, _: c["Point"](1) < c["Point"](2),
    "replace": lambda c, replace: (replace(c["Point"](1, 2), y=3).sum, replace(c["Named"](1), name="乙").name),
    "replace of what is set later": lambda c, replace: replace(c["Mutable"]([1]), items=[1, 2]).size,
    "replace of an unknown name": lambda c, replace: replace(c["Point"](1), z=3),
    "docstring": lambda c, _: c["Point"].__doc__,
    "deep copy": lambda c, _: copy.deepcopy(c["Mutable"]([1])).items,
    "match by name": lambda c, _: isinstance(c["Named"](1), c["Point"]),
}  # fmt: skip


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_like_the_standard_module(behaviour):
    expected = outcome(BEHAVIOURS[behaviour], STANDARD)
    assert outcome(BEHAVIOURS[behaviour], OURS) == expected


def described(record):
    """All that the standard module says of the fields."""
    return [
        (one.name, one.type, one.default is dataclasses.MISSING or one.default, one.default_factory, one.init)
        for one in dataclasses.fields(record)
    ]


def nested(classes):
    made = classes["Nested"](classes["Point"](1), (classes["Point"](2, 3),), {"甲": classes["Named"](4)})
    assert made.count == 1
    return made


def with_printed(classes):
    return pprint.pformat(classes["Point"](1)).rpartition(".")[2]


STANDARD_FUNCTIONS = {
    **{f"fields of {name}": lambda c, name=name: described(c[name]) for name in STANDARD},
    "fields of an instance": lambda c: described(c["Named"](1)),
    "is a dataclass": lambda c: [dataclasses.is_dataclass(one) for one in (c["Plain"], c["Nested"], c["Point"](1))],
    "asdict": lambda c: dataclasses.asdict(nested(c)),
    "asdict of what is set later": lambda c: dataclasses.asdict(c["Mutable"]([1, 2])),
    "asdict of a plain subclass": lambda c: dataclasses.asdict(c["Plain"](1)),
    "astuple": lambda c: dataclasses.astuple(nested(c)),
    "replace": lambda c: dataclasses.asdict(dataclasses.replace(nested(c), parts=())),
    "replace counts anew": lambda c: dataclasses.replace(nested(c), parts=()).count,
    "replace keeps the class": lambda c: type(dataclasses.replace(c["Plain"](1), name="乙")) is c["Plain"],
    "copy.replace": lambda c: getattr(copy, "replace", dataclasses.replace)(c["Named"](1), name="乙").name,
    "replace of slots": lambda c: dataclasses.replace(c["Slotted"](1), a=2).a,
    "replace of what is set later": lambda c: dataclasses.replace(c["Mutable"]([1]), size=3),
    "replace of what follows": lambda c: dataclasses.replace(c["Mutable"]([1]), items=[1, 2]).size,
    "replace of an unknown name": lambda c: dataclasses.replace(c["Point"](1), z=3),
    "flags": lambda c: [
        (flags.frozen, flags.eq, flags.order) for flags in (one.__dataclass_params__ for one in c.values())
    ],
    "pretty print": with_printed,
}  # fmt: skip


@pytest.mark.parametrize("function", STANDARD_FUNCTIONS)
def test_the_standard_module_takes_records_for_its_own(function):
    answers = []
    for classes in (STANDARD, OURS):
        try:
            answers.append(STANDARD_FUNCTIONS[function](classes))
        except (TypeError, ValueError) as error:
            answers.append(type(error))
    assert answers[0] == answers[1]


def test_a_standard_dataclass_may_inherit_from_a_record():
    @dataclasses.dataclass(frozen=True)
    class More(Sent):
        c: int = 3

    assert dataclasses.asdict(More(1)) == {"a": 1, "b": (), "c": 3}


def test_a_record_does_not_load_the_standard_module():
    """It takes longer to load than all records together take to be made."""
    program = (
        "import sys; before = set(sys.modules)\n"
        "import checker.model.findings\n"
        "sys.exit('dataclasses' in set(sys.modules) - before)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@records.dataclass(frozen=True)
class Sent:
    """At the top of a module, as pickling needs it."""

    a: int
    b: tuple[int, ...] = ()


def test_pickling():
    sent = pickle.dumps(Sent(1, (2, 3)))
    assert pickle.loads(sent) == Sent(1, (2, 3))  # noqa: S301  # bytes of the line above


def test_a_field_without_default_and_with_init_is_refused():
    with pytest.raises(TypeError):
        records.field()


def test_a_frozen_record_says_what_to_do():
    with pytest.raises(records.FrozenRecordError, match=r"use replace\(\)"):
        Sent(1).a = 2
