"""Looking for files in stores, and reading them, by fsspec.

Stores are slow, may hang, and say what they like: everything is done in a thread of its own which is given up after a
time, what is listed is counted, and only what lies below the address that was given is taken. What a library says of an
error is never told: there may be passwords in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from importlib import import_module
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

from checker.model.errors import UnreadableError, UsageError
from checker.readers.packages.choice import is_left_behind
from checker.readers.signatures import suffix_of
from checker.run.stores.address import CHAIN, StoredFile, protocols, shown
from checker.startup.records import dataclass

READ_SECONDS: Final = 120.0
"""Time for one file."""
LIST_SECONDS: Final = 900.0
"""Time for everything below one address."""
MOST_FOUND: Final = 1_000_000
"""Names below one address."""
_DEEPEST: Final = 32
_BEGINNING: Final = 2048
_CACHES: Final = frozenset(("simplecache", "filecache", "blockcache", "cached"))
"""They write files of their own."""
_LIBRARIES: Final = {
    "s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "abfss": "adlfs", "az": "adlfs",
    "oss": "ossfs", "http": "aiohttp requests", "https": "aiohttp requests", "sftp": "paramiko", "ssh": "paramiko",
    "smb": "smbprotocol", "hdfs": "pyarrow", "webhdfs": "requests", "libarchive": "libarchive-c",
}  # fmt: skip
"""What the usual protocols need besides."""
_MISSING: Final = (
    "没有安装 fsspec，读不了“{}”这样的地址：联网时运行 pip install fsspec；不能联网时，在能联网的电脑上下载 fsspec "
    "的安装包（一个 .whl 文件，各种系统通用），拷来后运行 pip install 这个文件。"
)
_Answer = TypeVar("_Answer")


class _Helper:
    """A thread that does one thing after the other; stores keep what they have opened to the thread that opened it."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[tuple[Callable[[], Any], SimpleQueue[tuple[Any, BaseException | None]]]]
        self._asked = SimpleQueue()
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            function, answer = self._asked.get()
            try:
                answer.put((function(), None))
            except BaseException as error:  # noqa: BLE001  # raised where the answer is awaited
                answer.put((None, error))

    def do(self, function: Callable[[], _Answer], seconds: float) -> _Answer:
        """What a function returns.

        Raises:
            TimeoutError: it takes longer; whoever asks next needs another helper.
        """
        reply: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()
        self._asked.put((function, reply))
        try:
            result: tuple[_Answer, BaseException | None] = reply.get(timeout=seconds)
        except Empty:
            raise TimeoutError from None
        if result[1] is not None:
            raise result[1]
        return result[0]


_HELPERS: Final[list[_Helper]] = []
"""The one that works now."""


def _within(seconds: float, function: Callable[[], _Answer]) -> _Answer:
    if not _HELPERS:
        _HELPERS.append(_Helper())
    try:
        return _HELPERS[0].do(function, seconds)
    except TimeoutError:
        _HELPERS.clear()
        raise


def contents_of_stored(file: StoredFile, most: int) -> bytes:
    """The first bytes of a stored file, `most` of them at most.

    Raises:
        UnreadableError: it cannot be read, or not in time.
        OSError: `FileNotFoundError` where there is no such file, `PermissionError` where it may not be read.
    """
    protocol = protocols(file.address)[-1]
    if _is_folder(file.address):
        text = "没有取到：文件夹列不出来，或者名称里有“::”。请检查网络、地址和权限；名称里有“::”的先改名。"
        raise UnreadableError("not_listed", text)
    try:
        return _within(READ_SECONDS, lambda: _read(file.address, most))
    except (FileNotFoundError, PermissionError):
        raise
    except TimeoutError:
        text = f"从 {protocol} 读这个文件超过 {READ_SECONDS:g} 秒没有读完，已停止。请检查网络，再试一次。"
        raise UnreadableError("timeout", text) from None
    except Exception as error:  # noqa: BLE001  # each store has errors of its own
        text = f"从 {protocol} 读不出这个文件（{type(error).__name__}）。请检查网络、地址和权限，再试一次。"
        raise UnreadableError("io_error", text) from None


def _read(address: str, most: int) -> bytes:
    store, place = _opened(address)
    with store.open(place, "rb") as file:
        data: bytes = file.read(most)
    return data


def _opened(address: str) -> tuple[Any, str]:
    """The store of an address, and the name in it."""
    found: tuple[Any, str] = import_module("fsspec.core").url_to_fs(address)
    return found


def _is_folder(address: str) -> bool:
    return address.partition(CHAIN)[0].endswith("/")


def stored_files(address: str, wanted: Collection[str]) -> list[Path]:
    """The file at an address, or the documents below it in a fixed order.

    What cannot be listed is among them, with a `/` at its end, so that it is told.

    Args:
        address: of a file, or of a folder; `*` stands for any part of a name, `**` for any folders.
        wanted: endings of documents, without dots.

    Raises:
        UsageError: fsspec or the library of the store is missing, there is no such protocol or no such file, or there
            are too many.
    """
    _refuse_protocols(address)
    try:
        return _within(LIST_SECONDS, lambda: [StoredFile(one) for one in _Listing(address, wanted).found()])
    except UsageError:
        raise
    except FileNotFoundError:
        raise UsageError(f"找不到“{shown(address)}”。请检查地址。") from None
    except Exception:  # noqa: BLE001  # each store has errors of its own; reading tells of it
        return [StoredFile(_as_folder(address))]


