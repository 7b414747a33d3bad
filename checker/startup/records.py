"""Dataclasses that cost nothing until they are used.

The standard `dataclass` writes and compiles four to eight methods for every class while its module is being
imported: about 0.4 ms a class, which was the larger part of this program's start-up time. Here classes share
their methods, and only `__init__` is a class's own, made when there is a first instance.

What the program uses of the standard module works alike: defaults, `field(default_factory=…)`, inheritance,
`__post_init__`, `frozen`, `order`, `replace`, equality by type and fields, hashing of frozen records, pickling.
`slots` is accepted and does nothing. Type checkers know these classes by `dataclass_transform`; the standard
module takes them for its own (`fields`, `asdict`, `replace`, `is_dataclass`), and is loaded only if it is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_kwargs: Any) -> Callable[[Any], Any]:
        """What `typing.dataclass_transform` of Python 3.11 does at run time: nothing."""
        return lambda decorated: decorated


T = TypeVar("T")


class FrozenRecordError(AttributeError):
    """Assignment to a field of a frozen record."""


class _Default:
    """How a field gets its value when none is given; `factory` None leaves it to `__post_init__`."""

    def __init__(self, factory: Callable[[], Any] | None) -> None:
        self.factory = factory


def field(*, default_factory: Callable[[], Any] | None = None, init: bool = True) -> Any:
    """A field whose default is made for each instance, or that takes no part in `__init__`.

    Args:
        default_factory: makes the default.
        init: False for a field that `__post_init__` sets.
    """
    if init and default_factory is None:
        raise TypeError("a field needs a default_factory or init=False")
    return _Default(default_factory if init else None)


@overload
@dataclass_transform(field_specifiers=(field,))
def dataclass(cls: type[T], /) -> type[T]: ...


@overload
@dataclass_transform(field_specifiers=(field,))
def dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False
) -> Callable[[type[T]], type[T]]: ...


def dataclass(
    cls: type[T] | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,  # noqa: ARG001  # accepted, so that the standard decorator can take its place
    eq: bool = True,
    order: bool = False,
) -> Any:
    """Make a record of a class with annotated fields.

    Args:
        cls: the class.
        frozen: assigning to a field raises `FrozenRecordError`; instances can be hashed.
        slots: no effect.
        eq: instances are equal if their types and fields are; False leaves identity.
        order: instances compare field by field, in the order of the fields.
    """
    if cls is None:
        return lambda decorated: _record(decorated, frozen=frozen, eq=eq, order=order)
    return _record(cls, frozen=frozen, eq=eq, order=order)


def _record(cls: Any, *, frozen: bool, eq: bool, order: bool) -> Any:
    fields: dict[str, Any] = dict(getattr(cls, "__record_fields__", {}))
    for name in _annotations(cls):
        fields[name] = cls.__dict__.get(name, _REQUIRED)
        if isinstance(fields[name], _Default):
            delattr(cls, name)
    cls.__record_fields__ = fields
    cls.__dataclass_fields__ = _FIELDS
    cls.__dataclass_params__ = _PARAMS
    cls.__replace__ = replace  # for `copy.replace` of Python 3.13
    cls.__init__ = _first_init  # replaced by its own when the first instance is made
    if eq:
        cls.__eq__ = _equal
        cls.__hash__ = _hash if frozen else None
    if "__repr__" not in cls.__dict__:
        cls.__repr__ = _describe
    if frozen:
        cls.__setattr__ = _refuse
        cls.__delattr__ = _refuse
    if order:
        cls.__lt__ = _less
    return cls


_REQUIRED = object()


class _Standard:
    """What the standard module keeps with a class, found out when something asks for it.

    A class of the same fields, made by that module, is asked in turn; the answers stay with the record.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, record: Any, cls: Any) -> Any:
        twin = _twin(cls)
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(cls, name, getattr(twin, name))
        return getattr(twin, self._name)


_FIELDS = _Standard("__dataclass_fields__")
_PARAMS = _Standard("__dataclass_params__")


def _twin(cls: Any) -> Any:
    import dataclasses  # noqa: PLC0415  # it takes longer to load than all records take to be made

    fields: list[tuple[str, Any, Any]] = []
    types = {name: kind for base in cls.__mro__[::-1] for name, kind in _annotations(base).items()}
    for name, value in cls.__record_fields__.items():
        if value is _REQUIRED:
            own = dataclasses.field()
        elif not isinstance(value, _Default):
            own = dataclasses.field(default=value)
        elif value.factory is None:
            own = dataclasses.field(init=False)
        else:
            own = dataclasses.field(default_factory=value.factory)
        fields.append((name, types[name], own))
    return dataclasses.make_dataclass(
        cls.__name__,
        fields,
        eq=cls.__eq__ is _equal,
        order=getattr(cls, "__lt__", None) is _less,
        frozen=cls.__setattr__ is _refuse,
    )


