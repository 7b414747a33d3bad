"""What a person has changed on the page, as a list to take to whoever mends the file."""

from __future__ import annotations

from collections.abc import Sequence

from checker.browser.checked import Checked
from checker.writers.html.markup import Markup, tag
from checker.writers.shared.spreadsheets import unformulaic
from checker.writers.shared.text_cells import harmless

_COLUMNS = ("位置", "原来", "改为")
_MARK = "\ufeff"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{font:1rem/1.6 sans-serif;margin:2rem}table{border-collapse:collapse}"
    "td,th{border:1px solid;padding:.2rem .6rem}"
)


def correction_rows(checked: Checked) -> list[Sequence[str]]:
    """Place, what stood there and what shall stand there, of each change; nothing is 空白."""
    reports = [result.report for result in checked.results if result.report]
    return [
        (one.place, one.before or "空白", one.after)
        for one in checked.amendments.corrections(reports)
        if one.before != one.edit.value
    ]


def corrections_csv(checked: Checked) -> str:
    """The list for Excel and WPS."""
    return _MARK + "".join(map(_csv_row, (_COLUMNS, *correction_rows(checked))))


def _csv_row(cells: Sequence[str]) -> str:
    return ",".join('"' + unformulaic(harmless(cell)).replace('"', '""') + '"' for cell in cells) + "\r\n"


def corrections_html(checked: Checked) -> str:
    """The list as a page that can be read and printed."""
    head = tag("tr", *(tag("th", column, scope="col") for column in _COLUMNS))
    rows = (tag("tr", *(tag("td", value) for value in row)) for row in correction_rows(checked))
    title = f"{checked.name} 更正清单"
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"{tag('title', title)}<style>{_STYLE}</style></head>"
        f"<body>{tag('h1', title)}{tag('table', tag('thead', head), Markup(tag('tbody', *rows)))}</body></html>\n"
    )
