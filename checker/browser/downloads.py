"""The files that the page offers: the file given with its findings or corrections, results, lists of corrections.

- `annotated`: the file as given with each finding at its place; a page with both where its format takes none.
- `corrected`: a Word document with what was changed as tracked changes; while nothing was, with what is certain.
- `clean`: the same with the changes made.
- `corrections_html`, `corrections_csv`: what was changed, as a list.
- `html`, `csv`, `json`: the results, as `check --format` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from checker import api
from checker.annotate import AnnotateOptions, annotate, undecided
from checker.browser.checked import Checked
from checker.browser.correction_lists import corrections_csv, corrections_html
from checker.model.errors import UsageError
from checker.model.findings import ReportResult, Status
from checker.writers import output_named

Download = Callable[[Checked], tuple[str, bytes]]

_NO_WORD: Final = "只有 Word 文档（.docx）能写成修订。可以下载更正清单，照着改。"
_REFUSED: Final = {
    True: "有的格子、段落里有图片、域或控件，不能写成修订。可以下载改好的，或者下载更正清单，在 Word 或 WPS 里照着改。",
    False: "有的格子、段落里有图片、域或控件，不能代改。请下载更正清单，在 Word 或 WPS 里照着改。",
}
"""By whether changes are tracked."""


def _result(checked: Checked, output: str) -> tuple[str, bytes]:
    text = "".join(api.render(checked.run, output))
    return f"{stem(checked.name)}-检查结果.{output_named(output).endings[0]}", text.encode()


def _annotated(checked: Checked) -> tuple[str, bytes]:
    given = checked.as_given()
    results = _reports(given)
    if not format_of(results):  # a package, which takes none as a whole
        name, data = _result(given, "html")
        return name.replace("-检查结果", "-批注"), data
    copy = annotate(given.data, results, _options(given, propose=False))
    return f"{stem(checked.name)}-批注.{copy.suffix}", copy.data


def _corrected(checked: Checked, *, tracked: bool) -> tuple[str, bytes]:
    from checker.annotate.docx.anchors import TextProposal  # noqa: PLC0415  # only where Word documents change
    from checker.annotate.docx.corrections import corrected  # noqa: PLC0415  # likewise

    results = _reports(checked)
    if format_of(results) != "docx":
        raise UsageError(_NO_WORD)
    ending = checked.name.rpartition(".")[2].lower()
    name = f"{stem(checked.name)}-{'修订' if tracked else '改好'}.{'docm' if ending == 'docm' else 'docx'}"
    options = _options(checked, propose=True)
    if not checked.edits:
        return name, annotate(checked.data, results, options).data if tracked else checked.data
    cells = dict(checked.amendments.cells())
    texts = [
        (
            source,
            TextProposal(source or 0, (edit.location.start or 0, edit.location.end or 0), before, edit.value),
        )
        for source, edit, before in checked.amendments.texts()
    ]
    known = {source: value for source, value in cells.items() if source is not None}
    given = [proposal for source, proposal in texts if source is not None]
    data = undecided(checked.data, options.vocabulary)
    data, refused = corrected(data, known, options, given, tracked=tracked)
    if refused or len(known) < len(cells) or len(given) < len(texts):
        raise UsageError(_REFUSED[tracked])
    return name, data


def _corrections(checked: Checked, ending: str, write: Callable[[Checked], str]) -> tuple[str, bytes]:
    return f"{stem(checked.name)}-更正清单.{ending}", write(checked).encode()


def _reports(checked: Checked) -> list[ReportResult]:
    results = [one for one in checked.results if one.status is Status.CHECKED]
    if not results:
        raise UsageError("文件里没有检查过的报告，没有可以下载的。")
    return results


def format_of(results: Sequence[ReportResult]) -> str:
    """The format of the one file that was given; empty for a package, and where nothing could be read."""
    documents = [result.report.document for result in results if result.report]
    return documents[0].format if documents and "member" not in documents[0].properties else ""


def _options(checked: Checked, *, propose: bool) -> AnnotateOptions:
    return AnnotateOptions(propose=propose, today=checked.options.today, rulebook=checked.run.rulebook)


def stem(name: str) -> str:
    """The name of a file without its folders and its ending."""
    file = name.replace("\\", "/").rpartition("/")[2]
    return file.rpartition(".")[0] or file or "报告"


DOWNLOADS: Final[Mapping[str, Download]] = {
    "annotated": _annotated,
    "corrected": partial(_corrected, tracked=True),
    "clean": partial(_corrected, tracked=False),
    "corrections_html": partial(_corrections, ending="html", write=corrections_html),
    "corrections_csv": partial(_corrections, ending="csv", write=corrections_csv),
    **{output: partial(_result, output=output) for output in ("html", "csv", "json")},
}
"""What can be downloaded, by the word that a request has for it."""
