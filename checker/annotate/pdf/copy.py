"""A PDF with the findings as highlights: what is written, and the process in which that is done."""

from __future__ import annotations

import atexit
import json
from collections.abc import Sequence
from functools import cache
from typing import Final

from checker.annotate.options import Annotated, AnnotateOptions
from checker.annotate.pdf.highlights import COPY, Highlight, Order
from checker.annotate.words import comment_lines
from checker.model.document import Location, Paragraph, Table
from checker.model.errors import UnreadableError
from checker.model.findings import Finding, ReportResult, Severity
from checker.model.report import Report
from checker.processes.protocol import request
from checker.processes.worker import NotStartedError, Worker, WorkerDiedError
from checker.readers.apart.native import reads_in_this_process
from checker.readers.apart.refusals import MEMORY_BYTES, died, not_started
from checker.readers.limits import DEFAULT_LIMITS
from checker.writers.shared.anchors import Anchors, element_name

_WORKER: Final = "checker.annotate.pdf.worker"
_MEMORY_BYTES: Final = MEMORY_BYTES + 5 * DEFAULT_LIMITS.file_bytes
"""Address space of the writing process: it holds the file, the copy in pieces and the copy as a whole."""
_BEGINNING: Final = b"%PDF-"
_SEARCHED: Final = 1024
"""Bytes in which a PDF says what it is."""


def annotate(data: bytes, results: Sequence[ReportResult], options: AnnotateOptions) -> Annotated:
    """A copy of a PDF with a highlight for each finding.

    Args:
        data: the file.
        results: the results of all reports in it, as checking these very bytes gave them.
        options: what is written; changes cannot be proposed in a PDF, so notes say them.

    Raises:
        UnreadableError: `encrypted` or `signed` files, those that cannot be written, or that cost too much.
    """
    highlights = [
        highlight
        for result in results
        if result.report
        for highlight in _highlights(result, result.report, options)
    ]
    date = f"D:{options.today:%Y%m%d}" if options.today else None
    order = Order(highlights, options.author, date)
    return Annotated(_drawn(data, order), "pdf", tuple(Severity(one.severity) for one in highlights))


def _highlights(result: ReportResult, report: Report, options: AnnotateOptions) -> list[Highlight]:
    anchors = Anchors(report)
    places = _Elements(report)
    return [places.highlight(finding, anchors, options) for finding in options.written_findings(result)]


class _Elements:
    """Paragraphs and cells of a report's document by name; a table is its first cell."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._locations: dict[str, Location] = {}
        self._paragraphs: dict[str, Paragraph] = {}
        for block in report.document.blocks:
            name = element_name(block.location)
            self._locations[name] = block.location
            if isinstance(block, Paragraph):
                self._paragraphs[name] = block
            elif isinstance(block, Table):
                cells = {element_name(cell.location): cell.location for cell in block.cells()}
                self._locations.update(cells)
                self._locations[name] = next(iter(cells.values()))

    def highlight(self, finding: Finding, anchors: Anchors, options: AnnotateOptions) -> Highlight:
        """What is highlighted for a finding; without any place the first line of the file."""
        note = "\n".join(comment_lines(finding, self._report, options))
        severity = finding.severity.value
        home = anchors.home(finding.place)
        if home is None or (location := self._locations[home]).page is None:
            return Highlight(1, None, note, severity)
        paragraph = self._paragraphs.get(home)
        span = anchors.span(finding.place)
        if paragraph is None or span is None:
            return Highlight(location.page, location.box, note, severity)
        start, end = (_bare_length(paragraph.text[:at]) for at in span)
        return Highlight(location.page, location.box, note, severity, _bare(paragraph.text), start, end)


def _bare(text: str) -> str:
    """Text without white space, as pages hold it."""
    return "".join(text.split())


def _bare_length(text: str) -> int:
    return len(_bare(text))


@cache
def _writing_process() -> Worker:
    worker = Worker(_WORKER, _MEMORY_BYTES)
    atexit.register(worker.close)
    return worker


def _drawn(data: bytes, order: Order) -> bytes:
    if reads_in_this_process():
        from checker.annotate.pdf.drawing import draw  # noqa: PLC0415  # elsewhere another process does it

        return draw(data, order)
    return _drawn_apart(data, order)


def _drawn_apart(data: bytes, order: Order) -> bytes:
    """The copy that the process makes; what it says is not trusted, for the file may have taken it over."""
    seconds = DEFAULT_LIMITS.seconds
    try:
        (reply,) = _writing_process().ask(request(order.as_json(), data=data), seconds)
        copy, refusal = _read_reply(reply)
    except NotStartedError:
        raise not_started() from None
    except WorkerDiedError as death:
        raise died(hung=death.hung, seconds=seconds) from None
    except (TypeError, ValueError):  # none, several, or one that makes no sense
        raise died(hung=False, seconds=seconds) from None
    if refusal:
        raise UnreadableError(*refusal)
    return copy


def _read_reply(reply: bytes) -> tuple[bytes, tuple[str, str] | None]:
    """The copy, or code and text of why there is none.

    Raises:
        ValueError: it is neither.
    """
    if reply[:1] == COPY:
        if _BEGINNING not in reply[1:_SEARCHED]:
            raise ValueError
        return reply[1:], None
    code, text = json.loads(reply)
    return b"", (str(code), str(text))
