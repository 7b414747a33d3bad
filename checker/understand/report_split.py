"""Several reports in one document, such as a page that shows those of two years.

A report begins at a title of the kind. A title alone is not enough: pages repeat it in their frame, running
heads repeat it on every page, and links name other reports. So a cut is made only where a part has sections
of its own and they begin anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from checker.model.document import Document, Note, Paragraph
from checker.model.report import Report
from checker.model.text import squeeze
from checker.startup.records import dataclass, replace
from checker.understand.bodies import BodyNames
from checker.understand.headings_apart import before_tables
from checker.understand.identity import Title, read_title
from checker.understand.library import FormIndex, KindLibrary, Library
from checker.understand.outline import CERTAIN, find_headings
from checker.understand.reading import understand

_LONGEST_TITLE: Final = 80
_FEWEST_SECTIONS: Final = 2
_FEWEST_REPEATED: Final = 3
_MOST_TITLES: Final = 200
"""A document with more lines that look like titles is a list of reports, or none at all."""
_OF_THE_WHOLE: Final = ("title", "published")


def read_reports(
    document: Document,
    library: Library,
    *,
    form: str | None = None,
    level: str | None = None,
    tier: str | None = None,
) -> tuple[Report, ...]:
    """The reports in a document, in order; see `understand` for the arguments.

    Raises:
        NotAReportError: there is none.
        UsageError: `form` is no form of the library.
    """
    parts = _split(document, library)
    reports = tuple(understand(part, library, form=form, level=level, tier=tier) for part in parts)
    return reports if len(reports) > 1 else (_with_ambiguity(reports[0]),)


def _with_ambiguity(report: Report) -> Report:
    """The report, with a note if it seems to be two that could not be told apart."""
    counts = Counter(section.number for section in report.sections if section.number)
    repeated = sum(count > 1 for count in counts.values())
    if repeated < _FEWEST_REPEATED:
        return report
    text = f"有 {repeated} 个部分出现了两次，文件里可能有两份报告，没能分开检查。请分成两个文件。"
    notes = (*report.document.notes, Note("several_reports", text))
    return replace(report, document=replace(report.document, notes=notes))


@dataclass
class _ReportPart:
    """Blocks from one title up to the next.

    Attributes:
        start: index of its first block.
        title: the title it begins with, None for what stands before the first.
        numbers: sections of the form in it.
    """

    start: int
    title: Title | None
    numbers: set[int]

    @property
    def is_full(self) -> bool:
        return len(self.numbers) >= _FEWEST_SECTIONS


def _split(document: Document, library: Library) -> list[Document]:
    # A report without sections fills its document; it is not looked for beside others.
    kinds = [kind for kind in library.kinds if kind.forms[-1].form.sections]
    for kind in kinds:
        parts = _split_by(document, kind)
        if len(parts) > 1:
            return parts
    return [document]


def _split_by(document: Document, kind: KindLibrary) -> list[Document]:
    """The reports of one kind in a document, the document itself unless there are several."""
    titles = list(_titles(document, kind.bodies))
    if not _FEWEST_SECTIONS <= len(titles) <= _MOST_TITLES:
        return [document]
    parts = [_ReportPart(0, None, set())] + [_ReportPart(start, title, set()) for start, title in titles]
    ends = [part.start for part in parts[1:]] + [len(document.blocks)]
    for part, end in zip(parts, ends, strict=True):
        part.numbers = _sections(replace(document, blocks=document.blocks[part.start : end]), kind.forms[-1])
    starts = _starts(parts)
    if len(starts) < _FEWEST_SECTIONS:
        return [document]
    # What the file says of itself as a whole says nothing about one report in it.
    properties = {key: value for key, value in document.properties.items() if key not in _OF_THE_WHOLE}
    return [
        replace(document, blocks=document.blocks[start:end], properties=properties)
        for start, end in zip(starts, [*starts[1:], len(document.blocks)], strict=True)
    ]


def _titles(document: Document, bodies: BodyNames) -> Iterator[tuple[int, Title]]:
    """Titles that stand alone in a paragraph, with the block at which they begin."""
    before = ""
    for index, block in enumerate(document.blocks):
        words = ""
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST_TITLE:
            words = squeeze(block.text).text
            title = read_title(words, bodies)
            if title and title.agency:
                yield index, title
            elif title and title.year:
                # The body may stand on a line of its own above.
                yield index - 1 if bodies.is_agency(before) else index, title
        before = words


def _sections(part: Document, form: FormIndex) -> set[int]:
    headings = find_headings(list(part.paragraphs()), form, before_tables(part))
    return {heading.number for heading in headings if heading.section and heading.wording in CERTAIN}


def _starts(parts: Sequence[_ReportPart]) -> list[int]:
    """Where reports begin; what stands in front of the first belongs to it."""
    starts: list[int] = []
    numbers: set[int] = set()
    loose: _ReportPart | None = None
    for part in parts:
        if not part.is_full:
            loose = loose or part
            continue
        if not starts:
            starts.append(0)
        elif numbers & part.numbers:
            starts.append(loose.start if loose and _announces(loose, part) else part.start)
            numbers = set()
        numbers |= part.numbers
        loose = None
    return starts


def _announces(loose: _ReportPart, part: _ReportPart) -> bool:
    """Whether the first of some bare titles is that of the report that follows, said twice."""
    if loose.title is None or part.title is None:
        return False
    return (loose.title.agency, loose.title.year) == (part.title.agency, part.title.year)
