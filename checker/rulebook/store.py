"""Where rule files are, and which compiled rulebook is used.

Compiling takes about a second, so it is done beforehand: the built-in rules of every profile are compiled
when the wheel is built and lie in it as plain JSON, trusted as the code beside them is. In a checkout, and with
rules of others, a rulebook is compiled when it is first used and kept (`checker.rulebook.kept`) under a digest
of what tells whether a rule file or the compiler has changed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from checker.judging.rules import Rulebook
from checker.model.errors import Fault, RulebookError, UsageError
from checker.rulebook.build import rulebook_from_data
from checker.rulebook.folders import SUFFIXES, FolderError, yaml_files
from checker.rulebook.kept import keep, read_kept
from checker.rulebook.schema.parts import PROFILE_NAME
from checker.startup.bounded import Bounded
from checker.startup.digests import sha256_of
from checker.startup.ordinary_files import read_ordinary
from checker.startup.records import dataclass
from checker.startup.version import __version__

Prove = Callable[[Rulebook, Sequence[Path]], Sequence[Fault]]
"""Says what is wrong with rules of others, given the rulebook and the folders or files that they come from."""

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_SHIPPED: Final = _PACKAGE / "rules" / "compiled"
"""Where the build puts the built-in rules of every profile, compiled; a checkout has none."""
_ROOMS: Final = ("judging", "kinds", "model", "patterns", "rulebook", "understand")
"""Where code lives on which compiled rules depend."""
BUILTIN: Final = "rules/"
"""How the names of built-in files begin in messages."""
_DEFAULT_PROFILE: Final = "national"
_VOCABULARY: Final = "vocabulary.yaml"
_MAX_BYTES: Final = 1_000_000
_loaded: Final[Bounded[tuple[str, date | None], Rulebook]] = Bounded(8)
"""Rulebooks of the built-in rules alone that this process has loaded, by profile or name and by day.

Their files, the mark of the program and the rules in the name, tell that nothing has changed since. A program that
checks many reports uses one or two."""


def builtin_rules() -> Path:
    """Folder of the built-in rules: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "rules"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


def load_rulebook(
    extra: Sequence[Path] = (),
    *,
    profile: str = _DEFAULT_PROFILE,
    builtin: bool = True,
    as_of: date | None = None,
    prove: Prove | None = None,
) -> Rulebook:
    """The rulebook of the built-in rules and the given folders or files.

    Args:
        extra: folders or files with more rules; the same id replaces.
        profile: which profile to use.
        builtin: whether the built-in rules take part.
        as_of: use the rules in force on that day, None for the newest.
        prove: is asked about the rules in `extra` when they are compiled; see `checker.workbench.proof`. The
            built-in ones are proved when they are built.

    Raises:
        UsageError: a folder does not exist or holds no rule file.
        RulebookError: faults in rule files, all of them.
    """
    named = re.fullmatch(PROFILE_NAME, profile) is not None  # else no file is, and compiling says so
    own = builtin and not extra
    if named and own:
        shipped = _loaded.get((profile, as_of)) or _built(_read_shipped(profile), as_of)
        if shipped:
            _loaded[profile, as_of] = shipped
            return shipped
    read = read_rule_files(extra, builtin=False) if extra or not builtin else RuleFiles({}, {})
    others = read.contents
    proved = b"proved" if prove and extra else b""
    mark = sha256_of(_program_mark(builtin=builtin) + proved + _contents(others))[:32]
    name = f"rulebook-{mark}-{profile}.json"
    kept = (own and _loaded.get((name, as_of))) or (named and _built(read_kept(name), as_of))
    if kept and own:
        _loaded[name, as_of] = kept
    if kept:
        return kept
    from checker.rulebook.compile import compile_rulebook  # noqa: PLC0415  # only when rule files changed

    files = {**rule_files(builtin=builtin), **others}
    texts, faults = read_rules(files)
    compiled = _with_digest(compile_rulebook(texts, profile, faults=faults, packs=read.packs), files)
    if prove and extra:
        dead = prove(rulebook_from_data(compiled), extra)
        if dead:
            raise RulebookError(list(dead))
    keep(name, compiled)
    return rulebook_from_data(compiled, as_of)


