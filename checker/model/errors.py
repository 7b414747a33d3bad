"""Everything that can go wrong, in one tree.

CheckerError
├── UnreadableError      one input file could not be read; the others go on
├── NotAReportError      a readable file that is no annual report; it is skipped
├── UsageError           the command line or the configuration is wrong; the run stops
└── RulebookError        rule files are wrong; carries every fault, the run does not start

All messages are Chinese sentences for the person at the keyboard. Outside the tree stands `OutOfTimeError`.
"""

from __future__ import annotations

import errno
from typing import Final

from checker.startup.records import dataclass

_SYSTEM_WORDS: Final = {
    errno.ENOENT: "找不到",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘已满",
    errno.EFBIG: "文件超过了系统的限制",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "链接绕成了圈",
    errno.ENXIO: "没有谁在读这个管道，或设备不可用",
    errno.EPIPE: "接收的一方已经关闭",
    errno.ESPIPE: "是管道、设备一类的特殊文件",
    errno.EBADF: "没有可以写的地方",
}


def system_words(error: OSError) -> str:
    """What the system says is wrong, in a few Chinese words."""
    known = _SYSTEM_WORDS.get(error.errno or 0)
    return known or f"系统错误 {error.errno if error.errno is not None else type(error).__name__}"


class CheckerError(Exception):
    """Root of all errors this program raises on purpose."""


class UnreadableError(CheckerError):
    """One input file could not be read.

    Args:
        code: stable machine word such as `encrypted`, `damaged`, `too_large`, `unsupported`, or
            `reader_not_started`, which says nothing about the file.
        text: one Chinese sentence: what is wrong and what to do.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class NotAReportError(CheckerError):
    """A readable document that is no report of the kind the rulebook checks.

    Args:
        code: stable machine word such as `not_a_report`, `empty`.
        text: one Chinese sentence.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class UsageError(CheckerError):
    """Wrong usage: a bad option, nothing to check, an unknown rule id."""


class OutOfTimeError(BaseException):
    """Reading or judging one document takes too long and is stopped, wherever it happens to be.

    Not an `Exception`, so that nothing takes it for a fault of the line that it was stopped at.
    """


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a rule file.

    `line` and `column` count from 1; both are None only when the file itself cannot be read.
    """

    file: str
    line: int | None
    column: int | None
    text: str

    def __str__(self) -> str:
        """`rules/tables.yaml:12:7 sentence`, the form editors can jump to."""
        place = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.text}"


class RulebookError(CheckerError):
    """The rule files have faults; all of them are listed, in file order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line or 0, fault.column or 0))
        super().__init__("\n".join(str(fault) for fault in self.faults))
