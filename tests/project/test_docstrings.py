"""What docstrings list is there: arguments of functions and classes, attributes of classes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "checker"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def listed(text: str, heading: str) -> Iterator[str]:
    """Names under `Args:` or `Attributes:`; one line may list several."""
    block = re.search(rf"^{heading}:\n((?: {{4}}.*\n?|\n)+)", text, re.MULTILINE)
    for names in re.findall(r"^ {4}(\w+(?:, \w+)*):", block[1], re.MULTILINE) if block else ():
        yield from names.split(", ")


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    given = function.args
    more = [one for one in (given.vararg, given.kwarg) if one]
    return {one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, *more)}


def attributes(node: ast.ClassDef) -> set[str]:
    """Fields, properties, and what methods set on `self`."""
    targets = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
    set_on_self = {
        one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute)
        and isinstance(one.ctx, ast.Store)
        and ast.unparse(one.value) == "self"
    }
    methods = {one.name for one in node.body if isinstance(one, FUNCTIONS)}
    return {one.id for one in targets if isinstance(one, ast.Name)} | set_on_self | methods


def strangers(node: ast.AST) -> set[str]:
    """Names that the docstring of a function or class lists and that it does not have."""
    if isinstance(node, FUNCTIONS):
        return {*listed(ast.get_docstring(node) or "", "Args")} - arguments(node)
    if not isinstance(node, ast.ClassDef):
        return set()
    text = ast.get_docstring(node) or ""
    made = [arguments(one) for one in node.body if isinstance(one, FUNCTIONS) and one.name == "__init__"]
    unknown = {*listed(text, "Args")} - made[0] if made else set()
    return unknown | ({*listed(text, "Attributes")} - attributes(node))


@pytest.mark.parametrize(
    "room", sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
)
def test_what_docstrings_list_is_there(room):
    wrong = {
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}": names
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (names := strangers(node))
    }
    assert wrong == {}, "these docstrings list arguments or attributes under names that they do not have"


MADE = """
    def __init__(self, made):
        self.kept = made
"""


@pytest.mark.parametrize(
    ("head", "heading", "names", "rest", "wrong"),
    [
        ("def f(a, *b):", "Args", "a, b", "", set()),
        ("def f(a):", "Args", "b", "", {"b"}),
        ("class C:", "Attributes", "a, b", "    a: int", {"b"}),
        ("class C:", "Attributes", "kept", MADE, set()),
        ("class C:", "Args", "kept", MADE, {"kept"}),
    ],
)
def test_a_stranger_is_found(head, heading, names, rest, wrong):
    source = f'{head}\n    """Text.\n\n    {heading}:\n        {names}: words.\n    """\n{rest}'
    assert strangers(ast.parse(source).body[0]) == wrong