def compiled_profiles() -> Iterator[tuple[str, dict[str, Any]]]:
    """The built-in rules of every profile, compiled, by name of the profile; what a wheel ships.

    Raises:
        RulebookError: faults in rule files.
    """
    from checker.rulebook.compile import Compiler  # noqa: PLC0415  # only when a wheel is built

    files = rule_files()
    compiler = Compiler(decode_rules(files))
    for profile in compiler.files.sources.profile_titles():
        yield profile, _with_digest(compiler.compiled(profile), files)


def shipped_files() -> Iterator[tuple[str, bytes]]:
    """The files that a wheel ships of the built-in rules, compiled, by name.

    That of the default profile is whole. The others, nearly the same, have what differs from it: a rule that is
    the same stands as its id.

    Raises:
        RulebookError: faults in rule files.
    """
    profiles = dict(compiled_profiles())
    whole = profiles[_DEFAULT_PROFILE]
    same = {rule["id"]: rule for rule in whole["rules"]}
    for profile, compiled in profiles.items():
        data = compiled
        if profile != _DEFAULT_PROFILE:
            rules = [rule["id"] if same.get(rule["id"]) == rule else rule for rule in compiled["rules"]]
            data = {key: value for key, value in compiled.items() if value != whole[key]} | {"rules": rules}
        yield f"{profile}.json", json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def profile_titles() -> dict[str, str]:
    """What the built-in profiles are called, by name, the default one first."""
    shipped = sorted(path.stem for path in _SHIPPED.glob("*.json"))
    if not shipped:
        from checker.rulebook.load.sources import parse_sources  # noqa: PLC0415  # only in a checkout

        return parse_sources(decode_rules(rule_files())).profile_titles()
    titles = {name: str((_shipped_data(name) or {}).get("title", name)) for name in shipped}
    return {_DEFAULT_PROFILE: titles.pop(_DEFAULT_PROFILE, _DEFAULT_PROFILE), **titles}


