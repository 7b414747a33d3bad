"""Rule packs: rules of others that a profile extends, a ZIP archive or a folder, with a version and a digest.

    extends: ./某省规则-1.2.zip

The path is relative to the profile's file. Packs come from anywhere: they are read within limits. An archive makes
nothing outside of it be read; a folder may extend packs beside it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from checker.model.errors import Fault, UnreadableError
from checker.readers.limits import Limits
from checker.readers.raw.archive import Archive
from checker.rulebook.folders import MAX_BYTES, MAX_FILES, SUFFIXES, FolderError, yaml_files
from checker.rulebook.load.strict_yaml import YamlFile, load_yaml
from checker.startup.digests import sha256_of
from checker.startup.ordinary_files import read_ordinary
from checker.startup.records import dataclass, field

_LIMITS: Final = Limits(file_bytes=MAX_BYTES, part_bytes=1 << 20, total_bytes=MAX_BYTES, entries=MAX_FILES)
"""How much a pack may cost; rule files are small."""
_MAX_DEPTH: Final = 5
"""How many packs may extend one another."""
ARCHIVE: Final = ".zip"
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_TOO_LARGE: Final = "太大，超出安全上限，不像规则包"
_REASONS: Final = {
    "damaged": "不是完整的压缩包",
    "encrypted": "设有密码，请去掉密码",
    "too_large": _TOO_LARGE,
}


class PackError(ValueError):
    """A pack that is refused; the text is a Chinese clause about it."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack holds.

    Attributes:
        files: contents of its rule files by their names inside.
        digest: `sha256:…` of the archive, or of the rule files of a folder.
        folder: where it lies, None for an archive.
    """

    files: Mapping[str, bytes]
    digest: str
    folder: Path | None


@dataclass
class Packs:
    """The packs that rule files bring along.

    Attributes:
        files: contents of their files by name, in order of precedence.
        digests: by name of the pack.
        faults: packs that were refused.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, name: str, pack: Pack, depth: int = 0) -> None:
        """Take a pack under its name, behind the packs that it extends itself."""
        self.digests[name] = pack.digest
        files = {f"{name}/{member}": data for member, data in pack.files.items()}
        paths = {f"{name}/{member}": pack.folder / member for member in pack.files} if pack.folder else {}
        self.add_extended(files, paths, depth)
        self.files.update(files)

    def add_extended(self, files: Mapping[str, bytes], paths: Mapping[str, Path], depth: int = 0) -> None:
        """Take the packs that some rule files extend.

        Args:
            files: their contents by name.
            paths: where they lie; those from archives lie nowhere.
            depth: how many packs are around them.
        """
        for file in _profiles(files):
            extends = str(file.data["extends"])
            name = pack_name(file.name, extends)
            if name in self.digests:
                continue
            try:
                pack = _extended(extends, paths.get(file.name), depth)
            except PackError as error:
                self.faults.append(file.fault(("extends",), f"规则包“{extends}”{error}"))
                continue
            if file.data.get("digest") not in (None, pack.digest):
                text = f"规则包“{extends}”的摘要是 {pack.digest}，与这里写的不同：包换过了，请核对以后再改"
                self.faults.append(file.fault(("digest",), text))
            self.add(name, pack, depth + 1)


def is_pack(extends: str) -> bool:
    """Whether what a profile extends is a path, not the name of a profile."""
    return "/" in extends or "\\" in extends or extends.endswith(ARCHIVE)


def pack_name(file: str, extends: str) -> str:
    """The name of a pack in messages, given that of the profile's file; names of its files begin with it."""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(file), extends))
    return name if name.startswith(("/", "../")) else f"./{name}"


def pack_of(file: str, packs: Iterable[str]) -> str | None:
    """The name of the pack that a file belongs to, None if it belongs to none."""
    return max((name for name in packs if file.startswith(f"{name}/")), key=len, default=None)


def _profiles(files: Mapping[str, bytes]) -> Iterator[YamlFile]:
    """The profiles among some files that extend a path; what is wrong with files is said when they are compiled."""
    for name, data in files.items():
        if b"extends" not in data or not (b"/" in data or ARCHIVE.encode() in data):
            continue
        file, _ = load_yaml(data.decode("utf-8-sig", "replace"), name)
        known = file.data if isinstance(file.data, dict) else {}
        if "profile" in known and isinstance(known.get("extends"), str) and is_pack(known["extends"]):
            yield file


def _extended(extends: str, file: Path | None, depth: int) -> Pack:
    if file is None:
        raise PackError("写在压缩包里；压缩包里的规则集只能继承规则集，不能再继承文件")
    if depth >= _MAX_DEPTH:
        raise PackError(f"套得太深：规则包一个继承一个，最多 {_MAX_DEPTH} 层")
    if not extends.startswith(("./", "../")) or "\\" in extends:
        raise PackError(
            "要写成 ./某省规则-1.2.zip 这样：以 ./ 或 ../ 开头，从这个文件所在的文件夹算起，用“/”分隔"
        )
    return read_pack(file.parent / extends)


def read_pack(path: Path) -> Pack:
    """Read an archive or a folder.

    Raises:
        PackError: it cannot be read, is too large, or holds no rule file.
    """
    try:
        pack = _folder(path) if path.is_dir() else _archive(path)
    except OSError:
        raise PackError("打不开；请检查路径和权限") from None
    if not pack.files:
        raise PackError("里没有 .yaml 文件")
    return pack


def _archive(path: Path) -> Pack:
    if not path.is_file():
        raise PackError("不存在；路径从写它的文件所在的文件夹算起")
    with path.open("rb") as stream:
        data = stream.read(_LIMITS.file_bytes + 1)
    if len(data) > _LIMITS.file_bytes:
        raise PackError(_TOO_LARGE)
    files: dict[str, bytes] = {}
    try:
        archive = Archive(data, _LIMITS)
        for number, entry in enumerate(archive.entries):
            parts = entry.name.split("/")
            if entry.name.startswith("/") or _DRIVE.match(entry.name) or ".." in parts:
                raise PackError("里有指向包外的文件名，为安全不用")
            if not entry.name.endswith(SUFFIXES) or any(part.startswith((".", "__MACOSX")) for part in parts):
                continue
            name = posixpath.normpath(entry.name)
            if name in files:
                raise PackError(f"里有两个“{name}”")
            files[name] = archive.read_entry(number)
    except UnreadableError as error:
        raise PackError(_REASONS.get(error.code, "打不开")) from None
    return Pack(dict(sorted(files.items())), f"sha256:{sha256_of(data)}", None)


def _folder(path: Path) -> Pack:
    files: dict[str, bytes] = {}
    try:
        for file in yaml_files(path):
            if file.is_symlink() or not file.is_file():
                raise PackError(f"里的“{file.name}”是链接，或不是普通文件，为安全不用")
            files[file.relative_to(path).as_posix()] = read_ordinary(file)
    except FolderError as error:
        raise PackError(str(error)) from None
    marked = b"".join(
        b"%b\0%d\0%b" % (name.encode("utf-8", "surrogatepass"), len(data), data)
        for name, data in files.items()
    )
    return Pack(files, f"sha256:{sha256_of(marked)}", path)
