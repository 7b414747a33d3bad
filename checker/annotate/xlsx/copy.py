"""A copy of a spreadsheet with a note at the cell of each finding."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Final

from checker.annotate.ooxml.elements import PlacedElement, placed, with_children
from checker.annotate.ooxml.package import rewritten
from checker.annotate.ooxml.part import Edit, Part, attribute_xml, edited
from checker.annotate.options import Annotated, AnnotateOptions
from checker.annotate.words import comment_lines
from checker.annotate.xlsx.comments import empty_comments, with_notes
from checker.annotate.xlsx.shapes import CellPlace, empty_shapes, with_shapes
from checker.model.document import Table
from checker.model.errors import UnreadableError
from checker.model.findings import ReportResult, Severity
from checker.model.report import Report
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.archive import Archive
from checker.readers.raw.ooxml import OoxmlPackage, relations_of
from checker.readers.raw.safe_xml import read_tree
from checker.readers.sheet.cells import SheetCell
from checker.readers.sheet.xlsx import sheets_of
from checker.writers.shared.anchors import Anchors, element_name

_STRICT: Final = "purl.oclc.org"
_KINDS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_WORKBOOK: Final = "xl/workbook.xml"
_TYPES: Final = "[Content_Types].xml"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHAPES_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_RELATIONS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_BEHIND_SHAPES: Final = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
)  # fmt: skip
"""What stands behind the reference to the boxes in a sheet."""
_SIGNATURES: Final = "_xmlsignatures/"
_MACROS: Final = "vbaproject"
_SIGNED: Final = "原文件有电子签名，加了批注的这一份签名已失效；原文件没有改动。"
_BETWEEN: Final = "\n\n"
_LETTERS: Final = 26


def annotate(data: bytes, results: Sequence[ReportResult], options: AnnotateOptions) -> Annotated:
    """A copy with a note for each finding; see `checker.annotate.annotate`.

    Notes of an earlier call are replaced. Several findings at one cell share its note, in their order. Changes are
    told in the notes: spreadsheets know no proposals.

    Raises:
        UnreadableError: `damaged`.
    """
    package = OoxmlPackage(data, DEFAULT_LIMITS)
    notes: dict[int, dict[CellPlace, list[str]]] = {}
    severities: list[Severity] = []
    for result in results:
        if result.report:
            severities += _collect(result, result.report, options, notes)
    copy = _WorkbookCopy(package, options.author)
    for sheet in sheets_of(Archive(data, DEFAULT_LIMITS), DEFAULT_LIMITS):
        if sheet.part is not None:
            texts_here = sorted(notes.get(sheet.number, {}).items())
            copy.put(sheet.part, {place: _BETWEEN.join(texts) for place, texts in texts_here})
    changed = copy.parts()
    names = [name.lower() for name in package.names]
    signed = any(name.startswith(_SIGNATURES) for name in names)
    return Annotated(
        rewritten(data, changed, _WORKBOOK, DEFAULT_LIMITS) if changed else data,
        "xlsm" if any(_MACROS in name for name in names) else "xlsx",
        tuple(severities),
        0,
        (_SIGNED,) if signed and changed else (),
    )


def _collect(
    result: ReportResult,
    report: Report,
    options: AnnotateOptions,
    notes: dict[int, dict[CellPlace, list[str]]],
) -> list[Severity]:
    """Put the text of each finding to its sheet and cell; the severities of those that found one."""
    anchors = Anchors(report)
    sources = dict(_sources(report))
    first = next(iter(sources.values()), None)
    severities: list[Severity] = []
    for finding in options.written_findings(result):
        cell = sources.get(anchors.home(finding.place) or "", first)
        if cell is not None:
            place = CellPlace(cell.row - 1, cell.column - 1)
            lines = "\n".join(comment_lines(finding, report, options))
            notes.setdefault(cell.sheet, {}).setdefault(place, []).append(lines)
            severities.append(finding.severity)
    return severities


def _sources(report: Report) -> list[tuple[str, SheetCell]]:
    """The cell of each element of a document; that of a table is its first."""
    found: list[tuple[str, SheetCell]] = []
    for block in report.document.blocks:
        places = [block.location]
        if isinstance(block, Table):
            cells = [cell.location for cell in block.cells()]
            places = [*cells, cells[0]]
        names = [element_name(place) for place in places]
        if isinstance(block, Table):
            names[-1] = element_name(block.location)
        found += [
            (name, SheetCell.of(place.source))
            for name, place in zip(names, places, strict=True)
            if place.source is not None
        ]
    return found


class _WorkbookCopy:
    """Makes the changed parts of one package."""

    def __init__(self, package: OoxmlPackage, author: str) -> None:
        self._package = package
        self._author = author
        self._changed: dict[str, bytes] = {}
        self._overrides: list[str] = []
        self._names = {name.lower() for name in package.names}

    def parts(self) -> dict[str, bytes]:
        """The contents of all parts that are new or differ, by name."""
        if self._overrides:
            types = self._package.read(_TYPES)
            known = read_tree(types, DEFAULT_LIMITS)
            endings = {one.attributes.get("Extension", "").lower() for one in known.all("Default")}
            defaults = [] if "vml" in endings else [f'Default Extension="vml" ContentType="{_SHAPES_TYPE}"']
            self._changed[_TYPES] = with_children(types, [*defaults, *self._overrides])
        return {
            name: data
            for name, data in self._changed.items()
            if name not in self._package.names or data != self._package.read(name)
        }

    def put(self, sheet: str, notes: dict[CellPlace, str]) -> None:
        """Have these notes of ours, and no others of ours, at a sheet.

        Args:
            sheet: name of its part.
            notes: text by cell.
        """
        comments = self._package.related_part(sheet, "comments")
        if comments is None and not notes:
            return
        raw = self._package.read(sheet)
        root = placed(Part(raw), 2)
        references = {_reference(place): place for place in notes}
        texts = {reference: notes[place] for reference, place in references.items()}
        known = self._package.read(comments) if comments else empty_comments(root.namespace)
        noted = with_notes(known, texts, self._author)
        shapes = self._shapes_of(sheet, root)
        new = {references[reference]: texts[reference] for reference in noted.new}
        related: list[tuple[str, str]] = []
        if comments is None:
            comments = self._free("xl/comments{}.xml")
            self._overrides.append(f'Override PartName="/{comments}" ContentType="{_COMMENTS_TYPE}"')
            related.append(("comments", comments))
        if shapes is None and new:
            shapes = self._free("xl/drawings/vmlDrawing{}.vml")
            related.append(("vmlDrawing", shapes))
        self._changed[comments] = noted.data
        if shapes is not None:
            self._draw(shapes, {_place(reference) for reference in noted.gone}, new)
        self._relate(sheet, raw, root.namespace, related)

    def _shapes_of(self, sheet: str, root: PlacedElement) -> str | None:
        """The part with the boxes of a sheet; pictures in its heads and feet have another one of the kind."""
        drawing = root.find("legacyDrawing")
        if drawing is None:
            return None
        relations = self._relations(sheet)
        known = read_tree(relations, DEFAULT_LIMITS).children if relations else []
        for one in known:
            if one.attributes.get("Id") == drawing.attributes.get("id"):
                target = one.attributes.get("Target", "").replace("\\", "/")
                name = posixpath.normpath(posixpath.join("/", posixpath.dirname(sheet), target)).lstrip("/")
                return name if name in self._package.names else None
        return None

    def _relations(self, sheet: str) -> bytes | None:
        name = relations_of(sheet)
        return self._package.read(name) if name in self._package.names else None

    def _draw(self, shapes: str, gone: set[CellPlace], new: dict[CellPlace, str]) -> None:
        if shapes in self._package.names:
            known = self._package.read(shapes)
        else:
            others = sum(name.endswith(".vml") for name in (*self._package.names, *self._changed))
            known = empty_shapes(others + 1)
        drawn = with_shapes(known, gone, new)
        if drawn is None:
            raise UnreadableError(
                "damaged", "表格里批注的图形部件已损坏，写不进批注。请用 Excel 或 WPS 另存后再试。"
            )
        self._changed[shapes] = drawn

    def _relate(self, sheet: str, raw: bytes, namespace: str, related: Sequence[tuple[str, str]]) -> None:
        """Make new parts known to their sheet."""
        if not related:
            return
        known = self._relations(sheet) or _NO_RELATIONS
        ids = {child.attributes.get("Id", "") for child in read_tree(known, DEFAULT_LIMITS).children}
        base = _KINDS[_STRICT in namespace]
        elements: list[str] = []
        for kind, target in related:
            name = next(name for number in range(1, len(ids) + 2) if (name := f"rId{number}") not in ids)
            ids.add(name)
            path = attribute_xml(posixpath.relpath("/" + target, "/" + posixpath.dirname(sheet)))
            elements.append(f'Relationship Id="{name}" Type="{base}/{kind}" Target={path}')
            if kind == "vmlDrawing":
                self._changed[sheet] = _with_shapes(raw, name, base)
        self._changed[relations_of(sheet)] = with_children(known, elements)

    def _free(self, pattern: str) -> str:
        number = 1
        while pattern.format(number).lower() in self._names:
            number += 1
        name = pattern.format(number)
        self._names.add(name.lower())
        return name


def _with_shapes(sheet: bytes, relation: str, base: str) -> bytes:
    """The sheet with a reference to the part that holds its boxes."""
    part = Part(sheet)
    root = placed(part, 2)
    behind = next((child.start for child in root.children if child.name in _BEHIND_SHAPES), root.stop)
    element = f'<{root.prefix}legacyDrawing xmlns:r="{base}" r:id="{relation}"/>'
    return part.packed(edited(part.data, [Edit(behind, 0, part.encode(element))]))


def _reference(place: CellPlace) -> str:
    letters, number = "", place.column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{place.row + 1}"


def _place(reference: str) -> CellPlace:
    """The cell of a reference; one that names none is far away from all cells."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    column = 0
    for letter in letters.upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return CellPlace(int(digits or 0) - 1, column - 1)