def _with_digest(compiled: dict[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    return {**compiled, "digest": f"sha256:{sha256_of(_contents(files))}"}


def _read_shipped(profile: str) -> Any:
    """The compiled rules of a built-in profile, put together; see `shipped_files`."""
    data = _shipped_data(profile)
    if data is None or profile == _DEFAULT_PROFILE:
        return data
    whole = _shipped_data(_DEFAULT_PROFILE)
    same = {rule["id"]: rule for rule in whole["rules"]}
    rules = [same[rule] if isinstance(rule, str) else rule for rule in data["rules"]]
    return {**whole, **data, "rules": rules}


def _shipped_data(profile: str) -> Any:
    try:
        return json.loads((_SHIPPED / f"{profile}.json").read_bytes().decode())
    except (OSError, ValueError):
        return None


def _built(data: Any, as_of: date | None) -> Rulebook | None:
    """The rulebook of compiled data, None if there are none or they have another shape.

    Raises:
        UsageError: no form was in force on the day `as_of`.
    """
    if data is None:
        return None
    try:
        return rulebook_from_data(data, as_of)
    except UsageError:
        raise
    except Exception:  # noqa: BLE001  # whatever the data are, they can be made anew
        return None


def _contents(files: Mapping[str, bytes]) -> bytes:
    """Names and contents of rule files, in one piece from which they can be told."""
    return b"".join(
        b"%b\0%d\0%b" % (name.encode("utf-8", "surrogatepass"), len(data), data)
        for name, data in files.items()
    )


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """Rule files as they were read.

    Attributes:
        contents: by the name used in messages, in order of precedence.
        packs: digests of the rule packs among them by name.
    """

    contents: dict[str, bytes]
    packs: Mapping[str, str]


def rule_files(extra: Sequence[Path] = (), *, builtin: bool = True) -> dict[str, bytes]:
    """Contents of all rule files; see `read_rule_files`."""
    return read_rule_files(extra, builtin=builtin).contents


def read_rule_files(extra: Sequence[Path] = (), *, builtin: bool = True) -> RuleFiles:
    """All rule files, behind the rule packs that they extend.

    Args:
        extra: folders, files or rule packs with more rules.
        builtin: whether the built-in rules take part; what things are called is there in any case.

    Raises:
        UsageError: a folder does not exist, holds no rule file or more than rule files can be.
        RulebookError: a rule pack that a file extends cannot be read.
    """
    files: dict[str, bytes] = {}
    root = builtin_rules()
    for path in yaml_files(root) if builtin else (root / _VOCABULARY,):
        files[BUILTIN + path.relative_to(root).as_posix()] = path.read_bytes()
    return _with_others(files, extra) if extra else RuleFiles(files, {})


def _with_others(files: dict[str, bytes], extra: Sequence[Path]) -> RuleFiles:
    from checker.rulebook.packs import ARCHIVE, PackError, Packs, read_pack  # noqa: PLC0415  # only with rules of others

    packs = Packs()
    for folder in extra:
        if folder.suffix == ARCHIVE and folder.is_file():
            try:
                packs.add(_own_name(folder), read_pack(folder))
            except PackError as error:
                raise UsageError(f"规则包“{folder}”{error}。") from None
            continue
        paths = {_own_name(path): path for path in _paths_in(folder)}
        own = {name: _bytes_of(path) for name, path in paths.items()}
        packs.add_extended(own, paths)
        packs.files.update(own)
    if packs.faults:
        raise RulebookError(packs.faults)
    return RuleFiles({**files, **packs.files}, packs.digests)


def _paths_in(folder: Path) -> list[Path]:
    try:
        found = list(yaml_files(folder)) if folder.is_dir() else [folder] * folder.is_file()
    except FolderError as error:
        raise UsageError(f"规则文件夹“{folder}”{error}。") from None
    if not found:
        raise UsageError(f"规则文件夹“{folder}”不存在，或里面没有 .yaml 文件。请检查 --rules 的路径。")
    return found


def _bytes_of(path: Path) -> bytes:
    try:
        return read_ordinary(path)
    except OSError:
        raise UsageError(f"规则文件“{path}”打不开，请检查权限。") from None


def _own_name(path: Path) -> str:
    """The name of a file of others, which never is that of a built-in one."""
    name = path.as_posix()
    return f"./{name}" if name.startswith(BUILTIN) else name


def decode_rules(files: Mapping[str, bytes]) -> dict[str, str]:
    """Rule files as text.

    Raises:
        RulebookError: a file is too large or not UTF-8.
    """
    texts, faults = read_rules(files)
    if faults:
        raise RulebookError(faults)
    return texts


def read_rules(files: Mapping[str, bytes]) -> tuple[dict[str, str], list[Fault]]:
    """Rule files as text, and what is wrong with those that cannot be read."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for name, data in files.items():
        if len(data) > _MAX_BYTES:
            faults.append(Fault(name, None, None, "文件超过 1 MB，不像规则文件"))
            continue
        try:
            texts[name] = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            faults.append(Fault(name, line, 1, "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"))
    return texts, faults


def _program_mark(*, builtin: bool) -> bytes:
    """Changes when the code that compiles rules or a built-in rule changes, so that a kept rulebook is never stale.

    Size and time of change tell it, as they do for byte code. Rule files of others may have been brought here
    by anything; those are read.
    """
    roots = [str(_PACKAGE / room) for room in _ROOMS]
    if builtin:
        roots.append(str(builtin_rules()))
    folders = [(root, root) for top in roots for root, _, _ in os.walk(top)]
    marks = [__version__]
    for name, folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".py", *SUFFIXES)):
                    status = entry.stat()
                    marks.append(f"{name}/{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return "\n".join(sorted(marks)).encode()
