"""The files in which a user declares bodies: renames (YAML) and units (YAML or a spreadsheet)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from checker.model.bodies import Rename, Unit
from checker.model.errors import Fault, UsageError
from checker.model.text import label_key
from checker.model.vocabulary import NO_VOCABULARY, Vocabulary
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import YamlFile, load_yaml
from checker.rulebook.load.validate import Names, validate
from checker.rulebook.schema.parts import TEXT, TEXTS, object_schema, word
from checker.settings.sheets import day_in, file_bytes, refuse, sheet_rows

_COLUMNS: Final[Mapping[str, str]] = {
    "unit": "unit", "单位": "unit", "单位名称": "unit", "名称": "unit",
    "parent": "parent", "上级": "parent", "上级单位": "parent", "所属": "parent", "汇总到": "parent",
    "level": "level", "类别": "level", "机关类别": "level",
    "tier": "tier", "层级": "tier", "级别": "tier", "行政级别": "tier",
    "aliases": "aliases", "别名": "aliases", "又名": "aliases",
    "due": "due", "到期日": "due", "期限": "due", "截止日期": "due",
    "exempt": "exempt", "免报": "exempt", "免报原因": "exempt",
    "joint": "joint", "合并公布": "joint", "合并报告": "joint",
    "same_as": "same_as", "一套班子": "same_as", "合署": "same_as",
}  # fmt: skip
"""Headings of a spreadsheet with units."""
_NAME_COLUMN: Final = "unit"
_UNITS: Final = "单位清单"
_YES: Final = frozenset(("是", "有", "√", "y", "yes", "true", "1"))
_NO: Final = frozenset(("", "否", "无", "×", "n", "no", "false", "0"))
_NO_REASON: Final = "清单写明免报"
_SEPARATORS: Final = "、，,；;\n"
_YEAR: Final = {"type": "integer", "minimum": 2008, "maximum": 2100}

RENAMES_SCHEMA: Final = object_schema(
    ("renames",),
    {
        "renames": {
            "type": "array",
            "items": object_schema(
                ("old", "new"),
                {"old": TEXT, "new": TEXT, "year": {**_YEAR, "description": "从哪一年度的报告起用新名称"}},
            ),
        }
    },
)
UNITS_SCHEMA: Final = object_schema(
    ("units",),
    {
        "units": {
            "type": "array",
            "minItems": 1,
            "items": object_schema(
                ("unit",),
                {
                    "unit": {**TEXT, "description": "单位全称"},
                    "parent": {**TEXT, "description": "数据汇总到哪个单位；最上面的不写"},
                    "level": word("level", "机关类别"),
                    "tier": word("tier", "行政级别"),
                    "aliases": {**TEXTS, "description": "报告里可能用的其他名称"},
                    "due": {**TEXT, "description": "报告到期日，如 2025-01-31；不写按规则"},
                    "exempt": {"type": ["string", "boolean"], "description": "免报的原因，如撤并；或 true"},
                    "joint": {"type": "boolean", "description": "与上级合并公布一份报告"},
                    "same_as": {**TEXT, "description": "与哪个单位是一套班子，报告可以相同"},
                },
                # What an office adds is headed in Chinese; an unknown key in Latin letters is a slip.
                patternProperties={"[^\\x00-\\x7f]": {"type": ["string", "number", "boolean", "null"]}},
            ),
        }
    },
)


def load_renames(path: Path) -> tuple[Rename, ...]:
    """Read a file of renames.

    Raises:
        UsageError: it cannot be read, or has faults; all of them are listed, with line and column.
    """
    file = _yaml(path, "更名清单", RENAMES_SCHEMA)
    renames = [Rename(entry["old"], entry["new"], entry.get("year")) for entry in file.data["renames"]]
    refuse("更名清单", list(_rename_faults(file, renames)))
    return tuple(renames)


def _rename_faults(file: YamlFile, renames: Sequence[Rename]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, rename in enumerate(renames):
        path = ("renames", index, "old")
        key = label_key(rename.old)
        if key == label_key(rename.new):
            yield file.fault(path, "新旧名称相同")
        if key in first:
            yield file.fault(path, f"“{rename.old}”写了两次（第一次是第 {first[key]} 条）")
        first.setdefault(key, index + 1)


def load_units(path: Path, vocabulary: Vocabulary) -> tuple[Unit, ...]:
    """Read a list of units: YAML, or the first table of a spreadsheet with headings such as 单位, 上级, 类别.

    Args:
        path: the file.
        vocabulary: what levels and tiers are called.

    Raises:
        UsageError: it cannot be read, or has faults; all of them are listed, with their place.
    """
    if path.suffix.lower() in (".yaml", ".yml"):
        file = _yaml(path, _UNITS, UNITS_SCHEMA, vocabulary)
        entries = [
            (entry, file.fault(("units", index), "")) for index, entry in enumerate(file.data["units"])
        ]
    else:
        entries = list(_sheet_entries(path, vocabulary))
    undated = [
        _at(place, f"看不懂到期日“{entry['due']}”，应写成 2025-01-31 这样")
        for entry, place in entries
        if "due" in entry and day_in(entry["due"]) is None
    ]
    refuse(_UNITS, undated)
    units = [_unit(entry, vocabulary) for entry, _ in entries]
    refuse(_UNITS, list(_unit_faults(units, [place for _, place in entries])))
    return tuple(units)


def _unit(entry: Mapping[str, Any], vocabulary: Vocabulary) -> Unit:
    return Unit(
        name=entry["unit"],
        parent=entry.get("parent"),
        level=vocabulary.levels.key(entry.get("level", "")),
        tier=vocabulary.tiers.key(entry.get("tier", "")),
        aliases=tuple(entry.get("aliases", ())),
        due=day_in(entry.get("due", "")),
        exempt=_why_exempt(entry.get("exempt")),
        joint=bool(entry.get("joint")),
        same_as=entry.get("same_as"),
        more=entry.get("more") or {key: _shown(value) for key, value in entry.items() if not key.isascii()},
    )


def _why_exempt(answer: object) -> str | None:
    """The reason, whatever way to say yes or no was chosen; None for a unit that must report."""
    text = _shown(answer)
    return None if text.lower() in _NO else _NO_REASON if text.lower() in _YES else text


def _shown(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _unit_faults(units: Sequence[Unit], places: Sequence[Fault]) -> Iterator[Fault]:
    """Names used twice, parents that are not listed, units that are their own ancestors."""
    names = {label_key(unit.name): unit for unit in units}
    seen: set[str] = set()
    for unit, place in zip(units, places, strict=True):
        key = label_key(unit.name)
        if key in seen:
            yield _at(place, f"“{unit.name}”写了两次")
        seen.add(key)
        if unit.same_as is not None and label_key(unit.same_as) not in names:
            near = did_you_mean(unit.same_as, [one.name for one in units])
            yield _at(place, f"一套班子的“{unit.same_as}”不在清单里{near}")
        if unit.parent is None:
            continue
        if label_key(unit.parent) not in names:
            yield _at(
                place,
                f"上级“{unit.parent}”不在清单里{did_you_mean(unit.parent, [one.name for one in units])}",
            )
        elif _is_own_ancestor(unit, names):
            yield _at(place, f"“{unit.name}”的上级绕回了它自己")


def _is_own_ancestor(unit: Unit, names: Mapping[str, Unit]) -> bool:
    passed: set[str] = set()
    parent = unit.parent
    while parent is not None and label_key(parent) in names and label_key(parent) not in passed:
        passed.add(label_key(parent))
        parent = names[label_key(parent)].parent
    return label_key(unit.name) in passed


def _sheet_entries(path: Path, vocabulary: Vocabulary) -> Iterator[tuple[dict[str, Any], Fault]]:
    """The rows of the first table that has a heading for names, each with its place."""
    faults: list[Fault] = []
    for row in sheet_rows(path, _UNITS, _COLUMNS, (_NAME_COLUMN,), "单位、上级、类别、层级"):
        entry: dict[str, Any] = dict(row.known)
        if _NAME_COLUMN not in entry:
            continue
        place = Fault(path.as_posix(), row.line, 1, "")
        for key, terms in (("level", vocabulary.levels), ("tier", vocabulary.tiers)):
            if key in entry and terms.key(entry[key]) is None:
                faults.append(_at(place, f"看不懂“{entry[key]}”{did_you_mean(entry[key], terms.accepted())}"))
        if "aliases" in entry:
            entry["aliases"] = _split(entry["aliases"])
        if entry.get("joint", "").lower() not in _YES | _NO:
            faults.append(_at(place, f"“合并公布”只能写“是”或不写，现在是“{entry['joint']}”"))
        yield {**entry, "joint": entry.get("joint", "").lower() in _YES, "more": row.more}, place
    refuse(_UNITS, faults)


def _split(text: str) -> list[str]:
    for separator in _SEPARATORS[1:]:
        text = text.replace(separator, _SEPARATORS[0])
    return [part.strip() for part in text.split(_SEPARATORS[0]) if part.strip()]


def _at(place: Fault, text: str) -> Fault:
    return Fault(place.file, place.line, place.column, text)


def _yaml(
    path: Path, what: str, schema: Mapping[str, Any], vocabulary: Vocabulary = NO_VOCABULARY
) -> YamlFile:
    try:
        text = file_bytes(path, what).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{what}“{path}”不是 UTF-8 编码，请在编辑器里另存为 UTF-8。") from None
    file, faults = load_yaml(text, path.as_posix())
    if file.data is None and not faults:
        faults = [Fault(path.as_posix(), 1, 1, "文件是空的")]
    refuse(what, faults or validate(file, schema, Names(vocabulary=vocabulary)))
    return file
