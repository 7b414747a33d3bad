"""Dataclasses that cost nothing until they are used.

The standard `dataclass` writes and compiles four to eight methods for every class while its module is being
imported: about 0.4 ms a class, which was the larger part of this program's start-up time. Here classes share
their methods, and only `__init__` is compiled, once there are more than a few instances.

What the program uses of the standard module works alike: defaults, `field(default_factory=…)`, inheritance,
`__post_init__`, `frozen`, `order`, `replace`, equality by type and fields, hashing of frozen records, pickling.
`slots` is accepted and does nothing. Type checkers know these classes by `dataclass_transform`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

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
    for name in getattr(cls, "__annotations__", {}):
        fields[name] = cls.__dict__.get(name, _REQUIRED)
        if isinstance(fields[name], _Default):
            delattr(cls, name)
    cls.__record_fields__ = fields
    cls.__init__ = _first_init(cls)
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


_FEW: Final = 20
"""Compiling an `__init__` takes 80 µs, which is what so many instances of a middling class take longer without it.

A run over one file makes fewer of most classes that it uses.
"""


def _first_init(cls: Any) -> Callable[..., None]:
    """An `__init__` that fills in the first instances, then compiles the class's own and puts it in its place."""
    fields = [(name, value) for name, value in cls.__record_fields__.items() if not _set_later(value)]
    names = [name for name, _ in fields]
    prepared = hasattr(cls, "__post_init__")
    made = 0

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        nonlocal made
        made += 1
        if made > _FEW or not _filled(self.__dict__, fields, names, args, kwargs):
            cls.__init__ = _compiled_init(cls)
            cls.__init__(self, *args, **kwargs)
        elif prepared:
            self.__post_init__()

    return init


def _filled(
    held: dict[str, Any],
    fields: list[tuple[str, Any]],
    names: list[str],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> bool:
    """Fill in the fields; False if the arguments do not fit, which the compiled `__init__` can tell best."""
    given = len(args)
    if given > len(names):
        return False
    held.update(zip(names, args, strict=False))
    used = 0
    for name, value in fields[given:]:
        if name in kwargs:
            held[name] = kwargs[name]
            used += 1
        elif value is _REQUIRED:
            return False
        elif isinstance(value, _Default):
            held[name] = value.factory() if value.factory else None
        else:
            held[name] = value
    return used == len(kwargs)


def _compiled_init(cls: Any) -> Callable[..., None]:
    """An `__init__` as one would write it by hand, except that it writes past a frozen record's guard.

    Plain assignment, where there is no guard, is twice as fast, and so is every later look at the fields.
    """
    names: dict[str, Any] = {}
    parameters = ["self"]
    guarded = cls.__setattr__ is not object.__setattr__
    body = ["held_ = self.__dict__"] if guarded else []
    for name, default in cls.__record_fields__.items():
        if _set_later(default):
            continue
        place = f"held_[{name!r}]" if guarded else f"self.{name}"
        if default is _REQUIRED:
            parameters.append(name)
            body.append(f"{place} = {name}")
        elif isinstance(default, _Default):
            names[f"make_{name}"], names["missing"] = default.factory, _REQUIRED
            parameters.append(f"{name}=missing")
            body.append(f"{place} = make_{name}() if {name} is missing else {name}")
        else:
            names[f"default_{name}"] = default
            parameters.append(f"{name}=default_{name}")
            body.append(f"{place} = {name}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(body or ["pass"]), names)  # noqa: S102  # names of fields only
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


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
    told = ", ".join(f"{name}={held.get(name)!r}" for name in self.__record_fields__)
    return f"{type(self).__qualname__}({told})"


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise FrozenRecordError(f"{type(self).__name__}.{name} is part of a frozen record; use replace()")


def replace(record: T, **changes: Any) -> T:
    """A copy of a record with some fields changed.

    Raises:
        TypeError: a name that is no field.
    """
    cls: Any = type(record)
    held = record.__dict__
    given = {name: held[name] for name, default in cls.__record_fields__.items() if not _set_later(default)}
    copy: T = cls(**{**given, **changes})
    return copy


def _set_later(default: Any) -> bool:
    return isinstance(default, _Default) and default.factory is None
