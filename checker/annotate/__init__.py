"""The author's copy: the file itself with every finding where it belongs.

To add a format, write a module with `annotate(data: bytes, results: Sequence[ReportResult], options:
AnnotateOptions) -> Annotated` and name it in `_MODULES`, under the name that readers give the format; for all others
there is a page with the report and its findings. It may raise `UnreadableError`; its text is one Chinese sentence.
Places in the file come with the findings: `Location.source` and what else the format's reader sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from checker.annotate.options import Annotated, AnnotateOptions, options_of
from checker.model.errors import UnreadableError, UsageError
from checker.model.findings import ReportResult
from checker.model.vocabulary import Vocabulary
from checker.readers.limits import DEFAULT_LIMITS
from checker.startup.digests import sha256_of
from checker.startup.records import replace

__all__ = ["AnnotateOptions", "Annotated", "annotate", "options_of", "undecided"]

_MODULES: Final = {
    "docx": "checker.annotate.docx.copy",
    "pdf": "checker.annotate.pdf.copy",
    "xlsx": "checker.annotate.xlsx.copy",
}
"""Name of a format to the module that writes copies of such files."""
_PAGE: Final = "checker.annotate.page"
_UTF8: Final = b"utf-8"
_DECLARATION: Final = 100
"""Bytes within which a part declares its encoding."""


def annotate(data: bytes, results: Sequence[ReportResult], options: AnnotateOptions) -> Annotated:
    """A copy of a file with the findings of its reports in it.

    Args:
        data: the file.
        results: the results of all reports in it, as checking these very bytes gave them.
        options: what is written.

    Raises:
        UsageError: the results are of another file, or there is no report in it.
        UnreadableError: nothing can be written into this file.
    """
    digest = sha256_of(data)
    if any(result.sha256 != digest for result in results):
        raise UsageError(
            "检查结果不是这份文件的：文件在检查以后改过，或者是压缩包、邮件。请重新检查；压缩包、邮件请解开后逐份批注。"
        )
    data = undecided(data, options.vocabulary, options.author)
    formats = [result.report.document.format for result in results if result.report]
    if not formats:
        raise UsageError("文件里没有检查过的报告，没有可写的批注。")
    module = import_module(_MODULES.get(formats[0], _PAGE))
    annotated: Annotated = module.annotate(data, results, replace(options, author=_author(results, options)))
    return annotated


def undecided(data: bytes, vocabulary: Vocabulary, author: str = "") -> bytes:
    """A file without changes that an earlier copy has proposed and nobody has decided on; most files stay as they are.

    Until somebody accepts them the original text counts, whatever is checked: the file itself, or last year's. What
    kind of report it is nobody knows before, so the authors of all kinds are looked for.

    Args:
        data: a file of any format, also one that cannot be read.
        vocabulary: what kinds of report are called.
        author: who else may have proposed something.
    """
    if not data.startswith(b"PK"):  # no package, so no document of Word
        return data
    authors = {*filter(None, (author,)), *map(_author_of, vocabulary.short_kinds.names.values())}
    from checker.readers.raw.ooxml import OoxmlPackage  # noqa: PLC0415  # only for packages

    try:
        package = OoxmlPackage(data, DEFAULT_LIMITS)
        text = package.read(package.main_part())
        if _UTF8 in text[:_DECLARATION].lower() and not any(one.encode() in text for one in authors):
            return data
        from checker.annotate.docx.rejected import without_proposals  # noqa: PLC0415  # few files have any

        return without_proposals(data, authors)
    except UnreadableError:  # what reads it for the check says so
        return data


def _author(results: Sequence[ReportResult], options: AnnotateOptions) -> str:
    """Who is named: after the kind of the reports, such as 年报检查, unless somebody else is the author."""
    kinds = {result.report.form.kind for result in results if result.report}
    name = options.vocabulary.short_kinds.names.get(kinds.pop()) if len(kinds) == 1 else None
    return _author_of(name) if name and options.author == AnnotateOptions().author else options.author


def _author_of(kind: str) -> str:
    """The author's name for a kind of report by its short name."""
    return f"{kind}检查"
