"""Sample reports as plain text and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.document import Cell, Table

from .model import SampleReport

_RIGHT = " " * 34


def report_as_text(report: SampleReport) -> bytes:
    """Plain text as dumped from a Word file: each cell on a line led by a tab, a blank line after each row."""
    lines: list[str] = []
    for kind, item in report.flow():
        if isinstance(item, Table):
            for row in _dumped_rows(item):
                lines += [f"\t{text}" for text in row]
                lines.append("")
            lines += ["", ""]
        elif kind == "signature":
            lines.append(_RIGHT + item)
        else:
            lines.append(item)
            if kind == "title":
                lines.append("")
    return ("\n".join(lines) + "\n").encode()


def _dumped_rows(table: Table) -> Iterator[list[str]]:
    """The cells of each row: one merged to the right stands once, one merged downwards leaves empty ones."""
    for number, row in enumerate(table.grid(), 1):
        yield [
            cell.text if cell.row == number else ""
            for column, cell in enumerate(row, 1)
            if cell is not None and cell.column == column
        ]


def report_as_markdown(report: SampleReport) -> bytes:
    """Markdown with pipe tables, which cannot merge cells: covered places are left blank."""
    parts: list[str] = []
    for kind, item in report.flow():
        if isinstance(item, Table):
            parts.append(_pipe_table(item))
        else:
            parts.append({"title": "# ", "heading": "## "}.get(kind, "") + item)
    return ("\n\n".join(parts) + "\n").encode()


def _pipe_table(table: Table) -> str:
    lines: list[str] = []
    for number, row in enumerate(table.grid(), 1):
        texts = [_own_text(cell, number, column) for column, cell in enumerate(row, 1)]
        lines.append("| " + " | ".join(texts) + " |")
        if number == 1:
            lines.append("|" + " --- |" * len(row))
    return "\n".join(lines)


def _own_text(cell: Cell | None, row: int, column: int) -> str:
    if cell is None or (cell.row, cell.column) != (row, column):
        return ""
    return cell.text.replace("|", "\\|").replace("\n", "<br>")
