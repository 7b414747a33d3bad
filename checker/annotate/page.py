"""For files into which nobody writes notes: a page that shows the report with its findings beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.annotate.options import Annotated, AnnotateOptions
from checker.model.findings import CheckRun, ReportResult
from checker.startup.records import replace
from checker.startup.version import __version__
from checker.writers.html.result import write
from checker.writers.shared.options import WritingOptions

_A_PAGE: Final = "这种文件里写不进批注，副本是一个网页：报告原文和问题并排显示，互相能点到。"


def annotate(data: bytes, results: Sequence[ReportResult], options: AnnotateOptions) -> Annotated:
    """A page with the reports of a file as they were read, and their findings; see `checker.annotate.annotate`."""
    del data
    written = [replace(result, findings=tuple(options.written_findings(result))) for result in results]
    run = CheckRun(options.rulebook, written, (), __version__, options.configuration)
    page = "".join(write(run, WritingOptions()))
    severities = tuple(finding.severity for result in written for finding in result.findings)
    return Annotated(page.encode(), "html", severities, notices=(_A_PAGE,), beside=True)
