"""Settings of a run: what the command line says, else `.checker.yaml`, else the defaults.

The file is looked for beside the one file that is checked, in each folder above what is checked, up to the root,
and in the current folder; one that lies inside what is checked is not followed. The nearest one counts, alone:
files are never merged. Paths in it are relative to its own folder. A setting given on the
command line replaces the whole setting of the file, also where it is a list.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checker.judging.rules import Rulebook
from checker.model.errors import Fault, UsageError, system_words
from checker.model.vocabulary import Vocabulary
from checker.rulebook.schema.parts import terms_of, with_words, word
from checker.startup.ordinary_files import read_ordinary
from checker.startup.records import dataclass, field, replace

if TYPE_CHECKING:
    from checker.rulebook.load.strict_yaml import YamlFile

CONFIG_NAME: Final = ".checker.yaml"
AUTO: Final = "auto"
NEVER: Final = "never"
ORIGIN_DEFAULT: Final = "默认"
ORIGIN_COMMAND_LINE: Final = "命令行"

_STDIN: Final = "-"
_FILES: Final = {"exceptions": "例外清单", "renames": "更名清单", "units": "单位清单"}
"""Settings that name one file, and what it is."""
_WORDS: Final = {"level": ("level", AUTO), "tier": ("tier", AUTO), "fail_on": ("severity", NEVER)}
"""Settings that take words of the vocabulary: their format, and what else they take."""
_WILDCARDS: Final = frozenset("*?[")
_TEXT: Final = {"type": "string", "minLength": 1}
_TEXTS: Final = {"type": "array", "items": _TEXT}


def _word_or(format_name: str, other: str, description: str) -> dict[str, Any]:
    return {"anyOf": [word(format_name, description), {"const": other}], "description": description}


SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": CONFIG_NAME,
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "profile": {**_TEXT, "description": "规则集，如 national"},
        "level": _word_or("level", AUTO, "机关类别；auto 由标题判断"),
        "tier": _word_or("tier", AUTO, "行政级别；auto 由标题判断"),
        "form": {**_TEXT, "description": "按哪个格式读表；auto 自动识别"},
        "rules": {**_TEXTS, "description": "另加的规则文件夹，相对于本文件"},
        "severity": {
            "type": "object",
            "additionalProperties": word("grade", "级别"),
            "description": "改变规则的级别，如 {T3-02: warning}；off 为停用",
        },
        "select": {**_TEXTS, "description": "只用这些规则：编号、编号的开头或组的名称"},
        "ignore": {**_TEXTS, "description": "不用这些规则：编号、编号的开头或组的名称"},
        "fail_on": _word_or("severity", NEVER, "出现哪一级问题时退出码为 1；never 为从不"),
        "max_warnings": {"type": "integer", "minimum": 0, "description": "警告多于这个数时退出码也为 1"},
        "exceptions": {**_TEXT, "description": "例外清单，相对于本文件"},
        "previous": {**_TEXTS, "description": "往年报告的文件夹或文件，相对于本文件；只用来对照"},
        "renames": {**_TEXT, "description": "更名清单，相对于本文件"},
        "units": {**_TEXT, "description": "单位清单，相对于本文件"},
        "paths": {**_TEXTS, "minItems": 1, "description": "不写路径时检查什么，相对于本文件"},
        "as_of": {"type": "string", "format": "date", "description": "用哪一天的规则，如 2021-12-31"},
    },
}
"""The shape of `.checker.yaml`."""


def published_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema for editors, with the words that a vocabulary has."""
    schema: dict[str, Any] = with_words(SCHEMA, vocabulary)
    return schema


