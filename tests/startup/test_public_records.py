"""Every record that callers of the program get answers the standard `dataclasses` module."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil

import pytest
from samples import DEPARTMENT_2024, write

import checker.api
import checker.model
from checker.api import check
from checker.startup import records


def public_records():
    """All records of the model and of the door to the program, by name."""
    names = [f"checker.model.{module.name}" for module in pkgutil.iter_modules(checker.model.__path__)]
    modules = [*map(importlib.import_module, names), checker.api]
    found = {
        value.__qualname__: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and hasattr(value, "__record_fields__")
    }
    assert len(found) > 40
    return found


RECORDS = public_records()


@pytest.mark.parametrize("name", RECORDS)
def test_fields_are_those_that_the_class_has(name):
    """The same names in the same order, with the same defaults, as its own `__init__` takes."""
    record = RECORDS[name]
    parameters = inspect.signature(records._own_init(record)).parameters  # noqa: SLF001  # what instances are made with
    fields = dataclasses.fields(record)

    assert dataclasses.is_dataclass(record)
    assert [field.name for field in fields] == list(record.__record_fields__)
    assert [field.name for field in fields if field.init] == list(parameters)[1:]
    for field in fields:
        has_default = (
            field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        )
        if field.init:
            assert has_default == (parameters[field.name].default is not inspect.Parameter.empty)


def instances(value, seen):
    """Every record within a value."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from instances(one, seen)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """What a check of one report with mistakes gives."""
    path = tmp_path_factory.mktemp("report") / "report.txt"
    path.write_bytes(write(DEPARTMENT_2024, "txt").replace("2025年1月".encode(), "2025年3月".encode()))
    return check(path)


def test_records_of_a_result_can_be_taken_apart_and_changed(result):
    kinds = {}
    for one in instances(result, {}):
        names = [field.name for field in dataclasses.fields(one)]
        assert list(dataclasses.asdict(one)) == names
        if type(one).__eq__ is not object.__eq__:
            assert dataclasses.replace(one) == one
        kinds[type(one).__name__] = one
    assert {"ReportResult", "Outcome", "Finding", "Form", "Paragraph"} <= set(kinds)

    outcome = dataclasses.replace(kinds["Outcome"], reason="缺表")
    assert (outcome.reason, outcome.rule) == ("缺表", kinds["Outcome"].rule)
