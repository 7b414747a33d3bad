"""Copies as DOCX of files into which nobody writes comments, where LibreOffice is there to convert them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checker import api
from checker.annotate import Annotated, AnnotateOptions, annotate
from checker.cli.settings import Prepared
from checker.model.errors import UnreadableError
from checker.model.findings import ReportResult, Status
from checker.readers.limits import DEFAULT_LIMITS
from checker.startup.records import replace

_CONVERTED: Final = frozenset(("doc", "odt"))
"""Formats of word processors that LibreOffice saves as DOCX; .wps files are such a DOC."""
_BY_OFFICE: Final = "这一份由 LibreOffice 转成 .docx 再写批注，版式可能与原文件不同。"
_FAILED: Final = "没有另写 .docx：{reason}"


def docx_copy(
    file: Path, data: bytes, results: Sequence[ReportResult], prepared: Prepared, options: AnnotateOptions
) -> tuple[Annotated | None, str | None]:
    """A copy as DOCX with comments in it.

    Args:
        file: the source.
        data: its bytes.
        results: what checking them gave.
        prepared: rules, options and exceptions, to check what the conversion made of the file.
        options: what is written.

    Returns:
        The copy; None for other formats and where LibreOffice is not installed. And why there is none though there
        might have been.
    """
    formats = {result.report.document.format for result in results if result.report}
    if not formats <= _CONVERTED:
        return None, None
    from checker.readers.converter import convert, find_converter  # noqa: PLC0415  # most files need none

    if find_converter() is None:
        return None, None
    try:
        converted = convert(data, formats.pop(), "docx", DEFAULT_LIMITS)
        found = api.check_all(
            converted, name=file.as_posix(), rulebook=prepared.rulebook, options=prepared.options
        )
        run = api.run_of(prepared.rulebook, found, exceptions=prepared.exceptions)
        checked = [result for result in run.results if result.status is Status.CHECKED]
        if not checked:
            return None, _FAILED.format(reason="转换后认不出是年度报告。")
        copy = annotate(converted, checked, options)
    except UnreadableError as error:
        return None, _FAILED.format(reason=error.text)
    return replace(copy, notices=(*copy.notices, _BY_OFFICE)), None
