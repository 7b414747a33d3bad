"""LibreOffice, where it is installed, for files that no reader of this program understands.

It runs in a profile made for the one conversion and thrown away with it: macros off, links never
updated, every connection sent to a closed port, ended after a time limit.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.formats import format_named
from checker.readers.limits import Limits, too_large
from checker.startup.records import replace

_SECONDS: Final = 60
_NAMES: Final = ("soffice", "libreoffice")
_USUAL_PLACES: Final = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SETTINGS: Final = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Path, name and value of the settings of a profile."""


def read_converted(data: bytes, suffix: str, name: str, limits: Limits) -> Document:
    """Read a file by way of a conversion.

    Args:
        data: the file.
        suffix: the format it has: `doc` or `xls`.
        name: its name, a hint only.
        limits: how much reading may cost.

    Returns:
        The document; its format is `suffix`.

    Raises:
        UnreadableError: as `convert`, and what the reader of the converted file raises.
    """
    target = format_named(format_named(suffix).converted_to)
    converted = convert(data, suffix, target.name, limits)
    return replace(target.read(converted, name, limits), format=suffix)


def convert(data: bytes, suffix: str, target: str, limits: Limits) -> bytes:
    """Convert a file with LibreOffice.

    Args:
        data: the file.
        suffix: the format it has, such as `doc`.
        target: the format wanted, such as `docx`.
        limits: bound for the size of the result.

    Returns:
        The converted file.

    Raises:
        UnreadableError: `needs_converter` if LibreOffice is not installed, `damaged` if it cannot read the
            file or takes too long, `too_large`.
    """
    program = find_converter()
    if program is None:
        raise UnreadableError(
            "needs_converter",
            f"这种旧格式（.{suffix}）需要 LibreOffice 才能读取：请安装 LibreOffice 后重试，"
            f"或用 WPS 或 Office 打开后另存为 .{target}。",
        )
    with TemporaryDirectory(prefix="checker-") as folder:
        place = Path(folder)
        _write_profile(place / "profile")
        source = place / f"input.{suffix}"
        source.write_bytes(data)
        _run(program, source, target, place)
        result = place / "out" / f"input.{target}"
        if not result.is_file():
            raise UnreadableError(
                "damaged", f"LibreOffice 也打不开这个文件。请用 WPS 或 Office 另存为 .{target}。"
            )
        if result.stat().st_size > limits.file_bytes:
            raise too_large("转换后过大")
        return result.read_bytes()


def find_converter() -> str | None:
    """The program to start, None if it is not installed."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((path for path in _USUAL_PLACES if Path(path).is_file()), None)


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(program: str, source: Path, target: str, place: Path) -> None:
    """Start the conversion and end it, with all it started, when its time is over."""
    command = [
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--convert-to",
        target,
        "--outdir",
        str(place / "out"),
        str(source),
    ]
    environment = {**os.environ, "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    try:
        process = subprocess.Popen(  # noqa: S603 - a program found on this machine, arguments made here
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        raise UnreadableError(
            "needs_converter", "LibreOffice 启动不了。请重新安装，或另存为 .docx 后再检查。"
        ) from None
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            "damaged", f"LibreOffice 转换超过 {_SECONDS} 秒，已停止。请用 WPS 或 Office 另存为 .{target}。"
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children, if any still run."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