def _annotations(cls: Any) -> dict[str, Any]:
    annotations: dict[str, Any] = getattr(cls, "__annotations__", {})
    return annotations


def _first_init(self: Any, *args: Any, **kwargs: Any) -> None:
    """Make the `__init__` of the class that this one was called for, put it in its place, and go on there."""
    cls: Any = next(base for base in type(self).__mro__ if base.__dict__.get("__init__") is _first_init)
    cls.__init__ = _own_init(cls)
    cls.__init__(self, *args, **kwargs)


def _own_init(cls: Any) -> Callable[..., None]:
    """An `__init__` as one would write it by hand, except that it writes past a frozen record's guard.

    It is compiled once for all classes of the same shape: compiling takes 80 µs, putting in other names two.
    """
    fields = [(name, value) for name, value in cls.__record_fields__.items() if not _set_later(value)]
    defaults = [
        _REQUIRED if isinstance(value, _Default) else value for _, value in fields if value is not _REQUIRED
    ]
    if any(value is _REQUIRED for _, value in fields[len(fields) - len(defaults) :]):
        raise TypeError(f"{cls.__qualname__}: a field without default follows one with a default")
    shape = _shape(
        tuple(isinstance(value, _Default) for _, value in fields),
        guarded=cls.__setattr__ is not object.__setattr__,
        prepared=hasattr(cls, "__post_init__"),
    )
    own = {_place(index): name for index, (name, _) in enumerate(fields)}
    code = shape.replace(
        co_varnames=tuple(own.get(name, name) for name in shape.co_varnames),
        co_names=tuple(own.get(name, name) for name in shape.co_names),
        co_consts=tuple(
            own.get(value, value) if isinstance(value, str) else value for value in shape.co_consts
        ),
    )
    needed = {
        f"make{index}": value.factory
        for index, (_, value) in enumerate(fields)
        if isinstance(value, _Default)
    }
    init = FunctionType(code, {"missing": _REQUIRED, **needed}, "__init__", tuple(defaults))
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _place(index: int) -> str:
    """What a field is called in a shape."""
    return f"_{index}_"


@cache
def _shape(made: tuple[bool, ...], *, guarded: bool, prepared: bool) -> CodeType:
    """The code of an `__init__` whose fields have no names of their own yet.

    Args:
        made: for each field whether a default is made for each instance.
        guarded: assigning to a field would be refused. Where it is not, plain assignment is twice as fast, and
            so is every later look at the fields.
        prepared: whether there is a `__post_init__`.
    """
    names = [_place(index) for index in range(len(made))]
    body = ["held_ = self.__dict__"] if guarded else []
    for index, name in enumerate(names):
        value = f"make{index}() if {name} is missing else {name}" if made[index] else name
        body.append(f"held_[{name!r}] = {value}" if guarded else f"self.{name} = {value}")
    if prepared:
        body.append("self.__post_init__()")
    namespace: dict[str, Any] = {}
    exec(f"def __init__({', '.join(('self', *names))}):\n " + "\n ".join(body or ["pass"]), namespace)  # noqa: S102  # nothing comes from outside
    code: CodeType = namespace["__init__"].__code__
    return code


def _values(record: Any) -> tuple[Any, ...]:
    held = record.__dict__
    return tuple(held[name] for name in record.__record_fields__)


def _equal(self: Any, other: object) -> bool:
    if self is other:
        return True
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash((type(self), _values(self)))


def _less(self: Any, other: Any) -> bool:
    return _values(self) < _values(other) if type(other) is type(self) else NotImplemented


def _describe(self: Any) -> str:
    held = self.__dict__
    values = ", ".join(f"{name}={held.get(name)!r}" for name in self.__record_fields__)
    return f"{type(self).__qualname__}({values})"


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise FrozenRecordError(f"{type(self).__name__}.{name} is part of a frozen record; use replace()")


def replace(record: T, **changes: Any) -> T:
    """A copy of a record with some fields changed.

    Raises:
        TypeError: a name that is no field.
    """
    cls: Any = type(record)
    held = record.__dict__
    given = {name: held[name] for name in _given(cls)}
    given.update(changes)
    copy: T = cls(**given)
    return copy


@cache
def _given(cls: Any) -> tuple[str, ...]:
    """The fields that `__init__` takes."""
    return tuple(name for name, default in cls.__record_fields__.items() if not _set_later(default))


def _set_later(default: Any) -> bool:
    return isinstance(default, _Default) and default.factory is None
