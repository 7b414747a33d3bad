"""What is said of a file whose reading process did not come to an answer."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from checker.model.errors import UnreadableError
from checker.readers.limits import too_large

MEMORY_BYTES: Final = 240 << 20
"""Address space of the reading process: an ordinary report takes an eighth, the largest file allowed two thirds."""
_ADVICE: Final = "请用 WPS 或 Word 打开后另存为 .docx，再检查。"


def not_started() -> UnreadableError:
    """There is no process that could read; the file has not been looked at."""
    return UnreadableError(
        "reader_not_started",
        "读取这种文件的进程没能启动，文件还没有读，与文件内容无关。请检查内存、进程数的限制和本程序的安装，"
        "或设环境变量 CHECKER_READ_IN_PROCESS=1 再试。",
    )


def died(*, hung: bool, seconds: float) -> UnreadableError:
    """The process ended while it read the file.

    Args:
        hung: it was ended because its time was over.
        seconds: the time it had.
    """
    if hung:
        return UnreadableError("timeout", f"读取超过 {seconds:g} 秒还没有读完，已停止。{_ADVICE}")
    return _short_of_memory() or UnreadableError(
        "crashed", f"文件有异常内容，读取它的进程中途退出，未能读取。{_ADVICE}"
    )


def out_of_memory() -> UnreadableError:
    """The reader found no memory."""
    return _short_of_memory() or too_large("读取时占用内存过多")


def _short_of_memory() -> UnreadableError | None:
    """What to say where the system allows less memory than reading may need, None where it does not."""
    try:
        resource: Any = import_module("resource")
    except ImportError:  # Windows has no such limits
        return None
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most >= MEMORY_BYTES:
        return None
    return UnreadableError(
        "reader_not_started",
        f"系统给读取进程的内存不足 {MEMORY_BYTES >> 20} MB，它中途退出，不一定是文件的问题。请放宽内存限制后再检查。",
    )
