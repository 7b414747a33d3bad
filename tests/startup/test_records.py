"""Records: the first instances of a class, which nothing is compiled for, are like all later ones."""

from __future__ import annotations

import pytest

from checker.startup.records import FrozenRecordError, dataclass, field, replace

MANY = 3


def make_class():
    @dataclass(frozen=True)
    class Base:
        name: str
        size: int = 1

    @dataclass(frozen=True)
    class Record(Base):
        parts: list[str] = field(default_factory=list)
        doubled: int = field(init=False)

        def __post_init__(self) -> None:
            self.__dict__["doubled"] = 2 * self.size

    return Record


def test_all_instances_are_alike():
    record = make_class()
    made = [record("甲", size=3) for _ in range(MANY)]

    assert {(one.name, one.size, tuple(one.parts), one.doubled) for one in made} == {("甲", 3, (), 6)}
    assert all(one == made[-1] for one in made)
    assert len({id(one.parts) for one in made}) == MANY
    assert [replace(one, size=4).doubled for one in made] == [8] * MANY
    for one in (made[0], made[-1]):
        with pytest.raises(FrozenRecordError):
            one.name = "乙"


@pytest.mark.parametrize("earlier", [0, MANY])
@pytest.mark.parametrize(
    ("args", "kwargs", "words"),
    [
        ((), {}, "missing 1 required positional argument: 'name'"),
        (("甲", 1, [], 2), {}, "takes from 2 to 4 positional arguments but 5 were given"),
        (("甲",), {"name": "乙"}, "multiple values for argument 'name'"),
        (("甲",), {"colour": 1}, "unexpected keyword argument 'colour'"),
        (("甲",), {"doubled": 1}, "unexpected keyword argument 'doubled'"),
    ],
    ids=["missing", "too many", "twice", "unknown", "set later"],
)
def test_wrong_arguments(earlier, args, kwargs, words):
    record = make_class()
    for _ in range(earlier):
        record("甲")

    with pytest.raises(TypeError, match=words):
        record(*args, **kwargs)
