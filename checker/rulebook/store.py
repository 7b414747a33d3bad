"""Where rule files are, and the compiled rulebook kept between runs.

Compiling costs a few hundred milliseconds, so its result is kept as plain JSON in the user's cache folder
under a digest of what tells whether a rule file or the compiler has changed. Nothing executable is ever
stored or loaded.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from checker import __version__
from checker.judging.rules import Rulebook
from checker.model.errors import Fault, RulebookError, UsageError
from checker.rulebook.build import rulebook_from_data
from checker.startup.digests import sha256_of

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_ROOMS: Final = ("judging", "kinds", "model", "patterns", "rulebook", "understand")
"""Where code lives on which compiled rules depend."""
_SUFFIXES: Final = (".yaml", ".yml")
_KEPT: Final = 24
_MAX_BYTES: Final = 1_000_000


def builtin_rules() -> Path:
    """Folder of the built-in rules: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "rules"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


def load_rulebook(
    extra: Sequence[Path] = (), *, profile: str = "national", builtin: bool = True, as_of: date | None = None
) -> Rulebook:
    """The rulebook of the built-in rules and the given folders or files.

    Args:
        extra: folders or files with more rules; the same id replaces.
        profile: which profile to use.
        builtin: whether the built-in rules take part.
        as_of: use the rules in force on that day, None for the newest.

    Raises:
        UsageError: a folder does not exist or holds no rule file.
        RulebookError: faults in rule files, all of them.
    """
    others = rule_files(extra, builtin=False)
    mark = sha256_of(_program_mark(builtin=builtin) + _contents(others))[:32]
    kept = cache_folder() / f"rulebook-{mark}-{profile}.json"
    compiled = _read_kept(kept)
    if compiled is None:
        from checker.rulebook.compile import compile_rulebook  # noqa: PLC0415  # only when rule files changed

        files = {**rule_files(builtin=builtin), **others}
        texts, faults = read_rules(files)
        compiled = compile_rulebook(texts, profile, faults=faults)
        compiled["digest"] = f"sha256:{sha256_of(_contents(files))}"
        if extra:
            _refuse_dead_rules(rulebook_from_data(compiled), extra)
        _keep(kept, compiled)
    return rulebook_from_data(compiled, as_of)


def _contents(files: Mapping[str, bytes]) -> bytes:
    """Names and contents of rule files, in one piece from which they can be told."""
    return b"".join(b"%b\0%d\0%b" % (name.encode(), len(data), data) for name, data in files.items())


def _refuse_dead_rules(rulebook: Rulebook, extra: Sequence[Path]) -> None:
    """Rules of others that find nothing in their own examples; the tests watch over the built-in ones."""
    from checker.workbench.catalogue import written_rules  # noqa: PLC0415  # only when rule files changed
    from checker.workbench.proof import dead_rules  # noqa: PLC0415  # likewise

    faults = dead_rules(rulebook, written_rules(extra, builtin=False))
    if faults:
        raise RulebookError(faults)


def rule_files(extra: Sequence[Path] = (), *, builtin: bool = True) -> dict[str, bytes]:
    """Contents of all rule files by the name used in messages, in order of precedence.

    Raises:
        UsageError: a folder does not exist or holds no rule file.
    """
    files: dict[str, bytes] = {}
    if builtin:
        root = builtin_rules()
        for path in _yaml_files(root):
            files["rules/" + path.relative_to(root).as_posix()] = path.read_bytes()
    for folder in extra:
        found = list(_yaml_files(folder)) if folder.is_dir() else [folder] * folder.is_file()
        if not found:
            raise UsageError(f"规则文件夹“{folder}”不存在，或里面没有 .yaml 文件。请检查 --rules 的路径。")
        for path in found:
            try:
                files[path.as_posix()] = path.read_bytes()
            except OSError:
                raise UsageError(f"规则文件“{path}”打不开，请检查权限。") from None
    return files


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


def _yaml_files(folder: Path) -> Iterator[Path]:
    """YAML files below a folder, shallow ones first, in a fixed order; links to folders are not followed."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(_SUFFIXES) and not name.startswith("."):
                yield Path(root) / name


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
                if entry.name.endswith((".py", *_SUFFIXES)):
                    status = entry.stat()
                    marks.append(f"{name}/{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return "\n".join(sorted(marks)).encode()


def cache_folder() -> Path:
    """The user's cache folder for this program; it may not exist and may not be writable."""
    if os.environ.get("CHECKER_CACHE_DIR"):
        return Path(os.environ["CHECKER_CACHE_DIR"])
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "nianbao-checker"


def _read_kept(path: Path) -> dict[str, Any] | None:
    try:
        # As text: from bytes `json` would guess the encoding and decode leniently; `read_text` looks for line ends.
        data = json.loads(path.read_bytes().decode())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and "rules" in data else None


def _keep(path: Path, compiled: dict[str, Any]) -> None:
    """Write atomically; a cache that cannot be written costs time, nothing else."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(
            json.dumps(compiled, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )
        temporary.replace(path)
        kept = sorted(path.parent.glob("rulebook-*.json"), key=lambda file: file.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        temporary.unlink(missing_ok=True) if temporary.exists() else None