def _refuse_protocols(address: str) -> None:
    seen = shown(address)
    if find_spec("fsspec") is None:
        raise UsageError(_MISSING.format(seen))
    for protocol in protocols(address):
        if protocol in _CACHES:
            raise UsageError(f"“{seen}”会在本机留下缓存的文件。请去掉 {protocol}::。")
        try:
            import_module("fsspec").get_filesystem_class(protocol)
        except ImportError:
            needed = _LIBRARIES.get(protocol, "")
            how = f"请运行 pip install {needed}" if needed else "请看 fsspec 的说明，它要哪个包"
            raise UsageError(f"读“{seen}”要的包没有装：{how}；不能联网时，在别处下载，拷来安装。") from None
        except ValueError:
            raise UsageError(f"不认得“{seen}”里的协议 {protocol}。请检查地址。") from None


def _as_folder(address: str) -> str:
    head, mark, rest = address.partition(CHAIN)
    return head.rstrip("/").replace("*", "＊") + "/" + mark + rest


@dataclass
class _Listing:
    """Everything below an address.

    Attributes:
        address: as given.
        wanted: endings of documents.
        count: names seen so far.
    """

    address: str
    wanted: Collection[str]
    count: int = 0

    def found(self) -> Iterator[str]:
        """Addresses of documents, and of folders that cannot be listed."""
        store, root = _opened(self.address)
        if "*" in root:
            matches = store.glob(root, detail=True)
            fixed = root.partition("*")[0].rpartition("/")[0]
            head, mark, rest = self.address.partition(CHAIN)
            given = head.partition("*")[0].rpartition("/")[0] + "/" + mark + rest
            self._counted(len(matches))
            for name in sorted(matches):
                yield from self._one(store, matches[name], name, _Folder(fixed, given))
            return
        if not _is_folder(self.address) and store.info(root)["type"] != "directory":
            yield self.address
            return
        yield from self._below(store, _Folder(root.rstrip("/"), self.address), _DEEPEST)

    def _one(self, store: Any, info: Any, name: str, above: _Folder) -> Iterator[str]:
        """What a pattern has matched; hidden is what begins with a dot."""
        address = above.address_of(name)
        if address is None or any(part.startswith(".") for part in name[len(above.name) :].split("/")):
            return
        if info["type"] == "directory" and not _is_folder(address):
            yield from self._below(store, _Folder(name.rstrip("/"), address), _DEEPEST)
        else:
            yield address

    def _below(self, store: Any, folder: _Folder, depth: int) -> Iterator[str]:
        """The documents in a folder, then those in its folders."""
        listed = self._inside(store, folder, is_top=depth == _DEEPEST)
        if listed is None:
            yield _as_folder(folder.address)
            return
        below: list[_Folder] = []
        for info, name, address in listed:
            if info["type"] != "directory":
                if self._is_document(store, name):
                    yield address
            elif _is_folder(address):
                yield address
            elif not (name.rstrip("/").rpartition("/")[2].startswith(".") or info.get("islink")):
                below.append(_Folder(name.rstrip("/"), address))
        for one in below:
            yield from self._below(store, one, depth - 1) if depth else (_as_folder(one.address),)

    def _inside(self, store: Any, folder: _Folder, *, is_top: bool) -> list[tuple[Any, str, str]] | None:
        """What a store says of each thing in a folder, with its name and its address; None if it cannot be listed."""
        try:
            listed = [(str(info["name"]), info) for info in store.ls(folder.name, detail=True)]
        except FileNotFoundError:
            if is_top:
                raise
            return []  # it has gone meanwhile
        except Exception:  # noqa: BLE001  # each store has errors of its own
            return None
        self._counted(len(listed))
        named = ((info, name, folder.address_of(name)) for name, info in sorted(listed, key=itemgetter(0)))
        return [(info, name, address) for info, name, address in named if address is not None]

    def _is_document(self, store: Any, name: str) -> bool:
        last = name.rpartition("/")[2]
        return suffix_of(last) in self.wanted and not self._is_left_behind(store, name, last)

    def _is_left_behind(self, store: Any, name: str, last: str) -> bool:
        if not last.startswith((".", "~$")):
            return False
        try:
            with store.open(name, "rb") as file:
                return is_left_behind(last, file.read(_BEGINNING))
        except FileNotFoundError:
            return True
        except Exception:  # noqa: BLE001  # reading it will tell
            return False

    def _counted(self, names: int) -> None:
        self.count += names
        if self.count > MOST_FOUND:
            raise UsageError(
                f"“{shown(self.address)}”下面有 {MOST_FOUND} 个以上的文件。请分成几次，每次写一部分。"
            )


@dataclass(frozen=True)
class _Folder:
    """A folder in a store.

    Attributes:
        name: what the store calls it, without a slash at its end.
        address: as given, or as it follows from what was given.
    """

    name: str
    address: str

    def address_of(self, name: str) -> str | None:
        """The address of something in this folder; None for what lies elsewhere, whatever the store says."""
        lead = self.name + "/" if self.name else ""
        below = name.rstrip("/")[len(lead) :]
        if not name.startswith(lead) or not below or ".." in below.split("/"):
            return None
        head, mark, rest = self.address.partition(CHAIN)
        head = head if head.endswith("://") else head.rstrip("/") + "/"
        if CHAIN in below:  # it would be taken for the address of an archive somewhere else
            return f"{head}{below.replace(CHAIN, '：：')}/{mark}{rest}"
        return f"{head}{below}{mark}{rest}"
