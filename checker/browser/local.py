"""`checker open`: the page, answered by this program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checker.browser.desk import answer
from checker.browser.page_files import page_files
from checker.browser.serving import PageServer
from checker.model.errors import system_words


def local_page(file: Path | None) -> PageServer:
    """The server of a page that begins with a file, or with none.

    Raises:
        UsageError: the page's own files are not there.
    """

    def answered(request: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        if request.get("do") == "given" and file is not None:
            try:
                return {"name": file.name}, [file.read_bytes()]
            except OSError as error:
                return {"problem": f"文件“{file}”打不开（{system_words(error)}）。请检查路径。"}, []
        given, out = answer(request, files)
        return ({**given, "given": file is not None} if request.get("do") == "about" else given), out

    return PageServer(page_files(), answered)