@dataclass(frozen=True)
class Settings:
    """What holds for a run.

    Attributes:
        profile: name of the profile.
        level, tier, form: what is known about the reports, `auto` to recognise it.
        rules: folders or files with more rules.
        severity: other severities (`off` to switch off) by rule id.
        select, ignore: rule ids or their beginnings.
        fail_on: the mildest severity that counts as failure, or `never`.
        max_warnings: more warnings than that are a failure as well, None if their number does not matter.
        exceptions: the exceptions file, if any.
        previous: files and folders with reports of earlier years.
        renames: the file with former names, if any.
        units: the list of units, if any.
        paths: what to check where the command line names nothing.
        as_of: use the rules in force on that day, None for the newest.
        origins: where each setting comes from: 默认, 命令行, or `.checker.yaml:3`; those of single severities
            under `severity.<rule id>`.
    """

    profile: str = "national"
    level: str = AUTO
    tier: str = AUTO
    form: str = AUTO
    rules: tuple[Path, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    max_warnings: int | None = None
    exceptions: Path | None = None
    previous: tuple[str, ...] = ()
    renames: Path | None = None
    units: Path | None = None
    paths: tuple[str, ...] = ()
    as_of: date | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    def origin(self, name: str) -> str:
        """Where a setting comes from."""
        return self.origins.get(name, ORIGIN_DEFAULT)


@dataclass(frozen=True)
class ConfigFile:
    """A configuration file whose shape is right.

    Attributes:
        yaml: its contents, under the name used in messages.
        folder: what paths in it are relative to.
    """

    yaml: YamlFile
    folder: Path

    def origin(self, *path: str) -> str:
        """`.checker.yaml:3` for the key at a path."""
        return f"{self.yaml.name}:{self.yaml.keys[path][0]}"

    def check_names(self, rulebook: Rulebook) -> None:
        """Refuse rules, forms and words that do not exist.

        Args:
            rulebook: all rules of the profile, and what things are called.

        Raises:
            UsageError: with every fault.
        """
        _refuse(list(self._unknown_names(rulebook)))

    def _unknown_names(self, rulebook: Rulebook) -> Iterator[Fault]:
        from checker.rulebook.load.sentences import did_you_mean  # noqa: PLC0415  # only where there is a file
        from checker.rulebook.load.validate import Names, validate  # noqa: PLC0415  # likewise

        data: Mapping[str, Any] = self.yaml.data or {}
        if data:
            yield from validate(self.yaml, SCHEMA, Names(vocabulary=rulebook.vocabulary))
        for rule in data.get("severity", ()):
            if rule not in rulebook.rules:
                text = f"没有规则“{rule}”{did_you_mean(rule, rulebook.rules)}"
                yield self.yaml.fault(("severity", rule), text, at_key=True)
        groups = dict.fromkeys(rule.rpartition("-")[0] for rule in rulebook.rules)
        for key in ("select", "ignore"):
            for index, name in enumerate(data.get(key, ())):
                if not rulebook.rules_named(name):
                    near = did_you_mean(name, rulebook.rules if "-" in name else groups)
                    yield self.yaml.fault((key, index), f"没有编号以“{name}”开头的规则{near}")
        form = data.get("form", AUTO)
        if form != AUTO and form not in rulebook.forms:
            yield self.yaml.fault(("form",), f"没有格式“{form}”{did_you_mean(form, (AUTO, *rulebook.forms))}")


@dataclass(frozen=True)
class FoundConfig:
    """The configuration that counts for some paths.

    Attributes:
        config: the file that is followed, None if none is.
        source: where it stands: `given`, `current` folder, `beside` the report, or `above`.
        ignored: files that came with what is checked, which is why they are not followed.
    """

    config: ConfigFile | None = None
    source: str | None = None
    ignored: tuple[str, ...] = ()


def find_config(paths: Sequence[str]) -> FoundConfig:
    """Look for the configuration that counts for some paths.

    What is checked may come from anybody, so a file inside it must not say how it is checked: one in a folder that
    is given as a path, or beside one of several files, is not followed. The nearest of the others is.

    Args:
        paths: paths as on the command line; the search begins at the first one.

    Raises:
        UsageError: the file that counts cannot be read or has faults.
    """
    current = Path(os.path.abspath(""))  # noqa: PTH100  # links stay as written
    starts = [Path(os.path.abspath(_start(path))) for path in paths] or [current]  # noqa: PTH100  # likewise
    start, alone = starts[0], len(paths) == 1 and Path(paths[0]).is_file()
    checked = [os.path.realpath(path) for path in paths if Path(path).is_dir()]
    beside = () if alone else starts
    ignored: dict[str, None] = {}
    followed = None
    for folder in dict.fromkeys((start, *start.parents, current, *starts)):
        if not _has_config(folder):
            continue
        name = Path(_relative(folder)) / CONFIG_NAME
        if folder != current and (folder in beside or _is_inside(folder, checked)):
            ignored[name.as_posix()] = None
        elif followed is None:
            source = "current" if folder == current else "beside" if folder == start else "above"
            followed = name, source
    if followed is None:
        return FoundConfig(ignored=(*ignored,))
    return FoundConfig(read_config(followed[0]), followed[1], (*ignored,))


def _is_inside(folder: Path, checked: Sequence[str]) -> bool:
    """Whether a folder is one of those that are checked, or lies below one, whatever links lead there."""
    real = Path(os.path.realpath(folder))
    return any(real.is_relative_to(one) for one in checked)


def _has_config(folder: Path) -> bool:
    """Whether anything has that name, be it a link that leads nowhere; in a folder closed to us nothing has."""
    return os.path.lexists(folder / CONFIG_NAME)


def _start(given: str) -> Path:
    """The folder in which the search begins for a path of the command line."""
    if given == _STDIN:
        return Path()
    path = Path(given)
    if path.is_dir():
        return path
    while not path.exists() and _WILDCARDS & set(str(path)):
        path = path.parent
    return path if path.is_dir() else path.parent


def _relative(folder: Path) -> str:
    """The folder as seen from the current one, which is how people write it."""
    try:
        return os.path.relpath(folder)
    except ValueError:  # another drive
        return str(folder)


def read_config(path: Path) -> ConfigFile:
    """Read and check a configuration file.

    Args:
        path: the file.

    Raises:
        UsageError: it cannot be read, or has faults; all of them are listed, with line and column.
    """
    from checker.rulebook.load.strict_yaml import load_yaml  # noqa: PLC0415  # only where there is a file
    from checker.rulebook.load.validate import Names, validate  # noqa: PLC0415  # likewise

    try:
        text = read_ordinary(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"配置文件“{path}”不是 UTF-8 编码，请在编辑器里另存为 UTF-8。") from None
    except OSError as error:
        raise UsageError(f"配置文件“{path}”打不开（{system_words(error)}）。请检查路径和权限。") from None
    file, faults = load_yaml(text, path.as_posix())
    if file.data is not None:
        faults = [*faults, *validate(file, SCHEMA, Names())]
    _refuse(faults)
    config = ConfigFile(file, path.parent)
    _refuse(list(_missing_files(config)))
    return config


def _missing_files(config: ConfigFile) -> Iterator[Fault]:
    """Folders and files that the configuration names and that do not exist."""
    data: Mapping[str, Any] = config.yaml.data or {}
    for index, name in enumerate(data.get("rules", ())):
        if not (config.folder / name).exists():
            yield config.yaml.fault(
                ("rules", index), f"规则文件夹“{name}”不存在（相对于 {config.yaml.name}）"
            )
    for key, title in _FILES.items():
        name = data.get(key)
        if name and not (config.folder / name).is_file():
            yield config.yaml.fault((key,), f"{title}“{name}”不存在（相对于 {config.yaml.name}）")


def _refuse(faults: list[Fault]) -> None:
    if faults:
        lines = "".join(
            f"\n  {fault}" for fault in sorted(faults, key=lambda f: (f.line or 0, f.column or 0))
        )
        raise UsageError(f"配置文件有 {len(faults)} 处错误，未开始检查：{lines}")


def settings_of(config: ConfigFile | None, given: Mapping[str, Any]) -> Settings:
    """What holds: the command line before the file before the defaults.

    Args:
        config: the configuration file, None if there is none.
        given: settings of the command line by name, only those that were given.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if config is not None:
        for name, value in (config.yaml.data or {}).items():
            values[name] = _typed(name, value, config.folder)
            origins[name] = config.origin(name)
        for rule in values.get("severity", ()):
            origins[f"severity.{rule}"] = config.origin("severity", rule)
    values.update(given)
    origins.update(dict.fromkeys(given, ORIGIN_COMMAND_LINE))
    return Settings(**values, origins=origins)


def in_keys(settings: Settings, vocabulary: Vocabulary) -> Settings:
    """The settings with keys in the place of words.

    Args:
        settings: those of the file have been checked.
        vocabulary: what levels, tiers and severities are called.

    Raises:
        UsageError: a word on the command line that the vocabulary does not have.
    """
    keys: dict[str, Any] = {}
    for name, (format_name, other) in _WORDS.items():
        terms, value = terms_of(format_name, vocabulary), getattr(settings, name)
        keys[name] = other if value == other else terms.key(value)
        if keys[name] is None:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} 的值不对：没有“{value}”；可用 {other}、{terms.listing()}。")
    severity = {rule: vocabulary.severities.key(grade) for rule, grade in settings.severity.items()}
    return replace(settings, **keys, severity=severity)


def _typed(name: str, value: Any, folder: Path) -> Any:
    """A value of the file as `Settings` holds it."""
    if name == "as_of":
        return date.fromisoformat(value)
    if name == "rules":
        return tuple(folder / item for item in value)
    if name in ("paths", "previous"):
        return tuple(str(folder / item) for item in value)
    if name in _FILES:
        return folder / value
    return tuple(value) if isinstance(value, list) else value
